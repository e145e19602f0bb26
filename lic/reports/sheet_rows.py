"""Prepared columns to the rows of a worksheet, without a Python loop over cells."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.reports.sheet_column import SheetColumn
from lic.values.letters import letters

LINE_HEIGHT = 13.5
MAX_HEIGHT = 409.0


def row_xml(
    columns: Sequence[SheetColumn], styles: Sequence[int], *, start: int, length: int, first_row: int
) -> memoryview:
    """The ``<row>`` elements of ``length`` rows from ``start`` in UTF-8.

    ``first_row`` counts from 1, ``styles`` are xf indices.
    """
    numbers = pc.cast(pa.array(range(first_row, first_row + length), pa.int64()), pa.string())
    pieces: list[pa.Array | str] = [
        '<row r="',
        numbers,
        '" ht="',
        _heights(columns, start, length),
        '" customHeight="1">',
    ]
    for index, (column, style) in enumerate(zip(columns, styles, strict=True)):
        pieces += [f'<c r="{_letters(index)}', numbers, f'" s="{style}"']
        pieces += _filled(column, column.content.slice(start, length))
    return letters(pc.binary_join_element_wise(*pieces, "</row>", ""))


def _filled(column: SheetColumn, content: pa.Array) -> list[pa.Array | str]:
    """What follows the style of each cell."""
    if content.null_count == len(content):
        return ["/>"]
    if not content.null_count:
        return [column.before, content, column.after]
    return [pc.coalesce(pc.binary_join_element_wise(column.before, content, column.after, ""), "/>")]


def _heights(columns: Sequence[SheetColumn], start: int, length: int) -> pa.Array:
    lines = pa.array([1.0] * length)
    for column in columns:
        if column.lines is not None:
            lines = pc.max_element_wise(lines, column.lines.slice(start, length))
    points = pc.min_element_wise(pc.add(pc.multiply(lines, LINE_HEIGHT), 6.0), MAX_HEIGHT)
    return pc.cast(points, pa.string())


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
