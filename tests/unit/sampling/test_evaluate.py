"""What results say about a frame: who counts, what is projected, when it is enough."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from scipy import stats

from lic.model.audit import Part, VisitResult
from lic.sampling.bounds import finite
from lic.sampling.evaluate import SampledCase, error_rates, next_step, tallies

FIVE = Fraction(1, 20)
WRONG, FINE, AWAY = VisitResult.NOT_ELIGIBLE, VisitResult.AGREES, VisitResult.NOT_VISITED


def cases(
    *results: VisitResult | None, part: Part = Part.HOUSEHOLDS, stratum: tuple[str, ...] = ()
) -> list[SampledCase]:
    return [
        SampledCase(f"{part}{stratum}{number}", stratum, "town", part, result, "visitor")
        for number, result in enumerate(results)
    ]


def test_a_simple_sample_has_the_exact_limits() -> None:
    rates = {item.kind: item.bounds for item in error_rates(cases(*[WRONG] * 2, *[FINE] * 28), {(): 100})}
    mine = rates["不应认定"]
    theirs = stats.binomtest(2, 30).proportion_ci(0.95, method="exact")
    assert (mine.rate_low, mine.rate_high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert (mine.found, mine.sampled, mine.total, mine.missing) == (2, 30, 100, 0)
    assert (mine.low, mine.high) == finite(2, 30, 100)
    assert mine.estimate == Fraction(100 * 2, 30)
    assert rates["类别错误"].found == 0
    assert rates[""].found == 2


def test_who_was_not_seen_stays_in_the_denominator() -> None:
    mine = error_rates(cases(WRONG, FINE, AWAY, None), {(): 12})[-1].bounds
    assert (mine.found, mine.sampled, mine.missing) == (1, 4, 2)
    assert (mine.low, mine.high) == finite(1, 4, 12)
    assert mine.worst_high == finite(3, 4, 12)[1] > mine.high
    assert mine.rate_worst > mine.rate_high


def test_certainty_and_persons_cases_say_nothing_about_the_rest() -> None:
    base = cases(WRONG, *[FINE] * 9)
    more = cases(*[WRONG] * 20, part=Part.CERTAINTY) + cases(*[WRONG] * 5, part=Part.PERSONS)
    assert error_rates(base + more, {(): 30}) == error_rates(base, {(): 30})
    assert next_step(base + more, {(): 30}, limit=FIVE, look=1, rate=Fraction(1, 3)) == next_step(
        base, {(): 30}, limit=FIVE, look=1, rate=Fraction(1, 3)
    )


def test_strata_are_weighted() -> None:
    mine = error_rates(
        cases(WRONG, FINE, stratum=("a",)) + cases(FINE, stratum=("b",)), {("a",): 6, ("b",): 3}
    )[0].bounds
    assert mine.estimate == 3
    assert mine.rate == Fraction(1, 3)
    assert mine.low >= 1
    assert mine.high <= 9 - 2


def test_a_frame_seen_whole_is_known() -> None:
    mine = error_rates(cases(WRONG, FINE, FINE), {(): 3})[-1].bounds
    assert (mine.low, mine.high, mine.rate_low, mine.rate_high) == (1, 1, 1 / 3, 1 / 3)


def test_nothing_in_the_frame_is_nothing_to_say() -> None:
    mine = error_rates([], {})[-1].bounds
    assert (mine.found, mine.sampled, mine.total, mine.high) == (0, 0, 0, 0)


def test_enough_is_enough() -> None:
    step = next_step(cases(*[FINE] * 150), {(): 300}, limit=FIVE, look=1, rate=Fraction(1, 2))
    assert step.reached
    assert step.high <= 15
    assert step.confidence == pytest.approx(0.975)
    later = next_step(cases(*[FINE] * 150), {(): 300}, limit=FIVE, look=6, rate=Fraction(1, 2))
    assert later.high > step.high


def test_the_next_step_is_the_smallest_that_could_do() -> None:
    step = next_step(cases(WRONG, *[FINE] * 59), {(): 200}, limit=FIVE, look=1, rate=Fraction(3, 10))
    assert not step.reached
    assert step.rate is not None
    assert step.more == -(-step.rate.numerator * 200 // step.rate.denominator) - 60
    enough = cases(WRONG, *[FINE] * (59 + step.more))
    assert next_step(enough, {(): 200}, limit=FIVE, look=2, rate=step.rate).reached
    smaller = step.rate - Fraction(1, 100)
    fewer = cases(WRONG, *[FINE] * (int(smaller * 200) - 1))
    assert not next_step(fewer, {(): 200}, limit=FIVE, look=2, rate=smaller).reached


def test_too_many_errors_are_not_drawn_away() -> None:
    step = next_step(cases(*[WRONG] * 4, *[FINE] * 16), {(): 60}, limit=FIVE, look=1, rate=Fraction(1, 3))
    assert (step.reached, step.rate, step.more) == (False, None, 0)


def test_looking_again_and_again_rarely_passes_a_bad_list() -> None:
    """A frame of 100 with 8 wrong, a limit of 5 %: up to four growing draws, 20,000 counties."""
    total, wrong, looks = 100, 8, (30, 45, 60, 75)
    passes = {
        (look, sampled): max(
            (
                found
                for found in range(wrong + 1)
                if next_step(
                    cases(*[WRONG] * found, *[FINE] * (sampled - found)),
                    {(): total},
                    limit=FIVE,
                    look=look,
                    rate=Fraction(sampled, total),
                ).reached
            ),
            default=-1,
        )
        for look, sampled in enumerate(looks, start=1)
    }
    counties = 20_000
    found = stats.hypergeom.rvs(total, wrong, looks[0], size=counties, random_state=1)
    passed = found <= passes[1, looks[0]]
    for look in range(2, len(looks) + 1):
        before, now = looks[look - 2], looks[look - 1]
        more = stats.hypergeom.rvs(total - before, wrong - found, now - before, random_state=look)
        found = found + more
        passed |= found <= passes[look, now]
    assert Counter(passed.tolist())[True] <= 0.05 * counties


def test_tallies_count_everybody() -> None:
    found = tallies(cases(WRONG, FINE, AWAY) + cases(WRONG, part=Part.CERTAINTY), lambda case: case.town)
    assert [(item.name, item.households, item.visited, item.errors["不应认定"]) for item in found] == [
        ("town", 4, 3, 2)
    ]
