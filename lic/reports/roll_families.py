"""The roll by household: every family that is recognised, in doubt, or on a register."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.result import Status
from lic.reports import labels, labels_roll
from lic.reports.book import BookHead, ReportInput
from lic.reports.frame import by_place, fact, joined, looked_up, numbered, rank, share
from lic.reports.roll_summary import group_of
from lic.reports.table import Column, Kind, ReportTable, Values


def families_sheet(
    head: BookHead, report: ReportInput, towns: Sequence[str], *, closing: Sequence[str]
) -> ReportTable:
    """One row per family, by category, then by place."""
    households = report.result.households
    concerned = pc.or_(
        pc.not_equal(households.column("status"), Status.NOT_MET.value),
        households.column("registered_category").is_valid(),
    )
    table = by_place(households.filter(concerned), towns)
    order = [*report.manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value]
    keys = pa.table(
        {"group": rank(group_of(table), order), "position": pa.array(range(table.num_rows), pa.int64())}
    )
    table = table.take(pc.sort_indices(keys, sort_keys=[("group", "ascending"), ("position", "ascending")]))
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(labels.HOUSEHOLD_NO), table.column("household_no")),
        (Column(labels_roll.HEAD), table.column("head_name")),
        (Column(labels_roll.HEAD_ID), table.column("head_id")),
        (Column(labels.TOWN, Kind.LONG), table.column("town")),
        (Column(labels.VILLAGE, Kind.LONG), table.column("village")),
        (Column(labels_roll.MEMBERS, Kind.INTEGER), table.column("members")),
        (Column(labels_roll.COUNTED, Kind.INTEGER), table.column("counted_members")),
        (Column(labels_roll.RESULT, Kind.LONG), group_of(table)),
        *facts(report, table.column("household_no")),
        (Column(labels.TAGS, Kind.LONG), joined(table.column("tags"))),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.ACTION, Kind.WORD), table.column("action")),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    notes = [labels_roll.FAMILIES_HERE.format(households=table.num_rows), labels.NOT_A_VERDICT]
    return head.sheet(labels_roll.FAMILIES, columns, notes=notes, closing=closing)


def own_facts(report: ReportInput, table: pa.Table, category: str) -> list[tuple[Column, Values]]:
    """The person's own amounts and shares where the category goes by them, else his household's."""
    own = [ratio for ratio in report.roll_ratios if category in ratio.categories]
    if not own:
        return facts(report, table.column("household_no"))
    found: list[tuple[Column, Values]] = []
    for ratio in own:
        if ratio.numerator in table.column_names and ratio.denominator in table.column_names:
            amount = table.column(ratio.numerator)
            found.append(fact(ratio.numerator, amount))
            found.append((Column(ratio.title, Kind.PERCENT), share(amount, table.column(ratio.denominator))))
    return found


def facts(report: ReportInput, keys: pa.ChunkedArray) -> list[tuple[Column, Values]]:
    """For each ratio of the pack the household's amount and its share of the line."""
    households = report.result.households
    found: list[tuple[Column, Values]] = []
    for ratio in report.roll_ratios:
        if ratio.categories:
            continue
        if ratio.numerator in households.column_names and ratio.denominator in households.column_names:
            above = looked_up(keys, households, "household_no", ratio.numerator)
            below = looked_up(keys, households, "household_no", ratio.denominator)
            shares = share(above, below)
            # Without a line of its own the household's amount would say nothing about the person.
            found.append(fact(ratio.numerator, pc.if_else(shares.is_valid(), above, None)))
            found.append((Column(ratio.title, Kind.PERCENT), shares))
    return found
