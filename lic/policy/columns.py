"""Arrow columns as values and back.

Knows the staged types of :mod:`lic.model.staging`. Null is unknown. Refuses floats.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.table import Column, ColumnType
from lic.policy.intervals import saturated, tidy
from lic.policy.values import INF, NO_DATE, UNKNOWN, Dates, Num, Text, Truth, Value

MONEY_BOUND = 10**10  # fen; the loader refuses more
COUNT_BOUND = 10**6
_DECIMAL_SCALE = 10**4


def unknown_value(column: Column, size: int, *, reversals: bool = False) -> Value:
    """A column that is not there."""
    match column.type:
        case ColumnType.FLAG:
            return Truth(np.full(size, UNKNOWN, np.int8))
        case ColumnType.MONEY | ColumnType.INTEGER | ColumnType.DECIMAL:
            return column_value(pa.nulls(size, pa.int64()), column, reversals=reversals)
        case ColumnType.DATE | ColumnType.MONTH | ColumnType.SCHOOL_YEAR:
            return Dates(np.full(size, NO_DATE, np.int32))
        case _:
            return Text(np.full(size, -1, np.int32), pa.array([], pa.string()))


def column_value(array: pa.ChunkedArray | pa.Array, column: Column, *, reversals: bool = False) -> Value:
    """A staged column as a value; with ``reversals`` an unknown amount may be below zero."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    match column.type:
        case ColumnType.FLAG:
            raw = array.cast(pa.int8()).fill_null(-1).to_numpy(zero_copy_only=False)
            return Truth(np.where(raw < 0, np.int8(UNKNOWN), raw * np.int8(2)))
        case ColumnType.MONEY:
            return _number(array, 100, MONEY_BOUND, negative=reversals)
        case ColumnType.INTEGER:
            return _number(array, 1, COUNT_BOUND, negative=reversals)
        case ColumnType.DECIMAL:
            if pa.types.is_decimal(array.type):
                array = decimal_ints(array)
            return _number(array, _DECIMAL_SCALE, COUNT_BOUND * _DECIMAL_SCALE, negative=reversals)
        case ColumnType.DATE | ColumnType.MONTH | ColumnType.SCHOOL_YEAR:
            return Dates(array.cast(pa.int32()).fill_null(NO_DATE).to_numpy(zero_copy_only=False))
        case _:
            return text_value(array)


def text_value(array: pa.Array | pa.ChunkedArray) -> Text:
    """Strings (or dictionaries of strings) as codes."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # dictionaries with unlike chunks stay chunked
        array = array.cast(pa.string()).combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.cast(pa.string()).dictionary_encode()
    codes = array.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    return Text(codes, array.dictionary.cast(pa.string()))


def _number(array: pa.Array, scale: int, bound: int, *, negative: bool) -> Num:
    unknown = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
    lo = array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    hi = None
    if unknown is not None:
        lo = np.where(unknown, -INF if negative else 0, lo)
        hi = np.where(unknown, INF, lo)
    if lo.size and (lo.max() > bound or np.any((lo < -bound) & (lo > -INF))):
        return saturated(Num(lo, hi, scale, INF), bound)
    return Num(lo, None if hi is None else tidy(lo, hi), scale, bound)


def decimal_ints(array: pa.Array) -> pa.Array:
    """The unscaled integers of a decimal128 array; its numbers fit into int64."""
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)
    low = words[array.offset : array.offset + len(array), 0]
    nulls = array.is_null().to_numpy(zero_copy_only=False)
    return pa.array(low, pa.int64(), mask=nulls)


def decimals(ints: npt.NDArray[np.int64], nulls: npt.NDArray[np.bool_], places: int) -> pa.Array:
    """Integers as decimal128(18, places): 12345 with 2 places is 123.45."""
    words = np.empty((len(ints), 2), np.int64)
    words[:, 0] = ints
    words[:, 1] = ints >> 63
    kind = pa.decimal128(18, places)
    array = pa.Array.from_buffers(kind, len(ints), [None, pa.py_buffer(words)])
    if not nulls.any():
        return array
    return pc.if_else(pa.array(~nulls), array, pa.scalar(None, kind))
