"""What earlier runs of the workspace said that this month's lists compare themselves with.

Knows which run is last month's and how far back a proposal to leave goes without a gap.
Decides nothing again.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.period import Period
from lic.model.result import Action
from lic.reports.book import LastMonth, person_keys
from lic.runs.canonical import read_table
from lic.workflows.verdicts import EarlierRun

_SEEN = ["town", "status", "category", "action"]
_KEYS = ["household_no", "id_number", "name", "action"]


def last_month(runs: Sequence[EarlierRun], period: Period) -> LastMonth | None:
    """The run of the month before, as far as the roll compares itself with it."""
    before = _run_of(runs, period.previous)
    if before is None:
        return None
    persons = read_table(before.path / "persons.parquet").select(_SEEN)
    households = read_table(before.path / "households.parquet").select(_SEEN)
    return LastMonth(str(period.previous), persons, households)


def leaving_since(persons: pa.Table, runs: Sequence[EarlierRun], period: Period) -> pa.Table:
    """For everybody who should leave and should have left before: the first month without a gap."""
    since: dict[str, str] = {}
    still = person_keys(_leaving(persons))
    month = period.previous
    while len(still) and (run := _run_of(runs, month)) is not None:
        then = person_keys(_leaving(read_table(run.path / "persons.parquet").select(_KEYS)))
        still = still.filter(pc.is_in(still, value_set=then.combine_chunks()))
        since.update(dict.fromkeys(still.to_pylist(), str(month)))
        month = month.previous
    names = sorted(since)
    return pa.table(
        {
            "key": pa.array(names, pa.string()),
            "since": pa.array([since[name] for name in names], pa.string()),
        }
    )


def _leaving(persons: pa.Table) -> pa.Table:
    return persons.filter(pc.equal(persons.column("action"), Action.LEAVE.value))


def _run_of(runs: Sequence[EarlierRun], period: Period) -> EarlierRun | None:
    return next((run for run in runs if run.period == str(period)), None)
