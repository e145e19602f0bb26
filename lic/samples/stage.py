"""Numbers of lists, and how far an application has come.

Knows the shape of household and application numbers and the usual pace of an office.
Refuses to know who is eligible.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from lic.model.period import month_index
from lic.samples.clock import Clock
from lic.samples.households import Application, Household, Listing
from lic.samples.identity import AREA

_STEPS = (
    ("accepted", 1), ("checked", 3), ("visited", 5), ("reviewed", 7), ("notice", 8), ("notice_end", 15),
)  # fmt: skip
_CLOSED_AFTER = 17


def household_no(town: int, index: int) -> str:
    """Fourteen digits: area, town, running number. Too short for a resident number."""
    return f"{AREA}{town % 11 + 1:02d}{index:06d}"


def monitoring_no(town: int, index: int) -> str:
    """Sixteen digits, more than a spreadsheet's number can hold."""
    return f"{AREA[:4]}0{town % 11 + 1:03d}{index:08d}"


def number_lists(household: Household, clock: Clock) -> Household:
    """The household with a number on every list, and with its applications' stages."""
    number = household.number or household_no(household.town, household.index)
    listings = tuple(
        dataclasses.replace(
            one,
            number=one.number or number,
            since=one.since or clock.day(-30, 1),
            size=len(household.chosen(one.who)) if one.size is None else one.size,
            covered=_covered(household, one) if one.covered is None else one.covered,
            paid_fen=one.aid_fen if one.paid_fen is None else one.paid_fen,
        )
        for one in household.listings
    )
    monitorings = tuple(
        dataclasses.replace(
            one,
            number=one.number or monitoring_no(household.town, household.index),
            since=one.since or (clock.day(-40, 1) if one.category is not None else None),
        )
        for one in household.monitorings
    )
    applications = tuple(_staged(one, household.index, clock) for one in household.applications)
    verifications = tuple(
        dataclasses.replace(one, shown=one.prefix + applications[0].number if one.prefix else number)
        for one in household.verifications
    )
    return dataclasses.replace(
        household,
        number=number,
        listings=listings,
        monitorings=monitorings,
        applications=applications,
        verifications=verifications,
    )


def _covered(household: Household, listing: Listing) -> int:
    return len(household.chosen(listing.who)) - len(listing.apart)


def _staged(application: Application, index: int, clock: Clock) -> Application:
    reached: dict[str, date] = {}
    for name, days in _STEPS:
        day = application.day + timedelta(days=days)
        if getattr(application, name) is None and day <= clock.end:
            reached[name] = day
    closed = application.day + timedelta(days=_CLOSED_AFTER)
    month = month_index(application.day)
    number = application.number or f"{month // 12}{month % 12 + 1:02d}{index:06d}"
    staged = dataclasses.replace(application, number=number, **reached)  # type: ignore[arg-type]
    if application.confirmed is None or closed > clock.end or month == clock.month:
        return staged
    return dataclasses.replace(
        staged, closed=closed, result="granted" if application.confirmed else "refused"
    )
