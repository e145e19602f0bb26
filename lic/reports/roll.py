"""认定名册: who is recognised as what, who is in doubt and what to fetch, who should leave.

A view of the result. Categories come from the manifest, facts from the pack's list; nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction, Scope
from lic.model.result import Action, Status
from lic.reports import labels, labels_roll
from lic.reports.book import BookHead, ReportInput, book_head, person_keys, town_order
from lic.reports.frame import by_place, joined, looked_up, numbered, where
from lic.reports.roll_families import families_sheet, own_facts
from lic.reports.roll_summary import roll_summary
from lic.reports.roll_undecided import undecided_sheet
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_SIGNED = (labels_roll.OPINION, labels_roll.SIGNATURE)


def recognition_roll(report: ReportInput, *, town: str | None = None) -> ReportBook:
    """The workbook: summary, a sheet per category, families, doubt, the three changes, parameters.

    ``town``: the result holds that town's people only, and the pages say so.
    """
    manifest, persons = report.manifest, report.result.persons
    title = labels.ROLL if town is None else f"{town}{labels.ROLL}"
    head = book_head(manifest, file=labels.ROLL_FILE, title=title)
    towns = town_order(manifest, persons.column("town"), report.result.households.column("town"))
    ordered = by_place(persons, towns)
    recognised = where(ordered, "status", Status.RECOGNISED)
    return head.book(
        [
            roll_summary(head, report, towns, town=town),
            *(
                _category_sheet(head, report, where(recognised, "category", category), category)
                for category in manifest.categories
            ),
            families_sheet(head, report, towns, closing=_SIGNED),
            undecided_sheet(head, report, where(ordered, "status", Status.UNDECIDED), closing=_SIGNED),
            _leaving_sheet(head, report, where(ordered, "action", Action.LEAVE)),
            _change_sheet(head, where(ordered, "action", Action.ENTER), labels.ENTER, labels.ENTER_HOW),
            _change_sheet(head, where(ordered, "action", Action.MOVE), labels.MOVE, labels.MOVE_HOW),
            _parameter_sheet(head, report),
        ]
    )


def who(table: pa.Table) -> list[tuple[Column, Values]]:
    """The columns that say whom a row of persons is about."""
    return [
        numbered(table),
        (Column(labels.HOUSEHOLD_NO), table.column("household_no")),
        (Column(labels.NAME), table.column("name")),
        (Column(labels.ID_NUMBER), table.column("id_number")),
        (Column(labels.RELATION), table.column("relation")),
        (Column(labels.TOWN, Kind.LONG), table.column("town")),
        (Column(labels.VILLAGE, Kind.LONG), table.column("village")),
    ]


def _category_sheet(head: BookHead, report: ReportInput, table: pa.Table, category: str) -> ReportTable:
    columns = [
        *who(table),
        (Column(labels.BASIS, Kind.WORD), table.column("basis")),
        *own_facts(report, table, category),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.ACTION, Kind.WORD), table.column("action")),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    count = pc.count_distinct(table.column("household_no")).as_py()
    notes = [
        labels_roll.PEOPLE_HERE.format(persons=table.num_rows, households=count),
        labels.NOT_A_VERDICT,
    ]
    return head.sheet(category, columns, notes=notes, closing=_SIGNED)


def _leaving_sheet(head: BookHead, report: ReportInput, table: pa.Table) -> ReportTable:
    """Who should leave: why, since which month lic says so, and what else was found about him."""
    since: pa.ChunkedArray | pa.Array = pa.array([report.manifest.period] * table.num_rows, pa.string())
    if report.leaving_since is not None:
        known = looked_up(person_keys(table), report.leaving_since, "key", "since")
        since = pc.coalesce(known, since)
    columns = [
        *who(table),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
        (Column(labels_roll.LEAVE_SINCE, Kind.WORD), since),
        (Column(labels_roll.DOUBTS, Kind.LONG), _doubts(report.result.findings, table)),
    ]
    notes = [labels.LEAVE_HOW, labels_roll.LEAVE_SINCE_HOW, labels.DOUBT_IS_NO_BREACH]
    return head.sheet(labels.LEAVE, columns, notes=notes, closing=_SIGNED)


def _doubts(findings: pa.Table, table: pa.Table) -> pa.Array:
    """The findings against each person of ``table``: his own, and his household's."""
    against = where(findings, "direction", Direction.SHOULD_LEAVE.value)
    found: dict[tuple[str, str | None], list[str]] = {}
    for row in against.select(["household_no", "id_number", "scope", "code", "message"]).to_pylist():
        meant = None if row["scope"] == Scope.HOUSEHOLD.value else row["id_number"] or ""
        text = labels_roll.DOUBT.format(code=row["code"], message=row["message"])
        found.setdefault((row["household_no"], meant), []).append(text)
    people = zip(table.column("household_no").to_pylist(), table.column("id_number").to_pylist(), strict=True)
    texts: list[str | None] = []
    for number, person in people:
        own = [] if person is None else found.get((number, person), [])
        said = dict.fromkeys([*own, *found.get((number, None), [])])
        texts.append(labels_roll.DOUBT_SEPARATOR.join(said) or None)
    return pa.array(texts, pa.string())


def _change_sheet(head: BookHead, table: pa.Table, name: str, note: str) -> ReportTable:
    columns = [
        *who(table),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.CATEGORY, Kind.LONG), table.column("category")),
        (Column(labels.BASIS, Kind.WORD), table.column("basis")),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    return head.sheet(name, columns, notes=[note], closing=_SIGNED)


def _parameter_sheet(head: BookHead, report: ReportInput) -> ReportTable:
    used = report.manifest.parameters

    def texts(values: Sequence[str | None]) -> pa.Array:
        return pa.array(list(values), pa.string())

    origin = [labels.FROM_COUNTY if item.local else labels.FROM_PACK for item in used]
    columns: list[tuple[Column, Values]] = [
        (Column(labels.PARAMETER), texts([item.name for item in used])),
        (Column(labels.KEY), texts([item.key for item in used])),
        (
            Column(labels.VALUE),
            texts([labels.NOT_SET if item.value is None else item.value for item in used]),
        ),
        (Column(labels.UNIT), texts([item.unit for item in used])),
        (Column(labels.SINCE), texts([item.since for item in used])),
        (Column(labels.REFERENCE, Kind.LONG), texts([item.reference for item in used])),
        (Column(labels.ORIGIN), texts(origin)),
    ]
    return head.sheet(labels.PARAMETERS, columns)
