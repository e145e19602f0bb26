"""The stage: staged folders in, numbered persons and households with every table's rows out.

Knows the order of the steps. Beside the result only the tables at hand and those gathered ahead are in
memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.ahead import Ahead
from lic.linkage.assemble import assemble
from lic.linkage.corrections import Verified, fill_rosters, read_corrections
from lic.linkage.engine import Engine
from lic.linkage.enrol import Enrolment
from lic.linkage.events import collect_events
from lic.linkage.every_table import SheetKey, link_tables, other_tables
from lic.linkage.false_alarms import read_false_alarms
from lic.linkage.gather import Gathered
from lic.linkage.job import Job, Masks
from lic.linkage.parts import Delivered, split_parts
from lic.linkage.reading import Reading
from lic.linkage.register import Register, Setting, build_register, correct_persons
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.linked import Linked, LinkedTable
from lic.model.roster import Roster, RosterEntry
from lic.model.staging import StagedFolder
from lic.model.table import TableSchema


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """How many rows of each used sheet concern a member (a row that repeats another does not),
    and the totals of the funnel. Sheets of earlier folders that were not used are not listed."""

    linked: Mapping[SheetKey, int]
    persons: int
    households: int

    @property
    def linked_rows(self) -> int:
        """Rows of all sheets that concern somebody."""
        return sum(self.linked.values())


def link(
    staged: Sequence[StagedFolder],
    *,
    schemas: Mapping[str, TableSchema],
    roster: Roster,
    masks: Masks,
    reading: Reading,
    as_of: date,
    unkept: frozenset[str] = frozenset(),
    progress: Callable[[str], None] = lambda _table: None,
) -> tuple[Linked, tuple[Finding, ...], LinkCounts]:
    """Link this period's folder (the first) and what earlier ones hold of monthly tables.

    ``masks`` gives the rows of an entry's person table for which its condition holds; ``unkept``
    are the parts that the county does not keep; ``progress`` hears each table's name.
    """
    findings: list[Finding] = []
    with Engine() as engine:
        job = Job(engine, staged, schemas, roster, masks, reading, as_of, unkept, progress, findings)
        tables = job.gather(_roster_tables(roster))
        rest = [name for name in other_tables(job) if name not in tables]
        with closing(Ahead(job.gather_one, rest)) as ahead:
            parts = {entry.name: _split(job, entry, tables) for entry in roster.entries}
            verified = _verified(job, tables)
            registers, enrolled = _registers(job, parts, verified)
            found = assemble(registers, enrolled, roster)
            persons, households, filled = fill_rosters(
                engine, found.persons, found.households, verified, roster
            )
            found = replace(found, persons=persons, households=households)
            evidence, linked, together = link_tables(job, registers, found, tables, ahead)
        result = Linked(
            found.persons,
            found.households,
            found.person_present,
            found.household_present,
            {**{item.table.name: item.table for item in evidence}, **_household_tables(registers, tables)},
            collect_events(registers, enrolled, found, evidence, roster, reading, together),
            frozenset().union(*(part.missing for part in parts.values())),
            filled + sum(register.corrected for register in registers),
            read_false_alarms(engine, tables, roster, found, as_of),
            {(item.file, item.sheet): item.headings for folder in staged for item in folder.sheets},
        )
    counts = LinkCounts(dict(sorted(linked.items())), found.persons.num_rows, found.households.num_rows)
    return result, tuple(findings), counts


def _roster_tables(roster: Roster) -> tuple[str, ...]:
    """The tables that households are made of, and the verified values."""
    names = [name for entry in roster.entries for name in (entry.household_table, entry.person_table)]
    names.append(roster.correction.table if roster.correction is not None else None)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _split(job: Job, entry: RosterEntry, tables: Mapping[str, Gathered]) -> Delivered:
    households = tables[entry.household_table] if entry.household_table is not None else None
    persons = tables[entry.person_table]
    found = split_parts(job.engine, entry, job.roster, households, persons, job.unkept)
    if found.unplaced:
        place = Place(persons.sheets[0].file, persons.sheets[0].sheet, source=entry.person_table)
        params = {"count": found.unplaced}
        job.findings.append(Finding("L006", Severity.ERROR, Scope.FILE, place, params, count=found.unplaced))
    return found


def _verified(job: Job, tables: Mapping[str, Gathered]) -> Verified:
    """The verified values that hold on the as-of date."""
    spec = job.roster.correction
    if spec is None:
        return Verified()
    return read_corrections(tables[spec.table], job.roster, job.schemas, job.reading, job.as_of, job.findings)


def _registers(
    job: Job, parts: Mapping[str, Delivered], verified: Verified
) -> tuple[list[Register], Enrolment]:
    """Every entry in its order, and who is enrolled by it."""
    setting = Setting(job.engine, job.roster, job.reading, verified, set())
    enrolment = Enrolment(job.engine, job.roster, job.reading)
    registers: list[Register] = []
    for entry in job.roster.entries:
        persons, corrected = correct_persons(setting, entry, parts[entry.name].persons)
        mask = None if entry.condition is None else np.asarray(job.masks(entry, persons.rows), dtype=np.bool_)
        register = build_register(
            setting, entry, parts[entry.name], persons, mask, _apart(enrolment, entry, persons)
        )
        registers.append(replace(register, corrected=register.corrected + corrected))
        enrolment.add(register, parts[entry.name].seen)
    return registers, enrolment


def _apart(enrolment: Enrolment, entry: RosterEntry, persons: Gathered) -> pa.Array:
    """The names of rows that bear the number of somebody enrolled before, but not his name."""
    none = pa.scalar(None, pa.string())
    if not entry.fresh_only:
        return pa.nulls(persons.rows.num_rows, pa.string())
    misnamed, folded = enrolment.misnamed(persons)
    return pc.if_else(pa.array(misnamed), folded, none)


def _household_tables(
    registers: Sequence[Register], tables: Mapping[str, Gathered]
) -> dict[str, LinkedTable]:
    """Household rows are in ``households``; as tables only their delivery and dates are asked."""
    result = {}
    for register in registers:
        name = register.entry.household_table
        if name is not None:
            table = tables[name]
            layout = [("hid", pa.int32()), ("pid", pa.int32()), ("doubt", pa.int8()), ("sheet", pa.int32())]
            head = pa.schema(layout).empty_table()
            result[name] = LinkedTable(name, register.delivered, head, table.present, newest=table.newest)
    return result
