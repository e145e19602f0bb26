"""Reads workbooks with python-calamine, the only module that knows it.

Cells keep their types: an ID that was stored as a number stays a number and is refused later.
Error cells, which calamine reads as blank, are put back from the archive scan.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lic.sources.archive import MAX_CELLS, SheetScan, Unsafe, scan_archive
from lic.sources.grid import Grid
from lic.values.read import Cell, ErrorCell

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(data: bytes, own_marks: tuple[str, ...] = ()) -> Iterator[Grid]:
    """Every worksheet. Raises :class:`Unsafe` when the file cannot be read."""
    scans: Mapping[str, SheetScan] = {}
    if data.startswith(b"PK"):
        try:
            scans = scan_archive(data, own_marks)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            raise Unsafe("S103") from error
    elif _ENCRYPTED in data:
        raise Unsafe("S104")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                hidden = meta.visible != SheetVisibleEnum.Visible
                yield _read_sheet(book, meta.name, scans.get(meta.name, SheetScan()), hidden=hidden)
    except (CalamineError, OSError, ValueError) as error:
        code = "S104" if type(error).__name__ == "PasswordError" else "S103"
        raise Unsafe(code) from error


def _read_sheet(book: CalamineWorkbook, name: str, scan: SheetScan, *, hidden: bool) -> Grid:
    if scan.rows * scan.columns > MAX_CELLS:
        raise Unsafe("S109", sheet=name, rows=scan.rows, columns=scan.columns)
    rows = cast(list[list[Cell]], book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    for (row, column), text in scan.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ErrorCell(text)
    return Grid(name, rows, hidden)
