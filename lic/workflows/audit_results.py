"""What visitors wrote into the sheet of results: found by household number, read strictly.

Knows the headings that lic wrote. A line may have been sorted, moved, split over several copies;
what cannot be used is a named problem with sheet and cell, never a guess. A household without a
usable result counts as not visited; one whose result is clear and whose details are not counts,
and is not put on record before they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lic.messages import CATALOGUE
from lic.model.audit import Visit, VisitResult
from lic.reports import labels
from lic.reports import labels_audit as said
from lic.sources.forms import UnreadableForm, read_form
from lic.sources.grid import Grid
from lic.values.dates import read_date
from lic.values.idnumber import read_id
from lic.values.read import Cell, cell_text
from lic.values.text import squeeze

_HAND = (
    said.RESULT, said.RIGHT_CATEGORY, said.PERSON, said.ITEM, said.VALUE, said.DAY, said.VISITOR, said.NOTE,
)  # fmt: skip
_FIRST_YEAR = 2000
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ResultProblem:
    """Something in a returned sheet that a person must put right."""

    code: str
    place: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Returned:
    """Everything that the files held: visits by household, and what was wrong."""

    visits: dict[str, Visit] = field(default_factory=dict)
    problems: list[ResultProblem] = field(default_factory=list)
    unreadable: int = 0
    disputed: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)  # the result is clear, something else is not


def read_results(
    files: Sequence[Path], households: Collection[str], categories: Collection[str] | None, *, latest: date
) -> Returned:
    """Read every sheet of results in ``files``; ``households`` are those of the sample.

    ``categories`` None: not known.
    """
    found = Returned()
    for path in files:
        try:
            grids = read_form(path)
        except UnreadableForm as error:
            params = {"file": path.name, "reason": CATALOGUE[error.code].title}
            found.problems.append(ResultProblem("W651", path.name, params))
            found.unreadable += 1
            continue
        sheets = [(grid, header) for grid in grids if (header := _header(grid)) is not None]
        for grid, (line, columns) in sheets:
            _read_sheet(_Sheet(path.name, grid, line, columns), households, categories, latest, found)
        if not sheets:
            found.problems.append(ResultProblem("W652", path.name, {"file": path.name}))
            found.unreadable += 1
    for number in found.disputed:
        found.visits.pop(number, None)
    return found


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and where each column is."""
    for number, row in enumerate(grid.rows):
        columns = {squeeze(cell_text(cell)): index for index, cell in reversed(list(enumerate(row)))}
        if {said.HOUSEHOLD_NO, said.RESULT} <= set(columns):
            wanted = (said.HOUSEHOLD_NO, *_HAND)
            return number, {name: columns[name] for name in wanted if name in columns}
    return None


@dataclass(frozen=True, slots=True)
class _Sheet:
    file: str
    grid: Grid
    header: int
    columns: dict[str, int]


def _read_sheet(
    sheet: _Sheet,
    households: Collection[str],
    categories: Collection[str] | None,
    latest: date,
    found: Returned,
) -> None:
    for index, row in list(enumerate(sheet.grid.rows))[sheet.header + 1 :]:
        line = _Line(sheet, sheet.grid.number(index), row)
        if not any(line.text(name) for name in _HAND):
            continue
        number = squeeze(line.text(said.HOUSEHOLD_NO))
        if number not in households:
            code = "W653" if number else "W654"
            found.problems.append(ResultProblem(code, line.place(said.HOUSEHOLD_NO), {"household": number}))
            continue
        if line.result is None:
            found.problems.append(line.no_result())
            continue
        problems = list(line.check(categories, latest))
        found.problems += problems
        if problems:
            found.incomplete.add(number)
        visit = line.visit(number, latest)
        other = found.visits.setdefault(number, visit)
        if _said(other) != _said(visit):
            found.problems.append(ResultProblem("W655", visit.place, {"other": other.place}))
            found.disputed.add(number)


def _said(visit: Visit) -> tuple[object, ...]:
    """What two copies of a line must agree on."""
    return visit.result, visit.category, visit.person, visit.item, visit.value, visit.day


@dataclass(frozen=True, slots=True)
class _Line:
    """One row below the headings."""

    sheet: _Sheet
    number: int
    row: Sequence[Cell]

    def cell(self, name: str) -> Cell:
        index = self.sheet.columns.get(name, -1)
        return self.row[index] if 0 <= index < len(self.row) else None

    def text(self, name: str) -> str:
        return " ".join(cell_text(self.cell(name)).split())

    def place(self, name: str) -> str:
        """File, sheet and address, as people find a cell."""
        letters, index = "", self.sheet.columns.get(name, 0) + 1
        while index:
            index, rest = divmod(index - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{self.sheet.file} {self.sheet.grid.name} {letters}{self.number}"

    @property
    def result(self) -> VisitResult | None:
        word = squeeze(self.text(said.RESULT))
        return next((item for item in VisitResult if item.value == word), None)

    def no_result(self) -> ResultProblem:
        """The result is blank or none of the words."""
        allowed = labels.LIST_SEPARATOR.join(item.value for item in VisitResult)
        params = {"value": self.text(said.RESULT)[:_SHOWN], "allowed": allowed}
        return ResultProblem("W656", self.place(said.RESULT), params)

    def check(self, categories: Collection[str] | None, latest: date) -> Iterator[ResultProblem]:
        """What is wrong with the details."""
        result = self.result
        day = read_date(self.cell(said.DAY), latest=latest).value
        if day is None or day.year < _FIRST_YEAR:
            yield ResultProblem("W657", self.place(said.DAY), {"value": self.text(said.DAY)[:_SHOWN]})
        if not self.text(said.VISITOR):
            yield ResultProblem("W658", self.place(said.VISITOR))
        category = self.text(said.RIGHT_CATEGORY)
        known = None if categories is None else {*categories, said.NO_CATEGORY}
        wanted = result is VisitResult.WRONG_CATEGORY
        if (wanted and not category) or (category and known is not None and category not in known):
            allowed = labels.LIST_SEPARATOR.join(sorted(known or ()))
            params = {"value": category[:_SHOWN], "allowed": allowed}
            yield ResultProblem("W659", self.place(said.RIGHT_CATEGORY), params)
        if result is VisitResult.WRONG_DATA and not (self.text(said.ITEM) and self.text(said.VALUE)):
            yield ResultProblem("W660", self.place(said.ITEM))
        if self.text(said.PERSON) and read_id(self.cell(said.PERSON), latest).value is None:
            yield ResultProblem("W661", self.place(said.PERSON))

    def visit(self, number: str, latest: date) -> Visit:
        """The line; only where there is a result."""
        day = read_date(self.cell(said.DAY), latest=latest).value
        person = read_id(self.cell(said.PERSON), latest).value if self.text(said.PERSON) else None
        return Visit(
            household_no=number,
            result=self.result or VisitResult.NOT_VISITED,
            place=self.place(said.RESULT),
            category=self.text(said.RIGHT_CATEGORY) or None,
            person=person,
            item=self.text(said.ITEM) or None,
            value=self.text(said.VALUE) or None,
            day=day,
            visitor=self.text(said.VISITOR) or None,
            note=self.text(said.NOTE) or None,
        )
