"""What ordinary households own.

Knows how common cars, second homes and businesses are. Refuses to know limits.
"""

from __future__ import annotations

import dataclasses

from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.households import Deed, House, Water
from lic.samples.kinds import Kind
from lic.samples.people import Person
from lic.samples.records import Business, Vehicle
from lic.samples.usual import full_years

_ADULTS = range(18, 70)


def own(members: tuple[Person, ...], *, kind: Kind, dice: Dice, clock: Clock) -> tuple[Person, ...]:
    """The members with vehicles and businesses."""
    poor = kind.register is not None or kind.name == "applied"
    return tuple(_own(person, dice, clock, poor=poor) for person in members)


def _own(person: Person, dice: Dice, clock: Clock, *, poor: bool) -> Person:
    if full_years(person.birth, clock.end) not in _ADULTS or person.certificates:
        return person
    if dice.chance(0.010 if poor else 0.08):
        state = "normal" if dice.chance(0.8) else dice.pick(("cancelled", "scrapped", "moved"))
        car = Vehicle("car", state, clock.day(-dice.between(20, 90)))
        return dataclasses.replace(person, vehicles=(car,))
    if dice.chance(0.06):
        other = Vehicle(dice.pick(("motorbike", "tricycle", "tractor")), "normal", clock.day(-50))
        return dataclasses.replace(person, vehicles=(other,))
    if dice.chance(0.004 if poor else 0.03):
        state = "active" if dice.chance(0.7) else "closed"
        shop = Business("sole", "operator", state, clock.day(-60))
        return dataclasses.replace(person, businesses=(shop,))
    if dice.chance(0.03):
        farm = Business("coop", "coop_member", "active", clock.day(-60))
        return dataclasses.replace(person, businesses=(farm,))
    return person


def deeds(dice: Dice, clock: Clock, *, size: int, urban: bool) -> tuple[Deed, ...]:
    """The household's registered property; most village houses were never registered."""
    if not dice.chance(0.8 if urban else 0.15):
        return ()
    owners = (1, 2) if size > 1 and dice.chance(0.4) else (1,)
    found = [Deed("dwelling", "current", owners, clock.day(-dice.between(30, 150)))]
    if dice.chance(0.012):
        use = dice.pick(("dwelling", "shop", "parking"))
        found.append(Deed(use, "current", (1,), clock.day(-dice.between(10, 40)), serial=2))
    if dice.chance(0.03):
        found.append(Deed("dwelling", "past", (1,), clock.day(-160), serial=3))
    return tuple(found)


def houses(dice: Dice, clock: Clock, *, urban: bool) -> tuple[House, ...]:
    """The grading of a village house."""
    if urban or not dice.chance(0.4):
        return ()
    grade = dice.weighted((("a", 45), ("b", 42), ("c", 9), ("d", 4)))
    if grade in ("a", "b"):
        return (House(grade),)
    finished = clock.day(-dice.between(2, 30)) if dice.chance(0.93) else None
    return (House(grade, finished, "rebuilt" if grade == "d" else "mended"),)


def waters(dice: Dice, *, urban: bool) -> tuple[Water, ...]:
    """The assessment of a village household's drinking water."""
    if urban:
        return ()
    grade = dice.weighted((("good", 85), ("fair", 14), ("bad", 1)))
    return (Water(grade, "central" if dice.chance(0.8) else "scattered"),)
