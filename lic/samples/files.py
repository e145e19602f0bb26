"""Export files on disk: workbooks that are written row by row, and CSV.

Knows XlsxWriter's streaming mode and that equal rows must give equal bytes. Refuses to know
what a row means. A sheet that grows beyond what Excel holds goes on in a second file.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Protocol

import xlsxwriter

from lic.samples.cells import Cell

MAX_ROWS = 1_000_000
_CREATED = datetime(2020, 1, 1)
_DAY = "yyyy-mm-dd"


class Table(Protocol):
    """A file that takes rows one after another."""

    rows: int

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""

    def close(self) -> None:
        """Finish the file."""


class Workbook:
    """An xlsx file with one sheet; earlier rows are on disk, not in memory."""

    def __init__(self, path: Path, sheet: str, title: Sequence[str], headings: Sequence[str]) -> None:
        self.rows = 0
        self._book = xlsxwriter.Workbook(
            path, {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
        )
        self._book.set_properties({"created": _CREATED})
        self._day = self._book.add_format({"num_format": _DAY})
        self._sheet: Any = self._book.add_worksheet(sheet)
        bold = self._book.add_format({"bold": True, "text_wrap": True})
        for column, heading in enumerate(headings):
            self._sheet.set_column(column, column, max(10, min(22, 2 * len(heading) + 2)))
        for row, text in enumerate(title):
            self._sheet.write_string(row, 0, text, bold)
        self._next = len(title)
        for column, heading in enumerate(headings):
            self._sheet.write_string(self._next, column, heading, bold)
        self._next += 1

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row; text stays text, numbers and days are typed."""
        sheet, row = self._sheet, self._next
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, self._day)
            else:
                sheet.write_number(row, column, cell)
        self._next += 1
        self.rows += 1

    def close(self) -> None:
        """Pack the workbook."""
        self._book.close()


class CsvFile:
    """A CSV file with CRLF line ends, as systems for Excel write it."""

    def __init__(self, path: Path, encoding: str, title: Sequence[str], headings: Sequence[str]) -> None:
        self.rows = 0
        self._file: IO[str] = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        for text in title:
            self._writer.writerow([text])
        self._writer.writerow(headings)

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row; days as ISO text."""
        self._writer.writerow(["" if cell is None else cell for cell in cells])
        self.rows += 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()
