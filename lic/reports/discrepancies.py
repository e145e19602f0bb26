"""核对差异: every finding of the pack's checks, by direction, with place and suggestion.

Leaves room for what the visitor finds; says on every sheet that a doubt is no breach.
"""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction, Severity
from lic.reports import labels
from lic.reports.book import BookHead, ReportInput, book_head, town_order
from lic.reports.frame import empty_column, numbered, rank, where
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_DIRECTIONS = (Direction.SHOULD_LEAVE, Direction.SHOULD_ENTER, Direction.INCONSISTENT)
_BY_HAND = (labels.VERDICT, labels.VERIFIED_VALUE, labels.VERIFIED_DATE, labels.VERIFIED_BY)


def discrepancies(report: ReportInput) -> ReportBook:
    """The workbook: summary by check and town, one sheet per direction, checks not carried out."""
    head = book_head(report.manifest, file=labels.DISCREPANCY_FILE, title=labels.DISCREPANCY)
    findings = report.result.findings
    checks = findings.filter(pc.not_equal(findings.column("direction"), Direction.DATA.value))
    towns = town_order(report.manifest, checks.column("town"))
    ordered = _worst_first(checks, towns)
    return head.book(
        [
            _summary(head, report, checks, towns),
            *(
                _direction_sheet(head, where(ordered, "direction", item.value), item.value)
                for item in _DIRECTIONS
            ),
            _disabled(head, report),
        ]
    )


def _worst_first(checks: pa.Table, towns: list[str]) -> pa.Table:
    keys = pa.table(
        {
            "severity": rank(checks.column("severity"), [item.value for item in Severity]),
            "code": checks.column("code"),
            "rank": rank(checks.column("town"), towns),
            "village": checks.column("village"),
            "household": checks.column("household_no"),
            "position": pa.array(range(checks.num_rows), pa.int64()),
        }
    )
    return checks.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))


def _summary(head: BookHead, report: ReportInput, checks: pa.Table, towns: list[str]) -> ReportTable:
    counted = checks.group_by(["code", "town"]).aggregate([([], "count_all")]).to_pylist()
    numbers = Counter({(row["code"], row["town"]): row["count_all"] for row in counted})
    details = {
        row["code"]: row for row in reversed(checks.select(["code", "severity", "reference"]).to_pylist())
    }
    places: list[str | None] = [
        town for town in towns if any(numbers[code, town] for code, _ in list(numbers))
    ]
    if any(town is None for _, town in numbers):
        places.append(None)
    listed = sorted(report.manifest.checks, key=lambda item: (_direction_rank(item.direction), item.code))
    lines: list[list[object]] = [
        [
            item.code,
            item.name,
            item.direction,
            details[item.code]["severity"] if item.code in details else None,
            sum(numbers[item.code, town] for town in places),
            *(numbers[item.code, town] for town in places),
        ]
        for item in listed
    ]
    lines.append([labels.GRAND_TOTAL, None, None, None, *_sums(lines, 5 + len(places))])
    heads = [
        Column(labels.CODE),
        Column(labels.CHECK),
        Column(labels.DIRECTION),
        Column(labels.SEVERITY),
        Column(labels.COUNT, Kind.INTEGER),
        *(Column(labels.NO_TOWN if town is None else town, Kind.INTEGER) for town in places),
    ]
    columns: list[tuple[Column, Values]] = [
        (column, pa.array([line[index] for line in lines], pa.string() if index < 4 else pa.int64()))
        for index, column in enumerate(heads)
    ]
    disabled = [item.code for item in report.manifest.checks_disabled]
    notes = [labels.DOUBT_IS_NO_BREACH]
    if disabled:
        notes.append(
            labels.DISABLED_LIST.format(count=len(disabled), items=labels.LIST_SEPARATOR.join(disabled))
        )
    return head.sheet(labels.SUMMARY, columns, notes=notes, emphasis=frozenset({len(lines) - 1}))


def _direction_rank(direction: str) -> int:
    order = [item.value for item in _DIRECTIONS]
    return order.index(direction) if direction in order else len(order)


def _sums(lines: list[list[object]], width: int) -> list[int]:
    return [
        sum(value for line in lines if isinstance(value := line[index], int)) for index in range(4, width)
    ]


def _direction_sheet(head: BookHead, table: pa.Table, name: str) -> ReportTable:
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(labels.CODE, Kind.WORD), table.column("code")),
        (Column(labels.SEVERITY, Kind.WORD), table.column("severity")),
        (Column(labels.HOUSEHOLD_NO), table.column("household_no")),
        (Column(labels.NAME), table.column("name")),
        (Column(labels.ID_NUMBER), table.column("id_number")),
        (Column(labels.TOWN, Kind.LONG), table.column("town")),
        (Column(labels.VILLAGE, Kind.LONG), table.column("village")),
        (Column(labels.DOUBT, Kind.LONG), table.column("message")),
        (Column(labels.DECLARED, Kind.LONG), table.column("expected")),
        (Column(labels.FOUND, Kind.LONG), table.column("actual")),
        (Column(labels.EVIDENCE, Kind.LONG), _evidence(table)),
        (Column(labels.DATA_DATE, Kind.DATE), table.column("data_date")),
        (Column(labels.SUGGESTION, Kind.LONG), table.column("suggestion")),
        *((Column(title, blank=True), empty_column(table)) for title in _BY_HAND),
    ]
    return head.sheet(name, columns, notes=[labels.DOUBT_IS_NO_BREACH])


def _evidence(table: pa.Table) -> Values:
    """Table, file, sheet, row and column in one cell; what is not known is left out."""

    def worded(column: str, template: str) -> Values:
        values = table.column(column)
        empty = pc.equal(pc.cast(values, pa.string()), "")
        values = pc.if_else(empty, pa.scalar(None, pa.string()), pc.cast(values, pa.string()))
        before, after = template.split("{}")
        said: Values = pc.binary_join_element_wise(before, values, after, "")
        return said

    place: Values = pc.binary_join_element_wise(
        worded("source", "{}"),
        worded("file", "{}"),
        worded("sheet", labels.EVIDENCE_SHEET),
        worded("row", labels.EVIDENCE_ROW),
        worded("column", labels.EVIDENCE_COLUMN),
        "  ",
        null_handling="skip",
    )
    return place


def _disabled(head: BookHead, report: ReportInput) -> ReportTable:
    items = report.manifest.checks_disabled
    columns: list[tuple[Column, Values]] = [
        (Column(labels.CODE, Kind.WORD), pa.array([item.code for item in items], pa.string())),
        (Column(labels.CHECK), pa.array([item.name for item in items], pa.string())),
        (Column(labels.WHY, Kind.LONG), pa.array([item.reason for item in items], pa.string())),
    ]
    return head.sheet(labels.DISABLED, columns, notes=[labels.DISABLED_HOW, labels.DOUBT_IS_NO_BREACH])
