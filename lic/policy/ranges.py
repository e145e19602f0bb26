"""Between which ends a number can lie, whatever the data: ages, counts, amounts, rates.

Knows the sign and size of columns, functions and parameters; wider than the truth where it is
not sure. Evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lic.declare import Scalar
from lic.model.table import Column
from lic.policy import keys, syntax
from lic.policy.declared import OwnColumn, SourceField
from lic.policy.parameters import Parameter
from lic.policy.program import Program
from lic.policy.terms import Kind, Term

OLDEST = 150
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A closed interval; None is open."""

    low: Fraction | None = None
    high: Fraction | None = None

    def plus(self, other: Span) -> Span:
        """Sums."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high)

    def times(self, factor: Fraction) -> Span:
        """Multiples."""
        if factor == 0:
            return Span(Fraction(0), Fraction(0))
        ends = [None if end is None else end * factor for end in (self.low, self.high)]
        return Span(*ends) if factor > 0 else Span(ends[1], ends[0])

    def holds(self, value: Fraction) -> bool:
        """Whether ``value`` lies within."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


ANYWHERE = Span()
POSITIVE = Span(Fraction(0))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span around several."""
    items = list(spans)
    lows, highs = [item.low for item in items], [item.high for item in items]
    low = None if not lows or None in lows else min(end for end in lows if end is not None)
    high = None if not highs or None in highs else max(end for end in highs if end is not None)
    return Span(low, high)


@dataclass(slots=True)
class Ranges:
    """The spans of a program's facts, worked out when asked for."""

    program: Program
    _facts: dict[str, Span] = field(default_factory=dict)

    def of(self, term: Term, table: str | None) -> Span:
        """The span of a number; ``table``: whose rows the term is about."""
        if term.type.kind is Kind.ANY:
            return ANYWHERE
        match term.node:
            case syntax.Number():
                return Span(term.node.value, term.node.value)
            case syntax.Name():
                return self._named(term.node.text, table)
            case syntax.Index():
                return parameter_span(self.program.parameters[term.node.name], fixed_only=True)
            case syntax.Minus():
                return self.of(term.children[0], table).times(Fraction(-1))
            case syntax.Choose():
                return hull(self.of(child, table) for child in term.children[1:])
            case syntax.Arithmetic():
                return self._arithmetic(term, table)
            case syntax.Call():
                return self._call(term, table)
            case _:
                return ANYWHERE

    def _named(self, name: str, table: str | None) -> Span:
        program = self.program
        if table is not None and name in program.schemas[table].columns:
            return column_span(program.schemas[table].columns[name])
        if name in program.parameters:
            return parameter_span(program.parameters[name], fixed_only=True)
        if name not in self._facts:
            self._facts[name] = ANYWHERE  # while it is worked out
            self._facts[name] = self._fact(name)
        return self._facts[name]

    def _fact(self, name: str) -> Span:
        fact = self.program.facts.get(name)
        if name == keys.AGE:
            return Span(Fraction(0), Fraction(OLDEST))
        declared = None if fact is None else fact.declared
        if isinstance(declared, OwnColumn):
            column = self.program.own_column(declared.level, declared.column)
            spans = [ANYWHERE if column is None else column_span(column)]
            return hull([*spans, *_written(declared.without_column)])
        if fact is None or len(fact.terms) != 1:
            return ANYWHERE
        if isinstance(declared, SourceField):
            if declared.doubtful == keys.ANYTHING:
                return ANYWHERE
            return hull([self.of(fact.terms[0], declared.table), *_written(declared.not_delivered)])
        return self.of(fact.terms[0], None)

    def _arithmetic(self, term: Term, table: str | None) -> Span:
        node = term.node
        if not isinstance(node, syntax.Arithmetic):
            return ANYWHERE
        spans = [self.of(child, table) for child in term.children]
        match node.op:
            case "+":
                return spans[0].plus(spans[1])
            case "-":
                return spans[0].plus(spans[1].times(Fraction(-1)))
            case "*":
                return _product(*spans)
            case _:
                divisor = node.right.value if isinstance(node.right, syntax.Number) else Fraction(0)
                return spans[0].times(1 / divisor) if divisor else ANYWHERE

    def _call(self, term: Term, table: str | None) -> Span:
        name = term.node.name if isinstance(term.node, syntax.Call) else ""
        factor = UNIT_FACTORS.get(name)
        if factor is not None and term.children:
            return self.of(term.children[0], table).times(factor)
        if name in _FIXED:
            return _FIXED[name]
        if name in (keys.F_LARGER, keys.F_SMALLER):
            return _extreme([self.of(child, table) for child in term.children], name == keys.F_LARGER)
        if name in (keys.F_SUM, keys.F_MAX, keys.F_MIN) and term.children:
            item = self.of(term.children[0], table)
            low = Fraction(0) if item.low is not None and item.low >= 0 else None
            return Span(low, item.high if name != keys.F_SUM and low is not None else None)
        return ANYWHERE


UNIT_FACTORS = {
    keys.F_YEARLY: Fraction(_YEAR),
    keys.F_MONTHLY: Fraction(1, _YEAR),
    keys.F_ONCE: Fraction(1),
    keys.F_WITHIN: Fraction(1),
}
_FIXED = {
    keys.F_AGE: Span(Fraction(0), Fraction(OLDEST)),
    keys.F_MONTHS: Span(Fraction(0), Fraction(_YEAR)),
    keys.F_AGE_IN_TABLE: POSITIVE,
    keys.F_COUNT: POSITIVE,
    keys.F_DISTINCT: POSITIVE,
}


def column_span(column: Column) -> Span:
    """A column refuses what is below zero unless it says otherwise."""
    return ANYWHERE if column.negative_allowed else POSITIVE


def parameter_span(parameter: Parameter, *, fixed_only: bool, only: str | None = None) -> Span:
    """All values a parameter (one key of it) ever has; ``fixed_only``: a local one may be given any other."""
    entries = [item for entry in parameter.entries for item in entry.values.items()]
    values = [value for key, value in entries if only in (None, key)]
    numbers = [value for value in values if isinstance(value, Fraction)]
    days = [Fraction(value.toordinal()) for value in values if isinstance(value, date)]
    known = numbers or days
    if known and not (fixed_only and parameter.local):
        return Span(min(known), max(known))
    return Span(Fraction(0), Fraction(1) if parameter.unit_text == keys.RATE else None)


def _written(node: Scalar | None) -> list[Span]:
    """A constant of the declaration."""
    if node is None:
        return []
    try:
        value = Fraction(node.value)
    except ValueError:
        return [ANYWHERE]
    return [Span(value, value)]


def _product(left: Span, right: Span) -> Span:
    if None not in (left.low, left.high, right.low, right.high):
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]  # type: ignore[operator]
        return Span(min(ends), max(ends))
    same = left.low is not None and left.low >= 0 and right.low is not None and right.low >= 0
    if not same or left.low is None or right.low is None:
        return ANYWHERE
    return Span(left.low * right.low)


def _extreme(spans: list[Span], largest: bool) -> Span:  # noqa: FBT001  # two of one shape
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    if largest:
        return Span(max(lows, default=None), max(highs) if len(highs) == len(spans) else None)
    return Span(min(lows) if len(lows) == len(spans) else None, min(highs, default=None))
