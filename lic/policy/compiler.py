"""From expressions to typed, runnable terms; every mistake is a problem with its column.

Knows names, types, units and levels. Evaluates nothing: a term's function does that later over
a batch. Functions and aggregates are in their own modules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lic.declare import alike, near_miss
from lic.policy import intervals, keys, leaves, logic, syntax
from lic.policy.declared import Formula
from lic.policy.grammar import ExpressionError, parse
from lic.policy.program import Program
from lic.policy.syntax import Node
from lic.policy.terms import SOME_NUMBER, TRUTH, WHOLE, Kind, Level, Term, Type, View
from lic.policy.units import fits, times, unit_name


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: whose value it is, and which rows it may look at.

    ``table``: inside the rows of this table. ``source``: aggregates run over its rows.
    ``bare``: only columns, parameters and dates (the 户册's own conditions).
    """

    level: Level
    table: str | None = None
    source: str | None = None
    view: View = WHOLE
    member: str | None = None
    doubtful: str = keys.ONLY_MORE
    zero_column: str | None = None
    bare: bool = False


class Compiler:
    """Compiles formulas against a program that is being built."""

    def __init__(self, program: Program, resolve: Callable[[str, Formula, int], None]) -> None:
        """``resolve`` makes sure that a fact is compiled, or reports a cycle."""
        self.program = program
        self.resolve = resolve
        self.uses: set[str] = set()
        self.tables: set[str] = set()
        self.formula = Formula("", None)  # type: ignore[arg-type]  # set before any use

    def compile(self, formula: Formula, scope: Scope, expect: Kind | None = None) -> Term:
        """A formula as a term; problems are logged and give a term of kind ANY."""
        before, self.formula = self.formula, formula
        try:
            node = parse(formula.text)
            term = self.term(node, scope)
            if expect is not None:
                self.expect(term, expect)
            return term
        except ExpressionError as error:
            found = error.found or formula.text
            formula.fail(min(error.at, len(formula.text)), "R040", found=found)
            return leaves.nothing(Node(0))
        finally:
            self.formula = before

    def fail(self, node: Node, code: str, *, suggestion: str | None = None, **params: object) -> Term:
        """Log a problem at a node."""
        self.formula.fail(node.at, code, suggestion=suggestion, **params)
        return leaves.nothing(node)

    def expect(self, term: Term, kind: Kind) -> bool:
        """Whether a term is of a kind; a problem otherwise."""
        if term.type.kind in (kind, Kind.ANY):
            return True
        self.fail(term.node, "R015", expected=kind.value, found=term.type.kind.value)
        return False

    def term(self, node: Node, scope: Scope) -> Term:
        """A node as a term."""
        from lic.policy.functions import call

        match node:
            case syntax.Number():
                return leaves.number(node)
            case syntax.Day():
                return leaves.day(node)
            case syntax.Quoted():
                return leaves.quoted(node, ())
            case syntax.Flag():
                return leaves.flag(self, node, scope.table)
            case syntax.Name():
                return self.name(node, scope)
            case syntax.Index():
                return self.index(node)
            case syntax.Call():
                return call(self, node, scope)
            case syntax.Dash():
                return self.fail(node, "R040", found="－")
            case _:
                return self.operator(node, scope)

    def operator(self, node: Node, scope: Scope) -> Term:
        """An operator with its operands."""
        from lic.policy.comparisons import compare, member

        match node:
            case syntax.Arithmetic():
                return self.arithmetic(node, scope)
            case syntax.Minus():
                item = self.term(node.item, scope)
                self.expect(item, Kind.NUMBER)
                return leaves.unary(node, item, item.type, intervals.negative)
            case syntax.Compare():
                return compare(self, node, scope)
            case syntax.Member():
                return member(self, node, scope)
            case syntax.Blank():
                return self.blank(node, scope)
            case syntax.Logic():
                items = [self.term(item, scope) for item in node.items]
                if not all([self.expect(item, Kind.TRUTH) for item in items]):  # noqa: C419  # report all of them
                    return leaves.guessed(node, TRUTH, tuple(items))
                return leaves.logic_term(node, items)
            case syntax.Negate():
                item = self.term(node.item, scope)
                self.expect(item, Kind.TRUTH)
                return leaves.unary(node, item, TRUTH, logic.negation)
            case syntax.Choose():
                return self.choose(node, scope)
        raise TypeError(type(node).__name__)

    def name(self, node: syntax.Name, scope: Scope) -> Term:
        """A bare word: a column of the row, a fact, or a parameter."""
        program, text = self.program, node.text
        if scope.table is not None:
            schema = program.schemas[scope.table]
            if text in schema.columns or (text == keys.PART and schema.parts):
                return leaves.row_column(self, node, scope)
        if text in program.parameters:
            self.uses.add(text)
            return leaves.parameter(self, node, scope)
        if scope.bare and text != keys.AS_OF:
            return self.unknown_name(node, scope)
        if text in program.facts or text in program.declarations.facts:
            self.resolve(text, self.formula, node.at)
            fact = program.facts.get(text)
            self.uses.add(text)
            if fact is None or fact.type.kind is Kind.ANY:
                return leaves.nothing(node)
            if fact.is_list:
                return self.fail(node, "R015", expected=Kind.TRUTH.value, found=keys.LISTS)
            if fact.level > scope.level:
                return self.fail(node, "R042", name=text)
            return leaves.fact(node, fact, scope)
        return self.unknown_name(node, scope)

    def unknown_name(self, node: syntax.Name, scope: Scope) -> Term:
        """Report a word that means nothing here."""
        known = {keys.AS_OF} if scope.bare else {*self.program.facts, *self.program.declarations.facts}
        known |= set(self.program.parameters)
        if scope.table is not None:
            known |= set(self.program.schemas[scope.table].columns)
        guess = near_miss(node.text, known)
        near = guess is not None and alike(node.text, guess)
        for word in keys.WORD_OPERATORS:
            pieces = set(node.text.split(word))
            parts = known & pieces
            if parts == pieces or (parts and not near):
                self.uses |= parts
                return self.fail(node, "R013", name=node.text, operator=word)
        return self.fail(node, "R012", name=node.text, suggestion=guess)

    def resolves(self, name: str, scope: Scope) -> bool:
        """Whether a bare word means something other than itself here."""
        if scope.table is not None and name in self.program.schemas[scope.table].columns:
            return True
        program = self.program
        return name in program.parameters or name in program.facts or name in program.declarations.facts

    def index(self, node: syntax.Index) -> Term:
        """``parameter[key]``."""
        parameter = self.program.parameters.get(node.name)
        if parameter is None:
            return self.fail(
                node, "R012", name=node.name, suggestion=near_miss(node.name, self.program.parameters)
            )
        self.uses.add(node.name)
        words = self.words_of(parameter.by) if parameter.by is not None else ()
        if words and node.key not in words:
            known = "、".join(words)
            return self.fail(
                node, "R046", name=node.name, key=node.key, known=known, suggestion=near_miss(node.key, words)
            )
        return leaves.parameter_of(self, node, parameter.name, node.key)

    def words_of(self, by: str) -> tuple[str, ...]:
        """The words that a 分 can take: a text fact's vocabulary, or the pack's categories."""
        if by in self.program.declarations.facts:
            self.resolve(by, self.formula, 0)
            fact = self.program.facts.get(by)
            return fact.type.words if fact is not None else ()
        return self.program.declarations.categories if by == keys.CATEGORIES else ()

    def arithmetic(self, node: syntax.Arithmetic, scope: Scope) -> Term:
        """``+ - * /``."""
        left, right = self.term(node.left, scope), self.term(node.right, scope)
        if not (self.expect(left, Kind.NUMBER) & self.expect(right, Kind.NUMBER)):
            return leaves.nothing(node)
        if node.op == "/" and (not isinstance(node.right, syntax.Number) or node.right.value == 0):
            self.fail(node, "R056")
            return leaves.guessed(node, SOME_NUMBER, (left, right))
        if any(item.type.unsure or item.type.kind is Kind.ANY for item in (left, right)):
            return leaves.guessed(node, SOME_NUMBER, (left, right))
        if node.op == "/" and isinstance(node.right, syntax.Number):
            divisor = node.right.value
            return leaves.unary(node, left, left.type, lambda item: intervals.divide(item, divisor))
        if node.op == "*":
            unit = times(left.type.unit, right.type.unit)
            return leaves.binary(node, left, right, Type(Kind.NUMBER, unit), intervals.multiply)
        if not fits(left.type.unit, right.type.unit):
            return self.mismatch(node, left, right)
        unit = left.type.unit if left.type.unit is not None else right.type.unit
        sign = intervals.add if node.op == "+" else leaves.subtract
        return leaves.binary(node, left, right, Type(Kind.NUMBER, unit), sign)

    def mismatch(self, node: Node, left: Term, right: Term) -> Term:
        """Report units that do not go together."""
        self.fail(node, "R016", left=unit_name(left.type.unit), right=unit_name(right.type.unit))
        compares = isinstance(node, syntax.Compare)
        return leaves.guessed(node, TRUTH if compares else SOME_NUMBER, (left, right))

    def blank(self, node: syntax.Blank, scope: Scope) -> Term:
        """为空, 不为空."""
        item = self.term(node.item, scope)
        if item.type.kind not in (Kind.TEXT, Kind.DATE, Kind.ANY):
            return self.fail(node, "R015", expected=Kind.TEXT.value, found=item.type.kind.value)
        return leaves.is_blank(node, item)

    def choose(self, node: syntax.Choose, scope: Scope) -> Term:
        """若 … 则 … 否则 …."""
        test = self.term(node.test, scope)
        then, other = self.term(node.then, scope), self.term(node.other, scope)
        self.expect(test, Kind.TRUTH)
        if Kind.ANY in (test.type.kind, then.type.kind, other.type.kind):
            kind = other.type if then.type.kind is Kind.ANY else then.type
            return leaves.guessed(node, kind, (test, then, other))
        if then.type.kind is not other.type.kind:
            return self.fail(node.other, "R015", expected=then.type.kind.value, found=other.type.kind.value)
        if not fits(then.type.unit, other.type.unit):
            return self.mismatch(node, then, other)
        unit = then.type.unit if then.type.unit is not None else other.type.unit
        words = (*then.type.words, *(word for word in other.type.words if word not in then.type.words))
        unsure = then.type.unsure or other.type.unsure
        kind = replace(then.type, unit=unit, words=words, unsure=unsure)
        return leaves.choice(node, test, then, other, kind)


Build = Callable[[Compiler, syntax.Call, Scope], Term]  # how a function's call becomes a term
