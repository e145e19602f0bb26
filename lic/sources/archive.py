"""Looks into an xlsx before a parser sees it: limits, entities, missing parts, and each sheet's scan.

Everything is streamed and searched as bytes. Where a writer's habits make that unsure (prefixes,
cells without an address, other quotes) the sheet is walked exactly, which is slower.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from lic.sources.container import BROKEN, MAX_ENTRIES, check_size
from lic.sources.exact import scan_exactly
from lic.sources.scan import MAX_COLUMN, MAX_ROW, SheetScan, box_of, cell_place, column_number
from lic.sources.unsafe import Limits, Unsafe

_CHUNK = 1 << 20
_OVERLAP = 512
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# Columns from AA on, and rows from a million on, wherever they are named.
_FAR = re.compile(rb' r="(?:([A-Z]{2,})\d|[A-Z]?(\d{7,})")')
_ROW = re.compile(rb'<row\b[^>]*? r="(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]* hidden="(?:1|true)")[^>]*? r="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]* hidden="(?:1|true)")(?=[^>]* min="(\d+)")[^>]*? max="(\d+)"')
_MERGED = re.compile(rb'<mergeCell\b[^>]*? ref="([A-Z0-9:]+)"')
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*? t="e"[^>]*>.*?<v>([^<]*)</', re.DOTALL)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>\s*<f(?:>[^<]*</f>|[^>]*/>|[^>]*>[^<]*</f>)(<v></v>|<v/>)?</c>'
)
# One pass for everything that is seldom: a cell or row that does not begin as the usual writers begin
# it (1: the sheet is walked exactly), a definition or comment (2), a formula (3).
_SELDOM = re.compile(rb"<(?:(c(?! r=\"|ol)(?=[\s\S]{4})|row(?:>| r='|[\r\n\t]))|(!)|(f)[ >/])")
_SUSPICIOUS = (b"</f></c>", b"<v></v>", b"/></c>")
_CELL_SIZE = 200  # bytes: with fewer values than one in so many, there may be texts in the cells themselves
_SPARSE_CELLS, _SPARSE_RATIO = 2_000_000, 50


@dataclass(frozen=True, slots=True)
class Scanned:
    """The scan of each worksheet by its name, and the part that holds it."""

    sheets: Mapping[str, SheetScan]
    parts: Mapping[str, str]


def scan_archive(data: bytes, limits: Limits, own_marks: Sequence[str] = ()) -> Scanned:
    """Look at every part. Raises :class:`Unsafe`, or what a broken archive raises (``BROKEN``)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Unsafe("S106", reason=f"{len(entries)} > {MAX_ENTRIES}")
        check_size(sum(entry.file_size for entry in entries), len(data), limits)
        if own_marks and _is_marked(archive, own_marks):
            raise Unsafe("S112")
        book = _Book(archive)
        scans: dict[str, SheetScan] = {}
        total, shares_text = 0, False
        sheets = {part.lower() for part in book.sheets.values()}
        for entry in entries:
            name = entry.filename.replace("\\", "/").lower()
            if name in sheets and name.endswith(".xml"):
                part = _SheetPart(archive, entry, limits, total, len(data))
                scans[name] = part.scan()
                shares_text = shares_text or part.shares_text
                total = part.total
            elif name.endswith((".xml", ".rels", ".vml", ".bin")):
                for chunk in _chunks(archive, entry):
                    total += len(chunk)
                    check_size(total, len(data), limits)
        book.check(shares_text=shares_text)
        found = {sheet: scans[part.lower()] for sheet, part in book.sheets.items() if part.lower() in scans}
        for scan in found.values():
            scan.mac = book.mac
        return Scanned(found, book.sheets)


def is_sparse(scan: SheetScan, limits: Limits) -> bool:
    """Whether reading every place of the extent would cost far more than the cells are worth."""
    places = scan.rows * scan.columns
    return places > limits.cells or (places > _SPARSE_CELLS and places > scan.filled * _SPARSE_RATIO)


def _is_marked(archive: zipfile.ZipFile, marks: Sequence[str]) -> bool:
    """Whether the properties of a workbook say that lic wrote it."""
    for name in ("docProps/core.xml", "docProps/custom.xml"):
        try:
            with archive.open(name) as part:
                text = part.read(_CHUNK)
        except BROKEN:
            continue
        if any(mark.encode() in text for mark in marks):
            return True
    return False


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, searched: bool = True) -> Iterator[bytes]:
    """A part in pieces, each ``searched`` for definitions of entities."""
    tail = b""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                if searched and _DOCTYPE.search(tail + chunk):
                    raise Unsafe("S107")
                tail = chunk[-16:]
                yield chunk
    except BROKEN as error:
        raise Unsafe("S103") from error


