"""What happened to each household and person of a matching, by kind.

Knows which difference is which kind; every compared field that differs belongs to some change,
so that the changes applied to the old run give the new one. Words of what differs are given by
the caller, who speaks to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from lic.diffing.match import Matching, PersonPair
from lic.model.adjustment import Change, HouseholdState, Kind, PersonState, State, Whose
from lic.model.result import Status

_ORDER = {kind: number for number, kind in enumerate(Kind)}
_PLACE = ("town", "village")
_SIZE = ("members", "counted_members")
_OLD, _NEW = "-", "+"  # before a household number: in which run
_UNSAID = frozenset({"head_id", "head_name", "relation", "village"})
_OUTCOME = frozenset({"category", "status", "basis"})


def group_of(state: State | None) -> str | None:
    """The group that an entity is counted in: its category, 待核实, or none."""
    if state is None or state.status == Status.NOT_MET:
        return None
    return Status.UNDECIDED.value if state.status == Status.UNDECIDED else state.category


def find_changes(matching: Matching) -> tuple[Change, ...]:
    """All changes, sorted by kind, household and person."""
    found = [*_household_changes(matching), *_person_changes(matching)]
    return tuple(sorted(found, key=change_order))


def change_order(change: Change) -> tuple[object, ...]:
    """By kind, then town, household, the household before its members, number, name."""
    state = change.state
    person = state if isinstance(state, PersonState) else None
    return (
        _ORDER[change.kind],
        state.town or "",
        state.household_no,
        change.whose is Whose.PERSON,
        "" if person is None else person.id_number or "",
        "" if person is None else person.name or "",
    )


def differing(old: State, new: State) -> frozenset[str]:
    """The compared fields in which two states differ."""
    return frozenset(
        item.name
        for item in fields(old)
        if item.compare and getattr(old, item.name) != getattr(new, item.name)
    )


def outcome_kind(old: State | None, new: State | None) -> Kind | None:
    """The kind of a change of the outcome, if it changed."""
    before, after = group_of(old), group_of(new)
    undecided = Status.UNDECIDED.value
    if before == after:
        return None
    if before == undecided:
        return Kind.SETTLED
    if after == undecided:
        return Kind.DOUBT
    if before is None:
        return Kind.ENTER
    return Kind.LEAVE if after is None else Kind.CATEGORY


def _presence(old: State | None, new: State | None) -> Kind:
    """The change of an entity that one run does not have."""
    return outcome_kind(old, new) or (Kind.APPEAR if old is None else Kind.VANISH)


def _household_changes(matching: Matching) -> Iterator[Change]:
    merging = _turned(matching.merged)
    splitting = _turned(matching.split)
    people = _People(matching)
    for old, new in matching.households:
        yield from _family(old, new, people, matching)
        if old.household_no in splitting:
            yield _household(Kind.SPLIT, old, new, splitting[old.household_no])
        if new.household_no in merging:
            yield _household(Kind.MERGE, old, new, merging[new.household_no])
    for gone in matching.gone:
        if gone.household_no in matching.merged:
            yield _household(Kind.MERGE, gone, None, (matching.merged[gone.household_no],))
        else:
            yield _household(_presence(gone, None), gone, None)
    for come in matching.come:
        if come.household_no in matching.split:
            yield _household(Kind.SPLIT, None, come, (matching.split[come.household_no],))
        else:
            yield _household(_presence(None, come), None, come)


def _turned(partners: dict[str, str]) -> dict[str, tuple[str, ...]]:
    turned: dict[str, list[str]] = {}
    for one, other in sorted(partners.items()):
        turned.setdefault(other, []).append(one)
    return {other: tuple(ones) for other, ones in turned.items()}


def _household(
    kind: Kind, old: HouseholdState | None, new: HouseholdState | None, related: Iterable[str] = ()
) -> Change:
    return Change(kind, Whose.HOUSEHOLD, old, new, related=tuple(related))


class _People:
    """Who came into a household or left it, and whether its head is the same person."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._continued = matching.continued
        self._pairs: dict[str, list[PersonPair]] = {}
        for pair in matching.persons:
            for key in (_OLD + pair.old.household_no, _NEW + pair.new.household_no):
                self._pairs.setdefault(key, []).append(pair)
        self._lone_old = {person.household_no for person in matching.only_old}
        self._lone_new = {person.household_no for person in matching.only_new}

    def changed(self, old: HouseholdState, new: HouseholdState) -> bool:
        """Whether members came or left otherwise than by 合户 and 分户, or count otherwise."""
        if old.household_no in self._lone_old or new.household_no in self._lone_new:
            return True
        left = [pair for pair in self._of(_OLD, old) if pair.new.household_no != new.household_no]
        came = [pair for pair in self._of(_NEW, new) if pair.old.household_no != old.household_no]
        split, merged = self._matching.split, self._matching.merged
        if any(split.get(pair.new.household_no) != old.household_no for pair in left):
            return True
        if any(merged.get(pair.old.household_no) != new.household_no for pair in came):
            return True
        return any(
            pair.old.counted is not pair.new.counted
            for pair in self._of(_OLD, old)
            if pair.new.household_no == new.household_no and None not in (pair.old.counted, pair.new.counted)
        )

    def same_head(self, old: HouseholdState, new: HouseholdState) -> bool:
        """Whether the head is one person, perhaps with a corrected number or name."""
        if old.head_id is not None and old.head_id == new.head_id:
            return True
        if None in (old.head_id, new.head_id) and (
            old.head_name == new.head_name or None in (old.head_name, new.head_name)
        ):
            return True
        return any(
            pair.proposed and pair.old.id_number == old.head_id and pair.new.id_number == new.head_id
            for pair in self._of(_OLD, old)
        )

    def _of(self, side: str, household: HouseholdState) -> list[PersonPair]:
        return self._pairs.get(side + household.household_no, [])


