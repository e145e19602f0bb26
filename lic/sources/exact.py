"""Walks a worksheet's XML element by element: exact for every writer, and slow.

Used for sheets whose writer has habits that a search of the bytes cannot rely on, and to leave
the empty places out of a sheet whose cells stand far apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from lic.sources.scan import SheetScan, box_of, cell_place
from lic.sources.unsafe import Unsafe


@dataclass(slots=True)
class _Cell:
    """The cell that is being walked through."""

    row: int
    column: int
    kind: str
    start: int
    formula: bool = False
    valued: bool = False
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawCell:
    """A cell that holds something, and where its bytes stand."""

    row: int
    column: int
    start: int
    end: int


class _Walker:
    """Handlers for the few elements that matter."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.cells: list[RawCell] = []
        self._row, self._column = -1, -1
        self._cell: _Cell | None = None
        self._in_value = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._definition

    def _definition(self, *_: Any) -> None:
        raise Unsafe("S107")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._open_cell(attributes)
            case "row":
                self._open_row(attributes)
            case "v" | "is" | "f" as part if self._cell is not None:
                self._in_value = part == "v"
                self._cell.formula = self._cell.formula or part == "f"
                self._cell.valued = self._cell.valued or part != "f"
                self._cell.text += [" "] if part == "is" else []
            case "col" if _is_true(attributes.get("hidden")):
                first, last = int(attributes["min"]), min(int(attributes["max"]), 16384)
                self.scan.hidden_columns.update(range(first - 1, last))
            case "mergeCell":
                box = box_of(attributes.get("ref", ""))
                if box is not None:
                    self.scan.merged.append(box)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if _is_true(attributes.get("hidden")):
            self.scan.hidden_rows.append(self._row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = cell_place(attributes.get("r", ""))
        row, column = (self._row, self._column + 1) if place is None else place
        self._row, self._column = row, column
        self.scan.shares_text = self.scan.shares_text or attributes.get("t") == "s"
        self._cell = _Cell(row, column, attributes.get("t", "n"), self.parser.CurrentByteIndex)

    def _text(self, text: str) -> None:
        if self._in_value and self._cell is not None:
            self._cell.text.append(text)

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v":
                self._in_value = False
            case "c" if self._cell is not None:
                self._close_cell(self._cell)
                self._cell = None

    def _close_cell(self, cell: _Cell) -> None:
        text = "".join(cell.text)
        waiting = cell.formula and not text and not (cell.kind == "str" and cell.valued)
        if cell.kind == "e" or waiting:
            self.scan.errors[cell.row, cell.column] = text
        if not text and not waiting and cell.kind != "e":
            return
        self.scan.filled += 1
        self.scan.rows = max(self.scan.rows, cell.row + 1)
        self.scan.columns = max(self.scan.columns, cell.column + 1)
        self.cells.append(RawCell(cell.row, cell.column, cell.start, self.parser.CurrentByteIndex))


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def scan_exactly(chunks: Iterable[bytes]) -> SheetScan:
    """The scan of one sheet. Raises :class:`Unsafe` when it is no XML."""
    walker = _walk(chunks)
    walker.scan.merged.sort()
    return walker.scan


def raw_cells(xml: bytes) -> list[RawCell]:
    """Every cell that holds something, in the order of the file."""
    return _walk((xml,)).cells


def _walk(chunks: Iterable[bytes]) -> _Walker:
    walker = _Walker()
    try:
        for chunk in chunks:
            walker.parser.Parse(chunk, False)
        walker.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError, OverflowError) as error:
        raise Unsafe("S103") from error
    return walker
