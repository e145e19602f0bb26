"""What an ordinary household earns, and what it says it earns.

Knows pensions, wages and how declarations are rounded up to a target income. Refuses to know
categories: a target is a share of a line, and which side of which line it falls is nobody's
concern here. The declared side contains the verified one, except where somebody forgot it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from lic.samples.clock import Clock
from lic.samples.dice import Dice
from lic.samples.kinds import RURAL_LINE_FEN, URBAN_LINE_FEN, Kind
from lic.samples.people import Person
from lic.samples.records import Benefit, Contribution, Fee, Job, Pension, Post
from lic.samples.usual import full_years

BASE_PENSION_FEN = 14300
_OLD_AGE_FEN = 5000
_FORGETS = 0.02
_OUTLIER = 0.07
_WORKING_AGES = range(18, 60)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the departments know about one person, and the same per year."""

    pensions: tuple[Pension, ...] = ()
    jobs: tuple[Job, ...] = ()
    posts: tuple[Post, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    contributions: tuple[Contribution, ...] | None = None
    wage_fen: int = 0
    transfer_fen: int = 0


def earn(
    members: tuple[Person, ...], *, kind: Kind, dice: Dice, clock: Clock, urban: bool
) -> tuple[Person, ...]:
    """The members with pensions, wages and declared incomes."""
    ages = [full_years(person.birth, clock.end) for person in members]
    sources = [_sources(person, age, kind, dice, clock) for person, age in zip(members, ages, strict=True)]
    line = URBAN_LINE_FEN if urban else RURAL_LINE_FEN
    low, high = kind.ratio
    ratio = dice.share(low, high)
    if dice.chance(_OUTLIER):
        ratio *= dice.share(0.6, 1.9)
    verified = sum(one.wage_fen * 9 // 10 + one.transfer_fen for one in sources)
    rest = max(0, int(ratio * line) * len(members) - verified)
    earners = [place for place, age in enumerate(ages) if age in _WORKING_AGES] or [0]
    forgets = dice.chance(_FORGETS)
    return tuple(
        _declared(person, one, rest // len(earners) if place in earners else 0, forgets=forgets, dice=dice)
        for place, (person, one) in enumerate(zip(members, sources, strict=True))
    )


def _sources(person: Person, age: int, kind: Kind, dice: Dice, clock: Clock) -> _Sources:
    if age >= 60:
        return _retired(age, kind, dice, clock)
    if age not in _WORKING_AGES or person.certificates or person.health == "grave":
        return _Sources()
    if age <= 21 and dice.chance(0.4):
        return _Sources()
    if dice.chance(kind.working):
        wage = dice.between(16, 34) * 10000
        start = clock.day(-dice.between(14, 60), dice.between(1, 28))
        paid = Contribution("enterprise", "active", "works", 400000, start)
        insured = (paid,) if dice.chance(0.6) else None
        return _Sources(jobs=(Job(wage, start),), contributions=insured, wage_fen=wage * 12)
    if dice.chance(0.04):
        subsidy = dice.between(5, 9) * 10000
        return _Sources(posts=(Post(subsidy, clock.day(-dice.between(12, 30))),), wage_fen=subsidy * 12)
    if dice.chance(0.006):
        amount = 152000
        return _Sources(benefits=(Benefit(amount, clock.day(-5), clock.day(6)),), transfer_fen=amount * 6)
    return _Sources()


def _retired(age: int, kind: Kind, dice: Dice, clock: Clock) -> _Sources:
    since = clock.day(-12 * (age - 60) - dice.between(1, 9))
    if kind.register not in ("low_rural", "destitute") and dice.chance(0.08):
        amount = dice.between(1100, 2600) * 100
        return _Sources(pensions=(Pension(amount, since, "enterprise"),), transfer_fen=amount * 12)
    account = dice.between(800, 6500)
    old_age = _OLD_AGE_FEN if age >= 70 else 0
    amount = BASE_PENSION_FEN + account + old_age
    pension = Pension(amount, since, base_fen=BASE_PENSION_FEN, old_age_fen=old_age)
    return _Sources(pensions=(pension,), transfer_fen=account * 12)


def _declared(person: Person, sources: _Sources, rest: int, *, forgets: bool, dice: Dice) -> Person:
    wage = business = 0
    if rest > 0:
        wage = int(rest * dice.share(0.3, 0.9)) // 10000 * 10000
        business = (rest - wage * 9 // 10) // 10000 * 10000
    known_wage = 0 if forgets else sources.wage_fen
    known_transfer = 0 if forgets else sources.transfer_fen
    return dataclasses.replace(
        person,
        pensions=sources.pensions,
        jobs=sources.jobs,
        posts=sources.posts,
        benefits=sources.benefits,
        contributions=sources.contributions if sources.contributions is not None else person.contributions,
        wage_fen=known_wage + wage,
        business_fen=business,
        transfer_fen=known_transfer,
        property_fen=dice.between(1, 6) * 10000 if dice.chance(0.05) else 0,
    )


def study_fees(person: Person, dice: Dice, clock: Clock) -> Person:
    """A student's fees, for some of those who have left school and are young."""
    if full_years(person.birth, clock.end) not in range(18, 22) or not dice.chance(0.35):
        return person
    school = dice.between(0, 9)
    year = (clock.last - 8) // 12
    fees = tuple(
        Fee(one, dice.between(40, 60) * 10000, 120000, dice.pick((0, 200000, 330000)), school)
        for one in (year - 1, year)
    )
    return dataclasses.replace(person, fees=fees, wage_fen=0, jobs=(), contributions=())
