"""Who comes back, and since when he was away: from the list of exits, or from earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from lic.diffing.changes import change_order
from lic.model.adjustment import AdjustmentRules, Change, Kind, PersonState, Whose
from lic.model.linked import Doubt, Linked
from lic.model.period import Period
from lic.model.result import Status
from lic.runs.canonical import read_table
from lic.runs.read import Run
from lic.workflows.verdicts import EarlierRun, earlier_runs


def runs_before(old: Run, new: Run) -> tuple[EarlierRun, ...]:
    """The newest run of every earlier month of the workspace that the two runs lie in, newest first."""
    first = min(date.fromisoformat(run.manifest.as_of) for run in (old, new))
    for run in (new, old):
        runs = run.folder.parent.parent
        if Period.parse(run.folder.parent.name) is not None:
            return earlier_runs(runs, first)
    return ()


def exits_of(linked: Linked, rules: AdjustmentRules | None, as_of: date) -> dict[str, date]:
    """The newest day on which the list of exits says that somebody of the roster left."""
    table = None if rules is None else linked.tables.get(rules.table)
    if rules is None or table is None:
        return {}
    numbers = linked.persons.column("id_number").to_pylist()
    rows = table.rows.select(["pid", "doubt", rules.day]).to_pylist()
    found: dict[str, date] = {}
    for row in rows:
        number, day = numbers[row["pid"]], row[rules.day]
        if row["doubt"] == Doubt.NONE and number is not None and day is not None and day <= as_of:
            found[number] = max(found.get(number, day), day)
    return found


def with_returns(
    changes: Iterable[Change], left: Mapping[str, date], earlier: Sequence[EarlierRun]
) -> tuple[Change, ...]:
    """Those who enter and had left before are marked as coming back; a household with one of its people.

    ``left``: the newest day on which the list of exits says that a number left.
    """
    listed = list(changes)
    numbers = {
        item.state.id_number
        for item in listed
        if item.kind is Kind.ENTER and isinstance(item.state, PersonState) and item.state.id_number
    }
    since: dict[str, str] = {number: left[number].isoformat() for number in numbers if number in left}
    since |= _recognised_in(numbers - set(since), earlier)
    homes: dict[str, str] = {}
    for item in listed:
        if item.kind is Kind.ENTER and isinstance(item.state, PersonState):
            found = since.get(item.state.id_number or "")
            if found is not None:
                home = item.state.household_no
                homes[home] = max(homes.get(home, found), found)
    made = [_marked(item, since, homes) for item in listed]
    return tuple(sorted(made, key=change_order))


def _marked(item: Change, since: Mapping[str, str], homes: Mapping[str, str]) -> Change:
    if item.kind is not Kind.ENTER:
        return item
    if item.whose is Whose.HOUSEHOLD:
        found = homes.get(item.state.household_no)
    else:
        found = since.get(item.state.id_number or "") if isinstance(item.state, PersonState) else None
    return item if found is None else replace(item, kind=Kind.RETURN, since=found)


def _recognised_in(numbers: set[str], runs: Sequence[EarlierRun]) -> dict[str, str]:
    """For each number the newest earlier month in which it was recognised."""
    since: dict[str, str] = {}
    for run in runs:
        wanted = numbers - set(since)
        if not wanted:
            break
        persons = read_table(run.path / "persons.parquet").select(["id_number", "status"])
        there = pc.is_in(persons.column("id_number"), value_set=pa.array(sorted(wanted), pa.string()))
        recognised = pc.equal(persons.column("status"), Status.RECOGNISED.value)
        for number in persons.filter(pc.and_(there, recognised)).column("id_number").to_pylist():
            since[number] = run.period
    return since
