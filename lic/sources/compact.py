"""Leaves the empty rows and columns out of a sheet whose cells stand far apart.

The cells' own bytes are kept and only their addresses change, so that the one reader of cells
still decides what each holds. The original row and column numbers are handed back.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lic.sources.exact import RawCell, raw_cells
from lic.sources.report import letters
from lic.sources.unsafe import Limits, Unsafe

_SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(/?)>")
_CELL = re.compile(rb"^<(?:\w+:)?c\b")
_ADDRESS = re.compile(rb"\sr\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Compact:
    """A workbook with one sheet compacted; ``rows`` and ``columns`` are the original ones, from 0."""

    data: bytes
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def compact(data: bytes, part: str, limits: Limits) -> Compact:
    """The workbook with the sheet in ``part`` compacted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        name = next(
            entry.filename for entry in entries if entry.filename.replace("\\", "/").lower() == part.lower()
        )
        xml = archive.read(name)
        cells = raw_cells(xml)
        rows = tuple(sorted({cell.row for cell in cells}))
        columns = tuple(sorted({cell.column for cell in cells}))
        if len(rows) * len(columns) > limits.cells:
            raise Unsafe("S109", rows=len(rows), columns=len(columns))
        changed = _rewritten(xml, cells, rows, columns)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as made:
            for entry in entries:
                made.writestr(entry.filename, changed if entry.filename == name else archive.read(entry))
    return Compact(target.getvalue(), rows, columns)


def _rewritten(xml: bytes, cells: list[RawCell], rows: tuple[int, ...], columns: tuple[int, ...]) -> bytes:
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    found = _SHEET_DATA.search(xml)
    end = xml.rfind(b"sheetData>")
    if found is None or found[2] or end < 0:
        raise Unsafe("S103")
    prefix = found[1]
    close = b"</" + prefix + b"c>"
    pieces = [xml[: found.end()]]
    by_row: dict[int, list[RawCell]] = {}
    for cell in cells:
        by_row.setdefault(row_at[cell.row], []).append(cell)
    for row in sorted(by_row):
        pieces.append(b'<%srow r="%d">' % (prefix, row + 1))
        for cell in sorted(by_row[row], key=lambda item: item.column):
            raw = xml[cell.start : cell.end] + close
            head, _, rest = raw.partition(b">")
            address = f"{letters(column_at[cell.column])}{row + 1}".encode("ascii")
            head = _CELL.sub(rb'\g<0> r="' + address + b'"', _ADDRESS.sub(b"", head, count=1))
            pieces.append(head + b">" + rest)
        pieces.append(b"</%srow>" % prefix)
    pieces.append(b"</" + prefix + b"sheetData>" + xml[end + len(b"sheetData>") :])
    return b"".join(pieces)
