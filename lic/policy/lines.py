"""Parts of a described pack that every kind of declaration shares: lines, shapes, words.

Knows syntax trees and labels; no declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from lic.declare import Node as Place
from lic.model.rulebook import Line, Ref, Weight
from lic.model.table import TableSchema
from lic.policy import keys, syntax
from lic.policy.declared import Formula
from lic.policy.grammar import parse
from lic.policy.program import Program
from lic.policy.sentence import Wording, formula_sentence
from lic.policy.terms import Level

LEVEL_NAMES = {
    Level.CONSTANT: "",
    Level.HOUSEHOLD: keys.HOUSEHOLD,
    Level.PERSON: keys.PERSON,
    Level.ROW: keys.ROW,
}
SAYS, METHOD, FROM_TABLE, COLUMNS = "内容", "算法", "来源", "用到的列"


def place_of(node: Place) -> str:
    """File and line of a declaration."""
    return f"{node.source.file}:{node.line}"


def shape(node: syntax.Node) -> str:
    """A tree without its offsets: equal for expressions that differ in their writing only."""
    parts = []
    for item in fields(node):
        value = getattr(node, item.name)
        if item.name == "at":
            continue
        if isinstance(value, syntax.Node):
            parts.append(shape(value))
        elif isinstance(value, tuple):
            parts.append("(" + ",".join(shape(one) for one in value) + ")")
        else:
            parts.append(repr(value))
    return f"{type(node).__name__}[{' '.join(parts)}]"


def children(node: syntax.Node) -> list[syntax.Node]:
    """The nodes directly below."""
    values = (getattr(node, item.name) for item in fields(node))
    below = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return [one for one in below if isinstance(one, syntax.Node)]


def words_in(node: syntax.Node) -> Iterator[str]:
    """Every bare word and parameter of a tree."""
    if isinstance(node, syntax.Name):
        yield node.text
    elif isinstance(node, syntax.Index):
        yield node.name
    for child in children(node):
        yield from words_in(child)


def rule_line(label: str, formula: Formula | None, how: Wording) -> tuple[Line, ...]:
    """A formula as a line, compared by its shape; no line without a formula."""
    if formula is None:
        return ()
    return (Line(label, formula_sentence(formula, how), exact=shape(parse(formula.text))),)


def text_line(label: str, text: str | None, weight: Weight) -> tuple[Line, ...]:
    """A text as a line, if there is one."""
    return () if not text else (Line(label, " ".join(text.split()), weight),)


def columns_used(schema: TableSchema, formula: Formula | None) -> set[str]:
    """The columns of a table that a formula names."""
    return set() if formula is None else set(words_in(parse(formula.text))) & set(schema.columns)


def row_refs(program: Program, table: str, formula: Formula | None) -> set[Ref]:
    """The same as references."""
    schema = program.schemas.get(table)
    if schema is None:
        return set()
    return {Ref(f"{table}.{column}", table=True) for column in columns_used(schema, formula)}


def keys_asked(program: Program, parameter: str) -> set[str]:
    """The keys of a parameter that some formula names, as in ``parameter[key]``."""
    found: set[str] = set()
    checks = [[check.condition, check.declared, check.found] for check in program.checks]
    for terms in (*(fact.terms for fact in program.facts.values()), *checks):
        todo = [term.node for term in terms if term is not None]
        while todo:
            node = todo.pop()
            if isinstance(node, syntax.Index) and node.name == parameter:
                found.add(node.key)
            todo += children(node)
    return found
