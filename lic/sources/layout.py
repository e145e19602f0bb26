"""What the rows under a heading are: data, blank, footer, or the heading once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lic.sources import keys
from lic.sources.header import headings_of
from lic.sources.spec import Reading
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.text import squeeze

_ID_LENGTH = 15
_COUNT_LINE = re.compile(keys.COUNT_LINE)
_DATE_LINE = re.compile(keys.DATE_LINE)
_NOTE_CELLS = 3


@dataclass(slots=True)
class Layout:
    """Indexes of rows by kind; ``read`` counts all rows below the heading up to the last filled one."""

    data: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    blank: int = 0
    read: int = 0


def lay_out(
    rows: Sequence[Sequence[Cell]], header: int, key: int, reading: Reading, headings: tuple[str, ...]
) -> Layout:
    """Sorts the rows below ``header``; ``key`` is the column of ID numbers."""
    layout = Layout()
    end = len(rows)
    while end > header + 1 and _is_blank(rows[end - 1]):
        end -= 1
    layout.read = end - header - 1
    trailing = True
    for index in range(end - 1, header, -1):
        row = rows[index]
        cell = row[key] if key < len(row) else ""
        if type(cell) is str and len(cell) >= _ID_LENGTH and not cell.isspace():
            layout.data.append(index)
            trailing = False
        elif _is_blank(row):
            layout.blank += 1
        elif _is_footer(row, cell, reading, trailing=trailing) or headings_of(row) == headings:
            layout.footers.append(index)
        else:
            layout.data.append(index)
            trailing = False
    layout.data.reverse()
    layout.footers.reverse()
    return layout


def _is_blank(row: Sequence[Cell]) -> bool:
    if row.count("") == len(row):
        return True
    return all(cell is None or (isinstance(cell, str) and not squeeze(cell)) for cell in row)


def _is_footer(row: Sequence[Cell], key: Cell, reading: Reading, *, trailing: bool) -> bool:
    if sum(char.isdigit() for char in cell_text(key)) >= _ID_LENGTH:
        return False
    texts = [text for cell in row if (text := squeeze(cell_text(cell)))]
    first = texts[0]
    if first.rstrip(":") in reading.totals or first.startswith(reading.totals) or _COUNT_LINE.match(first):
        return True
    if not trailing or len(texts) > _NOTE_CELLS:
        return False
    return first.startswith(reading.footers) or bool(_DATE_LINE.match(first))
