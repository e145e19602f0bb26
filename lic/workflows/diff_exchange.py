"""The households of two runs that changed, decided again with one thing at a time as it was.

Knows the groups that can differ between two months: each table, the register's own rows, each
parameter, the rules, the as-of date. Knows nothing of what a cause is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from lic.diffing.attribute import Target, Values
from lic.diffing.match import Matching
from lic.model.adjustment import HouseholdState, State
from lic.model.linked import Linked
from lic.policy.pack import Pack
from lic.policy.parameters import Resolved
from lic.policy.parts import Index, numbers
from lic.policy.swap import (
    Basis,
    Decided,
    decisive_facts,
    decisive_tables,
    laid_under,
    pick,
    same_rows,
    same_table,
)
from lic.workflows.rules_diff import fit

ROSTER, RULES, AS_OF = "roster", "rules", "as_of"
TABLE, PARAMETER = "table:", "parameter:"
OUTCOME, TAGS, COUNTED, BASIS = "outcome", "tags", "counted", "basis"
HOUSEHOLD = -1  # in place of a person's number: the household itself


@dataclass(frozen=True, slots=True)
class Month:
    """One run as it can be decided again."""

    pack: Pack
    linked: Linked
    as_of: date


@dataclass(frozen=True, slots=True)
class Replayed:
    """Pairs decided on one basis, and where in it the persons of the pairs stand."""

    decided: Decided
    pairs: tuple[int, ...]
    people: Index  # numbers of the person pairs, in order
    positions: Index  # of those persons


class Exchange:
    """Made once for all changed households."""

    def __init__(self, old: Month, new: Month, matching: Matching, *, rules_differ: bool) -> None:
        """``rules_differ``: more than parameters."""
        self.old, self.new = old, new
        self.homes = [(one.household_no, other.household_no) for one, other in matching.households]
        self._sides = _sides(old, new, exchange_rules=rules_differ)
        self.facts = decisive_facts(new.pack.program)
        place = [_places(month.linked) for month in (old, new)]
        self._households = np.array([[place[0][one], place[1][other]] for one, other in self.homes], np.int64)
        self._households = self._households.reshape(-1, 2)
        self.people: list[tuple[int, int, int]] = []  # household pair, old person, new person
        self._numbers: dict[tuple[int, int], int] = {}
        self._finders = tuple(_Finder(month.linked) for month in (old, new))
        self._pair_people(matching)
        self._memory: dict[tuple[frozenset[str], tuple[int, ...]], Replayed] = {}
        self.groups = self._groups(rules_differ=rules_differ)

    def _pair_people(self, matching: Matching) -> None:
        """Everybody who is in one family in both runs."""
        pair_of = {homes: number for number, homes in enumerate(self.homes)}
        for pair in matching.persons:
            number = pair_of.get((pair.old.household_no, pair.new.household_no))
            one, other = self._finders[0].of(pair.old), self._finders[1].of(pair.new)
            if number is not None and one is not None and other is not None:
                self._numbers[id(pair.old), id(pair.new)] = len(self.people)
                self.people.append((number, one, other))

    def number(self, old: State, new: State) -> int | None:
        """The number of a pair of persons, given by the states of the matching."""
        return self._numbers.get((id(old), id(new)))

    def somebody(self, side: int, state: State) -> int | None:
        """A person of a run's evidence: himself, of a household its first."""
        return self._finders[side].of(state)

    def household_row(self, pair: int) -> Mapping[str, object]:
        """What the newer roster says of a household."""
        row: Mapping[str, object] = self.new.linked.households.slice(
            self._households[pair, 1], 1
        ).to_pylist()[0]
        return row

    def _groups(self, *, rules_differ: bool) -> dict[int, list[str]]:
        """What differs for each pair; what is looked at first stands in front."""
        everybody = range(len(self.homes))
        found: dict[int, list[str]] = {pair: [] for pair in everybody}
        old, new = self._picked(self.new.pack, everybody)
        people = self._positions(everybody, old[1], new[1])
        own = _register_tables(self.new.pack)
        for name in sorted(decisive_tables(self.new.pack.program, self.facts) - own):
            whole = not same_table(old[0], new[0], name)
            same = same_rows(old[0], new[0], people, name, len(self.homes))
            for pair in everybody:
                if whole or not same[pair]:
                    found[pair].append(TABLE + name)
        rosters = _roster_texts(old[0]), _roster_texts(new[0])
        parameters = [PARAMETER + name for name in differing_parameters(self.old, self.new)]
        for pair in everybody:
            if rosters[0][pair] != rosters[1][pair] or old[0].parts_missing != new[0].parts_missing:
                found[pair].append(ROSTER)
            found[pair] += parameters
            if rules_differ and (0, 0) in self._sides:
                found[pair].append(RULES)
            if self.old.as_of != self.new.as_of:
                found[pair].append(AS_OF)
        return found

    def _picked(self, pack: Pack, pairs: Sequence[int]) -> tuple[tuple[Linked, Index], tuple[Linked, Index]]:
        which = 1 if pack is self.new.pack else 0
        chosen = self._households[list(pairs)]
        return (
            pick(self._sides[0, which], chosen[:, 0]),
            pick(self._sides[1, which], chosen[:, 1]),
        )

    def _positions(self, pairs: Sequence[int], old: Index, new: Index) -> tuple[Index, Index]:
        wanted = set(pairs)
        mine = [item for item in self.people if item[0] in wanted]
        return (
            _place_of(old, [item[1] for item in mine]),
            _place_of(new, [item[2] for item in mine]),
        )

    def replay(self, names: frozenset[str], pairs: Sequence[int]) -> Replayed:
        """The pairs decided with the groups ``names`` as they were."""
        key = names, tuple(pairs)
        if key not in self._memory:
            self._memory[key] = self._replay(names, tuple(pairs))
        return self._memory[key]

    def _replay(self, names: frozenset[str], pairs: tuple[int, ...]) -> Replayed:
        pack = self.old.pack if RULES in names else self.new.pack
        (old, old_people), (new, new_people) = self._picked(pack, pairs)
        at_old, at_new = self._positions(pairs, old_people, new_people)
        tables = [name.removeprefix(TABLE) for name in names if name.startswith(TABLE)]
        if ROSTER in names:
            own = _register_tables(pack)
            others = [name for name in new.tables if name not in tables and name not in own]
            linked = laid_under(old, new, _turned(len(new_people), at_new, at_old), others)
        else:
            linked = laid_under(new, old, _turned(len(old_people), at_old, at_new), tables)
        as_of = self.old.as_of if AS_OF in names else self.new.as_of
        basis = Basis(pack.program, self._parameters(pack, names), as_of)
        wanted = set(pairs)
        people = np.array([at for at, item in enumerate(self.people) if item[0] in wanted], np.int64)
        return Replayed(Decided(linked, basis), pairs, people, at_old if ROSTER in names else at_new)

    def _parameters(self, pack: Pack, names: frozenset[str]) -> dict[str, Resolved]:
        before, after = self.old.pack.resolved(self.old.as_of), self.new.pack.resolved(self.new.as_of)
        found = {}
        for name, item in pack.program.parameters.items():
            order = (before, after) if PARAMETER + name in names else (after, before)
            found[name] = next((side[name] for side in order if name in side), item.on(self.new.as_of))
        return found

    def values(self, names: frozenset[str], pairs: Sequence[int]) -> Values:
        """What the pairs come to: of households and persons the outcome, marks, and whether they count."""
        made = self.replay(names, pairs)
        found: dict[Target, object] = {}
        for pair, row in zip(made.pairs, made.decided.households.to_pylist(), strict=True):
            found[pair, (HOUSEHOLD, OUTCOME)] = row["status"], row["category"]
            found[pair, (HOUSEHOLD, TAGS)] = tuple(row["tags"])
        persons = made.decided.persons.to_pylist()
        for number, position in zip(made.people.tolist(), made.positions.tolist(), strict=True):
            row, pair = persons[position], self.people[number][0]
            found[pair, (number, OUTCOME)] = row["status"], row["category"]
            found[pair, (number, TAGS)] = tuple(row["tags"])
            found[pair, (number, COUNTED)] = row["counted"]
            found[pair, (number, BASIS)] = row["basis"]
        return found


