"""The canonical result: four tables with fixed leading columns, and the words of a decision.

Knows column names, their order and types (DESIGN §5). Facts of the pack follow the fixed
columns under their own names; this module refuses to know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Status(StrEnum):
    """What a decision came to."""

    RECOGNISED = "认定"
    UNDECIDED = "待核实"
    NOT_MET = "不符合"


class Action(StrEnum):
    """What to do about the register, in the order of the lists."""

    ENTER = "新增"
    KEEP = "维持"
    MOVE = "转类"
    LEAVE = "退出"
    VERIFY = "待核实"
    NOTHING = "无"


_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())

PERSON_SCHEMA = pa.schema(
    [
        ("household_no", _TEXT),
        ("id_number", _TEXT),
        ("name", _TEXT),
        ("relation", _TEXT),
        ("town", _TEXT),
        ("village", _TEXT),
        ("counted", pa.bool_()),
        ("category", _TEXT),
        ("basis", _TEXT),
        ("tags", _TEXTS),
        ("status", _TEXT),
        ("possible", _TEXTS),
        ("missing", _TEXTS),
        ("reason", _TEXT),
        ("registered_category", _TEXT),
        ("action", _TEXT),
    ]
)

HOUSEHOLD_SCHEMA = pa.schema(
    [
        ("household_no", _TEXT),
        ("head_id", _TEXT),
        ("head_name", _TEXT),
        ("town", _TEXT),
        ("village", _TEXT),
        ("members", pa.int32()),
        ("counted_members", pa.int32()),
        ("category", _TEXT),
        ("tags", _TEXTS),
        ("status", _TEXT),
        ("possible", _TEXTS),
        ("missing", _TEXTS),
        ("reason", _TEXT),
        ("registered_category", _TEXT),
        ("action", _TEXT),
    ]
)

FINDING_SCHEMA = pa.schema(
    [
        ("code", _TEXT),
        ("severity", _TEXT),
        ("direction", _TEXT),
        ("scope", _TEXT),
        ("household_no", _TEXT),
        ("id_number", _TEXT),
        ("name", _TEXT),
        ("town", _TEXT),
        ("village", _TEXT),
        ("message", _TEXT),
        ("expected", _TEXT),
        ("actual", _TEXT),
        ("source", _TEXT),
        ("file", _TEXT),
        ("sheet", _TEXT),
        ("row", pa.int64()),
        ("column", _TEXT),
        ("data_date", pa.date32()),
        ("reference", _TEXT),
        ("suggestion", _TEXT),
        ("declared_date", pa.date32()),  # of the file that declares; data_date is that of the evidence
    ]
)

INPUT_SCHEMA = pa.schema(
    [
        ("table", _TEXT),
        ("department", _TEXT),
        ("required", pa.bool_()),
        ("result", _TEXT),
        ("file", _TEXT),
        ("sheet", _TEXT),
        ("header_row", pa.int32()),
        ("rows_read", pa.int64()),
        ("accepted", pa.int64()),
        ("rejected", pa.int64()),
        ("blank", pa.int64()),
        ("footer", pa.int64()),
        ("linked", pa.int64()),
        ("data_date", pa.date32()),
        ("sha256", _TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Result:
    """The four canonical tables of one run, sorted."""

    persons: pa.Table
    households: pa.Table
    findings: pa.Table
    inputs: pa.Table

    def tables(self) -> Mapping[str, pa.Table]:
        """The tables by the name of their file, in a fixed order."""
        return {
            "persons": self.persons,
            "households": self.households,
            "findings": self.findings,
            "inputs": self.inputs,
        }


def with_leading(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """``table`` with the columns of ``schema`` first, in order and type; missing ones are null."""
    arrays: dict[str, pa.ChunkedArray] = {}
    for column in schema:
        if column.name in table.column_names:
            arrays[column.name] = table.column(column.name).cast(column.type)
        else:
            arrays[column.name] = pa.chunked_array([pa.nulls(table.num_rows, column.type)])
    for name in table.column_names:
        arrays.setdefault(name, table.column(name))
    return pa.table(arrays)
