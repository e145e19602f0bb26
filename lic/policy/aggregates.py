"""Aggregates over a table's rows and over a household's members.

Knows how a sum, count or question is widened where rows may be missing (POLICY §0). Which rows
those are is known by :mod:`lic.policy.rows`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from lic.policy import intervals, keys, leaves, logic, months, syntax
from lic.policy.batch import Batch
from lic.policy.compiler import Compiler, Scope
from lic.policy.rows import Rows, group_codes
from lic.policy.segments import Segments
from lic.policy.terms import TRUTH, Kind, Level, Term, Type
from lic.policy.trace import union
from lic.policy.units import PEOPLE, PIECES
from lic.policy.values import (
    FALSE,
    INF,
    NO_DATE,
    TRUE,
    UNKNOWN,
    Bits,
    Bools,
    Dates,
    Num,
    Text,
    Truth,
    Value,
    as_truth,
    join_bits,
)

AGGREGATES = (
    keys.F_SUM, keys.F_COUNT, keys.F_DISTINCT, keys.F_ANY_ROW, keys.F_MAX, keys.F_MIN,
    keys.F_ANY_MEMBER, keys.F_ALL_MEMBERS,
)  # fmt: skip
_OF_MEMBERS = (keys.F_ANY_MEMBER, keys.F_ALL_MEMBERS)
_OF_ROWS = (keys.F_DISTINCT, keys.F_ANY_ROW)
_AMOUNTS = (keys.F_SUM, keys.F_MAX, keys.F_MIN)
TAKE_ITEM = (*_AMOUNTS, keys.F_DISTINCT)


@dataclass(frozen=True, slots=True)
class Over:
    """What an aggregate runs over: the items' scope and, for rows, the owner's scope."""

    inner: Scope
    owner: Scope
    item: Term | None
    test: Term | None


def aggregate(compiler: Compiler, node: syntax.Call, scope: Scope) -> Term:
    """An aggregate call, over rows inside a field with 来源, else over members."""
    rows = scope.source is not None and scope.table is None
    if (not rows and (scope.level is not Level.HOUSEHOLD or scope.bare)) or node.name in (
        _OF_MEMBERS if rows else _OF_ROWS
    ):  # fmt: skip
        return compiler.fail(node, "R042", name=node.name)
    if rows:
        inner = replace(scope, level=Level.ROW, table=scope.source, source=None)
    else:
        inner = replace(scope, level=Level.PERSON, source=None)
    over = _operands(compiler, node, inner, scope)
    if over is None:
        return leaves.nothing(node)
    children = tuple(term for term in (over.item, over.test) if term is not None)
    kind = _type(node.name, over, rows=rows)
    if any(term.type.kind is Kind.ANY for term in children):
        return leaves.guessed(node, kind, children)
    return Term(
        node, kind, _rows_run(compiler, node.name, over) if rows else _members_run(node.name, over), children
    )


def _operands(compiler: Compiler, node: syntax.Call, inner: Scope, scope: Scope) -> Over | None:
    args = list(node.args)
    when = node.when
    takes_item = node.name in TAKE_ITEM
    if not takes_item and when is None and len(args) == 1:
        when = args.pop()
    if len(args) != (1 if takes_item else 0):
        compiler.fail(node, "R057", name=node.name, least=1, most=1)
        return None
    test = None if when is None else compiler.term(when, inner)
    if test is not None and not compiler.expect(test, Kind.TRUTH):
        return None
    item = compiler.term(args[0], inner) if args else None
    if item is not None and node.name == keys.F_SUM and not compiler.expect(item, Kind.NUMBER):
        return None
    allowed = (Kind.NUMBER, Kind.DATE, Kind.ANY)
    if item is not None and node.name in (keys.F_MAX, keys.F_MIN) and item.type.kind not in allowed:
        compiler.expect(item, Kind.NUMBER)
        return None
    return Over(inner, scope, item, test)


def _type(name: str, over: Over, *, rows: bool) -> Type:
    if name in (keys.F_COUNT, keys.F_DISTINCT):
        return Type(Kind.NUMBER, PIECES if rows else PEOPLE)
    return over.item.type if name in _AMOUNTS and over.item is not None else TRUTH


def _always() -> Truth:
    return Truth(np.full(1, TRUE, np.int8))


def apply(name: str, segments: Segments, item: Value | None, test: Truth | None) -> Value:
    """An aggregate over segments, before any widening."""
    largest = name == keys.F_MAX
    match name, item:
        case (keys.F_SUM, Num()):
            return segments.sum(item, test)
        case (keys.F_MAX | keys.F_MIN, Num()):
            return segments.extreme(item, test, largest=largest)
        case (keys.F_MAX | keys.F_MIN, Dates()):
            nothing = months.START if largest else months.END
            return segments.extreme_date(item, test, largest=largest, empty=nothing)
        case (keys.F_COUNT, _):
            return segments.count(_always() if test is None else test)
        case (keys.F_ALL_MEMBERS, _):
            return segments.all(_always() if test is None else test)
        case (keys.F_DISTINCT, Num() | Truth() | Text() | Dates()):
            return distinct(segments, item, _always() if test is None else test)
        case _:
            return segments.any(_always() if test is None else test)


def distinct(segments: Segments, item: Value, test: Truth) -> Num:
    """去重计数: distinct values; one that is not known adds [0, 1]."""
    size = len(segments.owner)
    value = np.broadcast_to(test.value, size)
    blank = item.unknown()
    if isinstance(item, Text):
        blank = blank | (item.codes == item.code_of(""))
    codes = group_codes(item)
    span = int(codes.max(initial=0)) + 2
    key = segments.owner * span + codes + 1

    def count(mask: Bools) -> np.typing.NDArray[np.int64]:
        found = np.unique(key[mask]) // span
        return np.bincount(found, minlength=segments.owners).astype(np.int64)

    lo = count((value == TRUE) & ~blank)
    hi = count((value != FALSE) & ~blank)
    loose = (value != FALSE) & blank
    hi = hi + np.bincount(segments.owner[loose], minlength=segments.owners)
    bits = test.bits
    if item.bits is not None:
        mine = np.where(loose[:, None], item.bits, np.uint64(0))
        bits = mine if bits is None else mine | bits
    result = Num(lo, intervals.tidy(lo, hi), 1, 10**6)
    return join_bits(
        result, segments.bits(None if bits is None else np.broadcast_to(bits, (size, bits.shape[1])))
    )


def _members_run(name: str, over: Over) -> Callable[[Batch], Value]:
    item, test = over.item, over.test

    def run(batch: Batch) -> Value:
        value = None if item is None else item.run(batch)
        return apply(name, batch.members, value, None if test is None else as_truth(test.run(batch)))

    return run


def _rows_run(compiler: Compiler, name: str, over: Over) -> Callable[[Batch], Value]:
    scope, item, test = over.owner, over.item, over.test
    table = scope.source or ""
    compiler.tables.add(table)
    if scope.member is not None:
        compiler.uses.add(scope.member)

    def run(batch: Batch) -> Value:
        rows = batch.rows(table, view=scope.view)
        size = batch.size(scope.level)
        kind = over.item.type.kind if name in _AMOUNTS and over.item is not None else None
        if not rows.delivered:
            everybody = np.ones(size, np.bool_)
            return undelivered(batch, name, kind, scope, batch.mark(everybody, table))
        condition = None if test is None else as_truth(test.run(batch))
        if scope.member is not None:
            member = as_truth(batch.at(scope.member, Level.ROW, table, view=scope.view))
            condition = member if condition is None else logic.conjunction([member, condition])
        value = None if item is None else item.run(batch)
        total = apply(name, rows.segments(scope.level), value, condition)
        return _widened(batch, rows, scope, total)

    return run


def undelivered(batch: Batch, name: str, kind: Kind | None, scope: Scope, bits: Bits | None) -> Value:
    """The aggregate of a table that did not come: unknown for everybody."""
    size = batch.size(scope.level)
    if kind is Kind.DATE:
        return Dates(np.full(size, NO_DATE, np.int32), bits)
    if name == keys.F_ANY_ROW:
        return Truth(np.full(size, UNKNOWN, np.int8), bits)
    negative = scope.doubtful == keys.ANYTHING and name not in (keys.F_COUNT, keys.F_DISTINCT)
    return replace(intervals.anything(size, negative=negative), bits=bits)


def _widened(batch: Batch, rows: Rows, scope: Scope, total: Value) -> Value:
    """Widen for the owners for whom rows may be missing."""
    mask, bits = _concerned(batch, rows, scope)
    gap = rows.gap
    if not mask.any() and gap is None:
        return total
    gap_mask = np.zeros(len(mask), np.bool_)
    gap_bits: Bits | None = None
    if gap is not None:
        gap_mask, gap_bits = gap
        if scope.level is Level.PERSON:
            gap_mask = gap_mask[batch.part.hid]
            gap_bits = None if gap_bits is None else gap_bits[batch.part.hid]
    return widen(total, mask, gap_mask, _mode(rows, scope), union(total.bits, bits, gap_bits))


def _mode(rows: Rows, scope: Scope) -> str:
    if scope.doubtful != keys.FROM_ZERO or scope.zero_column is None:
        return scope.doubtful
    present = rows.part.table.present if rows.part is not None else ()
    return keys.FROM_ZERO if any(scope.zero_column in columns for columns in present) else keys.ONLY_MORE


def _concerned(batch: Batch, rows: Rows, scope: Scope) -> tuple[Bools, Bits | None]:
    mask, bits = rows.doubtful
    if scope.level is Level.PERSON:
        return mask, bits
    if scope.member is not None:
        member = as_truth(batch.fact(scope.member))
        mask = mask & (member.value != FALSE)
        bits = union(bits, member.bits)
    if bits is not None:
        bits = np.where(mask[:, None], bits, np.uint64(0))
    touched = batch.members.any(Truth(mask.astype(np.int8) * np.int8(TRUE)))
    return touched.value == TRUE, batch.members.bits(bits)


def widen(total: Value, mask: Bools, gap: Bools, mode: str, bits: Bits | None) -> Value:
    """What is known when rows may be missing: more of the same, or anything."""
    either = mask | gap
    match total:
        case Truth():
            value = np.where(either & (total.value == FALSE), np.int8(UNKNOWN), total.value)
            return join_bits(Truth(value), bits)
        case Dates():
            return join_bits(Dates(np.where(either, np.int32(NO_DATE), total.at).astype(np.int32)), bits)
        case Num():
            lo = total.lo
            if mode == keys.ANYTHING:
                lo = np.where(mask, -INF, lo)
            elif mode == keys.FROM_ZERO:
                lo = np.where(mask, 0, lo)
            hi = np.where(either, INF, total.high)
            return join_bits(Num(lo, intervals.tidy(lo, hi), total.scale, total.bound), bits)
        case _:
            return total