def _sides(old: Month, new: Month, *, exchange_rules: bool) -> dict[tuple[int, int], Linked]:
    """Both months as either pack expects them: (month, pack)."""
    if not exchange_rules:
        return {(0, 1): old.linked, (1, 1): new.linked}
    sides = {
        (0, 1): fit(old.linked, new.pack, old.pack.program.schemas)[0],
        (1, 1): new.linked,
    }
    if _entries(old.pack) == _entries(new.pack):
        sides[0, 0] = old.linked
        sides[1, 0] = fit(new.linked, old.pack, new.pack.program.schemas)[0]
    return sides


def _entries(pack: Pack) -> list[str]:
    return [entry.name for entry in pack.roster.entries]


def _register_tables(pack: Pack) -> frozenset[str]:
    """Tables of households with their members: their rows are the roster's own."""
    names = (
        {entry.person_table, entry.household_table}
        for entry in pack.roster.entries
        if entry.household_table is not None
    )
    return frozenset(name for pair in names for name in pair if name is not None)


def _places(linked: Linked) -> dict[str, int]:
    return {
        number: place for place, number in enumerate(linked.households.column("household_no").to_pylist())
    }


class _Finder:
    """Persons of a result in the evidence, by household, number and name."""

    def __init__(self, linked: Linked) -> None:
        names = linked.households.column("household_no").to_pylist()
        self._place = {number: place for place, number in enumerate(names)}
        self._hid = numbers(linked.persons, "hid")
        self._persons = linked.persons.select(["id_number", "name"])
        self._given: dict[int, int] = {}
        self._taken: set[int] = set()

    def of(self, state: State) -> int | None:
        """His number; of equal ones each the next. Of a household its first person."""
        if id(state) in self._given:
            return self._given[id(state)]
        place = self._place.get(state.household_no)
        if place is None:
            return None
        first, stop = (int(at) for at in np.searchsorted(self._hid, [place, place + 1]))
        if isinstance(state, HouseholdState):
            return first if first < stop else None
        rows = self._persons.slice(first, stop - first).to_pylist()
        for person, row in enumerate(rows, start=first):
            if (row["id_number"], row["name"]) == (state.id_number, state.name) and person not in self._taken:
                self._given[id(state)] = person
                self._taken.add(person)
                return person
        return None


