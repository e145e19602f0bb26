"""What the rows under a heading are: data, blank, footer, or the heading once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lic.sources import keys
from lic.sources.grid import Grid
from lic.sources.header import Header, headings_of
from lic.sources.spec import Reading
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.text import squeeze

_ID_LENGTH = 15
_COUNT_LINE = re.compile(keys.COUNT_LINE)
_DATE_LINE = re.compile(keys.DATE_LINE)
_TOTAL_TAIL = re.compile(keys.TOTAL_TAIL)
_NAME_LIKE = re.compile("^[\\u3400-\\u9fff\\U00020000-\\U000323af\u00b7]{2,15}$")
_CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9-]+$", re.ASCII)
_NOTE_CELLS = 3
_LOOSE_CELLS = 2


@dataclass(slots=True)
class Layout:
    """Indexes of rows by kind; ``read`` counts all rows below the heading up to the last filled one.

    ``totals`` are those of the footers that are sums of the rows above; ``beside`` are rows with
    nothing under any heading. ``loose``: those of the data that show no ID number.
    """

    data: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    blank: int = 0
    read: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns matter for telling rows apart: ID numbers, names, and how many have a heading."""

    key: int
    name: int | None
    width: int


def lay_out(grid: Grid, header: Header, columns: Columns, reading: Reading) -> Layout:
    """Sorts the rows below ``header``."""
    key, name = columns.key, columns.name
    layout = Layout()
    rows = grid.rows
    end = len(rows)
    while end > header.row + 1 and _is_blank(rows[end - 1]):
        end -= 1
    left_out = grid.gaps(header.row, end - 1)
    layout.read = end - header.row - 1 + left_out
    layout.blank = left_out
    numbered, others = _by_number(rows, range(header.row + 1, end), key)
    last = numbered[-1] if numbered else -1
    for index in reversed(others):
        row = rows[index]
        cell = row[key] if key < len(row) else ""
        trailing = index > last
        if _is_blank(row):
            layout.blank += 1
        elif _is_blank(row[: columns.width]):
            layout.beside.append(index)
        elif _is_total(row, cell, reading):
            layout.footers.append(index)
            layout.totals.append(index)
        elif (
            (trailing and _is_note(row, cell, name, reading))
            or _is_heading_again(row, header)
            or (index == header.row + 1 and _is_numbering(row))
        ):
            layout.footers.append(index)
        else:
            layout.loose.append(index)
            last = max(last, index)
    for found in (layout.footers, layout.totals, layout.beside, layout.loose):
        found.reverse()
    layout.data = sorted([*numbered, *layout.loose]) if layout.loose else numbered
    return layout


def _by_number(rows: Sequence[Sequence[Cell]], indexes: range, key: int) -> tuple[list[int], list[int]]:
    """The rows with something like an ID number in the column ``key``, and the others."""
    shown = [
        type(cell := row[key] if key < len(row) else "") is str
        and len(cell) >= _ID_LENGTH
        and (cell[0].isdigit() or any(map(str.isdigit, cell)))
        for row in rows[indexes.start : indexes.stop]
    ]
    numbered = [index for index, found in zip(indexes, shown, strict=True) if found]
    if len(numbered) == len(shown):
        return numbered, []
    return numbered, [index for index, found in zip(indexes, shown, strict=True) if not found]


def _is_blank(row: Sequence[Cell]) -> bool:
    if row.count("") == len(row):
        return True
    return all(cell is None or (isinstance(cell, str) and not squeeze(cell)) for cell in row)


def _is_heading_again(row: Sequence[Cell], header: Header) -> bool:
    texts = headings_of(row)
    return texts == header.headings or tuple(filter(None, texts)) == tuple(filter(None, header.headings))


def _has_number(key: Cell) -> bool:
    return sum(char.isdigit() for char in cell_text(key)) >= _ID_LENGTH or isinstance(key, int | float)


def _is_total(row: Sequence[Cell], key: Cell, reading: Reading) -> bool:
    """A word for a total in one of the row's texts, and no ID."""
    if _has_number(key):
        return False
    texts = [text for cell in row if isinstance(cell, str) and (text := squeeze(cell))]
    if not texts:
        return False
    first = texts[0]
    if _COUNT_LINE.match(first) or any(text.rstrip(":") in reading.totals for text in texts):
        return True
    return any(
        first.endswith(word) or (first.startswith(word) and _TOTAL_TAIL.match(first.removeprefix(word)))
        for word in reading.totals
    )


def _is_note(row: Sequence[Cell], key: Cell, name: int | None, reading: Reading) -> bool:
    """A line under the table: what forms say there, or one or two loose texts and no person's name."""
    if _has_number(key):
        return False
    texts = [text for cell in row if (text := squeeze(cell_text(cell)))]
    first = texts[0]
    if len(texts) <= _NOTE_CELLS and (first.startswith(reading.footers) or _DATE_LINE.match(first)):
        return True
    numbers = any(cell not in ("", None) and not isinstance(cell, str) for cell in row)
    if numbers or len(texts) > _LOOSE_CELLS or squeeze(cell_text(key)) or any(map(_CODE.match, texts)):
        return False  # a code of its own makes it somebody's row
    called = squeeze(cell_text(row[name])) if name is not None and name < len(row) else ""
    return name is not None and not _NAME_LIKE.match(called)


def _is_numbering(row: Sequence[Cell]) -> bool:
    """The line of forms that numbers the columns: 1 2 3, or 甲 乙 1 2."""
    texts = [text for cell in row if (text := squeeze(cell_text(cell)))]
    if texts and texts[0] in keys.LINE_NUMBER:
        texts = texts[1:]
    while texts and len(texts[0]) == 1 and texts[0] in keys.NUMBERING:
        texts = texts[1:]
    numbers = [text.strip("()") for text in texts]
    return len(numbers) > 1 and numbers == [str(index) for index in range(1, len(numbers) + 1)]
