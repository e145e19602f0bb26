"""The stage: staged folders in, numbered persons and households with every table's rows out.

Knows the order of the steps. One table at a time is in memory beside the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.assemble import Assembled, assemble
from lic.linkage.corrections import Verified, fill_rosters, read_corrections
from lic.linkage.engine import Engine
from lic.linkage.enrol import Enrolment
from lic.linkage.event_table import Event
from lic.linkage.events import collect_events
from lic.linkage.evidence import Evidence, Members, link_rows
from lic.linkage.false_alarms import read_false_alarms
from lic.linkage.gather import Gathered, gather
from lic.linkage.parts import Delivered, split_parts
from lic.linkage.reading import Codes, Reading, column_of, known, take_or_null
from lic.linkage.register import Register, Setting, build_register, correct_persons
from lic.linkage.together import kept_together
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.linked import Linked, LinkedTable
from lic.model.roster import Roster, RosterEntry
from lic.model.staging import StagedFolder
from lic.model.table import TableSchema

Masks = Callable[[RosterEntry, pa.Table], npt.NDArray[np.bool_]]
SheetKey = tuple[str, str, str]  # table, file, sheet


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


@dataclass(frozen=True, slots=True)
class _Job:
    """What every step is given."""

    engine: Engine
    staged: Sequence[StagedFolder]
    schemas: Mapping[str, TableSchema]
    roster: Roster
    masks: Masks
    reading: Reading
    as_of: date
    unkept: frozenset[str]
    progress: Callable[[str], None]
    findings: list[Finding]

    def gather(self, name: str) -> Gathered:
        """The rows of one table."""
        self.progress(name)
        return gather(self.engine, self.schemas[name], self.staged, self.findings)


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
        job = _Job(engine, staged, schemas, roster, masks, reading, as_of, unkept, progress, findings)
        tables = {name: job.gather(name) for name in _roster_tables(roster)}
        parts = {entry.name: _split(job, entry, tables) for entry in roster.entries}
        verified = _verified(job, tables)
        registers, enrolled = _registers(job, parts, verified)
        found = assemble(registers, enrolled, roster)
        persons, households, filled = fill_rosters(engine, found.persons, found.households, verified, roster)
        found = replace(found, persons=persons, households=households)
        evidence, linked, together = _evidence(job, registers, found, tables)
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
        )
    counts = LinkCounts(dict(sorted(linked.items())), found.persons.num_rows, found.households.num_rows)
    return result, tuple(findings), counts


def _roster_tables(roster: Roster) -> tuple[str, ...]:
    """The tables that households are made of, and the verified values."""
    names = [name for entry in roster.entries for name in (entry.household_table, entry.person_table)]
    names.append(roster.correction.table if roster.correction is not None else None)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _split(job: _Job, entry: RosterEntry, tables: Mapping[str, Gathered]) -> Delivered:
    households = tables[entry.household_table] if entry.household_table is not None else None
    persons = tables[entry.person_table]
    found = split_parts(job.engine, entry, job.roster, households, persons, job.unkept)
    if found.unplaced:
        place = Place(persons.sheets[0].file, persons.sheets[0].sheet, source=entry.person_table)
        params = {"count": found.unplaced}
        job.findings.append(Finding("L006", Severity.ERROR, Scope.FILE, place, params, count=found.unplaced))
    return found


def _verified(job: _Job, tables: Mapping[str, Gathered]) -> Verified:
    """The verified values that hold on the as-of date."""
    spec = job.roster.correction
    if spec is None:
        return Verified()
    return read_corrections(tables[spec.table], job.roster, job.schemas, job.reading, job.as_of, job.findings)


def _registers(
    job: _Job, parts: Mapping[str, Delivered], verified: Verified
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


def _evidence(
    job: _Job,
    registers: Sequence[Register],
    found: Assembled,
    tables: Mapping[str, Gathered],
) -> tuple[list[Evidence], dict[SheetKey, int], list[Event]]:
    """Every table's rows: the roster's own person tables, then all others, one at a time."""
    members = Members.of(found.persons, job.engine, job.reading)
    numberless = ~known(members.number)
    evidence: list[Evidence] = []
    linked: dict[SheetKey, int] = {}
    together = _together(job, registers, found, tables)
    for index, register in enumerate(registers):
        mine = np.flatnonzero((found.register == index) & numberless)
        own = (register.source_of[found.member[mine]], mine)
        item = link_rows(
            job.engine,
            members,
            register.source,
            job.reading,
            delivered=register.delivered,
            own=own,
            extra=_joined_on(register),
        )
        evidence.append(item)
        linked.update(_by_sheet(register.source, item.linked))
        if register.houses.delivered_rows is not None:
            rows, household = register.houses.delivered_rows
            inside = (household >= 0) & (np.append(found.hid_of[index], -1)[household] >= 0)
            linked.update(_by_sheet(rows, np.bincount(rows.sheet_at()[inside], minlength=len(rows.sheets))))
    done = {name for entry in job.roster.entries for name in (entry.household_table, entry.person_table)}
    for name in sorted(set(job.schemas) - done):
        table = tables[name] if name in tables else job.gather(name)
        also = _about_households(job, found, table)
        item = link_rows(job.engine, members, table, job.reading, delivered=table.delivered, also=also)
        evidence.append(item)
        linked.update(_by_sheet(table, item.linked))
        together += _kept_together(job, registers, found, table)
    return evidence, linked, together


def _together(
    job: _Job, registers: Sequence[Register], found: Assembled, tables: Mapping[str, Gathered]
) -> list[Event]:
    """What the roster's own tables say about who lives with whom."""
    names = [entry.person_table for entry in job.roster.entries if entry.household_table is None]
    return [event for name in names for event in _kept_together(job, registers, found, tables[name])]


