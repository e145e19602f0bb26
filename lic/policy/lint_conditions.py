"""Conditions that cannot be meant: always true or false, the same item twice, rows never reached.

Knows where formulas stand and what to say of them; whether one can vary is known by
:mod:`lic.policy.constant`. The innermost part that does not vary is named, not what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lic.policy import keys, syntax
from lic.policy.constant import Judge, Question, answers
from lic.policy.decisions import Row, Table
from lic.policy.declared import (
    Condition,
    DecisionRow,
    DecisionTable,
    Derived,
    Formula,
    SourceField,
    TagList,
)
from lic.policy.lines import children, shape, words_in
from lic.policy.program import Compiled, Program
from lic.policy.ranges import Ranges, Span
from lic.policy.sentence import number_text, sentence, wording
from lic.policy.terms import TRUTH, Kind, Level, Term

Placed = tuple[Formula, Term, str | None]
_SIDES_SAME = "两边是同一个数"
_BY_VALUES = "两边都是定数，按现在的取值比较，结果不变"
_BETWEEN, _AT_LEAST, _AT_MOST = (
    "“{name}”总在 {low} 到 {high} 之间",
    "“{name}”不会小于 {low}",
    "“{name}”不会大于 {high}",
)
_BY_SPAN = "按两边可能的大小，结果不变"
_ALL_WORDS, _NO_WORD = "列出的词包括了全部取值", "它的取值里没有这些词"
_CONTRADICT, _EXHAUST, _WHATEVER = (
    "几项要求互相矛盾，不能同时成立",
    "几项合起来包括了所有情况",
    "不论各项是什么，结果都一样",
)
_WRITTEN = "这里直接写了 {word}"


def lint_conditions(program: Program) -> None:
    """Report every part of every condition that does not vary, and rows that are never reached."""
    lint = _Lint(program)
    for formula, term, table in formulas(program):
        lint.look(formula, term, table)
    for fact in program.facts.values():
        if isinstance(fact.declared, Condition) and len(fact.terms) > 1:
            lint.together(fact.declared, fact.terms)
    for decision in program.tables.values():
        lint.rows(decision)


def formulas(program: Program) -> Iterator[Placed]:
    """Every compiled formula with its text and the table whose rows it is about."""
    for fact in program.facts.values():
        table = fact.declared.table if isinstance(fact.declared, SourceField) else None
        yield from ((formula, term, table) for formula, term in zip(_written(fact), fact.terms, strict=False))
    for compiled in program.tables.values():
        for written, row in _pairs(compiled):
            if written.formula is not None and row.condition is not None:
                yield written.formula, row.condition, None
    for item in program.checks:
        check = item.check
        rows_of = check.table.value if check.table is not None and check.level is Level.ROW else None
        if check.condition is not None and item.condition is not None:
            yield check.condition, item.condition, rows_of


def _written(fact: Compiled) -> tuple[Formula, ...]:
    """The formulas of a fact, in the order of its terms."""
    match fact.declared:
        case Condition():
            return fact.declared.formulas
        case Derived():
            return () if fact.declared.formula is None else (fact.declared.formula,)
        case SourceField():
            return () if fact.declared.take is None else (fact.declared.take,)
        case TagList():
            return tuple(item for _, item in fact.declared.items)
        case DecisionTable():
            return fact.declared.columns
        case _:
            return ()


def _pairs(table: Table) -> Iterator[tuple[DecisionRow, Row]]:
    declared = table.declared
    yield from zip(declared.rows, table.rows, strict=True)
    yield from zip(declared.afterwards, table.afterwards, strict=True)
    yield from zip(declared.otherwise, table.otherwise, strict=True)


class _Lint:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.ranges = Ranges(program)

    def look(self, formula: Formula, term: Term, table: str | None) -> bool:
        """Report what does not vary in a term; whether something was said about it."""
        if term.type.kind is Kind.ANY:
            return True
        said = [self.look(formula, child, table) for child in term.children]
        if term.type.kind is not Kind.TRUTH or isinstance(term.node, syntax.Name):
            return any(said) and term.type.kind is Kind.TRUTH
        if any(said) or term.type.unsure:
            return True
        if isinstance(term.node, syntax.Flag) and term.node.value == 1:
            return False
        twice = _twice(term)
        if twice is not None:
            formula.fail(start(twice.node), "R216", text=self._said(twice, table))
            return True
        found = answers(self.program, self.ranges, term, table)
        if len(found) > 1:
            return self._spare(formula, term, table)
        code = "R214" if found == {True} else "R215"
        formula.fail(start(term.node), code, text=self._said(term, table), why=self._why(term, table, found))
        return True

    def _said(self, term: Term, table: str | None) -> str:
        if isinstance(term.node, syntax.Flag):
            return keys.YES if term.node.value else keys.NO
        return sentence(term.node, wording(self.program, table))

    def _spare(self, formula: Formula, term: Term, table: str | None) -> bool:
        """An item of 且 or 或 that follows from the others changes nothing."""
        node = term.node
        if not isinstance(node, syntax.Logic):
            return False
        for index, child in enumerate(term.children):
            question = Question(self.program, self.ranges, 0)
            items = [question.judge(item, table) for item in term.children]
            rest = question.together(items[:index] + items[index + 1 :], both=node.both)
            mine = items[index]
            matters = question.answers(lambda case: rest(case) is node.both and mine(case) is not node.both)  # noqa: B023
            if matters == {False}:
                formula.fail(start(child.node), "R232", text=self._said(child, table))
                return True
        return False

    def _why(self, term: Term, table: str | None, found: set[bool]) -> str:
        node = term.node
        match node:
            case syntax.Flag():
                return _WRITTEN.format(word=keys.YES if node.value else keys.NO)
            case syntax.Compare() if shape(node.left) == shape(node.right):
                return _SIDES_SAME
            case syntax.Compare() if term.children[0].type.kind in (Kind.NUMBER, Kind.DATE):
                return self._why_sizes(node, term, table)
            case syntax.Member():
                return _ALL_WORDS if (found == {True}) is not node.negated else _NO_WORD
            case syntax.Logic() if node.both and found == {False}:
                return _CONTRADICT
            case syntax.Logic() if not node.both and found == {True}:
                return _EXHAUST
            case _:
                return _WHATEVER

    def _why_sizes(self, node: syntax.Compare, term: Term, table: str | None) -> str:
        names = list(dict.fromkeys(words_in(node)))
        if all(name in self.program.parameters for name in names):
            return _BY_VALUES
        for side, child in ((node.left, term.children[0]), (node.right, term.children[1])):
            if isinstance(side, syntax.Name) and len(names) == 1:
                return _span_text(side.text, self.ranges.of(child, table))
        return _BY_SPAN

    def together(self, condition: Condition, terms: tuple[Term, ...]) -> None:
        """The items of 全部 or 任一, as if they stood in one formula."""
        node = syntax.Logic(0, condition.both, tuple(term.node for term in terms))
        whole = Term(node, TRUTH, terms[0].run, terms)
        twice = _twice(whole)
        if twice is not None:
            last = max(index for index, term in enumerate(terms) if shape(term.node) == shape(twice.node))
            condition.formulas[last].fail(0, "R216", text=self._said(twice, None))
            return
        found = answers(self.program, self.ranges, whole, None)
        if len(found) == 1:
            code = "R214" if found == {True} else "R215"
            condition.place.fail(code, text=condition.name, why=self._why(whole, None, found))

    def rows(self, table: Table) -> None:
        """A row that holds only where an earlier one does is never reached."""
        declared = table.declared
        width = len(declared.columns)
        for written, compiled in (
            (declared.rows, table.rows),
            (declared.afterwards, table.afterwards),
            (declared.otherwise, table.otherwise),
        ):
            fitting = [at for at, row in enumerate(written) if _sound(row, width)]
            for later in fitting:
                earlier = self._hidden_by(compiled, later, [at for at in fitting if at < later])
                if earlier is not None:
                    written[later].when.fail("R050", row=later + 1, earlier=earlier + 1)

    def _hidden_by(self, compiled: tuple[Row, ...], later: int, before: list[int]) -> int | None:
        for earlier in before:
            question = Question(self.program, self.ranges, 0)
            mine, theirs = (self._row(question, compiled[index]) for index in (later, earlier))
            only_mine = question.together([mine, question.negated(theirs)], both=True)
            if question.answers(only_mine) == {False}:
                return earlier
        return None

    def _row(self, question: Question, row: Row) -> Judge:
        items = [] if row.condition is None else [question.judge(row.condition, None)]
        for cell, wanted in row.cells:
            judge = question.judge(cell, None)
            items.append(judge if wanted else question.negated(judge))
        return question.together(items, both=True)


def _sound(row: DecisionRow, width: int) -> bool:
    """Whether the cells of a row say what they mean; others are reported."""
    return len(row.cells) in (0, width) and set(row.cells) <= {keys.YES, keys.NO, *keys.NO_MATTER}


def start(node: syntax.Node) -> int:
    """Where an expression begins in its text."""
    return min([node.at, *(start(child) for child in children(node))])


def _twice(term: Term) -> Term | None:
    """An item of 且 or 或, or a branch of 若, that stands there already."""
    node = term.node
    if isinstance(node, syntax.Choose):
        return term.children[2] if shape(node.then) == shape(node.other) else None
    if not isinstance(node, syntax.Logic):
        return None
    seen: set[str] = set()
    for child in term.children:
        text = shape(child.node)
        if text in seen:
            return child
        seen.add(text)
    return None


def _span_text(name: str, span: Span) -> str:
    low, high = (None if end is None else _number(end) for end in (span.low, span.high))
    if low is not None and high is not None:
        return _BETWEEN.format(name=name, low=low, high=high)
    return (_AT_MOST if low is None else _AT_LEAST).format(name=name, low=low, high=high)


def _number(value: Fraction) -> str:
    return number_text(value)
