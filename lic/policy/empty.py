"""A roster with nobody in it, shaped like the real one: to try formulas and build test cases.

Knows column names and types of :mod:`lic.model.linked`.
"""

from __future__ import annotations

import pyarrow as pa

from lic.model.linked import Linked, LinkedTable
from lic.model.table import ARROW_TYPES, Column, TableSchema
from lic.policy.program import Program
from lic.policy.terms import Level

_TEXT = pa.string()
PERSON_FIELDS = [
    ("hid", pa.int32()), ("id_number", _TEXT), ("name", _TEXT), ("relation", _TEXT), ("town", _TEXT),
    ("village", _TEXT), ("roster", _TEXT), ("number_usable", pa.bool_()), ("sheet", pa.int32()),
    ("_file", _TEXT), ("_sheet", _TEXT), ("_row", pa.int64()),
]  # fmt: skip
HOUSEHOLD_FIELDS = [
    ("household_no", _TEXT), ("roster", _TEXT), ("part", _TEXT), ("head_id", _TEXT), ("head_name", _TEXT),
    ("town", _TEXT), ("village", _TEXT), ("sheet", pa.int32()),
    ("_file", _TEXT), ("_sheet", _TEXT), ("_row", pa.int64()),
]  # fmt: skip
ROW_FIELDS = [
    ("hid", pa.int32()), ("pid", pa.int32()), ("doubt", pa.int8()), ("sheet", pa.int32()),
    ("_file", _TEXT), ("_sheet", _TEXT), ("_row", pa.int64()), ("_part", _TEXT),
]  # fmt: skip
EVENT_FIELDS = [
    ("kind", _TEXT), ("hid", pa.int32()), ("pid", pa.int32()), ("household_no", _TEXT), ("id_number", _TEXT),
    ("name", _TEXT), ("source", _TEXT), ("_file", _TEXT), ("_sheet", _TEXT), ("_row", pa.int64()),
    ("expected", _TEXT), ("actual", _TEXT),
]  # fmt: skip


def arrow_type(column: Column) -> pa.DataType:
    """The staged type of a column."""
    return ARROW_TYPES[column.type]


def row_schema(schema: TableSchema) -> pa.Schema:
    """The columns of a linked table's rows."""
    fields = [*ROW_FIELDS, *((name, arrow_type(column)) for name, column in schema.columns.items())]
    return pa.schema(fields)


def roster_schema(program: Program, level: Level) -> pa.Schema:
    """The columns of the roster's persons or households."""
    fields = list(PERSON_FIELDS if level is Level.PERSON else HOUSEHOLD_FIELDS)
    taken = {name for name, _ in fields}
    for name in sorted(program.own_column_names(level) - taken):
        column = program.own_column(level, name)
        if column is not None:
            fields.append((name, arrow_type(column)))
    return pa.schema(fields)


def empty_linked(program: Program) -> Linked:
    """Nobody, and every table delivered without a row."""
    tables = {
        name: LinkedTable(name, delivered=True, rows=row_schema(schema).empty_table())
        for name, schema in program.schemas.items()
    }
    return Linked(
        persons=roster_schema(program, Level.PERSON).empty_table(),
        households=roster_schema(program, Level.HOUSEHOLD).empty_table(),
        person_present=(),
        household_present=(),
        tables=tables,
        events=pa.schema(EVENT_FIELDS).empty_table(),
        parts_missing=frozenset(),
        corrections=0,
    )
