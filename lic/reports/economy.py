"""The economic report of a household: what was declared, what the departments' tables hold, what differs.

Knows the linked rows of a run and its result, and takes from each table only the columns that the
pack names. Refuses to judge: differences are the findings of the run. Households come in pieces, so
that a town of any size takes the memory of one piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.linked import Doubt, Linked
from lic.model.manifest import Manifest
from lic.model.papers import EconomyRules
from lic.model.result import Result
from lic.model.table import TableSchema
from lic.reports import labels
from lic.reports import labels_economy as words
from lic.reports.book import town_order
from lic.reports.economy_text import (
    Row,
    consent_text,
    declared,
    declared_value,
    evidence,
    fact,
    facts,
    masked,
    named,
)
from lic.reports.household_rows import (
    Positions,
    discrepancies_of,
    first_rows,
    grouped,
    picked,
    spans,
    table_dates,
)

_PIECE = 400  # households that are in memory at a time
_ROWS = 6  # rows of one person in one table that are written out
_DIFFERENCES = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HouseholdEconomy:
    """One household's report, as texts in order."""

    number: str
    facts: tuple[tuple[str, str], ...]
    declared: Grid
    declared_household: str
    found: Grid
    nothing_found: str
    not_delivered: str
    after: Grid
    after_household: str
    differences: Grid
    more_differences: str


@dataclass(frozen=True, slots=True)
class EconomySource:
    """A run as far as the reports need it. ``entries``: the roster entries whose households declare."""

    manifest: Manifest
    result: Result
    linked: Linked
    schemas: Mapping[str, TableSchema]
    rules: EconomyRules
    entries: frozenset[str]
    declared_dates: Mapping[str, date | None]


def economy_towns(source: EconomySource) -> dict[str | None, Positions]:
    """The households that get a report, by town in the county's order, each by village and number."""
    households = source.linked.households
    judged = pc.is_in(
        households.column("household_no"), source.result.households.column("household_no").combine_chunks()
    )
    declaring = pc.is_in(households.column("roster"), pa.array(sorted(source.entries), pa.string()))
    keys = pa.table(
        {
            "town": households.column("town"),
            "village": households.column("village"),
            "number": households.column("household_no"),
            "position": pa.array(range(households.num_rows), pa.int64()),
        }
    ).filter(pc.and_(judged, declaring))
    keys = keys.take(pc.sort_indices(keys, sort_keys=[("village", "ascending"), ("number", "ascending")]))
    found: dict[str | None, Positions] = {}
    for town in (*town_order(source.manifest, keys.column("town")), None):
        column = keys.column("town")
        mine = keys.filter(column.is_null() if town is None else pc.fill_null(pc.equal(column, town), False))
        if mine.num_rows:
            found[town] = mine.column("position").to_numpy()
    return found


