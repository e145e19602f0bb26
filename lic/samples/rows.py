"""From households to the rows of one export file.

Knows how records are reached from a household, blemishes of names and numbers, and which
rows a layout wants. Refuses to know file formats and words. ``rows`` of a layout is
``listings`` (one row per place on a list), ``listings.members`` (one per person on it),
``members.pensions`` (one per record of a person) or ``deeds`` (one per household record);
the words are the fields of :class:`~lic.samples.households.Household` and
:class:`~lic.samples.people.Person`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from lic.model.period import first_day, month_index
from lic.samples.clock import Clock
from lic.samples.households import Household
from lic.samples.identity import old_form
from lic.samples.layout import Layout
from lic.samples.people import Person
from lic.samples.world import World

_MEMBERS = "members"
_LIST_MARK = ";"
_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
_BLEMISHES: dict[str, Callable[[str], str | int]] = {
    "lower_x": str.lower,
    "wide": lambda number: number[:6] + number[6:10].translate(_WIDE) + number[10:],
    "spaced_id": lambda number: f" {number} ",
    "number": lambda number: int(number[:15] + "000"),
    "no_id": lambda number: "",
    "old": old_form,
    "certificate": lambda number: number + "41",
}


@dataclass(slots=True)
class Row:
    """What the columns of one row may ask for; ``item`` is the record the row is about."""

    household: Household
    town: str
    village: str
    person: Person | None
    group: Any
    item: Any
    name: str
    id_number: str | int
    count: int
    month: date
    end: date

    @property
    def head(self) -> Person:
        """Whom the list calls head of the household."""
        who = getattr(self.group, "who", ())
        return self.household.chosen(who)[0]

    @property
    def people(self) -> int:
        """How many persons the list names."""
        return len(self.household.chosen(self.group.who))

    @property
    def people_names(self) -> str:
        """The names of everybody whom the record names."""
        return _LIST_MARK.join(person.name for person in self.household.chosen(self.group.who))

    @property
    def total_fen(self) -> int:
        """The declared income of everybody on the list in a year."""
        stated: int | None = getattr(self.group, "income_fen", None)
        if stated is not None:
            return stated
        return sum(person.income_fen for person in self.household.chosen(self.group.who))

    @property
    def per_head_fen(self) -> int:
        """The same per head, cut to whole fen."""
        return self.total_fen // self.people


class RowSource:
    """The rows of one layout in one month."""

    def __init__(self, layout: Layout, world: World, clock: Clock) -> None:
        self._layout = layout
        self._world = world
        self._end = clock.end
        self._month = first_day(clock.month)
        self._count = 0
        first, _, second = layout.rows.partition(".")
        self._grouped = second == _MEMBERS
        self._owned = first == _MEMBERS
        self._records = attrgetter(second if self._owned else first)
        self._tests = [(attrgetter(path), frozenset(wanted)) for path, wanted in layout.where]
        self._since, self._until = month_span(layout, clock)
        self._event_day = attrgetter(layout.events.by) if layout.events is not None else None

    def rows(self, household: Household) -> Iterator[Row]:
        """The rows about one household, in order, numbered through the file."""
        for person, group, item in self._subjects(household):
            row = self._row(household, person, group, item)
            if not self._wanted(row):
                continue
            times = 1
            if person is not None and person.dirt:
                times = self._soil(row, person)
            for _ in range(times):
                self._count += 1
                row.count = self._count
                yield row

    def _subjects(self, household: Household) -> Iterator[tuple[Person | None, Any, Any]]:
        if self._owned:
            for person in household.members:
                for item in self._records(person):
                    yield person, None, item
            return
        for item in self._records(household):
            if self._grouped:
                for person in household.chosen(item.who):
                    yield person, item, item
            else:
                yield None, item, item

    def _row(self, household: Household, person: Person | None, group: Any, item: Any) -> Row:
        name, number = "", ""
        if person is not None:
            name, number = person.name, person.id_number
        elif not hasattr(group, "who"):
            name, number = household.members[0].name, household.members[0].id_number
        elif group.who:
            named = household.chosen(group.who)
            name = _LIST_MARK.join(one.name for one in named)
            number = _LIST_MARK.join(one.id_number for one in named)
        town = self._world.text("towns", household.town)
        village = self._world.text("villages", household.town * 7 + household.village)
        return Row(
            household, town, village, person, group, item, name, number, 0, self._month, self._end
        )

    def _wanted(self, row: Row) -> bool:
        if self._event_day is not None:
            month = month_index(self._event_day(row))
            if not self._since <= month <= self._until:
                return False
        return all(token(path(row)) in wanted for path, wanted in self._tests)

    def _soil(self, row: Row, person: Person) -> int:
        """Blemish a row as its person's ``dirt`` says; returns how often it is written."""
        times = 1
        for blemish in person.dirt:
            if blemish.table != self._layout.name:
                continue
            if blemish.kind == "twice":
                times = 2
            elif blemish.kind == "spaced":
                row.name = row.name[:1] + " " + row.name[1:]
            elif blemish.kind == "other_name":
                row.name = row.name[:1] + self._world.text("given", row.household.index)
            else:
                row.id_number = _BLEMISHES[blemish.kind](person.id_number)
        return times


def month_span(layout: Layout, clock: Clock) -> tuple[int, int]:
    """The first and last month whose events this month's file holds."""
    if layout.events is None:
        return clock.month, clock.month
    until = clock.month - layout.events.lag
    lead = layout.events.lead if clock.month == clock.first else 1
    return until - lead + 1, until


def token(value: object) -> str:
    """A value as the layouts write it in ``where`` and in vocabularies."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
