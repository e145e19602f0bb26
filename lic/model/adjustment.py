"""What differs between two runs, as plain values: changes, their causes, and the ledger.

Knows the kinds of change that an office acts on and how they are counted. Refuses to know any
category or table; those are texts of the pack. Fields that are not compared describe an entity
but make no change of their own (a reason names amounts that differ every month).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What happened to a household or person, in the order of the lists."""

    ENTER = "新增"
    RETURN = "重新纳入"
    LEAVE = "退出"
    CATEGORY = "类别变更"
    DOUBT = "转为待核实"
    SETTLED = "待核实已明确"
    TAGS = "标识变更"
    MEMBERS = "成员增减"
    HEAD = "户主变更"
    PLACE = "镇村变更"
    NUMBER = "身份证更正"
    MERGE = "合户"
    SPLIT = "分户"
    RENUMBERED = "户编号变更"
    OTHER = "其他信息变更"
    APPEAR = "进入核对范围"
    VANISH = "离开核对范围"
    MISSING = "缺报未能比较"


MIRROR: Mapping[Kind, Kind] = {
    Kind.ENTER: Kind.LEAVE,
    Kind.RETURN: Kind.LEAVE,
    Kind.LEAVE: Kind.ENTER,
    Kind.DOUBT: Kind.SETTLED,
    Kind.SETTLED: Kind.DOUBT,
    Kind.MERGE: Kind.SPLIT,
    Kind.SPLIT: Kind.MERGE,
    Kind.APPEAR: Kind.VANISH,
    Kind.VANISH: Kind.APPEAR,
}
"""The kind of the same change seen from the other run; a kind that is not here is its own mirror."""


class Whose(StrEnum):
    """Whom a change is about."""

    HOUSEHOLD = "户"
    PERSON = "人"


class CauseKind(StrEnum):
    """Why a decision differs."""

    MISSING = "部门缺报"
    INPUT = "数据变化"
    PARAMETER = "参数调整"
    RULES = "规则改变"
    DATE = "基准日推移"
    LISTED = "名册变动"
    VERSION = "程序版本不同"
    UNKNOWN = "未能归因"


@dataclass(frozen=True, slots=True)
class PersonState:
    """One person as a run shows him."""

    household_no: str
    id_number: str | None
    name: str | None
    relation: str | None
    town: str | None
    village: str | None
    counted: bool | None
    category: str | None
    basis: str | None
    tags: tuple[str, ...]
    status: str
    registered: str | None = field(default=None, compare=False)
    action: str | None = field(default=None, compare=False)
    reason: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HouseholdState:
    """One household as a run shows it."""

    household_no: str
    head_id: str | None
    head_name: str | None
    town: str | None
    village: str | None
    members: int
    counted_members: int | None
    category: str | None
    tags: tuple[str, ...]
    status: str
    registered: str | None = field(default=None, compare=False)
    action: str | None = field(default=None, compare=False)
    reason: str | None = field(default=None, compare=False)


State = PersonState | HouseholdState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Households and persons of one run, as far as they are compared; sorted."""

    households: tuple[HouseholdState, ...]
    persons: tuple[PersonState, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One value behind a cause: what it was and is, and where it stands."""

    what: str
    whom: str | None = None
    old: str | None = None
    new: str | None = None
    place: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a change came about. ``source``: the table, parameter or rule; ``alone``: without it
    the decision would have stayed (else it took several together)."""

    kind: CauseKind
    source: str
    department: str | None = None
    details: tuple[Detail, ...] = ()
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one household or person; an entity may have several.

    ``proposed``: not certain, somebody must look. ``apart``: a missing delivery alone is behind
    it, so that nothing may be done about it. ``since``: of somebody who comes back, when he had
    left (a day or a month). ``related``: the other households that take part. ``fields``: what
    differs besides everything that other kinds say.
    ``effective``: first suggested month of payment or of stopping; ``until``: last month of a
    payment that fades out.
    """

    kind: Kind
    whose: Whose
    old: State | None
    new: State | None
    text: str = ""
    causes: tuple[Cause, ...] = ()
    proposed: bool = False
    apart: bool = False
    since: str | None = None
    related: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    effective: str | None = None
    until: str | None = None

    @property
    def state(self) -> State:
        """The newer of its two states."""
        state = self.new if self.new is not None else self.old
        if state is None:
            raise ValueError(self.kind)
        return state


class Column(StrEnum):
    """A column of the ledger: how an entity left a cell or came into it."""

    LEAVE = "退出"
    ENTER = "新增"
    RETURN = "重新纳入"
    CATEGORY = "转类"
    PLACE = "镇间迁移"
    HOUSEHOLDS = "合分户"
    DOUBT = "待核实"
    NUMBER = "号码更正"
    MISSING = "缺报"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One town and category: what there was, what moved in (+) and out (－), what there is."""

    whose: Whose
    town: str | None
    group: str
    before: int
    came: Mapping[Column, int]
    went: Mapping[Column, int]
    after: int

    @property
    def difference(self) -> int:
        """What the movements leave unexplained; 0 when the row reconciles."""
        return self.before - sum(self.went.values()) + sum(self.came.values()) - self.after


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs, as the head of the output names it."""

    name: str
    county: str
    period: str
    as_of: str
    lic: str
    question: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The comparison of two runs."""

    old: Side
    new: Side
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    ledger: tuple[LedgerRow, ...]

    @property
    def differs(self) -> bool:
        """Whether there is any change."""
        return bool(self.changes)

    @property
    def unreconciled(self) -> tuple[LedgerRow, ...]:
        """Rows of the ledger that do not come out."""
        return tuple(row for row in self.ledger if row.difference)


@dataclass(frozen=True, slots=True)
class AdjustmentRules:
    """What the pack says about monthly adjustments: the list of exits and the day in it, the
    parameter with the months for which a payment fades out, and the categories that it is for."""

    table: str
    day: str
    fading: str | None = None
    categories: tuple[str, ...] = ()
