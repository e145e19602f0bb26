"""The records that departments hold about one person.

Knows English names for facts. Refuses to know how an export words them. Money is whole fen
(fields that end in ``_fen``); codes are short English tokens that the layouts translate;
``None`` is "not stated".
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
    """A school year's fees and aid; ``group`` is the group under which the pupil is helped."""

    year: int
    tuition_fen: int
    lodging_fen: int = 0
    aid_fen: int = 0
    school: int = 0
    group: str | None = None


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
    """A disability certificate.

    Its number is the resident number, the class and the level, unless ``tail`` ends it
    differently or ``misnumbered`` says that somebody typed a digit wrong.
    """

    kind: str
    level: int
    state: str = "active"
    issued: date | None = None
    tail: str | None = None
    misnumbered: bool = False


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
    capital_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """A farm machine bought with a subsidy."""

    amount_fen: int
    kind: str = "tractor"
    year: int = 2025


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
