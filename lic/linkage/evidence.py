"""The rows of a table that concern members of the roster, and how far each can be used.

Knows numbers, folded names and columns without which a row cannot be placed (POLICY §0: a row
that cannot be used is an unknown part, not nothing). Refuses to know what a row says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.assemble import put, with_files
from lic.linkage.engine import Engine, UniqueKeys
from lic.linkage.enrol import names_fit
from lic.linkage.gather import Gathered
from lic.linkage.reading import Codes, Mask, Reading, column_of, fold_names, known, map_text, ordered_codes
from lic.model.linked import Doubt, LinkedTable


@dataclass(frozen=True, slots=True)
class Members:
    """Everybody in the roster as rows are compared with him; sorted by folded name for one use."""

    hid: Codes
    number: pa.Array
    numbers: UniqueKeys
    folded: pa.Array
    by_name: Codes  # persons in the order of their folded name
    names: UniqueKeys  # the distinct folded names, ascending
    start: Codes  # where each name begins in ``by_name``
    size: Codes

    @classmethod
    def of(cls, persons: pa.Table, engine: Engine, reading: Reading) -> Members:
        """Index the persons of the result."""
        names = column_of(persons, "name")
        same = map_text(names, reading.same_name, same=reading.folded_name)
        (code,) = ordered_codes(same)
        order = np.argsort(code, kind="stable")
        order = order[code[order] >= 0]
        start = np.flatnonzero(np.diff(code[order], prepend=-1))
        number = column_of(persons, "id_number")
        return cls(
            np.asarray(persons["hid"].to_numpy(), dtype=np.int64),
            number,
            engine.unique([number], join="persons by number"),
            fold_names(names, reading),
            order,
            engine.unique([same.take(pa.array(order[start]))], join="persons by name"),
            start,
            np.diff(np.append(start, len(order))),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A linked table, the rows whose name differs, and how many rows of each sheet concern somebody."""

    table: LinkedTable
    misnamed: pa.Table  # pid, actual, _file, _sheet, _row
    linked: tuple[int, ...]


def link_rows(
    engine: Engine,
    members: Members,
    table: Gathered,
    reading: Reading,
    *,
    delivered: bool,
    own: tuple[Codes, Codes] | None = None,
    extra: Mapping[str, pa.Array] | None = None,
    also: Codes | None = None,
) -> Evidence:
    """Join the rows of ``table`` to members by number, else by name.

    ``own``: source rows and the persons who were enrolled by them without a usable number; such
    a row concerns him, whatever number it bears, but as evidence it is as doubtful as any.
    ``extra``: columns joined on. ``also``: rows that concern a household by its number, and
    count as linked.
    """
    row, pid, doubt = _pairs(engine, members, table, reading, own)
    doubt = np.where((doubt == Doubt.NONE) & _unplaced(table)[row], np.int8(Doubt.MISSING), doubt)
    order = np.lexsort((row, pid))  # persons are sorted by household, rows by place
    row, pid, doubt = row[order], pid[order], doubt[order]
    rows = table.rows
    for name, column in (extra or {}).items():
        if name not in rows.column_names:
            rows = put(rows, name, column)
    names = ["sheet", "_file", "_sheet", "_row", "_part", "_raw", *_canonical(rows)]
    taken = with_files(table.with_rows(rows.take(pa.array(row))))
    head = {
        "hid": pa.array(members.hid[pid].astype(np.int32)),
        "pid": pa.array(pid.astype(np.int32)),
        "doubt": pa.array(doubt.astype(np.int8)),
    }
    linked = pa.table({**head, **{name: column_of(taken, name) for name in names}})
    misnamed = linked.filter(pa.array(doubt == Doubt.NAME))
    actual = column_of(misnamed, table.schema.name_column or "")
    misnamed = misnamed.select(["pid", "_file", "_sheet", "_row"]).append_column("actual", actual)
    return Evidence(
        LinkedTable(
            table.schema.name,
            delivered,
            linked,
            table.present,
            table.months,
            table.newest,
            table.used_for,
        ),
        misnamed,
        _count(table, row if also is None else np.append(row, also)),
    )


def _canonical(rows: pa.Table) -> list[str]:
    return [name for name in rows.column_names if not name.startswith("_") and name != "sheet"]


def _pairs(
    engine: Engine,
    members: Members,
    table: Gathered,
    reading: Reading,
    own: tuple[Codes, Codes] | None,
) -> tuple[Codes, Codes, Codes]:
    """Which row concerns which person, and how."""
    number = table.text(table.schema.number_column or "")
    folded = fold_names(table.text(table.schema.name_column or ""), reading)
    at = engine.lookup([number], members.numbers, many="m:1", join=f"{table.schema.name} to persons")
    row = np.flatnonzero(at >= 0)
    pid = at[row]
    fits = names_fit(folded.take(pa.array(row)), members.folded.take(pa.array(pid)))
    doubt = np.where(fits, Doubt.NONE, Doubt.NAME).astype(np.int64)
    own_row, own_pid = own if own is not None else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    named_row, named_pid = _by_name(engine, members, table, reading, ~known(number))
    theirs = ~np.isin(named_row * len(members.hid) + named_pid, own_row * len(members.hid) + own_pid)
    named_row, named_pid = named_row[theirs], named_pid[theirs]
    return (
        np.concatenate([row, own_row, named_row]),
        np.concatenate([pid, own_pid, named_pid]),
        np.concatenate(
            [doubt, np.full(len(own_row), Doubt.NUMBER), np.full(len(named_row), Doubt.NUMBER)]
        ).astype(np.int64),
    )


def _by_name(
    engine: Engine, members: Members, table: Gathered, reading: Reading, unusable: Mask
) -> tuple[Codes, Codes]:
    """A row without a usable number concerns every member of its name.

    Rows are joined to names (m:1), and each name is then spread over its members.
    """
    names = table.text(table.schema.name_column or "")
    only = pc.if_else(pa.array(unusable), names, pa.scalar(None, pa.string()))
    only = map_text(only, reading.same_name, same=reading.folded_name)
    at = engine.lookup([only], members.names, many="m:1", join=f"{table.schema.name} to names")
    row = np.flatnonzero(at >= 0)
    size = members.size[at[row]]
    spread = np.repeat(np.arange(len(row)), size)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(size) - size, size)
    return row[spread], members.by_name[members.start[at[row]][spread] + within]


def _unplaced(table: Gathered) -> Mask:
    """Rows that lack a value without which they cannot be placed in time."""
    lacking = np.zeros(table.rows.num_rows, dtype=np.bool_)
    for column in table.schema.indispensable:
        empty = table.rows[column].is_null().to_numpy()
        lacking |= empty & table.has(column)
    if table.schema.month_column is not None:
        lacking |= table.rows[table.schema.month_column].is_null().to_numpy()
    return lacking


def _count(table: Gathered, row: Codes) -> tuple[int, ...]:
    """Linked rows by sheet: a row with several owners in one cell is several lines, but one row."""
    linked = np.zeros(table.rows.num_rows, dtype=np.bool_)
    linked[row] = True
    sheet, line = table.sheet_at(), table.rows["_row"].to_numpy()
    begins = np.ones(len(sheet), dtype=np.bool_)
    begins[1:] = (sheet[1:] != sheet[:-1]) | (line[1:] != line[:-1])
    start = np.flatnonzero(begins)
    some = np.logical_or.reduceat(linked, start) if len(start) else linked
    counts = np.bincount(sheet[start], weights=some, minlength=len(table.sheets))
    return tuple(int(count) for count in counts)
