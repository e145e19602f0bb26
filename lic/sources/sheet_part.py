"""One worksheet's XML, searched piece by piece for what a dense reader of cells does not tell.

Everything is searched as bytes. Where a writer's habits make that unsure (prefixes, cells without
an address, other quotes) the sheet is walked exactly, which is slower.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lic.sources.container import BROKEN, check_size
from lic.sources.exact import scan_exactly
from lic.sources.scan import MAX_COLUMN, MAX_ROW, SheetScan, box_of, cell_place
from lic.sources.tags import AHEAD, Tags
from lic.sources.unsafe import Limits, Unsafe

_CHUNK = 1 << 20
_OVERLAP = 512
DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ROW = re.compile(rb'<row\b[^>]*? r="(\d+)"')
_CELL_ROW = re.compile(rb'<c r="[A-Z]*(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]* hidden="(?:1|true)")[^>]*? r="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]* hidden="(?:1|true)")(?=[^>]* min="(\d+)")[^>]*? max="(\d+)"')
_MERGED = re.compile(rb'<mergeCell\b[^>]*? ref="([A-Z0-9:]+)"')
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*? t="e"[^>]*>.*?<v>([^<]*)</', re.DOTALL)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>\s*<f(?:>[^<]*</f>|[^>]*/>|[^>]*>[^<]*</f>)(<v></v>|<v/>)?</c>'
)
_SUSPICIOUS = (b"</f></c>", b"<v></v>", b"/></c>")


def has_definition(text: bytes) -> bool:
    """Whether entities are defined in it, which no export needs."""
    return b"<!" in text and DEFINITION.search(text) is not None


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, searched: bool = True) -> Iterator[bytes]:
    """A part in pieces, each ``searched`` for definitions of entities."""
    tail = b""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                if searched and has_definition(tail + chunk):
                    raise Unsafe("S107")
                tail = chunk[-16:]
                yield chunk
    except BROKEN as error:
        raise Unsafe("S103") from error


class SheetPart:
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
        for chunk in chunks(self.archive, self.entry, searched=False):
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
            scan = scan_exactly(chunks(self.archive, self.entry))
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
        tags = Tags(window)
        new = max(0, len(window) - len(chunk) - AHEAD)
        scan.filled += tags.count("v>", new) + tags.count("is>", new)
        self.shares_text = self.shares_text or b't="s"' in window
        self.unusual = self.unusual or tags.unusual
        if any(DEFINITION.match(window, start) for start in tags.definitions):
            raise Unsafe("S107")
        formula = not self.suspicious and tags.has_formula and any(mark in window for mark in _SUSPICIOUS)
        self.suspicious = self.suspicious or formula or b't="e"' in window
        scan.columns = max(scan.columns, 26, tags.last_column())
        scan.rows = max(scan.rows, _last_row(window), *_far_rows(window, tags))
        if b' hidden="' in window:
            self._hidden.update(int(row) - 1 for row in _HIDDEN_ROW.findall(window))
            for first, last in _HIDDEN_COLUMN.findall(window):
                scan.hidden_columns.update(range(int(first) - 1, min(int(last), MAX_COLUMN)))
        if tags.count("mergeCell ", 0):
            self._merged.update(_MERGED.findall(window))


def _far_rows(window: bytes, tags: Tags) -> Iterator[int]:
    """The numbers of rows that need not be the last: far ones, and all that are written unusually."""
    for pattern, starts in (
        (_ROW, tags.other_rows),
        (_ROW, tags.far_rows()),
        (_CELL_ROW, tags.far_cells()),
    ):
        for start in starts:
            if found := pattern.match(window, start):
                yield int(found[1])


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
