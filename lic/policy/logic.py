"""Kleene's logic and the choices and comparisons of texts and dates, on whole arrays.

Knows no numbers (:mod:`lic.policy.intervals`) and no names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from lic.policy.intervals import choose as choose_number
from lic.policy.intervals import chosen_bits
from lic.policy.values import (
    FALSE,
    NO_DATE,
    TRUE,
    UNKNOWN,
    Bools,
    Dates,
    Num,
    Text,
    Truth,
    Value,
    join_bits,
    same_words,
    truth_of,
)

D = TypeVar("D", Text, Dates)


def conjunction(items: Sequence[Truth]) -> Truth:
    """且."""
    value = items[0].value
    for item in items[1:]:
        value = np.minimum(value, item.value)
    return join_bits(Truth(value), *(item.bits for item in items))


def disjunction(items: Sequence[Truth]) -> Truth:
    """或."""
    value = items[0].value
    for item in items[1:]:
        value = np.maximum(value, item.value)
    return join_bits(Truth(value), *(item.bits for item in items))


def negation(item: Truth) -> Truth:
    """非."""
    return Truth(np.int8(TRUE) - item.value, item.bits)


def decided(true: Bools, unknown: Bools, *sources: Value) -> Truth:
    """A truth from what is true where it is known."""
    if not unknown.any():
        return truth_of(true)
    value = np.where(unknown, np.int8(UNKNOWN), np.where(true, np.int8(TRUE), np.int8(FALSE)))
    return join_bits(Truth(value), *(source.bits for source in sources))


def same_truth(left: Truth, right: Truth) -> Truth:
    """Whether two truths are equal."""
    unknown = left.unknown() | right.unknown()
    return decided(left.value == right.value, unknown, left, right)


def same_text(left: Text, right: Text) -> Truth:
    """Whether two texts are equal."""
    a, b, _ = same_words(left, right)
    return decided(a == b, (a == -1) | (b == -1), left, right)


def is_word(text: Text, words: Sequence[str]) -> Truth:
    """Whether a text is one of ``words``."""
    codes = [text.code_of(word) for word in words]
    hit = text.codes == codes[0]
    for code in codes[1:]:
        hit = hit | (text.codes == code)
    return decided(hit, text.codes == -1, text)


def compare_dates(op: str, left: Dates, right: Dates) -> Truth:
    """``< <= > >= = <>`` over dates."""
    a, b = left.at, right.at
    match op:
        case "<":
            hit = a < b
        case "<=":
            hit = a <= b
        case ">":
            hit = a > b
        case ">=":
            hit = a >= b
        case "=":
            hit = a == b
        case _:
            hit = a != b
    return decided(hit, left.unknown() | right.unknown(), left, right)


def surely(item: Truth) -> Truth:
    """确定: true only where certainly true."""
    return truth_of(item.value == TRUE)


def maybe(item: Truth) -> Truth:
    """可能: true unless certainly false."""
    return truth_of(item.value != FALSE)


def choose(test: Truth, then: Value, other: Value) -> Value:
    """若 … 则 … 否则 … for every kind; an unknown test leaves texts and dates unknown unless equal."""
    match then, other:
        case Num(), Num():
            return choose_number(test, then, other)
        case Truth(), Truth():
            value = np.where(test.value == TRUE, then.value, other.value)
            unsure = test.unknown()
            if unsure.any():
                agreed = np.where(then.value == other.value, then.value, np.int8(UNKNOWN))
                value = np.where(unsure, agreed, value)
            return _chosen(Truth(value), test, then, other)
        case Text(), Text():
            a, b, words = same_words(then, other)
            codes = _pick(test, a, b, -1)
            return _chosen(Text(codes, words), test, then, other)
        case Dates(), Dates():
            return _chosen(Dates(_pick(test, then.at, other.at, NO_DATE)), test, then, other)
        case _:
            raise TypeError(type(then).__name__)


def _pick(
    test: Truth, then: np.typing.NDArray[np.int32], other: np.typing.NDArray[np.int32], unknown: int
) -> np.typing.NDArray[np.int32]:
    unsure = test.unknown() & (then != other)
    picked = np.where(test.value == TRUE, then, other)
    return np.where(unsure, np.int32(unknown), picked)


V = TypeVar("V", Truth, Text, Dates)


def _chosen(result: V, test: Truth, then: Value, other: Value) -> V:
    then_bits = chosen_bits(test, then.bits, TRUE)
    return join_bits(result, test.bits, then_bits, chosen_bits(test, other.bits, FALSE))
