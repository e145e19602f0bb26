"""Reads CSV and other delimited text: encoding and delimiter by content, never by name.

A byte order mark decides, then strict UTF-8, then strict GB18030. UTF-8 that was once taken
for GBK decodes without an error, so known pieces of such text are refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from lic.sources.archive import Unsafe
from lic.sources.grid import Grid
from lic.sources.headings import clean_heading
from lic.values import Cell

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "|")
_SEPARATOR_LINE = "sep="
_HEAD_LINES = 20
_FIELD_LIMIT = 1 << 20


def read_delimited(data: bytes, known: Collection[str], mojibake: Collection[str]) -> Grid:
    """The one table of a text file. Raises :class:`Unsafe` when it is no readable text."""
    text, encoding = _decode(data)
    head = text[:20000]
    if "\x00" in head:
        raise Unsafe("S102")
    if any(piece in head for piece in mojibake):
        raise Unsafe("S110")
    delimiter = _delimiter(text, known)
    csv.field_size_limit(_FIELD_LIMIT)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for record in reader:
            if not (start == 1 and record and record[0].lower().startswith(_SEPARATOR_LINE)):
                rows.append(list(record))
                numbers.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unsafe("S103") from error
    shown = {"\t": "Tab"}.get(delimiter, delimiter)
    return Grid("", rows, numbers=numbers, note=f"{encoding}, {shown}")


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.upper()
            except UnicodeDecodeError as error:
                raise Unsafe("S110") from error
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding.upper()
        except UnicodeDecodeError:
            continue
    raise Unsafe("S110")


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter that gives some line of the head the most known headings."""
    lines = text[:50000].splitlines()[:_HEAD_LINES]

    def score(delimiter: str) -> int:
        return max(
            (
                sum(clean_heading(cell.strip('"')) in known for cell in line.split(delimiter))
                for line in lines
            ),
            default=0,
        )

    return max(_DELIMITERS, key=score)
