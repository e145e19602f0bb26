"""The stage: staged folders in, numbered persons and households with every table's rows out.

Knows the order of the steps. One table at a time is in memory beside the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.linkage.assemble import Assembled, assemble
from lic.linkage.corrections import read_corrections
from lic.linkage.engine import Engine
from lic.linkage.enrol import Enrolled, enrol
from lic.linkage.events import collect_events
from lic.linkage.evidence import Evidence, Members, link_rows
from lic.linkage.false_alarms import read_false_alarms
from lic.linkage.gather import Gathered, gather
from lic.linkage.parts import Delivered, split_parts
from lic.linkage.reading import Codes, Mask, Reading, take_or_null
from lic.linkage.register import Register, Setting, build_register, correct_persons
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
        step = _Step(engine, staged, schemas, roster, masks, reading, as_of, unkept, progress, findings)
        tables = step.roster_tables()
        parts = {entry.name: step.split(entry, tables) for entry in roster.entries}
        registers = step.registers(parts, tables)
        enrolled = enrol(
            engine, registers, {name: found.seen for name, found in parts.items()}, roster, reading
        )
        found = assemble(registers, enrolled, roster)
        members = Members.of(found.persons, reading)
        linked: dict[SheetKey, int] = {}
        evidence = step.evidence(members, registers, enrolled, found, tables, linked)
        events = collect_events(registers, enrolled, found, list(evidence.values()), roster, reading)
        result = Linked(
            found.persons,
            found.households,
            found.person_present,
            found.household_present,
            {**{name: item.table for name, item in evidence.items()}, **step.household_tables(registers, tables)},
            events,
            frozenset().union(*(found.missing for found in parts.values())),
            sum(register.corrected for register in registers),
            read_false_alarms(engine, tables, roster, found, as_of),
        )
    counts = LinkCounts(dict(sorted(linked.items())), found.persons.num_rows, found.households.num_rows)
    return result, tuple(findings), counts
