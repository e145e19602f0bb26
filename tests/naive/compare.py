"""Where a run of lic says something else than the naive implementation."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor, isinf
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from tests.naive.headings import TABLES
from tests.naive.interval import End, Interval
from tests.naive.model import HouseholdResult, PersonResult, Result
from tests.naive.values import fold_name

Record = dict[str, Any]
PERSON_COLUMNS = ("counted", "category", "basis", "status", "possible", "registered_category", "action")
HOUSEHOLD_COLUMNS = ("counted_members", "category", "status", "possible", "registered_category", "action")


class Difference(NamedTuple):
    """One value that differs; `person` is masked and empty for a household."""

    household: str
    person: str
    column: str
    naive: str
    lic: str

    def __str__(self) -> str:
        who = f"{self.household} {self.person}".strip()
        return f"{who}: {self.column}: naive {self.naive}, lic {self.lic}"


def mask(number: str | None) -> str:
    """The first six and the last four."""
    return "" if number is None else f"{number[:6]}{'*' * 8}{number[-4:]}"


def compare_run(result: Result, run: Path) -> list[Difference]:
    """All differences between the naive result and a run folder, sorted."""
    households: list[Record] = pq.read_table(run / "households.parquet").to_pylist()
    persons: list[Record] = pq.read_table(run / "persons.parquet").to_pylist()
    members: dict[str, list[Record]] = {}
    for person in persons:
        members.setdefault(person["household_no"], []).append(person)
    theirs = {record["household_no"]: record for record in households}
    found: list[Difference] = []
    open_ours: list[HouseholdResult] = []
    for ours in result.households:
        if ours.household_no is not None and ours.household_no in theirs:
            record = theirs.pop(ours.household_no)
            found += _household(ours, record, members.get(ours.household_no, []))
        else:
            open_ours.append(ours)
    by_people: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for number in sorted(theirs):
        by_people.setdefault(_people(members.get(number, [])), []).append(number)
    for ours in open_ours:
        people = tuple(sorted((one.id_number or "", fold_name(one.name)) for one in ours.members))
        same = by_people[people].pop(0) if by_people.get(people) else None
        label = ours.household_no or "(chosen by lic)"
        if ours.household_no is not None or same is None:
            who = ", ".join(f"{mask(one.id_number)} {one.name}".strip() for one in ours.members)
            found.append(Difference(label, who, "household", "there", "not there"))
        else:
            found += _household(ours, theirs.pop(same), members.get(same, []))
    for number in theirs:
        who = ", ".join(f"{mask(one['id_number'])} {one['name']}" for one in members.get(number, []))
        found.append(Difference(number, who, "household", "not there", "there"))
    return sorted(found)


def _people(members: list[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((one["id_number"] or "", fold_name(one["name"] or "")) for one in members))


def _household(ours: HouseholdResult, theirs: Record, members: list[Record]) -> list[Difference]:
    number = str(theirs["household_no"])
    found = [
        Difference(number, "", column, _shown(getattr(ours, column)), _shown(theirs[column]))
        for column in HOUSEHOLD_COLUMNS
        if _shown(getattr(ours, column)) != _shown(theirs[column])
    ]
    if len(ours.members) != theirs["members"]:
        found.append(Difference(number, "", "members", str(len(ours.members)), str(theirs["members"])))
    found += _lists(number, "", ours, theirs)
    found += _facts(number, "", ours.facts, theirs)
    return found + _members(number, ours.members, members)


def _members(number: str, ours: list[PersonResult], theirs: list[Record]) -> list[Difference]:
    """Members are matched by number, those without by name in sorted order."""
    found: list[Difference] = []
    left = sorted(theirs, key=lambda one: (one["id_number"] or "", one["name"] or "", str(one["status"])))
    for person in sorted(ours, key=lambda one: (one.id_number or "", one.name, one.status)):
        who = mask(person.id_number) or person.name
        same = [one for one in left if one["id_number"] == person.id_number]
        if person.id_number is None:
            same = [one for one in same if fold_name(one["name"] or "") == fold_name(person.name)]
        if not same:
            found.append(Difference(number, who, "person", "there", "not there"))
            continue
        record = same[0]
        left.remove(record)
        found += [
            Difference(number, who, column, _shown(getattr(person, column)), _shown(record[column]))
            for column in PERSON_COLUMNS
            if _shown(getattr(person, column)) != _shown(record[column])
        ]
        found += _lists(number, who, person, record)
        found += _facts(number, who, {k: v for k, v in person.facts.items() if k in record}, record)
    return found + [
        Difference(number, mask(one["id_number"]) or str(one["name"]), "person", "not there", "there")
        for one in left
    ]


def _lists(number: str, who: str, ours: PersonResult | HouseholdResult, theirs: Record) -> list[Difference]:
    """Tags as sets; of `missing` whether there is anything to fetch, and nothing that is there."""
    found = []
    if sorted(ours.tags) != sorted(theirs["tags"] or []):
        found.append(Difference(number, who, "tags", _shown(sorted(ours.tags)), _shown(theirs["tags"])))
    if theirs["status"] == "待核实" and not theirs["missing"]:
        found.append(Difference(number, who, "missing", "something", "nothing"))
    if theirs["status"] != "待核实" and theirs["missing"]:
        found.append(Difference(number, who, "missing", "nothing", _shown(theirs["missing"])))
    names = theirs["missing"] or []
    wrong = [name for name in names if not _may_be_missing(name, ours.missing)]
    if wrong or names != sorted(set(names)):
        found.append(Difference(number, who, "missing", "other names", _shown(wrong or names)))
    return found


def _may_be_missing(name: str, absent: list[str]) -> bool:
    """`表.列` of POLICY §0; a whole table or a parameter only where it is not there.

    Of 医保结算 a month without rows is missing as a whole, too.
    """
    table, _, column = name.partition(".")
    if column:
        return table in TABLES and column in TABLES[table]
    return name in absent or name == "医保结算"


def _facts(number: str, who: str, facts: dict[str, Interval], theirs: Record) -> list[Difference]:
    """DESIGN §5: a fact that is not exactly known is null, with its bounds beside it where it is bounded."""
    found = []
    for name, fact in facts.items():
        if name not in theirs:
            found.append(Difference(number, who, name, "a column", "no such column"))
            continue
        lower, upper = theirs.get(f"{name}_下限"), theirs.get(f"{name}_上限")
        if theirs[name] is not None:
            lower = upper = theirs[name]
        ours = (_rounded(fact.lo), _rounded(fact.hi))
        said = (_exact(lower), _exact(upper))
        if ours != said or (fact.known and theirs[name] is None):
            found.append(Difference(number, who, name, _span(ours), _span(said)))
    return found


def _rounded(value: End) -> Fraction | None:
    """To the fen, half up; None where there is no bound."""
    return None if isinf(value) else Fraction(floor(Fraction(value) * 100 + Fraction(1, 2)), 100)


def _exact(value: Decimal | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _span(ends: tuple[Fraction | None, Fraction | None]) -> str:
    if ends[0] == ends[1] and ends[0] is not None:
        return f"{float(ends[0]):.2f}"
    return " to ".join("no bound" if end is None else f"{float(end):.2f}" for end in ends)


def _shown(value: object) -> str:
    """Lists as one text, nothing as a dash."""
    if value is None or value == []:
        return "-"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(str(one) for one in value)
    return str(value)
