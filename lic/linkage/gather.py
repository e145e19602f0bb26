"""The rows of one table out of its staged sheets: united columns, each row once.

Knows sheets, deliveries of months and identical rows. Refuses to know whom a row concerns.
Rows stand in the order of (_file, _sheet, _row), so a position is an order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.linkage.engine import Engine
from lic.linkage.reading import Codes, Mask, column_of
from lic.model.finding import Finding, Place, Scope, Severity, spans_of
from lic.model.period import OPEN_END, OPEN_START, month_index
from lic.model.staging import StagedFolder, StagedSheet
from lic.model.table import ARROW_TYPES, ColumnType, TableSchema

_DATES = frozenset({ColumnType.DATE, ColumnType.MONTH})


@dataclass(frozen=True, slots=True)
class Gathered:
    """One table. ``rows``: sheet int32 (index into ``sheets``), _row, _part, _raw, then the
    canonical columns. ``newest``: the newest month of each date column."""

    schema: TableSchema
    sheets: tuple[StagedSheet, ...]
    rows: pa.Table
    delivered: bool
    months: frozenset[int]
    newest: Mapping[str, int]
    used_for: tuple[frozenset[int], ...] = ()  # 按月: the months that each sheet's delivery is used for

    @property
    def present(self) -> tuple[frozenset[str], ...]:
        """The canonical columns of each sheet."""
        return tuple(sheet.present for sheet in self.sheets)

    def has(self, column: str) -> Mask:
        """For each row whether its sheet has the column."""
        flags = np.array([column in present for present in self.present], dtype=np.bool_)
        return flags[self.sheet_at()] if len(flags) else np.zeros(0, dtype=np.bool_)

    def sheet_at(self) -> Codes:
        """The sheet index of each row."""
        return np.asarray(self.rows["sheet"].to_numpy(), dtype=np.int64)

    def text(self, column: str) -> pa.Array:
        """A text column; nulls where the table does not define it."""
        return column_of(self.rows, column)

    def with_rows(self, rows: pa.Table) -> Gathered:
        """The same table with other rows."""
        return replace(self, rows=rows)


def gather(
    engine: Engine, schema: TableSchema, staged: Sequence[StagedFolder], findings: list[Finding]
) -> Gathered:
    """Unite the sheets of ``schema``; of identical rows one is used, with a finding."""
    now = [sheet for sheet in staged[0].sheets if sheet.source == schema.name]
    sheets = list(now)
    if schema.month_column is not None and now:
        sheets += [s for folder in staged[1:] for s in folder.sheets if s.source == schema.name]
    sheets.sort(key=lambda sheet: (sheet.file, sheet.sheet, sheet.part or "", sheet.period))
    table = Gathered(schema, tuple(sheets), _united(schema, sheets), bool(now), frozenset(), {})
    if schema.month_column is not None:
        table = _newest_deliveries(table, schema.month_column, staged[0].period)
    table = _without_repeats(engine, table, findings)
    return replace(table, newest=_newest(table))


def _united(schema: TableSchema, sheets: Sequence[StagedSheet]) -> pa.Table:
    layout = pa.schema(
        [("sheet", pa.int32()), ("_row", pa.int64()), ("_part", pa.string()), ("_raw", pa.string())]
        + [(column.name, ARROW_TYPES[column.type]) for column in schema.columns.values()]
    )
    parts = [layout.empty_table()]
    for index, sheet in enumerate(sheets):
        there = set(pq.read_schema(sheet.parquet).names)
        rows = pq.read_table(sheet.parquet, columns=[name for name in layout.names if name in there])
        rows = rows.append_column("sheet", pa.array(np.full(rows.num_rows, index, dtype=np.int32)))
        arrays = [column_of(rows, field.name, field.type).cast(field.type) for field in layout]
        part = pa.Table.from_arrays(arrays, schema=layout)
        parts.append(part.sort_by("_row") if not _ascending(part) else part)
    return pa.concat_tables(parts).combine_chunks()


def _ascending(table: pa.Table) -> bool:
    rows = table["_row"].to_numpy()
    return bool(np.all(rows[1:] >= rows[:-1]))


def month_of(column: pa.Array) -> Codes:
    """The month index of each date, -1 where it is unknown or open."""
    year, month = pc.year(column).fill_null(0).to_numpy(), pc.month(column).fill_null(0).to_numpy()
    index = year.astype(np.int64) * 12 + month - 1
    closed = (index > month_index(OPEN_START)) & (index < month_index(OPEN_END))
    return np.where(closed, index, -1)


def _newest_deliveries(table: Gathered, column: str, now: int) -> Gathered:
    """For each month the rows of the newest folder that has any row in it.

    Rows without a readable date stay when their folder is used for at least one month.
    """
    periods = np.array([sheet.period for sheet in table.sheets], dtype=np.int64)
    if not len(periods):
        return table
    period = periods[table.sheet_at()]
    month = month_of(column_of(table.rows, column, pa.date32()))
    dated = month >= 0
    newest = np.full(int(month.max(initial=0)) + 1, -1, dtype=np.int64)
    np.maximum.at(newest, month[dated], period[dated])
    used = np.unique(newest[newest >= 0])
    keep = np.where(dated, newest[np.where(dated, month, 0)] == period, np.isin(period, used))
    chosen = [index for index, at in enumerate(periods) if at in used or at == now]
    renumber = np.full(len(periods), -1, dtype=np.int32)
    renumber[chosen] = np.arange(len(chosen), dtype=np.int32)
    rows = table.rows.filter(pa.array(keep))
    sheet = pa.array(renumber[rows["sheet"].to_numpy()], pa.int32())
    return replace(
        table,
        sheets=tuple(table.sheets[index] for index in chosen),
        rows=rows.set_column(rows.column_names.index("sheet"), "sheet", sheet),
        months=frozenset(int(index) for index in np.unique(month[dated])),
        used_for=tuple(frozenset(np.flatnonzero(newest == periods[index]).tolist()) for index in chosen),
    )


def _newest(table: Gathered) -> Mapping[str, int]:
    newest = {}
    for column in table.schema.columns.values():
        if column.type in _DATES:
            last = int(month_of(column_of(table.rows, column.name)).max(initial=-1))
            if last >= 0:
                newest[column.name] = last
    return newest


def _without_repeats(engine: Engine, table: Gathered, findings: list[Finding]) -> Gathered:
    """Identical rows (every canonical column, the part, and the raw text of refused cells)."""
    names = [*table.schema.columns, "_part"]
    columns = [column_of(table.rows, name) for name in names]
    first = engine.first_equal([*columns, _refused(table.rows)])
    again = np.flatnonzero(first != np.arange(len(first)))
    if not len(again):
        return table
    findings.extend(_repeats(table, again, first[again]))
    keep = np.ones(len(first), dtype=np.bool_)
    keep[again] = False
    return table.with_rows(table.rows.filter(pa.array(keep)))


def _refused(rows: pa.Table) -> pa.Array:
    """The raw text of cells that are unknown: two different refused texts are not the same row."""
    raw = column_of(rows, "_raw").dictionary_encode()
    parsed = [json.loads(text) for text in raw.dictionary.to_pylist()]
    columns = {name for cells in parsed for name in cells if name in rows.column_names}
    empty = {name: rows[name].is_null().to_numpy() for name in sorted(columns)}
    at = raw.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    refused: list[str | None] = [None] * rows.num_rows
    for index in np.flatnonzero(at >= 0).tolist():
        cells = parsed[at[index]]
        kept = {name: cells[name] for name in sorted(cells) if name in empty and empty[name][index]}
        refused[index] = json.dumps(kept, ensure_ascii=False) if kept else None
    return pa.array(refused, pa.string())


def _repeats(table: Gathered, again: Codes, first: Codes) -> list[Finding]:
    """One finding for each pair of sheets: first and last row left out, and what they repeat."""
    sheet, row = table.sheet_at(), table.rows["_row"].to_numpy()
    pairs: dict[tuple[int, int], list[int]] = {}
    for index, (left, kept) in enumerate(zip(sheet[again].tolist(), sheet[first].tolist(), strict=True)):
        pairs.setdefault((left, kept), []).append(index)
    findings = []
    for (left, kept), members in sorted(pairs.items()):
        here, other = table.sheets[left], table.sheets[kept]
        rows = row[again[members]]
        findings.append(
            Finding(
                "L001",
                Severity.WARNING,
                Scope.ROW,
                Place(here.file, here.sheet, int(rows.min()), source=table.schema.name),
                {
                    "count": len(members),
                    "file": other.file,
                    "sheet": other.sheet,
                    "row": int(row[first[members[int(rows.argmin())]]]),
                },
                count=len(members),
                last_row=int(rows.max()),
                spans=spans_of(rows.tolist()),
            )
        )
    return findings
