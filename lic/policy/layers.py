"""Higher layers over a pack: which items they may replace, and how each kind is laid over.

Knows that names, rows and dated values are replaced, and nothing that stands once. Precedence is
by rank: a layer replaces what ranks lower, whatever the order in which folders are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lic.declare import Map, Node, Scalar, Seq, near_miss, read_map, read_seq
from lic.errors import Problem, ProblemLog, problem
from lic.model.layer import Layer, Rank
from lic.model.layering import Layering, entries_of, grounds, require_grounds, without
from lic.model.shape import ANYTHING
from lic.policy import keys
from lic.policy.parameters import Dated, Parameter, read_entries, under
from lic.policy.read import read_files

Sections = dict[str, list[Node]]
_FACTS = (keys.FIELDS, keys.DERIVED, keys.CONDITIONS, keys.LISTS, keys.DECISIONS)
_ALLOWED = (*_FACTS, keys.PARAMETERS, keys.CHECKS, keys.BASES, keys.CASE_PARAMETERS, keys.CASES, keys.LAYER)
_ONE_OF = (keys.FORMULA, keys.ALL, keys.ANY)
_ROW_ONLY = {keys.ROW, keys.REFERENCE}


@dataclass(frozen=True, slots=True)
class UpperLayer:
    """A folder of higher rules as it was read."""

    layer: Layer
    folder: Path
    sections: Sections


def base_layer(sections: Sections) -> Layer:
    """The pack's own name and rank; a pack that says nothing is its county's."""
    said = _said(sections)
    return Layer(keys.ORIGIN_PACK, Rank.COUNTY) if said is None else said


def pack_layer(folder: Path) -> Layer:
    """The name and rank of the pack in ``folder``, read before anything else; it is judged later."""
    return base_layer(read_files(folder, ProblemLog()))


def is_upper(folder: Path) -> bool:
    """Whether a folder is of higher rules, which are nothing without a pack below them."""
    sections = read_files(folder, ProblemLog(), ANYTHING)
    return keys.LAYER in sections and keys.ROSTER not in sections


def read_layers(folders: Sequence[Path], log: ProblemLog) -> list[UpperLayer]:
    """Higher layers, the lowest rank first."""
    found = []
    for folder in folders:
        sections = read_files(folder, log, ANYTHING)
        layer = _said(sections)
        if layer is None:
            if keys.LAYER not in sections:
                log.add(_nameless(folder))
            continue
        for nodes in sections.values():
            for node in nodes:
                node.source.layer = layer.label
        found.append(UpperLayer(layer, folder, sections))
    return sorted(found, key=lambda item: (item.layer.rank.order, item.layer.name, item.folder.as_posix()))


def _nameless(folder: Path) -> Problem:
    known = keys.SHOW_LIST.join(Rank)
    return problem(folder.name, 1, 1, "R122", folder=folder.name, known=known)


def _said(sections: Sections) -> Layer | None:
    nodes = sections.get(keys.LAYER, [])
    body = read_map(nodes[0]) if nodes else None
    if body is None:
        return None
    name, word = body.text(keys.NAME, required=True), body.text(keys.RANK, required=True)
    body.finish()
    if word is not None and word not in set(Rank):
        body.entries[keys.RANK].fail(
            "R052",
            value=word,
            key=keys.RANK,
            known=keys.SHOW_LIST.join(Rank),
            suggestion=near_miss(word, list(Rank)),
        )
        return None
    return None if name is None or word is None else Layer(name, Rank(word))


def lay_over(base: Sections, layers: Sequence[UpperLayer], layering: Layering) -> None:
    """Lay the facts, checks and cases of every layer over the pack's sections, in place."""
    for upper in layers:
        for section, nodes in upper.sections.items():
            if section in (*_FACTS, keys.CHECKS):
                _lay_named(base, section, nodes, upper.layer, layering)
            elif section == keys.CASES:
                _lay_cases(base, nodes)
            elif section in (keys.BASES, keys.CASE_PARAMETERS):
                _lay_plain(base, section, nodes)
            elif section not in _ALLOWED:
                for node in nodes:
                    known = keys.SHOW_LIST.join(_ALLOWED)
                    node.fail("R126", section=section, known=known)


def _lay_named(base: Sections, section: str, nodes: Sequence[Node], layer: Layer, layering: Layering) -> None:
    holders = {key.value: (holder, body) for holder, key, body in entries_of(base.get(section, []))}
    for node in nodes:
        read_map(node)
    for _, key, body in entries_of(nodes):
        new = layering.is_new(layer, section, key, body, holders)
        if not require_grounds(key, body) or new is None:
            continue
        if new:
            plain = without(body, (keys.NEW,))
            layering.added(layer, section, key.value, plain)
            place = Map(key.source, key.line, key.column, {key.value: plain}, {key.value: key})
            base.setdefault(section, []).append(place)
            continue
        other = layering.outranks(layer, section, key.value, key)
        if other is None:
            continue
        holder, below = holders[key.value]
        if section == keys.DECISIONS and set(body.entries) <= _ROW_ONLY:
            laid = _lay_rows(layer, other, key.value, below, body, layering)
        else:
            laid = layering.lay(layer, other, section, key.value, below, body, instead=_ONE_OF)
        holder.entries[key.value], holder.keys[key.value] = laid, key


