"""What the manifest says about a result: funnel, counts, problems. Everything is counted here once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction, Severity
from lic.model.manifest import Count, Funnel, SheetAccount
from lic.model.result import Action, Result, Status
from lic.model.staging import Delivery


def funnel_of(result: Result) -> Funnel:
    """From rows to decisions."""
    used = result.inputs.filter(pc.equal(result.inputs.column("result"), Delivery.DELIVERED.value))

    def total(name: str) -> int:
        return int(pc.sum(used.column(name)).as_py() or 0)

    return Funnel(
        files=len(set(used.column("file").to_pylist())),
        sheets=used.num_rows,
        rows_read=total("rows_read"),
        accepted=total("accepted"),
        rejected=total("rejected"),
        blank=total("blank"),
        footer=total("footer"),
        linked=total("linked"),
        not_linked=total("accepted") - total("linked"),
        persons=result.persons.num_rows,
        households=result.households.num_rows,
        persons_by_status=_by_status(result.persons),
        households_by_status=_by_status(result.households),
    )


def counts_of(result: Result, categories: Sequence[str]) -> tuple[Count, ...]:
    """Persons and households by category (or status) and action, in the pack's order; zeros left out."""
    persons, households = _by_group(result.persons), _by_group(result.households)
    groups = [*categories, Status.UNDECIDED.value, Status.NOT_MET.value]
    return tuple(
        Count(group, action.value, persons[group, action.value], households[group, action.value])
        for group in groups
        for action in Action
        if persons[group, action.value] or households[group, action.value]
    )


def problem_counts(findings: pa.Table) -> Mapping[str, int]:
    """Data problems by severity, worst first."""
    data = findings.filter(pc.equal(findings.column("direction"), Direction.DATA.value))
    counted = Counter(data.column("severity").to_pylist())
    return {item.value: counted[item.value] for item in Severity if counted[item.value]}


def check_counts(findings: pa.Table) -> Mapping[str, int]:
    """Findings of the pack's checks by code."""
    checks = findings.filter(pc.not_equal(findings.column("direction"), Direction.DATA.value))
    return dict(sorted(Counter(checks.column("code").to_pylist()).items()))


def sheet_accounts(inputs: pa.Table) -> tuple[SheetAccount, ...]:
    """Rows per sheet, as the manifest keeps them."""
    return tuple(
        SheetAccount(
            table=row["table"] or "",
            file=row["file"],
            sheet=row["sheet"] or "",
            result=row["result"],
            rows_read=row["rows_read"] or 0,
            accepted=row["accepted"] or 0,
            rejected=row["rejected"] or 0,
            blank=row["blank"] or 0,
            footer=row["footer"] or 0,
            linked=row["linked"],
            sha256=row["sha256"] or "",
        )
        for row in inputs.to_pylist()
        if row["file"] is not None
    )


def _by_status(table: pa.Table) -> Mapping[str, int]:
    counted = Counter(table.column("status").to_pylist())
    return {status.value: counted[status.value] for status in Status}


def _by_group(table: pa.Table) -> Counter[tuple[str, str]]:
    recognised = pc.equal(table.column("status"), Status.RECOGNISED.value)
    group = pc.if_else(recognised, table.column("category"), table.column("status"))
    keys = pa.table({"group": group, "action": table.column("action")})
    counted = keys.group_by(["group", "action"]).aggregate([([], "count_all")]).to_pylist()
    return Counter({(row["group"], row["action"]): row["count_all"] for row in counted})
