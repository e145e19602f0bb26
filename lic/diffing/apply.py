"""A comparison as something that can be done and turned round: applied to one run it gives the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lic.diffing.changes import change_order
from lic.diffing.states import household_order, person_order
from lic.model.adjustment import MIRROR, Change, HouseholdState, PersonState, Snapshot, State


def apply(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """The other run's snapshot. Raises ValueError when a change does not fit what is there."""
    households, persons = Counter(snapshot.households), Counter(snapshot.persons)
    for (old, new), times in _entities(changes).items():
        for state, step in ((old, -times), (new, times)):
            if isinstance(state, HouseholdState):
                households[state] += step
            elif isinstance(state, PersonState):
                persons[state] += step
    if any(count < 0 for counted in (households, persons) for count in counted.values()):
        raise ValueError(changes)
    return Snapshot(
        tuple(sorted(households.elements(), key=household_order)),
        tuple(sorted(persons.elements(), key=person_order)),
    )


def _entities(changes: Iterable[Change]) -> Counter[tuple[State | None, State | None]]:
    """How many entities went from one state to another: each has at most one change of a kind."""
    kinds = Counter((change.old, change.new, change.kind) for change in changes)
    found: Counter[tuple[State | None, State | None]] = Counter()
    for (old, new, _), count in kinds.items():
        found[old, new] = max(found[old, new], count)
    return found


def mirrored(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes seen from the other run; somebody who came back is then somebody who left."""
    turned = [
        replace(change, kind=MIRROR.get(change.kind, change.kind), old=change.new, new=change.old)
        for change in changes
    ]
    return tuple(sorted(turned, key=change_order))
