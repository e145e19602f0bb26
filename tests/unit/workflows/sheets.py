"""Delivered sheets read once more, with other libraries than lic: what stands in which cell."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

import pyarrow as pa
from openpyxl import load_workbook

from lic.model.explanation import Scalar, Source
from tests.naive.headings import TABLES, find_column
from tests.naive.tables import read_cell
from tests.naive.values import Gap

# codes that the second reader keeps
_OTHER_WORDS = {
    "有效标志": {"1": "有效", "0": "无效"},
    "残疾等级": {"1": "一级", "2": "二级", "3": "三级", "4": "四级"},
}
_NO_COLUMN = "表里没有这一栏"
LAST_DAY = date(2026, 10, 31)


@cache
def _grid(path: Path, sheet: str) -> list[list[object]]:
    if path.suffix == ".csv":
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                with path.open(encoding=encoding, newline="") as text:
                    return [list(row) for row in csv.reader(text)]
            except UnicodeDecodeError:
                continue
    book = load_workbook(path, data_only=True)
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


class Exports:
    """The exports of a workspace, asked for one cell at a time."""

    def __init__(self, root: Path, inputs: pa.Table) -> None:
        self.root = root
        self.header: Mapping[tuple[str, str | None], int] = {
            (row["file"], row["sheet"] or ""): row["header_row"]
            for row in inputs.to_pylist()
            if row["header_row"] is not None
        }
        self.checked = 0

    def disagreement(self, source: Source) -> str | None:
        """How the cell differs from what lic used; None when it does not, or cannot be found."""
        if source.file is None or source.row is None or source.column not in TABLES.get(source.table, {}):
            return None
        grid = _grid(self.root / source.file, source.sheet or "")
        headings = grid[self.header[source.file, source.sheet or ""] - 1]
        found = [find_column(source.table, str(heading or "")) for heading in headings]
        at = next((i for i, column in enumerate(found) if column and column.name == source.column), None)
        absent = source.assumed or source.why == _NO_COLUMN
        named = [str(heading or "").strip() for heading in headings]
        if absent is ((source.heading or source.column) in named) or (absent and at is not None):
            return f"{source.column} {source.heading} {absent=} in {named}"
        if at is None:
            return None
        if named[at] != (source.heading or source.column):
            return f"{source.column} is called {named[at]}, not {source.heading}"
        cell = grid[source.row - 1][at]
        if source.verified is not None:
            return None
        column = TABLES[source.table][source.column]
        value: object = read_cell(cell, column, LAST_DAY)  # type: ignore[arg-type]  # openpyxl's cell values
        value = _OTHER_WORDS.get(source.column, {}).get(str(value), value)
        if value is Gap.REFUSED and source.column == "车辆类型":
            return None  # the second reader does not know codes by their first letter
        self.checked += 1
        return (
            None
            if _same(value, source.value)
            else f"{source.column} {source.value!r} read {value!r} cell {cell!r}"
        )


def _same(read: object, used: Scalar | None) -> bool:
    if isinstance(read, Gap):
        # a blank may mean something: then the source declares it, and the value has no cell text
        return used is None or used in ("不限", "", "正常", False, True, Fraction(0))
    if isinstance(read, tuple):  # a month
        read = date(int(read[0]), int(read[1]), 1)
    if isinstance(used, date) and isinstance(read, int):  # a school year, a month index
        return read == used.year or read == used.year * 12 + used.month - 1
    if isinstance(read, datetime):
        read = read.date()
    if isinstance(used, str) and isinstance(read, str):
        return used == read or used in read
    return read == used
