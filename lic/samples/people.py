"""What can be true of one person, and which records departments hold about him.

Knows English names for facts. Refuses to know how an export words them. Money is whole fen
(fields that end in ``_fen``); codes are short English tokens that the layouts translate.
``None`` is "not stated"; for the records that nearly everybody has, ``None`` means "the usual
ones" until :mod:`lic.samples.usual` fills them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pension:
    """A monthly old-age benefit; the base and old-age parts are inside the amount."""

    amount_fen: int
    since: date | None = None
    kind: str = "resident"
    state: str = "normal"
    base_fen: int | None = None
    old_age_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A registered employment."""

    wage_fen: int
    start: date | None
    end: date | None = None
    state: str = "employed"
    employer: str = "works"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A pension insurance that somebody pays into."""

    kind: str = "resident"
    state: str = "active"
    employer: str | None = None
    base_fen: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A public-welfare post."""

    subsidy_fen: int
    start: date | None
    end: date | None = None
    kind: str = "cleaner"


@dataclass(frozen=True, slots=True)
class Benefit:
    """An unemployment benefit."""

    amount_fen: int
    start: date | None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil's place at a school."""

    stage: str
    state: str = "enrolled"
    school: int = 0


@dataclass(frozen=True, slots=True)
class Fee:
    """A school year's fees and aid."""

    year: int
    tuition_fen: int
    lodging_fen: int = 0
    aid_fen: int = 0
    school: int = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """A health insurance; ``groups`` are the groups whose contribution is helped with."""

    kind: str = "resident"
    state: str = "active"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settled bill: the total, what three funds and the hospital bore."""

    day: date
    total_fen: int
    pooled_fen: int
    serious_fen: int = 0
    aid_fen: int = 0
    hospital_fen: int = 0
    kind: str = "inpatient"
    illness: int = 0
    valid: bool = True

    @property
    def funds_fen(self) -> int:
        """What the funds paid together."""
        return self.pooled_fen + self.serious_fen + self.aid_fen

    @property
    def scope_fen(self) -> int:
        """What was within the catalogue, never less than what the funds paid."""
        return max(self.funds_fen, self.total_fen * 9 // 10) if self.total_fen > 0 else self.funds_fen

    @property
    def cash_fen(self) -> int:
        """What the patient paid."""
        return self.total_fen - self.funds_fen - self.hospital_fen


@dataclass(frozen=True, slots=True)
class Certificate:
    """A disability certificate; ``number`` only where it is not built from the ID number."""

    kind: str
    level: int
    state: str = "active"
    issued: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A disability subsidy."""

    kind: str = "living"
    state: str = "paid"
    amount_fen: int = 6000


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A registered vehicle."""

    kind: str = "car"
    state: str = "normal"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Business:
    """A registered business and what the person is in it."""

    kind: str = "sole"
    role: str = "operator"
    state: str = "active"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Death:
    """A death and who reported it."""

    day: date
    source: str = "hospital"


@dataclass(frozen=True, slots=True)
class Custody:
    """A stay in prison or compulsory treatment, or a measure that leaves a person at home."""

    start: date
    end: date | None = None
    kind: str = "prison"


@dataclass(frozen=True, slots=True)
class Pay:
    """A salary from public funds."""

    amount_fen: int
    kind: str = "institution"


@dataclass(frozen=True, slots=True)
class Residence:
    """What the population register says."""

    state: str = "normal"
    service: str | None = None
    moved: date | None = None


@dataclass(frozen=True, slots=True)
class Care:
    """A child on the child-welfare list."""

    kind: str = "orphan"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Hardship:
    """A person whom the county panel confirmed."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """A person who left a register."""

    day: date
    category: str = "low"
    reason: str = "income"
    whither: str = "none"


@dataclass(frozen=True, slots=True)
class Dirt:
    """A blemish of one person's rows in one table (``table`` is a layout's name)."""

    table: str
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person with everything any department could say about him."""

    birth: date
    sex: str = "m"
    relation: str = "head"
    name: str = ""
    id_number: str = ""
    numbered: bool = True
    bad_check: bool = False
    # as a register or an application states it
    state: str | None = "normal"
    covered: bool = True
    declared_fen: int | None = None
    wage_fen: int | None = 0
    business_fen: int | None = 0
    property_fen: int | None = 0
    transfer_fen: int | None = 0
    other_fen: int | None = 0
    carer: bool | None = False
    frail: bool | None = False
    support_fen: int | None = 0
    duty_bearer: str | None = None
    grave_illness: bool | None = False
    school_cost_fen: int | None = 0
    disability_cost_fen: int | None = 0
    accident_cost_fen: int | None = 0
    said_disability: str | None = None
    said_level: int | None = None
    marital: str | None = None
    schooling: str | None = None
    studying: str | None = None
    occupation: str | None = None
    health: str = "healthy"
    labour: str | None = None
    self_care: str = "full"
    # as the departments state it
    pensions: tuple[Pension, ...] = ()
    jobs: tuple[Job, ...] = ()
    contributions: tuple[Contribution, ...] | None = None
    posts: tuple[Post, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    enrolments: tuple[Enrolment, ...] | None = None
    fees: tuple[Fee, ...] = ()
    covers: tuple[Cover, ...] | None = None
    settlements: tuple[Settlement, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    businesses: tuple[Business, ...] = ()
    deaths: tuple[Death, ...] = ()
    custodies: tuple[Custody, ...] = ()
    pays: tuple[Pay, ...] = ()
    residences: tuple[Residence, ...] | None = None
    cares: tuple[Care, ...] = ()
    hardships: tuple[Hardship, ...] = ()
    exits: tuple[Exit, ...] = ()
    dirt: tuple[Dirt, ...] = ()

    @property
    def income_fen(self) -> int:
        """The declared income of a year: as given, else the sum of its kinds."""
        if self.declared_fen is not None:
            return self.declared_fen
        kinds = (self.wage_fen, self.business_fen, self.property_fen, self.transfer_fen, self.other_fen)
        return sum(amount for amount in kinds if amount is not None)

    @property
    def monthly_fen(self) -> int:
        """The declared income of a month, cut to whole fen."""
        return self.income_fen // 12

    @property
    def disabled(self) -> bool:
        """Whether a register states a disability."""
        return self.said_disability is not None
