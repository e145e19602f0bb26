"""The first sheet of the roll: category × town × action, with totals that reconcile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Action, Status
from lic.reports import labels
from lic.reports.book import BookHead, ReportInput, delivery_notes
from lic.reports.table import Column, Kind, ReportTable, Values

_Key = tuple[str, str | None, str]  # group, town, action


def roll_summary(head: BookHead, report: ReportInput, towns: Sequence[str]) -> ReportTable:
    """Totals first, then the towns that have anybody; the last row is the sum of the totals."""
    persons = _count(report.result.persons)
    households = _count(report.result.households)
    groups = [*report.manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value]
    lines: list[list[object]] = []
    totals: set[int] = set()
    for group in groups:
        totals.add(len(lines))
        lines.append(_line(group, labels.TOTAL, [group], None, persons, households))
        for town in (*towns, None):
            line = _line(
                group, labels.NO_TOWN if town is None else town, [group], (town,), persons, households
            )
            if line[2] or line[3]:
                lines.append(line)
    totals.add(len(lines))
    lines.append(_line(labels.GRAND_TOTAL, "", groups, None, persons, households))
    funnel = report.manifest.funnel
    notes = [
        *delivery_notes(report.manifest),
        labels.FUNNEL.format(
            rows_read=funnel.rows_read,
            accepted=funnel.accepted,
            rejected=funnel.rejected,
            blank=funnel.blank,
            footer=funnel.footer,
            persons=funnel.persons,
            households=funnel.households,
        ),
        labels.HOW_COUNTED,
        labels.NOT_A_VERDICT,
    ]
    return head.sheet(labels.SUMMARY, _columns(lines), notes=notes, emphasis=frozenset(totals))


def group_of(table: pa.Table) -> pa.ChunkedArray:
    """The category of whoever is recognised, else the status."""
    recognised = pc.equal(table.column("status"), Status.RECOGNISED.value)
    return pc.if_else(recognised, table.column("category"), table.column("status"))


def _count(table: pa.Table) -> Counter[_Key]:
    keys = pa.table(
        {"group": group_of(table), "town": table.column("town"), "action": table.column("action")}
    )
    counted = keys.group_by(["group", "town", "action"]).aggregate([([], "count_all")])
    return Counter(
        {(row["group"], row["town"], row["action"]): row["count_all"] for row in counted.to_pylist()}
    )


def _line(
    group: str,
    place: str,
    groups: Sequence[str],
    town: tuple[str | None] | None,
    persons: Counter[_Key],
    households: Counter[_Key],
) -> list[object]:
    def total(counts: Counter[_Key], action: str | None) -> int:
        return sum(
            number
            for (of_group, of_town, of_action), number in counts.items()
            if of_group in groups and (town is None or of_town in town) and action in (None, of_action)
        )

    return [
        group,
        place,
        total(households, None),
        total(persons, None),
        *(total(persons, action.value) for action in Action),
    ]


def _columns(lines: list[list[object]]) -> list[tuple[Column, Values]]:
    heads = [
        Column(labels.CATEGORY),
        Column(labels.TOWN),
        Column(labels.HOUSEHOLDS, Kind.INTEGER),
        Column(labels.PERSONS, Kind.INTEGER),
        *(Column(action.value, Kind.INTEGER) for action in Action),
    ]
    by_column = list(zip(*lines, strict=True))
    return [
        (column, pa.array(list(values), pa.string() if column.kind is Kind.TEXT else pa.int64()))
        for column, values in zip(heads, by_column, strict=True)
    ]
