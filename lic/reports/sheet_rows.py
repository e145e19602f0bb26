"""Arrow columns to the rows of a worksheet, without a Python loop over cells.

XlsxWriter writes about 150,000 cells a second; a county's lists have millions. So the cells'
XML is made by Arrow's string kernels, column by column, and handed to XlsxWriter's row file.
Knows the cell syntax of SpreadsheetML; a test reads every kind of cell back with openpyxl.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.reports import labels
from lic.reports.sheet_limits import MAX_TEXT, utf16_cut
from lic.reports.table import Column, Kind
from lic.values.letters import letters

EPOCH_DAYS = 25_569  # 1970-01-01 as Excel counts days
LINE_HEIGHT = 13.5
TEXT_KINDS = frozenset({Kind.TEXT, Kind.WORD, Kind.LONG})
MAX_HEIGHT = 409.0
# Characters that XML 1.0 cannot hold.
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{FFFE}\\x{FFFF}]"


def display_width(text: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Width in half-width characters: a Chinese character (three bytes of UTF-8) counts two."""
    total = pc.add(pc.binary_length(text), pc.utf8_length(text))
    return pc.fill_null(pc.divide(pc.add(total, 1), 2), 0)


def shown_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as text cells show them: lists joined, line ends and control characters tamed."""
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, "\u3001")
    text = pc.cast(values, pa.string())
    text = pc.replace_substring_regex(text, _FORBIDDEN, "\ufffd")
    # A character is at most two units, so almost nothing needs to be looked at.
    if (pc.max(pc.utf8_length(text)).as_py() or 0) * 2 <= MAX_TEXT:
        return text
    return pa.chunked_array([pa.array([_held(value) for value in text.to_pylist()], pa.string())])


def _held(text: str | None) -> str | None:
    """A text as far as a cell holds it, and a word where it does not."""
    if text is None or len(text) * 2 <= MAX_TEXT or utf16_cut(text, MAX_TEXT) == text:
        return text
    return utf16_cut(text, MAX_TEXT - len(labels.CUT_TEXT)) + labels.CUT_TEXT


def row_xml(
    rows: pa.Table,
    columns: Sequence[Column],
    styles: Sequence[int],
    *,
    first_row: int,
    widths: Sequence[float],
) -> memoryview:
    """The ``<row>`` elements of ``rows`` in UTF-8; ``first_row`` counts from 1, ``styles`` are xf indices."""
    if rows.num_rows == 0:
        return memoryview(b"")
    numbers = pc.cast(pa.array(range(first_row, first_row + rows.num_rows), pa.int64()), pa.string())
    parts: list[pa.Array | pa.ChunkedArray | str] = []
    for index, column in enumerate(columns):
        parts.append(_cells(rows.column(index), column.kind, _letters(index), numbers, styles[index]))
    heights = _heights(rows, columns, widths)
    opening = pc.binary_join_element_wise('<row r="', numbers, '" ht="', heights, '" customHeight="1">', "")
    lines = pc.binary_join_element_wise(opening, *parts, "</row>", "")
    return letters(lines.combine_chunks() if isinstance(lines, pa.ChunkedArray) else lines)


def _heights(rows: pa.Table, columns: Sequence[Column], widths: Sequence[float]) -> pa.Array:
    lines: pa.Array | pa.ChunkedArray = pa.array([1.0] * rows.num_rows)
    for index, column in enumerate(columns):
        if column.kind is Kind.LONG:
            # A line breaks before a wide character that does not fit, so one unit is lost.
            needed = _line_count(shown_text(rows.column(index)), max(widths[index] - 1.2, 4.0))
            lines = pc.max_element_wise(lines, needed)
    points = pc.min_element_wise(pc.add(pc.multiply(lines, LINE_HEIGHT), 6.0), MAX_HEIGHT)
    return pc.cast(points, pa.string())


def _line_count(text: pa.Array | pa.ChunkedArray, usable: float) -> pa.Array | pa.ChunkedArray:
    """How many lines of ``usable`` width each text takes; its own line ends count."""

    def wrapped(part: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        return pc.ceil(pc.divide(pc.cast(display_width(part), pa.float64()), usable))

    if not pc.any(pc.fill_null(pc.match_substring(text, "\n"), False)).as_py():
        return wrapped(text)
    whole = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], pa.string())
    pieces = pc.split_pattern(pc.fill_null(whole, ""), "\n")
    owners, lines = pc.list_parent_indices(pieces), pc.max_element_wise(wrapped(pc.list_flatten(pieces)), 1.0)
    summed = pa.table({"row": owners, "lines": lines}).group_by("row").aggregate([("lines", "sum")])
    return summed.sort_by("row").column("lines_sum")


def _cells(
    values: pa.ChunkedArray, kind: Kind, letters: str, numbers: pa.Array, style: int
) -> pa.Array | pa.ChunkedArray:
    head = pc.binary_join_element_wise(f'<c r="{letters}', numbers, f'" s="{style}"', "")
    if kind in TEXT_KINDS:
        text = shown_text(values)
        for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = pc.replace_substring(text, raw, safe)
        # Excel reads _x0041_ as a character, so the underscore itself is written that way.
        text = pc.replace_substring_regex(text, "_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1")
        full = pc.binary_join_element_wise(
            head, ' t="inlineStr"><is><t xml:space="preserve">', text, "</t></is></c>", ""
        )
        return pc.coalesce(full, pc.binary_join_element_wise(head, "/>", ""))
    full = pc.binary_join_element_wise(head, "><v>", _number_text(values, kind), "</v></c>", "")
    return pc.coalesce(full, pc.binary_join_element_wise(head, "/>", ""))


def _number_text(values: pa.ChunkedArray, kind: Kind) -> pa.ChunkedArray:
    if kind is Kind.DATE:
        days = pc.cast(pc.cast(values, pa.date32()), pa.int32())
        return pc.cast(pc.add(days, EPOCH_DAYS), pa.string())
    return pc.cast(values, pa.string())


def _letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
