"""The calendar as whole arrays."""

from datetime import date

import numpy as np

from lic.policy.months import END, START, add_days, day_number, first_of_month
from lic.policy.values import NO_DATE


def test_first_of_month_keeps_open_and_unknown_dates() -> None:
    days = np.array(
        [day_number(date(2026, 10, 31)), day_number(date(2024, 2, 29)), NO_DATE, START, END], np.int32
    )
    first = [day_number(date(2026, 10, 1)), day_number(date(2024, 2, 1)), NO_DATE, START, END]
    assert first_of_month(days).tolist() == first


def test_days_later_keeps_open_and_unknown_dates() -> None:
    days = np.array([day_number(date(2026, 12, 31)), NO_DATE, START, END], np.int32)
    assert add_days(days, 60).tolist() == [day_number(date(2027, 3, 1)), NO_DATE, START, END]
