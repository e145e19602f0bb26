"""Numbered households and persons out of the enrolled members of every entry.

Knows the order of the result and which column is a person's name, place and relation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lic.errors import LicError
from lic.linkage.enrol import Enrolment
from lic.linkage.gather import Gathered
from lic.linkage.heads import with_heads
from lic.linkage.reading import Codes, column_of, known, ordered_codes, take_or_null
from lic.linkage.register import Register
from lic.model.roster import Roster
from lic.model.table import ARROW_TYPES

_PLACE = [("_file", pa.string()), ("_sheet", pa.string()), ("_row", pa.int64())]
_LEADING_PERSON = [
    ("hid", pa.int32()),
    ("id_number", pa.string()),
    ("name", pa.string()),
    ("relation", pa.string()),
    ("town", pa.string()),
    ("village", pa.string()),
    ("roster", pa.string()),
    ("number_usable", pa.bool_()),
    ("sheet", pa.int32()),
    *_PLACE,
]
_LEADING_HOUSEHOLD = [
    ("household_no", pa.string()),
    ("roster", pa.string()),
    ("part", pa.string()),
    ("head_id", pa.string()),
    ("head_name", pa.string()),
    ("town", pa.string()),
    ("village", pa.string()),
    ("sheet", pa.int32()),
    *_PLACE,
]


@dataclass(frozen=True, slots=True)
class Assembled:
    """``persons`` and ``households`` as :class:`lic.model.linked.Linked` describes them.

    ``register``, ``member``: where each person comes from. ``hid_of``: for each register the
    hid of each of its households, -1 when it is no household of the result.
    """

    persons: pa.Table
    households: pa.Table
    person_present: tuple[frozenset[str], ...]
    household_present: tuple[frozenset[str], ...]
    register: Codes
    member: Codes
    hid_of: tuple[Codes, ...]


def assemble(registers: Sequence[Register], enrolled: Enrolment, roster: Roster) -> Assembled:
    """Number everybody: households by their printed number, persons by household, number, name."""
    inhabited = [
        np.unique(register.household[members])
        for register, members in zip(registers, enrolled.members, strict=True)
    ]
    households, hid_of = _households(registers, inhabited, roster)
    owner = np.repeat(np.arange(len(registers)), [len(members) for members in enrolled.members])
    member = np.concatenate([*enrolled.members, np.zeros(0, np.int64)])
    hid = np.concatenate(
        [
            hids[register.household[members]]
            for register, members, hids in zip(registers, enrolled.members, hid_of, strict=True)
        ]
        + [np.zeros(0, np.int64)]
    )
    persons = _persons(registers, enrolled, roster, hid)
    (number,), (name,) = (
        ordered_codes(column_of(persons, "id_number")),
        ordered_codes(column_of(persons, "name")),
    )
    place = [*ordered_codes(column_of(persons, "_file")), *ordered_codes(column_of(persons, "_sheet"))]
    last = np.iinfo(np.int64).max
    order = np.lexsort(
        (
            persons["_row"].to_numpy(),
            place[1],
            place[0],
            np.where(name < 0, last, name),
            np.where(number < 0, last, number),
            hid,
        )
    )
    persons = persons.take(pa.array(order))
    households = with_heads(
        households, persons, roster, _says_blank(registers, owner[order], member[order], roster)
    )
    persons = _with_places(persons, households)
    return Assembled(
        persons,
        households,
        tuple(present for register in registers for present in register.members.present),
        tuple(
            present
            for register in registers
            if register.houses.rows is not None
            for present in register.houses.rows.present
        ),
        owner[order],
        member[order],
        hid_of,
    )


def layout(tables: Sequence[Gathered], leading: Sequence[tuple[str, pa.DataType]]) -> pa.Schema:
    """The leading columns and the union of canonical columns, each of one type."""
    fields: dict[str, pa.DataType] = {**dict(leading), "_part": pa.string(), "_raw": pa.string()}
    for table in tables:
        for column in table.schema.columns.values():
            kind = ARROW_TYPES[column.type]
            if fields.setdefault(column.name, kind) != kind:
                raise LicError("L091", column=column.name)
    return pa.schema(list(fields.items()))


def aligned(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """``table`` with exactly the columns of ``schema``; what it lacks is null."""
    return pa.Table.from_arrays([column_of(table, field.name, field.type) for field in schema], schema=schema)


def with_files(table: Gathered) -> pa.Table:
    """The rows of a table with the file and sheet that they stand in."""
    at = pa.array(table.sheet_at())
    files = pa.array([sheet.file for sheet in table.sheets], pa.string()).take(at)
    sheets = pa.array([sheet.sheet for sheet in table.sheets], pa.string()).take(at)
    return table.rows.append_column("_file", files).append_column("_sheet", sheets)


def put(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    """``table`` with one column replaced, or added at the end."""
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)


def _persons(registers: Sequence[Register], enrolled: Enrolment, roster: Roster, hid: Codes) -> pa.Table:
    schema = layout([register.members for register in registers], _LEADING_PERSON)
    parts, offset = [schema.empty_table()], 0
    for register, members, numbers in zip(registers, enrolled.members, enrolled.numbers, strict=True):
        rows = with_files(register.members).take(pa.array(members))
        sheet = pa.array(rows["sheet"].to_numpy().astype(np.int32) + np.int32(offset))
        size = rows.num_rows
        rows = put(rows, "sheet", sheet)
        rows = put(rows, "id_number", numbers)
        rows = put(rows, "number_usable", pa.array(known(numbers)))
        rows = put(rows, "name", column_of(rows, roster.name_column))
        rows = put(rows, "relation", column_of(rows, roster.relation_column))
        rows = put(rows, "town", column_of(rows, roster.town_column))
        rows = put(rows, "village", column_of(rows, roster.village_column))
        rows = put(rows, "roster", pa.array([register.entry.name] * size, pa.string()))
        parts.append(aligned(put(rows, "hid", pa.nulls(size, pa.int32())), schema))
        offset += len(register.members.sheets)
    return put(pa.concat_tables(parts).combine_chunks(), "hid", pa.array(hid.astype(np.int32)))


def _households(
    registers: Sequence[Register], inhabited: Sequence[Codes], roster: Roster
) -> tuple[pa.Table, tuple[Codes, ...]]:
    tables = [register.houses.rows for register in registers if register.houses.rows is not None]
    filled = {name for register in registers for name in register.entry.fill}
    extra = [(name, pa.string()) for name in sorted(filled)]
    schema = layout(tables, _LEADING_HOUSEHOLD)
    schema = pa.schema([*schema, *(pa.field(*item) for item in extra if item[0] not in schema.names)])
    parts, offset = [schema.empty_table()], 0
    for register, codes in zip(registers, inhabited, strict=True):
        parts.append(aligned(_of_register(register, codes, roster, offset), schema))
        offset += len(register.houses.rows.sheets) if register.houses.rows is not None else 0
    whole = pa.concat_tables(parts).combine_chunks()
    (number,) = ordered_codes(column_of(whole, "household_no"))
    order = np.argsort(number, kind="stable")
    hid = np.empty(len(order), dtype=np.int64)
    hid[order] = np.arange(len(order))
    hid_of, start = [], 0
    for register, codes in zip(registers, inhabited, strict=True):
        own = np.full(len(register.houses.numbers), -1, dtype=np.int64)
        own[codes] = hid[start : start + len(codes)]
        hid_of.append(own)
        start += len(codes)
    return whole.take(pa.array(order)), tuple(hid_of)


def _of_register(register: Register, codes: Codes, roster: Roster, offset: int) -> pa.Table:
    houses, at = register.houses, register.houses.row_of[codes]
    size, choose = len(codes), pa.array(codes)
    rows = pa.table({"household_no": pa.array(houses.numbers, pa.string()).take(choose)})
    rows = put(rows, "roster", pa.array([register.entry.name] * size, pa.string()))
    parts = pa.array([part or None for part in houses.parts], pa.string()).take(choose)
    rows = put(put(rows, "part", parts), "_part", parts)
    if houses.rows is not None:
        own = with_files(houses.rows)
        for name in own.column_names:
            rows = put(rows, name, take_or_null(column_of(own, name), at)) if name != "_part" else rows
        shifted = pa.array(
            column_of(rows, "sheet").fill_null(-1).to_numpy() + np.int32(offset), pa.int32(), mask=at < 0
        )
        rows = put(rows, "sheet", shifted)
        rows = put(rows, "head_id", column_of(rows, roster.head_number_column))
        rows = put(rows, "head_name", column_of(rows, roster.head_name_column))
        rows = put(rows, "town", column_of(rows, roster.town_column))
        rows = put(rows, "village", column_of(rows, roster.village_column))
    return _filled(register, rows, at)


def _filled(register: Register, rows: pa.Table, at: Codes) -> pa.Table:
    """Columns with a fixed value, and what the part says of households whose row is missing."""
    houses = register.houses
    cells: dict[str, Callable[[str | None], str | None]] = {}
    if houses.rows is not None:
        part_fill = houses.rows.schema.part_fill
        for name in sorted({name for words in part_fill.values() for name in words}):
            cells[name] = lambda part, name=name: part_fill.get(part or "", {}).get(name)  # type: ignore[misc]
    for name, word in register.entry.fill.items():
        cells[name] = lambda _part, word=word: word  # type: ignore[misc]
    parts = rows["part"].to_pylist()
    for name, fill in cells.items():
        lacking = at < 0
        if name in register.entry.fill and (houses.rows is None or name not in houses.rows.schema.columns):
            lacking = np.ones(len(at), dtype=np.bool_)
        old = column_of(rows, name).to_pylist()
        new = [
            fill(part) if gap else word for part, word, gap in zip(parts, old, lacking.tolist(), strict=True)
        ]
        rows = put(rows, name, pa.array(new, pa.string()))
    return rows


def _says_blank(registers: Sequence[Register], owner: Codes, member: Codes, roster: Roster) -> np.ndarray:
    """Where a person's sheet has the head's column and leaves it blank: he is the head."""
    blank = np.zeros(len(owner), dtype=np.bool_)
    for index, register in enumerate(registers):
        here = owner == index
        silent = register.members.has(roster.head_number_column)
        silent &= ~known(register.members.text(roster.head_number_column))
        blank[here] = silent[member[here]]
    return blank


def _with_places(persons: pa.Table, households: pa.Table) -> pa.Table:
    hid = persons["hid"]
    for name in ("town", "village"):
        persons = put(persons, name, column_of(households, name).take(hid))
    return persons
