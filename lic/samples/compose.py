"""Who lives together: relations, sexes and ages of an ordinary household.

Knows that a spouse is about as old as the head and a child a generation younger. Refuses to
know money and lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.people import Person

_OLDEST = 94
_GRANDCHILD_FROM = 46


@dataclass(slots=True)
class _Draft:
    relation: str
    sex: str
    age: int


def compose(dice: Dice, kind: str, size: int, clock: Clock) -> tuple[Person, ...]:
    """The members of a household, the head first."""
    drafts = [_head(dice, kind, size)]
    head = drafts[0]
    if size > 1 and kind != "destitute" and dice.chance(0.78):
        age = max(22, min(_OLDEST, head.age + dice.between(-5, 4)))
        drafts.append(_Draft("spouse", "f" if head.sex == "m" else "m", age))
    while len(drafts) < size:
        drafts.append(_next(dice, drafts))
    return tuple(
        Person(birth=clock.birth(draft.age, dice.between(0, 251)), sex=draft.sex, relation=draft.relation)
        for draft in drafts
    )


def _head(dice: Dice, kind: str, size: int) -> _Draft:
    sex = "m" if dice.chance(0.72) else "f"
    if kind == "destitute":
        age = dice.between(61, 88) if dice.chance(0.86) else dice.between(24, 58)
    elif size == 1:
        age = dice.between(58, 88) if dice.chance(0.65) else dice.between(26, 57)
    else:
        age = dice.between(30, 72)
    return _Draft("head", sex, age)


def _next(dice: Dice, drafts: list[_Draft]) -> _Draft:
    head = drafts[0]
    relations = {draft.relation for draft in drafts}
    grown = [draft for draft in drafts if draft.relation == "son" and draft.age >= 25]
    if head.age >= _GRANDCHILD_FROM and grown and dice.chance(0.6):
        if "daughter_in_law" not in relations:
            return _Draft("daughter_in_law", "f", max(22, grown[0].age + dice.between(-5, 2)))
        sex = dice.pick("mf")
        age = max(0, min(19, grown[0].age - dice.between(23, 29)))
        return _Draft("grandson" if sex == "m" else "granddaughter", sex, age)
    if head.age <= 60 and dice.chance(0.22):
        relation = "mother" if "father" in relations or dice.chance(0.6) else "father"
        if relation not in relations:
            age = min(_OLDEST, head.age + dice.between(21, 30))
            return _Draft(relation, "f" if relation == "mother" else "m", age)
    sex = "m" if dice.chance(0.55) else "f"
    youngest = min(draft.age for draft in drafts if draft.relation in ("head", "spouse"))
    age = max(0, min(youngest, head.age) - dice.between(22, 34))
    return _Draft("son" if sex == "m" else "daughter", sex, age)
