"""Figures about staged sheets: fill rates, rows by town, how many numbers the roster knows.

Reads the staged columns that it needs and nothing else. Which columns matter is said by their
source: those it cannot do without, and those it has expectations about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.model.period import month_name
from lic.model.profile import Fill, MonthProfile, TableProfile
from lic.model.roster import Roster
from lic.model.staging import StagedFolder, StagedSheet
from lic.sources.spec import SourceSet, SourceSpec

_SIDE_BY_SIDE = 2  # sheets: Arrow leaves other threads free
_NO_NUMBERS = pa.array([], pa.string())


@dataclass(frozen=True, slots=True)
class Match:
    """How many different numbers of a sheet the roster knows.

    ``of`` is the smaller side: a register of the whole county is measured by how much of the
    roster it knows, a short list by how much of it the roster knows.
    """

    known: int
    of: int


@dataclass(frozen=True, slots=True)
class SheetMeasure:
    """One sheet in figures."""

    sheet: StagedSheet
    fills: tuple[Fill, ...]
    towns: dict[str, int]
    match: Match | None


def measure_folder(folder: StagedFolder, sources: SourceSet, roster: Roster) -> tuple[SheetMeasure, ...]:
    """Every sheet of ``folder`` in its order."""
    by_name = {source.name: source for source in sources.sources}
    own = {name for entry in roster.entries for name in (entry.household_table, entry.person_table)}
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        tables = list(pool.map(lambda sheet: _columns(sheet, by_name[sheet.source]), folder.sheets))
        known = _roster_numbers(folder.sheets, tables, by_name, roster)

        def measured(sheet: StagedSheet, table: pa.Table) -> SheetMeasure:
            source = by_name[sheet.source]
            match = None if sheet.source in own else _match(table, source.number, known)
            return SheetMeasure(sheet, _fills(table, sheet, source), _towns(table, source), match)

        return tuple(pool.map(measured, folder.sheets, tables))


def profile_of(folder: StagedFolder, measures: Sequence[SheetMeasure]) -> MonthProfile:
    """The month's figures by table and part."""
    groups: dict[tuple[str, str | None], list[SheetMeasure]] = {}
    for item in measures:
        groups.setdefault((item.sheet.source, item.sheet.part), []).append(item)
    tables = tuple(_united(key, items) for key, items in sorted(groups.items(), key=_order))
    used = [(sheet.sha256, sheet.file) for sheet in folder.sheets]
    files = dict(sorted([*used, *((item.sha256, item.file) for item in folder.refused)], reverse=True))
    return MonthProfile(month_name(folder.period), tables, files)


def _order(item: tuple[tuple[str, str | None], list[SheetMeasure]]) -> tuple[str, str]:
    return item[0][0], item[0][1] or ""


def _united(key: tuple[str, str | None], items: Sequence[SheetMeasure]) -> TableProfile:
    fills: dict[str, tuple[int, int]] = {}
    towns: dict[str, int] = {}
    for item in items:
        for fill in item.fills:
            filled, total = fills.get(fill.column, (0, 0))
            fills[fill.column] = (filled + fill.filled, total + fill.total)
        for town, rows in item.towns.items():
            towns[town] = towns.get(town, 0) + rows
    return TableProfile(
        *key,
        sum(item.sheet.accepted for item in items),
        tuple(Fill(name, *counts) for name, counts in fills.items()),
        dict(sorted(towns.items())),
    )


def telling_columns(source: SourceSpec) -> tuple[str, ...]:
    """The columns whose fill rate matters, in the order of the source."""
    wanted = {source.number, source.name_column, *source.indispensable, *source.filled_columns}
    return tuple(
        column.name
        for column in source.columns
        if column.name in wanted or (column.needed and column.blank is None)
    )


def _columns(sheet: StagedSheet, source: SourceSpec) -> pa.Table:
    towns = [column.name for column in source.columns if column.town]
    wanted = [*telling_columns(source), *towns, *([source.number] if source.number else [])]
    there = [name for name in dict.fromkeys(wanted) if name in sheet.present]
    return pq.read_table(sheet.parquet, columns=there)


def _fills(table: pa.Table, sheet: StagedSheet, source: SourceSpec) -> tuple[Fill, ...]:
    return tuple(
        Fill(name, table.num_rows - table.column(name).null_count, table.num_rows)
        for name in telling_columns(source)
        if name in sheet.present
    )


def _towns(table: pa.Table, source: SourceSpec) -> dict[str, int]:
    for column in source.columns:
        if column.town and column.name in table.column_names:
            counted = pc.value_counts(table.column(column.name)).to_pylist()
            return {row["values"]: row["counts"] for row in counted if row["values"] is not None}
    return {}


def _roster_numbers(
    sheets: Iterable[StagedSheet],
    tables: Sequence[pa.Table],
    sources: dict[str, SourceSpec],
    roster: Roster,
) -> pa.Array:
    """Every number on the roster's person tables; whether its row enrols somebody is not asked."""
    persons = {entry.person_table for entry in roster.entries}
    found = [
        table.column(number)
        for sheet, table in zip(sheets, tables, strict=True)
        if sheet.source in persons
        and (number := sources[sheet.source].number) is not None
        and number in table.column_names
    ]
    if not found:
        return _NO_NUMBERS
    return pc.unique(pa.chunked_array([chunk for item in found for chunk in item.chunks])).drop_null()


def _match(table: pa.Table, number: str | None, known: pa.Array) -> Match | None:
    if number is None or number not in table.column_names or not len(known):
        return None
    own = pc.unique(table.column(number)).drop_null()
    if not len(own):
        return None
    met = int(pc.sum(pc.is_in(own, value_set=known)).as_py() or 0)
    return Match(met, min(len(own), len(known)))
