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
from lic.samples.records import Certificate
from lic.samples.world import World

_MEMBERS = "members"
_LIST_MARK = ";"
_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
_CLASSES = ("sight", "hearing", "speech", "limb", "mind", "psychic", "multiple")
_BLEMISHES: dict[str, Callable[[Person], str | int]] = {
    "lower_x": lambda person: person.id_number.lower(),
    "wide": lambda person: person.id_number[:6].translate(_WIDE) + person.id_number[6:],
    "spaced_id": lambda person: f" {person.id_number} ",
    "number": lambda person: int(person.id_number[:15] + "000"),
    "no_id": lambda _person: "",
    "old": lambda person: old_form(person.id_number),
    "certificate": lambda person: certificate_no(person, person.certificates[0]),
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
    def covered(self) -> bool:
        """Whether the list gives something to this person."""
        if self.person is None or not self.person.covered:
            return False
        apart: tuple[int, ...] = self.group.apart
        return not apart or self.person not in self.household.chosen(apart)

    @property
    def serial(self) -> str:
        """A number that no row of this or another month's file shares."""
        return f"{self.month:%Y%m}{self.count:08d}"

    @property
    def unit_no(self) -> str:
        """The number of a property of this household."""
        return f"{self.household.index:06d}{self.item.serial:02d}"

    @property
    def certificate_no(self) -> str:
        """A certificate's number: the resident number, the class, the level."""
        return "" if self.person is None else certificate_no(self.person, self.item)

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

    @property
    def per_head_monthly_fen(self) -> int:
        """The same in a month."""
        return self.per_head_fen // 12


class RowSource:
    """The rows of one layout in one month."""

    def __init__(self, layout: Layout, world: World, clock: Clock) -> None:
        """Rows are counted from 1 through all households."""
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
        about: tuple[int, ...] | None = getattr(item, "about", None)
        if about is not None:
            named = [household.members[place - 1] for place in about]
            name = _LIST_MARK.join(one.name for one in named)
            number = _LIST_MARK.join(one.id_number for one in named)
        else:
            subject = person or household.chosen(getattr(group, "who", ()))[0]
            name, number = subject.name, subject.id_number
        town = self._world.text("towns", household.town)
        village = self._world.text("villages", household.town * 7 + household.village)
        return Row(household, town, village, person, group, item, name, number, 0, self._month, self._end)

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
                row.id_number = _BLEMISHES[blemish.kind](person)
        return times


def certificate_no(person: Person, certificate: Certificate) -> str:
    """A certificate's number."""
    number = person.id_number
    if certificate.misnumbered:
        number = number[:16] + str((int(number[16]) + 1) % 10) + number[17:]
    return number + (certificate.tail or f"{_CLASSES.index(certificate.kind) + 1}{certificate.level}")


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
