"""认定名册: who is recognised as what, who is in doubt and what to fetch, who should leave.

A view of the persons table. Categories come from the manifest, facts from the pack's list;
nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Action, Status
from lic.reports import labels
from lic.reports.book import BookHead, ReportInput, book_head, delivery_notes, town_order
from lic.reports.frame import by_place, fact, joined, looked_up, mapped, numbered, share, where
from lic.reports.roll_summary import roll_summary
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values


def recognition_roll(report: ReportInput) -> ReportBook:
    """The workbook: summary, parameters, a sheet per category, doubt, and the three changes."""
    manifest, persons = report.manifest, report.result.persons
    head = book_head(manifest, file=labels.ROLL_FILE, title=labels.ROLL)
    towns = town_order(manifest, persons.column("town"))
    ordered = by_place(persons, towns)
    recognised = where(ordered, "status", Status.RECOGNISED)
    changes = (
        (labels.LEAVE, Action.LEAVE, labels.LEAVE_HOW),
        (labels.ENTER, Action.ENTER, labels.ENTER_HOW),
        (labels.MOVE, Action.MOVE, labels.MOVE_HOW),
    )
    return head.book(
        [
            roll_summary(head, report, towns),
            *(
                _category_sheet(head, report, where(recognised, "category", category), category)
                for category in manifest.categories
            ),
            _undecided_sheet(head, report, where(ordered, "status", Status.UNDECIDED)),
            *(
                _change_sheet(head, where(ordered, "action", action), name, note)
                for name, action, note in changes
            ),
            _parameter_sheet(head, report),
        ]
    )


def _who(table: pa.Table) -> list[tuple[Column, Values]]:
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
        *_who(table),
        (Column(labels.BASIS, Kind.WORD), table.column("basis")),
        *_facts(report, table),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.ACTION, Kind.WORD), table.column("action")),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    return head.sheet(category, columns, notes=[labels.NOT_A_VERDICT])


def _facts(report: ReportInput, table: pa.Table) -> list[tuple[Column, Values]]:
    """For each ratio of the pack the household's amount and its share of the line."""
    households, keys = report.result.households, table.column("household_no")
    found: list[tuple[Column, Values]] = []
    for ratio in report.roll_ratios:
        if ratio.numerator in households.column_names and ratio.denominator in households.column_names:
            above = looked_up(keys, households, "household_no", ratio.numerator)
            below = looked_up(keys, households, "household_no", ratio.denominator)
            shares = share(above, below)
            # Without a line of its own the household's amount would say nothing about the person.
            found.append(fact(ratio.numerator, pc.if_else(shares.is_valid(), above, None)))
            found.append((Column(ratio.title, Kind.PERCENT), shares))
    return found


def _undecided_sheet(head: BookHead, report: ReportInput, table: pa.Table) -> ReportTable:
    missing = joined(table.column("missing"))
    columns = [
        *_who(table),
        (Column(labels.POSSIBLE, Kind.LONG), joined(table.column("possible"))),
        (Column(labels.MISSING, Kind.LONG), missing),
        (Column(labels.FETCH, Kind.LONG), mapped(missing, _fetcher(report.result.inputs))),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    notes = [labels.MISSING_HOW, *delivery_notes(report.manifest)]
    return head.sheet(labels.UNDECIDED, columns, notes=notes)


def _fetcher(inputs: pa.Table) -> Callable[[str], str]:
    """What to ask for, from whom, for a joined list of missing inputs."""
    tables, owners = inputs.column("table").to_pylist(), inputs.column("department").to_pylist()
    departments = dict(zip(tables, owners, strict=True))

    def one(item: str) -> str:
        if item.startswith(labels.PARAMETER_PREFIX):
            return labels.FETCH_PARAMETER.format(name=item.removeprefix(labels.PARAMETER_PREFIX))
        table, _, column = item.partition(".")
        department = departments.get(table)
        if department is None:
            return item
        if column:
            return labels.FETCH_COLUMN.format(department=department, table=table, column=column)
        return labels.FETCH_TABLE.format(department=department, table=table)

    def every(items: str) -> str:
        asked = [one(item) for item in items.split(labels.LIST_SEPARATOR) if item]
        return labels.FETCH_SEPARATOR.join(dict.fromkeys(asked))

    return every


def _change_sheet(head: BookHead, table: pa.Table, name: str, note: str) -> ReportTable:
    columns = [
        *_who(table),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.CATEGORY, Kind.LONG), table.column("category")),
        (Column(labels.BASIS, Kind.WORD), table.column("basis")),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    return head.sheet(name, columns, notes=[note])


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
