"""On which lists an ordinary household stands when the sample begins.

Knows registers, monitoring, the panel's list and the list of those who left. Refuses to know
whether a household belongs there.
"""

from __future__ import annotations

import dataclasses

from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.households import Application, Household, Listing, Monitoring
from lic.samples.kinds import RURAL_LINE_FEN, Kind
from lic.samples.people import Person
from lic.samples.records import Care, Exit, Hardship, Subsidy
from lic.samples.usual import full_years

_WATCHED_FOR = ("unstable", "edge", "sudden")
_CAUSES = ("illness", "disability", "study", "labour", "other")
_CHANNELS = ("village", "app", "window", "online")


def enlist(household: Household, *, kind: Kind, dice: Dice, clock: Clock, urban: bool) -> Household:
    """The household with its places on the lists."""
    watched = not urban and dice.chance(kind.watched)
    listings = _listings(household, kind, dice, clock, urban=urban, watched=watched)
    return dataclasses.replace(
        household,
        listings=listings,
        monitorings=_monitorings(household, kind, dice, clock, urban=urban, watched=watched),
        applications=_applications(household, kind, dice, clock, urban=urban),
        members=_marked(household.members, kind, dice, clock),
    )


def _assets(size: int, dice: Dice) -> int | None:
    if dice.chance(0.05):
        return None
    limit = 2 * RURAL_LINE_FEN * size
    return int(limit * (dice.share(1.2, 3.0) if dice.chance(0.02) else dice.share(0.0, 0.8))) // 10000 * 10000


def _listings(
    household: Household, kind: Kind, dice: Dice, clock: Clock, *, urban: bool, watched: bool
) -> tuple[Listing, ...]:
    if kind.register is None:
        return ()
    size = len(household.members)
    listing = Listing(
        register=kind.register,
        hukou="urban" if urban else "rural",
        size=size,
        covered=size,
        assets_fen=_assets(size, dice),
        dwellings=dice.weighted(((1, 90), (0, 9), (2, 1))),
        area=dice.between(6, 14) * 10,
        marked=watched,
        since=clock.day(-dice.between(15, 90)),
        grade=dice.pick("abc"),
        cause=dice.pick(_CAUSES),
        aid_fen=dice.between(220, 620) * 100 * size,
    )
    alone = _alone(household, kind, dice)
    if alone is None:
        return (listing,)
    own = dataclasses.replace(
        listing, register="low_urban" if urban else "low_rural", who=(alone,), size=1, covered=1,
        number=f"{household.number}9", aid_fen=dice.between(300, 600) * 100,
    )  # fmt: skip
    return (dataclasses.replace(listing, apart=(alone,), covered=size - 1), own)


def _alone(household: Household, kind: Kind, dice: Dice) -> int | None:
    """The severely disabled member who has an entry of his own beside the family's."""
    if kind.name != "edge":
        return None
    for place, person in enumerate(household.members, start=1):
        severe = any(one.level <= 2 and one.state == "active" for one in person.certificates)
        if severe and dice.chance(0.7):
            return place
    return None


def _monitorings(
    household: Household, kind: Kind, dice: Dice, clock: Clock, *, urban: bool, watched: bool
) -> tuple[Monitoring, ...]:
    lifted = not urban and dice.chance(kind.lifted)
    if not watched and not lifted:
        return ()
    total = sum(person.income_fen for person in household.members)
    category = None
    if watched:
        category = dice.pick(_WATCHED_FOR if lifted else _WATCHED_FOR[1:])
    low = "low" if kind.register in ("low_rural", "low_urban") else "none"
    monitoring = Monitoring(
        origin="lifted" if lifted else "ordinary",
        category=category,
        resolved=None if category is None else kind.name == "watched" and dice.chance(0.15),
        since=clock.day(-dice.between(4, 50)) if watched else None,
        per_head_fen=int(total * dice.share(0.95, 1.08)) // len(household.members) // 100 * 100,
        low_aid=low,
        care_aid="care" if kind.register == "destitute" else "none",
        risk=dice.pick(_CAUSES),
    )
    return (monitoring,)


def _applications(
    household: Household, kind: Kind, dice: Dice, clock: Clock, *, urban: bool
) -> tuple[Application, ...]:
    if kind.name != "applied":
        return ()
    month = dice.between(clock.first, clock.last) - clock.last
    size = len(household.members)
    application = Application(
        day=clock.day(month, dice.between(1, 26)),
        category=dice.weighted((("low", 60), ("edge", 25), ("rigid", 15))),
        channel=dice.pick(_CHANNELS),
        hukou="urban" if urban else "rural",
        assets_fen=_assets(size, dice),
        dwellings=dice.weighted(((1, 90), (0, 8), (2, 2))),
        vehicles=0,
        businesses=0,
        cause=dice.pick(_CAUSES),
        confirmed=dice.chance(0.75),
    )
    return (application,)


def _marked(members: tuple[Person, ...], kind: Kind, dice: Dice, clock: Clock) -> tuple[Person, ...]:
    """Members with what a list says about one person."""
    return tuple(_guarded(_listed(person, kind, dice, clock), kind, dice, clock) for person in members)


def _listed(person: Person, kind: Kind, dice: Dice, clock: Clock) -> Person:
    if kind.name == "panel":
        hardship = Hardship(clock.day(-dice.between(2, 9)), clock.day(dice.between(2, 9), 28))
        return dataclasses.replace(person, hardships=(hardship,))
    if kind.name == "left":
        reason = dice.pick(("income", "income", "property", "own_wish"))
        left = Exit(clock.day(-dice.between(3, 30), dice.between(1, 28)), "low", reason)
        return dataclasses.replace(person, exits=(left,))
    if kind.name == "destitute" and person.relation == "head":
        return dataclasses.replace(person, duty_bearer=dice.pick(("nobody", "nobody", "unable")))
    if kind.register in ("low_rural", "low_urban") and person.certificates and dice.chance(0.6):
        return dataclasses.replace(person, subsidies=(*person.subsidies, Subsidy()))
    return person


def _guarded(person: Person, kind: Kind, dice: Dice, clock: Clock) -> Person:
    """A child whom nobody brings up, now and then."""
    child = full_years(person.birth, clock.end) in range(2, 16)
    if kind.name in ("edge", "watched") and child and dice.chance(0.02):
        return dataclasses.replace(person, cares=(Care("unattended", clock.day(-20)),))
    return person
