"""Working days as the State Council publishes them, year by year.

Knows weekends and the published days off and days made up. Refuses to guess a year that was not
published: every answer about such a day is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKEND = 5  # date.weekday() of Saturday
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year: days off and weekend days that are worked, and the document."""

    off: frozenset[date]
    worked: frozenset[date]
    reference: str

    def is_working(self, day: date) -> bool:
        """Whether people work on a day of this year."""
        return day in self.worked or (day.weekday() < _WEEKEND and day not in self.off)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The published years."""

    years: Mapping[int, CalendarYear]

    def is_working(self, day: date) -> bool | None:
        """Whether people work on ``day``; None when its year was not published."""
        year = self.years.get(day.year)
        return None if year is None else year.is_working(day)

    def working_from(self, day: date) -> date | None:
        """``day`` or the next working day after it; None when a year on the way is not known."""
        while (working := self.is_working(day)) is not True:
            if working is None:
                return None
            day += _DAY
        return day

    def after(self, start: date, working_days: int) -> date | None:
        """The day on which a limit of so many working days ends; ``start`` itself is day 0."""
        day = start
        for _ in range(working_days):
            following = self.working_from(day + _DAY)
            if following is None:
                return None
            day = following
        return day

    def working_days(self, year: int) -> int | None:
        """How many working days a year has."""
        known = self.years.get(year)
        if known is None:
            return None
        first = date(year, 1, 1)
        length = (date(year, 12, 31) - first).days + 1
        return sum(known.is_working(first + timedelta(days=offset)) for offset in range(length))


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """How long a notice hangs: ``last`` is the last day as counted, ``end`` the day as it holds.

    ``end`` is None when it is not known whether people work; ``missing`` is then the year.
    """

    start: date
    last: date
    end: date | None
    missing: int | None

    @property
    def moved(self) -> bool:
        """Whether the last day was a day off."""
        return self.end is not None and self.end != self.last


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """What the pack says about a public notice.

    ``age_column`` is the column of the persons' result by which a head of household under
    ``adult`` years is not named in full.
    """

    days: int
    adult: int
    age_column: str
    reference: str


def notice_period(start: date, days: int, calendar: Calendar) -> NoticePeriod:
    """Calendar days after ``start``, which does not count; an end on a day off moves on to a working day."""
    last = start + timedelta(days=days)
    end = calendar.working_from(last)
    known = last.year in calendar.years
    missing = None if end is not None else last.year + 1 if known else last.year
    return NoticePeriod(start, last, end, missing)
