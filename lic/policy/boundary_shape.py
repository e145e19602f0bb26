"""Comparisons in compiled conditions: where they stand and which parameters they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lic.model.explanation import Kleene
from lic.policy import keys, syntax
from lic.policy.program import Program
from lic.policy.terms import Kind, Term


@dataclass(frozen=True, slots=True)
class Point:
    """One side of a line: the value, whether the comparison and its condition hold, the category."""

    value: str
    truth: Kleene
    condition: Kleene
    category: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """A comparison with its line and what happens below, at and above it (None: cannot be)."""

    name: str
    sentence: str
    moved: str
    parameters: tuple[str, ...]
    line: str
    points: tuple[Point | None, ...]
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison; ``absent``: the tables that must not have come for it to be asked."""

    term: Term
    absent: tuple[str, ...] = ()
    beside: tuple[Term, ...] = ()


def comparisons(
    term: Term, absent: tuple[str, ...] = (), beside: tuple[Term, ...] = ()
) -> Iterator[Comparison]:
    """Every comparison below a term; ``beside``: what stands with it under one 且."""
    node = term.node
    match node:
        case syntax.Compare():
            yield Comparison(term, absent, beside)
        case syntax.Choose():
            test, then, other = term.children
            yield from comparisons(then, absent, beside)
            table = _delivered_table(test)
            yield from comparisons(other, absent if table is None else (*absent, table), beside)
        case syntax.Logic() if node.both:
            for child in term.children:
                rest = tuple(item for item in term.children if item is not child)
                yield from comparisons(child, absent, (*beside, *rest))
        case syntax.Logic() | syntax.Negate() | syntax.Call():
            for child in term.children:
                yield from comparisons(child, absent, beside)


def _delivered_table(test: Term) -> str | None:
    node = test.node
    if isinstance(node, syntax.Call) and node.name == keys.F_DELIVERED and node.args:
        name = node.args[0]
        return name.text if isinstance(name, syntax.Name) else None
    return None


def names_in(term: Term) -> Iterator[str]:
    """The bare words and indexed parameters below a term."""
    match term.node:
        case syntax.Name():
            yield term.node.text
        case syntax.Index():
            yield term.node.name
    for child in term.children:
        yield from names_in(child)


def numbers_in(program: Program, term: Term) -> list[str]:
    """The number facts that a term names, in order."""
    facts = (program.facts.get(name) for name in names_in(term))
    found = [fact.name for fact in facts if fact is not None and fact.type.kind is Kind.NUMBER]
    return list(dict.fromkeys(found))


def parameters_of(program: Program, term: Term) -> tuple[str, ...]:
    """The parameters that a term rests on through formulas alone, sorted."""
    found: set[str] = set()
    todo = list(names_in(term))
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in program.parameters:
            found.add(name)
        fact = program.facts.get(name)
        if fact is not None and fact.type.kind is Kind.NUMBER and _plain_formula(program, name):
            todo += list(fact.uses)
    return tuple(sorted(found))


def _plain_formula(program: Program, name: str) -> bool:
    """Whether a fact is a line (parameters times counts), not an amount that members add up to."""
    fact = program.facts[name]
    return any(use in program.parameters for use in fact.uses)
