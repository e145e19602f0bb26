"""What a pack says, as read and not yet understood: one frozen value per declaration.

Knows shapes and places (for messages); expressions are still text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lic.declare import Map, Node, Scalar
from lic.model.adjustment import AdjustmentRules
from lic.model.audit import AuditRules
from lic.model.calendar import Calendar, NoticeRule
from lic.model.finding import Direction, Severity
from lic.model.papers import PaperRules
from lic.model.roster import Roster
from lic.policy import keys
from lic.policy.terms import WHOLE, Level, View


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as text with its place."""

    text: str
    place: Node

    def fail(self, at: int, code: str, *, suggestion: str | None = None, **params: object) -> None:
        """Log a problem at an offset of the expression."""
        place = self.place.at(at) if isinstance(self.place, Scalar) else self.place
        place.fail(code, suggestion=suggestion, **params)


@dataclass(frozen=True, slots=True)
class Declared:
    """Common to all named things."""

    name: str
    level: Level
    place: Node
    reference: str | None = None
    note: str | None = None
    body: Map | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class OwnColumn(Declared):
    """A field from the roster's own row."""

    column: str = ""
    column_place: Node | None = None
    without_column: Scalar | None = None


@dataclass(frozen=True, slots=True)
class SourceField(Declared):
    """A field from the rows of a table."""

    table: str = ""
    table_place: Node | None = None
    take: Formula | None = None
    member: Formula | None = None
    doubtful: str = ""
    zero_column: str | None = None
    not_delivered: Scalar | None = None
    view: View = WHOLE


@dataclass(frozen=True, slots=True)
class Derived(Declared):
    """推算: a formula."""

    formula: Formula | None = None
    unit: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Condition(Declared):
    """条件: one formula, or several joined by 且 (``both``) or 或."""

    formulas: tuple[Formula, ...] = ()
    both: bool = True


@dataclass(frozen=True, slots=True)
class TagList(Declared):
    """列表: words with the formula under which each stands."""

    items: tuple[tuple[str, Formula], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of a 认定 table: cells per column, or one formula."""

    place: Node
    category: str
    basis: str | None
    cells: tuple[str, ...]
    formula: Formula | None
    reason: Formula | None

    @property
    def when(self) -> Node:
        """Where its cells or its formula are written."""
        place = self.place
        return place.entries.get(keys.WHEN, place) if isinstance(place, Map) else place


@dataclass(frozen=True, slots=True)
class DecisionTable(Declared):
    """认定: rows in order; ``members`` completes a household from its members' table."""

    columns: tuple[Formula, ...] = ()
    rows: tuple[DecisionRow, ...] = ()
    members: Scalar | None = None
    afterwards: tuple[DecisionRow, ...] = ()
    otherwise: tuple[DecisionRow, ...] = ()


Fact = OwnColumn | SourceField | Derived | Condition | TagList | DecisionTable


@dataclass(frozen=True, slots=True)
class Check:
    """核对: a discrepancy rule."""

    name: str
    code: str
    place: Node
    level: Level
    direction: Direction
    severity: Severity
    message: Formula
    condition: Formula | None = None
    event: str | None = None
    table: Scalar | None = None
    declared: Formula | None = None
    found: Formula | None = None
    evidence: Scalar | None = None
    column: str | None = None
    needs: tuple[str, ...] = ()
    needs_place: Node | None = None
    reference: str | None = None
    suggestion: str | None = None
    same_item: Scalar | None = None
    body: Map | None = None

    def at(self, key: str) -> Node:
        """Where ``key`` of the check is written."""
        return self.place if self.body is None else self.body.entries.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Disabled:
    """A check that is listed as not in use, with the reason."""

    code: str
    name: str
    reason: str
    place: Node


@dataclass(frozen=True, slots=True)
class Output:
    """结果 of one level: which facts become which columns."""

    decision: Scalar
    registered: Scalar
    counted: Scalar | None
    tags: Scalar | None
    columns: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """名册列: a ratio that the recognition list shows; of each person where ``categories`` are given."""

    name: str
    numerator: str
    denominator: str
    note: str | None
    categories: tuple[str, ...] = ()


@dataclass(slots=True)
class Declarations:
    """Everything that a pack declares; filled while its files are read."""

    facts: dict[str, Fact] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    disabled: list[Disabled] = field(default_factory=list)
    sections: dict[str, Map] = field(default_factory=dict)  # sections that stand once
    window: Formula | None = None
    counts_as_absent: Formula | None = None
    outputs: dict[Level, Output] = field(default_factory=dict)
    roster: Roster | None = None
    roster_conditions: dict[str, Formula] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    birth_column: str | None = None
    roster_columns: tuple[RosterColumn, ...] = ()
    calendar: Calendar = field(default_factory=lambda: Calendar({}))
    notice: NoticeRule | None = None
    papers: PaperRules = field(default_factory=PaperRules)
    cases: list[Map] = field(default_factory=list)
    bases: dict[str, Map] = field(default_factory=dict)
    case_parameters: Map | None = None
    audit: AuditRules | None = None
    codes: set[str] = field(default_factory=set)  # of all checks, those that could not be read too
    broken: set[str] = field(default_factory=set)  # names about which nothing can be concluded
    adjustment: AdjustmentRules | None = None
