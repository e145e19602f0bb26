"""Data problems as people and programs are told them: folded, worded, worst first.

Knows places and the order of severities. Refuses to know what a problem does to a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from lic.messages import CATALOGUE, remedy, say
from lic.messages.base import mask
from lic.messages.run import IN_CELL, IN_ROWS, IN_SHEET, PLACE_SEPARATOR
from lic.model.finding import Finding, Scope, Severity
from lic.model.profile import PLACE_SCHEMA

_SEVERITIES = list(Severity)
_SCOPES = (Scope.FILE, Scope.SHEET, Scope.HOUSEHOLD, Scope.PERSON, Scope.ROW, Scope.CELL)


@dataclass(frozen=True, slots=True)
class Problem:
    """One worded problem. ``rows`` are the first rows as text, when several were folded."""

    code: str
    severity: Severity
    title: str
    department: str | None
    table: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    row: int | None
    column: str | None
    count: int
    rows: str | None
    message: str
    expected: str | None
    actual: str | None
    suggestion: str
    people: tuple[str, ...] = ()  # of the first rows, unmasked: only when asked for

    def place(self) -> str:
        """Where in its file: sheet, and cell, row or first rows, as the clerk sees them."""
        parts = [IN_SHEET.format(sheet=self.sheet)] if self.sheet else []
        if self.count > 1 and self.rows:
            parts.append(IN_ROWS.format(rows=self.rows))
        elif self.cell:
            parts.append(IN_CELL.format(cell=self.cell))
        elif self.row is not None:
            parts.append(IN_ROWS.format(rows=self.row))
        return PLACE_SEPARATOR.join(parts)

    def to_json(self) -> dict[str, Any]:
        """The keys that programs rely on."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.file,
            "sheet": self.sheet or None,
            "cell": self.cell,
            "row": self.row,
            "column": self.column,
            "count": self.count,
            "message": self.message,
            "suggestion": self.suggestion,
        }


def worded(
    findings: Iterable[Finding],
    departments: Mapping[str, str],
    people: Callable[[Finding], tuple[str, ...]] | None = None,
) -> tuple[Problem, ...]:
    """Every finding in words, worst first; ``departments`` by table, ``people``: whose rows."""
    found = sorted(findings, key=_order)
    if people is None:
        return tuple(_word(item, departments) for item in found)
    return tuple(replace(_word(item, departments), people=people(item)) for item in found)


def _order(item: Finding) -> tuple[int, int, str, str, str, int, str]:
    place = item.place
    return (
        _SEVERITIES.index(item.severity),
        _SCOPES.index(item.scope),
        place.file or "",
        place.sheet or "",
        item.code,
        place.row or 0,
        place.column or "",
    )


def _word(item: Finding, departments: Mapping[str, str]) -> Problem:
    place = item.place
    rows = item.params.get("rows") if item.count > 1 else None
    return Problem(
        code=item.code,
        severity=item.severity,
        title=CATALOGUE[item.code].title,
        department=departments.get(place.source or ""),
        table=place.source,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        row=place.row,
        column=place.column,
        count=item.count,
        rows=None if rows is None else str(rows),
        message=say(item.code, item.params),
        expected=item.expected,
        actual=None if item.actual is None else mask(item.actual),
        suggestion=remedy(item.code, item.params),
    )


def problem_places(findings: Iterable[Finding]) -> pa.Table:
    """Where each problem was seen, as a run keeps it, sorted."""
    rows = [
        {
            "code": item.code,
            "file": item.place.file,
            "sheet": item.place.sheet,
            "row": item.place.row,
            "column": item.place.column,
            "cell": item.place.cell,
            "count": item.count,
        }
        for item in findings
    ]
    table = pa.Table.from_pylist(rows, PLACE_SCHEMA)
    return table.sort_by([(name, "ascending") for name in PLACE_SCHEMA.names])
