"""Confidence limits agree with scipy, and hold in simulated counties."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from lic.sampling.bounds import (
    StratumCount,
    binomial,
    clopper_pearson,
    finite,
    hypergeometric,
    outward,
    stratified,
)

COUNTIES = 10_000


@pytest.mark.parametrize(
    ("found", "sampled"), [(0, 1), (1, 1), (0, 30), (3, 30), (17, 64), (29, 30), (400, 1200)]
)
def test_clopper_pearson_is_scipys(found: int, sampled: int) -> None:
    theirs = stats.binomtest(found, sampled).proportion_ci(0.95, method="exact")
    assert clopper_pearson(found, sampled) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_tails_are_scipys() -> None:
    for total, errors, sampled in [(10, 3, 3), (60, 11, 18), (400, 37, 121), (2000, 90, 600)]:
        for found in range(min(errors, sampled) + 1):
            theirs = stats.hypergeom.cdf(found, total, errors, sampled)
            assert hypergeometric(found, total, errors, sampled) == pytest.approx(theirs, abs=1e-10)
            rate = errors / total
            assert binomial(found, sampled, rate) == pytest.approx(
                stats.binom.cdf(found, sampled, rate), abs=1e-10
            )


@pytest.mark.parametrize(("total", "sampled"), [(1, 1), (7, 3), (40, 12), (113, 34)])
def test_finite_limits_invert_the_exact_tails(total: int, sampled: int) -> None:
    for found in range(sampled + 1):
        possible = range(found, total - (sampled - found) + 1)
        kept = [
            errors
            for errors in possible
            if stats.hypergeom.cdf(found, total, errors, sampled) > 0.025
            and stats.hypergeom.sf(found - 1, total, errors, sampled) > 0.025
        ]
        assert finite(found, sampled, total) == (kept[0], kept[-1])


def test_without_a_sample_nothing_is_known() -> None:
    assert clopper_pearson(0, 0) == (0.0, 1.0)
    assert finite(0, 0, 12) == (0, 12)
    assert stratified([StratumCount(3, 0, 0), StratumCount(4, 0, 0)]) == (0, 7)


def test_what_was_seen_whole_is_exact() -> None:
    assert finite(2, 9, 9) == (2, 2)
    assert stratified([StratumCount(3, 3, 1), StratumCount(1, 1, 1)]) == (2, 2)


def test_more_errors_found_never_lower_a_limit() -> None:
    last = (0, 0)
    for found in range(10):
        limits = stratified([StratumCount(30, 9, found), StratumCount(2, 1, 0), StratumCount(11, 4, 1)])
        assert limits[0] >= last[0]
        assert limits[1] >= last[1]
        last = limits


@cache
def limits(totals: tuple[int, ...], sampled: tuple[int, ...], found: tuple[int, ...]) -> tuple[int, int]:
    counts = [StratumCount(*item) for item in zip(totals, sampled, found, strict=True)]
    return finite(found[0], sampled[0], totals[0]) if len(counts) == 1 else stratified(counts)


COUNTY_KINDS = {
    "simple": ((120,), (0.04,)),
    "small": ((17,), (0.2,)),
    "clean": ((60, 45, 30), (0.0, 0.0, 0.02)),
    "tiny strata": ((1, 2, 3, 1, 2, 3, 10), (0.5, 0.5, 0.3, 0.3, 0.5, 0.3, 0.1)),
    "errors in the best sampled": ((80, 3, 3, 2), (0.0, 0.6, 0.6, 0.9)),
    "errors in the least sampled": ((90, 20, 4), (0.15, 0.0, 0.0)),
}


@pytest.mark.parametrize("kind", sorted(COUNTY_KINDS))
def test_the_truth_is_inside_in_95_of_100_counties(kind: str) -> None:
    totals, rates = COUNTY_KINDS[kind]
    sampled = tuple(-(-3 * total // 10) for total in totals)
    errors = np.column_stack(
        [
            stats.binom.rvs(total, rate, size=COUNTIES, random_state=seed)
            for seed, (total, rate) in enumerate(zip(totals, rates, strict=True))
        ]
    )
    found = np.column_stack(
        [
            stats.hypergeom.rvs(total, errors[:, index], sampled[index], random_state=100 + index)
            for index, total in enumerate(totals)
        ]
    )
    rows, place, counts = np.unique(
        np.column_stack([found, errors.sum(axis=1)]), axis=0, return_inverse=True, return_counts=True
    )
    assert len(place) == COUNTIES
    inside = 0
    for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
        low, high = limits(totals, sampled, tuple(row[:-1]))
        inside += count if low <= row[-1] <= high else 0
    assert inside >= 0.95 * COUNTIES


def test_shown_limits_stay_true() -> None:
    assert outward(0.12301, 3, up=True) == 0.124
    assert outward(0.12399, 3, up=False) == 0.123
    assert outward(1.0, 3, up=True) == 1.0
    assert outward(0.0, 6, up=False) == 0.0
