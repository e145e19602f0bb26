"""Every row of a decision decides a case, and every limit is tried on both sides.

That every condition is seen true, false and unknown is what ``lic rules test --coverage`` says;
it is tested with that command.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lic.errors import ProblemLog
from lic.policy import syntax
from lic.policy.batch import Batch
from lic.policy.cases import each_case
from lic.policy.decisions import RECOGNISED, member_decision
from lic.policy.declared import Condition
from lic.policy.pack import Pack, load_pack
from lic.policy.program import Program
from lic.policy.terms import Kind, Term
from lic.policy.values import NO_DATE, as_dates, as_number
from lic.sources.declare import load_sources

RULES = Path(__file__).parents[2] / "rules"


@cache
def laid_out() -> tuple[Pack, tuple[Batch, ...]]:
    log = ProblemLog()
    sources = load_sources(RULES / "sources", None, log)
    pack = load_pack(RULES, schemas=sources.schemas, local=None, log=log)
    assert pack is not None
    batches = tuple(run.batch for run in each_case(pack, log))
    log.raise_if_any()
    return pack, batches


def conditions(program: Program) -> list[str]:
    return sorted(name for name, fact in program.facts.items() if isinstance(fact.declared, Condition))


@pytest.mark.parametrize("name", sorted(laid_out()[0].program.tables))
def test_every_row_of_a_decision_decides_a_case(name: str) -> None:
    pack, batches = laid_out()
    found = [member_decision(batch, name) for batch in batches]
    deciding = {
        int(row)
        for one in found
        for row, status in zip(one.row, one.status, strict=True)
        if status == RECOGNISED
    }
    rows = pack.program.tables[name].all_rows
    categories = pack.program.tables[name].categories
    lacking = [
        f"{number + 1} {categories[row.category]}"
        for number, row in enumerate(rows)
        if row.category >= 0 and number not in deciding
    ]
    assert lacking == []


def comparisons(term: Term) -> Iterator[Term]:
    if isinstance(term.node, syntax.Compare):
        yield term
    for child in term.children:
        yield from comparisons(child)


def names_of(node: syntax.Node) -> set[str]:
    if isinstance(node, syntax.Name):
        return {node.text}
    if isinstance(node, syntax.Index):
        return {node.name}
    below = (getattr(node, name) for name in node.__dataclass_fields__)
    found: set[str] = set()
    for value in below:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, syntax.Node):
                found |= names_of(one)
    return found


def rests_on_parameter(program: Program, node: syntax.Node) -> bool:
    parameters = frozenset(program.parameters)
    return any(
        name in parameters or (name in program.facts and program.rests_on(name, parameters))
        for name in names_of(node)
    )


def limits() -> list[tuple[str, int]]:
    """Every comparison of a condition of which one side is, or rests on, a parameter."""
    program = laid_out()[0].program
    return [
        (name, number)
        for name in conditions(program)
        for number, term in enumerate(each(program, name))
        if term.children[0].type.kind in (Kind.NUMBER, Kind.DATE) and rests_on_parameter(program, term.node)
    ]


def each(program: Program, name: str) -> list[Term]:
    return [found for term in program.facts[name].terms for found in comparisons(term)]


def gaps(batch: Batch, term: Term) -> set[Fraction]:
    """Left less right, where both are known: in fen, pieces or days."""
    left, right = (side.run(batch) for side in term.children)
    if term.children[0].type.kind is Kind.DATE:
        one, other = np.broadcast_arrays(as_dates(left).at, as_dates(right).at)
        known = (one != NO_DATE) & (other != NO_DATE)
        return {Fraction(int(a) - int(b)) for a, b in zip(one[known], other[known], strict=True)}
    a, b = as_number(left), as_number(right)
    known = ~np.broadcast_to(a.unknown(), np.broadcast(a.lo, b.lo).shape) & ~b.unknown()
    pairs = zip(*(one[known] for one in np.broadcast_arrays(a.lo, b.lo)), strict=True)
    return {Fraction(int(x), a.scale) - Fraction(int(y), b.scale) for x, y in pairs}


@pytest.mark.parametrize(("name", "number"), limits())
def test_every_limit_is_tried_just_below_at_and_just_above(name: str, number: int) -> None:
    pack, batches = laid_out()
    term = each(pack.program, name)[number]
    found = {gap for batch in batches for gap in gaps(batch, term)}
    lacking = {
        "just below": any(-1 <= gap < 0 for gap in found),
        "at": 0 in found,
        "just above": any(0 < gap <= 1 for gap in found),
    }
    assert [side for side, there in lacking.items() if not there] == []
