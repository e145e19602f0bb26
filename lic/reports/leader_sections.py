"""The lower half of the leader's page: discrepancies, what departments owe, coverage, parameters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from lic.model.finding import Direction, Severity
from lic.model.result import Status
from lic.model.staging import Delivery
from lic.reports import labels
from lic.reports import labels_leader as said
from lic.reports.book import ReportInput
from lic.reports.frame import where
from lic.reports.leader_charts import Bar, bar_chart
from lic.reports.leader_figures import Figure, TableLine, doubts, of_homes, table_lines
from lic.reports.leader_html import Cell, Head, figure, pair, paragraph, section, shown, table
from lic.reports.roll_undecided import owners_of, waiting_for


def top(report: ReportInput) -> str:
    """The checks that found most."""
    found = doubts(report)
    notes = []
    if report.manifest.checks_disabled:
        codes = {item.code for item in report.manifest.checks_disabled}
        notes.append(paragraph(said.DISABLED.format(count=len(codes)), "soft"))
    if not found.lines:
        return section("top", said.TOP, paragraph(said.TOP_NONE), *notes)
    heads = [
        Head(labels.CODE),
        Head(said.CHECK),
        Head(said.DIRECTION),
        Head(said.SEVERITY),
        Head(said.ITEMS, number=True),
    ]
    rows: list[list[Cell]] = [
        [line.code, line.name, line.direction, line.severity, line.count] for line in found.lines
    ]
    if found.rest_checks:
        rows.append([said.REST.format(count=found.rest_checks), "", "", "", found.rest])
    rows.append([said.TOTAL, "", "", "", found.total])
    bars = [Bar(f"{line.code} {line.name}", shown(line.count), line.count.value) for line in found.lines[:8]]
    chart = figure(said.TOP_CHART, "", bar_chart("checks", said.TOP_CHART, bars))
    lines = table(said.TOP, heads, rows, sums=frozenset({len(rows) - 1}))
    return section("top", said.TOP, paragraph(said.TOP_HOW, "soft"), pair(chart, lines), *notes)


def owed(report: ReportInput) -> str:
    """What each department did not send, must put right, and how many families wait for it."""
    manifest = report.manifest
    owners = owners_of(report.result.inputs)
    missing: dict[str, list[str]] = defaultdict(list)
    for item in manifest.not_delivered:
        name = item.table
        if item.part:
            name = labels.COUNTED_ITEM.format(table=item.table, part=item.part)
        missing[item.department].append(name)
    problems = where(report.result.findings, "direction", Direction.DATA.value)
    faults: Counter[tuple[str, str]] = Counter()
    for row in problems.select(["source", "severity"]).to_pylist():
        faults[owners.get(row["source"] or "", said.UNKNOWN_DEPARTMENT), row["severity"]] += 1
    waiting = waiting_for(where(report.result.persons, "status", Status.UNDECIDED.value), owners)
    bad, odd = Severity.ERROR.value, Severity.WARNING.value
    concerned = {name for (name, severity), _ in faults.items() if severity in (bad, odd)}
    names = sorted({*missing, *waiting, *concerned})
    if not names:
        return section("owed", said.OWED, paragraph(said.OWED_NONE))
    names.sort(key=lambda name: (-len(waiting[name].households) if name in waiting else 0, name))
    heads = [
        Head(said.OWNER),
        Head(said.TABLES_MISSING),
        Head(said.ERRORS, number=True),
        Head(said.WARNINGS, number=True),
        Head(said.WAITING_HOMES, number=True),
    ]
    rows: list[list[Cell]] = [
        [
            name,
            labels.LIST_SEPARATOR.join(missing.get(name, ())),
            Figure(faults[name, bad]),
            Figure(faults[name, odd]),
            of_homes(len(waiting[name].households) if name in waiting else 0),
        ]
        for name in names
    ]
    return section("owed", said.OWED, paragraph(said.OWED_HOW, "soft"), table(said.OWED, heads, rows))


def coverage(report: ReportInput) -> str:
    """What came of each table, and of which day it is."""
    as_of = date.fromisoformat(report.manifest.as_of)
    heads = [
        Head(said.OWNER),
        Head(said.TABLE),
        Head(said.DELIVERED),
        Head(said.DATA_DATE),
        Head(said.ACCEPTED, number=True),
        Head(said.LINKED, number=True),
    ]
    rows: list[list[Cell]] = []
    for line in sorted(
        table_lines(report), key=lambda line: (not line.required, line.department, line.table)
    ):
        duty = said.REQUIRED if line.required else said.OPTIONAL
        came = labels.LIST_SEPARATOR.join(line.results)
        if not line.required and set(line.results) == {Delivery.ABSENT.value}:
            came = said.NOT_COMPARED
        rows.append(
            [line.department, line.table, f"{duty} {came}", _dates(line, as_of), line.accepted, line.linked]
        )
    return section(
        "coverage", said.COVERAGE, paragraph(said.COVERAGE_HOW, "soft"), table(said.COVERAGE, heads, rows)
    )


def _dates(line: TableLine, as_of: date) -> str:
    if line.last_date is None or line.first_date is None:
        return said.DATE_UNKNOWN if line.files else ""
    text = line.last_date
    if line.first_date != line.last_date:
        text = said.DATE_SPAN.format(first=line.first_date, last=line.last_date)
    late = (as_of - date.fromisoformat(line.last_date)).days
    return f"{text}\uff08{said.LATE.format(days=late)}\uff09" if late > 0 else text


def parameters(report: ReportInput) -> str:
    """Each parameter with its value and the document that it rests on."""
    used = report.manifest.parameters
    heads = [
        Head(said.PARAMETER),
        Head(said.APPLIES),
        Head(said.VALUE),
        Head(said.SINCE),
        Head(said.REFERENCE),
    ]
    rows: list[Sequence[Cell]] = [
        [
            item.name,
            item.key or "",
            said.NOT_SET if item.value is None else f"{item.value} {item.unit or ''}".strip(),
            item.since or "",
            item.reference or "",
        ]
        for item in used
    ]
    unset = any(item.value is None for item in used)
    return section(
        "parameters",
        said.PARAMETERS,
        paragraph(said.UNSET_HOW, "soft") if unset else "",
        table(said.PARAMETERS, heads, rows),
    )
