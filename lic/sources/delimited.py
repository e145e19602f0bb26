"""Reads CSV and other delimited text: encoding and delimiter by content, never by name.

A byte order mark decides, then strict UTF-8, then strict GB18030. UTF-8 that was once taken
for GBK decodes without an error, so known pieces of such text are refused. A quotation mark
that is never closed costs its own line and not all lines below it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator

from lic.sources import keys
from lic.sources.grid import Grid
from lic.sources.headings import clean_heading
from lic.sources.unsafe import Unsafe
from lic.values import Cell

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_USUAL = ","
_DELIMITERS = (_USUAL, "\t", ";", "|", "\uff0c", "\uff1b", "^", "~")
_SEPARATOR_LINE = "sep="
_HEAD_LINES = 20
_FIELD_LIMIT = 1 << 20
_MARKED = "-SIG"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_RECORD = 50  # physical lines


def read_delimited(data: bytes, known: Collection[str], mojibake: Collection[str]) -> Grid:
    """The one table of a text file. Raises :class:`Unsafe` when it is no readable text."""
    text, encoding = _decode(data, known)
    head = text[:20000]
    if "\x00" in head:
        raise Unsafe("S103")
    delimiter, score = _delimiter(text, known)
    if score < 1 and any(piece in head for piece in mojibake):
        raise Unsafe("S110", line=1)
    csv.field_size_limit(max(len(text), _FIELD_LIMIT))
    grid = Grid("", [], addressed=False)
    _fill(grid, text, delimiter)
    if grid.rows and grid.rows[0] and str(grid.rows[0][0]).lower().startswith(_SEPARATOR_LINE):
        grid.rows, grid.numbers = grid.rows[1:], (grid.numbers or ())[1:]
    grid.note = keys.TEXT_READ.format(
        encoding=encoding.removesuffix(_MARKED), mark=keys.MARK_NAMES.get(delimiter, delimiter)
    )
    grid.odd_mark = None if delimiter == _USUAL else {"\t": "Tab"}.get(delimiter, delimiter)
    return grid


def _fill(grid: Grid, text: str, delimiter: str) -> None:
    """The records, and the physical line on which each begins."""
    lines = _LINE_END.split(text)
    if '"' not in text:
        grid.rows = [list(line.split(delimiter)) if line else [] for line in lines]
        grid.numbers = range(1, len(lines) + 1)
        return
    numbers = []
    for number, record in _records(lines, delimiter, grid.broken):
        grid.rows.append(record)
        numbers.append(number)
    grid.numbers = numbers


def _records(lines: list[str], delimiter: str, broken: list[int]) -> Iterator[tuple[int, list[Cell]]]:
    """Records, some of them with quotes, and the line on which each begins."""
    marks = max((line.count(delimiter) for line in lines[:_HEAD_LINES]), default=0)
    index = 0
    while index < len(lines):
        line = lines[index]
        if '"' not in line:
            yield index + 1, list(line.split(delimiter)) if line else []
            index += 1
            continue
        record, taken = _quoted(lines, index, delimiter, marks)
        if record is None:
            broken.append(index + 1)
            record = line.split(delimiter)
        yield index + 1, list(record)
        index += taken


def _quoted(lines: list[str], index: int, delimiter: str, marks: int) -> tuple[list[str] | None, int]:
    """The record that begins on a line, and how many lines it takes; None: its quotes do not pair.

    ``marks``: how many delimiters a whole record has. A line with so many was not meant to stand
    in a cell of the record above it.
    """
    piece = lines[index]
    for taken in range(1, _LONGEST_RECORD + 1):
        record = _parsed(piece, delimiter)
        if record is not None:
            swallowed = taken > 1 and any(
                line.count(delimiter) >= max(2, marks) for cell in record for line in cell.split("\n")[1:]
            )
            return (None, 1) if swallowed else (record, taken)
        if index + taken >= len(lines):
            break
        piece += "\n" + lines[index + taken]
    return None, 1


def _parsed(piece: str, delimiter: str) -> list[str] | None:
    """One record, or None when a quotation mark is still open at its end."""
    try:
        return next(csv.reader(io.StringIO(piece, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        return next(csv.reader(io.StringIO(piece, newline=""), delimiter=delimiter))


def _decode(data: bytes, known: Collection[str]) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), encoding.upper()
    if b"\x00" in data[:4096]:
        return _wide(data, known)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding.upper()
        except UnicodeDecodeError:
            continue
    raise Unsafe("S110", line=_first_bad_line(data))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unsafe("S110", line=1) from error


def _wide(data: bytes, known: Collection[str]) -> tuple[str, str]:
    """UTF-16 without a byte order mark, only where a known heading then appears."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _delimiter(text, known)[1] >= 1:
            return text, encoding.upper()
    raise Unsafe("S103")


def _first_bad_line(data: bytes) -> int:
    """The line up to which the better of the two encodings reads."""
    best = 0
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            best = max(best, error.start)
    return data[:best].count(b"\n") + 1


def _delimiter(text: str, known: Collection[str]) -> tuple[str, int]:
    """The delimiter that gives some line of the head the most known headings, and how many."""
    lines = _LINE_END.split(text[:50000])[:_HEAD_LINES]

    def score(delimiter: str) -> int:
        return max(
            (
                sum(clean_heading(cell.strip().strip('"')) in known for cell in line.split(delimiter))
                for line in lines
            ),
            default=0,
        )

    best = max(_DELIMITERS, key=score)
    return best, score(best)
