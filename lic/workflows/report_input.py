"""Everything that a report may look at, gathered from a result and the runs before it."""

from __future__ import annotations

from collections.abc import Sequence

from lic.model.manifest import Manifest
from lic.model.period import Period
from lic.model.result import Result
from lic.policy.pack import Pack
from lic.reports.book import ReportInput, RollRatio
from lic.workflows.earlier_months import last_month, leaving_since
from lic.workflows.verdicts import EarlierRun


def report_input(
    manifest: Manifest, result: Result, *, pack: Pack, runs: Sequence[EarlierRun]
) -> ReportInput:
    """What the builders need; ``runs`` are the workspace's earlier ones, newest first."""
    period = Period.parse(manifest.period)
    ratios = tuple(RollRatio(item.name, item.numerator, item.denominator) for item in pack.roster_columns)
    if period is None:
        return ReportInput(manifest, result, ratios)
    return ReportInput(
        manifest,
        result,
        ratios,
        last_month=last_month(runs, period),
        leaving_since=leaving_since(result.persons, runs, period),
    )