def _kept_together(
    job: _Job, registers: Sequence[Register], found: Assembled, table: Gathered
) -> list[Event]:
    specs = [spec for spec in job.roster.together_elsewhere if spec.table == table.schema.name]
    return [
        event
        for spec in specs
        for event in kept_together(table, spec, registers, found, job.roster, job.reading, job.as_of)
    ]


def _about_households(job: _Job, found: Assembled, table: Gathered) -> Codes | None:
    """Verified rows name a household by its printed number."""
    spec = job.roster.correction
    if spec is None or table.schema.name != spec.table:
        return None
    numbers = column_of(found.households, "household_no")
    at = job.engine.lookup(
        [table.text(spec.household_column)], [numbers], many="m:1", join="verified row to household"
    )
    return np.flatnonzero(at >= 0)


def _joined_on(register: Register) -> dict[str, pa.Array]:
    """The household's columns that its part also knows (m:1, by position)."""
    houses = register.houses
    if houses.rows is None:
        return {}
    fill = houses.rows.schema.part_fill
    names = sorted({name for words in fill.values() for name in words} - {register.entry.category_column})
    columns = {}
    row = houses.row_of[register.source_household]
    parts = [houses.parts[household] for household in register.source_household.tolist()]
    for name in names:
        by_part = pa.array([fill.get(part, {}).get(name) for part in parts], pa.string())
        own = take_or_null(houses.rows.text(name), row)
        columns[name] = pc.if_else(pa.array(row < 0), by_part, own)
    if register.entry.category_column is not None:
        categories = pa.array(houses.categories, pa.string())
        columns[register.entry.category_column] = categories.take(pa.array(register.source_household))
    return columns


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


def _by_sheet(table: Gathered, counts: Sequence[int] | Codes) -> dict[SheetKey, int]:
    sheets: dict[SheetKey, int] = {}
    for sheet, count in zip(table.sheets, counts, strict=True):
        key = (sheet.source, sheet.file, sheet.sheet)
        sheets[key] = sheets.get(key, 0) + int(count)
    return sheets
