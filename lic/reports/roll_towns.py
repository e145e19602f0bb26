"""The roll cut by town, and the list that goes on top of the pile.

A town's workbook holds nobody else; the covering list's totals are the county's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Action, Status
from lic.reports import labels, labels_roll
from lic.reports.book import ReportInput, book_head, town_order
from lic.reports.file_names import town_stem
from lic.reports.frame import empty_column
from lic.reports.roll import recognition_roll
from lic.reports.roll_summary import group_of
from lic.reports.table import Column, Kind, ReportBook, Values


@dataclass(frozen=True, slots=True)
class _Town:
    """One line of the covering list."""

    name: str | None
    file: str | None
    persons: pa.Table
    households: pa.Table


def town_rolls(report: ReportInput) -> Iterator[ReportBook]:
    """The covering list, then one workbook for each town that has anybody."""
    towns = _towns(report)
    yield _covering_list(report, towns)
    for town in towns:
        if town.file is not None:
            title = labels.NO_TOWN if town.name is None else town.name
            book = recognition_roll(_cut(report, town), town=title)
            yield replace(book, file=town.file)


def _towns(report: ReportInput) -> list[_Town]:
    persons, households = report.result.persons, report.result.households
    taken: set[str] = set()
    found = []
    for name in (*town_order(report.manifest, persons.column("town"), households.column("town")), None):
        mine = _of_town(persons, name), _of_town(households, name)
        anybody = any(table.num_rows for table in mine)
        if anybody or name is not None:
            file = labels_roll.TOWN_FILE.format(town=town_stem(name, taken)) if anybody else None
            found.append(_Town(name, file, *mine))
    return found


def _of_town(table: pa.Table, town: str | None) -> pa.Table:
    column = table.column("town")
    return table.filter(column.is_null() if town is None else pc.fill_null(pc.equal(column, town), False))


def _cut(report: ReportInput, town: _Town) -> ReportInput:
    """The report as far as it is about one town."""
    findings = _of_town(report.result.findings, town.name)
    result = replace(report.result, persons=town.persons, households=town.households, findings=findings)
    last = report.last_month
    if last is not None:
        people, homes = _of_town(last.persons, town.name), _of_town(last.households, town.name)
        last = replace(last, persons=people, households=homes)
    return replace(report, result=result, last_month=last)


def _covering_list(report: ReportInput, towns: Sequence[_Town]) -> ReportBook:
    head = book_head(report.manifest, file=labels_roll.COVER_FILE, title=labels.ROLL)
    groups = [*report.manifest.categories, Status.UNDECIDED.value]
    moves = (Action.ENTER, Action.MOVE, Action.LEAVE)
    numbers = [_numbers(town.persons, town.households, groups, moves) for town in towns]
    whole = _numbers(report.result.persons, report.result.households, groups, moves)
    names = [labels.NO_TOWN if town.name is None else town.name for town in towns]
    files = [labels_roll.EMPTY_TOWN if town.file is None else town.file for town in towns]
    heads = [labels.HOUSEHOLDS, labels.PERSONS, *groups, *(action.value for action in moves)]
    columns: list[tuple[Column, Values]] = [
        (Column(labels.NUMBER, Kind.ORDINAL), pa.array([*range(1, len(towns) + 1), None], pa.int64())),
        (Column(labels.TOWN, Kind.LONG), pa.array([*names, labels.GRAND_TOTAL], pa.string())),
        (Column(labels_roll.FILE, Kind.LONG), pa.array([*files, None], pa.string())),
    ]
    for title, values in zip(heads, zip(*numbers, whole, strict=True), strict=True):
        columns.append((Column(title, Kind.INTEGER), pa.array(list(values), pa.int64())))
    size = pa.table({"size": range(len(towns) + 1)})
    for title in (labels_roll.RECEIVED_BY, labels_roll.RECEIVED_ON):
        columns.append((Column(title, blank=True), empty_column(size)))
    sheet = head.sheet(
        labels_roll.COVER,
        columns,
        notes=[labels_roll.COVER_HOW],
        emphasis=frozenset({len(towns)}),
        closing=[labels_roll.COVER_SIGNED],
    )
    return head.book([sheet])


def _numbers(
    persons: pa.Table, households: pa.Table, groups: Sequence[str], moves: Sequence[Action]
) -> list[int]:
    of_group = pc.value_counts(group_of(persons)).to_pylist()
    by_group = {row["values"]: row["counts"] for row in of_group}
    by_action = {
        row["values"]: row["counts"] for row in pc.value_counts(persons.column("action")).to_pylist()
    }
    return [
        households.num_rows,
        persons.num_rows,
        *(by_group.get(group, 0) for group in groups),
        *(by_action.get(action.value, 0) for action in moves),
    ]
