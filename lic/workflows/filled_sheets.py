"""What people wrote into the discrepancy sheets: found by key, wherever the line was moved to.

Knows the headings of the sheet that lic wrote. A line may have been sorted, moved or copied,
columns added, cells left blank; only the key ties it to its finding. What cannot be used is a
named problem with sheet and cell, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lic.messages import say
from lic.reports import labels
from lic.reports import labels_discrepancy as said
from lic.reports.finding_key import read_key
from lic.sources.forms import UnreadableForm, read_form
from lic.sources.grid import Grid
from lic.values.dates import read_date
from lic.values.read import Cell, cell_text
from lic.values.text import squeeze

_HAND = (labels.VERDICT, labels.VERIFIED_VALUE, labels.VERIFIED_DATE, labels.VERIFIED_BY)
_FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled line that makes sense."""

    key: str
    verdict: str
    value: str
    day: date
    by: str
    place: str  # file, sheet and cell of the verdict

    @property
    def said(self) -> tuple[str, str, date]:
        """What two copies of a line must agree on."""
        return self.verdict, self.value, self.day


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something in a filled sheet that a person must put right."""

    code: str
    place: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """Everything that the files held."""

    filled: list[Filled] = field(default_factory=list)
    blank: set[str] = field(default_factory=set)  # keys of lines that nobody filled in
    problems: list[SheetProblem] = field(default_factory=list)
    unreadable: int = 0


def read_filled(files: Sequence[Path], verdicts: Sequence[str], *, latest: date) -> Reading:
    """Read every sheet with a key and a verdict column of ``files``."""
    reading = Reading()
    for path in files:
        try:
            grids = read_form(path)
        except UnreadableForm as error:
            params = {"reason": say(error.code, error.params)}
            reading.problems.append(SheetProblem("W401", path.name, params))
            reading.unreadable += 1
            continue
        found = False
        for grid in grids:
            header = _header(grid)
            if header is not None:
                found = True
                _read_sheet(grid, *header, path.name, verdicts, latest, reading)
        if not found:
            reading.problems.append(SheetProblem("W402", path.name))
            reading.unreadable += 1
    return reading


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and where the five columns are."""
    wanted = {said.KEY, *_HAND}
    for number, row in enumerate(grid.rows):
        columns = {squeeze(cell_text(cell)): index for index, cell in reversed(list(enumerate(row)))}
        if {said.KEY, labels.VERDICT} <= set(columns):
            return number, {name: columns[name] for name in wanted if name in columns}
    return None


def _read_sheet(
    grid: Grid,
    header: int,
    columns: dict[str, int],
    file: str,
    verdicts: Sequence[str],
    latest: date,
    reading: Reading,
) -> None:
    for index, row in list(enumerate(grid.rows))[header + 1 :]:
        line = _Line(file, grid.name, grid.number(index), row, columns)
        text = line.text(said.KEY)
        key = read_key(text)
        written = any(line.text(name) for name in _HAND)
        if not written:
            if key is not None:
                reading.blank.add(key)
        elif not text:
            reading.problems.append(SheetProblem("W403", line.place(said.KEY)))
        elif key is None:
            reading.problems.append(SheetProblem("W404", line.place(said.KEY), {"key": text[:20]}))
        else:
            found = list(line.check(verdicts, latest))
            reading.problems += found
            if not found:
                reading.filled.append(line.filled(key))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row below the headings."""

    file: str
    sheet: str
    number: int
    row: Sequence[Cell]
    columns: dict[str, int]

    def cell(self, name: str) -> Cell:
        index = self.columns.get(name, -1)
        return self.row[index] if 0 <= index < len(self.row) else None

    def text(self, name: str) -> str:
        return " ".join(cell_text(self.cell(name)).split())

    def place(self, name: str) -> str:
        """File, sheet and address, as people find a cell."""
        letters, index = "", self.columns.get(name, 0) + 1
        while index:
            index, rest = divmod(index - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{self.file} {self.sheet} {letters}{self.number}"

    def check(self, verdicts: Sequence[str], latest: date) -> Iterator[SheetProblem]:
        """What is wrong with what was written."""
        verdict = squeeze(self.text(labels.VERDICT))
        if not verdict:
            yield SheetProblem("W406", self.place(labels.VERDICT))
        elif verdict not in verdicts:
            params = {"value": verdict[:20], "allowed": labels.LIST_SEPARATOR.join(verdicts)}
            yield SheetProblem("W405", self.place(labels.VERDICT), params)
        day = read_date(self.cell(labels.VERIFIED_DATE), latest=latest).value
        if day is None or day.year < _FIRST_YEAR:
            text = self.text(labels.VERIFIED_DATE)[:20]
            yield SheetProblem("W407", self.place(labels.VERIFIED_DATE), {"value": text})

    def filled(self, key: str) -> Filled:
        """The line; only after :meth:`check` found nothing."""
        day = read_date(self.cell(labels.VERIFIED_DATE)).value
        return Filled(
            key=key,
            verdict=squeeze(self.text(labels.VERDICT)),
            value=self.text(labels.VERIFIED_VALUE),
            day=date.min if day is None else day,
            by=self.text(labels.VERIFIED_BY),
            place=self.place(labels.VERDICT),
        )
