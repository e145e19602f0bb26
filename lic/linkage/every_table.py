"""Every table's rows, joined to the members of the roster.

Knows which tables are the roster's own, and what else a table may say: a household's number, who
lives with whom. The tables do not need each other and are linked side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.ahead import Ahead
from lic.linkage.assemble import Assembled
from lic.linkage.event_table import Event
from lic.linkage.evidence import Evidence, Members, link_rows
from lic.linkage.gather import Gathered
from lic.linkage.job import Job
from lic.linkage.reading import Codes, column_of, known, take_or_null
from lic.linkage.register import Register
from lic.linkage.together import kept_together
from lic.model.finding import Finding

SheetKey: TypeAlias = tuple[str, str, str]  # table, file, sheet


def other_tables(job: Job) -> list[str]:
    """The tables that no entry of the roster is made of, in their order."""
    own = {name for entry in job.roster.entries for name in (entry.household_table, entry.person_table)}
    return sorted(set(job.schemas) - own)


def link_tables(
    job: Job,
    registers: Sequence[Register],
    found: Assembled,
    tables: Mapping[str, Gathered],
    ahead: Ahead,
) -> tuple[list[Evidence], dict[SheetKey, int], list[Event]]:
    """Every table's rows: the roster's own person tables, then all others, side by side.

    ``tables`` are there already; ``ahead`` has the rest of :func:`other_tables`.
    """
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

    def read(name: str) -> _Other:
        table, findings = (tables[name], []) if name in tables else ahead.take(name)
        return _other(job, members, registers, found, table, findings)

    for name, other in job.side_by_side(read, other_tables(job)):
        if name not in tables:
            job.progress(name)
        job.findings.extend(other.findings)
        evidence.append(other.evidence)
        linked.update(other.linked)
        together += other.together
    return evidence, linked, together


@dataclass(frozen=True, slots=True)
class _Other:
    """What comes of a table that is not of the roster."""

    evidence: Evidence
    linked: dict[SheetKey, int]
    together: list[Event]
    findings: list[Finding]


def _other(
    job: Job,
    members: Members,
    registers: Sequence[Register],
    found: Assembled,
    table: Gathered,
    findings: list[Finding],
) -> _Other:
    also = _about_households(job, found, table)
    item = link_rows(job.engine, members, table, job.reading, delivered=table.delivered, also=also)
    sheets = _by_sheet(table, item.linked)
    return _Other(item, sheets, _kept_together(job, registers, found, table), findings)


def _together(
    job: Job, registers: Sequence[Register], found: Assembled, tables: Mapping[str, Gathered]
) -> list[Event]:
    """What the roster's own tables say about who lives with whom."""
    names = [entry.person_table for entry in job.roster.entries if entry.household_table is None]
    return [event for name in names for event in _kept_together(job, registers, found, tables[name])]


def _kept_together(job: Job, registers: Sequence[Register], found: Assembled, table: Gathered) -> list[Event]:
    specs = [spec for spec in job.roster.together_elsewhere if spec.table == table.schema.name]
    return [
        event
        for spec in specs
        for event in kept_together(table, spec, registers, found, job.roster, job.reading, job.as_of)
    ]


def _about_households(job: Job, found: Assembled, table: Gathered) -> Codes | None:
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


def _by_sheet(table: Gathered, counts: Sequence[int] | Codes) -> dict[SheetKey, int]:
    sheets: dict[SheetKey, int] = {}
    for sheet, count in zip(table.sheets, counts, strict=True):
        key = (sheet.source, sheet.file, sheet.sheet)
        sheets[key] = sheets.get(key, 0) + int(count)
    return sheets
