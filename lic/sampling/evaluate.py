"""What the visits say about the frame: rates by kind with limits, by town, by visitor.

Knows that a case that could not be visited stays in the denominator: for the upper limit it
counts as wrong, for the lower as right. Only households drawn for the share of households
carry the statistics: they were fixed before anybody looked at sizes. Certainty cases are
counted apart and say nothing about the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lic.model.audit import ERROR_KINDS, Bounds, ErrorRate, Part, Tally, VisitResult
from lic.sampling.bounds import ALPHA, StratumCount, clopper_pearson, finite, stratified
from lic.sampling.draw import needed


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One household of the bundle with what came back; ``result`` None: no form came back."""

    household_no: str
    stratum: tuple[str, ...]
    town: str
    part: Part
    result: VisitResult | None
    visitor: str | None

    @property
    def visited(self) -> bool:
        """Whether somebody saw the household."""
        return self.result is not None and self.result is not VisitResult.NOT_VISITED


@dataclass(frozen=True, slots=True)
class NextStep:
    """Whether the error is surely under a limit, and else how many more must be drawn.

    ``look``: how often this frame has been looked at; the error probability is halved at every
    look, so that looking again and again cannot make a bad list pass.  ``rate``: the rate to
    draw with next (it contains the present sample), None when nothing more can be drawn.
    """

    limit: Fraction
    look: int
    confidence: float
    high: int
    total: int
    reached: bool
    rate: Fraction | None = None
    more: int = 0


def error_rates(cases: Sequence[SampledCase], totals: Mapping[tuple[str, ...], int]) -> list[ErrorRate]:
    """Each kind of error, then all of them together, over the random base of the sample."""
    base = [case for case in cases if case.part is Part.HOUSEHOLDS]
    rates = [ErrorRate(kind.value, _bounds(base, totals, (kind,))) for kind in ERROR_KINDS]
    return [*rates, ErrorRate("", _bounds(base, totals, ERROR_KINDS))]


def _counts(
    cases: Iterable[SampledCase], totals: Mapping[tuple[str, ...], int], wrong: Iterable[VisitResult | None]
) -> list[StratumCount]:
    kinds = set(wrong)
    counts = dict.fromkeys(totals, (0, 0))
    for case in cases:
        sampled, found = counts[case.stratum]
        counts[case.stratum] = sampled + 1, found + (case.result in kinds)
    return [StratumCount(totals[key], *pair) for key, pair in sorted(counts.items())]


def _bounds(
    cases: Sequence[SampledCase],
    totals: Mapping[tuple[str, ...], int],
    kinds: Sequence[VisitResult],
    alpha: float = ALPHA,
) -> Bounds:
    seen = _counts(cases, totals, kinds)
    worst = _counts(cases, totals, (*kinds, None, VisitResult.NOT_VISITED))
    total, sampled = sum(item.total for item in seen), sum(item.sampled for item in seen)
    found, at_worst = sum(item.found for item in seen), sum(item.found for item in worst)
    low, high = number_limits(seen, alpha)[0], number_limits(worst, alpha)[1]
    if len(seen) == 1 and sampled < total:
        rate_low, rate_high = (
            clopper_pearson(found, sampled, alpha)[0],
            clopper_pearson(at_worst, sampled, alpha)[1],
        )
    else:
        rate_low, rate_high = (low / total, high / total) if total else (0.0, 1.0)
    estimate = sum(
        (Fraction(item.total * item.found, item.sampled) for item in seen if item.sampled), Fraction(0)
    )
    return Bounds(found, sampled, total, estimate, low, high, rate_low, rate_high)


def number_limits(counts: Sequence[StratumCount], alpha: float = ALPHA) -> tuple[int, int]:
    """Limits for the number of errors in the frame: exact for one stratum, conservative for several."""
    if len(counts) == 1:
        return finite(counts[0].found, counts[0].sampled, counts[0].total, alpha)
    return stratified(counts, alpha)


def next_step(
    cases: Sequence[SampledCase],
    totals: Mapping[tuple[str, ...], int],
    *,
    limit: Fraction,
    look: int,
    rate: Fraction,
) -> NextStep:
    """Is the share of wrong recognitions surely at most ``limit``? If not, how much more to draw.

    The next rate is the smallest whole percent at which, should nothing more be found, the limit
    would be reached at the next look; drawing everything always settles it.
    """
    base = [case for case in cases if case.part is Part.HOUSEHOLDS]
    worst = _counts(base, totals, (*ERROR_KINDS, None, VisitResult.NOT_VISITED))
    total = sum(totals.values())
    alpha = ALPHA / 2**look
    high = number_limits(worst, 2 * alpha)[1]
    if high <= limit * total:
        return NextStep(limit, look, 1 - alpha, high, total, reached=True)
    found = sum(item.found for item in worst)
    sampled = sum(item.sampled for item in worst)
    if found > limit * total or sampled == total:
        return NextStep(limit, look, 1 - alpha, high, total, reached=False)
    for percent in range(int(rate * 100) + 1, 101):
        wanted = Fraction(percent, 100)
        later = [
            StratumCount(item.total, max(item.sampled, needed(wanted, item.total)), item.found)
            for item in worst
        ]
        if number_limits(later, alpha)[1] <= limit * total:
            more = sum(item.sampled for item in later) - sampled
            return NextStep(limit, look, 1 - alpha, high, total, reached=False, rate=wanted, more=more)
    return NextStep(limit, look, 1 - alpha, high, total, reached=False)


def tallies(cases: Iterable[SampledCase], by_town: bool) -> list[Tally]:  # noqa: FBT001 - one of two views
    """Visits by town or by visitor, random part and certainty cases alike: counts, no inference."""
    groups: dict[str, list[SampledCase]] = {}
    for case in cases:
        groups.setdefault(case.town if by_town else case.visitor or "", []).append(case)
    result = []
    for name, members in sorted(groups.items()):
        errors = {kind.value: sum(item.result is kind for item in members) for kind in ERROR_KINDS}
        result.append(Tally(name, len(members), sum(item.visited for item in members), errors))
    return result