def _lay_rows(layer: Layer, other: Layer, name: str, base: Map, over: Map, layering: Layering) -> Map:
    """Some rows of a decision table replaced; a row is known by its category and what it rests on."""
    below = base.entries.get(keys.ROW)
    rows = list(below.items) if isinstance(below, Seq) else []
    for item in read_seq(over.entries.get(keys.ROW)):
        body = read_map(item)
        if body is None:
            continue
        category, basis = _word(body, keys.CATEGORY), _word(body, keys.BASIS)
        at = [n for n, row in enumerate(rows) if isinstance(row, Map) and _is_row(row, category, basis)]
        if len(at) != 1:
            body.fail("R127", name=name, category=category, basis=basis or keys.NO_MATTER[0])
            continue
        row = rows[at[0]]
        if isinstance(row, Map):
            what = f"{keys.ROW} {category}" + (f"（{basis}）" if basis else "")
            laid = layering.lay(
                layer, other, keys.DECISIONS, name, row, body, what=what, reference=grounds(over)
            )
            rows[at[0]] = without(laid, (keys.REFERENCE,))
    whole = layering.lay(layer, other, keys.DECISIONS, name, base, over, apart=(keys.ROW,))
    whole.entries[keys.ROW] = Seq(over.source, over.line, over.column, rows)
    return whole


def _is_row(row: Map, category: str, basis: str) -> bool:
    return _word(row, keys.CATEGORY) == category and basis in ("", _word(row, keys.BASIS))


def _word(body: Map, key: str) -> str:
    node = body.entries.get(key)
    return node.value if isinstance(node, Scalar) else ""


def _lay_cases(base: Sections, nodes: Sequence[Node]) -> None:
    """Cases of a layer: one of the same name takes the place of the pack's; they decide nothing."""
    for node in nodes:
        names = {_word(item, keys.NAME) for item in read_seq(node) if isinstance(item, Map)}
        for below in base.get(keys.CASES, []):
            if isinstance(below, Seq):
                below.items[:] = [
                    item
                    for item in below.items
                    if not isinstance(item, Map) or _word(item, keys.NAME) not in names
                ]
        base.setdefault(keys.CASES, []).append(node)


def _lay_plain(base: Sections, section: str, nodes: Sequence[Node]) -> None:
    """What only the cases are laid out with: by name, the layer's in place of the pack's."""
    for node in nodes:
        over = read_map(node)
        below = base.setdefault(section, [])
        if over is None:
            continue
        if below and isinstance(below[0], Map):
            for name in over.entries:
                for item in below:
                    if isinstance(item, Map):
                        item.entries.pop(name, None)
                        item.keys.pop(name, None)
            below[0].entries.update(over.entries)
            below[0].keys.update(over.keys)
        else:
            below.append(over)


def lay_parameters(
    parameters: dict[str, Parameter], layers: Sequence[UpperLayer], layering: Layering
) -> dict[str, Parameter]:
    """Parameters under the dated values of every layer; a new one is left to :func:`new_parameters`."""
    result = dict(parameters)
    for upper in layers:
        for _, key, body in entries_of(upper.sections.get(keys.PARAMETERS, [])):
            if key.value not in result:
                continue
            if layering.outranks(upper.layer, keys.PARAMETERS, key.value, key) is None:
                continue
            body.require(keys.VALUES)
            entries = _cited(key, body, read_entries(body, result[key.value]))
            body.finish()
            result[key.value] = under(result[key.value], entries)
    return result


def _cited(key: Scalar, body: Map, entries: Sequence[Dated]) -> tuple[Dated, ...]:
    """The values with their grounds: each its own, or those of the whole item."""
    said = body.text(keys.REFERENCE)
    cited = []
    for entry in entries:
        if entry.reference is None and said is None:
            (entry.place or key).fail("R120", name=key.value)
            continue
        cited.append(replace(entry, reference=entry.reference or said))
    return tuple(cited)


def new_parameters(base: Sections, layers: Sequence[UpperLayer], layering: Layering) -> None:
    """Parameters that a layer adds become the pack's; those that are neither new nor known are named."""
    known = {key.value for _, key, _ in entries_of(base.get(keys.PARAMETERS, []))}
    for upper in layers:
        for node in upper.sections.get(keys.PARAMETERS, []):
            read_map(node)
        for _, key, body in entries_of(upper.sections.get(keys.PARAMETERS, [])):
            if layering.is_new(upper.layer, keys.PARAMETERS, key, body, known):
                _add_parameter(base, upper.layer, key, body, layering)
                known.add(key.value)


def _add_parameter(base: Sections, layer: Layer, key: Scalar, body: Map, layering: Layering) -> None:
    values = body.entries.get(keys.VALUES)
    for item in values.items if isinstance(values, Seq) else ():
        if isinstance(item, Map) and grounds(item) is None and grounds(body) is None:
            item.fail("R120", name=key.value)
    plain = without(body, (keys.NEW, keys.REFERENCE))
    layering.added(layer, keys.PARAMETERS, key.value, plain)
    place = Map(key.source, key.line, key.column, {key.value: plain}, {key.value: key})
    base.setdefault(keys.PARAMETERS, []).append(place)
