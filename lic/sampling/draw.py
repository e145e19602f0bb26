"""The draw: which households of a frame are visited (POLICY §8, "Size" and "Order").

Every stratum gives its first ⌈rate × N⌉ households. Then the common order is followed from its
beginning until the sample also holds at least the rate of the frame's persons. Both are done
as if the rate rose from 0 to what is asked, so that a bigger rate contains every smaller sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from lic.model.audit import (
    Certainty,
    Draw,
    DrawnHousehold,
    Frame,
    FrameHousehold,
    Part,
    Stratum,
    StratumSize,
)
from lic.sampling.order import order_key

Values = tuple[str, ...]


def draw(
    frame: Frame,
    *,
    seed: str,
    rate: Fraction,
    stratify: Sequence[Stratum] = (),
    certainty: Sequence[Certainty] = (),
    others: Mapping[str, FrameHousehold] | None = None,
) -> Draw:
    """Draw from ``frame``; ``certainty`` cases that were not drawn come on top.

    0 < rate <= 1.  ``others``: certainty cases outside the frame, by number.
    """
    keys = {item.household_no: order_key(seed, item.household_no) for item in frame.households}
    common = sorted(frame.households, key=lambda item: (keys[item.household_no], item.household_no))
    strata = _strata(common, stratify)
    base = {item.household_no for members in strata.values() for item in _first(members, rate)}
    reach = _reach(common, strata, rate, frame.persons)
    reasons = {item.household_no: item.reason for item in certainty}
    random = tuple(
        DrawnHousehold(
            item,
            keys[item.household_no],
            Part.HOUSEHOLDS if item.household_no in base else Part.PERSONS,
            reasons.get(item.household_no),
        )
        for place, item in enumerate(common)
        if item.household_no in base or place < reach
    )
    drawn = {item.household.household_no for item in random}
    known = {item.household_no: item for item in frame.households} | dict(others or {})
    on_top = tuple(
        DrawnHousehold(known[number], order_key(seed, number), Part.CERTAINTY, reason)
        for number, reason in sorted(reasons.items())
        if number not in drawn
    )
    sizes = tuple(_size(values, members, base, drawn) for values, members in sorted(strata.items()))
    return Draw(rate, tuple(stratify), random, on_top, sizes)


def needed(rate: Fraction, count: int) -> int:
    """⌈rate × count⌉ in integers."""
    return -(-rate.numerator * count // rate.denominator)


def _strata(
    common: Iterable[FrameHousehold], stratify: Sequence[Stratum]
) -> dict[Values, list[FrameHousehold]]:
    """The frame by stratum, each in the common order."""
    found: dict[Values, list[FrameHousehold]] = {}
    for item in common:
        found.setdefault(stratum_of(item, stratify), []).append(item)
    return found


def stratum_of(household: FrameHousehold, stratify: Sequence[Stratum]) -> Values:
    """The stratum that a household belongs to; an unknown town or category is one of its own."""
    columns = {Stratum.TOWN: household.town, Stratum.CATEGORY: household.category}
    return tuple(columns[item] for item in stratify)


def _first(members: Sequence[FrameHousehold], rate: Fraction) -> Sequence[FrameHousehold]:
    return members[: needed(rate, len(members))]


def _reach(
    common: Sequence[FrameHousehold],
    strata: Mapping[Values, Sequence[FrameHousehold]],
    rate: Fraction,
    persons: int,
) -> int:
    """How far the common order is followed for the sake of persons.

    The k-th household of a stratum of N belongs to every rate above (k-1)/N. Between two such
    thresholds the households stay and only the wanted persons grow, so it is enough to look at
    the upper end of each stretch; the reach never falls.
    """
    entering: dict[Fraction, list[FrameHousehold]] = {}
    for members in strata.values():
        for index, item in enumerate(members):
            threshold = Fraction(index, len(members))
            if threshold < rate:
                entering.setdefault(threshold, []).append(item)
    thresholds = sorted(entering)
    place = {item.household_no: index for index, item in enumerate(common)}
    base: set[str] = set()
    reach = held = 0
    for threshold, end in zip(thresholds, [*thresholds[1:], rate], strict=False):
        for item in entering[threshold]:
            base.add(item.household_no)
            held += item.persons if place[item.household_no] >= reach else 0
        while held * end.denominator < end.numerator * persons:
            item = common[reach]
            held += 0 if item.household_no in base else item.persons
            reach += 1
    return reach


def _size(values: Values, members: Sequence[FrameHousehold], base: set[str], drawn: set[str]) -> StratumSize:
    mine = [item for item in members if item.household_no in drawn]
    return StratumSize(
        values,
        len(members),
        sum(item.persons for item in members),
        len(mine),
        sum(item.persons for item in mine),
        sum(item.household_no in base for item in members),
    )
