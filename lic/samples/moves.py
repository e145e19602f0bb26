"""What the generator lets happen from one month to the next, written down beside the exports.

Two months of one household are compared as the generator made them, before any export: so
whoever compares the exports (or what was decided from them) can be held against it. Knows
fields and files; refuses to know what a move leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from lic.model.period import first_day, month_index
from lic.samples.clock import Clock
from lic.samples.households import Application, Household, Listing, Monitoring
from lic.samples.layout import Layout
from lic.samples.people import Person
from lic.samples.usual import full_years

PLANNED = "planned.yaml"
YEARS = "years"  # a birthday, or full years since an exit: nothing but the day moved
_MEMBERS, _STATED, _DIRT = "members", "stated", "dirt"
_SETTLED = "settlements"
_VISITS = "verifications"
_BLANK = re.compile(r"\{[^{}]*\}")
_PLACE = ("town", "village")
_RECORDS = ("houses", "deeds", "waters", "verifications")


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happened to a household or to one of its members (``person`` empty: not)."""

    household: str
    numbers: tuple[str, ...]
    what: str
    person: str = ""


def moves(before: Household, after: Household, clock: Clock) -> Iterator[Move]:
    """Everything that differs between two months of a household, and what falls due with the day."""
    numbers = tuple(dict.fromkeys((*_numbers(before), *_numbers(after))))

    def made(what: str, person: Person | None = None) -> Move:
        return Move(after.number, numbers, what, "" if person is None else person.name)

    lists: tuple[tuple[str, Any], ...] = (
        ("listings", _listing),
        ("applications", _application),
        ("monitorings", _monitoring),
    )
    for name, said in lists:
        if [said(item) for item in getattr(before, name)] != [said(item) for item in getattr(after, name)]:
            yield made(name)
    for name in (*_PLACE, *_RECORDS):
        if getattr(before, name) != getattr(after, name):
            yield made(name)
    if any(month_index(item.day) == clock.month for item in after.verifications):
        yield made(_VISITS)
    for what, person in _people(before, after, clock):
        yield made(what, person)


def _people(before: Household, after: Household, clock: Clock) -> Iterator[tuple[str, Person]]:
    """What happened to the members, who are known by their names."""
    there = {person.name: person for person in before.members}
    here = {person.name for person in after.members}
    for person in (*after.members, *(one for one in before.members if one.name not in here)):
        earlier = there.get(person.name)
        if earlier is None or person.name not in here:
            yield _MEMBERS, person
            continue
        for what in dict.fromkeys((*_differing(earlier, person), *_due(person, clock))):
            yield what, person


def _numbers(household: Household) -> Iterator[str]:
    for items in (household.listings, household.applications, household.monitorings):
        yield from (item.number for item in items)


def _listing(item: Listing) -> tuple[object, ...]:
    return item.register, item.number, item.who, item.apart


def _application(item: Application) -> tuple[object, ...]:
    return item.number, item.who, item.listed


def _monitoring(item: Monitoring) -> tuple[object, ...]:
    return item.number, item.who, item.category, item.resolved


def _differing(before: Person, after: Person) -> Iterator[str]:
    """The records that differ; whatever else the family states of him is one thing."""
    stated = False
    for item in fields(before):
        if getattr(before, item.name) == getattr(after, item.name):
            continue
        if isinstance(getattr(after, item.name), tuple) or item.name == _DIRT:
            yield item.name
        else:
            stated = True
    if stated:
        yield _STATED


def _due(person: Person, clock: Clock) -> Iterator[str]:
    """What the passing month alone brings: settlements that come in, years that are full."""
    month = clock.month
    if any(month_index(item.day) == month - 1 for item in person.settlements):
        yield _SETTLED
    begun = first_day(month)
    days = [person.birth, *(item.day for item in person.exits)]
    if any(
        _full(day, clock.end) != _full(day, begun) or (day.month, day.day) == (begun.month, begun.day)
        for day in days
    ):
        yield YEARS


def _full(day: date, end: date) -> int:
    return full_years(day, end)


def write_planned(path: Path, planned: Mapping[str, Sequence[Move]], files: Sequence[Layout]) -> None:
    """The moves of every month: household, its numbers on lists, person, what, and which exports tell."""
    lines = ["# what the generator let happen, month by month; files are those that tell of it"]
    for month, found in planned.items():
        lines.append(f'"{month}":')
        for move in found:
            numbers = ", ".join(f'"{number}"' for number in move.numbers)
            person = f", person: {move.person}" if move.person else ""
            names = ", ".join(f'"{name}"' for name in files_of(move.what, files))
            lines.append(
                f'  - {{household: "{move.household}", numbers: [{numbers}]{person}, '
                f"what: {move.what}, files: [{names}]}}"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def files_of(what: str, files: Sequence[Layout]) -> tuple[str, ...]:
    """The exports in which a move shows: their names, with * for what changes from month to month."""
    wanted = {f"{_MEMBERS}.{what}", what, f"{what}.{_MEMBERS}"}
    if what in (_MEMBERS, _STATED, _DIRT, *_PLACE):
        wanted = {
            f"{name}{tail}"
            for name in ("listings", "applications", "monitorings")
            for tail in ("", f".{_MEMBERS}")
        }
    return tuple(dict.fromkeys(_BLANK.sub("*", item.file) for item in files if item.rows in wanted))
