"""One column of a sheet, from cells to a typed Arrow array.

Each distinct cell is read once, exactly; whole columns of plain IDs, amounts and texts go
through vectorised checks first. What was repaired or refused is told by row, with its code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.table import ColumnType
from lic.sources.spec import ColumnSpec, Negative, Reading
from lic.sources.towns import find_town
from lic.values import Cell, Read, dates, idnumber, money, words
from lic.values.read import TruthCell
from lic.values.text import PLAIN

ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    ColumnType.FLAG: pa.bool_(),
    ColumnType.MONEY: pa.int64(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.decimal128(18, 4),
    ColumnType.DATE: pa.date32(),
    ColumnType.MONTH: pa.date32(),
    ColumnType.SCHOOL_YEAR: pa.date32(),
    ColumnType.LIST: pa.list_(pa.string()),
}


def arrow_type(kind: ColumnType) -> pa.DataType:
    """The Arrow type of a declared column type; texts of all kinds are strings."""
    return ARROW_TYPES.get(kind, pa.string())


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a cell may depend on besides its column."""

    reading: Reading
    last_day: date
    towns: tuple[tuple[str, str], ...] = ()  # spelling without suffix -> configured name
    epoch: date = money.EPOCH_1900  # day 0 of the workbook's calendar


@dataclass(slots=True)
class CleanColumn:
    """``notes``: (row index, code) of repaired and refused cells, in row order."""

    values: pa.Array
    notes: list[tuple[int, str]]


def clean_column(cells: Sequence[Cell], spec: ColumnSpec, factor: int, context: Context) -> CleanColumn:
    """Reads every cell of a column; blanks become what the source says they mean."""
    distinct, indexes = encode(cells)
    values, codes = read_distinct(distinct, spec, factor, context)
    if spec.blank is not None:
        for index, (value, code) in enumerate(zip(values, codes, strict=True)):
            if value is None and code is None:
                values[index] = spec.blank
    array = pa.array(values, arrow_type(spec.type))
    if indexes is not None:
        array = array.take(pa.array(indexes))
    noted = [index for index, code in enumerate(codes) if code is not None]
    return CleanColumn(array, _notes(noted, codes, indexes))


def _notes(noted: list[int], codes: list[str | None], indexes: np.ndarray | None) -> list[tuple[int, str]]:
    if not noted:
        return []
    if indexes is None:
        return [(index, str(codes[index])) for index in noted]
    rows = np.flatnonzero(np.isin(indexes, noted))
    return [(int(row), str(codes[indexes[row]])) for row in rows]


def encode(cells: Sequence[Cell]) -> tuple[list[Cell], np.ndarray | None]:
    """The distinct cells and, unless all differ, which of them stands in each row."""
    if bool in set(map(type, cells)):
        cells = [TruthCell(cell) if isinstance(cell, bool) else cell for cell in cells]
    seen = dict.fromkeys(cells)
    distinct = list(seen)
    if len(distinct) == len(cells):
        return distinct, None
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    return distinct, np.fromiter(map(places.__getitem__, cells), np.int32, len(cells))


def read_distinct(
    distinct: list[Cell], spec: ColumnSpec, factor: int, context: Context
) -> tuple[list[Any], list[str | None]]:
    """Value and code of each distinct cell."""
    values: list[Any] = [None] * len(distinct)
    codes: list[str | None] = [None] * len(distinct)
    rest = _plain(distinct, values, spec, factor, context)
    read = reader(spec, factor, context)
    for index in rest:
        values[index], codes[index] = read(distinct[index])
    if spec.town and context.towns:
        _fold_towns(values, codes, context)
    return values, codes


def _plain(
    distinct: list[Cell], values: list[Any], spec: ColumnSpec, factor: int, context: Context
) -> Sequence[int]:
    """Fills in what needs no repair; returns the indexes that do."""
    texts = [index for index, cell in enumerate(distinct) if type(cell) is str]
    if spec.type is ColumnType.ID:
        done = idnumber.plain_ids([distinct[index] for index in texts], context.last_day)
    elif spec.type in (ColumnType.NAME, ColumnType.TEXT, ColumnType.CODE) and texts:
        array = pa.array([distinct[index] for index in texts], pa.string())
        done = np.array(pc.match_substring_regex(array, PLAIN)) & (np.array(pc.utf8_length(array)) > 0)
    elif spec.type is ColumnType.MONEY and factor == 1:
        return _plain_money(distinct, values, spec)
    else:
        return range(len(distinct))
    for index, plain in zip(texts, done.tolist(), strict=True):
        if plain:
            values[index] = distinct[index]
    return [index for index, value in enumerate(values) if value is None]


def _plain_money(distinct: list[Cell], values: list[Any], spec: ColumnSpec) -> Sequence[int]:
    numbers = [index for index, cell in enumerate(distinct) if type(cell) is float]
    fen, exact = money.plain_money([distinct[index] for index in numbers])
    if spec.negative is not Negative.ALLOWED:
        exact &= fen >= 0
    for index, amount, plain in zip(numbers, fen.tolist(), exact.tolist(), strict=True):
        if plain:
            values[index] = amount
    return [index for index, value in enumerate(values) if value is None]


def reader(spec: ColumnSpec, factor: int, context: Context) -> Callable[[Cell], Read[Any]]:
    """The exact reader of one cell of a column."""
    dashes = context.reading.dashes
    latest = context.last_day if spec.not_after_period else None
    match spec.type:
        case ColumnType.ID:
            return lambda cell: idnumber.read_id(cell, context.last_day, context.reading.placeholders)
        case ColumnType.MONEY:
            read = partial(
                money.read_money, factor=factor, unit=spec.unit, dashes=dashes, epoch=context.epoch
            )
            return lambda cell: _signed(read(cell), spec.negative)
        case ColumnType.WORD if spec.vocabulary is not None:
            return partial(words.read_word, vocabulary=spec.vocabulary, dashes=dashes)
        case ColumnType.DATE:
            return partial(dates.read_date, latest=latest, dashes=dashes)
        case ColumnType.FLAG:
            return partial(words.read_flag, dashes=dashes)
        case ColumnType.INTEGER:
            return partial(words.read_count, dashes=dashes)
        case ColumnType.DECIMAL:
            return partial(words.read_decimal, dashes=dashes)
        case ColumnType.MONTH:
            return partial(dates.read_month, dashes=dashes)
        case ColumnType.SCHOOL_YEAR:
            return partial(dates.read_school_year, dashes=dashes)
        case _:
            return _TEXTS.get(spec.type, words.read_text)


_TEXTS: dict[ColumnType, Callable[[Cell], Read[Any]]] = {
    ColumnType.NAME: words.read_name,
    ColumnType.CODE: words.read_code,
    ColumnType.LIST: words.read_list,
}


def _signed(read: Read[int], negative: Negative) -> Read[int]:
    if read.value is None or read.value >= 0 or negative is Negative.ALLOWED:
        return read
    return Read(0) if negative is Negative.ZERO else Read(None, "S212")


def _fold_towns(values: list[Any], codes: list[str | None], context: Context) -> None:
    for index, value in enumerate(values):
        if value is not None:
            town = find_town(value, context.towns)
            values[index] = town or value
            codes[index] = "S245" if town is None else None
