"""Given facts: values written in a test case, or columns of an Arrow table, as fixed facts.

Knows how a given value is read by the type of its fact and how an unknown one is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
import pyarrow as pa

from lic.declare import Node, Scalar, near_miss, read_date, read_flag, read_number
from lic.policy import keys
from lic.policy.batch import GIVEN, LEFT_BLANK, NO_COLUMN, Fixed
from lic.policy.columns import decimal_ints, text_value
from lic.policy.declared import SourceField
from lic.policy.intervals import tidy
from lic.policy.months import day_number
from lic.policy.program import Compiled, Program
from lic.policy.terms import Kind, Level
from lic.policy.units import is_money
from lic.policy.values import FALSE, INF, NO_DATE, TRUE, UNKNOWN, Dates, Num, Text, Truth, Value

_STATES = {keys.LEFT_BLANK: LEFT_BLANK, keys.NO_COLUMN: NO_COLUMN}
GIVEN_BOUND = 10**10  # given amounts are exact up to ten thousand million


def fixed_from_nodes(fact: Compiled, nodes: Sequence[Node | None]) -> Fixed:
    """One fact for several entities as a case writes it; None: not given, to be computed."""
    states = np.array([_state(node) for node in nodes], np.int8)
    known = [node if isinstance(node, Scalar) and not _is_unknown(node) else None for node in nodes]
    given = np.array([node is not None for node in nodes], np.bool_)
    value = _value(fact, known)
    return Fixed(value, states, None if given.all() else given)


def _state(node: Node | None) -> int:
    return _STATES.get(node.value, GIVEN) if isinstance(node, Scalar) else GIVEN


def _is_unknown(node: Scalar) -> bool:
    return not node.quoted and node.value in (keys.UNKNOWN, *_STATES)


def _value(fact: Compiled, nodes: Sequence[Scalar | None]) -> Value:
    match fact.type.kind:
        case Kind.NUMBER:
            numbers = [None if node is None else read_number(node) for node in nodes]
            return numbers_value(numbers, negative=unbounded_below(fact))
        case Kind.TRUTH:
            flags = [None if node is None else read_flag(node) for node in nodes]
            return Truth(np.array([UNKNOWN if f is None else TRUE if f else FALSE for f in flags], np.int8))
        case Kind.DATE:
            return Dates(np.array([NO_DATE if node is None else _day(node) for node in nodes], np.int32))
        case _:
            return _words(fact, nodes)


def _day(node: Scalar) -> int:
    day = read_date(node)
    return NO_DATE if day is None else day_number(day)


def _words(fact: Compiled, nodes: Sequence[Scalar | None]) -> Text:
    for node in nodes:
        if node is not None and fact.type.words and node.value not in (*fact.type.words, ""):
            known = keys.SHOW_LIST.join(fact.type.words)
            node.fail("R017", word=node.value, known=known, suggestion=near_miss(node.value, fact.type.words))
    return text_value(pa.array([None if node is None else node.value for node in nodes], pa.string()))


def numbers_value(numbers: Sequence[Fraction | None], *, negative: bool) -> Num:
    """Exact or unknown numbers at their common scale."""
    scale = lcm(100, *(number.denominator for number in numbers if number is not None))
    low = -INF if negative else 0
    lo = np.array([low if number is None else int(number * scale) for number in numbers], np.int64)
    hi = np.array([INF if number is None else int(number * scale) for number in numbers], np.int64)
    return Num(lo, tidy(lo, hi), scale, _bound(numbers) * scale)


def _bound(numbers: Sequence[Fraction | None]) -> int:
    """How large the numbers can be: as they are where all are known, so that two may be multiplied."""
    known = [int(abs(number)) + 1 for number in numbers if number is not None]
    return max(known) if known and len(known) == len(numbers) else GIVEN_BOUND


def unbounded_below(fact: Compiled) -> bool:
    """Whether an unknown value of the fact may be negative."""
    declared = fact.declared
    if isinstance(declared, SourceField):
        return declared.doubtful == keys.ANYTHING
    return False


def fixed_from_tables(program: Program, tables: Mapping[Level, pa.Table]) -> dict[str, Fixed]:
    """Every column that is a fact of its table's level; null is unknown.

    Money as int64 fen or decimal; counts as int64; truths as bool; dates as date32.
    """
    fixed: dict[str, Fixed] = {}
    for level, table in tables.items():
        for name in table.column_names:
            fact = program.facts.get(name)
            if fact is not None and fact.level is level:
                fixed[name] = Fixed(arrow_value(fact, table.column(name)))
    return fixed


def arrow_value(fact: Compiled, array: pa.ChunkedArray) -> Value:
    """An Arrow column as a value of a fact's type."""
    chunk = array.combine_chunks()
    match fact.type.kind:
        case Kind.NUMBER:
            money = is_money(fact.type.unit)
            scale = 100 if money else 1
            if pa.types.is_decimal(chunk.type):
                chunk, scale = decimal_ints(chunk), 10**chunk.type.scale
            return _ints_value(chunk, scale, negative=unbounded_below(fact))
        case Kind.TRUTH:
            raw = chunk.cast(pa.int8()).fill_null(-1).to_numpy(zero_copy_only=False)
            value = raw * np.int8(TRUE)
            return Truth(np.where(raw < 0, np.int8(UNKNOWN), value) if chunk.null_count else value)
        case Kind.DATE:
            return Dates(chunk.cast(pa.int32()).fill_null(NO_DATE).to_numpy(zero_copy_only=False))
        case _:
            return text_value(chunk)


def _ints_value(chunk: pa.Array, scale: int, *, negative: bool) -> Num:
    lo = chunk.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    if not chunk.null_count:
        return Num(lo, None, scale, GIVEN_BOUND * scale)
    unknown = chunk.is_null().to_numpy(zero_copy_only=False)
    low, high = np.where(unknown, -INF if negative else 0, lo), np.where(unknown, INF, lo)
    return Num(low, high, scale, GIVEN_BOUND * scale)
