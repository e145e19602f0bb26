"""Intervals of exact numbers and Kleene's three truth values (POLICY §0, "Unknown numbers are intervals").

An end is a Fraction, or a float that is plus or minus infinity and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

INF = float("inf")
End = Fraction | float
Truth = bool | None


@dataclass(frozen=True)
class Interval:
    """All numbers between two ends, both included."""

    lo: End
    hi: End

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.lo - other.hi, self.hi - other.lo)

    def __mul__(self, other: Interval) -> Interval:
        ends = [_product(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(ends), max(ends))

    @property
    def known(self) -> bool:
        """Whether this is one number."""
        return self.lo == self.hi


def _product(a: End, b: End) -> End:
    """POLICY §0: 0 × ∞ = 0."""
    if a == 0 or b == 0:
        return Fraction(0)
    return a * b


def exact(value: Fraction | int) -> Interval:
    """POLICY §0: "A known number is [x, x]"."""
    return Interval(Fraction(value), Fraction(value))


ZERO = exact(0)
ONE = exact(1)
UNKNOWN = Interval(Fraction(0), INF)  # "an unknown amount or count is [0, ∞)"
ANY = Interval(-INF, INF)  # an unknown amount of 医保结算, "where reversals are negative"
RATE = Interval(Fraction(0), Fraction(1))  # "an unset parameter is [0, ∞), a rate [0, 1]"


def total(amounts: Iterable[Interval]) -> Interval:
    """The sum; of nothing it is 0."""
    result = ZERO
    for amount in amounts:
        result = result + amount
    return result


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    return Interval(min(a.lo, b.lo), max(a.hi, b.hi))


def larger(a: Interval, b: Interval) -> Interval:
    """The larger of two."""
    return Interval(max(a.lo, b.lo), max(a.hi, b.hi))


def smaller(a: Interval, b: Interval) -> Interval:
    """The smaller of two."""
    return Interval(min(a.lo, b.lo), min(a.hi, b.hi))


def at_least(a: Interval) -> Interval:
    """POLICY: "[what fits, ∞)"."""
    return Interval(a.lo, INF)


def choose(truth: Truth, yes: Interval, no: Interval) -> Interval:
    """POLICY: "A unknown in 若 gives the hull of both branches"."""
    if truth is None:
        return hull(yes, no)
    return yes if truth else no


def less(a: Interval, b: Interval) -> Truth:
    """POLICY: "a < b is true when a.hi < b.lo, false when a.lo ≥ b.hi, else unknown"."""
    if a.hi < b.lo:
        return True
    if a.lo >= b.hi:
        return False
    return None


def at_most(a: Interval, b: Interval) -> Truth:
    """a ≤ b is not (b < a)."""
    return negate(less(b, a))


def negate(truth: Truth) -> Truth:
    """Kleene's 非."""
    return None if truth is None else not truth


def all_of(*truths: Truth) -> Truth:
    """Kleene's 且."""
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def any_of(*truths: Truth) -> Truth:
    """Kleene's 或."""
    if any(truth is True for truth in truths):
        return True
    return None if any(truth is None for truth in truths) else False


def how_many(truths: Iterable[Truth]) -> Interval:
    """How many are true, given that some are unknown."""
    listed = list(truths)
    sure = sum(1 for truth in listed if truth is True)
    maybe = sum(1 for truth in listed if truth is None)
    return Interval(Fraction(sure), Fraction(sure + maybe))
