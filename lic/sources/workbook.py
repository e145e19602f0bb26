"""Reads workbooks with python-calamine, the only module that knows it.

Cells keep their types: an ID that was stored as a number stays a number and is refused later.
Error cells, which calamine reads as blank, are put back from the scan. What calamine would build
in memory is known before it starts: it aborts the process on a sheet whose cells stand far apart.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lic.sources.archive import Scanned, is_sparse, scan_archive
from lic.sources.compact import compact
from lic.sources.compound import scan_compound
from lic.sources.container import BROKEN
from lic.sources.grid import Grid
from lic.sources.ods import scan_ods
from lic.sources.scan import SheetScan
from lic.sources.secret import decrypt, is_encrypted
from lic.sources.unsafe import Limits, Unsafe
from lic.values.money import EPOCH_1900, EPOCH_1904
from lic.values.read import Cell, ErrorCell

_BINARY = b"xl/workbook.bin"


@dataclass(frozen=True, slots=True)
class Opening:
    """What reading a workbook needs besides its bytes."""

    limits: Limits
    own_marks: Sequence[str] = ()
    passwords: Sequence[str] = ()


def read_workbook(data: bytes, opening: Opening) -> Iterator[Grid]:
    """Every worksheet. Raises :class:`Unsafe` when the file cannot be read."""
    if not data.startswith(b"PK") and is_encrypted(data):
        data = decrypt(data, opening.passwords)
    scanned = _scan(data, opening)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metas = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    except (CalamineError, OSError, ValueError) as error:
        raise _broken(error) from error
    for meta in metas:
        hidden = meta.visible != SheetVisibleEnum.Visible
        scan = scanned.sheets.get(meta.name, SheetScan())
        try:
            if is_sparse(scan, opening.limits):
                yield _read_sparse(
                    data, meta.name, scanned.parts[meta.name], scan, opening.limits, hidden=hidden
                )
            else:
                rows = cast(
                    list[list[Cell]], book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                )
                yield _grid(meta.name, rows, scan, hidden=hidden, old=not data.startswith(b"PK"))
        except (CalamineError, OSError, ValueError) as error:
            raise _broken(error) from error


def _broken(error: Exception) -> Unsafe:
    return Unsafe("S104" if type(error).__name__ == "PasswordError" else "S103")


def _scan(data: bytes, opening: Opening) -> Scanned:
    if not data.startswith(b"PK"):
        return Scanned(scan_compound(data), {})
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:120]:
        return Scanned(scan_ods(data, opening.limits), {})
    try:
        return scan_archive(data, opening.limits, opening.own_marks)
    except BROKEN as error:
        raise Unsafe("S103") from error


def _grid(name: str, rows: list[list[Cell]], scan: SheetScan, *, hidden: bool, old: bool = False) -> Grid:
    for (row, column), text in scan.errors.items():
        while row >= len(rows):
            rows.append([""] * (len(rows[0]) if rows else column + 1))
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = ErrorCell(text)
    if scan.errors:
        width = max(map(len, rows))
        rows = [[*cells, *[""] * (width - len(cells))] if len(cells) < width else cells for cells in rows]
    return Grid(
        name,
        rows,
        hidden,
        hidden_rows=scan.hidden_rows,
        hidden_columns=frozenset(scan.hidden_columns),
        merged=scan.merged,
        epoch=EPOCH_1904 if scan.mac else EPOCH_1900,
        old=old,
    )


def _read_sparse(data: bytes, name: str, part: str, scan: SheetScan, limits: Limits, *, hidden: bool) -> Grid:
    small = compact(data, part, limits)
    book = CalamineWorkbook.from_filelike(io.BytesIO(small.data))
    rows = cast(list[list[Cell]], book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    row_at: Mapping[int, int] = {row: index for index, row in enumerate(small.rows)}
    column_at: Mapping[int, int] = {column: index for index, column in enumerate(small.columns)}
    errors = {(row_at[row], column_at[column]): text for (row, column), text in scan.errors.items()}
    grid = _grid(name, rows, SheetScan(errors=errors, mac=scan.mac), hidden=hidden)
    grid.numbers = [row + 1 for row in small.rows]
    grid.columns = small.columns
    grid.hidden_rows = [row_at[row] for row in scan.hidden_rows if row in row_at]
    grid.hidden_columns = frozenset(
        column_at[column] for column in scan.hidden_columns if column in column_at
    )
    return grid
