"""日历 and 公示: the working days of each published year, and how long a notice hangs.

Knows how they are written, and that every year must add up to its own total. Refuses to know
a year that is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from lic.declare import Map, Node, Scalar, read_date, read_map, read_number, read_seq
from lic.errors import ProblemLog
from lic.model.calendar import Calendar, CalendarYear, NoticeRule
from lic.policy import keys
from lic.policy.read import read_files

_YEAR = re.compile(r"^[12]\d{3}$")
_RANGE = re.compile(rf"^(\S+)\s*{keys.THROUGH}\s*(\S+)$")
_LONGEST = 31  # days off in a row: more is a slip of the pen


def notice_rules(folder: Path, log: ProblemLog) -> tuple[NoticeRule | None, Calendar]:
    """What the pack in ``folder`` says about notices and working days, without loading the rest."""
    sections = read_files(folder, log)

    def single(section: str) -> Node | None:
        nodes: Sequence[Node] = sections.get(section, ())
        return nodes[0] if nodes else None

    return read_notice(single(keys.NOTICE)), read_calendar(single(keys.CALENDAR))


def read_notice(node: Node | None) -> NoticeRule | None:
    """公示; None when the pack has no such section or it is not whole."""
    body = read_map(node)
    if body is None:
        return None
    days, adult = _whole(body.require(keys.NOTICE_DAYS)), _whole(body.require(keys.ADULT))
    age = body.text(keys.NOTICE_AGE, required=True)
    reference = body.text(keys.REFERENCE, required=True)
    body.finish()
    if days is None or adult is None or age is None or reference is None:
        return None
    return NoticeRule(days=days, adult=adult, age_column=age, reference=reference)


def read_calendar(node: Node | None) -> Calendar:
    """日历: the published years; one that is wrong is logged and left out."""
    body = read_map(node)
    years: dict[int, CalendarYear] = {}
    for key, item in body.pairs() if body is not None else ():
        if not _YEAR.match(key.value):
            key.fail("R110", name=key.value)
            continue
        inner = read_map(item)
        year = None if inner is None else _year(int(key.value), key, inner)
        if year is not None:
            years[int(key.value)] = year
    return Calendar(years)


def _whole(node: Node | None) -> int | None:
    number = read_number(node)
    if number is None or node is None:
        return None
    if number.denominator != 1 or number <= 0:
        node.fail("R111", value=node.value if isinstance(node, Scalar) else "")
        return None
    return int(number)


def _year(number: int, key: Scalar, body: Map) -> CalendarYear | None:
    """One year; its days lie in it, no day is both, and it has as many working days as it says."""
    off = {day: place for place, day in _days(number, body.require(keys.OFF))}
    worked = {day: place for place, day in _days(number, body.require(keys.WORKED))}
    total = body.require(keys.WORKING_DAYS)
    expected = _whole(total)
    reference = body.text(keys.REFERENCE, required=True)
    body.finish()
    for day, place in sorted(worked.items()):
        if day in off:
            place.fail("R113", day=day)
    if reference is None or expected is None or total is None:
        return None
    year = CalendarYear(frozenset(off), frozenset(worked), reference)
    found = Calendar({number: year}).working_days(number)
    if found != expected:
        total.fail("R114", year=key.value, expected=expected, actual=found)
        return None
    return year


def _days(year: int, node: Node | None) -> Iterator[tuple[Node, date]]:
    for item in read_seq(node):
        for day in _span(item):
            if day.year != year:
                item.fail("R112", day=day, year=year)
                break
            yield item, day


def _span(node: Node) -> Iterator[date]:
    """A day, or the days from one through another."""
    found = _RANGE.match(node.value) if isinstance(node, Scalar) else None
    if found is None:
        day = read_date(node)
        if day is not None:
            yield day
        return
    first, last = (
        read_date(Scalar(node.source, node.line, node.column, value=found[index])) for index in (1, 2)
    )
    if first is None or last is None:
        return
    length = (last - first).days
    if not 0 <= length < _LONGEST:
        node.fail("R115", first=first, last=last)
        return
    for offset in range(length + 1):
        yield first + timedelta(days=offset)
