"""One sheet: from a grid of cells to a typed table, its account and its findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.table import ColumnType
from lic.sources.column import CleanColumn, Context, arrow_type, clean_column
from lic.sources.grid import Grid
from lic.sources.header import Header
from lic.sources.layout import Layout, lay_out
from lic.sources.part import part_by_words, part_of
from lic.sources.report import SEPARATOR, Report
from lic.sources.shape import Shape, shape_of
from lic.sources.spec import ColumnSpec, SourceSpec
from lic.sources.split import split_rows
from lic.sources.title import data_date, in_ten_thousands, other_month, title_text
from lic.values import Cell
from lic.values.read import cell_text

_QUIET = frozenset({ColumnType.ID, ColumnType.NAME, ColumnType.CODE})  # never shown in a message


@dataclass(slots=True)
class Account:
    """What became of the rows of a sheet; ``table`` None: the sheet is refused."""

    source: str
    sheet: str
    part: str | None = None
    header_row: int = 0
    rows_read: int = 0
    accepted: int = 0
    rejected: int = 0
    blank: int = 0
    footer: int = 0
    present: list[str] = field(default_factory=list)
    data_date: date | None = None
    table: pa.Table | None = None


@dataclass(slots=True)
class SheetReader:
    """Stages the sheets of one file."""

    file: str  # as it is shown: relative to the workspace
    stem: str  # the file's own name
    period: int
    context: Context

    def stage(self, grid: Grid, header: Header, report: Report) -> Account:
        """Everything about one recognised sheet. Problems go to ``report``."""
        source = header.source.source
        part = part_of(source, self.stem, grid.name)
        account = Account(source.name, grid.name, part.name if part else None, grid.number(header.row))
        shape = shape_of(header, grid, report)
        key = shape.index(source.number)
        layout = lay_out(grid.rows, header.row, key or 0, self.context.reading, header.headings)
        account.rows_read, account.blank, account.footer = layout.read, layout.blank, len(layout.footers)
        if layout.footers:
            report.rows("S131", [grid.number(index) for index in layout.footers])
        if not shape.usable or self._stray_data(grid, layout, shape, report):
            account.rejected = len(layout.data)
            return account
        if not layout.data:
            report.add("S127" if source.may_be_empty else "S126", table=source.name)
            if not source.may_be_empty:
                return account
        title = title_text(grid.rows[: header.row])
        self._say_month(source, title, report)
        account.data_date = data_date(title, self.stem, grid.rows, header.row, self.context.reading)
        self._fill(account, grid, layout, shape, title, report)
        return account

    def _say_month(self, source: SourceSpec, title: str, report: Report) -> None:
        month = None if source.month_column else other_month(title, self.stem, self.period)
        if month is not None:
            report.add("S130", month=month)

    def _stray_data(self, grid: Grid, layout: Layout, shape: Shape, report: Report) -> bool:
        """Data under an empty heading."""
        for column in shape.nameless:
            if any(column < len(grid.rows[index]) and grid.rows[index][column] for index in layout.data):
                report.add("S125", position=column + 1)
                return True
        return False

    def _fill(
        self, account: Account, grid: Grid, layout: Layout, shape: Shape, title: str, report: Report
    ) -> None:
        source = shape.source
        rows, numbers = _even_rows(grid, layout, shape.width, report)
        account.rejected = len(layout.data) - len(rows)
        account.accepted = len(rows)
        split = [index for name in source.split if (index := shape.index(name)) is not None]
        if len(split) == len(source.split) > 0:
            rows, numbers, uneven = split_rows(rows, numbers, split)
            report.rows("S244", uneven, columns=SEPARATOR.join(source.split))
        raw: list[dict[str, str] | None] = [None] * len(rows)
        cells: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) if rows else [()] * shape.width
        factor = 10000 if in_ten_thousands(title) else 1
        if factor != 1:
            report.add("S134")
        arrays: dict[str, pa.Array] = {}
        for name, place in shape.places.items():
            unit = place.factor if place.factor != 1 or place.stated else factor
            clean = clean_column(cells[place.index], place.column, unit, self.context)
            arrays[name] = clean.values
            shape.remember_refused(name, clean.notes, len(rows))
            self._tell(
                clean, cells[place.index], numbers, place.column, place.index, place.heading, raw, report
            )
        for name, index in shape.unread.items():
            for row, cell in enumerate(cells[index]):
                if text := cell_text(cell):
                    raw[row] = (raw[row] or {}) | {name: text}
        account.present = sorted({*arrays, *shape.unread})
        table = _complete(source, arrays, shape, account.part, len(rows))
        table = self._label(table, source, account, numbers, raw)
        account.table = _placed(table, source, account, report)

    def _tell(
        self,
        clean: CleanColumn,
        cells: Sequence[Cell],
        numbers: Sequence[int],
        column: ColumnSpec,
        index: int,
        heading: str,
        raw: list[dict[str, str] | None],
        report: Report,
    ) -> None:
        """Findings about a column's cells, and their raw text."""
        grouped: dict[str, list[int]] = {}
        for row, code in clean.notes:
            grouped.setdefault(code, []).append(row)
            if code != "S245":
                raw[row] = (raw[row] or {}) | {column.name: cell_text(cells[row])}
        for code, rows in sorted(grouped.items()):
            example = None if column.type in _QUIET else _shown(cells, rows)
            said = {"known": SEPARATOR.join(column.words)} if code == "S231" else {}
            report.cells(
                code, [numbers[row] for row in rows], heading=heading, index=index, example=example, **said
            )

    def _label(
        self,
        table: pa.Table,
        source: SourceSpec,
        account: Account,
        numbers: list[int],
        raw: list[dict[str, str] | None],
    ) -> pa.Table:
        length = len(numbers)
        texts = [
            None if item is None else json.dumps(item, ensure_ascii=False, sort_keys=True) for item in raw
        ]
        if account.part is None and source.parts:
            parts = part_by_words(source, dict(zip(table.column_names, table.columns, strict=True)), length)
        else:
            parts = pa.repeat(pa.scalar(account.part, pa.string()), length)
        labels = {
            "_file": pa.repeat(pa.scalar(self.file), length),
            "_sheet": pa.repeat(pa.scalar(account.sheet), length),
            "_row": pa.array(numbers, pa.int64()),
            "_part": parts,
            "_raw": pa.array(texts, pa.string()),
        }
        return pa.table({**labels, **dict(zip(table.column_names, table.columns, strict=True))})


