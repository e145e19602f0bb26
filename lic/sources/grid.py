"""One sheet as rows of typed cells under the row numbers and columns that people see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lic.values import Cell
from lic.values.money import EPOCH_1900


class Box(NamedTuple):
    """Cells from (top, left) to (bottom, right), all included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """``numbers`` None: row i has the number i + 1. Rows of a text file may differ in length.

    ``columns``: the columns of a sheet whose empty ones were left out, as Excel counts them from
    0; None: all are there. ``hidden_rows`` and ``merged`` are in terms of ``rows``.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    numbers: Sequence[int] | None = None
    columns: Sequence[int] | None = None
    note: str | None = None  # how a text file was read
    odd_mark: str | None = None  # a text file's separator, when it is not the usual one
    addressed: bool = True  # cells have addresses as in Excel; not so in text files
    hidden_rows: Sequence[int] = ()
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Box] = ()
    epoch: date = EPOCH_1900
    old: bool = False  # from a workbook of before 2007
    broken: list[int] = field(default_factory=list)  # numbers of lines whose quotes do not pair

    def number(self, index: int) -> int:
        """The number of a row as people see it."""
        return index + 1 if self.numbers is None else self.numbers[index]

    def numbers_of(self, indexes: Sequence[int]) -> list[int]:
        """The numbers of many rows."""
        if self.numbers is None:
            return [index + 1 for index in indexes]
        return [self.numbers[index] for index in indexes]

    def column(self, index: int) -> int:
        """The place of a column as people see it, counted from 0."""
        return index if self.columns is None else self.columns[index]

    def gaps(self, first: int, last: int) -> int:
        """How many rows between two rows were left out because nothing is in them."""
        if self.numbers is None or not self.addressed:
            return 0
        return self.numbers[last] - self.numbers[first] - (last - first)


def pad(rows: list[list[Cell]], width: int) -> None:
    """Make every row as wide as ``width`` with empty cells."""
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
