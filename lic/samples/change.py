"""How an ordinary household changes from one month to the next.

Knows deaths, moves between registers, exits and decided applications, each drawn from the
household and the month alone, so that every month of a sample continues the one before.
Refuses to know why an office decides as it does.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from lic.model.period import first_day, last_day, month_index
from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.households import Household, Listing, Monitoring
from lic.samples.records import Death, Exit, Job, Residence
from lic.samples.usual import full_years

_MOVES = {"low_rural": "edge", "low_urban": "edge", "edge": "low_rural"}
_EXIT, _MOVE, _DEATH, _JOB, _LIFT = 0.012, 0.012, 0.012, 0.008, 0.01


def as_of(household: Household, clock: Clock, seed: int) -> Household:
    """The household in the month of ``clock``, from the one at the sample's beginning."""
    for month in range(clock.first, clock.month + 1):
        dice = Dice(seed, household.index, month, "change")
        household = _decided(household, month)
        if month > clock.first:
            household = _step(household, dice, month)
    made = tuple(one for one in household.applications if one.day <= clock.end)
    return dataclasses.replace(household, applications=made)


def _decided(household: Household, month: int) -> Household:
    """Applications appear in their month, and are a listing or nothing in the next."""
    kept, new = [], []
    for one in household.applications:
        age = month - month_index(one.day)
        listed = age == 0 or (age == 1 and one.day.day > 14)
        kept.append(dataclasses.replace(one, listed=listed))
        decided = (age == 1 and not listed) or (age == 2 and one.day.day > 14)
        if decided and one.confirmed and not household.listings:
            new.append(_granted(household, one.category, one.hukou, month))
    if not household.applications:
        return household
    return dataclasses.replace(household, applications=tuple(kept), listings=(*household.listings, *new))


def _granted(household: Household, category: str, hukou: str, month: int) -> Listing:
    register = category if category != "low" else f"low_{hukou}"
    size = len(household.members)
    return Listing(
        register, household.number, hukou=hukou, size=size, covered=size, since=first_day(month),
        aid_fen=30000 * size, assets_fen=household.applications[0].assets_fen,
    )  # fmt: skip


def _step(household: Household, dice: Dice, month: int) -> Household:
    if household.listings and dice.chance(_EXIT):
        household = _leave(household, dice, month)
    elif len(household.listings) == 1 and dice.chance(_MOVE):
        household = _move(household)
    if dice.chance(_DEATH):
        household = _bury(household, dice, month)
    if dice.chance(_JOB):
        household = _hire(household, dice, month)
    if dice.chance(_LIFT):
        lifted = tuple(_resolved(one) for one in household.monitorings)
        household = dataclasses.replace(household, monitorings=lifted)
    return household


def _resolved(monitoring: Monitoring) -> Monitoring:
    return monitoring if monitoring.category is None else dataclasses.replace(monitoring, resolved=True)


def _leave(household: Household, dice: Dice, month: int) -> Household:
    """Everybody on the register leaves it."""
    register = household.listings[0].register
    category = "care" if register == "destitute" else "low" if register.startswith("low") else register
    day = first_day(month) + timedelta(days=dice.between(0, 26))
    left = Exit(day, category, dice.pick(("income", "income", "property", "own_wish")))
    members = tuple(dataclasses.replace(one, exits=(*one.exits, left)) for one in household.members)
    return dataclasses.replace(household, members=members, listings=())


def _move(household: Household) -> Household:
    listing = household.listings[0]
    if listing.register not in _MOVES:
        return household
    target = _MOVES[listing.register]
    if target == "low_rural" and listing.hukou == "urban":
        target = "low_urban"
    return dataclasses.replace(household, listings=(dataclasses.replace(listing, register=target),))


def _bury(household: Household, dice: Dice, month: int) -> Household:
    """The oldest member dies, if he is old; the registers notice or do not."""
    place = min(range(len(household.members)), key=lambda one: household.members[one].birth)
    person = household.members[place]
    if full_years(person.birth, last_day(month)) < 66 or person.deaths:
        return household
    day = first_day(month) + timedelta(days=dice.between(0, 26))
    gone = dataclasses.replace(
        person,
        deaths=(Death(day, dice.pick(("hospital", "police", "village"))),),
        residences=(Residence("dead"),),
        state="dead" if dice.chance(0.4) else person.state,
    )
    members = (*household.members[:place], gone, *household.members[place + 1 :])
    return dataclasses.replace(household, members=members)


def _hire(household: Household, dice: Dice, month: int) -> Household:
    """A member of working age turns out to have had a job for some months."""
    for place, person in enumerate(household.members):
        age = full_years(person.birth, last_day(month))
        if age in range(20, 50) and not person.jobs and not person.certificates:
            start = first_day(month - dice.between(1, 6))
            hired = dataclasses.replace(person, jobs=(Job(dice.between(24, 42) * 10000, start),))
            members = (*household.members[:place], hired, *household.members[place + 1 :])
            return dataclasses.replace(household, members=members)
    return household


def at_start(clock: Clock) -> Clock:
    """The clock of the sample's first month."""
    return dataclasses.replace(clock, month=clock.first)
