"""Illness, disability and bills of ordinary people.

Knows how often people see a doctor and roughly what the funds pay. Refuses to know what a
bill means for a household.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from lic.model.period import first_day
from lic.samples.clock import LEAD_MONTHS, Clock
from lic.samples.dice import Dice
from lic.samples.kinds import Kind
from lic.samples.people import Person
from lic.samples.records import Certificate, Settlement, Subsidy
from lic.samples.usual import full_years

_DISABILITIES = (
    ("limb", 50), ("sight", 12), ("hearing", 12), ("speech", 3),
    ("mind", 11), ("psychic", 10), ("multiple", 2),
)  # fmt: skip
_LEVELS = ((1, 12), (2, 27), (3, 33), (4, 28))
_LAPSED = 0.03
_RIGID_SHARE = (0.62, 0.95)


def ail(members: tuple[Person, ...], *, kind: Kind, dice: Dice, clock: Clock) -> tuple[Person, ...]:
    """The members with certificates and states of health."""
    grave = dice.between(0, len(members) - 1) if dice.chance(kind.grave) else None
    return tuple(
        _ailing(person, kind, dice, clock, grave=place == grave) for place, person in enumerate(members)
    )


def _ailing(person: Person, kind: Kind, dice: Dice, clock: Clock, *, grave: bool) -> Person:
    age = full_years(person.birth, clock.end)
    must_count = kind.name == "destitute" and age < 60
    if dice.chance(kind.disabled) or must_count:
        return _disabled(person, dice, clock, must_count=must_count)
    if grave:
        return dataclasses.replace(person, health="grave")
    if dice.chance(0.08 if age < 50 else 0.3):
        return dataclasses.replace(person, health="chronic")
    return person


def _disabled(person: Person, dice: Dice, clock: Clock, *, must_count: bool) -> Person:
    disability = dice.pick(("limb", "mind", "psychic")) if must_count else dice.weighted(_DISABILITIES)
    level = dice.between(1, 2) if must_count else dice.weighted(_LEVELS)
    state = "cancelled" if not must_count and dice.chance(_LAPSED) else "active"
    issued = clock.day(-dice.between(14, 100), dice.between(1, 28))
    subsidies: tuple[Subsidy, ...] = ()
    if state == "active" and level <= 2:
        subsidies = (Subsidy("care", "paid", 12000),)
    return dataclasses.replace(
        person,
        health="disabled",
        certificates=(Certificate(disability, level, state, issued),),
        subsidies=subsidies,
        said_disability=disability,
        said_level=level,
    )


def treat(members: tuple[Person, ...], *, kind: Kind, dice: Dice, clock: Clock) -> tuple[Person, ...]:
    """The members with the bills of all months that any folder of the sample holds."""
    income = sum(person.income_fen for person in members)
    low, high = _RIGID_SHARE
    burden = int(income * dice.share(low, high)) if kind.name == "rigid" else dice.between(3, 16) * 100000
    if kind.name == "rigid" and dice.chance(0.08):
        burden //= 2
    return tuple(
        dataclasses.replace(person, settlements=_bills(person, burden, dice, clock)) for person in members
    )


def _bills(person: Person, burden: int, dice: Dice, clock: Clock) -> tuple[Settlement, ...]:
    if person.health == "grave":
        return _hospital(burden, dice, clock)
    count = dice.between(1, 4) if person.health == "chronic" else dice.pick((0, 0, 0, 1, 1, 2))
    bills = []
    for _ in range(count):
        total = dice.between(40, 900) * 100
        kind = "chronic" if person.health == "chronic" else "outpatient"
        pooled = total * dice.between(3, 6) // 10
        bills.append(Settlement(_day(dice, clock), total, pooled, kind=kind, illness=1))
    return tuple(sorted(bills, key=lambda bill: bill.day))


def _hospital(burden: int, dice: Dice, clock: Clock) -> tuple[Settlement, ...]:
    """Stays that leave ``burden`` to the family within every window of the sample."""
    count = dice.between(2, 4)
    illness = dice.between(2, 9)
    bills = []
    for _ in range(count):
        own = burden // count
        total = own * dice.between(22, 34) // 10
        pooled = (total - own) * 8 // 10
        day = _day(dice, clock, steady=True)
        bills.append(Settlement(day, total, pooled, total - own - pooled, illness=illness))
    if dice.chance(0.06):
        wrong = bills[0]
        undone = dataclasses.replace(
            wrong, total_fen=-wrong.total_fen, pooled_fen=-wrong.pooled_fen, serious_fen=-wrong.serious_fen
        )
        bills += [wrong, undone]
    return tuple(sorted(bills, key=lambda bill: bill.day))


def _day(dice: Dice, clock: Clock, *, steady: bool = False) -> date:
    """A day of the months that the folders hold; ``steady``: of those in every window."""
    first = clock.last - 12 if steady else clock.first - LEAD_MONTHS
    last = max(first, (clock.first if steady else clock.last) - 1)
    return first_day(dice.between(first, last)) + timedelta(days=dice.between(0, 27))
