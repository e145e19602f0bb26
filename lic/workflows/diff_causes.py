"""Why each change came about: the groups that undo it, and the values in them that differ.

Only what changed is decided again; everything is exact, because the two decisions themselves are
compared. How a group is called is known by :mod:`lic.workflows.diff_named`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lic.diffing.attribute import Attribution, Target, attribute
from lic.diffing.changes import change_order
from lic.messages import diff as words
from lic.model.adjustment import (
    Cause,
    CauseKind,
    Change,
    Detail,
    HouseholdState,
    Kind,
    PersonState,
    State,
    Whose,
)
from lic.policy.swap import FactChange, fact_changes
from lic.workflows.diff_absent import Elsewhen, not_there
from lic.workflows.diff_exchange import AS_OF, BASIS, COUNTED, HOUSEHOLD, OUTCOME, TABLE, TAGS, Exchange
from lic.workflows.diff_named import Asked, Namer
from lic.workflows.diff_places import place_text

_ASPECTS: Mapping[Kind, str] = {
    Kind.ENTER: OUTCOME,
    Kind.RETURN: OUTCOME,
    Kind.LEAVE: OUTCOME,
    Kind.CATEGORY: OUTCOME,
    Kind.DOUBT: OUTCOME,
    Kind.SETTLED: OUTCOME,
    Kind.TAGS: TAGS,
    Kind.MEMBERS: COUNTED,
}
_WAITS = frozenset({Kind.DOUBT, Kind.SETTLED})
_MOVES = frozenset({*_ASPECTS, Kind.APPEAR, Kind.VANISH, Kind.RENUMBERED}) - _WAITS


def with_causes(changes: Sequence[Change], asked: Asked) -> tuple[Change, ...]:
    """Every change with its causes; ``apart`` where nothing but a missing delivery is behind it."""
    if not changes:
        return tuple(changes)
    finder = _Finder(asked)
    targets = {at: finder.target(change) for at, change in enumerate(changes)}
    found = finder.attributed({target: ends for item in targets.values() if item for target, ends in [item]})
    made: list[Change] = []
    for at, change in enumerate(changes):
        target = targets[at]
        causes = finder.caused(target[0], found, change) if target else finder.plain(change)
        made.append(replace(change, causes=tuple(causes), apart=_apart(change, causes)))
    return tuple(sorted(_apart_once(_families(made)), key=change_order))


def _apart(change: Change, causes: Sequence[Cause]) -> bool:
    return (
        (change.kind in _MOVES or change.kind in _WAITS)
        and bool(causes)
        and all(cause.kind is CauseKind.MISSING for cause in causes)
    )


def _apart_once(changes: Iterable[Change]) -> Iterator[Change]:
    """What only a missing delivery did is no exit, no entry: each household and person once, apart."""
    apart: dict[tuple[Whose, int, int], Change] = {}
    for change in changes:
        if not change.apart or change.kind in _WAITS:
            yield change
            continue
        key = change.whose, id(change.old), id(change.new)
        earlier = apart.get(key)
        if earlier is None:
            apart[key] = replace(change, kind=Kind.MISSING)
        else:
            text = words.CLAUSE.join(filter(None, [earlier.text, change.text]))
            causes = tuple(dict.fromkeys((*earlier.causes, *change.causes)))
            apart[key] = replace(earlier, text=text, causes=causes)
    yield from apart.values()


def _families(changes: Sequence[Change]) -> Iterator[Change]:
    """A household whose members came, left or count otherwise has their causes."""
    people: dict[str, list[Cause]] = defaultdict(list)
    for change in changes:
        if change.whose is Whose.PERSON and _moved(change):
            for state in (change.old, change.new):
                if state is not None:
                    people[state.household_no] += change.causes
    for change in changes:
        own = people.get(change.state.household_no, [])
        if change.kind is Kind.MEMBERS and change.whose is Whose.HOUSEHOLD and own:
            causes = tuple(dict.fromkeys(own))
            yield replace(change, causes=causes, apart=_apart(change, causes))
        else:
            yield change


def _moved(change: Change) -> bool:
    old, new = change.old, change.new
    if not isinstance(old, PersonState) or not isinstance(new, PersonState):
        return True
    return old.household_no != new.household_no or old.counted is not new.counted


class _Finder:
    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._exchange = Exchange(asked.old, asked.new, asked.matching, rules_differ=bool(asked.rules))
        self._namer = Namer(asked, self._exchange)
        self._homes = {homes: number for number, homes in enumerate(self._exchange.homes)}
        self._leaves: dict[tuple[frozenset[str], int], list[FactChange]] = {}

    # Which change is which target.

    def target(self, change: Change) -> tuple[Target, tuple[object, object]] | None:
        """The value that changed, if both runs have it in one family."""
        old, new, aspect = change.old, change.new, _aspect(change)
        if aspect is None or old is None or new is None:
            return None
        pair = self._homes.get((old.household_no, new.household_no))
        if pair is None or (aspect == COUNTED and isinstance(old, HouseholdState)):
            return None
        number = HOUSEHOLD if isinstance(old, HouseholdState) else self._exchange.number(old, new)
        if number is None:
            return None
        return (pair, (number, aspect)), (_value(old, aspect), _value(new, aspect))

    def attributed(self, targets: Mapping[Target, tuple[object, object]]) -> dict[Target, Attribution]:
        """The groups behind each, and the values in them; a decision that cannot be repeated has none."""
        exchange = self._exchange
        pairs = sorted({pair for pair, _ in targets})
        now = exchange.values(frozenset(), pairs)
        kept = {target: ends for target, ends in targets.items() if now.get(target) == ends[1]}
        found = attribute(kept, exchange.groups, exchange.values)
        wanted: dict[frozenset[str], set[int]] = defaultdict(set)
        for (pair, _), item in found.items():
            for names in (
                [frozenset({name}) for name in item.groups] if item.alone else [frozenset(item.groups)]
            ):
                wanted[names].add(pair)
        for names, some in wanted.items():
            self._look(names, sorted(some))
        return found

    def _look(self, names: frozenset[str], pairs: Sequence[int]) -> None:
        exchange = self._exchange
        before, after = exchange.replay(names, pairs), exchange.replay(frozenset(), pairs)
        people = before.positions, after.positions
        for item in fact_changes(before.decided, after.decided, people, exchange.facts):
            pair = after.pairs[item.household]
            number = None if item.member is None else int(after.people[item.member])
            self._leaves.setdefault((names, pair), []).append(replace(item, member=number, household=pair))

    def caused(self, target: Target, found: Mapping[Target, Attribution], change: Change) -> list[Cause]:
        """The causes of a change that was decided again."""
        item = found.get(target)
        if item is None:
            return [self._namer.unexplained(change)]
        pair, what = target
        number = what[0] if isinstance(what, tuple) else HOUSEHOLD
        causes: list[Cause] = []
        looked_at = {name.removeprefix(TABLE) for name in item.groups if name.startswith(TABLE)}
        for name in item.groups:
            names = frozenset({name}) if item.alone else frozenset(item.groups)
            leaves = sorted(
                self._leaves.get((names, pair), []), key=lambda leaf: (leaf.member != number, leaf.name)
            )
            if name == AS_OF:
                # A row dated after the older day is undone by that day too: the row is the cause.
                leaves = [leaf for leaf in leaves if leaf.table not in looked_at]
                if not leaves and len(item.groups) > 1:
                    continue
            causes += self._namer.named(name, pair, leaves, change, alone=item.alone)
        return list(dict.fromkeys(causes))

    # Changes that are no decision.

    def plain(self, change: Change) -> list[Cause]:
        """Somebody who is in one run only, and what the register says otherwise."""
        if change.kind in (Kind.MERGE, Kind.SPLIT):
            return [self._family(change)]
        if change.old is None or change.new is None:
            return [self._absence(change)]
        own = [self._row(0, change.old), self._row(1, change.new)]
        row = own[1]
        entry = None if row is None else self._namer.places[1].entry(row)
        if entry is None:
            return []
        missing = self._namer.list_missing(own)
        if missing is not None:
            return [missing]
        table = entry.person_table
        places = [place_text(item) for item in own]
        detail = Detail(change.kind.value, None, places[0], places[1])
        same = own[0] is not None and row is not None and own[0]["roster"] == row["roster"]
        kind = CauseKind.INPUT if same else CauseKind.LISTED
        return [Cause(kind, table, self._namer.places[1].department(table), (detail,))]

    def _row(self, side: int, state: State) -> Mapping[str, Any] | None:
        person = self._person(side, state)
        return None if person is None else self._namer.places[side].own(person)

    def _person(self, side: int, state: State) -> int | None:
        """He himself; of a household somebody of it."""
        return self._exchange.somebody(side, state)

    def _family(self, change: Change) -> Cause:
        """The register writes the people of two households otherwise."""
        rows = [
            None if state is None else self._row(side, state)
            for side, state in enumerate((change.old, change.new))
        ]
        side = 1 if rows[1] is not None else 0
        places, row = self._namer.places[side], rows[side]
        entry = None if row is None else places.entry(row)
        table = words.REGISTER if entry is None else entry.person_table
        detail = Detail(change.kind.value, None, place_text(rows[0]), place_text(rows[1]))
        return Cause(CauseKind.INPUT, table, places.department(table), (detail,))

    def _absence(self, change: Change) -> Cause:
        gone = change.new is None
        here, there = (0, 1) if gone else (1, 0)
        state = change.state
        person = self._person(here, state)
        if person is None:
            return Cause(CauseKind.UNKNOWN, state.household_no)
        months = (self._asked.old, self._asked.new)
        month = months[there]
        elsewhen = Elsewhen(month.linked, self._namer.places[there], month.as_of)
        return not_there(self._namer.places[here], person, months[here].as_of, elsewhen, gone=gone)


def _aspect(change: Change) -> str | None:
    """The decided value that a change is about; none where the register itself says otherwise."""
    if change.kind is Kind.OTHER:
        return BASIS if change.fields == (BASIS,) and change.whose is Whose.PERSON else None
    return _ASPECTS.get(change.kind)


def _value(state: State, aspect: str) -> object:
    if aspect == TAGS:
        return state.tags
    if aspect == COUNTED and isinstance(state, PersonState):
        return state.counted
    if aspect == BASIS and isinstance(state, PersonState):
        return state.basis
    return state.status, state.category
