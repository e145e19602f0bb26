"""What a test case expects against what came out.

Knows the expectation keys of a case and how values are written in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa

from lic.declare import Map, Node, Scalar, Seq, near_miss, read_number, read_seq, read_texts
from lic.model.result import Status
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.checks import findings
from lic.policy.decisions import RECOGNISED, UNDECIDED, Decision, possible_lists
from lic.policy.evaluate import decisions, missing_inputs
from lic.policy.pack import Pack
from lic.policy.render import shown
from lic.policy.results import tag_lists
from lic.policy.terms import Level
from lic.policy.values import Num, as_number, take


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that did not hold."""

    what: str
    expected: str
    actual: str


def differences(pack: Pack, batch: Batch, case: Map) -> list[Difference]:
    """Everything in which a case came out otherwise than it says."""
    found = list(_decided(pack, batch, case))
    for node in (case.take(keys.FACTS),):
        found.extend(_facts(pack, batch, node, Level.HOUSEHOLD, 0))
    for index, node in enumerate(read_seq(case.take(keys.MEMBER_FACTS))):
        found.extend(_facts(pack, batch, node, Level.PERSON, index))
    found.extend(_checks(pack, batch, case))
    return found


def verdict(decision: Decision, index: int) -> str:
    """The category, or why there is none."""
    status = int(decision.status[index])
    if status == RECOGNISED:
        return decision.table.categories[int(decision.category[index])]
    return Status.UNDECIDED.value if status == UNDECIDED else Status.NOT_MET.value


def basis(decision: Decision, index: int) -> str:
    """户 or 人 of a recognised member, else blank."""
    if int(decision.status[index]) != RECOGNISED:
        return ""
    return decision.table.all_rows[int(decision.row[index])].basis or ""


def _decided(pack: Pack, batch: Batch, case: Map) -> Iterator[Difference]:
    wanted = {key: case.take(key) for key in (
        keys.GOT, keys.MEMBERS_GOT, keys.MEMBERS_BASIS,
        keys.POSSIBLE, keys.MEMBERS_POSSIBLE, keys.MISSING, keys.MEMBERS_MISSING,
    )}  # fmt: skip
    if all(node is None for node in wanted.values()):
        return
    persons, households = decisions(batch)
    actual: dict[str, list[object]] = {
        keys.GOT: [verdict(households, 0)],
        keys.MEMBERS_GOT: [verdict(persons, index) for index in range(len(persons.status))],
        keys.MEMBERS_BASIS: [basis(persons, index) for index in range(len(persons.status))],
        keys.POSSIBLE: possible_lists(households).to_pylist(),
        keys.MEMBERS_POSSIBLE: possible_lists(persons).to_pylist(),
    }
    if wanted[keys.MISSING] is not None or wanted[keys.MEMBERS_MISSING] is not None:
        missing = missing_inputs(pack, batch)
        actual[keys.MISSING] = missing.households.to_pylist()
        actual[keys.MEMBERS_MISSING] = missing.persons.to_pylist()
    for key, node in wanted.items():
        if node is None:
            continue
        single = key in (keys.GOT, keys.POSSIBLE, keys.MISSING)
        expected = [_plain(node)] if single else [_plain(item) for item in read_seq(node)]
        if expected != actual[key][: len(expected)] or len(expected) > len(actual[key]):
            yield Difference(key, _text(expected), _text(actual[key]))


def _plain(node: Node) -> object:
    return list(read_texts(node)) if isinstance(node, Seq) else getattr(node, "value", "")


def _text(value: object) -> str:
    if isinstance(value, list):
        return keys.SHOW_LIST.join(_text(item) for item in value)
    return str(value)


def _facts(pack: Pack, batch: Batch, node: Node | None, level: Level, index: int) -> Iterator[Difference]:
    if not isinstance(node, Map) or index >= batch.size(level):
        return
    for key, item in node.pairs():
        fact = pack.program.facts.get(key.value)
        if fact is None or fact.level > level:
            key.fail("R054", name=key.value, suggestion=near_miss(key.value, pack.program.facts))
            continue
        where = index if fact.level is Level.PERSON else 0
        if fact.is_list:
            words = tag_lists(fact.declared, as_number(batch.fact(key.value)).lo).to_pylist()[where]
            if words != list(read_texts(item)):
                yield Difference(key.value, _text(list(read_texts(item))), _text(words))
        elif isinstance(item, Scalar):
            yield from _fact(batch, key.value, item, where)


def _fact(batch: Batch, name: str, wanted: Scalar, index: int) -> Iterator[Difference]:
    value = take(batch.fact(name), np.array([index]))
    unknown = bool(value.unknown()[0])
    text = str(shown(value, batch.program.facts[name].type)[0].as_py())
    if wanted.value == keys.UNKNOWN and not wanted.quoted:
        same = unknown
    elif isinstance(value, Num):
        number = read_number(wanted)
        same = not unknown and number == Fraction(int(value.lo[0]), value.scale)
    else:
        same = not unknown and text == (wanted.value or keys.SHOW_BLANK).replace(
            keys.LEFT_BLANK, keys.SHOW_BLANK
        )
    if not same:
        yield Difference(name, wanted.value, text)


def _checks(pack: Pack, batch: Batch, case: Map) -> Iterator[Difference]:
    raised, silent = case.take(keys.CHECKS), case.take(keys.NO_CHECKS)
    if raised is None and silent is None:
        return
    tables = [findings(batch, compiled) for compiled in pack.program.checks]
    codes = {code for table in tables if table is not None for code in _codes(table)}
    for node, wanted in ((raised, True), (silent, False)):
        for code in read_texts(node):
            if (code in codes) is not wanted:
                key = keys.CHECKS if wanted else keys.NO_CHECKS
                yield Difference(key, code, _text(sorted(codes)))


def _codes(table: pa.Table) -> list[str]:
    return [str(code) for code in table.column("code").unique().to_pylist()]
