"""The frame of an audit sample, found in a run alone (POLICY §8, "Frame").

Knows the run's tables and the pack's words for the ledger. Counts households, names nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lic.errors import InputError
from lic.model.audit import AuditRules, Frame, FrameHousehold, FrameKind, FrameOrigin
from lic.model.linked import Linked
from lic.model.period import Period
from lic.model.result import Action
from lic.policy.pack import Pack
from lic.runs.read import Run, read_evidence, read_ledger

RAW = "_raw"


@dataclass(frozen=True, slots=True)
class AuditRun:
    """A run with the rules that it was decided by."""

    run: Run
    pack: Pack
    rules: AuditRules

    @property
    def period(self) -> Period:
        """The month of the run."""
        found = Period.parse(self.run.manifest.period)
        if found is None:  # a manifest never says anything else
            raise ValueError(self.run.manifest.period)
        return found


def frame_of(mine: AuditRun, kind: FrameKind, previous: Run | None) -> Frame:
    """The households that may be drawn. Raises InputError W600 when nothing says who is new."""
    known = household_rows(mine.run)
    if kind is FrameKind.PROPOSED:
        chosen = [row for row in known.values() if row["action"] == Action.ENTER.value]
        return Frame(kind, FrameOrigin.PROPOSALS, tuple(sorted(_household(row) for row in chosen)))
    ledger = read_ledger(mine.run)
    if ledger is not None:
        return _from_ledger(mine, ledger, known)
    if previous is None:
        raise InputError("W600", table=mine.rules.ledger, period=mine.period)
    return _from_previous(mine, previous, known)


def household_rows(run: Run) -> dict[str, dict[str, Any]]:
    """What a frame must know of each household of the run, by number."""
    columns = ["household_no", "town", "village", "category", "members", "action", "registered_category"]
    rows: list[dict[str, Any]] = run.result.households.select(columns).to_pylist()
    return {row["household_no"]: row for row in rows}


def _household(row: Mapping[str, Any], category: str | None = None) -> FrameHousehold:
    return FrameHousehold(
        row["household_no"],
        row["town"] or "",
        row["village"] or "",
        (row["category"] if category is None else category) or "",
        row["members"],
    )


# Newly confirmed by the ledger of applications.


@dataclass(frozen=True, slots=True)
class _Confirmed:
    number: str | None
    category: str
    day: date | None
    certain: bool
    town: str
    village: str


def _from_ledger(mine: AuditRun, ledger: pa.Table, known: Mapping[str, Mapping[str, Any]]) -> Frame:
    """Confirmed with a date in the period; what may be so comes on top, never silently away."""
    heads = _heads(mine.run)
    sure: dict[str, FrameHousehold] = {}
    doubtful: set[str] = set()
    outside: set[str] = set()
    nameless = 0
    for row in sorted(_confirmed(mine, ledger, known, heads), key=lambda item: item.day or date.min):
        if row.number is None:
            nameless += 1
            continue
        if not row.certain:
            doubtful.add(row.number)
        elif row.number in known:
            sure[row.number] = _household(known[row.number], row.category)
        else:
            outside.add(row.number)
            sure[row.number] = FrameHousehold(row.number, row.town, row.village, row.category, 1)
    return Frame(
        FrameKind.CONFIRMED,
        FrameOrigin.LEDGER,
        tuple(sorted(sure.values())),
        tuple(sorted(doubtful - set(sure))),
        tuple(sorted(outside)),
        nameless,
    )


def _heads(run: Run) -> dict[str, str]:
    """The household of every member with a number."""
    persons = run.result.persons.select(["id_number", "household_no"])
    pairs = persons.filter(pc.is_valid(persons.column("id_number"))).to_pylist()
    return {row["id_number"]: row["household_no"] for row in pairs}


def _confirmed(
    mine: AuditRun, ledger: pa.Table, known: Mapping[str, Any], heads: Mapping[str, str]
) -> Iterator[_Confirmed]:
    rules, period = mine.rules, mine.period
    prefix = next(entry.prefix for entry in mine.pack.roster.entries if entry.name == rules.entry)
    for row in ledger.to_pylist():
        result, day = row[rules.result], row[rules.day]
        refused = {} if row[RAW] is None else json.loads(row[RAW])
        agreed = result in rules.confirmed
        inside = day is not None and period.first_day <= day <= period.last_day
        maybe_agreed = agreed or (result is None and (inside or rules.result in refused))
        maybe_inside = inside or (day is None and (agreed or rules.day in refused))
        if not (maybe_agreed and maybe_inside):
            continue
        key, head = row[rules.key], row[rules.number]
        number = None if key is None else prefix + key
        if (number is None or number not in known) and head in heads:
            number = heads[head]  # confirmed and, by now, on a register
        yield _Confirmed(
            number,
            row[rules.category] or "",
            day,
            agreed and inside,
            row.get(mine.pack.roster.town_column) or "",
            row.get(mine.pack.roster.village_column) or "",
        )


# Newly on a register, compared with the run before.


def _from_previous(mine: AuditRun, previous: Run, known: Mapping[str, Mapping[str, Any]]) -> Frame:
    """On a register now, and no member on any register then."""
    now, then = read_evidence(mine.run), read_evidence(previous)
    before = _registered(mine, then)
    numbered, nameless = _members(now)
    was_there = set(_register_households(mine, then))
    fresh = []
    for number in _register_households(mine, now):
        members = numbered.get(number, set())
        stays = bool(members & before) if members or number not in nameless else number in was_there
        if not stays and number in known:
            fresh.append(_household(known[number], known[number]["registered_category"] or ""))
    return Frame(FrameKind.CONFIRMED, FrameOrigin.PREVIOUS_RUN, tuple(sorted(fresh)))


def _register_households(mine: AuditRun, linked: Linked) -> list[str]:
    table = linked.households
    mask = pc.equal(table.column("roster"), mine.rules.register)
    numbers: list[str] = table.filter(mask).column("household_no").to_pylist()
    return sorted(numbers)


def _registered(mine: AuditRun, linked: Linked) -> set[str]:
    """Every ID number on a register, also of persons who are counted in another household."""
    entry = next(item for item in mine.pack.roster.entries if item.name == mine.rules.register)
    persons = linked.persons
    own = persons.filter(pc.equal(persons.column("roster"), entry.name)).column("id_number")
    found = set(own.to_pylist())
    rows = linked.tables.get(entry.person_table)
    if rows is not None and rows.rows.num_rows:
        found |= set(rows.rows.column(mine.pack.roster.number_column).to_pylist())
    return found - {None}


def _members(linked: Linked) -> tuple[dict[str, set[str]], set[str]]:
    """Numbers of the members of every register household; households with nobody numbered."""
    numbers = linked.households.column("household_no").to_pylist()
    found: dict[str, set[str]] = {}
    everybody: set[str] = set()
    columns = linked.persons.select(["hid", "id_number"]).to_pylist()
    for row in columns:
        everybody.add(numbers[row["hid"]])
        if row["id_number"] is not None:
            found.setdefault(numbers[row["hid"]], set()).add(row["id_number"])
    return found, everybody - set(found)
