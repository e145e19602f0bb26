"""Looks into an OpenDocument sheet before a parser sees it: repeated rows, hidden rows, the extent.

A few bytes can repeat a filled row a million times; the count is checked before anything is
built from it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from lic.sources.container import BROKEN, MAX_ENTRIES, check_size
from lic.sources.scan import SheetScan
from lic.sources.unsafe import Limits, Unsafe

_CHUNK = 1 << 20
_HIDDEN = ("collapse", "filter")


def scan_ods(data: bytes, limits: Limits) -> Mapping[str, SheetScan]:
    """The scan of each sheet by its name. Raises :class:`Unsafe`."""
    walker = _Walker(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise Unsafe("S106", reason=f"{len(entries)} > {MAX_ENTRIES}")
            check_size(sum(entry.file_size for entry in entries), len(data), limits)
            size = 0
            with archive.open("content.xml") as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    check_size(size, len(data), limits)
                    walker.parser.Parse(chunk, False)
            walker.parser.Parse(b"", True)
    except (*BROKEN, expat.ExpatError) as error:
        raise Unsafe("S103") from error
    return walker.sheets


class _Walker:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str, SheetScan] = {}
        self._scan = SheetScan()
        self._row, self._repeat, self._hidden = 0, 1, False
        self._column, self._filled, self._cell_repeat = 0, 0, 1
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._definition

    def _definition(self, *_: Any) -> None:
        raise Unsafe("S107")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "table":
                self._scan = self.sheets.setdefault(attributes.get("table:name", ""), SheetScan())
                self._row = 0
            case "table-row":
                self._repeat = int(attributes.get("table:number-rows-repeated", "1"))
                self._hidden = attributes.get("table:visibility") in _HIDDEN
                self._column = self._filled = 0
            case "table-cell" | "covered-table-cell":
                self._cell_repeat = int(attributes.get("table:number-columns-repeated", "1"))
                self._column += self._cell_repeat
                if "office:value-type" in attributes or "table:formula" in attributes:
                    self._fill()
            case "p":
                self._fill()

    def _fill(self) -> None:
        self._filled = self._column
        self._scan.columns = max(self._scan.columns, self._column)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "table-row":
            return
        if self._filled:
            self._scan.rows = self._row + self._repeat
            self._scan.filled += self._filled * self._repeat
            if (
                self._scan.filled > self.limits.cells
                or self._scan.rows * self._scan.columns > self.limits.cells
            ):
                raise Unsafe("S109", rows=self._scan.rows, columns=self._scan.columns)
            if self._hidden:
                self._scan.hidden_rows += range(self._row, self._row + self._repeat)
        self._row += self._repeat
