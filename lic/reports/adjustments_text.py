"""The sentences of one change: its causes, where they stand, and what to do from which month."""

from __future__ import annotations

from collections.abc import Iterator

from lic.model.adjustment import Cause, Change, Detail, Kind, State
from lic.model.result import Status
from lic.reports import labels_adjustments as own

_EVIDENCE_LIMIT = 6


def outcome_text(state: State | None) -> str | None:
    """The category, else the status; nothing for somebody who is not there."""
    return None if state is None else state.category or state.status


def causes_text(item: Change) -> str | None:
    """Every cause by its name, one a line."""
    texts = [
        own.CAUSE_OF.format(kind=cause.kind.value, source=cause.source)
        + ("" if cause.alone else own.TOGETHER)
        for cause in item.causes
    ]
    return "\n".join(texts) or None


def evidence_text(item: Change) -> str | None:
    """The values behind the causes, from what to what, and where they stand."""
    lines = [line for cause in item.causes for line in _lines(cause)]
    shown = lines[:_EVIDENCE_LIMIT]
    reason = None if item.new is None else item.new.reason
    if reason and item.kind in _DECIDED:
        shown.append(reason)
    return "\n".join(shown) or None


_DECIDED = frozenset({Kind.ENTER, Kind.RETURN, Kind.LEAVE, Kind.CATEGORY, Kind.DOUBT, Kind.SETTLED})


def _lines(cause: Cause) -> Iterator[str]:
    for detail in cause.details:
        yield _line(detail)


def _line(detail: Detail) -> str:
    text = detail.what
    if detail.old is not None or detail.new is not None:
        text = own.VALUES.format(what=detail.what, old=detail.old or own.BLANK, new=detail.new or own.BLANK)
    if detail.whom:
        text = own.WHOM.format(whom=detail.whom, text=text)
    for place in (detail.reference, detail.place):
        if place:
            text += own.PLACE.format(place=place)
    return text


def advice(item: Change) -> str | None:
    """What to do, with the first month of payment or of stopping."""
    if item.kind is Kind.MISSING or item.apart:
        return own.ADVICE_FETCH
    if item.proposed:
        return own.ADVICE_CHECK
    if item.kind in (Kind.LEAVE, Kind.CATEGORY, Kind.ENTER, Kind.RETURN, Kind.SETTLED):
        return _month(item)
    return None


def _month(item: Change) -> str | None:
    recognised = item.new is not None and item.new.status == Status.RECOGNISED
    registered = None if item.new is None else item.new.registered
    if item.effective is None:
        return own.ADVICE_REGISTERED if recognised else own.ADVICE_OFF
    if not recognised:
        if item.until is not None:
            return own.ADVICE_FADE.format(until=item.until, month=item.effective)
        return own.ADVICE_STOP.format(month=item.effective)
    return (own.ADVICE_MOVE if registered else own.ADVICE_PAY).format(month=item.effective)
