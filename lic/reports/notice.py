"""The public notice (公示): which families of a run are put on the village board, and what is said of them.

A notice can say only what :class:`NoticeRow` has a field for: that list is closed, and the writers
see nothing else. Knows the run's persons and households; refuses every fact but the head's age,
which decides whether he is named in full and is not passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from lic.model.calendar import NoticePeriod, NoticeRule
from lic.model.manifest import Manifest
from lic.model.result import Action, Result, Status
from lic.model.workspace import NoticeOffice
from lic.reports import labels
from lic.reports import labels_notice as words
from lic.reports.book import town_order
from lic.reports.notice_names import Head, public_names, public_place
from lic.values.idnumber import age_on

PROPOSED = (Action.ENTER, Action.MOVE)
EVERYBODY = (Action.ENTER, Action.MOVE, Action.KEEP)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """All that is ever said of a family in public."""

    head: str
    place: str
    members: int
    covered: int
    category: str


@dataclass(frozen=True, slots=True)
class NoticeList:
    """The rows of one village; ``notes`` explain how heads are named."""

    village: str
    rows: tuple[NoticeRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of one town: the same head and foot on every village's list."""

    town: str | None
    title: str
    lead: tuple[str, ...]
    phone: str
    signed: str
    dated: str
    lists: tuple[NoticeList, ...]
    households: int
    surname_only: int


@dataclass(frozen=True, slots=True)
class NoticeAsked:
    """What a notice needs beside the run. ``period`` None: the day was not said."""

    rule: NoticeRule
    period: NoticePeriod | None
    office: Callable[[str | None], NoticeOffice]
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class _Family:
    """One family in one category."""

    household_no: str
    town: str | None
    village: str | None
    members: int
    covered: int
    category: str


def notices(manifest: Manifest, result: Result, asked: NoticeAsked) -> Iterator[Notice]:
    """A notice for every town of the county, also for one that has nobody to name."""
    families = _families(manifest, result, asked)
    heads = _heads(manifest, result, asked.rule, {family.household_no for family in families})
    for town in notice_towns(manifest, result):
        mine = [family for family in families if family.town == town]
        yield _notice(town, mine, heads, asked)


def notice_towns(manifest: Manifest, result: Result) -> list[str | None]:
    """The towns in the county's order; None at the end when somebody has none."""
    column = result.households.column("town")
    towns: list[str | None] = [*town_order(manifest, column)]
    return [*towns, None] if column.null_count else towns


def _families(manifest: Manifest, result: Result, asked: NoticeAsked) -> list[_Family]:
    """By place and category; a family with two categories has two rows."""
    actions = {action.value for action in (EVERYBODY if asked.everybody else PROPOSED)}
    covered: dict[tuple[str, str], int] = {}
    concerned: set[tuple[str, str]] = set()
    columns = [result.persons.column(name) for name in ("household_no", "category", "status", "action")]
    for number, category, status, action in _rows(columns):
        if status == Status.RECOGNISED and category is not None:
            key = (number, category)
            covered[key] = covered.get(key, 0) + 1
            if action in actions:
                concerned.add(key)
    rank = {name: position for position, name in enumerate(manifest.categories)}
    by_number = _by_number(result.households, {number for number, _ in concerned})
    found = [
        _Family(number, *by_number[number], covered[number, category], category)
        for number, category in concerned
    ]
    return sorted(
        found, key=lambda item: (item.village or "", rank.get(item.category, len(rank)), item.household_no)
    )


def _by_number(households: pa.Table, wanted: set[str]) -> dict[str, tuple[str | None, str | None, int]]:
    columns = [households.column(name) for name in ("household_no", "town", "village", "members")]
    return {
        number: (town, village, members)
        for number, town, village, members in _rows(columns)
        if number in wanted
    }


def _rows(columns: Sequence[pa.ChunkedArray]) -> Iterator[tuple]:  # type: ignore[type-arg]  # any cells
    return zip(*(column.to_pylist() for column in columns), strict=True)


def _heads(manifest: Manifest, result: Result, rule: NoticeRule, wanted: set[str]) -> dict[str, Head]:
    """The head of each family; his age as the run has it, else from his number."""
    day = date.fromisoformat(manifest.as_of)
    persons = result.persons
    by_id: dict[str, int | None] = {}
    by_name: dict[tuple[str, str | None], int | None] = {}
    if rule.age_column in persons.column_names:
        columns = [persons.column(name) for name in ("household_no", "id_number", "name", rule.age_column)]
        for number, id_number, name, age in _rows(columns):
            if id_number is not None:
                by_id[id_number] = age
            if number in wanted:
                # two of one name in one family: who is the head is not known, nor his age
                by_name[number, name] = None if (number, name) in by_name else age
    found = {}
    columns = [result.households.column(name) for name in ("household_no", "head_name", "head_id")]
    for number, name, id_number in _rows(columns):
        if number not in wanted:
            continue
        if id_number is None:
            age = by_name.get((number, name))
        else:
            age = by_id.get(id_number)
            age = age_on(id_number, day) if age is None else age
        found[number] = Head(number, name, id_number, None if age is None else age >= rule.adult)
    return found


def _notice(
    town: str | None, families: Sequence[_Family], heads: Mapping[str, Head], asked: NoticeAsked
) -> Notice:
    name = labels.NO_TOWN if town is None else public_place(town)
    office = asked.office(town)
    kind = words.EVERYBODY if asked.everybody else words.PROPOSED
    lead = words.LEAD_EVERYBODY if asked.everybody else words.LEAD_PROPOSED
    lists, hidden = [], 0
    for village in dict.fromkeys(family.village for family in families):
        mine = [family for family in families if family.village == village]
        made, count = _list(village, mine, heads)
        lists.append(made)
        hidden += count
    return Notice(
        town=town,
        title=words.TITLE.format(town=name, kind=kind),
        lead=(lead if families else words.NOBODY, _period(asked), words.OBJECTION),
        phone=words.PHONE.format(phone=office.phone or words.BLANK_PHONE),
        signed=office.signed or words.BLANK_SIGNED,
        dated=words.BLANK_DAY.strip("　") if asked.period is None else _day(asked.period.start),
        lists=tuple(lists),
        households=len({family.household_no for family in families}),
        surname_only=hidden,
    )


def _list(
    village: str | None, families: Sequence[_Family], heads: Mapping[str, Head]
) -> tuple[NoticeList, int]:
    numbers = dict.fromkeys(family.household_no for family in families)
    names = public_names([heads[number] for number in numbers])
    rows = tuple(
        NoticeRow(
            head=names.by_household[family.household_no],
            place=public_place(family.town, family.village),
            members=family.members,
            covered=family.covered,
            category=family.category,
        )
        for family in families
    )
    notes = [words.NOTE_DIGITS] if names.with_digits else []
    if names.surname_only:
        notes.append(words.NOTE_SURNAME)
    title = words.NO_VILLAGE if village is None else public_place(village)
    return NoticeList(title, rows, tuple(notes)), names.surname_only


def _period(asked: NoticeAsked) -> str:
    period, days = asked.period, asked.rule.days
    if period is None:
        return words.PERIOD_OPEN.format(start=words.BLANK_DAY, end=words.BLANK_DAY, days=days)
    start = _day(period.start)
    if period.end is None:
        return words.PERIOD_OPEN.format(start=start, end=words.BLANK_DAY, days=days)
    form = words.PERIOD_MOVED if period.moved else words.PERIOD
    return form.format(start=start, end=_day(period.end), days=days, last=_day(period.last))


def _day(day: date) -> str:
    return words.DAY.format(year=day.year, month=day.month, day=day.day)
