"""Interval arithmetic and Kleene's logic, against plain Python numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic.policy import intervals, logic
from lic.policy.values import INF, LIMIT, Num, RangeError, Truth

NUMBERS = st.integers(-50, 50)
SPANS = st.tuples(NUMBERS, NUMBERS).map(sorted)
TRUTHS = st.sampled_from([0, 1, 2])


def num(lo: int, hi: int, scale: int = 1) -> Num:
    return Num(np.array([lo]), np.array([hi]), scale, 100)


def truth(value: int) -> Truth:
    return Truth(np.array([value], np.int8))


@given(SPANS, SPANS, st.sampled_from([1, 2, 10]), st.sampled_from([1, 3]))
def test_every_possible_value_lies_in_the_result(a: list[int], b: list[int], s: int, t: int) -> None:
    x, y = num(a[0], a[1], s), num(b[0], b[1], t)
    results = {
        "+": intervals.add(x, y),
        "*": intervals.multiply(x, y),
        "max": intervals.extreme([x, y], largest=True),
        "min": intervals.extreme([x, y], largest=False),
    }
    for p in a:
        for q in b:
            u, v = Fraction(p, s), Fraction(q, t)
            for name, exact in (("+", u + v), ("*", u * v), ("max", max(u, v)), ("min", min(u, v))):
                result = results[name]
                assert Fraction(int(result.lo[0]), result.scale) <= exact
                assert exact <= Fraction(int(result.high[0]), result.scale)


@given(SPANS, SPANS, st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]))
def test_a_known_comparison_holds_for_every_possible_value(a: list[int], b: list[int], op: str) -> None:
    result = int(intervals.compare(op, num(a[0], a[1]), num(b[0], b[1])).value[0])
    checks = {
        "<": lambda u, v: u < v, "<=": lambda u, v: u <= v, ">": lambda u, v: u > v,
        ">=": lambda u, v: u >= v, "=": lambda u, v: u == v, "<>": lambda u, v: u != v,
    }  # fmt: skip
    seen = {checks[op](u, v) for u in range(a[0], a[1] + 1) for v in range(b[0], b[1] + 1)}
    assert result == {frozenset({True}): 2, frozenset({False}): 0}.get(frozenset(seen), 1)


def test_infinity_stays_infinite_and_zero_times_infinity_is_zero() -> None:
    endless = intervals.anything(1)
    assert intervals.multiply(endless, num(0, 0)).high[0] == 0
    assert intervals.multiply(endless, num(-2, -2)).lo[0] == -INF
    assert intervals.add(endless, num(5, 5)).high[0] == INF
    assert intervals.add(endless, num(5, 5)).lo[0] == 5
    assert intervals.negative(endless).lo[0] == -INF


def test_unknown_choice_is_the_hull_of_both_branches() -> None:
    result = intervals.choose(truth(1), num(3, 4), num(10, 10))
    assert (int(result.lo[0]), int(result.high[0])) == (3, 10)


@given(TRUTHS, TRUTHS)
def test_kleene(a: int, b: int) -> None:
    assert logic.conjunction([truth(a), truth(b)]).value[0] == min(a, b)
    assert logic.disjunction([truth(a), truth(b)]).value[0] == max(a, b)
    assert logic.negation(truth(a)).value[0] == 2 - a


def test_a_product_that_could_wrap_is_narrowed_or_refused() -> None:
    # Beyond the cap only "at least" is known: nothing wraps.
    large = Num(np.array([10**15]), None, 1, LIMIT)
    doubled = intervals.multiply(large, intervals.constant(Fraction(1000)))
    assert doubled.lo[0] > 0
    assert int(doubled.high[0]) in (INF, 10**18)
    with pytest.raises(RangeError):
        intervals.multiply(Num(np.array([1]), None, 10**12, LIMIT), Num(np.array([1]), None, 10**12, LIMIT))
