"""The twelve months, 月数, and which delivery a month of 医保结算 is taken from (POLICY §0)."""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction

from tests.naive.interval import Interval, Truth, exact
from tests.naive.tables import Row, Tables
from tests.naive.values import Gap, Month, Value, month_of

Window = list[int]


def twelve_before(month: int) -> Window:
    """The twelve calendar months before this one, by index."""
    return list(range(month - 12, month))


def window_of(as_of: date, applied: Value) -> Window:
    """An application: the twelve before the month of 申请日期 (blank or after as-of: as for all others)."""
    if isinstance(applied, date) and applied <= as_of:
        return twelve_before(Month(applied.year, applied.month).serial)
    month = Month(as_of.year, as_of.month).serial
    ends_the_month = as_of.day == calendar.monthrange(as_of.year, as_of.month)[1]
    return twelve_before(month + 1 if ends_the_month else month)


def months_in(window: Window, start: Value, end: Value) -> Interval:
    """月数(起, 止): "how many of the twelve have their 15th in the span"; unknown it is [0, 12].

    A blank start is "before the window", a blank end "still running".
    """
    if Gap.REFUSED in (start, end):
        return Interval(Fraction(0), Fraction(12))
    first = date.min
    if isinstance(start, Month):
        first = date(start.year, start.month, 1)
    elif isinstance(start, date):
        first = start
    last = date.max
    if isinstance(end, Month):
        last = date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])
    elif isinstance(end, date):
        last = end
    fifteenths = [date(*month_of(index), 15) for index in window]
    return exact(sum(1 for day in fifteenths if first <= day <= last))


def school_year_in(window: Window, value: Value) -> Truth:
    """POLICY: "学年 overlaps the window in at least six months"; blank is in the window."""
    if value in (Gap.BLANK, Gap.ABSENT):
        return True
    if not isinstance(value, int):
        return None
    first = Month(value, 9).serial
    return sum(1 for index in window if first <= index < first + 12) >= 6


class Settlements:
    """医保结算: every month comes from the newest delivery that has rows in it, whatever their 有效标志."""

    def __init__(self, tables: Tables) -> None:
        self.deliveries = tables.settlements
        self.source: dict[int, str] = {}
        for period in sorted(self.deliveries):
            for row in self.deliveries[period]:
                month = settled_in(row)
                if month is not None:
                    self.source[month] = period

    def months(self, window: Window) -> Window:
        """POLICY: "end with the newest month of the window that has rows", at most three months early."""
        with_rows = [month for month in window if month in self.source]
        end = max([*with_rows, window[-1] - 3])
        return twelve_before(end + 1)

    def complete(self, months: Window) -> bool:
        """POLICY: "A month among them without rows makes every sum a lower bound"."""
        return all(month in self.source for month in months)

    def used(self, row: Row, period: str, months: Window) -> bool:
        """Whether the row "is of a month and delivery that are used".

        A row without a readable date is when its delivery is the used one for at least one of the twelve.
        """
        month = settled_in(row)
        if month is None:
            return any(self.source.get(index) == period for index in months)
        return month in months and self.source[month] == period


def settled_in(row: Row) -> int | None:
    """The month of 结算日期."""
    day = row.get("结算日期")
    return Month(day.year, day.month).serial if isinstance(day, date) else None