def _place_of(people: Index, wanted: list[int]) -> Index:
    """Positions of persons, given by their old numbers, among those that were picked."""
    place = {person: at for at, person in enumerate(people.tolist())}
    return np.array([place[person] for person in wanted], np.int64)


def _turned(size: int, at: Index, to: Index) -> Index:
    found = np.full(size, -1, np.int64)
    found[at] = to
    return found


_UNSAID = frozenset({"hid", "sheet", "_file", "_sheet", "_row"})


def _roster_texts(linked: Linked) -> list[str]:
    """What the register says of each household and its members, wherever it stands."""
    texts: list[list[str]] = [[_text(row)] for row in linked.households.to_pylist()]
    for home, row in zip(numbers(linked.persons, "hid").tolist(), linked.persons.to_pylist(), strict=True):
        texts[home].append(_text(row))
    return ["\n".join(sorted(items)) for items in texts]


def _text(row: Mapping[str, object]) -> str:
    return repr(
        sorted((name, value) for name, value in row.items() if value is not None and name not in _UNSAID)
    )


def differing_parameters(old: Month, new: Month) -> list[str]:
    """Parameters of both packs whose values on the two days differ."""
    before, after = old.pack.resolved(old.as_of), new.pack.resolved(new.as_of)
    return sorted(
        name for name in {*before} & {*after} if dict(before[name].values) != dict(after[name].values)
    )
