"""The little roster of a test case: one household, its members and their source rows.

Knows how rows are written in a case: canonical columns with values as a person writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from lic.declare import Map, Node, Scalar, near_miss, read_date, read_flag, read_map, read_number, read_seq
from lic.model.linked import Linked, LinkedTable
from lic.model.period import OPEN_END, OPEN_START, month_index
from lic.model.table import Column, ColumnType, TableSchema
from lic.policy import keys, months
from lic.policy.empty import empty_linked, row_schema
from lic.policy.pack import Pack
from lic.policy.parts import Part, batches

_OPEN = {keys.TODAY_OPEN: OPEN_END, keys.UNLIMITED: OPEN_START}
_DATES = (ColumnType.DATE, ColumnType.MONTH, ColumnType.SCHOOL_YEAR)


def case_part(
    pack: Pack, rows: Sequence[Mapping[str, Node]], as_of: date, *, absent: Sequence[str], roster: str | None
) -> Part | None:
    """One household with ``len(rows)`` members; None when a table or column does not exist."""
    program = pack.program
    linked = empty_linked(program)
    entry = roster if roster is not None else program.roster.entries[0].name
    household = {"household_no": "1", "roster": entry, "sheet": 0}
    persons = [
        {"hid": 0, "name": str(number + 1), "roster": entry, "number_usable": True, "sheet": 0}
        for number in range(len(rows))
    ]
    tables: dict[str, LinkedTable] = {}
    for name, schema in program.schemas.items():
        table = _table(schema, rows, as_of)
        if table is None:
            return None
        tables[name] = replace(table, delivered=name not in absent)
    for name in {name for member in rows for name in member} - set(program.schemas):
        node = next(member[name] for member in rows if name in member)
        node.fail("R043", name=name, suggestion=near_miss(name, program.schemas))
        return None
    built = Linked(
        persons=pa.Table.from_pylist(persons, linked.persons.schema),
        households=pa.Table.from_pylist([household], linked.households.schema),
        person_present=linked.person_present,
        household_present=linked.household_present,
        tables=tables,
        events=linked.events,
        parts_missing=frozenset(),
        corrections=0,
    )
    return next(batches(built, 1))[2]


def _table(schema: TableSchema, rows: Sequence[Mapping[str, Node]], as_of: date) -> LinkedTable | None:
    lines: list[dict[str, object]] = []
    columns: set[str] = set()
    for pid, member in enumerate(rows):
        for item in read_seq(member.get(schema.name)):
            body = read_map(item)
            line = None if body is None else _line(schema, body)
            if line is None:
                return None
            columns |= set(line)
            lines.append({"hid": 0, "pid": pid, "doubt": 0, "sheet": 0, "_row": len(lines) + 1, **line})
    month = month_index(as_of)
    return LinkedTable(
        schema.name,
        delivered=True,
        rows=pa.Table.from_pylist(lines, row_schema(schema)),
        present=(frozenset(columns),),
        months=frozenset(range(month - 2 * months.WINDOW, month + 1)) if schema.month_column else frozenset(),
        newest=_newest(schema, lines),
    )


def _newest(schema: TableSchema, lines: Sequence[Mapping[str, object]]) -> dict[str, int]:
    newest: dict[str, int] = {}
    for name, column in schema.columns.items():
        days = [day for line in lines if isinstance(day := line.get(name), date)]
        if column.type in _DATES and days:
            newest[name] = max(month_index(day) for day in days)
    return newest


def _line(schema: TableSchema, body: Map) -> dict[str, object] | None:
    line: dict[str, object] = {}
    for key, node in body.pairs():
        column = schema.columns.get(key.value)
        if column is None:
            key.fail(
                "R044", name=key.value, table=schema.name, suggestion=near_miss(key.value, schema.columns)
            )
            return None
        line[key.value] = _cell(column, node)
    return line


def _cell(column: Column, node: Node) -> object:
    if not isinstance(node, Scalar) or (not node.quoted and node.value in (keys.UNKNOWN, keys.LEFT_BLANK)):
        return None
    match column.type:
        case ColumnType.FLAG:
            return read_flag(node)
        case ColumnType.MONEY:
            amount = read_number(node)
            return None if amount is None else int(amount * 100)
        case ColumnType.INTEGER | ColumnType.DECIMAL:
            number = read_number(node)
            return None if number is None else int(number)
        case ColumnType.DATE | ColumnType.MONTH | ColumnType.SCHOOL_YEAR:
            return _OPEN.get(node.value) or read_date(node)
        case _:
            return node.value
