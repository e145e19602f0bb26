"""Which parts (分册) of a register count as delivered, and which part a row belongs to.

Knows that a part needs its household sheet and its person sheet. Refuses to know what the
parts are called.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.reading import Mask, blank_to_null, column_of, known, ordered_codes
from lic.model.roster import Roster, RosterEntry


@dataclass(frozen=True, slots=True)
class Delivered:
    """The usable rows of one entry of the 户册, and the numbers found in the rest."""

    households: Gathered | None
    persons: Gathered
    delivered: bool
    missing: frozenset[str]
    seen: pa.Array  # ID numbers of undelivered parts: found before, but not judged
    unplaced: int  # person rows of a register with parts whose part nobody can tell


def split_parts(
    engine: Engine,
    entry: RosterEntry,
    roster: Roster,
    households: Gathered | None,
    persons: Gathered,
    unkept: frozenset[str],
) -> Delivered:
    """Keep the rows of parts whose household and person sheets both came."""
    if households is None:
        return Delivered(None, persons, persons.delivered, frozenset(), _nothing(), 0)
    declared = households.schema.parts or persons.schema.parts
    if not declared:
        whole = households.delivered and persons.delivered
        every = np.full(persons.rows.num_rows, whole), np.full(households.rows.num_rows, whole)
        seen = _nothing() if whole else _numbers(roster, households, persons)
        return Delivered(_keep(households, every[1]), _keep(persons, every[0]), whole, frozenset(), seen, 0)
    persons = _with_parts(engine, entry, roster, households, persons)
    both = _parts(households) & _parts(persons)
    kept = [_of_parts(table, both) for table in (persons, households)]
    rest = [_keep(table, ~mask) for table, mask in zip((persons, households), kept, strict=True)]
    return Delivered(
        _keep(households, kept[1]),
        _keep(persons, kept[0]),
        bool(both),
        frozenset(declared) - both - unkept,
        _numbers(roster, rest[1], rest[0]),
        persons.rows["_part"].null_count,
    )


def _nothing() -> pa.Array:
    return pa.array([], pa.string())


def _keep(table: Gathered, mask: Mask) -> Gathered:
    return table if mask.all() else table.with_rows(table.rows.filter(pa.array(mask)))


def _parts(table: Gathered) -> frozenset[str]:
    by_sheet = {sheet.part for sheet in table.sheets if sheet.part is not None}
    by_row = set(pc.unique(column_of(table.rows, "_part").drop_null()).to_pylist())
    return frozenset(by_sheet | by_row)


def _of_parts(table: Gathered, parts: frozenset[str]) -> Mask:
    inside = pc.is_in(column_of(table.rows, "_part"), value_set=pa.array(sorted(parts), pa.string()))
    return np.asarray(inside.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _numbers(roster: Roster, households: Gathered, persons: Gathered) -> pa.Array:
    heads, members = households.text(roster.head_number_column), persons.text(roster.number_column)
    return pa.concat_arrays([heads, members]).drop_null()


def _with_parts(
    engine: Engine, entry: RosterEntry, roster: Roster, households: Gathered, persons: Gathered
) -> Gathered:
    """Person rows that say no part take it from the household with their number, or their head's."""
    part = column_of(persons.rows, "_part")
    for column in (entry.key_column, roster.head_number_column):
        if not part.null_count:
            break
        keys, parts = _unique_part(blank_to_null(households.text(column)), households)
        open_rows = pc.if_else(pc.is_null(part), persons.text(column), pa.scalar(None, pa.string()))
        at = engine.lookup([open_rows], [keys], many="m:1", join="person row to part")
        found = parts.take(pa.array(at, mask=at < 0))
        part = pc.coalesce(part, found)
    rows = persons.rows
    return persons.with_rows(rows.set_column(rows.column_names.index("_part"), "_part", part))


def _unique_part(keys: pa.Array, households: Gathered) -> tuple[pa.Array, pa.Array]:
    """Each key that stands in exactly one part, with that part."""
    part = column_of(households.rows, "_part")
    usable = np.flatnonzero(known(keys) & known(part))
    keys, part = keys.take(pa.array(usable)), part.take(pa.array(usable))
    (key_codes,), (part_codes,) = ordered_codes(keys), ordered_codes(part)
    order = np.lexsort((part_codes, key_codes))
    key_codes, part_codes = key_codes[order], part_codes[order]
    start = np.flatnonzero(np.diff(key_codes, prepend=-1))
    end = np.append(start[1:], len(key_codes)) - 1
    single = part_codes[start] == part_codes[end] if len(start) else np.zeros(0, dtype=np.bool_)
    chosen = pa.array(order[start[single]] if len(start) else np.zeros(0, dtype=np.int64))
    return keys.take(chosen), part.take(chosen)
