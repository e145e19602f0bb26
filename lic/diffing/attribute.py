"""Which of several differences a changed decision is due to, by exchanging one at a time.

Knows groups by name and a function that decides with some groups as they were. A group is a
cause when the change is undone by undoing it; else, of several that each would have done, each;
else a smallest set that only together does. Refuses to know what a group is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Target = tuple[int, Hashable]
"""What is asked about: the number of a pair of households, and which value of it."""
Values = Mapping[Target, Hashable]
Decide = Callable[[frozenset[str], Sequence[int]], Values]
"""Decides the given pairs with the named groups as they were and all others as they are."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The groups behind one change; ``alone``: each of them, not only all together."""

    groups: tuple[str, ...]
    alone: bool


def attribute(
    targets: Mapping[Target, tuple[Hashable, Hashable]],
    groups: Mapping[int, Sequence[str]],
    decide: Decide,
) -> dict[Target, Attribution]:
    """For every target (its old and its new value) the groups behind it.

    ``groups``: those that differ for each pair, the ones to doubt first in front. A target whose
    old value does not come back with every group as it was has no attribution.
    """
    back = _deciding({target: frozenset(groups.get(target[0], ())) for target in targets}, decide)
    targets = {target: ends for target, ends in targets.items() if back.get(target) == ends[0]}
    found = _undone(targets, groups, decide)
    rest = {target: ends for target, ends in targets.items() if target not in found}
    found |= _sufficient(rest, groups, decide)
    rest = {target: ends for target, ends in rest.items() if target not in found}
    found |= _together(rest, groups, decide)
    return found


def _pairs(targets: Iterable[Target]) -> list[int]:
    return sorted({pair for pair, _ in targets})


def _undone(
    targets: Mapping[Target, tuple[Hashable, Hashable]], groups: Mapping[int, Sequence[str]], decide: Decide
) -> dict[Target, Attribution]:
    """Groups that undo the change when they alone are as they were."""
    found: dict[Target, list[str]] = defaultdict(list)
    for group, pairs in _by_group(targets, groups).items():
        values = decide(frozenset({group}), pairs)
        for target in _of(targets, pairs):
            if values.get(target) == targets[target][0]:
                found[target].append(group)
    return {target: Attribution(tuple(names), alone=True) for target, names in found.items()}


def _sufficient(
    targets: Mapping[Target, tuple[Hashable, Hashable]], groups: Mapping[int, Sequence[str]], decide: Decide
) -> dict[Target, Attribution]:
    """Groups that make the change when they alone are as they are."""
    found: dict[Target, list[str]] = defaultdict(list)
    for group, pairs in _by_group(targets, groups).items():
        for others, some in _by_set({pair: frozenset(groups[pair]) - {group} for pair in pairs}).items():
            values = decide(others, some)
            for target in _of(targets, some):
                if values.get(target) == targets[target][1]:
                    found[target].append(group)
    return {target: Attribution(tuple(names), alone=True) for target, names in found.items()}


def _together(
    targets: Mapping[Target, tuple[Hashable, Hashable]], groups: Mapping[int, Sequence[str]], decide: Decide
) -> dict[Target, Attribution]:
    """A smallest set: one group after another is given up while the old value still comes back."""
    kept = {target: frozenset(groups.get(target[0], ())) for target in targets}
    order = dict.fromkeys(name for target in kept for name in reversed(list(groups[target[0]])))
    for group in order:
        tried = {target: names - {group} for target, names in kept.items() if group in names}
        values = _deciding(tried, decide)
        for target, names in tried.items():
            if values.get(target) == targets[target][0]:
                kept[target] = names
    return {
        target: Attribution(tuple(name for name in groups[target[0]] if name in names), alone=False)
        for target, names in kept.items()
        if names
    }


def _deciding(wanted: Mapping[Target, frozenset[str]], decide: Decide) -> dict[Target, Hashable]:
    """The value of each target with its own groups as they were."""
    values: dict[Target, Hashable] = {}
    by_set: dict[frozenset[str], list[Target]] = defaultdict(list)
    for target, names in wanted.items():
        by_set[names].append(target)
    for names, some in by_set.items():
        made = decide(names, _pairs(some))
        values |= {target: made[target] for target in some if target in made}
    return values


def _by_group(targets: Iterable[Target], groups: Mapping[int, Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pair in _pairs(targets):
        for group in groups.get(pair, ()):
            found[group].append(pair)
    return dict(found)


def _by_set(sets: Mapping[int, frozenset[str]]) -> dict[frozenset[str], list[int]]:
    found: dict[frozenset[str], list[int]] = defaultdict(list)
    for pair, names in sets.items():
        found[names].append(pair)
    return dict(found)


def _of(targets: Iterable[Target], pairs: Sequence[int]) -> list[Target]:
    wanted = set(pairs)
    return [target for target in targets if target[0] in wanted]
