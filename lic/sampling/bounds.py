"""Confidence limits for the number of errors among N households, of which n were drawn.

Knows probabilities, nothing of households. Every limit is conservative: the stated confidence
holds whatever the truth is, and shown rates are rounded outward. Methods and sources:
``docs/audit.md``. These are floats: they describe a sample, they decide nobody's case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, floor, lgamma, log

ALPHA = 0.05
_STEPS = 80


@dataclass(frozen=True, slots=True)
class StratumCount:
    """One stratum: its households, how many were drawn, how many of these were wrong."""

    total: int
    sampled: int
    found: int


def clopper_pearson(found: int, sampled: int, alpha: float = ALPHA) -> tuple[float, float]:
    """Exact two-sided limits for a rate (Clopper and Pearson 1934); (0, 1) without a sample."""
    if sampled == 0:
        return 0.0, 1.0
    low = 0.0 if found == 0 else _root(lambda p: 1 - binomial(found - 1, sampled, p) - alpha / 2)
    high = 1.0 if found == sampled else _root(lambda p: alpha / 2 - binomial(found, sampled, p))
    return low, high


def finite(found: int, sampled: int, total: int, alpha: float = ALPHA) -> tuple[int, int]:
    """Exact two-sided limits for the number of errors among ``total`` (hypergeometric)."""
    least, most = found, total - (sampled - found)
    high = _last(least, most, lambda m: hypergeometric(found, total, m, sampled) > alpha / 2)
    low = most - _last(
        0, most - least, lambda d: 1 - hypergeometric(found - 1, total, most - d, sampled) > alpha / 2
    )
    return low, high


def stratified(strata: Sequence[StratumCount], alpha: float = ALPHA) -> tuple[int, int]:
    """Two-sided limits for the number of errors in all strata, with finite-population correction.

    Strata that were visited whole are known exactly. In the others the number found is a sum of
    independent indicators (Vatutin and Mikhailov 1982), so Hoeffding's inequality (1956, theorem
    4) bounds its tails by binomial ones: of n trials, and of M trials, where M is the assumed
    number of errors; the smaller counts. However M errors lie in the strata, the expected number
    found is between two sums that are reached by filling the strata in the order of their
    sampling fractions; each tail is taken at its worst one.
    """
    whole = sum(item.found for item in strata if item.sampled == item.total)
    rest = [item for item in strata if item.sampled < item.total]
    if not rest:
        return whole, whole
    found, sampled = sum(item.found for item in rest), sum(item.sampled for item in rest)
    unseen = sum(item.total - item.sampled for item in rest)
    fewest, most = _expected(rest, ascending=True), _expected(rest, ascending=False)
    high = _last(0, unseen, lambda u: _below(found, sampled, found + u, fewest(u)) > alpha / 2)
    low = unseen - _last(
        0,
        unseen,
        lambda d: _above(found, sampled, found + unseen - d, most(unseen - d)) > alpha / 2,
    )
    return whole + found + low, whole + found + high


def _expected(strata: Sequence[StratumCount], *, ascending: bool) -> Callable[[int], float]:
    """The expected number found when u unseen households are wrong, at its least or greatest."""
    order = sorted(strata, key=lambda item: Fraction(item.sampled, item.total) * (1 if ascending else -1))
    known = sum(Fraction(item.sampled * item.found, item.total) for item in order)

    def mean(unseen: int) -> float:
        expected, left = known, unseen
        for item in order:
            here = min(left, item.total - item.sampled)
            expected += Fraction(item.sampled * here, item.total)
            left -= here
        return float(expected)

    return mean


def _below(found: int, sampled: int, errors: int, mean: float) -> float:
    """A limit of the probability to find at most ``found``."""
    if found > mean - 1 or sampled == 0:
        return 1.0
    return min(binomial(found, sampled, mean / sampled), binomial(found, errors, mean / errors))


def _above(found: int, sampled: int, errors: int, mean: float) -> float:
    """A limit of the probability to find at least ``found``."""
    if found < mean + 1:
        return 1.0
    tails = [1 - binomial(found - 1, trials, mean / trials) for trials in (sampled, errors) if trials]
    return min(tails)


def outward(rate: float, places: int, *, up: bool) -> float:
    """A limit with so many decimal places, rounded so that it stays true."""
    unit: int = 10**places
    scaled = min(ceil(rate * unit), unit) if up else floor(rate * unit)
    return scaled / unit


def binomial(found: int, trials: int, rate: float) -> float:
    """P(X <= found) for ``trials`` independent trials."""
    if found < 0:
        return 0.0
    if found >= trials or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    terms = (_choose(trials, k) + k * log(rate) + (trials - k) * log(1 - rate) for k in range(found + 1))
    return min(1.0, sum(exp(term) for term in terms))


def hypergeometric(found: int, total: int, errors: int, sampled: int) -> float:
    """P(X <= found) when ``sampled`` of ``total`` are drawn, ``errors`` of which are wrong."""
    least, most = max(0, sampled - (total - errors)), min(sampled, errors)
    if found < least:
        return 0.0
    if found >= most:
        return 1.0
    whole = _choose(total, sampled)
    terms = (
        _choose(errors, k) + _choose(total - errors, sampled - k) - whole for k in range(least, found + 1)
    )
    return min(1.0, sum(exp(term) for term in terms))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _root(rising: Callable[[float], float]) -> float:
    """Where a rising function of a rate crosses zero."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _last(first: int, last: int, holds: Callable[[int], bool]) -> int:
    """The last of first..last for which ``holds``, true up to it and false after; it holds for ``first``."""
    low, high = first, last
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
