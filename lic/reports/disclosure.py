"""Which counts of a published table may be shown, so that no small one can be worked out.

Counts that add up are flows: each is an arc between two sums, and what flows into a sum flows out
of it again. Whoever knows some flows and that all sums hold can compute a hidden one exactly when
no cycle of hidden arcs passes through it. So a small count is hidden, and with it the cheapest
others that close such a cycle. Knows flows and bounds; refuses to know what is counted.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

LEAST = 3  # households; fewer are not shown
_TOTAL_COST = 10**9  # a sum is hidden only where nothing else helps


class Shown(Enum):
    """What a reader sees of a count."""

    OPEN = "open"
    SMALL = "small"  # hidden because it is small
    WITHHELD = "withheld"  # not small, but a small one could be computed from it
    BLANK = "blank"  # hidden with its whole line: it may be anything


Name = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One count between two sums.

    ``homes``: how many households stand behind it. ``total``: a sum that people look for.
    ``countable``: whether the number itself counts households, so that a small one is 1 or 2.
    """

    name: Name
    tail: Hashable
    head: Hashable
    value: int
    homes: int
    total: bool = False
    countable: bool = False

    @property
    def small(self) -> bool:
        """Whether it stands for one or two households."""
        return 0 < self.homes < LEAST


def protect(counts: Sequence[Count], blank: Collection[Name] = ()) -> dict[Name, Shown]:
    """How each count is shown; the ``blank`` ones are not, whatever they are.

    Raises ValueError when the counts do not add up: nothing could be promised then.
    """
    _check_sums(counts)
    shown = {item.name: _at_first(item, blank) for item in counts}
    for item in sorted(counts, key=lambda item: (item.total, item.value, str(item.name))):
        if shown[item.name] is Shown.SMALL:
            for other in _cheapest_cycle(item, counts, shown):
                if shown[other] is Shown.OPEN:
                    shown[other] = Shown.WITHHELD
    # A sum of 2 over two small parts says that each is 1.
    sums = {item.name for item in counts if item.total and shown[item.name] is Shown.SMALL}
    return protect(counts, {*blank, *sums}) if sums and determined(counts, shown) else shown


def determined(counts: Sequence[Count], shown: Mapping[Name, Shown]) -> list[Name]:
    """The small counts that a reader could still work out from what is open."""
    closed = [item for item in counts if shown[item.name] is not Shown.OPEN]
    return [item.name for item in closed if item.small and not _cheapest_cycle(item, closed, shown)]


def _at_first(item: Count, blank: Collection[Name]) -> Shown:
    if item.name in blank:
        return Shown.BLANK
    return Shown.SMALL if item.small else Shown.OPEN


def _check_sums(counts: Sequence[Count]) -> None:
    balance: dict[Hashable, int] = defaultdict(int)
    for item in counts:
        balance[item.tail] -= item.value
        balance[item.head] += item.value
    if any(balance.values()):
        raise ValueError(sorted(str(node) for node, rest in balance.items() if rest))


def _may_be(item: Count, value: int, state: Shown) -> bool:
    """Whether a reader who sees this count hidden must allow for ``value``."""
    if state is Shown.BLANK:
        return value >= 0
    if state is Shown.SMALL:
        return value >= 1 and (not item.countable or value < LEAST)
    # What is withheld is not small, or it would be shown as small; a zero is never withheld.
    return min(item.value, value) >= LEAST


def _cheapest_cycle(
    item: Count,
    counts: Sequence[Count],
    shown: Mapping[Name, Shown],
) -> list[Name]:
    """The counts that change with ``item``, hiding as little as possible; empty when there are none."""
    arcs: dict[Hashable, list[_Arc]] = defaultdict(list)
    for other in counts:
        state = shown[other.name]
        cost = 0 if state is not Shown.OPEN else other.value + (_TOTAL_COST if other.total else 0)
        if other.name != item.name and _may_be(other, other.value + 1, state):
            arcs[other.tail].append((other.head, cost, other.name))
        if other.name != item.name and _may_be(other, other.value - 1, state):
            arcs[other.head].append((other.tail, cost, other.name))
    found = []
    for by, start, goal in ((1, item.head, item.tail), (-1, item.tail, item.head)):
        if _may_be(item, item.value + by, shown[item.name]):
            cost, names = _path(start, goal, arcs)
            if names:
                found.append((cost, -by, names))
    return list(min(found, key=lambda way: way[:2])[2]) if found else []


_Arc = tuple[Hashable, int, Name]  # to which sum, at what cost, by which count


def _path(
    start: Hashable, goal: Hashable, arcs: Mapping[Hashable, Sequence[_Arc]]
) -> tuple[int, tuple[Name, ...]]:
    """The cheapest way (Dijkstra); no names when there is none."""
    queue: list[tuple[int, int, Hashable, tuple[Name, ...]]] = [(0, 0, start, ())]
    done: set[Hashable] = set()
    tick = 0
    while queue:
        cost, _, node, names = heapq.heappop(queue)
        if node == goal:
            return cost, names
        if node in done:
            continue
        done.add(node)
        for following, price, name in arcs.get(node, ()):
            if following not in done:
                tick += 1
                heapq.heappush(queue, (cost + price, tick, following, (*names, name)))
    return 0, ()
