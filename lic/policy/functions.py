"""The functions of the language over dates, amounts, cells and truth.

Knows each function's operands, type and how it runs; aggregates are in
:mod:`lic.policy.aggregates`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pyarrow.compute as pc

from lic.declare import near_miss
from lic.policy import intervals, keys, leaves, logic, months, syntax
from lic.policy.aggregates import AGGREGATES, aggregate
from lic.policy.batch import Batch
from lic.policy.cells import CELL_FUNCTIONS
from lic.policy.compiler import Build, Compiler, Scope
from lic.policy.terms import MONTH, SOME_NUMBER, TRUTH, Kind, Level, Term, Type
from lic.policy.units import DAYS, MONTHS, YEARS_OF_AGE, Unit, replaced, times
from lic.policy.values import (
    FALSE,
    NO_DATE,
    TRUE,
    Dates,
    Num,
    Small,
    Text,
    Truth,
    Value,
    as_dates,
    as_number,
    as_text,
    join_bits,
)

MONTHS_PER_YEAR: Unit = ((keys.YEAR, -1), (keys.MONTH, 1))
_PER_YEAR: Unit = ((keys.YEAR, 1),)


def call(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    """A function call."""
    if node.name in AGGREGATES:
        return aggregate(compiler, node, scope)
    known = _FUNCTIONS.get(node.name)
    if known is None:
        names = {*_FUNCTIONS, *AGGREGATES}
        return compiler.fail(node, "R041", name=node.name, suggestion=near_miss(node.name, names))
    least, most, build = known
    if not least <= len(node.args) <= most or node.when is not None:
        return compiler.fail(node, "R057", name=node.name, least=least, most=most)
    return build(compiler, node, scope)


def _dates(compiler: Compiler, node: syntax.Node, scope: Scope) -> Term | None:
    term = compiler.term(node, scope)
    return term if compiler.expect(term, Kind.DATE) and term.type.kind is Kind.DATE else None


def window_at(batch: Batch, scope: Scope) -> Small:
    """The last month of the window, for the entities of a scope."""
    window = batch.window()
    match scope.level:
        case Level.PERSON:
            return window[batch.part.hid]
        case Level.ROW:
            return window[batch.rows(scope.table or "", view=scope.view).hid]
        case _:
            return window


def _month_count(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    ends: list[Term | None] = []
    for index, item in enumerate(node.args):
        if isinstance(item, syntax.Dash):
            ends.append(None)
            continue
        term = _dates(compiler, item, scope)
        if term is None:
            return leaves.nothing(node)
        if index == 1 and term.type.monthly:
            term = leaves.unary(item, term, term.type, _to_month_end)
        ends.append(term)
    start, end = ends

    def run(batch: Batch) -> Value:
        first = Dates(np.array([months.START], np.int32)) if start is None else as_dates(start.run(batch))
        final = Dates(np.array([months.END], np.int32)) if end is None else as_dates(end.run(batch))
        window = window_at(batch, scope)
        unknown = first.unknown() | final.unknown()
        some_start = np.where(first.at == NO_DATE, 0, first.at).astype(np.int32)
        some_end = np.where(final.at == NO_DATE, 0, final.at).astype(np.int32)
        count = months.months_within(some_start, some_end, window)
        if not unknown.any():
            return Num(count, None, 1, months.WINDOW)
        lo, hi = np.where(unknown, 0, count), np.where(unknown, months.WINDOW, count)
        return join_bits(Num(lo, hi, 1, months.WINDOW), first.bits, final.bits)

    children = tuple(term for term in ends if term is not None)
    return Term(node, Type(Kind.NUMBER, MONTHS_PER_YEAR), run, children)


def _to_month_end(value: Value) -> Value:
    dates = as_dates(value)
    return Dates(months.last_days(dates.at), dates.bits)


def _later(unit: Unit, add: Callable[[Small, int], Small]) -> Build:
    """A date so many months or days later."""

    def build(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
        date, count = _dates(compiler, node.args[0], scope), compiler.term(node.args[1], scope)
        if date is None or not compiler.expect(count, Kind.NUMBER) or count.type.kind is Kind.ANY:
            return leaves.nothing(node)
        if count.type.unit not in (None, unit):
            return compiler.mismatch(node, count, Term(node, Type(Kind.NUMBER, unit), count.run))

        def run(batch: Batch) -> Value:
            dates, number = as_dates(date.run(batch)), as_number(count.run(batch))
            if number.hi is not None or len(number.lo) != 1 or number.lo[0] % number.scale:
                at = np.full(len(dates.at), NO_DATE, np.int32)
                return join_bits(Dates(at), dates.bits, number.bits)
            return Dates(add(dates.at, int(number.lo[0]) // number.scale), dates.bits)

        return Term(node, date.type, run, (date, count))

    return build


def _month_start(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    date = _dates(compiler, node.args[0], scope)
    if date is None:
        return leaves.nothing(node)

    def first(value: Value) -> Value:
        dates = as_dates(value)
        return Dates(months.first_of_month(dates.at), dates.bits)

    return leaves.unary(node, date, date.type, first)


def _month_before(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    date = _dates(compiler, node.args[0], scope)
    if date is None:
        return leaves.nothing(node)

    def before(value: Value) -> Value:
        dates = as_dates(value)
        month = months.month_of(dates.at)
        return Dates(np.where(month == NO_DATE, month, month - 1).astype(np.int32), dates.bits)

    return leaves.unary(node, date, MONTH, before)


def age(batch: Batch, born: Dates) -> Num:
    """Full years on the as-of date."""
    unknown = born.unknown()
    years = np.maximum(0, months.ages(np.where(unknown, 0, born.at).astype(np.int32), batch.as_of))
    if not unknown.any():
        return Num(years, None, 1, 10**4)
    lo, hi = np.where(unknown, 0, years), np.where(unknown, np.int64(1 << 62), years)
    return Num(lo, hi, 1, 10**4, born.bits)


def _age(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    date = _dates(compiler, node.args[0], scope)
    if date is None:
        return leaves.nothing(node)
    kind = Type(Kind.NUMBER, YEARS_OF_AGE)
    return Term(node, kind, lambda batch: age(batch, as_dates(date.run(batch))), (date,))


def _converted(old: str | None, new: str | None, factor: Fraction) -> Build:
    def build(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
        item = compiler.term(node.args[0], scope)
        if not compiler.expect(item, Kind.NUMBER) or item.type.unsure or item.type.kind is Kind.ANY:
            return leaves.guessed(node, SOME_NUMBER, (item,))
        unit = item.type.unit
        if unit is not None:
            unit = replaced(unit, old, new) if old and new else times(unit, _PER_YEAR, -1)
            if unit is None:
                compiler.fail(node, "R059", name=node.name, unit=old)
                return leaves.guessed(node, SOME_NUMBER, (item,))
        times_factor = intervals.constant(factor)
        kind = Type(Kind.NUMBER, unit)
        if factor == 1:
            return leaves.unary(node, item, kind, as_number)
        return leaves.unary(
            node, item, kind, lambda value: intervals.multiply(as_number(value), times_factor)
        )

    return build


def _extreme(largest: bool) -> Build:  # noqa: FBT001  # two functions of one shape
    def build(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
        items = [compiler.term(item, scope) for item in node.args]
        if not all([compiler.expect(item, Kind.NUMBER) for item in items]):  # noqa: C419  # report all
            return leaves.nothing(node)
        if any(item.type.unsure or item.type.kind is Kind.ANY for item in items):
            return leaves.guessed(node, SOME_NUMBER, tuple(items))
        units = [item.type.unit for item in items if item.type.unit is not None]
        for item in items:
            if item.type.unit is not None and item.type.unit != units[0]:
                return compiler.mismatch(item.node, items[0], item)
        kind = Type(Kind.NUMBER, units[0] if units else None)

        def run(batch: Batch) -> Value:
            return intervals.extreme([as_number(item.run(batch)) for item in items], largest=largest)

        return Term(node, kind, run, tuple(items))

    return build


def _certainty(apply: Callable[[Truth], Truth]) -> Build:
    def build(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
        item = compiler.term(node.args[0], scope)
        compiler.expect(item, Kind.TRUTH)
        return leaves.unary(node, item, TRUTH, apply)

    return build


def _known(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    item = compiler.term(node.args[0], scope)

    def known(value: Value) -> Value:
        return Truth((~value.unknown()).astype(np.int8) * np.int8(TRUE))

    return leaves.unary(node, item, TRUTH, known)


def _delivered(compiler: Compiler, node: syntax.Call, _: Scope) -> Term:
    table = node.args[0]
    if not isinstance(table, syntax.Name) or table.text not in compiler.program.schemas:
        name = table.text if isinstance(table, syntax.Name) else ""
        return compiler.fail(table, "R043", name=name, suggestion=near_miss(name, compiler.program.schemas))
    compiler.tables.add(table.text)
    name = table.text

    def run(batch: Batch) -> Value:
        linked = batch.part.linked.tables.get(name)
        delivered = linked is not None and linked.delivered
        return Truth(np.array([TRUE if delivered else FALSE], np.int8))

    return Term(node, TRUTH, run)


def _slice(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    item = compiler.term(node.args[0], scope)
    numbers = [arg.value if isinstance(arg, syntax.Number) else None for arg in node.args[1:]]
    if not compiler.expect(item, Kind.TEXT) or any(n is None or n.denominator != 1 for n in numbers):
        return compiler.fail(node, "R057", name=node.name, least=3, most=3)
    start, size = (int(n or 0) for n in numbers)

    def cut(value: Value) -> Value:
        text = as_text(value)
        pieces = pc.utf8_slice_codeunits(text.words, start - 1, start - 1 + size).dictionary_encode()
        codes = pieces.indices.to_numpy(zero_copy_only=False).astype(np.int32)
        if not len(codes):
            return text
        return Text(
            np.where(text.codes < 0, text.codes, codes[text.codes]).astype(np.int32),
            pieces.dictionary,
            text.bits,
        )

    return leaves.unary(node, item, Type(Kind.TEXT), cut)


_FUNCTIONS: dict[str, tuple[int, int, Build]] = {
    keys.F_MONTHS: (2, 2, _month_count),
    keys.F_MONTHS_AFTER: (2, 2, _later(MONTHS, months.add_months)),
    keys.F_DAYS_AFTER: (2, 2, _later(DAYS, months.add_days)),
    keys.F_MONTH_BEFORE: (1, 1, _month_before),
    keys.F_MONTH_START: (1, 1, _month_start),
    keys.F_AGE: (1, 1, _age),
    keys.F_YEARLY: (1, 1, _converted(keys.MONTH, keys.YEAR, Fraction(12))),
    keys.F_MONTHLY: (1, 1, _converted(keys.YEAR, keys.MONTH, Fraction(1, 12))),
    keys.F_ONCE: (1, 1, _converted(keys.MONTH, keys.YEAR, Fraction(1))),
    keys.F_WITHIN: (1, 1, _converted(None, None, Fraction(1))),
    keys.F_LARGER: (1, 20, _extreme(True)),
    keys.F_SMALLER: (1, 20, _extreme(False)),
    keys.F_SURELY: (1, 1, _certainty(logic.surely)),
    keys.F_MAYBE: (1, 1, _certainty(logic.maybe)),
    keys.F_KNOWN: (1, 1, _known),
    keys.F_DELIVERED: (1, 1, _delivered),
    **CELL_FUNCTIONS,
    keys.F_SLICE: (3, 3, _slice),
}  # fmt: skip
