"""Which truths a condition can take, whatever the data: always true, always false, or both.

A condition is taken apart into comparisons of linear forms, choices of words and plain yes-or-no
questions; every combination of what these can be is tried. Knows spans and vocabularies, no data.
What it cannot take apart may be anything, so that nothing is called constant that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from lic.policy import syntax
from lic.policy.declared import Condition, DecisionTable
from lic.policy.lines import shape
from lic.policy.program import Program
from lic.policy.ranges import ANYWHERE, UNIT_FACTORS, Ranges, Span, parameter_span
from lic.policy.terms import Kind, Term

Case = Mapping[str, int]
Judge = Callable[[Case], bool]
MOST_CASES = 4096
DEPTH = 3  # conditions inside conditions that are looked into
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_OTHER = "\0"


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of named numbers with factors, and a constant.

    ``spans``: how far each can reach; ``values``: what those that are parameters are set to.
    """

    parts: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    spans: Mapping[str, Span] = field(default_factory=dict)
    values: Mapping[str, Span] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """How far the sum without its constant can reach; of parameters alone: what they are set to."""
        known = self.values if all(name in self.values for name, _ in self.parts) else self.spans
        total = Span(Fraction(0), Fraction(0))
        for name, size in self.parts:
            total = total.plus(known.get(name, ANYWHERE).times(size))
        return total

    def plus(self, other: Linear, factor: Fraction = Fraction(1)) -> Linear:
        """``self + factor * other``; what cancels is gone."""
        total = dict(self.parts)
        for name, size in other.parts:
            total[name] = total.get(name, Fraction(0)) + factor * size
        parts = tuple(sorted((name, size) for name, size in total.items() if size))
        constant = self.constant + factor * other.constant
        return Linear(parts, constant, {**self.spans, **other.spans}, {**self.values, **other.values})

    def times(self, factor: Fraction) -> Linear:
        """A multiple."""
        return Linear((), Fraction(0)).plus(self, factor)


@dataclass(slots=True)
class Variable:
    """One thing that can be this or that: ``cases`` says how many ways, once all is known of it."""

    words: list[str] = field(default_factory=list)
    limits: set[Fraction] = field(default_factory=set)
    span: Span = ANYWHERE
    number: bool = False

    def cases(self) -> list[int]:
        """Regions between and at the limits, or the number of words."""
        if not self.number:
            return list(range(len(self.words)))
        limits = sorted(self.limits)
        found = []
        for region in range(2 * len(limits) + 1):
            at = region // 2
            if region % 2:
                possible = self.span.holds(limits[at])
            else:
                possible = _gap(
                    self.span, limits[at - 1] if at else None, limits[at] if at < len(limits) else None
                )
            if possible:
                found.append(region)
        return found


def _gap(span: Span, above: Fraction | None, below: Fraction | None) -> bool:
    """Whether a span reaches into the open interval between two limits."""
    if span.low is not None and span.low == span.high:
        return (above is None or above < span.low) and (below is None or span.low < below)
    over = above is None or span.high is None or span.high > above
    return over and (below is None or span.low is None or span.low < below)


