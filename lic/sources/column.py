"""One column of a sheet, from cells to a typed Arrow array.

Each distinct cell is read once, exactly; whole columns of plain IDs, amounts and texts go
through vectorised checks first. What was repaired or refused is told by row, with its code.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
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
    done, plain = _plain(cells, spec, factor, context)
    rest = np.flatnonzero(~done)
    if plain is not None and not len(rest):
        return CleanColumn(plain, [])
    odd = cells if len(rest) == len(cells) else [cells[row] for row in rest.tolist()]
    distinct, indexes = encode(odd)
    values, codes = read_distinct(distinct, spec, factor, context)
    if spec.blank is not None:
        for index, (value, code) in enumerate(zip(values, codes, strict=True)):
            if value is None and code is None:
                values[index] = spec.blank
    array = pa.array(values, arrow_type(spec.type))
    if indexes is not None:
        array = array.take(pa.array(indexes))
    if plain is not None and len(rest) < len(cells):
        array = pc.replace_with_mask(plain, pa.array(~done), array)
    noted = [index for index, code in enumerate(codes) if code is not None]
    return CleanColumn(array, [(int(rest[row]), code) for row, code in _notes(noted, codes, indexes)])


def _notes(noted: list[int], codes: list[str | None], indexes: np.ndarray | None) -> list[tuple[int, str]]:
    if not noted:
        return []
    if indexes is None:
        return [(index, str(codes[index])) for index in noted]
    rows = np.flatnonzero(np.isin(indexes, noted))
    return [(int(row), str(codes[indexes[row]])) for row in rows]


def encode(cells: Sequence[Cell]) -> tuple[list[Cell], np.ndarray | None]:
    """The distinct cells and, unless all differ, which of them stands in each row."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        found = pa.array(cells, pa.string()).dictionary_encode()
        if len(found.dictionary) == len(cells):
            return list(cells), None
        return found.dictionary.to_pylist(), found.indices.to_numpy()
    if bool in kinds:
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
    rest: Iterable[int] = range(len(distinct))
    if spec.type in (ColumnType.TEXT, ColumnType.CODE):
        done, _ = _plain_texts(distinct)
        values = [cell if plain else None for cell, plain in zip(distinct, done.tolist(), strict=True)]
        rest = np.flatnonzero(~done).tolist()
    read = reader(spec, factor, context)
    for index in rest:
        values[index], codes[index] = read(distinct[index])
    if spec.town and context.towns:
        _fold_towns(values, codes, context)
    return values, codes


def _plain(
    cells: Sequence[Cell], spec: ColumnSpec, factor: int, context: Context
) -> tuple[np.ndarray, pa.Array | None]:
    """Which cells of a column need no repair, and their values; None: each distinct cell is read."""
    if cells and spec.type is ColumnType.ID:
        texts = _texts(cells)
        return idnumber.plain_ids(texts, context.last_day), texts
    if cells and spec.type is ColumnType.NAME and not spec.town:
        return _plain_texts(cells)
    if cells and spec.type is ColumnType.MONEY and factor == 1:
        fen, exact = money.plain_money([cell if type(cell) is float else math.nan for cell in cells])
        if spec.negative is not Negative.ALLOWED:
            exact &= fen >= 0
        return exact, pa.array(fen, pa.int64())
    return np.zeros(len(cells), dtype=bool), None


def _texts(cells: Sequence[Cell]) -> pa.Array:
    """The cells that are texts; null for the others."""
    return pa.array([cell if type(cell) is str else None for cell in cells], pa.string())


def _plain_texts(cells: Sequence[Cell]) -> tuple[np.ndarray, pa.Array]:
    texts = _texts(cells)
    plain = pc.and_(pc.match_substring_regex(texts, PLAIN), pc.greater(pc.binary_length(texts), 0))
    return plain.fill_null(False).to_numpy(zero_copy_only=False), texts


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
