"""Expressions of one household taken apart: every part with its value and what it rests on.

Knows how a compiled term hangs together with its syntax tree: which names are facts, parameters
or columns of a row, and over which rows or members an aggregate runs. Evaluates nothing itself;
it asks the terms, so what it says is what was computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lic.model.explanation import Kleene, Known, ParameterUse, Source, Step, StepKind
from lic.policy import keys, syntax
from lic.policy.aggregates import AGGREGATES, TAKE_ITEM
from lic.policy.declared import SourceField
from lic.policy.known import gap, kleene, known
from lic.policy.parameters import SINGLE
from lic.policy.places import cell, named_there, own_cell
from lic.policy.terms import Kind, Level, Term, Type, column_type
from lic.policy.values import as_number, as_truth

if TYPE_CHECKING:
    from lic.policy.explain_facts import FactBook

_KINDS = {
    syntax.Compare: StepKind.COMPARISON,
    syntax.Logic: StepKind.LOGIC,
    syntax.Negate: StepKind.LOGIC,
    syntax.Number: StepKind.LITERAL,
    syntax.Day: StepKind.LITERAL,
    syntax.Quoted: StepKind.LITERAL,
    syntax.Flag: StepKind.LITERAL,
}


@dataclass(frozen=True, slots=True)
class At:
    """Whose value: a household, a member (``index``), or a row of ``source``'s table."""

    level: Level
    index: int
    source: SourceField | None = None  # inside a field with 来源
    inside: bool = False  # of a row of it


def step_of(book: FactBook, term: Term, at: At) -> Step:
    """A term with its value and its parts."""
    node = term.node
    match node:
        case syntax.Name():
            return _name(book, node, term, at)
        case syntax.Index():
            return _parameter(book, node.name, node.key, term, at, book.phrase(node, at))
        case syntax.Call() if node.name in AGGREGATES:
            return _aggregate(book, node, term, at)
        case syntax.Choose():
            return _choice(book, node, term, at)
    value = _value(book, term, at)
    kind = _KINDS.get(type(node), StepKind.FORMULA)
    if kind is StepKind.LITERAL:
        return Step(kind, book.phrase(node, at), value)
    steps = [step_of(book, child, at) for child in term.children]
    if isinstance(node, syntax.Call) and not term.children:
        steps += _columns_named(book, node, at)
    distance = None
    if kind is StepKind.COMPARISON and term.children[0].type.kind is Kind.NUMBER:
        left, right = (as_number(book.run(child)) for child in term.children)
        unit = term.children[0].type.unit or term.children[1].type.unit
        distance = gap(left, right, at.index, unit)
    return Step(kind, book.phrase(node, at), value, gap=distance, steps=tuple(steps))


def _value(book: FactBook, term: Term, at: At) -> Known:
    return known(book.run(term), at.index, term.type)


def _choice(book: FactBook, node: syntax.Choose, term: Term, at: At) -> Step:
    """若: the branch that was not taken is left out."""
    test, then, other = term.children
    truth = kleene(as_truth(book.run(test)), at.index)
    taken = [branch for branch, out in ((then, Kleene.FALSE), (other, Kleene.TRUE)) if truth is not out]
    steps = [step_of(book, child, at) for child in (test, *taken)]
    return Step(StepKind.FORMULA, book.phrase(node, at), _value(book, term, at), steps=tuple(steps))


def _name(book: FactBook, node: syntax.Name, term: Term, at: At) -> Step:
    program, text = book.program, node.text
    if at.inside and at.source is not None:
        schema = program.schemas[at.source.table]
        if text in schema.columns or (text == keys.PART and schema.parts):
            return row_cell(book, text, at)
    if text in program.parameters:
        by = program.parameters[text].by
        key = SINGLE
        steps: tuple[Step, ...] = ()
        if by is not None:
            chooser = fact_step(book, by, at)
            steps = (chooser,)
            key = str(chooser.value.exact) if chooser.value.exact is not None else keys.UNKNOWN
        made = _parameter(book, text, key, term, at, text)
        return replace(made, steps=steps)
    return fact_step(book, text, at)


def fact_step(book: FactBook, name: str, at: At) -> Step:
    """A reference to a fact, which is explained once."""
    ref = book.need(name, _owner(book, book.program.facts[name].level, at))
    fact = book.facts[ref]
    return Step(StepKind.FACT, name, fact.value, ref=ref, member=ref.member)


def _owner(book: FactBook, level: Level, at: At) -> int | None:
    """The member that a fact of ``level`` is about, seen from ``at``."""
    if level is not Level.PERSON:
        return None
    if at.inside and at.source is not None:
        return int(book.batch.rows(at.source.table, view=at.source.view).pid[at.index])
    return at.index


def _parameter(book: FactBook, name: str, key: str, term: Term, at: At, said: str) -> Step:
    value = _value(book, term, at)
    resolved = book.batch.parameters[name]
    entry = resolved.entry
    use = ParameterUse(
        name, key or None, value,
        None if entry is None else entry.since, None if entry is None else entry.reference, resolved.origin,
    )  # fmt: skip
    return Step(StepKind.PARAMETER, said, value, parameter=use)


