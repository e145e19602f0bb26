"""Looks into OLE compound files: what they are, and what calamine does not tell about an old xls.

Error cells, which calamine reads as blank, hidden rows and columns, and merged ranges are found
by walking the records of the workbook stream. Refuses to read values.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import olefile

from lic.sources import keys
from lic.sources.grid import Box
from lic.sources.scan import SheetScan
from lic.sources.unsafe import Unsafe

_BOF, _EOF, _BOUNDSHEET = 0x0809, 0x0A, 0x85
_ROW, _BOOLERR, _FORMULA, _COLINFO, _MERGED, _DATEMODE = 0x208, 0x205, 0x06, 0x7D, 0xE5, 0x22
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_FAILED = 2  # the kind of a formula's result that is an error
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip
_OTHER = (
    ("WordDocument", keys.WORD),
    ("PowerPoint Document", keys.SLIDES),
    ("VisioDocument", keys.DRAWING),
    ("__properties_version1.0", keys.LETTER),
)
_BIFF8 = 0x0600


def stream_of(data: bytes) -> bytes:
    """The workbook stream. Raises :class:`Unsafe` when the file is another document or damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            for name in ("Workbook", "Book"):
                if file.exists(name):
                    return bytes(file.openstream(name).read())
            for name, what in _OTHER:
                if file.exists(name):
                    raise Unsafe("S102", what=what)
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Unsafe("S103") from error
    raise Unsafe("S102", what=keys.UNKNOWN_DOCUMENT)


def scan_compound(data: bytes) -> Mapping[str, SheetScan]:
    """The scan of each worksheet by its name; sheets of versions before Excel 97 have none."""
    stream = stream_of(data)
    sheets = dict(_sheets(stream))
    mac = any(kind == _DATEMODE and body[:1] == b"\x01" for kind, body in _records(stream, 0))
    return {name: _scan(stream, start, mac=mac) for name, start in sheets.items()}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from ``start`` to the end of its substream."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind = stream[position] | stream[position + 1] << 8
        length = stream[position + 2] | stream[position + 3] << 8
        position += 4
        if kind == _BOF:
            depth += 1
        yield kind, stream[position : position + length]
        position += length
        if kind == _EOF:
            depth -= 1
            if depth <= 0:
                return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    version = int.from_bytes(stream[4:6], "little")
    if version != _BIFF8:
        return
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET and len(body) > 8:
            length, wide = body[6], body[7] & 1
            text = body[8 : 8 + (length << wide)].decode("utf-16-le" if wide else "latin-1", "replace")
            yield text, int.from_bytes(body[:4], "little")


def _scan(stream: bytes, start: int, *, mac: bool) -> SheetScan:
    scan = SheetScan(mac=mac)
    for kind, body in _records(stream, start):
        if kind in (_ROW, _COLINFO):
            _hidden(kind, body, scan)
        elif kind in (_BOOLERR, _FORMULA):
            _error(kind, body, scan)
        elif kind == _MERGED:
            _merged(body, scan)
    scan.hidden_rows.sort()
    return scan


def _hidden(kind: int, body: bytes, scan: SheetScan) -> None:
    if kind == _ROW and len(body) >= 16 and body[12] & _HIDDEN_ROW:
        scan.hidden_rows.append(_short(body, 0))
    elif kind == _COLINFO and len(body) >= 10 and body[8] & _HIDDEN_COLUMN:
        scan.hidden_columns.update(range(_short(body, 0), min(_short(body, 2), 255) + 1))


def _error(kind: int, body: bytes, scan: SheetScan) -> None:
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        scan.errors[_short(body, 0), _short(body, 2)] = _ERRORS.get(body[6], "#N/A")
    elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == _FAILED:
        scan.errors[_short(body, 0), _short(body, 2)] = _ERRORS.get(body[8], "#N/A")


def _merged(body: bytes, scan: SheetScan) -> None:
    for place in range(2, 2 + 8 * _short(body, 0), 8):
        if place + 8 <= len(body):
            top, bottom, left, right = (_short(body, place + offset) for offset in (0, 2, 4, 6))
            scan.merged.append(Box(top, left, bottom, right))


def _short(body: bytes, place: int) -> int:
    return body[place] | body[place + 1] << 8
