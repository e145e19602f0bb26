"""核对差异: every finding, by direction and by the department to ask, with place and suggestion.

Leaves room for what the visitor finds, keeps what was verified before in sight, and says on
every sheet that a doubt is no breach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction, Severity
from lic.reports import labels
from lic.reports import labels_discrepancy as said
from lic.reports.book import BookHead, ReportInput, book_head, town_order
from lic.reports.discrepancy_rows import (
    Columns,
    asked_columns,
    filter_columns,
    hand_columns,
    key_column,
    printed_columns,
    problem_columns,
)
from lic.reports.finding_key import finding_keys
from lic.reports.frame import looked_up, rank, where
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_DIRECTIONS = (Direction.SHOULD_LEAVE, Direction.SHOULD_ENTER, Direction.INCONSISTENT)


def discrepancies(report: ReportInput) -> ReportBook:
    """The workbook: summary, a sheet per direction, per department to ask, settled, not carried out."""
    head = book_head(report.manifest, file=labels.DISCREPANCY_FILE, title=labels.DISCREPANCY)
    findings = _with_owner(report, report.result.findings)
    findings = findings.append_column("key", finding_keys(findings))
    checks = findings.filter(pc.not_equal(findings.column("direction"), Direction.DATA.value))
    problems = where(findings, "direction", Direction.DATA.value)
    towns = town_order(report.manifest, checks.column("town"))
    ordered = _worst_first(checks, towns)
    return head.book(
        [
            _summary(head, report, checks, towns),
            *(
                _direction_sheet(head, report, where(ordered, "direction", item.value), item.value)
                for item in _DIRECTIONS
            ),
            _problem_sheet(head, _worst_first(problems, towns), report.manifest.period),
            *_department_sheets(head, report, ordered, problems),
            _settled_sheet(head, report),
            _disabled(head, report),
        ]
    )


def _with_owner(report: ReportInput, findings: pa.Table) -> pa.Table:
    """Findings with the department that their evidence came from."""
    inputs = report.result.inputs
    owners = inputs.filter(inputs.column("department").is_valid())
    department = looked_up(findings.column("source"), owners, "table", "department")
    return findings.append_column("department", department)


def _worst_first(table: pa.Table, towns: Sequence[str]) -> pa.Table:
    keys = pa.table(
        {
            "severity": rank(table.column("severity"), [item.value for item in Severity]),
            "code": table.column("code"),
            "rank": rank(table.column("town"), towns),
            "village": table.column("village"),
            "household": table.column("household_no"),
            "position": pa.array(range(table.num_rows), pa.int64()),
        }
    )
    return table.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))


def _to_fill(lines: Columns, report: ReportInput, table: pa.Table) -> Columns:
    return [
        *lines,
        *hand_columns(table, report.verdicts),
        *key_column(table),
        *filter_columns(table),
    ]


def _fill_in_notes(report: ReportInput) -> list[str]:
    verdicts = labels.LIST_SEPARATOR.join(report.verdicts)
    return [labels.DOUBT_IS_NO_BREACH, said.FILL_IN.format(verdicts=verdicts), said.BEYOND]


_PRINTED = 11  # columns up to the key


def _direction_sheet(head: BookHead, report: ReportInput, table: pa.Table, name: str) -> ReportTable:
    columns = _to_fill(printed_columns(report, table), report, table)
    return head.sheet(name, columns, notes=_fill_in_notes(report), printed=_PRINTED)


def _problem_sheet(head: BookHead, table: pa.Table, period: str) -> ReportTable:
    notes = [said.DATA_HOW, labels.DOUBT_IS_NO_BREACH]
    return head.sheet(said.DATA_PROBLEMS, problem_columns(table, period), notes=notes)


def _department_sheets(
    head: BookHead, report: ReportInput, ordered: pa.Table, problems: pa.Table
) -> list[ReportTable]:
    found = sorted(name for name in pc.unique(ordered.column("department")).to_pylist() if name is not None)
    sheets = []
    for department in found:
        table = where(ordered, "department", department)
        count = where(problems, "department", department).num_rows
        notes = [said.ASK_HOW.format(department=department), *_fill_in_notes(report)]
        if count:
            notes.append(said.ASK_PROBLEMS.format(count=count))
        name = said.ASK.format(department=department)
        columns = _to_fill(asked_columns(report, table), report, table)
        sheets.append(head.sheet(name, columns, notes=notes, printed=_PRINTED))
    return sheets


def _settled_sheet(head: BookHead, report: ReportInput) -> ReportTable:
    """What a visit refuted and still says the same: not asked again, but not hidden."""
    settled = report.silenced
    if settled is None:
        settled = report.result.findings.slice(0, 0).append_column("verdict_date", pa.array([], pa.date32()))
    table = _with_owner(report, settled)
    table = table.append_column("key", finding_keys(table))
    columns = [
        *printed_columns(report, table),
        (Column(said.SETTLED_ON, Kind.DATE, width=11.0), table.column("verdict_date")),
        *filter_columns(table),
    ]
    return head.sheet(said.SETTLED, columns, notes=[said.SETTLED_HOW, labels.DOUBT_IS_NO_BREACH], printed=7)


def _summary(head: BookHead, report: ReportInput, checks: pa.Table, towns: list[str]) -> ReportTable:
    counted = checks.group_by(["code", "town"]).aggregate([([], "count_all")]).to_pylist()
    numbers = Counter({(row["code"], row["town"]): row["count_all"] for row in counted})
    severities = dict(
        zip(checks.column("code").to_pylist(), checks.column("severity").to_pylist(), strict=True)
    )
    silenced: list[str] = [] if report.silenced is None else report.silenced.column("code").to_pylist()
    settled = Counter(silenced)
    places: list[str | None] = [
        town for town in towns if any(numbers[code, town] for code, _ in list(numbers))
    ]
    if any(town is None for _, town in numbers):
        places.append(None)
    lines: list[list[object]] = []
    for item in sorted(report.manifest.checks, key=lambda item: (_direction_rank(item.direction), item.code)):
        of_town = [numbers[item.code, town] for town in places]
        about = [item.code, item.name, item.direction, severities.get(item.code)]
        lines.append([*about, sum(of_town), settled[item.code], *of_town])
    _one_line_per_code(lines)
    width = 6 + len(places)
    lines.append([labels.GRAND_TOTAL, None, None, None, *_sums(lines, width)])
    heads = [
        Column(labels.CODE, Kind.WORD),
        Column(labels.CHECK, Kind.LONG),
        Column(labels.DIRECTION, Kind.WORD),
        Column(labels.SEVERITY, Kind.WORD),
        Column(labels.COUNT, Kind.INTEGER),
        Column(said.SETTLED_COUNT, Kind.INTEGER),
        *(Column(labels.NO_TOWN if town is None else town, Kind.INTEGER) for town in places),
    ]
    columns: list[tuple[Column, Values]] = [
        (column, pa.array([line[index] for line in lines], pa.string() if index < 4 else pa.int64()))
        for index, column in enumerate(heads)
    ]
    disabled = [item.code for item in report.manifest.checks_disabled]
    notes = [labels.DOUBT_IS_NO_BREACH]
    if disabled:
        items = labels.LIST_SEPARATOR.join(disabled)
        notes.append(labels.DISABLED_LIST.format(count=len(disabled), items=items))
    return head.sheet(labels.SUMMARY, columns, notes=notes, emphasis=frozenset({len(lines) - 1}))


def _one_line_per_code(lines: list[list[object]]) -> None:
    """Checks that share a code share a line, so that the total counts every finding once."""
    seen: dict[tuple[object, object], list[object]] = {}
    for line in list(lines):
        first = seen.setdefault((line[0], line[2]), line)
        if first is not line:
            first[1] = f"{first[1]}{labels.LIST_SEPARATOR}{line[1]}"
            lines.remove(line)


def _direction_rank(direction: str) -> int:
    order = [item.value for item in _DIRECTIONS]
    return order.index(direction) if direction in order else len(order)


def _sums(lines: list[list[object]], width: int) -> list[int]:
    return [
        sum(value for line in lines if isinstance(value := line[index], int)) for index in range(4, width)
    ]


def _disabled(head: BookHead, report: ReportInput) -> ReportTable:
    items = report.manifest.checks_disabled
    columns: list[tuple[Column, Values]] = [
        (Column(labels.CODE, Kind.WORD), pa.array([item.code for item in items], pa.string())),
        (Column(labels.CHECK), pa.array([item.name for item in items], pa.string())),
        (Column(labels.WHY, Kind.LONG), pa.array([item.reason for item in items], pa.string())),
    ]
    return head.sheet(labels.DISABLED, columns, notes=[labels.DISABLED_HOW, labels.DOUBT_IS_NO_BREACH])
