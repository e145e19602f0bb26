"""What earlier runs of the workspace said that this month's lists compare themselves with.

Knows which run is last month's and how far back a proposal to leave goes without a gap. The
comparison is kept in the run, so that its views say the same whatever becomes of the runs before.
Decides nothing again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.period import Period
from lic.model.result import Action
from lic.reports.book import LastMonth, person_keys
from lic.reports.roll_summary import counted, group_of
from lic.runs.canonical import read_table, write_table
from lic.runs.evidence import EVIDENCE
from lic.workflows.verdicts import EarlierRun

LEAVING = f"{EVIDENCE}/leaving_since.parquet"
_LAST = {
    "persons": f"{EVIDENCE}/last_month_persons.parquet",
    "households": f"{EVIDENCE}/last_month_households.parquet",
    "moves": f"{EVIDENCE}/last_month_moves.parquet",
}
_SEEN = ["household_no", "id_number", "name", "town", "status", "category", "action"]
_KEYS = ["household_no", "id_number", "name", "action"]


def keep_comparison(
    folder: Path, persons: pa.Table, runs: Sequence[EarlierRun], period: Period | None
) -> None:
    """Write what the month before came to, and since when people should leave, into a run."""
    if period is None:
        return
    write_table(leaving_since(persons, runs, period), folder / LEAVING)
    last = last_month(persons, runs, period)
    if last is not None:
        for name, file in _LAST.items():
            write_table(getattr(last, name), folder / file)


def kept_comparison(folder: Path, period: Period | None) -> tuple[LastMonth | None, pa.Table | None]:
    """What :func:`keep_comparison` wrote; None where there was nothing to compare with."""
    since = read_table(folder / LEAVING) if (folder / LEAVING).is_file() else None
    if period is None or not all((folder / file).is_file() for file in _LAST.values()):
        return None, since
    tables = {name: read_table(folder / file) for name, file in _LAST.items()}
    return LastMonth(str(period.previous), **tables), since


def last_month(persons: pa.Table, runs: Sequence[EarlierRun], period: Period) -> LastMonth | None:
    """The run of the month before in figures, and who moved between its groups and today's."""
    before = _run_of(runs, period.previous)
    if before is None:
        return None
    then = read_table(before.path / "persons.parquet").select(_SEEN)
    homes = read_table(before.path / "households.parquet").select(["town", "status", "category", "action"])
    return LastMonth(str(period.previous), counted(then), counted(homes), _moves(then, persons))


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


def _moves(then: pa.Table, now: pa.Table) -> pa.Table:
    """How many persons went from which group to which; null: not on the roster of that month."""
    old = pa.table(
        {
            "key": _told_apart(person_keys(then)),
            "before": group_of(then),
            "left": then.column("household_no"),
        }
    )
    new = pa.table(
        {"key": _told_apart(person_keys(now)), "after": group_of(now), "home": now.column("household_no")}
    )
    joined = old.join(new, "key", join_type="full outer")
    homes = pc.coalesce(joined.column("home"), joined.column("left"))
    found = (
        joined.append_column("homes", homes)
        .group_by(["before", "after"])
        .aggregate([([], "count_all"), ("homes", "count_distinct")])
        .rename_columns({"count_all": "persons", "homes_count_distinct": "households"})
    )
    return found.select(["before", "after", "persons", "households"]).sort_by(
        [("before", "ascending"), ("after", "ascending")]
    )


def _told_apart(keys: pa.ChunkedArray) -> pa.Array:
    """Keys with a running number behind, so that members without name and number stay several."""
    seen: Counter[str] = Counter()
    found = []
    for key in keys.to_pylist():
        seen[key] += 1
        found.append(f"{key}\n{seen[key]}")
    return pa.array(found, pa.string())


def _leaving(persons: pa.Table) -> pa.Table:
    return persons.filter(pc.equal(persons.column("action"), Action.LEAVE.value))


def _run_of(runs: Sequence[EarlierRun], period: Period) -> EarlierRun | None:
    return next((run for run in runs if run.period == str(period)), None)
