"""Who is who in two runs: persons by number, households by number and by their people.

Every rule here is the same seen from either side, so that a comparison turned round is the
mirror of the first. What is only likely (a corrected digit, a number filled in) is proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from lic.model.adjustment import HouseholdState, PersonState, Snapshot

_BIRTH = slice(6, 14)
_BODY = 17  # digits before the check digit


@dataclass(frozen=True, slots=True)
class PersonPair:
    """One person in both runs; ``proposed``: his number differs, and it is likely that he is the same."""

    old: PersonState
    new: PersonState
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs, and who has none. ``merged``: old households without a pair, and the new one that their
    people joined; ``split``: new households without a pair, and the old one that theirs left."""

    persons: tuple[PersonPair, ...]
    only_old: tuple[PersonState, ...]
    only_new: tuple[PersonState, ...]
    households: tuple[tuple[HouseholdState, HouseholdState], ...]
    gone: tuple[HouseholdState, ...]
    come: tuple[HouseholdState, ...]
    merged: dict[str, str]
    split: dict[str, str]

    @property
    def continued(self) -> dict[str, str]:
        """The new number of every old household that goes on."""
        return {old.household_no: new.household_no for old, new in self.households}


def match(old: Snapshot, new: Snapshot) -> Matching:
    """Find everybody again."""
    persons, only_old, only_new = _persons(old.persons, new.persons)
    shared = Counter((pair.old.household_no, pair.new.household_no) for pair in persons)
    before = {item.household_no: item for item in old.households}
    after = {item.household_no: item for item in new.households}
    continued = _continued(before, after, shared)
    taken = set(continued.values())
    gone = [item for number, item in before.items() if number not in continued]
    come = [item for number, item in after.items() if number not in taken]
    return Matching(
        persons=persons,
        only_old=only_old,
        only_new=only_new,
        households=tuple((before[one], after[other]) for one, other in sorted(continued.items())),
        gone=tuple(gone),
        come=tuple(come),
        merged=_partners([item.household_no for item in gone], shared),
        split=_partners(
            [item.household_no for item in come],
            Counter({(other, one): count for (one, other), count in shared.items()}),
        ),
    )


def _persons(
    old: tuple[PersonState, ...], new: tuple[PersonState, ...]
) -> tuple[tuple[PersonPair, ...], tuple[PersonState, ...], tuple[PersonState, ...]]:
    pairs: list[PersonPair] = []
    rest_old, rest_new = list(old), list(new)
    for key in (_number, _numberless_at_home):
        found = list(_paired(rest_old, rest_new, key))
        pairs += [PersonPair(one, other) for one, other in found]
        rest_old = _without(rest_old, [one for one, _ in found])
        rest_new = _without(rest_new, [other for _, other in found])
    for propose in (_filled_in, _corrected):
        likely = propose(rest_old, rest_new)
        pairs += likely
        rest_old = _without(rest_old, [pair.old for pair in likely])
        rest_new = _without(rest_new, [pair.new for pair in likely])
    return tuple(pairs), tuple(rest_old), tuple(rest_new)


def _without(persons: list[PersonState], taken: list[PersonState]) -> list[PersonState]:
    """By identity: two members without a number may be equal."""
    gone = {id(person) for person in taken}
    return [person for person in persons if id(person) not in gone]


def _number(person: PersonState) -> Hashable | None:
    return person.id_number


def _numberless_at_home(person: PersonState) -> Hashable | None:
    return None if person.id_number else _at_home(person)


def _at_home(person: PersonState) -> Hashable:
    return person.household_no, person.name


def _paired(
    old: list[PersonState], new: list[PersonState], key: Callable[[PersonState], Hashable | None]
) -> Iterable[tuple[PersonState, PersonState]]:
    """Persons with one key, in order; both sides are in the order of the result."""
    waiting: dict[Hashable, list[PersonState]] = defaultdict(list)
    for person in new:
        name = key(person)
        if name is not None:
            waiting[name].append(person)
    for person in old:
        name = key(person)
        if name is not None and waiting.get(name):
            yield person, waiting[name].pop(0)


def _filled_in(old: list[PersonState], new: list[PersonState]) -> list[PersonPair]:
    """One side has no number, the other has: the same name in the same household, nobody else so."""
    return _alone(
        old, new, _at_home, lambda one, other: (one.id_number is None) is not (other.id_number is None)
    )


def _corrected(old: list[PersonState], new: list[PersonState]) -> list[PersonPair]:
    """Numbers that differ in one digit (and, with it, perhaps the last): same name, same birthday."""
    return _alone(
        [one for one in old if one.id_number],
        [one for one in new if one.id_number],
        lambda person: (person.name, (person.id_number or "")[_BIRTH]),
        lambda one, other: one_digit(one.id_number or "", other.id_number or ""),
    )


def one_digit(one: str, other: str) -> bool:
    """Whether two numbers differ in one digit; the check digit may follow."""
    if len(one) != len(other):
        return False
    return sum(a != b for a, b in zip(one[:_BODY], other[:_BODY], strict=True)) <= 1


def _alone(
    old: list[PersonState],
    new: list[PersonState],
    key: Callable[[PersonState], Hashable],
    fits: Callable[[PersonState, PersonState], bool],
) -> list[PersonPair]:
    """Pairs that fit each other and nobody else: where two could be meant, none is."""
    groups: dict[Hashable, list[PersonState]] = defaultdict(list)
    for person in new:
        groups[key(person)].append(person)
    likely = [(one, other) for one in old for other in groups.get(key(one), []) if fits(one, other)]
    left = Counter(id(one) for one, _ in likely)
    right = Counter(id(other) for _, other in likely)
    return [
        PersonPair(one, other, proposed=True)
        for one, other in likely
        if left[id(one)] == 1 and right[id(other)] == 1
    ]


def _continued(
    before: dict[str, HouseholdState], after: dict[str, HouseholdState], shared: Counter[tuple[str, str]]
) -> dict[str, str]:
    """Old number to new: the same number where it is the same family, else the most people in common."""
    found = {
        number: number
        for number, item in before.items()
        if number in after and (shared[number, number] or item.head_name == after[number].head_name)
    }
    taken = set(found.values())
    order = sorted(shared.items(), key=lambda item: (-item[1], sorted(item[0]), item[0]))
    for (one, other), _ in order:
        if one in before and other in after and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _partners(numbers: list[str], shared: Counter[tuple[str, str]]) -> dict[str, str]:
    """For each household the one on the other side that has most of its people."""
    best: dict[str, tuple[int, str]] = {}
    for (one, other), count in shared.items():
        best[one] = min(best.get(one, (0, other)), (-count, other))
    return {number: best[number][1] for number in numbers if number in best}
