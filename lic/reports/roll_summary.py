"""The first sheet of the roll: category × town × action, with totals that reconcile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Action, Status
from lic.reports import labels, labels_roll
from lic.reports.book import BookHead, ReportInput, delivery_notes
from lic.reports.table import Column, Kind, ReportTable, Values

_Key = tuple[str, str | None, str]  # group, town, action


@dataclass(frozen=True, slots=True)
class _Counts:
    """Households and persons of one run by group, town and action."""

    households: Counter[_Key]
    persons: Counter[_Key]

    def of(self, counts: Counter[_Key], groups: frozenset[str], town: tuple[str | None] | None) -> list[int]:
        """All of them, then by action."""
        found = Counter[str]()
        for (group, place, action), number in counts.items():
            if group in groups and (town is None or place in town):
                found[action] += number
        return [sum(found.values()), *(found[action.value] for action in Action)]

    def line(self, groups: frozenset[str], town: tuple[str | None] | None) -> list[int]:
        """Households and persons, then both for each action."""
        pairs = zip(self.of(self.households, groups, town), self.of(self.persons, groups, town), strict=True)
        return [number for pair in pairs for number in pair]


def roll_summary(
    head: BookHead, report: ReportInput, towns: Sequence[str], *, town: str | None
) -> ReportTable:
    """Totals first, then the towns that have anybody; the last row is the sum of the totals."""
    result = report.result
    now = _Counts(_counter(counted(result.households)), _counter(counted(result.persons)))
    last = report.last_month
    before = None if last is None else _Counts(_counter(last.households), _counter(last.persons))
    groups = [*report.manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value]
    places = [*towns, *_vanished(before, towns), None]
    lines: list[list[object]] = []
    totals: set[int] = set()

    def add(label: str, place: str, chosen: frozenset[str], at: tuple[str | None] | None) -> None:
        numbers = now.line(chosen, at)
        change: list[int] = []
        if before is not None:
            change = [new - old for new, old in zip(numbers[:2], before.line(chosen, at)[:2], strict=True)]
        if at is None or any(numbers) or any(change):
            lines.append([label, place, *numbers, *change])

    for group in groups:
        totals.add(len(lines))
        add(group, labels.TOTAL, frozenset({group}), None)
        for place in places:
            add(group, labels.NO_TOWN if place is None else place, frozenset({group}), (place,))
    totals.add(len(lines))
    add(labels.GRAND_TOTAL, "", frozenset(groups), None)
    notes = [
        *delivery_notes(report.manifest),
        *_notes(report, town),
        labels.HOW_COUNTED,
        labels.NOT_A_VERDICT,
    ]
    columns = _columns(lines, compared=before is not None)
    return head.sheet(labels.SUMMARY, columns, notes=notes, emphasis=frozenset(totals))


def group_of(table: pa.Table) -> pa.ChunkedArray:
    """The category of whoever is recognised, else the status."""
    recognised = pc.equal(table.column("status"), Status.RECOGNISED.value)
    return pc.if_else(recognised, table.column("category"), table.column("status"))


def counted(table: pa.Table) -> pa.Table:
    """How many rows each group, town and action has, sorted."""
    keys = pa.table(
        {"group": group_of(table), "town": table.column("town"), "action": table.column("action")}
    )
    names = ["group", "town", "action"]
    found = keys.group_by(names).aggregate([([], "count_all")]).rename_columns({"count_all": "count"})
    return found.select([*names, "count"]).sort_by([(name, "ascending") for name in names])


def _counter(table: pa.Table) -> Counter[_Key]:
    return Counter({(row["group"], row["town"], row["action"]): row["count"] for row in table.to_pylist()})


def _vanished(before: _Counts | None, towns: Sequence[str]) -> list[str]:
    """Towns that had somebody last month and have nobody now."""
    if before is None:
        return []
    found = {town for counts in (before.households, before.persons) for _, town, _ in counts}
    return sorted(town for town in found if town is not None and town not in towns)


def _notes(report: ReportInput, town: str | None) -> list[str]:
    funnel = report.manifest.funnel
    if town is None:
        said = labels.FUNNEL.format(
            rows_read=funnel.rows_read,
            accepted=funnel.accepted,
            rejected=funnel.rejected,
            blank=funnel.blank,
            footer=funnel.footer,
            persons=funnel.persons,
            households=funnel.households,
        )
    else:
        said = labels_roll.TOWN_ONLY.format(
            town=town,
            households=report.result.households.num_rows,
            persons=report.result.persons.num_rows,
        )
    if report.last_month is None:
        return [said, labels_roll.NO_LAST_MONTH]
    return [said, labels_roll.COMPARED_WITH.format(period=report.last_month.period)]


def _columns(lines: list[list[object]], *, compared: bool) -> list[tuple[Column, Values]]:
    heads = [
        Column(labels.CATEGORY, Kind.LONG),
        Column(labels.TOWN, Kind.LONG),
        Column(labels.HOUSEHOLDS, Kind.INTEGER),
        Column(labels.PERSONS, Kind.INTEGER),
    ]
    for action in Action:
        heads.append(Column(labels_roll.FAMILIES_OF.format(action=action.value), Kind.INTEGER))
        heads.append(Column(labels_roll.PERSONS_OF.format(action=action.value), Kind.INTEGER))
    if compared:
        heads.append(Column(labels_roll.CHANGE_FAMILIES, Kind.INTEGER))
        heads.append(Column(labels_roll.CHANGE_PERSONS, Kind.INTEGER))
    by_column = list(zip(*lines, strict=True))
    return [
        (column, pa.array(list(values), pa.string() if column.kind is Kind.LONG else pa.int64()))
        for column, values in zip(heads, by_column, strict=True)
    ]
