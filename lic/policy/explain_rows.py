"""Decision tables of one household row by row: what each row comes down to, and why it fails.

Knows how conditions hang together down to comparisons; says nothing that was not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lic.model.explanation import Cell, Ground, Kleene, Ref, Row, Verdict
from lic.policy import logic, syntax
from lic.policy.decisions import NOT_MET, RECOGNISED, Decision, Table, member_decision
from lic.policy.decisions import Row as TableRow
from lic.policy.declared import Condition
from lic.policy.explain_facts import FactBook
from lic.policy.explain_steps import At, step_of
from lic.policy.known import gap, kleene, known
from lic.policy.terms import Kind, Level, Term
from lic.policy.values import Truth, as_number, as_truth

_NOT = {Kleene.TRUE: Kleene.FALSE, Kleene.FALSE: Kleene.TRUE, Kleene.UNKNOWN: Kleene.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the result tables say beside the rows."""

    status: str
    category: str | None
    basis: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str | None


def verdict(book: FactBook, table: str, index: int, outcome: Outcome) -> Verdict:
    """A decision table for one entity, with what came out of it."""
    compiled = book.program.tables[table]
    decision = member_decision(book.batch, table)
    level = compiled.declared.level
    at = At(level, index)
    book.need(table, index if level is Level.PERSON else None)
    decides = _deciding(book, compiled, decision, index)
    rows = [
        _row(book, table, row, number, at, decides=number == decides)
        for number, row in enumerate((*compiled.all_rows, *compiled.otherwise))
    ]
    return Verdict(
        table, outcome.status, outcome.category, outcome.basis, outcome.possible, outcome.missing,
        outcome.reason, tuple(rows),
    )  # fmt: skip


def _deciding(book: FactBook, table: Table, decision: Decision, index: int) -> int:
    """The number of the row that gave the status, -1 when none did."""
    status = int(decision.status[index])
    if status == RECOGNISED:
        return int(decision.row[index])
    if status == NOT_MET:
        for number, row in enumerate(table.otherwise):
            if kleene(row.truth(book.batch), index) is Kleene.TRUE:
                return len(table.all_rows) + number
    return -1


def _row(book: FactBook, table: str, row: TableRow, number: int, at: At, *, decides: bool) -> Row:
    truth = row.truth(book.batch)
    asked = [] if row.condition is None else [(row.condition, True)]
    asked += list(row.cells)
    grounds: list[Ground] = []
    because: list[Ground] = []
    holds = kleene(truth, at.index)
    for term, wanted in asked:
        grounds += _grounds(book, term, at, wanted=wanted, name=None, only_failing=False)
        own = _truth(book, term, at)
        if (own if wanted else _NOT[own]) is holds:
            because += _grounds(book, term, at, wanted=wanted, name=None, only_failing=True)
    declared = book.program.tables[table].declared
    places = (*declared.rows, *declared.afterwards, *declared.otherwise)
    place = places[number].place
    return Row(
        number + 1,
        places[number].category or None,
        row.basis,
        holds,
        decides,
        len(declared.rows) <= number < len(declared.rows) + len(declared.afterwards),
        tuple(_cell(book, term, at, wanted=wanted) for term, wanted in asked),
        tuple(dict.fromkeys(grounds)),
        tuple(dict.fromkeys(because)),
        book.waits(truth, at.index),
        f"{place.source.file}:{place.line}",
    )


def _cell(book: FactBook, term: Term, at: At, *, wanted: bool) -> Cell:
    value = as_truth(book.run(term))
    truth = kleene(value if wanted else logic.negation(value), at.index)
    return Cell(book.phrase(term.node, at), wanted, truth, step_of(book, term, at))


def _truth(book: FactBook, term: Term, at: At) -> Kleene:
    return kleene(as_truth(book.run(term)), at.index)


def _fact_truth(book: FactBook, name: str, at: At) -> Kleene:
    return kleene(as_truth(book.batch.fact(name)), at.index)


