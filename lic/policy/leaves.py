"""Small terms: literals, names, parameters and operators as functions over a batch.

Knows how a compiled node runs; types were checked before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lic.declare import near_miss
from lic.policy import intervals, keys, logic, syntax
from lic.policy.batch import Batch
from lic.policy.months import day_number, open_ended
from lic.policy.parameters import SINGLE
from lic.policy.syntax import Node
from lic.policy.terms import ANY, DATE, TRUTH, Kind, Term, Type
from lic.policy.trace import union
from lic.policy.values import (
    UNKNOWN,
    Dates,
    Num,
    Truth,
    Value,
    as_dates,
    as_number,
    as_text,
    as_truth,
    constant_text,
)

if TYPE_CHECKING:
    from lic.policy.compiler import Compiler, Scope
    from lic.policy.program import Compiled


def nothing(node: Node) -> Term:
    """After a problem: a term that is never run."""

    def run(_: Batch) -> Value:
        raise TypeError(node)

    return Term(node, ANY, run)


def guessed(node: Node, kind: Type, children: tuple[Term, ...]) -> Term:
    """After a problem below: of a known kind, so that what rests on it is still checked; never run."""
    return replace(nothing(node), type=replace(kind, unsure=True), children=children)


def constant(node: Node, kind: Type, value: Value) -> Term:
    """The same value for everybody."""
    return Term(node, kind, lambda _: value)


def number(node: syntax.Number) -> Term:
    """A literal number, which fits any unit."""
    return constant(node, Type(Kind.NUMBER, None), intervals.constant(node.value))


def day(node: syntax.Day) -> Term:
    """A literal date."""
    return constant(node, DATE, Dates(np.array([day_number(node.value)], np.int32)))


def quoted(node: syntax.Quoted, words: tuple[str, ...]) -> Term:
    """A literal text."""
    return constant(node, Type(Kind.TEXT, words=words), constant_text(node.value))


def flag(compiler: Compiler, node: syntax.Flag, table: str | None) -> Term:
    """是, 否, 未知; 未知 about the rows of ``table`` waits for what that table or its column does not say."""
    value = np.array([node.value], np.int8)
    waits_for = table
    if node.column is not None:
        if table is None or node.column not in compiler.program.schemas[table].columns:
            known = () if table is None else compiler.program.schemas[table].columns
            return compiler.fail(node, "R012", name=node.column, suggestion=near_miss(node.column, known))
        waits_for = f"{table}.{node.column}"
        compiler.program.inputs.add(waits_for)

    def run(batch: Batch) -> Value:
        bits = None if waits_for is None else batch.mark(value == UNKNOWN, waits_for)
        return Truth(value, bits)

    return Term(node, TRUTH, run)


def row_column(compiler: Compiler, node: syntax.Name, scope: Scope) -> Term:
    """A column of the row."""
    from lic.policy.terms import column_type

    table, name, view = scope.table or "", node.text, scope.view
    schema = compiler.program.schemas[table]
    compiler.program.inputs.add(f"{table}.{name}")
    kind = (
        column_type(schema.columns[name]) if name in schema.columns else Type(Kind.TEXT, words=schema.parts)
    )
    return Term(node, kind, lambda batch: batch.rows(table, view=view).column(name))


def fact(node: Node, compiled: Compiled, scope: Scope) -> Term:
    """A fact, for the entities of the scope."""
    name, level, table, view = compiled.name, scope.level, scope.table, scope.view
    return Term(node, compiled.type, lambda batch: batch.at(name, level, table, view=view))


def parameter(compiler: Compiler, node: syntax.Name, scope: Scope) -> Term:
    """A parameter, chosen by its 分 when it has one."""
    declared = compiler.program.parameters[node.text]
    if declared.by is None:
        return parameter_of(compiler, node, node.text, SINGLE)
    words = compiler.words_of(declared.by)
    chooser = compiler.program.facts.get(declared.by)
    if chooser is None and declared.by not in (*compiler.program.declarations.facts, keys.CATEGORIES):
        return nothing(node)  # the parameter's 分 is no name, which is said there
    if chooser is None or scope.bare:
        return compiler.fail(node, "R058", name=node.text)
    if chooser.type.kind is Kind.ANY:
        return nothing(node)
    if chooser.level > scope.level:
        return compiler.fail(node, "R042", name=declared.by)
    compiler.uses.add(declared.by)
    compiler.program.inputs.add(keys.PARAMETER_INPUT + node.text)
    text = fact(node, chooser, scope)
    name = node.text

    def run(batch: Batch) -> Value:
        resolved, chosen = batch.parameters[name], as_text(text.run(batch))
        value = resolved.chosen(chosen, words)
        if batch.trace is None or value.hi is None:
            return value
        unset = np.array([resolved.unset(word) for word in chosen.words.to_pylist()] + [not resolved.values])
        mark = batch.mark(unset[chosen.codes], keys.PARAMETER_INPUT + name)
        bits = union(chosen.bits, mark)
        known = ~value.unknown()
        return Num(
            value.lo, value.hi, value.scale, value.bound,
            None if bits is None else np.where(known[:, None], np.uint64(0), bits),
        )  # fmt: skip

    return Term(node, Type(Kind.NUMBER, declared.unit), run, (text,))


def parameter_of(compiler: Compiler, node: Node, name: str, key: str) -> Term:
    """One value of a parameter."""
    declared = compiler.program.parameters[name]
    compiler.program.inputs.add(keys.PARAMETER_INPUT + name)

    def run(batch: Batch) -> Value:
        value = batch.parameters[name].single(key)
        return batch.marked(value, value.unknown(), keys.PARAMETER_INPUT + name)

    return Term(node, Type(declared.kind, declared.unit), run)


def unary(node: Node, item: Term, kind: Type, apply: Callable[..., Value]) -> Term:
    """An operator of one operand."""
    return Term(node, kind, lambda batch: apply(item.run(batch)), (item,))


def binary(node: Node, left: Term, right: Term, kind: Type, apply: Callable[[Num, Num], Num]) -> Term:
    """An arithmetic operator."""
    return Term(
        node,
        kind,
        lambda batch: apply(as_number(left.run(batch)), as_number(right.run(batch))),
        (left, right),
    )


def subtract(left: Num, right: Num) -> Num:
    """x - y."""
    return intervals.add(left, intervals.negative(right))


def logic_term(node: syntax.Logic, items: Sequence[Term]) -> Term:
    """且, 或."""
    join = logic.conjunction if node.both else logic.disjunction
    return Term(node, TRUTH, lambda batch: join([as_truth(item.run(batch)) for item in items]), tuple(items))


def comparison(node: syntax.Compare, left: Term, right: Term) -> Term:
    """A comparison of two values of one kind."""
    op = node.op

    def run(batch: Batch) -> Value:
        a, b = left.run(batch), right.run(batch)
        match left.type.kind:
            case Kind.NUMBER:
                return intervals.compare(op, as_number(a), as_number(b))
            case Kind.TEXT:
                same = logic.same_text(as_text(a), as_text(b))
            case Kind.TRUTH:
                same = logic.same_truth(as_truth(a), as_truth(b))
            case _:
                return logic.compare_dates(op, as_dates(a), as_dates(b))
        return same if op == "=" else logic.negation(same)

    return Term(node, TRUTH, run, (left, right))


def among(node: syntax.Member, item: Term, words: tuple[str, ...]) -> Term:
    """属于, 不属于."""

    def run(batch: Batch) -> Value:
        hit = logic.is_word(as_text(item.run(batch)), words)
        return logic.negation(hit) if node.negated else hit

    return Term(node, TRUTH, run, (item,))


def is_blank(node: syntax.Blank, item: Term) -> Term:
    """为空 of a text or a date: known to be blank."""

    def run(batch: Batch) -> Value:
        value = item.run(batch)
        if isinstance(value, Dates):
            hit = logic.decided(open_ended(value.at), value.unknown(), value)
        else:
            hit = logic.is_word(as_text(value), ("",))
        return logic.negation(hit) if node.negated else hit

    return Term(node, TRUTH, run, (item,))


def choice(node: Node, test: Term, then: Term, other: Term, kind: Type) -> Term:
    """若 … 则 … 否则 …."""
    return Term(
        node,
        kind,
        lambda batch: logic.choose(as_truth(test.run(batch)), then.run(batch), other.run(batch)),
        (test, then, other),
    )