class _Found:
    """The kinds found of one entity, and the fields that none of them covers yet."""

    def __init__(self, old: State, new: State) -> None:
        self.old, self.new = old, new
        self.fresh = set(differing(old, new))
        self.kinds: list[Kind] = []
        self.other: tuple[str, ...] = ()

    def say(self, kind: Kind, *covered: str) -> None:
        """The entity has a change of this kind, to which the fields belong."""
        if kind not in self.kinds:
            self.kinds.append(kind)
        self.fresh.difference_update(covered)

    def if_any(self, kind: Kind, *fields_of: str) -> None:
        """A change of this kind where one of its fields differs."""
        if self.fresh & set(fields_of):
            self.say(kind, *fields_of)

    def outcome(self, *covered: str) -> None:
        """A change of the outcome; what follows from it belongs to it."""
        kind = outcome_kind(self.old, self.new)
        if kind is not None:
            self.say(kind, *_OUTCOME, *covered)

    def renumbered(self, kind: Kind) -> None:
        """Another household number; what the other list does not say is no change of it."""
        if "household_no" in self.fresh:
            self.say(kind, "household_no")
            self.fresh -= _blanked(self.old, self.new, self.fresh)

    def rest(self) -> None:
        """Whatever differs and belongs to nothing else."""
        if self.fresh:
            self.other = tuple(sorted(self.fresh))
            self.say(Kind.OTHER, *self.other)

    def changes(self, whose: Whose, *, proposed: bool) -> Iterator[Change]:
        """One change for each kind; a ``proposed`` number is not certain."""
        for kind in self.kinds:
            yield Change(
                kind,
                whose,
                self.old,
                self.new,
                proposed=proposed and kind is Kind.NUMBER,
                fields=self.other if kind is Kind.OTHER else (),
            )


def _family(
    old: HouseholdState, new: HouseholdState, people: _People, matching: Matching
) -> Iterator[Change]:
    """Everything that differs in a household that goes on."""
    found = _Found(old, new)
    unknown = None in (old.counted_members, new.counted_members)
    found.outcome(*(("counted_members",) if unknown else ()))
    found.if_any(Kind.TAGS, "tags")
    if people.changed(old, new):
        found.say(Kind.MEMBERS, *_SIZE)
        found.fresh -= _blanked(old, new, found.fresh)
    if old.household_no in matching.split.values() or new.household_no in matching.merged.values():
        found.fresh -= set(_SIZE)
    if not people.same_head(old, new):
        found.if_any(Kind.HEAD, "head_id", "head_name")
    found.if_any(Kind.PLACE, *_PLACE)
    if None not in (old.head_id, new.head_id):
        found.if_any(Kind.NUMBER, "head_id")
    found.renumbered(Kind.RENUMBERED)
    found.rest()
    yield from found.changes(Whose.HOUSEHOLD, proposed=True)


def _person(
    pair: PersonPair, matching: Matching, continued: dict[str, str], heads: set[tuple[str, str]]
) -> Iterator[Change]:
    """Everything that differs in one person."""
    old, new = pair.old, pair.new
    found = _Found(old, new)
    found.outcome("counted")
    found.if_any(Kind.NUMBER, "id_number")
    found.if_any(Kind.TAGS, "tags")
    found.renumbered(_move(old, new, matching, continued))
    found.if_any(Kind.MEMBERS, "counted")
    found.if_any(Kind.PLACE, *_PLACE)
    if (old.household_no, new.household_no) in heads:
        found.if_any(Kind.HEAD, "relation")
    found.rest()
    yield from found.changes(Whose.PERSON, proposed=pair.proposed)


def _blanked(old: State, new: State, fresh: set[str]) -> set[str]:
    """What another list does not say (a head, a relation) is no change of it."""
    return {name for name in fresh & _UNSAID if None in (getattr(old, name), getattr(new, name))}


def _person_changes(matching: Matching) -> Iterator[Change]:
    heads = {
        (old.household_no, new.household_no)
        for old, new in matching.households
        if differing(old, new) & {"head_id", "head_name"}
    }
    continued = matching.continued
    for pair in matching.persons:
        yield from _person(pair, matching, continued, heads)
    for gone in matching.only_old:
        yield Change(_presence(gone, None), Whose.PERSON, gone, None)
    for come in matching.only_new:
        yield Change(_presence(None, come), Whose.PERSON, None, come)


def _move(old: PersonState, new: PersonState, matching: Matching, continued: dict[str, str]) -> Kind:
    """Why somebody's household has another number."""
    if continued.get(old.household_no) == new.household_no:
        return Kind.RENUMBERED
    if matching.merged.get(old.household_no) == new.household_no:
        return Kind.MERGE
    if matching.split.get(new.household_no) == old.household_no:
        return Kind.SPLIT
    return Kind.MEMBERS
