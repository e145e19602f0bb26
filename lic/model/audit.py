"""The audit sample as values: frame, plan, draw, and what a visit found.

Knows the words of an audit bundle (POLICY §8). Refuses to draw or to judge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

FRAME_FILE = "frame.csv"
SAMPLE_FILE = "sample.csv"
MANIFEST_FILE = "manifest.json"
FORMS_FILE = "入户核查表.xlsx"
AUDIT_ITEM = "抽查："  # before a kind of error, as an item of the table of verified values
METHOD = "sha256(seed LF household_no), hex ascending"  # POLICY §8, "Order"


class FrameKind(StrEnum):
    """What the sample is drawn from."""

    CONFIRMED = "确认"  # newly confirmed in the period
    PROPOSED = "建议"  # lic's own proposals: action 新增


class FrameOrigin(StrEnum):
    """How the frame was found."""

    LEDGER = "台账"
    PREVIOUS_RUN = "上期对照"
    PROPOSALS = "新增建议"


class Stratum(StrEnum):
    """What a frame can be divided by."""

    TOWN = "镇"
    CATEGORY = "类别"


class Part(StrEnum):
    """Why a household is in the sample."""

    HOUSEHOLDS = "户数"  # the share of households
    PERSONS = "人数"  # added until the share of persons is met
    CERTAINTY = "必查"  # on top; never counts toward the rate


class VisitResult(StrEnum):
    """What the visitor writes down, one per household."""

    AGREES = "一致"
    NOT_ELIGIBLE = "不应认定"
    WRONG_CATEGORY = "类别错误"
    WRONG_DATA = "信息错误"
    NOT_VISITED = "未能核查"


class EntryKind(StrEnum):
    """What the register of draws (抽查登记) holds."""

    FREEZE = "冻结"
    DRAW = "抽取"


ERROR_KINDS = (VisitResult.NOT_ELIGIBLE, VisitResult.WRONG_CATEGORY, VisitResult.WRONG_DATA)


@dataclass(frozen=True, slots=True, order=True)
class FrameHousehold:
    """One household of the frame; no name and no ID number. Texts are "" when not known."""

    household_no: str
    town: str
    village: str
    category: str
    persons: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The households that may be drawn, by household number.

    ``doubtful``: rows that may or may not belong to the frame (an unreadable date or result);
    they come on top as certainty cases. ``outside``: households of the frame that the run does
    not decide; they count as one person.  ``nameless``: rows of the ledger that may belong to the
    frame and name no household at all; they can only be counted.
    """

    kind: FrameKind
    origin: FrameOrigin
    households: tuple[FrameHousehold, ...]
    doubtful: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    nameless: int = 0

    @property
    def persons(self) -> int:
        """All persons of the frame."""
        return sum(item.persons for item in self.households)


@dataclass(frozen=True, slots=True)
class Certainty:
    """A household to be visited whatever the draw says, and why."""

    household_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class StratumSize:
    """One stratum: households and persons in the frame and in the random sample."""

    values: tuple[str, ...]
    households: int
    persons: int
    drawn: int
    drawn_persons: int
    base: int  # drawn for the share of households alone


@dataclass(frozen=True, slots=True)
class DrawnHousehold:
    """A household of the sample; ``rank`` from 1 in the common order of its part."""

    household: FrameHousehold
    key: str
    part: Part
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample: random households in the common order, then those on top."""

    rate: Fraction
    stratify: tuple[Stratum, ...]
    random: tuple[DrawnHousehold, ...]
    on_top: tuple[DrawnHousehold, ...]
    strata: tuple[StratumSize, ...]

    @property
    def persons(self) -> int:
        """Persons of the random part."""
        return sum(item.household.persons for item in self.random)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came back about one household; ``place`` is where it was read."""

    household_no: str
    result: VisitResult
    place: str
    category: str | None = None
    person: str | None = None
    item: str | None = None
    value: str | None = None
    day: date | None = None
    visitor: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rate among ``total`` with its confidence limits; counts are households.

    ``missing``: of the sampled, nobody saw them.  ``worst_high`` and ``rate_worst``: the upper
    limits if all of these were wrong.
    """

    found: int
    sampled: int
    missing: int
    total: int
    estimate: Fraction  # projected number
    low: int
    high: int
    worst_high: int
    rate_low: float
    rate_high: float
    rate_worst: float

    @property
    def rate(self) -> Fraction | None:
        """The projected share of the frame; strata count by their size."""
        return self.estimate / self.total if self.sampled else None


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """One kind of error over the random part."""

    kind: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Tally:
    """Visits of one town or one visitor: counts only."""

    name: str
    households: int
    visited: int
    errors: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What the pack wants printed for a visitor: columns as declared, facts as found, what to look at."""

    declared_household: tuple[str, ...] = ()
    declared_person: tuple[str, ...] = ()
    found_household: tuple[str, ...] = ()
    found_person: tuple[str, ...] = ()
    to_see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditRules:
    """What the pack says about the audit sample (抽查): its words for lic's columns.

    ``entry``: the 户册 entry whose prefix the ledger's numbers carry; ``register``: the entry of
    those on a register.  ``severities`` and ``tables``: which findings, and rows of which tables,
    make a household a certainty case.
    """

    rate: str
    ledger: str
    key: str
    number: str
    entry: str
    result: str
    confirmed: tuple[str, ...]
    day: str
    category: str
    register: str
    severities: tuple[str, ...]
    tables: tuple[str, ...]
    form: VisitForm
