"""数据质量: what was delivered, what each department has to do, fill rates, repairs, all problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lic.messages import CATALOGUE
from lic.model.finding import Direction, Severity
from lic.model.profile import Fill, QualityDetail, TableProfile
from lic.model.staging import Delivery
from lic.reports import labels
from lic.reports.book import BookHead, ReportInput, book_head, delivery_notes
from lic.reports.frame import fact, numbered, rank, where
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_COUNTS = (
    (labels.HEADER_ROW, "header_row"),
    (labels.ROWS_READ, "rows_read"),
    (labels.ACCEPTED, "accepted"),
    (labels.REJECTED, "rejected"),
    (labels.BLANK, "blank"),
    (labels.FOOTER_ROWS, "footer"),
    (labels.LINKED, "linked"),
)
_DATA = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_PLACES = 10_000


def data_quality(report: ReportInput) -> ReportBook:
    """The workbook: what was delivered, and all problems, worst first."""
    head = book_head(report.manifest, file=labels.QUALITY_FILE, title=labels.QUALITY)
    problems = _worst_first(where(report.result.findings, "direction", Direction.DATA.value))
    departments = _departments(report.result.inputs)
    places = _Places(report.quality)
    sheets = [_delivery(head, report), _summary(head, report, problems, departments)]
    if report.quality is not None:
        sheets += [_fills(head, report.quality, departments), _repairs(head, problems, departments, places)]
    sheets.append(_problems(head, problems, departments, places))
    return head.book(sheets)


class _Places:
    """Cell and count of each problem, where a run kept them."""

    def __init__(self, detail: QualityDetail | None) -> None:
        self._known: dict[tuple[Any, ...], tuple[str | None, int]] = {}
        for row in [] if detail is None else detail.places.to_pylist():
            key = (row["code"], row["file"], row["sheet"], row["row"], row["column"])
            self._known.setdefault(key, (row["cell"], row["count"]))

    def of(self, row: Mapping[str, Any]) -> tuple[str | None, int]:
        """Of one finding."""
        key = (row["code"], row["file"], row["sheet"], row["row"], row["column"])
        return self._known.get(key, (None, 1))


def _departments(inputs: pa.Table) -> dict[str, str]:
    pairs = zip(inputs.column("table").to_pylist(), inputs.column("department").to_pylist(), strict=True)
    return {table: department for table, department in pairs if table is not None and department is not None}


def _delivery(head: BookHead, report: ReportInput) -> ReportTable:
    inputs = report.result.inputs
    columns: list[tuple[Column, Values]] = [
        (Column(labels.DEPARTMENT), inputs.column("department")),
        (Column(labels.TABLE), inputs.column("table")),
        fact(labels.REQUIRED, inputs.column("required")),
        (Column(labels.RESULT, Kind.WORD), inputs.column("result")),
        (Column(labels.FILE, Kind.LONG), inputs.column("file")),
        (Column(labels.SHEET, Kind.LONG), inputs.column("sheet")),
        *((Column(title, Kind.INTEGER), inputs.column(name)) for title, name in _COUNTS),
        (Column(labels.DATA_DATE, Kind.DATE), inputs.column("data_date")),
    ]
    return head.sheet(labels.DELIVERY, columns, notes=[*delivery_notes(report.manifest), labels.ROW_IDENTITY])


def _summary(
    head: BookHead, report: ReportInput, problems: pa.Table, departments: Mapping[str, str]
) -> ReportTable:
    """A line for each department: what came, what was refused, how many problems it has to settle."""
    missing = Counter(item.department for item in report.manifest.not_delivered)
    came: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for row in report.result.inputs.to_pylist():
        if row["department"] is not None:
            came[row["department"]] += row["result"] == Delivery.DELIVERED.value
            rejected[row["department"]] += row["rejected"] or 0
    found = Counter(
        (departments.get(row["source"] or "", labels.NO_DEPARTMENT), row["severity"])
        for row in problems.select(["source", "severity"]).to_pylist()
    )
    names = sorted({*departments.values(), *(name for name, _ in found)})
    names.sort(key=lambda name: name == labels.NO_DEPARTMENT)

    def counts(counted: Counter[str]) -> Values:
        return pa.array([counted[name] for name in names], pa.int64())

    columns: list[tuple[Column, Values]] = [
        (Column(labels.DEPARTMENT), pa.array(names, pa.string())),
        (Column(labels.SHEETS_CAME, Kind.INTEGER), counts(came)),
        (Column(labels.TABLES_MISSING, Kind.INTEGER), counts(missing)),
        (Column(labels.ROWS_REJECTED, Kind.INTEGER), counts(rejected)),
    ]
    for severity in _DATA:
        values = pa.array([found[name, severity.value] for name in names], pa.int64())
        columns.append((Column(severity.value, Kind.INTEGER), values))
    return head.sheet(labels.BY_DEPARTMENT, columns, notes=[labels.BY_DEPARTMENT_HOW])


def _fills(head: BookHead, detail: QualityDetail, departments: Mapping[str, str]) -> ReportTable:
    rows = [(table, fill) for table in detail.profile.tables for fill in table.fills]
    rows.sort(key=lambda item: (departments.get(item[0].table, ""), item[0].table, item[0].part or ""))
    columns: list[tuple[Column, Values]] = [
        (
            Column(labels.DEPARTMENT),
            pa.array([departments.get(table.table) for table, _ in rows], pa.string()),
        ),
        (Column(labels.TABLE), pa.array([_named(table) for table, _ in rows], pa.string())),
        (Column(labels.COLUMN), pa.array([fill.column for _, fill in rows], pa.string())),
        (Column(labels.FILLED, Kind.INTEGER), pa.array([fill.filled for _, fill in rows], pa.int64())),
        (Column(labels.CELLS, Kind.INTEGER), pa.array([fill.total for _, fill in rows], pa.int64())),
        (
            Column(labels.FILL_RATE, Kind.PERCENT),
            pa.array([_rate(fill) for _, fill in rows], pa.decimal128(9, 4)),
        ),
    ]
    return head.sheet(labels.FILL_RATES, columns, notes=[labels.FILL_RATES_HOW])


def _named(table: TableProfile) -> str:
    if table.part is None:
        return table.table
    return labels.COUNTED_ITEM.format(table=table.table, part=table.part)


def _rate(fill: Fill) -> Decimal | None:
    """To four places, rounded down, so that 100 % is said of nothing that lacks a cell."""
    return Decimal(fill.filled * _PLACES // fill.total) / _PLACES if fill.total else None


def _repairs(
    head: BookHead, problems: pa.Table, departments: Mapping[str, str], places: _Places
) -> ReportTable:
    """What lic put right by itself, by name and column; the values are used."""
    counted: Counter[tuple[str, ...]] = Counter()
    for row in where(problems, "severity", Severity.NOTE.value).to_pylist():
        if row["column"] is not None:
            message = CATALOGUE[row["code"]].title
            key = (departments.get(row["source"] or "", ""), row["source"] or "", row["file"] or "")
            counted[*key, row["sheet"] or "", row["column"], message] += places.of(row)[1]
    titles = (
        labels.DEPARTMENT,
        labels.TABLE,
        labels.FILE,
        labels.SHEET,
        labels.COLUMN,
        labels.REPAIR,
    )
    keys = sorted(counted)
    columns: list[tuple[Column, Values]] = [
        (
            Column(title, Kind.LONG if title == labels.FILE else Kind.TEXT),
            pa.array([key[index] for key in keys], pa.string()),
        )
        for index, title in enumerate(titles)
    ]
    columns.append((Column(labels.TIMES, Kind.INTEGER), pa.array([counted[key] for key in keys], pa.int64())))
    return head.sheet(labels.REPAIRS, columns, notes=[labels.REPAIRS_HOW])


def _worst_first(problems: pa.Table) -> pa.Table:
    keys = pa.table(
        {
            "severity": rank(problems.column("severity"), [item.value for item in Severity]),
            "file": problems.column("file"),
            "sheet": problems.column("sheet"),
            "code": problems.column("code"),
            "row": problems.column("row"),
            "position": pa.array(range(problems.num_rows), pa.int64()),
        }
    )
    return problems.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))


def _problems(
    head: BookHead, table: pa.Table, departments: Mapping[str, str], places: _Places
) -> ReportTable:
    keys = table.select(["code", "file", "sheet", "row", "column", "source"]).to_pylist()
    seen = [places.of(row) for row in keys]
    owners = [departments.get(row["source"] or "") for row in keys]
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(labels.SEVERITY, Kind.WORD), table.column("severity")),
        (Column(labels.CODE, Kind.WORD), table.column("code")),
        (Column(labels.DEPARTMENT), pa.array(owners, pa.string())),
        (Column(labels.TABLE), table.column("source")),
        (Column(labels.FILE, Kind.LONG), table.column("file")),
        (Column(labels.SHEET), table.column("sheet")),
        (Column(labels.ROW, Kind.INTEGER), table.column("row")),
        (Column(labels.COLUMN), table.column("column")),
        (Column(labels.CELL, Kind.WORD), pa.array([cell for cell, _ in seen], pa.string())),
        (Column(labels.TIMES, Kind.INTEGER), pa.array([count for _, count in seen], pa.int64())),
        (Column(labels.PROBLEM, Kind.LONG), table.column("message")),
        (Column(labels.ACTUAL, Kind.LONG), table.column("actual")),
        (Column(labels.EXPECTED, Kind.LONG), table.column("expected")),
        (Column(labels.REMEDY, Kind.LONG), table.column("suggestion")),
    ]
    return head.sheet(labels.PROBLEMS, columns, notes=[labels.WORST_FIRST])
