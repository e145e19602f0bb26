"""Months as plain integers and the period a run is about.

Knows calendar arithmetic. Refuses to know today's date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_NAME = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")

# Dates that stand for "open" where a source declares that a blank means so.
OPEN_START = date(1, 1, 1)
OPEN_END = date(9999, 12, 31)


def month_index(day: date) -> int:
    """Months since year 0: ``year * 12 + month - 1``; differences are whole months."""
    return day.year * 12 + day.month - 1


def month_name(index: int) -> str:
    """``YYYY-MM`` of a month index."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def first_day(index: int) -> date:
    """The first day of a month index."""
    return date(index // 12, index % 12 + 1, 1)


def last_day(index: int) -> date:
    """The last day of a month index."""
    year, month = index // 12, index % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, named by its folder ``YYYY-MM``."""

    index: int

    @classmethod
    def parse(cls, name: str) -> Period | None:
        """The period that a folder name says, or None."""
        found = _NAME.match(name)
        if found is None:
            return None
        return cls(int(found[1]) * 12 + int(found[2]) - 1)

    def __str__(self) -> str:
        return month_name(self.index)

    @property
    def previous(self) -> Period:
        """The month before."""
        return Period(self.index - 1)

    @property
    def last_day(self) -> date:
        """The default as-of date."""
        return last_day(self.index)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return first_day(self.index)
