"""Functions that look at cells and rows: what is written, what is newest, which month.

Knows the own row of the roster and the rows of a table.
"""

from __future__ import annotations

from collections.abc import Callable

from lic.declare import near_miss
from lic.policy import keys, leaves, syntax
from lic.policy.batch import Batch
from lic.policy.compiler import Build, Compiler, Scope
from lic.policy.terms import TRUTH, Kind, Level, Term, Type
from lic.policy.units import MONTHS
from lic.policy.values import Truth, Value, as_dates, join_bits, spread, take


def _cell(of_row: Callable[[Batch, Scope, str], Value], own: Callable[[Batch, Level, str], Truth]) -> Build:
    def build(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
        name = _column_name(compiler, node.args[0])
        if name is None:
            return leaves.nothing(node)
        program = compiler.program
        if scope.table is not None and name in program.schemas[scope.table].columns:
            return Term(node, TRUTH, lambda batch: of_row(batch, scope, name))
        for level in (Level.PERSON, Level.HOUSEHOLD):
            if level <= scope.level and program.own_column(level, name) is not None:
                return Term(node, TRUTH, _lifted(own, level, scope, name))
        known = program.own_column_names(Level.PERSON) | program.own_column_names(Level.HOUSEHOLD)
        return compiler.fail(
            node.args[0], "R044", name=name, table=keys.ROSTER, suggestion=near_miss(name, known)
        )

    return build


def _lifted(
    own: Callable[[Batch, Level, str], Truth], level: Level, scope: Scope, name: str
) -> Callable[[Batch], Value]:
    def run(batch: Batch) -> Value:
        value = own(batch, level, name)
        if level is scope.level:
            return value
        if scope.level is Level.ROW:
            rows = batch.rows(scope.table or "", view=scope.view)
            return take(spread(value, batch.size(level)), rows.pid if level is Level.PERSON else rows.hid)
        return take(spread(value, batch.size(level)), batch.part.hid)

    return run


def _column_name(compiler: Compiler, node: syntax.Node) -> str | None:
    """An operand that must be a bare column name."""
    if isinstance(node, syntax.Name):
        return node.text
    compiler.fail(node, "R044", name="", table="")
    return None


def _row_columns(compiler: Compiler, node: syntax.Call, scope: Scope) -> list[str] | None:
    if scope.table is None:
        compiler.fail(node, "R060", name=node.name)
        return None
    columns = compiler.program.schemas[scope.table].columns
    names = []
    for item in node.args:
        name = item.text if isinstance(item, syntax.Name) else ""
        if name not in columns:
            compiler.fail(item, "R044", name=name, table=scope.table, suggestion=near_miss(name, columns))
            return None
        names.append(name)
        compiler.program.inputs.add(f"{scope.table}.{name}")
    return names


def _newest(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    names = _row_columns(compiler, node, scope)
    if names is None:
        return leaves.nothing(node)
    table, view = scope.table or "", scope.view
    return Term(
        node, TRUTH, lambda batch: batch.rows(table, view=view).newest_of_group(names[0], tuple(names[1:]))
    )


def _months_behind(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    names = _row_columns(compiler, node, scope)
    if names is None:
        return leaves.nothing(node)
    table, view = scope.table or "", scope.view
    return Term(
        node, Type(Kind.NUMBER, MONTHS), lambda batch: batch.rows(table, view=view).months_behind(names[0])
    )


def _in_months(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    names = _row_columns(compiler, node, scope)
    if names is None:
        return leaves.nothing(node)
    table = scope.table or ""
    if compiler.program.schemas[table].month_column is None:
        return compiler.fail(node, "R061", table=table)

    def run(batch: Batch) -> Value:
        rows = batch.rows(table, view=scope.view)
        dates = as_dates(rows.column(names[0]))
        return join_bits(Truth(rows.within_months(dates.at, rows.hid)), dates.bits)

    return Term(node, TRUTH, run)


CELL_FUNCTIONS: dict[str, tuple[int, int, Build]] = {
    keys.F_HAS_COLUMN: (
        1,
        1,
        _cell(
            lambda batch, scope, name: batch.rows(scope.table or "", view=scope.view).has_column(name),
            lambda batch, level, name: batch.has_column(level, name),
        ),
    ),
    keys.F_LEFT_BLANK: (
        1,
        1,
        _cell(
            lambda batch, scope, name: batch.rows(scope.table or "", view=scope.view).left_blank(name),
            lambda batch, level, name: batch.left_blank(level, name),
        ),
    ),
    keys.F_NEWEST: (1, 9, _newest),
    keys.F_AGE_IN_TABLE: (1, 1, _months_behind),
    keys.F_IN_MONTHS: (1, 1, _in_months),
}
