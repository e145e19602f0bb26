"""``lic check``: what a month's folder holds and everything that is wrong in it. Decides nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from lic.errors import InputError, LicError, RunBlocked
from lic.linkage import repeated_rows
from lic.model.finding import Severity
from lic.model.profile import Fill, MonthProfile
from lic.model.staging import Delivery, RefusedSheet
from lic.model.table import TableSchema
from lic.sources.folder import Passwords
from lic.workflows.examine import Examined, examine, percent
from lic.workflows.hand_back import check_receipts_folder, hand_back
from lic.workflows.inputs import Delivered, not_delivered
from lic.workflows.last_month import folder_before, profile_before
from lic.workflows.load_rules import Rules, load_rules
from lic.workflows.measure import Match, SheetMeasure
from lic.workflows.password_file import known_passwords
from lic.workflows.people import People, people_of
from lic.workflows.problems import Problem, worded
from lic.workflows.recall import Since, compare_and_remember
from lic.workflows.stage_month import require_roster, stage_one, staging_cache
from lic.workflows.verdicts import earlier_runs
from lic.workflows.workspace import Month, open_month


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line may choose."""

    period: str | None = None
    rules: Path | None = None
    use_cache: bool = True
    receipts: Path | None = None
    passwords: Passwords = field(default_factory=Passwords, repr=False)
    people: bool = False  # say whose rows they are, with whole numbers


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One sheet that came, or one table (or part of it) that did not."""

    department: str
    table: str
    part: str | None
    required: bool
    result: Delivery
    file: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    rows_read: int | None = None
    accepted: int | None = None
    rejected: int | None = None
    blank: int | None = None
    footer: int | None = None
    data_date: date | None = None
    match: Match | None = None
    fills: tuple[Fill, ...] = ()
    rows: int | None = None  # of the whole table, on its first line
    rows_before: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        counts = ("header_row", "rows_read", "accepted", "rejected", "blank", "footer")
        return {
            "department": self.department,
            "table": self.table,
            "part": self.part,
            "required": self.required,
            "result": self.result.value,
            "file": self.file,
            "sheet": self.sheet,
            **{name: getattr(self, name) for name in counts},
            "data_date": None if self.data_date is None else self.data_date.isoformat(),
            "match": None if self.match is None else {"known": self.match.known, "of": self.match.of},
            "fill": {
                fill.column: {"filled": fill.filled, "of": fill.total, "rate": percent(fill.rate)}
                for fill in self.fills
            },
            "rows": self.rows,
            "rows_before": self.rows_before,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was delivered, every problem, and whether a run could use the folder.

    ``unread`` are files that belong to no known table. ``gate``: why ``classify`` would stop.
    """

    county: str
    period: str
    before: str | None
    lines: tuple[DeliveryLine, ...]
    unread: tuple[str, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]
    blocking: int
    gate: InputError | None
    receipts: tuple[str, ...] = ()
    since: Since | None = None

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        return {
            "county": self.county,
            "period": self.period,
            "compared_with": self.before,
            "usable": self.gate is None,
            "blocking": self.blocking,
            "deliveries": [line.to_json() for line in self.lines],
            "unread": list(self.unread),
            "skipped": list(self.skipped),
            "problems": [item.to_json() for item in self.problems],
            "receipts": list(self.receipts),
            "since": None if self.since is None else self.since.to_json(),
        }

    def serious(self) -> int:
        """How many errors and warnings there are; a note asks for nothing."""
        return sum(item.severity is not Severity.NOTE for item in self.problems)

    def verdict(self, *, strict: bool) -> LicError | None:
        """What the command ends with: nothing, when the folder could be read."""
        if self.gate is not None:
            return self.gate
        if strict and (self.serious() or self.missing()):
            return RunBlocked("G011", count=self.serious() + len(self.missing()))
        return None

    def missing(self) -> tuple[DeliveryLine, ...]:
        """Required tables, or parts of them, that did not come and about which nothing else is said."""
        return tuple(line for line in self.lines if line.required and line.result is Delivery.ABSENT)


