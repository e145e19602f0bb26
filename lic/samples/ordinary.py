"""An ordinary household from its number in the sample alone.

Knows the order in which its parts are drawn. Refuses to know the scripted ones.
"""

from __future__ import annotations

import dataclasses

from lic.samples.clock import Clock
from lic.samples.compose import compose
from lic.samples.dice import Dice
from lic.samples.economy import earn, study_fees
from lic.samples.health import ail, treat
from lic.samples.households import Household
from lic.samples.kinds import KINDS, Kind
from lic.samples.lists import enlist
from lic.samples.people import Dirt, Person
from lic.samples.property import deeds, houses, own, waters
from lic.samples.stage import household_no

TOWNS = 11
_WEIGHTED_KINDS = tuple((kind, kind.weight) for kind in KINDS)
_MILD = ("lower_x", "wide", "spaced_id", "spaced")
_SOILED = 0.004


def ordinary(index: int, *, seed: int, clock: Clock, tables: tuple[str, ...]) -> Household:
    """The household at the sample's beginning, still without names and numbers.

    ``tables`` are the layouts in whose rows a mild blemish may stand.
    """
    dice = Dice(seed, index, "family")
    kind = dice.weighted(_WEIGHTED_KINDS)
    urban = dice.chance(kind.urban)
    size = dice.weighted(tuple(enumerate(kind.sizes, start=1)))
    town = dice.between(0, TOWNS - 1)
    household = Household(
        index=index,
        town=town,
        village=dice.between(0, 6),
        team=dice.between(1, 8),
        number=household_no(town, index),
        members=_members(kind, size, dice, clock, urban=urban),
        deeds=deeds(dice, clock, size=size, urban=urban),
        houses=houses(dice, clock, urban=urban),
        waters=waters(dice, urban=urban),
    )
    household = enlist(household, kind=kind, dice=dice, clock=clock, urban=urban)
    if not dice.chance(_SOILED):
        return household
    return dataclasses.replace(household, members=_soiled(household.members, dice, tables))


def _members(kind: Kind, size: int, dice: Dice, clock: Clock, *, urban: bool) -> tuple[Person, ...]:
    members = compose(dice, kind.name, size, clock)
    members = ail(members, kind=kind, dice=dice, clock=clock)
    members = earn(members, kind=kind, dice=dice, clock=clock, urban=urban)
    members = tuple(study_fees(person, dice, clock) for person in members)
    members = treat(members, kind=kind, dice=dice, clock=clock)
    return own(members, kind=kind, dice=dice, clock=clock)


def _soiled(members: tuple[Person, ...], dice: Dice, tables: tuple[str, ...]) -> tuple[Person, ...]:
    dirt = tuple(Dirt(table, dice.pick(_MILD)) for table in tables)
    return (dataclasses.replace(members[0], dirt=dirt), *members[1:])
