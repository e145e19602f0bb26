"""Export files that take rows one after another: workbooks and CSV.

Knows when a sheet is full. Refuses to know what a row means.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from lic.samples.cells import Cell

MAX_ROWS = 600_000
"""Rows before a file goes on in a second one; Excel holds more, but one sheet's XML stays
below what a zip entry without extensions may hold."""


class Table(Protocol):
    """A file that takes rows one after another."""

    rows: int

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""

    def close(self) -> None:
        """Finish the file."""


class CsvFile:
    """A CSV file with CRLF line ends, as systems for Excel write it."""

    def __init__(self, path: Path, encoding: str, title: Sequence[str], headings: Sequence[str]) -> None:
        """Open the file and write what stands above the rows."""
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
