"""A workbook's frame and the rows of its sheets to one .xlsx file.

The frame is a small workbook by XlsxWriter: everything but the rows, for which one plain and one
total row stand as patterns. Knows where in a sheet's XML rows belong, and shared strings.
Refuses to know what any cell means. The bytes depend on nothing but frame and rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from lic.reports.sheet_column import SheetColumn, escaped, sheet_column
from lic.reports.sheet_rows import row_xml
from lic.reports.table import Column
from lic.values.letters import letters

_STRINGS = "xl/sharedStrings.xml"
_ROW = re.compile(rb'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_STYLE = re.compile(rb'<c r="[A-Z]+\d+"(?: s="(\d+)")?')
_COUNTS = re.compile(rb'count="(\d+)" uniqueCount="(\d+)"')
_BATCH = 4_096  # rows: small enough that the allocator keeps what it has
_LEVEL = 2  # a quarter longer than zlib's 6, in a third of the time
_BIG = 1 << 30  # bytes of cells: the sheet's XML may pass what a plain zip entry holds
_UNIX, _PRIVATE = 3, 0o600 << 16  # the same entry attributes on every system


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one sheet, from row ``first`` (counted from 1) on; ``totals`` are counted from 0."""

    first: int
    rows: pa.Table
    columns: Sequence[Column]
    widths: Sequence[float]
    totals: frozenset[int]

    @property
    def patterns(self) -> tuple[int | None, int | None]:
        """In which rows of the frame a plain row and a row of totals stand, counted from 1."""
        count = self.rows.num_rows
        plain = self.first if len(self.totals) < count else None
        total = self.first + count - 1 if self.totals else None
        return plain, total


class _Strings:
    """The shared strings: those of the frame, then ours."""

    def __init__(self, frame: bytes) -> None:
        self._frame = frame
        found = _COUNTS.search(frame)
        self.count, self._first = (int(found[1]), int(found[2])) if found else (0, 0)
        self._places: dict[str, int] = {}

    def share(self, text: str) -> int:
        return self._places.setdefault(text, self._first + len(self._places))

    def xml(self) -> Iterator[bytes | memoryview]:
        total = self._first + len(self._places)
        counts = f'count="{self.count}" uniqueCount="{total}"'.encode()
        yield _COUNTS.sub(counts, self._frame, count=1).removesuffix(b"</sst>")
        ours = escaped(pa.array(list(self._places), pa.string()))
        yield letters(pc.binary_join_element_wise('<si><t xml:space="preserve">', ours, "</t></si>", ""))
        yield b"</sst>"


def write_package(frame: bytes, bodies: Mapping[int, Body], path: Path) -> None:
    """Write the workbook; ``bodies`` by the number of their sheet, counted from 1."""
    by_part = {f"xl/worksheets/sheet{number}.xml": body for number, body in bodies.items()}
    with (
        zipfile.ZipFile(io.BytesIO(frame)) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        strings = _Strings(source.read(_STRINGS))
        for name in source.namelist():
            if name == _STRINGS:
                continue  # known when all sheets are written
            body = by_part.get(name)
            with target.open(name, "w", force_zip64=body is not None and body.rows.nbytes > _BIG) as part:
                _write_part(part, source.read(name), body, strings)
        with target.open(_STRINGS, "w") as part:
            for piece in strings.xml():
                part.write(piece)
        for entry in target.infolist():
            entry.create_system, entry.external_attr = _UNIX, _PRIVATE


def _write_part(part: IO[bytes], xml: bytes, body: Body | None, strings: _Strings) -> None:
    if body is None or not body.rows.num_rows:
        part.write(xml)
        return
    at, plain, total, rest = _opened(xml, body)
    columns = []
    for index, column in enumerate(body.columns):
        columns.append(sheet_column(body.rows.column(index), column, body.widths[index], strings.share))
        strings.count += columns[-1].shared
    part.write(xml[:at])
    for xml_of_rows in _pieces(body, columns, plain, total):
        part.write(xml_of_rows)
    part.write(xml[rest:])


def _opened(xml: bytes, body: Body) -> tuple[int, list[int], list[int], int]:
    """Where the frame's sheet is opened, the styles of both patterns, and where it goes on."""
    plain_row, total_row = body.patterns
    plain: list[int] = []
    total: list[int] = []
    at, rest = len(xml), 0
    for found in _ROW.finditer(xml):
        number = int(found[1])
        if number in (plain_row, total_row):
            styles = [int(style or 0) for style in _STYLE.findall(found[0])]
            plain, total = (styles, total) if number == plain_row else (plain, styles)
            at, rest = min(at, found.start()), max(rest, found.end())
    return at, plain, total, rest


def _pieces(
    body: Body, columns: Sequence[SheetColumn], plain: Sequence[int], total: Sequence[int]
) -> Iterator[memoryview]:
    for start, length, is_total in _stretches(body.rows.num_rows, body.totals):
        styles = total if is_total else plain
        yield row_xml(columns, styles, start=start, length=length, first_row=body.first + start)


def _stretches(count: int, totals: frozenset[int]) -> list[tuple[int, int, bool]]:
    """Cut 0..count into pieces that are all totals or all not, none longer than a batch."""
    cuts: list[tuple[int, int, bool]] = []
    position = 0
    for row in sorted(totals):
        cuts += [(at, min(_BATCH, row - at), False) for at in range(position, row, _BATCH)]
        cuts.append((row, 1, True))
        position = row + 1
    cuts += [(at, min(_BATCH, count - at), False) for at in range(position, count, _BATCH)]
    return cuts