def check_month(folder: Path, options: CheckOptions, *, progress: Callable[[str], None]) -> CheckResult:
    """Read a month's folder and say what is in it. Raises LicError when it cannot be looked at."""
    month = open_month(folder, period=options.period, as_of=None, rules=options.rules)
    rules = load_rules(month)
    if options.receipts is not None:
        check_receipts_folder(options.receipts, month, rules)
    passwords = known_passwords(options.passwords, month.workspace)
    with staging_cache(month, use_cache=options.use_cache) as cache:
        here = stage_one(
            month,
            rules,
            month.folder,
            month.period,
            cache=cache,
            progress=progress,
            passwords=passwords,
        )
        runs = earlier_runs(month.workspace.runs, month.as_of)
        before = profile_before(runs, month)
        if before is None:
            before = folder_before(month, rules, cache=cache, progress=progress, passwords=passwords)
        delivered = Delivered(here, (), rules.sources.schemas, month.workspace.absent_registers)
        examined = examine(delivered, rules, before, month.workspace.towns)
        since = compare_and_remember(month, examined.delivered, rules.sources)
        examined = _with_repeats(examined)
        people = people_of(examined.delivered, rules.sources) if options.people else None
        result = replace(_result(month, rules, examined, people), since=since)
        if options.receipts is not None:
            progress("reports")
            written = hand_back(month, rules, examined, options.receipts)
            result = replace(result, receipts=written)
    return result


def _with_repeats(examined: Examined) -> Examined:
    """The month with its identical rows named; linking would find the same."""
    delivered = examined.delivered
    repeats = repeated_rows((delivered.folder,), delivered.schemas)
    folder = replace(delivered.folder, findings=(*delivered.folder.findings, *repeats))
    return replace(examined, delivered=replace(delivered, folder=folder))


def _result(month: Month, rules: Rules, examined: Examined, people: People | None) -> CheckResult:
    delivered = examined.delivered
    departments = {name: schema.department for name, schema in delivered.schemas.items()}
    return CheckResult(
        county=month.workspace.county,
        period=str(month.period),
        before=None if examined.before is None else examined.before.period,
        lines=_lines(examined),
        unread=tuple(sorted({item.file for item in delivered.folder.refused if item.source is None})),
        skipped=delivered.folder.skipped,
        problems=worded(delivered.folder.findings, departments, people),
        blocking=len(examined.blocking),
        gate=_gate(month, rules, delivered),
    )


def _gate(month: Month, rules: Rules, delivered: Delivered) -> InputError | None:
    try:
        require_roster(delivered.folder, rules.pack.roster, month)
    except InputError as error:
        return InputError(error.code, **error.params)  # its notes are in the list of problems
    return None


def _lines(examined: Examined) -> tuple[DeliveryLine, ...]:
    delivered = examined.delivered
    lines = [_came(item, delivered.schemas) for item in examined.measures]
    lines += [
        _refused(item, delivered.schemas[item.source]) for item in delivered.folder.refused if item.source
    ]
    there = {(line.table, line.part) for line in lines} | {(line.table, None) for line in lines}
    for item in not_delivered(delivered):
        if (item.table, item.part) not in there and item.result == Delivery.ABSENT:
            lines.append(DeliveryLine(item.department, item.table, item.part, True, Delivery.ABSENT))
    for name, schema in delivered.schemas.items():
        if not schema.required and delivered.delivery(name) is Delivery.ABSENT:
            lines.append(DeliveryLine(schema.department, name, None, False, Delivery.ABSENT))
    lines.sort(
        key=lambda line: (line.department, line.table, line.part or "", line.file or "", line.sheet or "")
    )
    return tuple(_compared(lines, examined.profile, examined.before))


def _came(item: SheetMeasure, schemas: Mapping[str, TableSchema]) -> DeliveryLine:
    sheet, schema = item.sheet, schemas[item.sheet.source]
    return DeliveryLine(
        schema.department,
        schema.name,
        sheet.part,
        schema.required,
        Delivery.DELIVERED,
        sheet.file,
        sheet.sheet,
        sheet.header_row,
        sheet.rows_read,
        sheet.accepted,
        sheet.rejected,
        sheet.blank,
        sheet.footer,
        sheet.data_date,
        item.match,
        item.fills,
    )


def _refused(item: RefusedSheet, schema: TableSchema) -> DeliveryLine:
    line = DeliveryLine(
        schema.department,
        schema.name,
        item.part,
        schema.required,
        Delivery.REFUSED,
        item.file,
        item.sheet or None,
    )
    if not item.header_row:  # not opened, or its rows were not counted
        return line
    return replace(
        line,
        header_row=item.header_row,
        rows_read=item.rows_read,
        accepted=0,
        rejected=item.rejected,
        blank=item.blank,
        footer=item.footer,
    )


def _compared(
    lines: Sequence[DeliveryLine], now: MonthProfile, before: MonthProfile | None
) -> list[DeliveryLine]:
    """The rows of each table, now and then, on the first of its lines."""
    seen: set[tuple[str, str | None]] = set()
    result = []
    for line in lines:
        key = (line.table, line.part)
        if key not in seen:
            seen.add(key)
            mine, old = now.find(*key), None if before is None else before.find(*key)
            rows = None if mine is None else mine.rows
            result.append(replace(line, rows=rows, rows_before=None if old is None else old.rows))
        else:
            result.append(line)
    return result
