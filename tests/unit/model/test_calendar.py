"""Working days against the State Council's notices, and the end of a notice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lic.errors import ProblemLog
from lic.model.calendar import Calendar, notice_period
from lic.policy.calendar import notice_rules

PACK = Path(__file__).parents[3] / "rules"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    log = ProblemLog()
    rule, found = notice_rules(PACK, log)
    log.raise_if_any()
    assert rule is not None
    assert (rule.days, rule.adult) == (7, 18)
    return found


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_the_published_years(calendar: Calendar, year: int, days: int) -> None:
    assert calendar.working_days(year) == days


def test_a_year_that_was_not_published_is_not_guessed(calendar: Calendar) -> None:
    assert calendar.working_days(2027) is None
    assert calendar.is_working(date(2027, 1, 4)) is None
    assert calendar.working_from(date(2027, 1, 4)) is None
    assert calendar.is_working(date(2023, 12, 29)) is None


@pytest.mark.parametrize(
    ("accepted", "fifteen", "twenty"),
    [
        ("2025-01-24", "2025-02-20", "2025-02-27"),
        ("2025-09-26", "2025-10-23", "2025-10-30"),
        ("2026-02-14", "2026-03-13", "2026-03-20"),
        ("2026-09-18", "2026-10-15", "2026-10-22"),
    ],
)
def test_limits_in_working_days(calendar: Calendar, accepted: str, fifteen: str, twenty: str) -> None:
    day = date.fromisoformat(accepted)
    assert calendar.after(day, 15) == date.fromisoformat(fifteen)
    assert calendar.after(day, 20) == date.fromisoformat(twenty)


def test_a_limit_that_reaches_into_an_unknown_year_has_no_end(calendar: Calendar) -> None:
    assert calendar.after(date(2026, 12, 10), 15) == date(2026, 12, 31)
    assert calendar.after(date(2026, 12, 10), 16) is None


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-09-20", False),
        ("2025-12-20", False),
        ("2026-06-20", False),
        ("2026-09-20", True),  # a Sunday that is worked
        ("2026-12-20", False),
        ("2026-10-10", True),
        ("2026-10-08", True),
        ("2024-02-17", False),
    ],
)
def test_single_days(calendar: Calendar, day: str, works: bool) -> None:
    assert calendar.is_working(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "last", "end"),
    [
        ("2026-11-02", "2026-11-09", "2026-11-09"),  # Monday to Monday
        ("2026-11-06", "2026-11-13", "2026-11-13"),
        ("2026-11-07", "2026-11-14", "2026-11-16"),  # ends on a Saturday
        ("2026-09-25", "2026-10-02", "2026-10-08"),  # ends within 国庆
        ("2026-10-03", "2026-10-10", "2026-10-10"),  # ends on a Saturday that is worked
        ("2026-02-07", "2026-02-14", "2026-02-14"),
        ("2026-02-08", "2026-02-15", "2026-02-24"),  # ends on the first day of 春节
    ],
)
def test_the_end_of_a_notice(calendar: Calendar, start: str, last: str, end: str) -> None:
    period = notice_period(date.fromisoformat(start), 7, calendar)
    assert (period.last.isoformat(), period.end, period.missing) == (last, date.fromisoformat(end), None)
    assert period.moved is (last != end)


@pytest.mark.parametrize(
    ("start", "missing"), [("2026-12-25", 2027), ("2026-12-24", None), ("2030-05-01", 2030)]
)
def test_a_notice_that_ends_in_an_unknown_year(calendar: Calendar, start: str, missing: int | None) -> None:
    period = notice_period(date.fromisoformat(start), 7, calendar)
    assert period.missing == missing
    assert (period.end is None) is (missing is not None)


def test_every_day_of_the_known_years_has_an_answer(calendar: Calendar) -> None:
    day = date(2024, 1, 1)
    while day.year < 2027:
        assert calendar.is_working(day) is not None
        day += timedelta(days=1)
