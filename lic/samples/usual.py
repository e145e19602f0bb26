"""What is usual about people: names, numbers and the records nearly everybody has.

Knows customs (a wife keeps her family name, children of school age go to school, everybody
is insured). Refuses to know lists and money. Whatever a person already states is kept.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.households import Household
from lic.samples.identity import Registrar
from lic.samples.people import Person
from lic.samples.records import Contribution, Cover, Enrolment, Residence
from lic.samples.world import World

_MARRIED_IN = frozenset({"spouse", "mother", "daughter_in_law", "son_in_law", "other"})
_CHILDREN = frozenset({"son", "daughter", "grandson", "granddaughter"})
_ADULT, _OLD = 16, 60


def full_years(birth: date, day: date) -> int:
    """Completed years of age."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def finish_people(
    household: Household, *, key: str, registrar: Registrar, world: World, clock: Clock
) -> Household:
    """The household with every member named, numbered and recorded.

    Everybody has chance of his own (``key`` and position), so that what happens to one
    member in some month never renames another.
    """
    family = world.surname(Dice(key, household.index, "surname"))
    members = []
    has_spouse = any(person.relation == "spouse" for person in household.members)
    for place, person in enumerate(household.members):
        dice = Dice(key, household.index, place)
        surname = world.surname(dice) if person.relation in _MARRIED_IN else family
        given = world.given(dice, person.sex)
        number, birth = registrar.number(person.birth, person.sex, bad_check=person.bad_check)
        changes = _usual(household, person, full_years(birth, clock.end), dice)
        if changes.get("marital") == "married" and person.relation == "head" and not has_spouse:
            changes["marital"] = "widowed"
        members.append(
            dataclasses.replace(
                person,
                name=person.name or surname + given,
                id_number=number if person.numbered else "",
                birth=birth,
                **changes,
            )
        )
    return dataclasses.replace(household, members=tuple(members))


def _usual(household: Household, person: Person, age: int, dice: Dice) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if person.covers is None:
        changes["covers"] = (Cover(groups=_groups(household, person)),) if person.numbered else ()
    if person.enrolments is None:
        stage = _stage(age) if person.numbered else None
        changes["enrolments"] = () if stage is None else (Enrolment(stage, school=household.town),)
    if person.residences is None:
        changes["residences"] = (Residence(),) if person.numbered else ()
    if person.contributions is None:
        insured = _ADULT <= age < _OLD and person.numbered and dice.chance(0.7)
        changes["contributions"] = (Contribution(),) if insured else ()
    if person.fees:
        group = next((listing.register for listing in household.listings), None)
        changes["fees"] = tuple(
            fee if fee.group is not None else dataclasses.replace(fee, group=group) for fee in person.fees
        )
    changes.update(_described(person, age, dice))
    return changes


def _groups(household: Household, person: Person) -> tuple[str, ...]:
    """The groups under which the list helps with the contribution."""
    groups = {listing.register for listing in household.listings}
    groups.update("orphan" for _ in person.cares)
    groups.update("watched" for one in household.monitorings if one.category is not None and not one.resolved)
    return tuple(sorted(groups))


def _stage(age: int) -> str | None:
    if age in range(6, 12):
        return "primary"
    if age in range(12, 16):
        return "junior"
    return "senior" if age in range(16, 18) else None


def _described(person: Person, age: int, dice: Dice) -> dict[str, Any]:
    """Descriptions that decide nothing but stand in every export."""
    changes: dict[str, Any] = {}
    pupil = age < 18 or bool(person.enrolments) or bool(person.fees)
    if person.marital is None:
        alone = person.relation in _CHILDREN or age < 22 or (person.relation == "head" and dice.chance(0.3))
        changes["marital"] = "single" if alone else "married"
    if person.schooling is None and not pupil:
        changes["schooling"] = dice.weighted(
            (("primary", 5), ("junior", 4), ("illiterate", 2), ("senior", 1))
        )
    if person.studying is None and pupil:
        changes["studying"] = _study(person, age)
    if person.labour is None:
        changes["labour"] = _labour(person, age)
    if person.occupation is None:
        changes["occupation"] = _occupation(person, age, pupil=pupil)
    return changes


def _study(person: Person, age: int) -> str:
    if person.fees:
        return "college"
    return _stage(age) or ("infant" if age < 3 else "kindergarten" if age < 6 else "senior")


def _labour(person: Person, age: int) -> str:
    if age < _ADULT or age >= 75:
        return "none"
    if person.said_level in (1, 2):
        return "lost"
    return "weak" if age >= _OLD or person.health in ("grave", "disabled") else "able"


def _occupation(person: Person, age: int, *, pupil: bool) -> str:
    if pupil:
        return "school" if age >= 6 else "infant"
    if person.jobs or person.pays:
        return "employed"
    if age >= _OLD:
        return "retired"
    return "migrant" if person.wage_fen else "farming"