@dataclass(slots=True)
class Question:
    """Conditions about the same variables, taken apart together."""

    program: Program
    ranges: Ranges
    depth: int = DEPTH
    variables: dict[str, Variable] = field(default_factory=dict)

    def judge(self, term: Term, table: str | None) -> Judge:
        """How a condition follows from the variables."""
        node, kids = term.node, term.children
        if term.type.unsure or term.type.kind is Kind.ANY:
            return self._plain(shape(node))
        match node:
            case syntax.Flag() if node.value != 1:
                return lambda _, value=node.value == 2: value  # type: ignore[misc]
            case syntax.Logic():
                return self.together([self.judge(child, table) for child in kids], both=node.both)
            case syntax.Negate():
                return self.negated(self.judge(kids[0], table))
            case syntax.Choose():
                test, then, other = (self.judge(child, table) for child in kids)
                return lambda c: then(c) if test(c) else other(c)
            case syntax.Compare():
                return self._compare(node, kids, table)
            case syntax.Member() if kids[0].type.kind is Kind.TEXT:
                return self._among(kids[0], table, [word.value for word in node.words], negated=node.negated)
            case syntax.Blank() if kids[0].type.kind is Kind.TEXT:
                return self._among(kids[0], table, [""], negated=node.negated)
            case syntax.Name():
                return self._named(node.text, table)
            case _:
                return self._plain(shape(node))

    def negated(self, item: Judge) -> Judge:
        """The opposite."""
        return lambda c: not item(c)

    def together(self, items: Sequence[Judge], *, both: bool) -> Judge:
        """Several at once."""
        return lambda c: (all if both else any)(item(c) for item in items)

    def _plain(self, name: str) -> Judge:
        self.variables.setdefault(name, Variable(words=["", "x"]))
        return lambda c: c[name] == 1

    def _named(self, name: str, table: str | None) -> Judge:
        fact = self.program.facts.get(name)
        column = table is not None and name in self.program.schemas[table].columns
        if column or fact is None or not isinstance(fact.declared, Condition) or not self.depth:
            return self._plain(f"{table if column else ''}.{name}")
        self.depth -= 1
        items = [self.judge(term, None) for term in fact.terms]
        self.depth += 1
        return self.together(items, both=fact.declared.both)

    def _compare(self, node: syntax.Compare, kids: Sequence[Term], table: str | None) -> Judge:
        left, right = kids
        kind = left.type.kind
        if Kind.ANY in (kind, right.type.kind):
            return self._plain(shape(node))
        if kind is Kind.NUMBER:
            form = self.linear(left, table).plus(self.linear(right, table), Fraction(-1))
            return self._against(node.op, form)
        if kind is Kind.TRUTH:
            one, two = self.judge(left, table), self.judge(right, table)
            return lambda c: (one(c) == two(c)) is (node.op == "=")
        if kind is Kind.TEXT:
            return self._texts(node, left, right, table)
        return self._dates(node, left, right, table)

    def _texts(self, node: syntax.Compare, left: Term, right: Term, table: str | None) -> Judge:
        negated = node.op == "<>"
        for item, word in ((left, right), (right, left)):
            if isinstance(word.node, syntax.Quoted):
                return self._among(item, table, [word.node.value], negated=negated)
        names = sorted((shape(left.node), shape(right.node)))
        if names[0] == names[1]:
            return lambda _: not negated
        same = self._plain("=".join(names))
        return lambda c: same(c) is not negated

    def _dates(self, node: syntax.Compare, left: Term, right: Term, table: str | None) -> Judge:
        op, names = node.op, (shape(left.node), shape(right.node))
        if names[0] == names[1]:
            return lambda _: op in ("<=", ">=", "=")
        return self._against(op, self._day(left, table).plus(self._day(right, table), Fraction(-1)))

    def _day(self, term: Term, table: str | None) -> Linear:
        node = term.node
        if isinstance(node, syntax.Day):
            return Linear((), Fraction(node.value.toordinal()))
        name = f"{table or ''}:{shape(node)}"
        return Linear(((name, Fraction(1)),), Fraction(0), {}, self._set(name, node))

    def _set(self, name: str, node: syntax.Node) -> Mapping[str, Span]:
        """The values of a parameter that an expression names, if it names one."""
        text = (
            node.text
            if isinstance(node, syntax.Name)
            else node.name
            if isinstance(node, syntax.Index)
            else ""
        )
        parameter = self.program.parameters.get(text)
        key = node.key if isinstance(node, syntax.Index) else None
        return {} if parameter is None else {name: parameter_span(parameter, fixed_only=False, only=key)}

    def _among(self, item: Term, table: str | None, words: list[str], *, negated: bool) -> Judge:
        name = f"{table or ''}:{shape(item.node)}"
        variable = self.variables.setdefault(name, Variable(words=self._vocabulary(item)))
        for word in words:
            if word not in variable.words:
                variable.words.append(word)
        wanted = {variable.words.index(word) for word in words}
        return lambda c: (c[name] in wanted) is not negated

    def _vocabulary(self, item: Term) -> list[str]:
        words = list(item.type.words) or [_OTHER, ""]
        fact = self.program.facts.get(item.node.text) if isinstance(item.node, syntax.Name) else None
        if fact is not None and isinstance(fact.declared, DecisionTable) and "" not in words:
            words.append("")
        return words

    def _against(self, op: str, form: Linear) -> Judge:
        """A linear form compared with zero."""
        if not form.parts:
            value = _holds(op, form.constant)
            return lambda _: value
        first = form.parts[0][1]
        op = op if first > 0 else _FLIPPED[op]
        form = form.times(1 / first)
        limit = -form.constant
        name = "+".join(f"{size}*{part}" for part, size in form.parts)
        variable = self.variables.setdefault(name, Variable(number=True, span=form.span))
        variable.limits.add(limit)

        def judge(case: Case) -> bool:
            at = 2 * sorted(variable.limits).index(limit) + 1
            return _holds(op, Fraction(case[name] - at))

        return judge

    def linear(self, term: Term, table: str | None) -> Linear:
        """A number as a linear form; what is no sum is one part of it."""
        node, kids = term.node, term.children
        if isinstance(node, syntax.Number):
            return Linear((), node.value)
        if isinstance(node, syntax.Minus):
            return self.linear(kids[0], table).times(Fraction(-1))
        if isinstance(node, syntax.Call) and node.name in UNIT_FACTORS and kids:
            return self.linear(kids[0], table).times(UNIT_FACTORS[node.name])
        if isinstance(node, syntax.Arithmetic):
            left, right = (self.linear(child, table) for child in kids)
            if node.op in "+-":
                return left.plus(right, Fraction(1 if node.op == "+" else -1))
            if node.op == "/" and right.constant and not right.parts:
                return left.times(1 / right.constant)
            for one, other in ((left, right), (right, left)):
                if node.op == "*" and not other.parts:
                    return one.times(other.constant)
        name = f"{table or ''}:{shape(node)}"
        spans = {name: self.ranges.of(term, table)}
        return Linear(((name, Fraction(1)),), Fraction(0), spans, self._set(name, node))

    def answers(self, judge: Judge) -> set[bool]:
        """The truths that can come out; both when there is too much to try."""
        names = list(self.variables)
        choices = [self.variables[name].cases() for name in names]
        if prod(len(choice) for choice in choices) > MOST_CASES:
            return {True, False}
        found: set[bool] = set()
        for values in product(*choices):
            found.add(judge(dict(zip(names, values, strict=True))))
            if len(found) > 1:
                break
        return found


def _holds(op: str, value: Fraction) -> bool:
    return {
        "<": value < 0,
        "<=": value <= 0,
        ">": value > 0,
        ">=": value >= 0,
        "=": value == 0,
        "<>": value != 0,
    }[op]


def answers(program: Program, ranges: Ranges, term: Term, table: str | None) -> set[bool]:
    """The truths that a condition can take; first without, then with what conditions inside it say."""
    for depth in (0, DEPTH):
        question = Question(program, ranges, depth)
        found = question.answers(question.judge(term, table))
        if len(found) < 2:
            return found
    return found
