"""Lines in time: the as-of date against a parameter, alone or counted from a row's date.

Knows how to lay out one row that meets everything else its field asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from lic.declare import Map, Node, Scalar, Seq
from lic.policy import keys, months, syntax
from lic.policy.batch import Batch
from lic.policy.boundary_shape import Boundary, Comparison, Point, comparisons, parameters_of
from lic.policy.cases import base_layout, case_parameters, prepared
from lic.policy.compare import verdict
from lic.policy.declared import SourceField
from lic.policy.evaluate import decisions
from lic.policy.known import kleene, known
from lic.policy.pack import Pack
from lic.policy.phrases import Phrases
from lic.policy.terms import Level, Term
from lic.policy.values import as_truth

_EPOCH = date(1970, 1, 1)
_DAYS = (-1, 0, 1)


def day_boundary(pack: Pack, phrases: Phrases, name: str, found: Comparison, as_of: date) -> Boundary | None:
    """基准日 against a parameter that is a date."""
    used = tuple(
        item for child in found.term.children for item in _names(child) if item in pack.program.parameters
    )
    if not used or keys.AS_OF not in [item for child in found.term.children for item in _names(child)]:
        return None
    line = next(child for child in found.term.children if keys.AS_OF not in _names(child))
    day = known(line.run(_at(pack, as_of)), 0, line.type).exact
    if not isinstance(day, date):
        return None
    points = []
    for shift in _DAYS:
        batch = _at(pack, day + timedelta(days=shift))
        truth = kleene(as_truth(found.term.run(batch)), 0)
        whole = kleene(as_truth(batch.fact(name)), 0) if name in pack.program.facts else truth
        points.append(
            Point((day + timedelta(days=shift)).isoformat(), truth, whole, verdict(decisions(batch)[1], 0))
        )
    sentence = phrases.of_node(found.term.node, None)
    return Boundary(name, sentence, keys.AS_OF, used, day.isoformat(), tuple(points))


def _names(term: Term) -> list[str]:
    return [term.node.text] if isinstance(term.node, syntax.Name) else []


def _at(pack: Pack, day: date) -> Batch:
    layout = base_layout(pack)
    batch = None if layout is None else prepared(pack, layout, case_parameters(pack, day), day)
    if batch is None:
        raise TypeError(keys.BASES)
    return batch


def row_boundaries(pack: Pack, phrases: Phrases, as_of: date) -> Iterator[Boundary]:
    """基准日 against a row's date some months later, where the months are a parameter."""
    for name, fact in pack.program.facts.items():
        declared = fact.declared
        if not isinstance(declared, SourceField) or fact.level is not Level.PERSON:
            continue
        for found in (item for term in fact.terms for item in comparisons(term)):
            for side in found.term.children:
                made = _row(pack, phrases, name, declared, found, side, as_of)
                if made is not None:
                    yield made


def _row(
    pack: Pack, phrases: Phrases, name: str, field: SourceField, found: Comparison, side: Term, as_of: date
) -> Boundary | None:
    node = side.node
    if not isinstance(node, syntax.Call) or node.name != keys.F_MONTHS_AFTER:
        return None
    column, used = node.args[0], parameters_of(pack.program, side)
    if not isinstance(column, syntax.Name) or not used:
        return None
    value = case_parameters(pack, as_of)[used[0]].values.get("")
    if not isinstance(value, Fraction):
        return None
    shifted = months.add_months(np.array([months.day_number(as_of)], np.int32), -int(value))
    start = _EPOCH + timedelta(days=int(shifted[0]))
    cells = {**_words(found.beside), column.text: start.isoformat()}
    points = []
    for shift in _DAYS:
        day = as_of + timedelta(days=shift)
        batch = _with_row(pack, field, cells, day)
        whole = kleene(as_truth(batch.fact(name)), 0)
        points.append(Point(day.isoformat(), whole, whole, verdict(decisions(batch)[0], 0)))
    sentence = phrases.of_node(found.term.node, field)
    line = f"{column.text} {start.isoformat()}"
    return Boundary(name, sentence, keys.AS_OF, used, line, tuple(points), field.reference)


def _words(beside: tuple[Term, ...]) -> dict[str, str]:
    """Cells that make the other conditions of the row true: the first word that each allows."""
    found = {}
    for term in beside:
        node = term.node
        if isinstance(node, syntax.Member) and not node.negated and isinstance(node.item, syntax.Name):
            found[node.item.text] = node.words[0].value
        if isinstance(node, syntax.Compare) and node.op == "=" and isinstance(node.left, syntax.Name):
            found[node.left.text] = getattr(node.right, "text", getattr(node.right, "value", ""))
    return found


def _with_row(pack: Pack, field: SourceField, cells: dict[str, str], day: date) -> Batch:
    layout = base_layout(pack)
    if layout is None:
        raise TypeError(keys.BASES)
    place = field.place
    entries: dict[str, Node] = {
        key: Scalar(place.source, place.line, place.column, value) for key, value in cells.items()
    }
    names = {key: Scalar(place.source, place.line, place.column, key) for key in cells}
    row = Map(place.source, place.line, place.column, entries, names)
    layout.rows = [{field.table: Seq(place.source, place.line, place.column, [row])}]
    layout.tables = {field.table}
    batch = prepared(pack, layout, case_parameters(pack, day), day)
    if batch is None:
        raise TypeError(field.name)
    return batch
