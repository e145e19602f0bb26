"""Months and days as whole arrays.

Knows the calendar and open dates; no clock.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from lic.model.period import OPEN_END, OPEN_START
from lic.policy.values import NO_DATE, Small

_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_MONTH = 1970 * 12
START = OPEN_START.toordinal() - _EPOCH
END = OPEN_END.toordinal() - _EPOCH
WINDOW = 12
_MIDDLE = 15


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def open_ended(days: Small) -> np.typing.NDArray[np.bool_]:
    """Where a date is known to be open (blank by declaration)."""
    return np.equal(days, START) | np.equal(days, END)


def split(days: Small) -> tuple[Small, Small]:
    """Month index and day of the month; unknown dates give numbers without meaning."""
    stamps = days.astype("datetime64[D]")
    months = stamps.astype("datetime64[M]")
    day = (stamps - months.astype("datetime64[D]")).astype(np.int32) + 1
    return months.astype(np.int32) + np.int32(_EPOCH_MONTH), day


def first_days(months: Small) -> Small:
    """The first day of each month index."""
    stamps = (months.astype(np.int64) - _EPOCH_MONTH).astype("datetime64[M]")
    return stamps.astype("datetime64[D]").astype(np.int32)


def month_of(days: Small) -> Small:
    """The month index of each day; unknown stays unknown."""
    return np.where(days == NO_DATE, np.int32(NO_DATE), split(days)[0])


def first_of_month(days: Small) -> Small:
    """The first day of each day's month; unknown and open dates stay."""
    stay = (days == NO_DATE) | open_ended(days)
    months, _ = split(np.where(stay, 0, days).astype(np.int32))
    return np.where(stay, days, first_days(months)).astype(np.int32)


def last_days(days: Small) -> Small:
    """The last day of each day's month; unknown and open dates stay."""
    months, _ = split(days)
    stay = (days == NO_DATE) | open_ended(days)
    return np.where(stay, days, first_days(np.where(stay, 0, months + 1).astype(np.int32)) - 1).astype(
        np.int32
    )


def add_months(days: Small, count: int) -> Small:
    """``count`` months later: the same day, or the month's last; open dates stay open."""
    stay = (days == NO_DATE) | open_ended(days)
    months, day = split(np.where(stay, 0, days).astype(np.int32))
    first = first_days(months + np.int32(count))
    last = first_days(months + np.int32(count + 1)) - 1
    return np.where(stay, days, np.minimum(first + day - 1, last)).astype(np.int32)


def add_days(days: Small, count: int) -> Small:
    """``count`` days later; unknown and open dates stay."""
    stay = (days == NO_DATE) | open_ended(days)
    return np.where(stay, days, days + np.int32(count)).astype(np.int32)


def months_within(start: Small, end: Small, last_month: Small) -> np.typing.NDArray[np.int64]:
    """How many of the twelve months up to ``last_month`` have their 15th in [start, end]."""
    first_month, first_day = split(start)
    final_month, final_day = split(end)
    first = np.where(first_day <= _MIDDLE, first_month, first_month + 1)
    final = np.where(final_day >= _MIDDLE, final_month, final_month - 1)
    low = np.maximum(first, last_month - (WINDOW - 1))
    high = np.minimum(final, last_month)
    count: np.typing.NDArray[np.int64] = np.maximum(0, high - low + 1).astype(np.int64)
    return count


def ages(born: Small, as_of: date) -> np.typing.NDArray[np.int64]:
    """Full years on ``as_of``; a birthday on February 29 falls on March 1 in other years."""
    months, day = split(born)
    key = (months // 12).astype(np.int64) * 10000 + (months % 12 + 1) * 100 + day
    years: np.typing.NDArray[np.int64] = (as_of.year * 10000 + as_of.month * 100 + as_of.day - key) // 10000
    return years
