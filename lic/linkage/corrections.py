"""Verified values (核实结果) in place of declared ones.

Knows dates, verdicts and which column a correction names; how a value is written is told by
:class:`~lic.linkage.reading.Reading`. The latest accepted value up to the as-of date holds.
Keys are never corrected: that would move a person, not a value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.consolidate import mark_raw
from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.reading import Mask, Reading, column_of
from lic.model.audit import AUDIT_ITEM
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.linked import VERIFIED
from lic.model.roster import CorrectionTable, Roster
from lic.model.table import Column, TableSchema

_CHECK_CODE = re.compile(r"K[0-9]{1,3}")  # 事项 may also be a check, which is silenced, not replaced


def _on_record(item: str) -> bool:
    """A check, which may be silenced, or an error of an audit: neither replaces a value."""
    return _CHECK_CODE.fullmatch(item) is not None or item.startswith(AUDIT_ITEM)


Values = Mapping[str, Mapping[str, object | None]]  # item -> key -> value


@dataclass(frozen=True, slots=True)
class Verified:
    """Values by item and key, with the place of each row; None with its texts in ``disputed``: unknown."""

    personal: Values = field(default_factory=dict)
    household: Values = field(default_factory=dict)
    disputed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    item: str
    value: str
    day: date
    keys: tuple[str | None, str | None]  # the person's number, the household's
    place: Place


def read_corrections(
    table: Gathered,
    roster: Roster,
    schemas: Mapping[str, TableSchema],
    reading: Reading,
    as_of: date,
    findings: list[Finding],
) -> Verified:
    """The values that hold on ``as_of``, and what was wrong with the rest."""
    spec = roster.correction
    if spec is None or not table.rows.num_rows:
        return Verified()
    columns = _correctable(roster, schemas)
    levels: tuple[dict[tuple[str, str], list[_Row]], ...] = ({}, {})
    for row in _accepted(table, spec, as_of, findings):
        targets = [level for level, key in enumerate(row.keys) if key and row.item in columns[level]]
        if not targets and not _on_record(row.item):
            findings.append(_warning("L005", row.place, item=row.item))
        for level in targets:
            levels[level].setdefault((row.item, row.keys[level] or ""), []).append(row)
    disputed: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], Place] = {}
    values = [
        _latest(rows, columns[level], reading, findings, disputed, places)
        for level, rows in enumerate(levels)
    ]
    return Verified(values[0], values[1], disputed, places)


def _correctable(
    roster: Roster, schemas: Mapping[str, TableSchema]
) -> tuple[dict[str, Column], dict[str, Column]]:
    """Columns of the person and household tables of those who applied or are registered."""
    personal: dict[str, Column] = {}
    household: dict[str, Column] = {}
    structural = {roster.number_column, roster.head_number_column}
    for entry in roster.entries:
        if entry.household_table is None:
            continue
        structural.add(entry.key_column)
        for name, column in schemas[entry.person_table].columns.items():
            personal.setdefault(name, column)
        for name, column in schemas[entry.household_table].columns.items():
            household.setdefault(name, column)
    for columns in (personal, household):
        for name in structural & set(columns):
            del columns[name]
    return personal, household


def _accepted(table: Gathered, spec: CorrectionTable, as_of: date, findings: list[Finding]) -> list[_Row]:
    """Accepted rows with a value and a date up to ``as_of``."""
    verdict = table.text(spec.verdict_column)
    rows = table.rows.filter(pc.is_in(verdict, value_set=pa.array(spec.accepted, pa.string())))
    accepted = []
    for row in rows.to_pylist():
        item = row[spec.item_column] or ""
        day, place = row[spec.date_column], _place(table, row, spec.value_column)
        if day is None:
            findings.append(_warning("L007", place, item=item))
        elif day > as_of:
            continue
        elif not row[spec.value_column]:
            if not _on_record(item):
                findings.append(_warning("L003", place, item=item))
        else:
            keys = (row[spec.number_column], row[spec.household_column])
            accepted.append(_Row(item, row[spec.value_column], day, keys, place))
    return accepted


def _latest(
    rows: Mapping[tuple[str, str], list[_Row]],
    columns: Mapping[str, Column],
    reading: Reading,
    findings: list[Finding],
    disputed: dict[tuple[str, str], str],
    places: dict[tuple[str, str], Place],
) -> dict[str, dict[str, object | None]]:
    """The value of each item and key on its latest day; None when that day says two things."""
    result: dict[str, dict[str, object | None]] = {}
    for (item, key), found in sorted(rows.items(), key=lambda pair: pair[0]):
        last = max(row.day for row in found)
        newest = [row for row in found if row.day == last]
        values = {repr(value): value for value in (reading.parse(columns[item], row.value) for row in newest)}
        value = next(iter(values.values())) if len(values) == 1 else None
        if value is None:
            disputed[item, key] = " / ".join(sorted({row.value for row in newest}))
            code = "L002" if len(values) > 1 else "L004"
            findings.append(_unknown(code, newest[0], len(values)))
        result.setdefault(item, {})[key] = value
        places[item, key] = newest[0].place
    return result


def _unknown(code: str, row: _Row, count: int) -> Finding:
    params = {"item": row.item, "count": count} if code == "L002" else {"item": row.item, "value": row.value}
    return Finding(code, Severity.ERROR, Scope.CELL, row.place, params)


def _warning(code: str, place: Place, **params: object) -> Finding:
    return Finding(code, Severity.WARNING, Scope.ROW, place, params)


def _place(table: Gathered, row: Mapping[str, object], column: str) -> Place:
    sheet = table.sheets[int(str(row["sheet"]))]
    return Place(sheet.file, sheet.sheet, int(str(row["_row"])), column, source=table.schema.name)


@dataclass(frozen=True, slots=True)
class _Target:
    """Rows to correct: what each is known by, and which items count in none or only some of them."""

    rows: pa.Table
    keys: pa.Array
    columns: frozenset[str]
    counts: Mapping[str, Mask] = field(default_factory=dict)


def fill_rosters(
    engine: Engine, persons: pa.Table, households: pa.Table, verified: Verified, roster: Roster
) -> tuple[pa.Table, pa.Table, int]:
    """Verified values of persons and households that have no declared row to hold them.

    A column of ``roster.together`` counts only in a sheet that has them all, one of
    ``roster.declared_only`` only in a declared row: never here. What an entry fills in is fixed.
    """
    none = pa.scalar(None, pa.string())
    bare = [entry.name for entry in roster.entries if entry.household_table is None]
    here = pc.is_in(column_of(persons, "roster"), value_set=pa.array(bare, pa.string()))
    numbers = pc.if_else(here, column_of(persons, "id_number"), none)
    open_columns = frozenset(persons.column_names) - {*roster.together, *roster.declared_only}
    persons, some = _put(engine, _Target(persons, numbers, open_columns), verified.personal, verified)
    rowless = column_of(households, "sheet").is_null()
    printed = pc.if_else(rowless, column_of(households, "household_no"), none)
    free = ~np.asarray(pc.is_in(column_of(households, "roster"), value_set=pa.array(bare, pa.string())))
    fixed = dict.fromkeys((name for entry in roster.entries for name in entry.fill), free)
    target = _Target(households, printed, frozenset(households.column_names), fixed)
    households, more = _put(engine, target, verified.household, verified)
    return persons, households, some + more


def replace_values(
    engine: Engine,
    table: Gathered,
    keys: pa.Array,
    values: Values,
    verified: Verified,
    together: tuple[str, ...],
) -> tuple[Gathered, int]:
    """Put verified values into the rows of ``table`` whose key they name; how many cells.

    A column of ``together`` counts only in sheets that have them all.
    """
    whole = np.ones(table.rows.num_rows, dtype=np.bool_)
    for column in together:
        whole &= table.has(column)
    target = _Target(table.rows, keys, frozenset(table.schema.columns), dict.fromkeys(together, whole))
    rows, count = _put(engine, target, values, verified)
    return table.with_rows(rows), count


def _put(engine: Engine, target: _Target, values: Values, verified: Verified) -> tuple[pa.Table, int]:
    """The rows with their verified values, and how many cells; each is named in ``_raw``."""
    rows, count, marks = target.rows, 0, dict[int, dict[str, str]]()
    for item, by_key in sorted(values.items()):
        if item not in target.columns:
            continue
        names = sorted(by_key)
        at = engine.lookup(
            [target.keys], [pa.array(names, pa.string())], many="m:1", join="row to verified value"
        )
        mask = at >= 0
        if item in target.counts:
            mask &= target.counts[item]
        if not mask.any():
            continue
        kind = rows.schema.field(item).type
        fresh = pa.array([by_key[name] for name in names], kind).take(pa.array(at[mask]))
        old = column_of(rows, item)
        new = pc.replace_with_mask(old, pa.array(mask), fresh)
        rows = rows.set_column(rows.column_names.index(item), item, new)
        count += int(mask.sum())
        for index in np.flatnonzero(mask).tolist():
            key = names[at[index]]
            marks.setdefault(index, {}).update(_marks(verified, item, key, by_key[key], old[index].as_py()))
    return mark_raw(rows, marks), count


def _marks(
    verified: Verified, item: str, key: str, value: object | None, declared: object | None
) -> dict[str, str]:
    """What ``_raw`` says of a replaced cell: where the verified value stands and what was declared."""
    place = verified.places[item, key]
    was = None if declared is None else str(declared)
    marks = {VERIFIED + item: json.dumps([place.file, place.sheet, place.row, was], ensure_ascii=False)}
    if value is None:
        marks[item] = verified.disputed[item, key]
    return marks
