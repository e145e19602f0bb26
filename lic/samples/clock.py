"""Months of a sample: the first, the last, and the one being written.

Knows month arithmetic on top of :mod:`lic.model.period`. Refuses to know today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lic.model.period import first_day, last_day, month_name

LEAD_MONTHS = 13
"""Months of settlements before the first folder: twelve, and one more because an application
of the month before looks at the twelve before it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Month indexes as in :class:`lic.model.period.Period`."""

    first: int
    last: int
    month: int

    @property
    def offset(self) -> int:
        """Months from the last one: 0 for it, negative before."""
        return self.month - self.last

    @property
    def name(self) -> str:
        """``YYYY-MM`` of the month being written."""
        return month_name(self.month)

    @property
    def end(self) -> date:
        """The last day of the month being written."""
        return last_day(self.month)

    def day(self, offset: int, day: int = 1) -> date:
        """A day of the month ``offset`` months from the last one."""
        first = first_day(self.last + offset)
        return min(first + timedelta(days=day - 1), last_day(self.last + offset))

    def birth(self, age: int, spread: int) -> date:
        """A birthday of somebody who is ``age`` in the last month and was in the month before.

        ``spread`` is any whole number; equal ones give equal days.
        """
        month = self.last - 12 * age - 2 - spread % 9
        return first_day(month) + timedelta(days=spread // 9 % 28)
