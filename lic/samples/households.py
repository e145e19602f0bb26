"""Households and the lists they stand on.

Knows who lives together and which list names whom; ``who`` holds member positions from 1,
the first being the one that the list calls head, and empty means everybody. Refuses to know
what the lists are called in the exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lic.samples.people import Person


@dataclass(frozen=True, slots=True)
class Listing:
    """A household's place on one of the registers, with what it stated about itself.

    ``apart`` are members who get nothing here because they stand on another register alone.
    """

    register: str
    number: str = ""
    who: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    hukou: str = "rural"
    size: int | None = None
    covered: int | None = None
    assets_fen: int | None = 500000
    dwellings: int | None = 1
    area: int = 90
    vehicles: int | None = None
    businesses: int | None = None
    marked: bool = False
    since: date | None = None
    grade: str = "b"
    cause: str = "illness"
    aid_fen: int = 38000
    paid_fen: int | None = None
    income_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A new application and the stages it has passed."""

    day: date
    number: str = ""
    category: str = "low"
    channel: str = "village"
    who: tuple[int, ...] = ()
    hukou: str = "rural"
    assets_fen: int | None = 500000
    dwellings: int | None = 1
    vehicles: int | None = 0
    businesses: int | None = 0
    cause: str = "illness"
    marked: bool = False
    confirmed: bool | None = None
    listed: bool = True
    accepted: date | None = None
    checked: date | None = None
    visited: date | None = None
    reviewed: date | None = None
    notice: date | None = None
    notice_end: date | None = None
    closed: date | None = None
    result: str = "open"

    @property
    def granted(self) -> str | None:
        """The category that was confirmed, if one was."""
        return self.category if self.result == "granted" else None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A household in the system that watches for a fall back into poverty."""

    number: str = ""
    who: tuple[int, ...] = ()
    origin: str = "lifted"
    category: str | None = None
    resolved: bool | None = None
    removed: date | None = None
    since: date | None = None
    per_head_fen: int = 900000
    low_aid: str = "none"
    care_aid: str = "none"
    risk: str | None = "illness"
    unsafe_house: bool = False
    unsafe_water: bool = False
    measure: str | None = "breeding"
    how: str | None = None
    own_cost_fen: int | None = 260000
    transfer_fen: int | None = None
    worker_cover: bool | None = None
    backstop: bool | None = None


@dataclass(frozen=True, slots=True)
class House:
    """A village house that was graded for safety."""

    grade: str
    finished: date | None = None
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A registered property; ``about`` are the owners."""

    use: str = "dwelling"
    state: str = "current"
    about: tuple[int, ...] = (1,)
    since: date | None = None
    serial: int = 1

    @property
    def shared(self) -> bool:
        """Whether several people own it together."""
        return len(self.about) > 1


@dataclass(frozen=True, slots=True)
class Water:
    """The household's drinking water as assessed."""

    grade: str = "good"
    supply: str = "central"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a visit found; ``about`` is empty where it concerns the household.

    ``prefix`` is what the pack puts before an application's number; ``shown`` is the number
    as people read it, filled in by :mod:`lic.samples.stage`.
    """

    item: str
    value: str | None
    day: date
    result: str = "confirmed"
    about: tuple[int, ...] = ()
    prefix: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together, and every list or record about them."""

    index: int
    town: int = 0
    village: int = 0
    team: int = 1
    number: str = ""
    members: tuple[Person, ...] = ()
    listings: tuple[Listing, ...] = ()
    applications: tuple[Application, ...] = ()
    monitorings: tuple[Monitoring, ...] = ()
    houses: tuple[House, ...] = ()
    deeds: tuple[Deed, ...] = ()
    waters: tuple[Water, ...] = ()
    verifications: tuple[Verification, ...] = ()
    planted: tuple[str, ...] = ()

    def chosen(self, who: tuple[int, ...]) -> tuple[Person, ...]:
        """The members at these positions; everybody for an empty tuple."""
        return tuple(self.members[place - 1] for place in who) if who else self.members
