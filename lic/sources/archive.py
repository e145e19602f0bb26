"""Looks into a zip-based workbook before a parser sees it: limits, entities, errors, extent.

Everything is streamed and searched as bytes; no XML tree is built but of two small parts that
name the sheets.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

MAX_ENTRIES = 2000
MAX_BYTES = 1 << 30
MAX_RATIO = 200
MAX_CELLS = 50_000_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_SMALL = 10 << 20  # a ratio says nothing about little files
_CHUNK = 1 << 20
_OVERLAP = 256
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})[0-9]')
_VERY_FAR_COLUMN = re.compile(rb' r="([A-Z]{3,})[0-9]')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*? r="(\d+)"')
_ERROR = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>.*?<(?:\w+:)?v>([^<]*)</')
_EMPTY_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*>\s*<f(?:>[^<]*</f>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v></v>|<v/>)?</c>'
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Unsafe(Exception):
    """The archive must not be handed to a parser."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, int | str] = params


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a dense reader would not tell: error cells by (row, column) from 0, and the extent."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def column_number(text: bytes) -> int:
    """The number of column letters, counted from 1."""
    number = 0
    for byte in text:
        number = number * 26 + byte - 64
    return number


def scan_archive(data: bytes, own_marks: tuple[str, ...] = ()) -> Mapping[str, SheetScan]:
    """The scan of each worksheet by its name. Raises :class:`Unsafe`, or BadZipFile for a broken archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        declared = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES:
            raise Unsafe("S106", reason=f"{len(entries)} > {MAX_ENTRIES}")
        _check_size(declared, len(data))
        if own_marks and _is_marked(archive, own_marks):
            raise Unsafe("S112")
        scans: dict[str, SheetScan] = {}
        total = 0
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                read, scan = _scan_part(archive, entry.filename, sheet="/worksheets/" in entry.filename)
                total += read
                _check_size(total, len(data))
                if scan is not None:
                    scans[entry.filename] = scan
        return {name: scans[part] for name, part in _sheet_parts(archive).items() if part in scans}


def _is_marked(archive: zipfile.ZipFile, marks: tuple[str, ...]) -> bool:
    """Whether the properties of a workbook say that lic wrote it."""
    for name in ("docProps/core.xml", "docProps/custom.xml"):
        try:
            with archive.open(name) as part:
                text = part.read(_CHUNK)
        except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
            continue
        if any(mark.encode() in text for mark in marks):
            return True
    return False


def _check_size(size: int, packed: int) -> None:
    if size > MAX_BYTES:
        raise Unsafe("S106", reason=f"{size >> 20} MB > {MAX_BYTES >> 20} MB")
    if size > _SMALL and size > packed * MAX_RATIO:
        raise Unsafe("S106", reason=f"{size // max(packed, 1)}:1 > {MAX_RATIO}:1")


def _scan_part(archive: zipfile.ZipFile, name: str, *, sheet: bool) -> tuple[int, SheetScan | None]:
    size, last_row, columns, suspicious = 0, 0, 0, False
    tail = b""
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                if size == 0 and _DOCTYPE.search(chunk[:4096]):
                    raise Unsafe("S107")
                size += len(chunk)
                if size > MAX_BYTES:
                    raise Unsafe("S106", reason=f"> {MAX_BYTES >> 20} MB")
                if not sheet:
                    continue
                window = tail + chunk
                suspicious = suspicious or b't="e"' in window or b"</f></c>" in window or b"<v></v>" in window
                columns = max(columns, _widest(window, _VERY_FAR_COLUMN))
                if found := _last_row(window):
                    last_row = max(last_row, found)
                tail = window[-_OVERLAP:]
    except (zlib.error, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise Unsafe("S103") from error
    if not sheet:
        return size, None
    if suspicious or last_row * 702 > MAX_CELLS:
        whole = archive.read(name)
        columns = max(columns, _widest(whole, _FAR_COLUMN))
        return size, _finish(last_row, columns, _errors(whole) if suspicious else {})
    return size, _finish(last_row, columns, {})


def _finish(rows: int, columns: int, errors: Mapping[tuple[int, int], str]) -> SheetScan:
    if rows > MAX_ROW or columns > MAX_COLUMN:
        raise Unsafe("S103")
    return SheetScan(errors, rows, columns)


def _last_row(window: bytes) -> int:
    start = window.rfind(b"row ")
    if start < 0:
        return 0
    found = _ROW.search(window, max(0, start - 20))
    return int(found[1]) if found else 0


def _widest(window: bytes, pattern: re.Pattern[bytes]) -> int:
    return max((column_number(text) for text in set(pattern.findall(window))), default=0)


def _errors(whole: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for cell in whole.split(b"</c>"):
        piece = cell[cell.rfind(b"<c ") :] + b"</c>"
        if match := _ERROR.match(piece):
            found[(int(match[2]) - 1, column_number(match[1]) - 1)] = match[3].decode("ascii", "replace")
        elif match := _EMPTY_FORMULA.match(piece):
            found[(int(match[2]) - 1, column_number(match[1]) - 1)] = ""
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Worksheet names and the parts that hold them; empty for other formats than xlsx."""
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # DTDs were refused above
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (LookupError, ValueError, ET.ParseError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            parts[element.get("name", "")] = path
    return parts
