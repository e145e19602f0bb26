"""Looks into an xlsx before a parser sees it: limits, entities, missing parts, and each sheet's scan.

Knows the parts of a package. Nothing is unpacked as a whole but the small parts.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from lic.sources.container import BROKEN, MAX_ENTRIES, check_size
from lic.sources.scan import SheetScan
from lic.sources.sheet_part import SheetPart, chunks, has_definition
from lic.sources.unsafe import Limits, Unsafe

_CHUNK = 1 << 20
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
                part = SheetPart(archive, entry, limits, total, len(data))
                scans[name] = part.scan()
                shares_text = shares_text or part.shares_text
                total = part.total
            elif name.endswith((".xml", ".rels", ".vml", ".bin")):
                for chunk in chunks(archive, entry):
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
            if not text or has_definition(text):
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