def _grounds(
    book: FactBook, term: Term, at: At, *, wanted: bool, name: str | None, only_failing: bool
) -> Iterator[Ground]:
    """What a condition comes down to; ``only_failing``: what keeps it from being as wanted.

    Of 且 and 或 only the parts that came out like the whole are to blame for it.
    """
    truth = _truth(book, term, at)
    if only_failing and truth is (Kleene.TRUE if wanted else Kleene.FALSE):
        return
    node = term.node
    inner = {"only_failing": only_failing, "name": name}
    match node:
        case syntax.Logic():
            for child in term.children:
                if only_failing and _truth(book, child, at) is not truth:
                    continue
                yield from _grounds(book, child, at, wanted=wanted, **inner)  # type: ignore[arg-type]
        case syntax.Negate():
            yield from _grounds(book, term.children[0], at, wanted=not wanted, **inner)  # type: ignore[arg-type]
        case syntax.Choose() if _truth(book, term.children[0], at) is not Kleene.UNKNOWN:
            taken = term.children[1 if _truth(book, term.children[0], at) is Kleene.TRUE else 2]
            yield from _grounds(book, taken, at, wanted=wanted, **inner)  # type: ignore[arg-type]
        case syntax.Name() if isinstance(_declared(book, node.text), Condition):
            yield from _of_condition(book, node.text, at, wanted=wanted, only_failing=only_failing)
        case syntax.Compare() if term.children[0].type.kind is Kind.NUMBER:
            yield _comparison(book, term, node, at, name)
        case _:
            yield _plain(book, term, at, name)


def _declared(book: FactBook, name: str) -> object:
    fact = book.program.facts.get(name)
    return None if fact is None else fact.declared


def _of_condition(
    book: FactBook, name: str, at: At, *, wanted: bool, only_failing: bool
) -> tuple[Ground, ...]:
    fact = book.program.facts[name]
    inner = at if fact.level is at.level else At(fact.level, 0)
    key = (name, inner.index, wanted, only_failing)
    if key not in book.grounds:
        reference = None if fact.declared is None else fact.declared.reference
        book.grounds[key] = tuple(
            ground if ground.reference else replace(ground, reference=reference)
            for term in fact.terms
            if not only_failing or _truth(book, term, inner) is _fact_truth(book, name, inner)
            for ground in _grounds(book, term, inner, wanted=wanted, name=name, only_failing=only_failing)
        )
    return book.grounds[key]


def _comparison(book: FactBook, term: Term, node: syntax.Compare, at: At, name: str | None) -> Ground:
    left, right = term.children
    a, b = (as_number(book.run(child)) for child in (left, right))
    unit = left.type.unit or right.type.unit
    return replace(
        _plain(book, term, at, name),
        left_name=book.phrase(node.left, at), left=known(a, at.index, left.type),
        right_name=book.phrase(node.right, at), right=known(b, at.index, right.type),
        gap=gap(a, b, at.index, unit),
    )  # fmt: skip


def _plain(book: FactBook, term: Term, at: At, name: str | None) -> Ground:
    value: Truth = as_truth(book.run(term))
    member = at.index if at.level is Level.PERSON else None
    if isinstance(term.node, syntax.Name):
        fact = book.program.facts.get(term.node.text)
        if fact is not None:
            ref: Ref = book.need(fact.name, at.index if fact.level is Level.PERSON else None)
            member = ref.member
            name = name or fact.name
    waits = book.waits(value, at.index)
    return Ground(book.phrase(term.node, at), kleene(value, at.index), name, member, waits_for=waits)


def unknown_conditions(rows: tuple[Row, ...], name: str) -> list[str]:
    """The conditions that an unknown input leaves open."""
    return [
        ground.name or ground.sentence
        for row in rows
        if row.truth is Kleene.UNKNOWN
        for ground in row.because
        if name in ground.waits_for
    ]
