"""One column of a sheet, ready to become cells.

XlsxWriter writes about 150,000 cells a second; a county's lists have millions. So the cells' XML is
made by Arrow's string kernels. Texts that repeat go to the workbook's shared strings: each is
looked at once, and the sheet is a third shorter. Knows the cell syntax of SpreadsheetML; a test reads
every kind of cell back with openpyxl.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.reports import labels
from lic.reports.sheet_limits import MAX_TEXT, utf16_cut
from lic.reports.table import Column, Kind
from lic.values.letters import letters

Share: TypeAlias = Callable[[str], int]  # a text -> its place among the shared strings

TEXT_KINDS = frozenset({Kind.TEXT, Kind.WORD, Kind.LONG})
_EPOCH_DAYS = 25_569  # 1970-01-01 as Excel counts days
# Characters that XML 1.0 cannot hold.
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{FFFE}\\x{FFFF}]"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_SHARED = ' t="s"><v>'
# Bytes that a text without need of care does not have; U+FFFE and U+FFFF begin with _LAST.
_CARE = np.zeros(256, np.bool_)
_CARE[:33] = True
_CARE[[ord(letter) for letter in "&<>_"]] = True
_LAST = b"\xef\xbf"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """What stands in each cell, null where nothing does, and what stands before and after it.

    ``lines``: how many lines each text takes in the column's width, for wrapped texts only.
    """

    before: str
    content: pa.Array
    after: str
    lines: pa.Array | None = None

    @property
    def shared(self) -> int:
        """How many cells name a shared string."""
        return len(self.content) - self.content.null_count if self.before == _SHARED else 0


def sheet_column(values: pa.ChunkedArray, column: Column, width: float, share: Share) -> SheetColumn:
    """Prepare all cells of a column; ``width`` in half-width characters."""
    if column.kind not in TEXT_KINDS:
        return SheetColumn("><v>", _whole(_number_text(values, column.kind)), "</v></c>")
    coded = _whole(_texts(values)).dictionary_encode()
    lines = None
    if column.kind is Kind.LONG:
        # A line breaks before a wide character that does not fit, so one unit is lost.
        needed = _line_count(shown_text(coded.dictionary), max(width - 1.2, 4.0))
        lines = pc.fill_null(_whole(needed).take(coded.indices), 1.0)
    if len(coded.dictionary) * 2 > len(coded):
        before, text = _inline(coded.dictionary_decode())
        return SheetColumn(before, text, "</t></is></c>", lines)
    shown = shown_text(coded.dictionary).to_pylist()
    places = pa.array([None if text == "" else str(share(text)) for text in shown], pa.string())
    return SheetColumn(_SHARED, places.take(coded.indices), "</v></c>", lines)


def display_width(text: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Width in half-width characters: a Chinese character (three bytes of UTF-8) counts two."""
    total = pc.add(pc.binary_length(text), pc.utf8_length(text))
    return pc.fill_null(pc.divide(pc.add(total, 1), 2), 0)


def widest(values: pa.ChunkedArray) -> float:
    """The display width of the widest text."""
    return float(pc.max(display_width(shown_text(pc.unique(_texts(values))))).as_py() or 0)


def usual(values: pa.ChunkedArray) -> float:
    """The display width that nine of ten texts keep to, empty ones left aside."""
    texts = pc.dictionary_encode(_texts(values).combine_chunks())
    widths = pc.take(display_width(texts.dictionary), texts.indices)
    return float(pc.quantile(widths.filter(pc.greater(widths, 0)), 0.9)[0].as_py() or 0)


def shown_text(text: pa.Array) -> pa.Array:
    """Texts as cells show them: control characters tamed, and cut where Excel cuts."""
    text = pc.replace_substring_regex(text, _FORBIDDEN, "\ufffd")
    # A character is at most two units, so almost nothing needs to be looked at.
    if (pc.max(pc.utf8_length(text)).as_py() or 0) * 2 <= MAX_TEXT:
        return text
    return pa.array([_held(value) for value in text.to_pylist()], pa.string())


def _held(text: str | None) -> str | None:
    """A text as far as a cell holds it, and a word where it does not."""
    if text is None or len(text) * 2 <= MAX_TEXT or utf16_cut(text, MAX_TEXT) == text:
        return text
    return utf16_cut(text, MAX_TEXT - len(labels.CUT_TEXT)) + labels.CUT_TEXT


def _texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, "\u3001")
    return pc.cast(values, pa.string())


def _whole(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)


def _inline(text: pa.Array) -> tuple[str, pa.Array]:
    """The opening of cells that hold their own text, and the texts as XML."""
    text = pc.if_else(pc.equal(text, ""), None, text)
    data = letters(text)
    if not _CARE[np.frombuffer(data, np.uint8)].any() and _LAST not in data.tobytes() and _short(text):
        return ' t="inlineStr"><is><t>', text
    return ' t="inlineStr"><is><t xml:space="preserve">', escaped(shown_text(text))


def escaped(text: pa.Array) -> pa.Array:
    """Shown texts as XML."""
    for raw, safe in _ESCAPES:
        text = pc.replace_substring(text, raw, safe)
    # Excel reads _x0041_ as a character, so the underscore itself is written that way.
    return pc.replace_substring_regex(text, "_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1")


def _short(text: pa.Array) -> bool:
    return (pc.max(pc.utf8_length(text)).as_py() or 0) * 2 <= MAX_TEXT


def _number_text(values: pa.ChunkedArray, kind: Kind) -> pa.ChunkedArray:
    if kind is Kind.DATE:
        days = pc.cast(pc.cast(values, pa.date32()), pa.int32())
        return pc.cast(pc.add(days, _EPOCH_DAYS), pa.string())
    return pc.cast(values, pa.string())


def _line_count(text: pa.Array, usable: float) -> pa.Array | pa.ChunkedArray:
    """How many lines of ``usable`` width each text takes; its own line ends count."""

    def wrapped(part: pa.Array) -> pa.Array:
        return pc.ceil(pc.divide(pc.cast(display_width(part), pa.float64()), usable))

    if not pc.any(pc.fill_null(pc.match_substring(text, "\n"), False)).as_py():
        return wrapped(text)
    pieces = pc.split_pattern(pc.fill_null(text, ""), "\n")
    owners, lines = pc.list_parent_indices(pieces), pc.max_element_wise(wrapped(pc.list_flatten(pieces)), 1.0)
    summed = pa.table({"row": owners, "lines": lines}).group_by("row").aggregate([("lines", "sum")])
    return summed.sort_by("row").column("lines_sum")
