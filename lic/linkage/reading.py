"""How texts are read, handed in by the workflow: linkage compares, it does not interpret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.table import Column

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading functions of :mod:`lic.values` that linkage needs.

    ``parse`` gives the value of a text in a column's Arrow type, or None when it cannot be
    read. ``fold_name`` gives the form in which names are compared, or None when the name is
    blank or cannot be compared (an unknown private-use glyph); ``same_name`` gives it for such
    a name too, because one system writes it the same way twice; names that match the pattern
    ``folded_name`` are their own folded form under both. ``id_number`` gives the usable
    number in a text, or None, as it does for every text that matches ``no_id_number``.
    ``check_digits_hold`` is asked about usable numbers and nulls.
    """

    parse: Callable[[Column, str], object | None]
    fold_name: Callable[[str], str | None]
    same_name: Callable[[str], str | None]
    folded_name: str
    id_number: Callable[[str], str | None]
    no_id_number: str
    check_digits_hold: Callable[[pa.Array], Mask]


def map_text(column: pa.Array, function: Callable[[str], str | None], *, same: str | None = None) -> pa.Array:
    """``function`` of every text, asked once per distinct text; null stays null.

    ``same``: a pattern of texts for which the function would give the text itself.
    """
    encoded = column.dictionary_encode()
    texts = encoded.dictionary
    if same is None:
        return pa.array([function(text) for text in texts.to_pylist()], pa.string()).take(encoded.indices)
    other = pc.invert(pc.match_substring_regex(texts, same))
    answers = pa.array([function(text) for text in texts.filter(other).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, other, answers).take(encoded.indices)


def id_numbers(column: pa.Array, reading: Reading) -> pa.Array:
    """The usable ID number in each text; null where there is none."""
    never = pc.match_substring_regex(column, reading.no_id_number)
    return map_text(pc.if_else(never, pa.scalar(None, pa.string()), column), reading.id_number)


def fold_names(column: pa.Array, reading: Reading) -> pa.Array:
    """The form in which names are compared; null where a name says nothing."""
    return map_text(column, reading.fold_name, same=reading.folded_name)


def ordered_codes(*columns: pa.Array) -> list[Codes]:
    """Texts as integers in the order of the texts, comparable across ``columns``; null is -1."""
    whole = pa.concat_arrays([column.cast(pa.string()) for column in columns]).dictionary_encode()
    order = pc.sort_indices(whole.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    at = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    codes = np.where(at >= 0, rank[at], -1) if len(rank) else np.full(len(at), -1, dtype=np.int64)
    return np.split(codes, np.cumsum([len(column) for column in columns])[:-1])


def known(column: pa.Array) -> Mask:
    """Where a text is neither null nor empty: only such keys may enter a join."""
    there = pc.and_kleene(pc.is_valid(column), pc.not_equal(column, "")).fill_null(False)
    return np.asarray(there.to_numpy(zero_copy_only=False), dtype=np.bool_)


def blank_to_null(column: pa.Array) -> pa.Array:
    """Empty text as null."""
    return pc.if_else(pa.array(known(column)), column, pa.scalar(None, pa.string()))


def column_of(table: pa.Table, name: str, kind: pa.DataType | None = None) -> pa.Array:
    """One column as a single array; nulls of ``kind`` (text) where the table has no such column."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, kind or pa.string())
    return one_array(table.column(name))


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """A chunked column as one array."""
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def take_or_null(column: pa.Array, at: Codes) -> pa.Array:
    """``column`` at the given positions; null where the position is -1."""
    return column.take(pa.array(at, mask=at < 0))
