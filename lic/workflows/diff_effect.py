"""From which month a change takes effect: the month after, and later where a payment fades out.

Knows months and who is on a register. Refuses to know what a payment is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from lic.model.adjustment import Change, Kind, PersonState, State
from lic.model.period import Period, month_name
from lic.model.result import Status
from lic.policy.pack import Pack
from lic.policy.parameters import SINGLE

_TAKES_EFFECT = frozenset({Kind.ENTER, Kind.RETURN, Kind.LEAVE, Kind.CATEGORY, Kind.SETTLED})


@dataclass(frozen=True, slots=True)
class Fading:
    """For how many months a payment goes on after an exit, and of which categories (none: all)."""

    months: int
    categories: tuple[str, ...] = ()


def fading_of(pack: Pack, as_of: date) -> Fading | None:
    """What the pack and the county say about it on a day; None: payments stop at once."""
    rules = pack.adjustment
    resolved = None if rules is None or rules.fading is None else pack.resolved(as_of).get(rules.fading)
    months = None if resolved is None else resolved.values.get(SINGLE)
    if rules is None or not isinstance(months, Fraction):
        return None
    return Fading(int(months), rules.categories)


def with_effects(changes: Iterable[Change], period: Period, fading: Fading | None) -> tuple[Change, ...]:
    """Every change that moves a payment with its first month, and the last of one that fades out."""
    return tuple(_dated(change, period, fading) for change in changes)


def _dated(change: Change, period: Period, fading: Fading | None) -> Change:
    if change.kind not in _TAKES_EFFECT or change.apart:
        return change
    state = change.new
    registered = None if state is None else state.registered
    if state is not None and state.status == Status.RECOGNISED:
        same = registered == state.category
        return change if same else replace(change, effective=month_name(period.index + 1))
    if registered is None:
        return change  # nobody pays him any more
    if fading is not None and _fades(change.old, state, registered, fading):
        last = period.index + fading.months
        return replace(change, effective=month_name(last + 1), until=month_name(last))
    return replace(change, effective=month_name(period.index + 1))


def _fades(old: State | None, new: State | None, registered: str, fading: Fading) -> bool:
    """Whoever no longer counts (he died, he is in custody) is not paid on."""
    if isinstance(new, PersonState) and new.counted is not True:
        return False
    if old is None or old.status != Status.RECOGNISED or fading.months < 1:
        return False
    return not fading.categories or registered in fading.categories