def _shown(cells: Sequence[Cell], rows: Sequence[int]) -> str:
    texts = dict.fromkeys(cell_text(cells[row]) for row in rows)
    return SEPARATOR.join(text[:20] for text in list(texts)[:3])


def _even_rows(grid: Grid, layout: Layout, width: int, report: Report) -> tuple[list[list[Cell]], list[int]]:
    """The data rows, all as wide as the heading; rows of another width are refused (CSV)."""
    rows = [grid.rows[index] for index in layout.data]
    widths = {len(row) for row in rows}
    if len(widths) == 1 and not any(any(row[width:]) for row in rows) and min(widths) >= width:
        return [row[:width] for row in rows], [grid.number(index) for index in layout.data]
    good, numbers, bad = [], [], []
    for row, index in zip(rows, layout.data, strict=True):
        if len(row) == width or grid.addressed:
            good.append(row[:width] if len(row) > width else row)
            numbers.append(grid.number(index))
        else:
            bad.append(index)
    if bad:
        found = sorted({len(grid.rows[index]) for index in bad})
        report.rows(
            "S301",
            [grid.number(index) for index in bad],
            expected=width,
            found=SEPARATOR.join(map(str, found)),
        )
    return good, numbers


def _complete(
    source: SourceSpec, arrays: dict[str, pa.Array], shape: Shape, part: str | None, length: int
) -> pa.Table:
    """Every declared column: what the sheet lacks is what its absence means, or unknown."""
    fill: dict[str, Any] = {}
    for item in source.parts:
        if item.name == part:
            fill = dict(item.fill)
    columns = {}
    for column in source.columns:
        kind = arrow_type(column.type)
        if column.name in arrays:
            array = arrays[column.name]
        else:
            value = shape.defaults.get(column.name)
            array = pa.repeat(pa.scalar(value, kind), length)
        if column.name in fill and column.name in arrays:
            array = _fill_blank(array, fill[column.name], shape, column.name)
        elif column.name in fill:
            array = pa.repeat(pa.scalar(fill[column.name], kind), length)
        columns[column.name] = array
    return pa.table(columns)


def _fill_blank(array: pa.Array, word: str, shape: Shape, name: str) -> pa.Array:
    """Fills blanks, never refused values."""
    refused = shape.refused.get(name)
    if refused is None:
        return pc.fill_null(array, word)
    keep = pa.array(~refused)
    return pc.if_else(pc.and_(pc.is_null(array), keep), word, array)


def _placed(table: pa.Table, source: SourceSpec, account: Account, report: Report) -> pa.Table:
    """Rows that say neither household nor number: kept for their name, else refused."""
    if not source.one_of or source.name_column is None or not table.num_rows:
        return table
    lost = np.ones(table.num_rows, dtype=bool)
    for name in source.one_of:
        lost &= np.array(pc.is_null(table.column(name)))
    if not lost.any():
        return table
    rows = np.array(table.column("_row"))
    nameless = lost & np.array(pc.is_null(table.column(source.name_column)))
    report.rows("S302", [int(row) for row in rows[lost & ~nameless]])
    report.rows("S303", [int(row) for row in rows[nameless]])
    account.rejected += int(nameless.sum())
    account.accepted -= int(nameless.sum())
    return table.filter(pa.array(~nameless))
