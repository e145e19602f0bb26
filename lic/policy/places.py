"""Cells of delivered sheets as the sources of values: where each stands and what was written there.

Knows the columns ``_file``, ``_sheet``, ``_row`` and ``_raw`` of staged rows. Judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pyarrow as pa

from lic.model.explanation import Source, Verified
from lic.model.linked import VERIFIED, Doubt, Linked
from lic.model.table import Column, ColumnType, TableSchema
from lic.policy import keys
from lic.policy.columns import column_value, text_value, unknown_value
from lic.policy.known import known
from lic.policy.program import Program
from lic.policy.sentence import number_text
from lic.policy.terms import Kind, Level, Type, column_type

_WHY_BLANK, _WHY_REFUSED, _WHY_NO_COLUMN = "没有填写", "原文看不懂", "表里没有这一栏"
_DOUBTS = {
    Doubt.NAME: "号码是本人的，姓名对不上",
    Doubt.NUMBER: "姓名是本人的，号码不能用",
    Doubt.MISSING: "缺少必不可少的一栏",
}


def cell(
    rows: pa.Table, index: int, schema: TableSchema, name: str, *, member: int | None, present: bool = True
) -> Source:
    """One cell of row ``index``; ``present``: whether the sheet has the column."""
    column = schema.columns.get(name)
    if column is None:
        value = known(text_value(_column(rows, name, index)), 0, Type(Kind.TEXT))
    elif name in rows.column_names:
        value = known(column_value(_column(rows, name, index), column), 0, column_type(column))
    else:
        value = known(unknown_value(column, 1), 0, column_type(column))
    texts = raw_texts(rows, index)
    raw = texts.get(name)
    mark = texts.get(VERIFIED + name)
    verified = None if mark is None else _verified(json.loads(mark), column)
    blank = value.exact is None
    why = (_WHY_REFUSED if raw else _WHY_BLANK if present else _WHY_NO_COLUMN) if blank else None
    place = {key: _at(rows, key, index) for key in ("_file", "_sheet", "_row")}
    return Source(
        schema.name, schema.department, name,
        place["_file"], place["_sheet"], place["_row"],
        value.exact, keys.SHOW_BLANK if why == _WHY_BLANK else value.shown,
        raw, why, assumed=not present and not blank, verified=verified, member=member,
    )  # fmt: skip


def _verified(mark: Sequence[Any], column: Column | None) -> Verified:
    """The verified value's place; the declared one as people write it."""
    file, sheet, row, declared = mark
    if declared is not None and column is not None and column.type is ColumnType.MONEY:
        declared = number_text(Fraction(int(declared), 100))
    return Verified(file, sheet, row, declared)


def _column(rows: pa.Table, name: str, index: int) -> pa.Array:
    if name == keys.PART and name not in rows.column_names:
        name = "_part"
    if name not in rows.column_names:
        return pa.nulls(1, pa.string())
    column = rows.column(name).slice(index, 1).combine_chunks()
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column


def _at(rows: pa.Table, name: str, index: int) -> Any:
    return rows.column(name)[index].as_py() if name in rows.column_names else None


def raw_texts(rows: pa.Table, index: int) -> Mapping[str, str]:
    """What was written in the cells of a row that were repaired or refused."""
    text = _at(rows, "_raw", index)
    found: Mapping[str, str] = {} if text is None else json.loads(text)
    return found


def own_cell(program: Program, rows: pa.Table, index: int, level: Level, name: str, *, member: int | None,
             present: frozenset[str] | None) -> Source:  # fmt: skip
    """A cell of the roster's own row of a household or person; 填 gives a value without a cell."""
    roster = _at(rows, "roster", index)
    number = next((i for i, entry in enumerate(program.roster.entries) if entry.name == roster), 0)
    entry = program.roster.entries[number]
    schema = program.schemas[program.own_table(number, level)]
    own = schema if name in schema.columns else _with_column(schema, program.own_column(level, name))
    shown_cell = cell(rows, index, own, name, member=member, present=present is None or name in present)
    if name not in entry.fill:
        return shown_cell
    return Source(
        own.name, own.department, name, None, None, None,
        shown_cell.value, shown_cell.shown, fixed=True, member=member,
    )  # fmt: skip


def _with_column(schema: TableSchema, column: Column | None) -> TableSchema:
    if column is None:
        return schema
    return TableSchema(
        schema.name, schema.code, schema.department, schema.required,
        {**schema.columns, column.name: column}, schema.many_rows,
    )  # fmt: skip


def named_there(source: Source, linked: Linked) -> Source:
    """A cell with its column's name as its own sheet has it."""
    heading = linked.headings.get((source.file or "", source.sheet or ""), {}).get(source.column)
    return source if heading is None else replace(source, heading=heading)


def doubtful_rows(
    rows: pa.Table, doubt: Mapping[int, int], schema: TableSchema, *, member: int | None
) -> tuple[Source, ...]:
    """The rows (index to kind of doubt) that may concern a person and could not be used."""
    names = {
        Doubt.NAME: schema.name_column,
        Doubt.NUMBER: schema.number_column,
        Doubt.MISSING: schema.indispensable[0] if schema.indispensable else schema.month_column,
    }
    found = []
    for index, kind in sorted(doubt.items()):
        column = names[Doubt(kind)] or schema.number_column or schema.name_column or ""
        made = cell(rows, index, schema, column, member=member)
        found.append(
            Source(
                made.table,
                made.department,
                column,
                made.file,
                made.sheet,
                made.row,
                made.value,
                made.shown,
                made.raw,
                _DOUBTS[Doubt(kind)],
                member=member,
            )
        )  # fmt: skip
    return tuple(found)
