"""A reader who knows every open count and that all sums hold cannot work out a small one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from lic.reports.disclosure import LEAST, Count, Name, Shown, determined, protect


def crossed(rows: Sequence[Sequence[int]], *, countable: bool = True) -> list[Count]:
    """A table with its sums by row and column, as flows."""
    counts = []
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            counts.append(
                Count(("cell", str(i), str(j)), ("r", i), ("c", j), value, value, countable=countable)
            )
        total = sum(row)
        counts.append(Count(("row", str(i)), "s", ("r", i), total, total, total=True, countable=countable))
    for j in range(len(rows[0])):
        total = sum(row[j] for row in rows)
        counts.append(Count(("column", str(j)), ("c", j), "t", total, total, total=True, countable=countable))
    whole = sum(map(sum, rows))
    return [*counts, Count(("all",), "t", "s", whole, whole, total=True, countable=countable)]


def could_be(counts: Sequence[Count], shown: Mapping[Name, Shown], name: Name) -> tuple[int, int]:
    """The least and the largest value that a reader must allow for, by integer programming."""
    nodes = sorted({str(end) for item in counts for end in (item.tail, item.head)})
    sums = np.zeros((len(nodes), len(counts)))
    low, high = [], []
    for index, item in enumerate(counts):
        sums[nodes.index(str(item.tail)), index] -= 1
        sums[nodes.index(str(item.head)), index] += 1
        state = shown[item.name]
        least = {Shown.OPEN: item.value, Shown.SMALL: 1, Shown.WITHHELD: LEAST, Shown.BLANK: 0}
        low.append(least[state])
        most = LEAST - 1 if state is Shown.SMALL and item.countable else np.inf
        high.append(item.value if state is Shown.OPEN else most)
    found = []
    for sign in (1, -1):
        wanted = np.array([sign if item.name == name else 0 for item in counts])
        answer = milp(
            wanted,
            constraints=LinearConstraint(sums, 0, 0),
            integrality=np.ones(len(counts)),
            bounds=Bounds(low, np.minimum(high, 10_000)),
        )
        found.append(round(sign * answer.fun))
    return found[0], found[1]


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@settings(max_examples=120, deadline=None)
@given(TABLES)
def test_no_small_count_can_be_worked_out(rows: list[list[int]]) -> None:
    counts = crossed(rows)
    shown = protect(counts)
    assert determined(counts, shown) == []
    for item in counts:
        if item.small:
            assert shown[item.name] is Shown.SMALL or item.total
            assert shown[item.name] is not Shown.OPEN
            low, high = could_be(counts, shown, item.name)
            assert low < high, (item.name, rows)
        elif item.value == 0:
            assert shown[item.name] is Shown.OPEN


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([[10, 20], [30, 40]], 0),  # nothing small, nothing hidden
        ([[1, 20, 9], [30, 40, 5], [8, 9, 7]], 4),  # the small one and the cheapest square around it
        ([[0, 0], [0, 0]], 0),
    ],
)
def test_no_more_is_hidden_than_needed(rows: list[list[int]], hidden: int) -> None:
    shown = protect(crossed(rows))
    assert sum(state is not Shown.OPEN for state in shown.values()) == hidden
    assert shown["all",] is Shown.OPEN


def test_a_lone_small_count_would_be_the_difference_of_sums() -> None:
    counts = crossed([[1, 20], [30, 40]])
    only_small = {item.name: Shown.SMALL if item.small else Shown.OPEN for item in counts}
    assert determined(counts, only_small) == [("cell", "0", "0")]
    assert could_be(counts, only_small, ("cell", "0", "0")) == (1, 1)


def test_counts_that_do_not_add_up_are_refused() -> None:
    counts = crossed([[1, 20], [30, 40]])
    with pytest.raises(ValueError, match="r"):
        protect(counts[1:])
