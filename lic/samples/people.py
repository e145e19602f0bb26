"""What can be true of one person.

Knows which facts a register or an application states and which records departments hold.
Refuses to know how an export words them. For the records that nearly everybody has, ``None``
means "the usual ones" until :mod:`lic.samples.usual` fills them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lic.samples.records import (
    Benefit,
    Business,
    Care,
    Certificate,
    Contribution,
    Cover,
    Custody,
    Death,
    Enrolment,
    Exit,
    Fee,
    Hardship,
    Job,
    Machine,
    Pay,
    Pension,
    Post,
    Residence,
    Settlement,
    Subsidy,
    Vehicle,
)


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
    medical_cost_fen: int | None = 0
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
    machines: tuple[Machine, ...] = ()
    deaths: tuple[Death, ...] = ()
    custodies: tuple[Custody, ...] = ()
    pays: tuple[Pay, ...] = ()
    residences: tuple[Residence, ...] | None = None
    cares: tuple[Care, ...] = ()
    hardships: tuple[Hardship, ...] = ()
    exits: tuple[Exit, ...] = ()
    on_platform: bool = True
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