class EconomyReports:
    """Builds the reports of households by their positions; indexes are made once."""

    def __init__(self, source: EconomySource) -> None:
        """Index the run."""
        self._source = source
        self._judged = {
            number: position
            for position, number in enumerate(source.result.households.column("household_no").to_pylist())
        }
        self._members = spans(source.result.persons.column("household_no").to_pylist())
        self._findings = discrepancies_of(source.result.findings)
        self._dates = table_dates(source.result.inputs)
        self._delivered = [name for name in source.rules.tables if self._came(name)]
        self._types = {
            name: column.type for schema in source.schemas.values() for name, column in schema.columns.items()
        }
        self._absent = words.JOIN.join(name for name in source.rules.tables if not self._came(name))

    def _came(self, table: str) -> bool:
        linked = self._source.linked.tables.get(table)
        return linked is not None and linked.delivered

    def reports(self, positions: Positions) -> Iterator[HouseholdEconomy]:
        """The reports in the order of ``positions``."""
        for start in range(0, len(positions), _PIECE):
            yield from self._piece(positions[start : start + _PIECE])

    def _piece(self, positions: Positions) -> Iterator[HouseholdEconomy]:
        source, rules = self._source, self._source.rules
        linked = source.linked
        households = picked(linked.households, positions, ("household_no", "roster", "town", "village",
                           "head_name", *rules.declared_household))  # fmt: skip
        persons = grouped(linked.persons, positions, ("name", "id_number", "relation",
                                    *rules.declared_person))  # fmt: skip
        starts = first_rows(linked.persons.column("hid"), positions)
        tables = {
            name: grouped(linked.tables[name].rows, positions, ("pid", "doubt", *rules.tables[name]))
            for name in self._delivered
        }
        consent = self._consent(positions)
        for index, household in enumerate(households):
            number = household["household_no"]
            position = self._judged[number]
            judged = source.result.households.slice(position, 1).to_pylist()[0]
            people = source.result.persons.slice(*self._members.get(number, (0, 0))).to_pylist()
            names = {starts[index] + offset: row["name"] for offset, row in enumerate(persons[index])}
            found, nothing = self._found({name: rows[index] for name, rows in tables.items()}, names)
            differences = self._differences(number)
            yield HouseholdEconomy(
                number=words.NUMBER.format(period=source.manifest.period, household_no=number),
                facts=self._head(household, judged, consent[index]),
                declared=self._declared(persons[index], people),
                declared_household=declared(rules.declared_household, household, self._types),
                found=found,
                nothing_found=words.NOTHING_FOUND.format(tables=words.JOIN.join(nothing)) if nothing else "",
                not_delivered=words.NOT_DELIVERED.format(tables=self._absent) if self._absent else "",
                after=_after(people, rules.found_person),
                after_household=facts(rules.found_household, judged),
                differences=Grid(_DIFFERENCE_HEADINGS, differences[:_DIFFERENCES]),
                more_differences=words.MORE_DIFFERENCES.format(count=len(differences) - _DIFFERENCES)
                if len(differences) > _DIFFERENCES
                else "",
            )

    def _consent(self, positions: Positions) -> list[tuple[date, date | None] | None]:
        """The newest authorisation of each household, where the ledger has one."""
        rule = self._source.rules.authorisation
        if rule is None or not self._came(rule.table):
            return [None] * len(positions)
        names = ("doubt", rule.day, *(() if rule.until is None else (rule.until,)))
        found: list[tuple[date, date | None] | None] = []
        for rows in grouped(self._source.linked.tables[rule.table].rows, positions, names):
            usable = [
                (row[rule.day], None if rule.until is None else row[rule.until])
                for row in rows
                if row["doubt"] == Doubt.NONE and row[rule.day] is not None
            ]
            found.append(max(usable, key=lambda item: (item[0], item[1] or date.min)) if usable else None)
        return found

    def _head(
        self, household: Row, judged: Row, consent: tuple[date, date | None] | None
    ) -> tuple[tuple[str, str], ...]:
        manifest = self._source.manifest
        place = "".join(household[key] or "" for key in ("town", "village"))
        day = self._source.declared_dates.get(household["household_no"])
        return (
            (words.HEAD, household["head_name"] or words.NONE),
            (words.HOUSEHOLD_NO, household["household_no"]),
            (words.PLACE, place or labels.NO_TOWN),
            (
                words.CATEGORY,
                judged["registered_category"] or words.APPLYING.format(entry=household["roster"]),
            ),
            (words.AS_OF, manifest.as_of),
            (words.DECLARED_DATE, words.UNKNOWN_DATE if day is None else day.isoformat()),
            (words.AUTHORISED, consent_text(consent, date.fromisoformat(manifest.as_of))),
        )

    def _declared(self, persons: Sequence[Row], people: Sequence[Row]) -> Grid:
        """Members and what they declared; a column that none of them has is left out."""
        columns = [
            name
            for name in self._source.rules.declared_person
            if any(row.get(name) is not None for row in persons)
        ]
        counted = {(row["id_number"], row["name"]): row["counted"] for row in people}
        rows = tuple(
            (
                row["name"] or words.NONE,
                row["relation"] or "",
                masked(row["id_number"]),
                _COUNTED[counted.get((row["id_number"], row["name"]))],
                *(declared_value(name, row, self._types) for name in columns),
            )
            for row in persons
        )
        return Grid((words.NAME, words.RELATION, words.ID_NUMBER, words.COUNTED, *columns), rows)

    def _found(
        self, tables: Mapping[str, Sequence[Row]], names: Mapping[int, str | None]
    ) -> tuple[Grid, list[str]]:
        """What each table has of the members; the tables that have nothing."""
        lines: list[tuple[str, ...]] = []
        nothing = []
        for table, rows in tables.items():
            if not rows:
                nothing.append(table)
                continue
            schema = self._source.schemas[table]
            text = self._records(table, rows, names)
            day = self._dates.get(table)
            lines.append((schema.department, table, words.UNKNOWN_DATE if day is None else day, text))
        return Grid((words.DEPARTMENT, words.TABLE, words.DATA_DATE, words.FOUND), tuple(lines)), nothing

    def _records(self, table: str, rows: Sequence[Row], names: Mapping[int, str | None]) -> str:
        columns, types = self._source.rules.tables[table], self._source.schemas[table].columns
        people: dict[int, list[Row]] = {}
        for row in rows:
            if row["doubt"] == Doubt.NONE:
                people.setdefault(row["pid"], []).append(row)
        said = []
        for person, own in people.items():
            parts = [words.ROW_COUNT.format(count=len(own))]
            if columns:
                parts = [
                    words.COMMA.join(
                        text for name in columns if (text := named(types[name].type, name, row[name]))
                    )
                    for row in own[:_ROWS]
                ]
                if len(own) > _ROWS:
                    parts.append(words.MORE_ROWS.format(count=len(own) - _ROWS))
            name = names.get(person) or words.NONE
            said.append(words.OF_PERSON.format(name=name, rows=words.SEPARATOR.join(filter(None, parts))))
        doubtful = sum(row["doubt"] != Doubt.NONE for row in rows)
        if doubtful:
            said.append(words.DOUBTFUL.format(count=doubtful))
        return "\n".join(said)

    def _differences(self, number: str) -> tuple[tuple[str, ...], ...]:
        indices = self._findings.get(number)
        if indices is None:
            return ()
        rows = self._source.result.findings.take(pa.array(indices)).to_pylist()
        return tuple(
            (
                row["code"],
                words.OF_PERSON.format(name=row["name"], rows=row["message"])
                if row["name"]
                else row["message"],
                row["expected"] or "",
                row["actual"] or "",
                evidence(row),
                row["suggestion"] or "",
            )
            for row in rows
        )


_DIFFERENCE_HEADINGS = (
    words.CODE,
    words.DOUBT,
    words.DECLARED,
    words.VERIFIED,
    words.EVIDENCE,
    words.SUGGESTION,
)
_COUNTED = {True: words.COUNTED_YES, False: words.COUNTED_NO, None: words.COUNTED_UNKNOWN}


def _after(people: Sequence[Row], names: Sequence[str]) -> Grid:
    """What comes out for each member after the check."""
    rows = tuple((row["name"] or words.NONE, *(fact(name, row) for name in names)) for row in people)
    return Grid((words.NAME, *names), rows)