class _SheetPart:
    """One worksheet's XML, searched piece by piece."""

    def __init__(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, total: int, packed: int
    ) -> None:
        self.archive = archive
        self.entry = entry
        self.limits = limits
        self.total = total
        self.packed = packed
        self.shares_text = False
        self.suspicious = False
        self.unusual = False
        self.found = SheetScan()
        self._hidden: set[int] = set()
        self._merged: set[bytes] = set()

    def scan(self) -> SheetScan:
        """Everything that is to be known about the sheet."""
        tail, first = b"", True
        for chunk in _chunks(self.archive, self.entry, searched=False):
            self.total += len(chunk)
            check_size(self.total, self.packed, self.limits)
            window = tail + chunk
            if first and b"<sheetData" not in chunk[:_CHUNK] and b"sheetData" in chunk:
                self.unusual = True
            first = False
            self._look(window, chunk)
            tail = window[-_OVERLAP:]
        scan = self.found
        if self.unusual:
            scan = scan_exactly(_chunks(self.archive, self.entry))
            self.shares_text = scan.shares_text
        else:
            scan.hidden_rows = sorted(self._hidden)
            boxes = (box_of(reference.decode("ascii")) for reference in sorted(self._merged))
            scan.merged = sorted(box for box in boxes if box is not None)
            if self.suspicious:
                scan.errors = _errors(self.archive.read(self.entry))
        if scan.rows > MAX_ROW or scan.columns > MAX_COLUMN:
            raise Unsafe("S119", rows=scan.rows, columns=scan.columns)
        return scan

    def _look(self, window: bytes, chunk: bytes) -> None:
        scan = self.found
        values = chunk.count(b"<v>")
        scan.filled += values
        if values * _CELL_SIZE < len(chunk):
            scan.filled += chunk.count(b"<is>")
        self.shares_text = self.shares_text or b't="s"' in window
        if not self.unusual:
            self._look_for_seldom(window)
        self.suspicious = self.suspicious or b't="e"' in window
        for letters, row in set(_FAR.findall(window)):
            if letters:
                scan.columns = max(scan.columns, column_number(letters.decode("ascii")))
            else:
                scan.rows = max(scan.rows, int(row))
        scan.rows = max(scan.rows, _last_row(window))
        scan.columns = max(scan.columns, 26)
        if b' hidden="' in window:
            self._hidden.update(int(row) - 1 for row in _HIDDEN_ROW.findall(window))
            for first, last in _HIDDEN_COLUMN.findall(window):
                scan.hidden_columns.update(range(int(first) - 1, min(int(last), MAX_COLUMN)))
        if b"<mergeCell " in window:
            self._merged.update(_MERGED.findall(window))

    def _look_for_seldom(self, window: bytes) -> None:
        formula = False
        for found in _SELDOM.finditer(window):
            if found[1]:
                self.unusual = True
                return
            if found[2] and _DOCTYPE.match(window, found.start()):
                raise Unsafe("S107")
            formula = formula or found[3] is not None
        self.suspicious = self.suspicious or (formula and any(mark in window for mark in _SUSPICIOUS))


def _last_row(window: bytes) -> int:
    start = window.rfind(b"<row ")
    found = _ROW.match(window, start) if start >= 0 else None
    return int(found[1]) if found else 0


def _errors(whole: bytes) -> dict[tuple[int, int], str]:
    """Error cells, and formulas that nobody has calculated (as an empty text)."""
    found = {}
    for cell in whole.split(b"</c>"):
        piece = cell[cell.rfind(b"<c ") :] + b"</c>"
        text = ""
        if match := _ERROR.match(piece):
            text = match[2].decode("utf-8", "replace")
        elif not (match := _FORMULA.match(piece)) or (match[3] and b't="str"' in match[2]):
            continue  # a formula whose result is an empty text has been calculated
        if (place := cell_place(match[1].decode("ascii"))) is not None:
            found[place] = text
    return found


class _Book:
    """The parts of a package: which sheets there are, and what is missing."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self.archive = archive
        root = self._links("_rels/.rels")
        self.path = next((target for kind, target in root.values() if kind.endswith("/officeDocument")), "")
        self.path = self.path or "xl/workbook.xml"
        folder, _, file = self.path.rpartition("/")
        self.links = self._links(f"{folder}/_rels/{file}.rels", folder)
        self.mac = False
        self.sheets = self._sheets()

    def check(self, *, shares_text: bool) -> None:
        """Raise when something that cells need is not there."""
        if self.path.lower() not in self.names:
            raise Unsafe("S118", part=self.path)
        for sheet in self.sheets.values():
            if sheet.lower() not in self.names:
                raise Unsafe("S118", part=sheet)
        if shares_text and not any(name.endswith("sharedstrings.xml") for name in self.names):
            raise Unsafe("S118", part="xl/sharedStrings.xml")

    def _tree(self, path: str) -> ET.Element | None:
        name = self.names.get(path.lower())
        try:
            text = b"" if name is None else self.archive.read(name)
            if not text or _DOCTYPE.search(text):
                return None
            return ET.fromstring(text)  # without definitions there is nothing to expand
        except (*BROKEN, ET.ParseError, LookupError):
            return None

    def _links(self, path: str, folder: str = "") -> dict[str, tuple[str, str]]:
        tree = self._tree(path)
        found = {}
        for link in tree if tree is not None else ():
            target = link.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[link.get("Id", "")] = (link.get("Type", ""), whole.lstrip("/"))
        return found

    def _sheets(self) -> dict[str, str]:
        tree = self._tree(self.path)
        parts: dict[str, str] = {}
        for element in tree.iter() if tree is not None else ():
            local = element.tag.rpartition("}")[2]
            if local == "workbookPr":
                self.mac = element.get("date1904", "0").lower() in ("1", "true")
            elif local == "sheet":
                link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
                kind, target = self.links.get(link, ("", ""))
                if kind.endswith("/worksheet") and target:
                    parts[element.get("name", "")] = target
        return parts
