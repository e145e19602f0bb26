"""A pack over a linked month: decisions, facts and findings as tables.

Knows batches and the second, provenance-carrying evaluation of what came out undecided. Reads
and writes no file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.model.linked import Linked
from lic.model.result import FINDING_SCHEMA
from lic.policy.batch import Batch, Fixed
from lic.policy.checks import event_findings, findings, unmet
from lic.policy.decisions import UNDECIDED, Decision, member_decision
from lic.policy.pack import Pack
from lic.policy.parameters import Resolved
from lic.policy.parts import Part, batches
from lic.policy.results import household_table, person_table
from lic.policy.terms import Level
from lic.policy.trace import Trace
from lic.policy.values import spread, take

HOUSEHOLDS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of a month; columns as DESIGN §5, in the order of the roster."""

    persons: pa.Table
    households: pa.Table
    findings: pa.Table


@dataclass(frozen=True, slots=True)
class MissingLists:
    """The unknown inputs of the undecided, by entity; others have none."""

    persons: pa.Array
    households: pa.Array


def evaluate(pack: Pack, linked: Linked, as_of: date, *, batch: int = HOUSEHOLDS_AT_ONCE) -> Decided:
    """Decide everybody in ``linked`` on ``as_of``, ``batch`` households at a time."""
    parameters = pack.resolved(as_of)
    active = runnable(pack, linked, as_of)

    def decide(part: Part) -> Decided:
        return _decide(pack, Batch(part, pack.program, parameters, as_of), active)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # batches know nothing of each other
        done = list(pool.map(decide, [part for _, _, part in batches(linked, batch)]))
    persons, households = [one.persons for one in done], [one.households for one in done]
    found = [FINDING_SCHEMA.empty_table(), *(one.findings for one in done)]
    for compiled in pack.program.checks:
        if compiled.check.event is not None and compiled.check.name in active:
            table = event_findings(linked.events, compiled.check, linked.households)
            if table is not None:
                found.append(table)
    return Decided(pa.concat_tables(persons), pa.concat_tables(households), _sorted(pa.concat_tables(found)))


def _decide(pack: Pack, batch: Batch, active: frozenset[str]) -> Decided:
    """One batch decided; its findings as the checks give them."""
    missing = missing_inputs(pack, batch)
    tables = [findings(batch, compiled) for compiled in pack.program.checks if compiled.check.name in active]
    return Decided(
        person_table(pack.program, batch, missing.persons),
        household_table(pack.program, batch, missing.households),
        pa.concat_tables([FINDING_SCHEMA.empty_table(), *(table for table in tables if table is not None)]),
    )


def runnable(pack: Pack, linked: Linked, as_of: date) -> frozenset[str]:
    """The names of the checks that have what they need."""
    delivered = {name: True for name in pack.program.schemas if name not in linked.tables}
    delivered |= {name: table.delivered for name, table in linked.tables.items()}
    unset = pack.unset(as_of)
    return frozenset(check.name for check in pack.checks if unmet(check, delivered, unset) is None)


def _sorted(found: pa.Table) -> pa.Table:
    order = ["code", "household_no", "id_number", "name", "source", "file", "sheet", "row", "message"]
    return found.sort_by([(name, "ascending") for name in order]).combine_chunks()


def decisions(batch: Batch) -> tuple[Decision, Decision]:
    """The decisions that the pack's 结果 names: persons', households'."""
    outputs = batch.program.declarations.outputs
    return (
        member_decision(batch, outputs[Level.PERSON].decision.value),
        member_decision(batch, outputs[Level.HOUSEHOLD].decision.value),
    )


def missing_inputs(pack: Pack, batch: Batch) -> MissingLists:
    """Evaluate the undecided households again, this time asking what they wait for."""
    persons, households = decisions(batch)
    hid = batch.part.hid
    undecided = households.status == UNDECIDED
    undecided[hid[persons.status == UNDECIDED]] = True
    blank = pa.array([[]], pa.list_(pa.string()))
    counts = batch.size(Level.PERSON), batch.size(Level.HOUSEHOLD)
    if not undecided.any():
        none = [blank.take(pa.array(np.zeros(count, np.int64))) for count in counts]
        return MissingLists(none[0], none[1])
    part = batch.part.subset(undecided)
    members = undecided[hid]
    fixed = _subset_fixed(batch, undecided, members)
    trace = Trace({*pack.program.inputs, *fixed})
    again = Batch(part, pack.program, batch.parameters, batch.as_of, fixed=fixed, trace=trace)
    traced_persons, traced_households = decisions(again)
    return MissingLists(
        waiting_lists(traced_persons, trace, members), waiting_lists(traced_households, trace, undecided)
    )


def _subset_fixed(
    batch: Batch, undecided: npt.NDArray[np.bool_], members: npt.NDArray[np.bool_]
) -> Mapping[str, Fixed]:
    result = {}
    for name, given in batch.fixed.items():
        level = batch.program.facts[name].level
        keep = {Level.HOUSEHOLD: undecided, Level.PERSON: members}.get(level)
        if keep is None:
            result[name] = given
            continue
        value = take(spread(given.value, len(keep)), keep)
        states = None if given.states is None else given.states[keep]
        result[name] = Fixed(value, states, None if given.given is None else given.given[keep])
    return result


def waiting_lists(decision: Decision, trace: Trace, where: npt.NDArray[np.bool_]) -> pa.Array:
    """Lists of the traced entities, put back among all; the others' are empty."""
    if decision.bits is None:
        lists = pa.array([[]] * len(decision.status), pa.list_(pa.string()))
    else:
        mine = np.where((decision.status == UNDECIDED)[:, None], decision.bits, np.uint64(0))
        lists = trace.lists(mine)
    padded = pa.concat_arrays([lists, pa.array([[]], pa.list_(pa.string()))])
    index = np.full(len(where), len(lists), np.int64)
    index[where] = np.arange(len(lists))
    return padded.take(pa.array(index))


def decide_part(
    pack: Pack,
    part: Part,
    as_of: date,
    *,
    fixed: Mapping[str, Fixed],
    parameters: Mapping[str, Resolved] | None = None,
) -> Batch:
    """A batch with given facts, ready to be asked for any other."""
    return Batch(part, pack.program, parameters or pack.resolved(as_of), as_of, fixed=fixed)
