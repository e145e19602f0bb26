"""Rows with several owners in one cell become one row each, matched by position."""

from __future__ import annotations

from collections.abc import Sequence

from lic.values import Cell
from lic.values.words import split_list

_MARKS = frozenset(";；、,，\n\r")


def split_rows(
    rows: list[list[Cell]], numbers: list[int], columns: Sequence[int]
) -> tuple[list[list[Cell]], list[int], list[int]]:
    """The rows, their numbers, and the numbers of rows whose cells hold different counts.

    The first of ``columns`` holds the names: where the counts differ every name keeps a row,
    with the other cells empty for it.
    """
    result, places, uneven = [], [], []
    for row, number in zip(rows, numbers, strict=True):
        if not any(_MARKS.intersection(cell) for index in columns if isinstance(cell := row[index], str)):
            result.append(row)
            places.append(number)
            continue
        items: list[list[Cell]] = [
            list(split_list(cell)) if isinstance(cell := row[index], str) else [cell] for index in columns
        ]
        counts = {len(part) for part in items}
        if len(counts) > 1:
            uneven.append(number)
            blank: list[Cell] = [None] * max(1, len(items[0]))
            items = [items[0] or [""], *(blank for _ in items[1:])]
        for owner in zip(*items, strict=True):
            single = list(row)
            for index, cell in zip(columns, owner, strict=True):
                single[index] = cell
            result.append(single)
            places.append(number)
    return result, places, uneven
