"""What the visits say about the frame: rates by kind with limits, by town, by visitor.

Knows that a case that could not be visited stays in the denominator and is shown; what the limits
would be if all of these were wrong is said beside them, and whether an error is under a limit is
decided that way. Only households drawn for the share of households carry the statistics: they
were fixed before anybody looked at sizes. Certainty cases are counted apart and say nothing about
the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lic.model.audit import ERROR_KINDS, Bounds, ErrorRate, Part, Tally, VisitResult
from lic.sampling.bounds import ALPHA, StratumCount, clopper_pearson, finite, stratified
from lic.sampling.draw import needed

_Totals = Mapping[tuple[str, ...], int]
_UNSEEN = (None, VisitResult.NOT_VISITED)


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One household of the bundle with what came back; ``result`` None: nothing usable came back."""

    household_no: str
    stratum: tuple[str, ...]
    town: str
    part: Part
    result: VisitResult | None
    visitor: str | None

    @property
    def visited(self) -> bool:
        """Whether somebody saw the household."""
        return self.result not in _UNSEEN


@dataclass(frozen=True, slots=True)
class NextStep:
    """Whether the error is surely under a limit, and else how many more must be drawn.

    ``look``: how often this period's frame has been drawn from; the error probability is halved
    at every look, so that looking again and again cannot make a bad list pass.  ``rate``: the
    rate to draw with next (it contains the present sample), None when no rate can show it.
    """

    limit: Fraction
    look: int
    confidence: float
    high: int
    total: int
    reached: bool
    rate: Fraction | None = None
    more: int = 0


def base_of(cases: Iterable[SampledCase]) -> list[SampledCase]:
    """The households that carry the statistics."""
    return [case for case in cases if case.part is Part.HOUSEHOLDS]


def error_rates(cases: Sequence[SampledCase], totals: _Totals) -> list[ErrorRate]:
    """Each kind of error, then all of them together (kind ""), over the random base of the sample."""
    base = base_of(cases)
    rates = [ErrorRate(kind.value, _bounds(base, totals, (kind,))) for kind in ERROR_KINDS]
    return [*rates, ErrorRate("", _bounds(base, totals, ERROR_KINDS))]


def _counts(
    cases: Iterable[SampledCase], totals: _Totals, wrong: Iterable[VisitResult | None]
) -> list[StratumCount]:
    kinds = set(wrong)
    counts = dict.fromkeys(totals, (0, 0))
    for case in cases:
        sampled, found = counts[case.stratum]
        counts[case.stratum] = sampled + 1, found + (case.result in kinds)
    return [StratumCount(totals[key], *pair) for key, pair in sorted(counts.items())]


def _bounds(cases: Sequence[SampledCase], totals: _Totals, kinds: Sequence[VisitResult]) -> Bounds:
    seen = _counts(cases, totals, kinds)
    worst = _counts(cases, totals, (*kinds, *_UNSEEN))
    total, sampled = sum(item.total for item in seen), sum(item.sampled for item in seen)
    (low, high), worst_high = number_limits(seen), number_limits(worst)[1]
    if len(seen) == 1 and sampled < total:
        rate_low, rate_high = clopper_pearson(seen[0].found, sampled)
        rate_worst = clopper_pearson(worst[0].found, sampled)[1]
    else:
        rate_low, rate_high, rate_worst = (
            (low / total, high / total, worst_high / total) if total else (0.0, 1.0, 1.0)
        )
    estimate = sum(
        (Fraction(item.total * item.found, item.sampled) for item in seen if item.sampled), Fraction(0)
    )
    found = sum(item.found for item in seen)
    missing = sum(item.found for item in worst) - found
    return Bounds(
        found, sampled, missing, total, estimate, low, high, worst_high, rate_low, rate_high, rate_worst
    )


def number_limits(counts: Sequence[StratumCount], alpha: float = ALPHA) -> tuple[int, int]:
    """Limits for the number of errors in the frame: exact for one stratum, conservative for several."""
    if len(counts) == 1:
        return finite(counts[0].found, counts[0].sampled, counts[0].total, alpha)
    return stratified(counts, alpha)


def next_step(
    cases: Sequence[SampledCase], totals: _Totals, *, limit: Fraction, look: int, rate: Fraction
) -> NextStep:
    """Is the share of errors of any kind surely at most ``limit``? If not, how much more to draw.

    Whoever was not visited counts as wrong. The next rate is the smallest whole percent at which,
    should nothing more be found, the limit would be reached at the next look.
    """
    worst = _counts(base_of(cases), totals, (*ERROR_KINDS, *_UNSEEN))
    total = sum(totals.values())
    alpha = ALPHA / 2**look
    high = number_limits(worst, 2 * alpha)[1]
    sampled = sum(item.sampled for item in worst)
    reached = high <= limit * total
    if reached or sampled == total or sum(item.found for item in worst) > limit * total:
        return NextStep(limit, look, 1 - alpha, high, total, reached=reached)
    for percent in range(int(rate * 100) + 1, 101):
        wanted = Fraction(percent, 100)
        later = [
            StratumCount(item.total, max(item.sampled, needed(wanted, item.total)), item.found)
            for item in worst
        ]
        more = sum(item.sampled for item in later) - sampled
        if more and number_limits(later, alpha)[1] <= limit * total:
            return NextStep(limit, look, 1 - alpha, high, total, reached=False, rate=wanted, more=more)
    return NextStep(limit, look, 1 - alpha, high, total, reached=False)


def tallies(cases: Iterable[SampledCase], of: Callable[[SampledCase], str]) -> list[Tally]:
    """Visits by town or by visitor, random part and certainty cases alike: counts, no inference."""
    groups: dict[str, list[SampledCase]] = {}
    for case in cases:
        groups.setdefault(of(case), []).append(case)
    return [
        Tally(
            name,
            len(members),
            sum(item.visited for item in members),
            {kind.value: sum(item.result is kind for item in members) for kind in ERROR_KINDS},
        )
        for name, members in sorted(groups.items())
    ]
