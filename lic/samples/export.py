"""One export file of one month: its name, its title, its rows and what stands under them.

Knows the blanks that a layout's texts may hold. Refuses to know a heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lic.model.period import month_name
from lic.samples.cells import Cell, filler
from lic.samples.clock import Clock
from lic.samples.files import MAX_ROWS, CsvFile, Table
from lic.samples.households import Household
from lic.samples.layout import Layout
from lic.samples.rows import RowSource, month_span
from lic.samples.workbook import WorkbookFile
from lic.samples.world import World


class Export:
    """Takes households and leaves one finished file, more than one only when it is too long."""

    def __init__(self, layout: Layout, folder: Path, world: World, clock: Clock) -> None:
        """Open the file; it stays open until :meth:`close`."""
        self._layout = layout
        self._folder = folder
        self._source = RowSource(layout, world, clock)
        self._fillers = [filler(column, world) for column in layout.columns]
        since, until = month_span(layout, clock)
        self._blanks = {
            "county": world.county, "year": str(clock.end.year), "month": str(clock.end.month),
            "last": str(clock.end.day),
            "ym": clock.name.replace("-", ""), "day": f"{clock.end:%Y%m%d}",
            "since": month_name(since).replace("-", ""), "until": month_name(until).replace("-", ""),
        }  # fmt: skip
        self._part = 1
        self._table = self._open()

    def add(self, household: Household) -> None:
        """Write the rows about one household."""
        for row in self._source.rows(household):
            if self._table.rows >= MAX_ROWS:
                self._table.close()
                self._part += 1
                self._table = self._open()
            self._table.add([fill(row) for fill in self._fillers])

    def close(self) -> None:
        """Write what stands under the table and finish the file."""
        rows = self._table.rows
        for line in self._layout.footer:
            cells: Sequence[Cell] = [self._text(text, rows=rows) for text in line]
            self._table.add(cells)
        self._table.close()

    def _text(self, text: str, rows: int = 0) -> str:
        for name, value in (*self._blanks.items(), ("rows", str(rows))):
            text = text.replace("{" + name + "}", value)
        return text

    def _open(self) -> Table:
        layout = self._layout
        name = Path(self._text(layout.file))
        part = "" if self._part == 1 else f"_{self._part}"
        path = self._folder / f"{name.stem}{part}{name.suffix}"
        headings = [column.heading for column in layout.columns]
        title = [self._text(text) for text in layout.title]
        if layout.encoding is not None:
            return CsvFile(path, layout.encoding, title, headings)
        return WorkbookFile(path, layout.sheet, title, headings)
