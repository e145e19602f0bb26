"""One sheet: from a grid of cells to a typed table, its account and its findings."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.table import ColumnType
from lic.sources.column import Context, arrow_type, clean_column
from lic.sources.grid import Grid
from lic.sources.header import Header
from lic.sources.layout import Columns, Layout, lay_out
from lic.sources.odd_rows import even_rows, fill_merged, refuse_hidden, stray_data
from lic.sources.part import part_by_words, part_of
from lic.sources.repeats import repeated
from lic.sources.report import SEPARATOR, Report
from lic.sources.shape import Shape, shape_of
from lic.sources.spec import SourceSpec
from lic.sources.split import split_rows
from lic.sources.tell import Teller
from lic.sources.title import data_date, in_ten_thousands, other_month, title_text
from lic.sources.totals import find_totals
from lic.values import Cell
from lic.values.read import cell_text


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
    headings: dict[str, str] = field(default_factory=dict)  # of columns that the sheet calls otherwise
    data_date: date | None = None
    table: pa.Table | None = None
    file: str = ""
    sha256: str = ""
    parquet: str | None = None  # where the table was written
    repeats: list[int] = field(default_factory=list)  # rows that may be there twice


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
        fill_merged(grid, header, shape, report)
        key = shape.index(source.number)
        columns = Columns(key or 0, shape.index(source.name_column), shape.named_width)
        layout = lay_out(grid, header, columns, self.context.reading)
        title = title_text(grid.rows[: header.top])
        factor = 10000 if in_ten_thousands(title) else 1
        self._totals(grid, layout, shape, factor, report)
        account.rows_read, account.blank, account.footer = (
            layout.read,
            layout.blank,
            len(layout.footers) + len(layout.beside),
        )
        if layout.footers:
            report.rows("S131", [grid.number(index) for index in layout.footers])
        refused = refuse_hidden(grid, layout, shape, report) or stray_data(grid, layout, shape, report)
        if not shape.usable or refused:
            account.rejected = account.rows_read - account.blank - account.footer
            return account
        if not layout.data:
            report.add("S127" if source.may_be_empty else "S126", table=source.name)
            if not source.may_be_empty:
                account.rejected = account.rows_read - account.blank - account.footer
                return account
        self._say_month(source, title, report)
        account.data_date = data_date(title, self.stem, grid.rows, header.row, self.context.reading)
        if factor != 1:
            report.add("S134")
        self._fill(account, grid, layout, shape, factor, report)
        return account

    def _totals(self, grid: Grid, layout: Layout, shape: Shape, factor: int, report: Report) -> None:
        """Sums of rows are footers; a sum that is wrong is said."""
        amounts = {
            place.index: (place.factor if place.factor != 1 or place.stated else factor) if money else 1
            for place in shape.places.values()
            if (money := place.column.type is ColumnType.MONEY)
            or place.column.type in (ColumnType.INTEGER, ColumnType.DECIMAL)
        }
        key = shape.index(shape.source.number)
        if key is None:
            return
        for wrong in find_totals(grid.rows, layout, key, amounts):
            place = next(item for item in shape.places.values() if item.index == wrong.column)
            report.cells(
                "S135",
                [grid.number(wrong.row)],
                heading=place.heading,
                index=grid.column(wrong.column),
                example=cell_text(grid.rows[wrong.row][wrong.column]),
                expected=f"{Decimal(wrong.expected) / 100 / amounts[wrong.column]:f}",
            )

    def _say_month(self, source: SourceSpec, title: str, report: Report) -> None:
        month = None if source.month_column else other_month(title, self.stem, self.period)
        if month is not None:
            report.add("S130", month=month)

    def _fill(
        self, account: Account, grid: Grid, layout: Layout, shape: Shape, factor: int, report: Report
    ) -> None:
        source = shape.source
        rows, numbers = even_rows(grid, layout, shape, report)
        account.accepted = len(rows)
        account.rejected = account.rows_read - account.blank - account.footer - len(rows)
        uneven: list[int] = []
        split = [index for name in source.split if (index := shape.index(name)) is not None]
        if len(split) == len(source.split) > 0:
            rows, numbers, uneven = split_rows(rows, numbers, split)
            report.rows("S244", uneven, columns=SEPARATOR.join(source.split))
        raw: list[dict[str, str] | None] = [None] * len(rows)
        used = {place.index for place in shape.places.values()} | set(shape.unread.values())
        cells: dict[int, list[Cell]] = {index: list(map(itemgetter(index), rows)) for index in used}
        context = replace(self.context, epoch=grid.epoch)
        arrays: dict[str, pa.Array] = {}
        for name, place in shape.places.items():
            unit = place.factor if place.factor != 1 or place.stated else factor
            clean = clean_column(cells[place.index], place.column, unit, context)
            arrays[name] = clean.values
            shape.remember_refused(name, clean.notes, len(rows))
            teller = Teller(report, place, grid.column(place.index), numbers)
            teller.tell(clean, cells[place.index], raw)
            if name == source.number and not teller.numbers_usable(clean, old=grid.old, told=uneven):
                account.rejected += account.accepted
                account.accepted = 0
                return
        for name, index in shape.unread.items():
            for row, cell in enumerate(cells[index]):
                if text := cell_text(cell):
                    raw[row] = (raw[row] or {}) | {name: text}
        account.present = sorted({*arrays, *shape.unread})
        account.headings = {
            name: place.heading for name, place in sorted(shape.places.items()) if place.heading != name
        }
        table = _complete(source, arrays, shape, account.part, len(rows))
        table = self._label(table, source, account, numbers, raw)
        account.table = _placed(table, source, account, report)
        account.repeats = repeated(account.table, source)

    def _label(
        self,
        table: pa.Table,
        source: SourceSpec,
        account: Account,
        numbers: list[int],
        raw: list[dict[str, str] | None],
    ) -> pa.Table:
        length = len(numbers)
        texts = pa.nulls(length, pa.string())
        if any(raw):
            texts = pa.array(
                [
                    None if item is None else json.dumps(item, ensure_ascii=False, sort_keys=True)
                    for item in raw
                ],
                pa.string(),
            )
        if account.part is None and source.parts:
            parts = part_by_words(source, dict(zip(table.column_names, table.columns, strict=True)), length)
        else:
            parts = pa.repeat(pa.scalar(account.part, pa.string()), length)
        labels = {
            "_file": pa.repeat(pa.scalar(self.file), length),
            "_sheet": pa.repeat(pa.scalar(account.sheet), length),
            "_row": pa.array(numbers, pa.int64()),
            "_part": parts,
            "_raw": texts,
        }
        return pa.table({**labels, **dict(zip(table.column_names, table.columns, strict=True))})


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
