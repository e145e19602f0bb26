"""Just below, at and just above every line that a parameter or a number of the rules draws.

Knows how to move one fact of the first 基准家庭 until a comparison stands exactly where it is
wanted. Says what comes out; a person signs that it is meant so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import numpy as np

from lic.declare import read_date
from lic.policy import keys, syntax
from lic.policy.batch import GIVEN, Batch, Fixed
from lic.policy.boundary_row import day_boundary, row_boundaries
from lic.policy.boundary_shape import Boundary, Comparison, Point, comparisons, numbers_in, parameters_of
from lic.policy.cases import base_layout, case_parameters, prepared
from lic.policy.compare import verdict
from lic.policy.declared import Condition
from lic.policy.evaluate import decisions
from lic.policy.given import numbers_value
from lic.policy.known import amount, kleene, known, one
from lic.policy.pack import Pack
from lic.policy.phrases import Phrases
from lic.policy.terms import Kind, Level, Term
from lic.policy.units import is_money, unit_name
from lic.policy.values import as_truth

_SOME = {True: Fraction(10000), False: Fraction(1)}  # what a line's own fact is set to when it is zero


def boundaries(pack: Pack) -> tuple[Boundary, ...]:
    """Every comparison of a condition with a parameter or number, and of checks with a parameter."""
    maker = _Maker.of(pack)
    return () if maker is None else tuple(maker.all())


@dataclass(slots=True)
class _Maker:
    pack: Pack
    as_of: date
    phrases: Phrases
    bases: dict[tuple[str, ...], Batch] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: Pack) -> _Maker | None:
        """A maker on the day of the first case; None when the pack has no cases."""
        cases = pack.program.declarations.cases
        day = read_date(cases[0].entries.get(keys.DATE)) if cases else None
        if day is None or base_layout(pack) is None:
            return None
        return cls(pack, day, Phrases(pack.program))

    def all(self) -> Iterator[Boundary]:
        program = self.pack.program
        for name, fact in program.facts.items():
            if isinstance(fact.declared, Condition):
                for term in fact.terms:
                    for found in comparisons(term):
                        made = self._one(name, fact.level, found, literal=True)
                        if made is not None:
                            yield replace(made, reference=fact.declared.reference)
        for compiled in program.checks:
            if compiled.condition is None or compiled.check.level is Level.ROW:
                continue
            for found in comparisons(compiled.condition):
                title = f"{compiled.check.code} {compiled.check.name}"
                made = self._one(title, compiled.check.level, found, literal=False)
                if made is not None:
                    yield replace(made, reference=compiled.check.reference)
        yield from row_boundaries(self.pack, self.phrases, self.as_of)

    def _one(self, name: str, level: Level, found: Comparison, *, literal: bool) -> Boundary | None:
        left, right = found.term.children
        program = self.pack.program
        if left.type.kind in (Kind.DATE, Kind.MONTH):
            return day_boundary(self.pack, self.phrases, name, found, self.as_of)
        if left.type.kind is not Kind.NUMBER:
            return None
        for quantity, line in ((left, right), (right, left)):
            used = parameters_of(program, line)
            drawn = used or (literal and isinstance(line.node, syntax.Number))
            if drawn and not parameters_of(program, quantity):
                return self._moved(name, level, found, quantity, line, used)
        return None

    def _batch(self, found: Comparison, fixed: Mapping[str, Fixed]) -> Batch:
        base = self.bases.get(found.absent)
        if base is None:
            layout = base_layout(self.pack)
            parameters = case_parameters(self.pack, self.as_of)
            if layout is not None:
                base = prepared(self.pack, layout, parameters, self.as_of, absent=found.absent)
            if base is None:
                raise TypeError(keys.BASES)
            self.bases[found.absent] = base
        return Batch(base.part, base.program, base.parameters, self.as_of, fixed={**base.fixed, **fixed})

    def _moved(
        self, name: str, level: Level, found: Comparison, quantity: Term, line: Term, used: tuple[str, ...]
    ) -> Boundary | None:
        """Move one fact of ``quantity`` so that it meets ``line``."""
        program = self.pack.program
        movable = [fact for fact in numbers_in(program, quantity) if fact not in numbers_in(program, line)]
        if not movable:
            return None
        chosen, extra = movable[0], dict[str, Fixed]()
        at = self._value(self._batch(found, extra), line)
        if at == 0 and numbers_in(program, line):
            other = numbers_in(program, line)[0]
            extra[other] = _given(_SOME[is_money(program.facts[other].type.unit)])
            at = self._value(self._batch(found, extra), line)
        if at is None:
            return None
        money = is_money(quantity.type.unit or line.type.unit)
        step = Fraction(1, 100) if money else Fraction(1)
        points = []
        for target in (at - step, at, at + step):
            value = self._solve(found, extra, chosen, quantity, target)
            points.append(self._point(name, level, found, {**extra, chosen: _given(value)}, quantity, target)
                          if value is not None and value >= 0 else None)  # fmt: skip
        unit = quantity.type.unit or line.type.unit
        return Boundary(
            name, self.phrases.of_node(found.term.node, None), chosen, used,
            amount(at, unit_name(unit) if unit else None, money=money), tuple(points),
        )  # fmt: skip

    def _value(self, batch: Batch, term: Term) -> Fraction | None:
        exact = known(term.run(batch), 0, term.type).exact
        return exact if isinstance(exact, Fraction) else None

    def _solve(
        self, found: Comparison, extra: Mapping[str, Fixed], chosen: str, quantity: Term, target: Fraction
    ) -> Fraction | None:
        """The value of ``chosen`` at which ``quantity`` is ``target``: quantities here are straight lines."""

        def at(value: Fraction) -> Fraction | None:
            return self._value(self._batch(found, {**extra, chosen: _given(value)}), quantity)

        start = max(Fraction(0), target)
        first, second = at(start), at(start + 1)
        if first is None or second is None or first == second:
            return None
        value = start + (target - first) / (second - first)
        return value if value < 0 or at(value) == target else None

    def _point(
        self, name: str, level: Level, found: Comparison, fixed: Mapping[str, Fixed], quantity: Term,
        target: Fraction,
    ) -> Point:  # fmt: skip
        batch = self._batch(found, fixed)
        unit = quantity.type.unit
        shown = amount(target, unit_name(unit) if unit else None, money=is_money(unit))
        return point(batch, name, level, found.term, shown)


def point(batch: Batch, name: str, level: Level, term: Term, shown: str) -> Point:
    """What comes out of a batch: the comparison, the condition that holds it, the category."""
    truth = kleene(as_truth(term.run(batch)), 0)
    fact = batch.program.facts.get(name)
    whole = truth if fact is None else kleene(as_truth(one(batch.fact(name), 0)), 0)
    persons, households = decisions(batch)
    decision = persons if level is Level.PERSON else households
    return Point(shown, truth, whole, verdict(decision, 0))


def _given(value: Fraction) -> Fixed:
    return Fixed(numbers_value([value], negative=False), np.array([GIVEN], np.int8))