def row_cell(book: FactBook, name: str, at: At) -> Step:
    """A column of a source row."""
    source = at.source
    if source is None:
        raise TypeError(name)
    rows = book.batch.rows(source.table, view=source.view)
    present = rows.part.table.present if rows.part is not None else ()
    sheet = int(rows.data.column("sheet")[at.index].as_py() or 0)
    has = not present or name in present[sheet] or name == keys.PART
    member = int(rows.pid[at.index])
    made = cell(rows.data, at.index, book.program.schemas[source.table], name, member=member, present=has)
    made = named_there(made, book.batch.part.linked)
    column = book.program.schemas[source.table].columns.get(name)
    kind = Type(Kind.TEXT) if column is None else column_type(column)
    value = known(rows.column(name), at.index, kind)
    return Step(StepKind.CELL, name, value, source=made)


def _columns_named(book: FactBook, node: syntax.Call, at: At) -> list[Step]:
    """The cells that a function looks at by their column's name."""
    names = [item.text for item in node.args if isinstance(item, syntax.Name)]
    if at.inside and at.source is not None:
        columns = book.program.schemas[at.source.table].columns
        return [row_cell(book, name, at) for name in names if name in columns]
    found = []
    for name in names:
        source = own_source(book, name, at)
        if source is not None:
            found.append(Step(StepKind.CELL, name, Known(source.shown, exact=source.value), source=source))
    return found


def own_source(book: FactBook, name: str, at: At) -> Source | None:
    """The cell of the roster's own row, of the member or else of the household."""
    batch, program = book.batch, book.program
    for level in (Level.PERSON, Level.HOUSEHOLD):
        if level > at.level or program.own_column(level, name) is None:
            continue
        index = at.index if level is Level.PERSON else 0
        table = batch.table(level)
        linked = batch.part.linked
        sheets = linked.person_present if level is Level.PERSON else linked.household_present
        sheet = table.column("sheet")[index].as_py()
        present = sheets[sheet] if sheet is not None and sheet < len(sheets) else None
        member = index if level is Level.PERSON else None
        made = own_cell(program, table, index, level, name, member=member, present=present)
        return named_there(made, linked)
    return None


def _aggregate(book: FactBook, node: syntax.Call, term: Term, at: At) -> Step:
    takes_item = node.name in TAKE_ITEM
    item = term.children[0] if takes_item else None
    tests = term.children[1:] if takes_item else term.children
    test = tests[0] if tests else None
    rows = at.source is not None and not at.inside
    steps = _rows(book, item, test, at) if rows else _members(book, item, test)
    return Step(StepKind.AGGREGATE, book.phrase(node, at), _value(book, term, at), steps=tuple(steps))


def _members(book: FactBook, item: Term | None, test: Term | None) -> list[Step]:
    steps = []
    for number, name in enumerate(book.member_names):
        at = At(Level.PERSON, number)
        parts = [step_of(book, term, at) for term in (test, item) if term is not None]
        value = parts[-1].value if parts else Known("")
        counts = Kleene.TRUE if test is None else kleene(as_truth(book.run(test)), number)
        steps.append(Step(StepKind.MEMBER, name, value, counts=counts, member=number, steps=tuple(parts)))
    return steps


def _rows(book: FactBook, item: Term | None, test: Term | None, at: At) -> list[Step]:
    source = at.source
    if source is None:
        raise TypeError("rows")
    rows = book.batch.rows(source.table, view=source.view)
    if not rows.delivered:
        return []
    owner = rows.pid if at.level is Level.PERSON else rows.hid
    steps = []
    for index in np.flatnonzero(owner == at.index).tolist():
        inner = At(Level.ROW, index, source, inside=True)
        parts = [step_of(book, term, inner) for term in (test, item) if term is not None]
        truths = [Kleene.TRUE if test is None else kleene(as_truth(book.run(test)), index)]
        if source.member is not None:
            member = fact_step(book, source.member.text.strip(), inner)
            parts.insert(0, member)
            truths.append(member.value.truth or Kleene.UNKNOWN)
        place = row_cell(book, _placing(book, source), inner)
        value = parts[-1].value if parts else Known("")
        steps.append(
            Step(
                StepKind.ROW,
                _row_name(place.source),
                value,
                source=place.source,
                counts=_least(truths),
                member=int(rows.pid[index]),
                steps=tuple(parts),
            )
        )  # fmt: skip
    return steps


def _placing(book: FactBook, source: SourceField) -> str:
    """The column by which a row is a person's."""
    schema = book.program.schemas[source.table]
    return schema.number_column or schema.name_column or next(iter(schema.columns))


def _row_name(source: Source | None) -> str:
    if source is None or source.row is None:
        return ""
    return f"第 {source.row} 行"


def _least(truths: list[Kleene]) -> Kleene:
    order = (Kleene.FALSE, Kleene.UNKNOWN, Kleene.TRUE)
    return min(truths, key=order.index)
