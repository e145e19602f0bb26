"""Small Arrow operations that the builders share: filter, order, number, label.

Knows Arrow. Refuses to know which rows matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from lic.reports import labels
from lic.reports.table import Column, Kind


def where(table: pa.Table, column: str, value: str) -> pa.Table:
    """The rows of ``table`` whose ``column`` is ``value``."""
    return table.filter(pc.fill_null(pc.equal(table.column(column), value), False))


def rank(values: pa.ChunkedArray, order: Sequence[str]) -> pa.ChunkedArray:
    """Position of each value in ``order``; others come after, null last of all."""
    position = pc.index_in(values, value_set=pa.array(list(order), pa.string()))
    other = pc.if_else(values.is_valid(), len(order), len(order) + 1)
    return pc.coalesce(pc.cast(position, pa.int64()), pc.cast(other, pa.int64()))


def by_place(table: pa.Table, towns: Sequence[str]) -> pa.Table:
    """Rows as a town clerk looks for them: town (in the county's order), village, household.

    The canonical order inside a household is kept.
    """
    keys = pa.table(
        {
            "rank": rank(table.column("town"), towns),
            "town": table.column("town"),
            "village": table.column("village"),
            "household": table.column("household_no"),
            "position": pa.array(range(table.num_rows), pa.int64()),
        }
    )
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])
    return table.take(order)


def numbered(table: pa.Table) -> tuple[Column, pa.Array]:
    """The column of running numbers."""
    return Column(labels.NUMBER, Kind.ORDINAL), pa.array(range(1, table.num_rows + 1), pa.int64())


def fact(title: str, values: pa.ChunkedArray) -> tuple[Column, pa.ChunkedArray]:
    """A column of the result as a report column; its Arrow type says how it is shown."""
    kind = values.type
    if pa.types.is_boolean(kind):
        return Column(title, Kind.WORD), pc.if_else(values, labels.YES, labels.NO)
    if pa.types.is_decimal(kind):
        return Column(title, Kind.MONEY if kind.scale == 2 else Kind.PERCENT), values
    if pa.types.is_integer(kind):
        return Column(title, Kind.INTEGER), values
    if pa.types.is_date(kind):
        return Column(title, Kind.DATE), values
    return Column(title), values


def joined(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lists of text as one text; an empty list is empty text."""
    return pc.binary_join(values, labels.LIST_SEPARATOR)


def mapped(values: pa.ChunkedArray, label: Callable[[str], str]) -> pa.Array:
    """``label`` of every value, computed once for each different one; null stays null."""
    whole = values.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], pa.string())
    encoded = whole.dictionary_encode()
    texts = pa.array([label(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return texts.take(encoded.indices)


def looked_up(keys: pa.ChunkedArray, table: pa.Table, key: str, column: str) -> pa.ChunkedArray:
    """``column`` of the one row of ``table`` whose ``key`` is each of ``keys`` (many to one)."""
    position = pc.index_in(keys, value_set=table.column(key).combine_chunks())
    return table.column(column).take(position)


def share(above: pa.ChunkedArray, below: pa.ChunkedArray) -> pa.ChunkedArray:
    """One amount as a share of another, to four places, rounded half up in integers; display only."""
    cent = pa.scalar(100, pa.decimal128(5, 0))
    numerator = pc.cast(pc.multiply(pc.cast(above, pa.decimal128(18, 2)), cent), pa.int64())
    denominator = pc.cast(pc.multiply(pc.cast(below, pa.decimal128(18, 2)), cent), pa.int64())
    positive = pc.if_else(pc.greater(denominator, 0), denominator, pa.scalar(None, pa.int64()))
    doubled = pc.add(pc.multiply(numerator, 20_000), positive)
    places = pc.cast(pc.divide(doubled, pc.multiply(positive, 2)), pa.decimal128(19, 0))
    return pc.cast(
        pc.multiply(places, pa.scalar(Decimal("0.0001"), pa.decimal128(4, 4))), pa.decimal128(23, 4)
    )


def empty_column(table: pa.Table) -> pa.Array:
    """Cells to be filled in by hand."""
    return pa.nulls(table.num_rows, pa.string())
