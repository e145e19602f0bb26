"""核对: which persons, households or rows a discrepancy rule points at, and what it says.

Knows how a finding is placed and worded; the pack words it. Only certain truth is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.messages.base import render
from lic.model.finding import Scope as Subject
from lic.model.result import FINDING_SCHEMA
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.declared import Check
from lic.policy.render import Template, shown
from lic.policy.terms import Level, Term
from lic.policy.values import TRUE, as_truth, spread, take

Index = npt.NDArray[np.int64]
_SUBJECTS = {Level.HOUSEHOLD: Subject.HOUSEHOLD, Level.PERSON: Subject.PERSON, Level.ROW: Subject.ROW}


@dataclass(frozen=True, slots=True)
class CompiledCheck:
    """A check ready to run; a check of events has no terms. ``uses``, ``tables``: what it looks at."""

    check: Check
    condition: Term | None
    declared: Term | None
    found: Term | None
    message: Template | None
    uses: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()


def findings(batch: Batch, compiled: CompiledCheck) -> pa.Table | None:
    """The findings of one check in one batch; None when there are none."""
    check, condition = compiled.check, compiled.condition
    if condition is None or compiled.message is None:
        return None
    table = check.table.value if check.table is not None else ""
    size = len(batch.rows(table).pid) if check.level is Level.ROW else batch.size(check.level)
    truth = as_truth(spread(condition.run(batch), size))
    index = np.flatnonzero(truth.value == TRUE)
    if not len(index):
        return None
    columns: dict[str, Any] = _constants(check, _SUBJECTS[check.level])
    columns |= _subject(batch, check.level, table, index)
    columns["message"] = compiled.message.fill(batch, size, index)
    for name, term in (("expected", compiled.declared), ("actual", compiled.found)):
        if term is not None:
            columns[name] = shown(take(spread(term.run(batch), size), index), term.type)
    columns |= _evidence(batch, check, table, index)
    return as_findings(columns, len(index))


def as_findings(columns: Mapping[str, Any], size: int) -> pa.Table:
    """A findings table from the columns that are known."""
    arrays = []
    for column in FINDING_SCHEMA:
        value = columns.get(column.name)
        if value is None or isinstance(value, str):
            arrays.append(pa.array([value] * size, column.type))
        else:
            array = value.combine_chunks() if isinstance(value, pa.ChunkedArray) else value
            arrays.append(array.cast(column.type))
    return pa.table(arrays, FINDING_SCHEMA)


def _constants(check: Check, subject: Subject) -> dict[str, Any]:
    return {
        "code": check.code,
        "severity": check.severity.value,
        "direction": check.direction.value,
        "scope": subject.value,
        "reference": check.reference,
        "suggestion": check.suggestion,
        "column": check.column,
    }


def _subject(batch: Batch, level: Level, table: str, index: Index) -> dict[str, Any]:
    households, persons = batch.part.households, batch.part.persons
    if level is Level.HOUSEHOLD:
        chosen = households.take(pa.array(index))
        return {
            "household_no": chosen.column("household_no"),
            "id_number": chosen.column("head_id"),
            "name": chosen.column("head_name"),
            "town": chosen.column("town"),
            "village": chosen.column("village"),
        }
    pid = batch.rows(table).pid[index] if level is Level.ROW else index
    chosen = persons.take(pa.array(pid))
    numbers = households.column("household_no").take(pa.array(batch.part.hid[pid]))
    names = ("id_number", "name", "town", "village")
    return {"household_no": numbers, **{name: chosen.column(name) for name in names}}


def _evidence(batch: Batch, check: Check, table: str, index: Index) -> dict[str, Any]:
    if check.level is Level.ROW:
        return _places(table, batch.rows(table).data, index)
    source = check.evidence.value if check.evidence is not None else keys.ROSTER
    if source == keys.ROSTER:
        return _own_places(batch, check.level, index)
    rows = batch.rows(source)
    segments = rows.segments(check.level)
    first = np.full(batch.size(check.level), -1, np.int64)
    first[segments.having] = segments.starts
    return _places(source, rows.data, first[index])


def _own_places(batch: Batch, level: Level, index: Index) -> dict[str, Any]:
    sources = np.full(batch.size(level), "", object)
    for number, mine in batch.roster_masks(level):
        sources[mine] = batch.program.own_table(number, level)
    places = _places("", batch.table(level), index)
    return {**places, "source": pa.array(sources[index].tolist(), pa.string())}


def _places(source: str, table: pa.Table, index: Index) -> dict[str, Any]:
    """File, sheet and row of the rows at ``index``; -1 has no place."""
    at = pa.array(index, mask=index < 0)
    names = {"file": "_file", "sheet": "_sheet", "row": "_row"}
    places: dict[str, Any] = {
        name: table.column(column).take(at) for name, column in names.items() if column in table.column_names
    }
    return {**places, "source": source}


def event_findings(events: pa.Table, check: Check, towns: pa.Table) -> pa.Table | None:
    """One finding per identity problem of a kind; ``towns`` gives places by household number."""
    if check.event is None or not events.num_rows:
        return None
    chosen = events.filter(pc.equal(events.column("kind"), check.event))
    if not chosen.num_rows:
        return None
    rows = chosen.to_pylist()
    messages = [
        render(check.message.text, {keys.EXPECTED: row["expected"] or keys.SHOW_BLANK,
                                    keys.ACTUAL: row["actual"] or keys.SHOW_BLANK})
        for row in rows
    ]  # fmt: skip
    where = pc.index_in(chosen.column("household_no"), value_set=towns.column("household_no"))
    columns = _constants(check, Subject.PERSON)
    columns["scope"] = pa.array(
        [Subject.HOUSEHOLD.value if row["pid"] is None else Subject.PERSON.value for row in rows], pa.string()
    )
    for name in ("household_no", "id_number", "name", "source", "expected", "actual"):
        columns[name] = chosen.column(name)
    for name, column in (("file", "_file"), ("sheet", "_sheet"), ("row", "_row")):
        columns[name] = chosen.column(column)
    for name in ("town", "village"):
        columns[name] = towns.column(name).take(where)
    columns["message"] = pa.array(messages, pa.string())
    return as_findings(columns, chosen.num_rows)


def unmet(check: Check, delivered: Mapping[str, bool], unset: frozenset[str]) -> str | None:
    """Why a check cannot run: tables that did not come, parameters without a value."""
    tables = [need for need in check.needs if not need.startswith(keys.PARAMETER_INPUT)]
    names = [need.removeprefix(keys.PARAMETER_INPUT) for need in check.needs if need not in tables]
    absent = [table for table in tables if not delivered.get(table, False)]
    missing = [name for name in names if name in unset]
    parts = []
    if absent:
        parts.append(keys.NOT_DELIVERED_REASON + keys.SHOW_LIST.join(absent))
    if missing:
        parts.append(keys.NOT_SET_REASON + keys.SHOW_LIST.join(missing))
    return keys.SHOW_CLAUSE.join(parts) or None
