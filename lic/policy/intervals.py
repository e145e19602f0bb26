"""Interval arithmetic on whole arrays (POLICY §0, "Unknown numbers are intervals").

Knows sums, products, larger and smaller, comparisons and choices over intervals; exact numbers
cost one array. Refuses to wrap: bounds are carried along statically, a product that could leave
int64 is first narrowed to "at least this much", and refused when that would touch real amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from lic.policy.values import (
    FALSE,
    INF,
    LIMIT,
    MIN_RANGE,
    TRUE,
    UNKNOWN,
    Bools,
    Ints,
    Num,
    RangeError,
    Truth,
    join_bits,
)


def constant(value: Fraction) -> Num:
    """One exact number for everybody."""
    bound = max(1, abs(value.numerator))
    if bound > LIMIT:
        raise RangeError
    return Num(np.array([value.numerator], np.int64), None, value.denominator, bound)


def anything(size: int, *, negative: bool = False, top: int | None = None) -> Num:
    """Unknown numbers: [0, inf), with ``negative`` (-inf, inf), with ``top`` [0, top]."""
    low = np.full(size, -INF if negative else 0, np.int64)
    return Num(low, np.full(size, INF if top is None else top, np.int64), 1, top or 1)


def tidy(lo: Ints, hi: Ints | None) -> Ints | None:
    """None instead of upper ends that all equal the lower ones."""
    return None if hi is None or np.array_equal(lo, hi) else hi


def narrowed(number: Num, cap: int) -> Num:
    """The same numbers known only up to +-cap; refused when cap is less than real amounts."""
    if number.bound <= cap:
        return number
    if cap < MIN_RANGE * number.scale:
        raise RangeError
    return saturated(number, cap)


def saturated(number: Num, cap: int) -> Num:
    """Beyond +-cap only "at least" and "at most" stay known."""
    lo, hi = number.lo, number.high
    if not (lo.size and ((lo < -cap) | (hi > cap) | (lo > cap)).any()):
        return Num(lo, number.hi, number.scale, cap, number.bits)
    low = np.where(lo < -cap, -INF, np.minimum(lo, cap))
    high = np.where(hi > cap, INF, np.maximum(hi, -cap))
    return Num(low, tidy(low, high), number.scale, cap, number.bits)


def _times_constant(values: Ints, factor: int) -> Ints:
    product = values * np.int64(factor)
    endless = np.abs(values) >= INF
    return np.where(endless, values, product) if endless.any() else product


def rescaled(number: Num, scale: int) -> Num:
    """The same numbers at a multiple of their scale."""
    factor = scale // number.scale
    if factor == 1:
        return number
    number = narrowed(number, LIMIT // factor)
    if number.hi is None:
        return Num(number.lo * np.int64(factor), None, scale, number.bound * factor, number.bits)
    lo, hi = _times_constant(number.lo, factor), _times_constant(number.hi, factor)
    return Num(lo, hi, scale, number.bound * factor, number.bits)


def aligned(*numbers: Num) -> list[Num]:
    """The numbers at their common scale."""
    scale = lcm(*(number.scale for number in numbers))
    return [rescaled(number, scale) for number in numbers]


def negative(number: Num) -> Num:
    """-x."""
    hi = None if number.hi is None else -number.lo
    return Num(-number.high, hi, number.scale, number.bound, number.bits)


def _plus(left: Ints, right: Ints, endless: int) -> Ints:
    total = left + right
    infinite = (left == endless) | (right == endless)
    return np.where(infinite, np.int64(endless), total) if infinite.any() else total


def add(left: Num, right: Num) -> Num:
    """x + y."""
    left, right = aligned(left, right)
    if left.bound + right.bound > LIMIT:
        left, right = narrowed(left, LIMIT // 2), narrowed(right, LIMIT // 2)
    bound = left.bound + right.bound
    if left.hi is None and right.hi is None:
        return Num(left.lo + right.lo, None, left.scale, bound)
    lo, hi = _plus(left.lo, right.lo, -INF), _plus(left.high, right.high, INF)
    return join_bits(Num(lo, hi, left.scale, bound), left.bits, right.bits)


def _product(left: Ints, right: Ints) -> Ints:
    product = left * right
    endless = (np.abs(left) >= INF) | (np.abs(right) >= INF)
    if endless.any():
        product = np.where(endless, np.sign(left) * np.sign(right) * np.int64(INF), product)
    return product


def multiply(left: Num, right: Num) -> Num:
    """x * y; 0 times infinity is 0."""
    if left.bound * right.bound > LIMIT:
        big, small = (left, right) if left.bound >= right.bound else (right, left)
        left, right = narrowed(big, LIMIT // max(1, small.bound)), small
    scale, bound = left.scale * right.scale, left.bound * right.bound
    if left.hi is None and right.hi is None:
        return Num(left.lo * right.lo, None, scale, bound)
    corners = [_product(a, b) for a in {id(x): x for x in (left.lo, left.high)}.values()
               for b in {id(x): x for x in (right.lo, right.high)}.values()]  # fmt: skip
    lo, hi = corners[0], corners[0]
    for corner in corners[1:]:
        lo, hi = np.minimum(lo, corner), np.maximum(hi, corner)
    return join_bits(Num(lo, tidy(lo, hi), scale, bound), left.bits, right.bits)


def divide(number: Num, divisor: Fraction) -> Num:
    """x / c for a constant c other than 0: exact, the scale takes it."""
    result = multiply(number, constant(1 / divisor))
    return Num(result.lo, result.hi, result.scale, result.bound, number.bits)


def extreme(numbers: Sequence[Num], *, largest: bool) -> Num:
    """The largest (smallest) of several; an operand that cannot win is not waited for."""
    pick = np.maximum if largest else np.minimum
    level = aligned(*numbers)
    lo, bound = level[0].lo, max(item.bound for item in level)
    for item in level[1:]:
        lo = pick(lo, item.lo)
    if all(item.hi is None for item in level):
        return Num(lo, None, level[0].scale, bound)
    hi = level[0].high
    for item in level[1:]:
        hi = pick(hi, item.high)
    result = Num(lo, tidy(lo, hi), level[0].scale, bound)
    return join_bits(result, *(_in_play(item, lo, hi, largest=largest) for item in level))


def _in_play(item: Num, lo: Ints, hi: Ints, *, largest: bool) -> np.typing.NDArray[np.uint64] | None:
    if item.bits is None:
        return None
    playing = item.high > lo if largest else item.lo < hi
    return np.where(playing[:, None], item.bits, np.uint64(0))


def choose(test: Truth, then: Num, other: Num) -> Num:
    """then where true, other where false, the hull of both where unknown."""
    then, other = aligned(then, other)
    bound, value = max(then.bound, other.bound), test.value
    lo = np.where(value == TRUE, then.lo, other.lo)
    maybe = value == UNKNOWN
    if then.hi is None and other.hi is None and not maybe.any():
        return Num(lo, None, then.scale, bound)
    hi = np.where(value == TRUE, then.high, other.high)
    if maybe.any():
        lo = np.where(maybe, np.minimum(then.lo, other.lo), lo)
        hi = np.where(maybe, np.maximum(then.high, other.high), hi)
    result = Num(lo, tidy(lo, hi), then.scale, bound)
    return join_bits(
        result, test.bits, chosen_bits(test, then.bits, TRUE), chosen_bits(test, other.bits, FALSE)
    )


def chosen_bits(
    test: Truth, bits: np.typing.NDArray[np.uint64] | None, when: int
) -> np.typing.NDArray[np.uint64] | None:
    """What a branch waits for, where the branch can be taken."""
    if bits is None:
        return None
    taken = (test.value == when) | (test.value == UNKNOWN)
    return np.where(taken[:, None], bits, np.uint64(0))


def _compared(true: Bools, false: Bools, *numbers: Num) -> Truth:
    value = np.where(true, np.int8(TRUE), np.where(false, np.int8(FALSE), np.int8(UNKNOWN)))
    return join_bits(Truth(value), *(number.bits for number in numbers))


def _doubled(mask: Bools) -> Truth:
    value = mask.view(np.int8)
    return Truth(value + value)


def compare(op: str, left: Num, right: Num) -> Truth:
    """``< <= > >= = <>`` as POLICY §0 says."""
    if op in (">", ">="):
        return compare("<" if op == ">" else "<=", right, left)
    a, b = aligned(left, right)
    exact = a.hi is None and b.hi is None
    if op == "<":
        return _doubled(a.lo < b.lo) if exact else _compared(a.high < b.lo, a.lo >= b.high, a, b)
    if op == "<=":
        return _doubled(a.lo <= b.lo) if exact else _compared(a.high <= b.lo, a.lo > b.high, a, b)
    if exact:
        return _doubled(a.lo == b.lo if op == "=" else a.lo != b.lo)
    same = (a.lo == a.high) & (b.lo == b.high) & (a.lo == b.lo)
    apart = (a.high < b.lo) | (b.high < a.lo)
    return _compared(same, apart, a, b) if op == "=" else _compared(apart, same, a, b)
