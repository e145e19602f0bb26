"""Why a household came out as it did, as a value: decisions, facts, and the cells they rest on.

Knows the shape of a reason: rows in order, conditions with their truth, numbers with their ends,
parameters with their reference, cells with their place. Refuses to know any rule; every name in
it is the pack's. Facts are kept once, by :class:`Ref`; a step that uses one refers to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from lic.model.layer import Override

Scalar = Fraction | bool | str | date


class Kleene(StrEnum):
    """Three-valued truth."""

    TRUE = "成立"
    FALSE = "不成立"
    UNKNOWN = "未知"


class StepKind(StrEnum):
    """What a step is."""

    FACT = "事实"
    PARAMETER = "参数"
    CELL = "单元格"
    LITERAL = "常数"
    COMPARISON = "比较"
    LOGIC = "逻辑"
    FORMULA = "算式"
    AGGREGATE = "汇总"
    MEMBER = "成员"
    ROW = "行"
    DECISION = "认定行"


class Ref(NamedTuple):
    """A fact of the household (``member`` None) or of one of its members."""

    name: str
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a value: ``exact``, or somewhere from ``low`` to ``high`` (None: open)."""

    shown: str
    unit: str | None = None
    exact: Scalar | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    truth: Kleene | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Left minus right of a comparison of numbers, exactly; ``shown`` says it in words."""

    low: Fraction | None
    high: Fraction | None
    unit: str | None
    shown: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A visit's value in place of the declared one: where it stands, and what was declared."""

    file: str | None
    sheet: str | None
    row: int | None
    declared: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One cell of a delivered sheet, as it was used.

    ``raw``: the text as delivered, where it was repaired or refused. ``why``: why it is unknown
    or may not be used. ``fixed``: the value does not come from a cell but from the roster's rules.
    ``heading``: what the sheet calls the column, where that is another name.
    ``assumed``: the sheet has no such column, and this is what the source says its absence means.
    """

    table: str
    department: str
    column: str
    file: str | None
    sheet: str | None
    row: int | None
    value: Scalar | None
    shown: str
    raw: str | None = None
    why: str | None = None
    fixed: bool = False
    assumed: bool = False
    heading: str | None = None
    verified: Verified | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class ParameterUse:
    """A parameter as it stood on the as-of date; ``key`` of a parameter with several values."""

    name: str
    key: str | None
    value: Known
    since: date | None
    reference: str | None
    layer: str


@dataclass(frozen=True, slots=True)
class Step:
    """Part of an expression with its value; ``counts``: whether an item of an aggregate counts."""

    kind: StepKind
    sentence: str
    value: Known
    ref: Ref | None = None
    parameter: ParameterUse | None = None
    source: Source | None = None
    gap: Gap | None = None
    counts: Kleene | None = None
    member: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact of the household or a member, with what it was made of.

    ``place``: file:line of the rule. ``given``: fixed by a test case, not computed.
    ``doubts``: rows of its table that may concern him and could not be used.
    """

    ref: Ref
    value: Known
    sentence: str
    place: str | None = None
    reference: str | None = None
    note: str | None = None
    table: str | None = None
    delivered: bool | None = None
    given: bool = False
    steps: tuple[Step, ...] = ()
    sources: tuple[Source, ...] = ()
    doubts: tuple[Source, ...] = ()
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One asked cell of a decision row: a condition, what is wanted, and whether that holds."""

    sentence: str
    wanted: bool
    truth: Kleene
    step: Step


@dataclass(frozen=True, slots=True)
class Ground:
    """One condition at the bottom of a row: a comparison, or a plain yes or no.

    ``name``: the condition of the pack that it belongs to; ``left`` and ``right`` with ``gap``
    where numbers are compared.
    """

    sentence: str
    truth: Kleene
    name: str | None = None
    member: int | None = None
    reference: str | None = None
    left_name: str | None = None
    left: Known | None = None
    right_name: str | None = None
    right: Known | None = None
    gap: Gap | None = None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a decision table; ``decides``: the one that the status rests on.

    ``afterwards``: it is looked at only when no row before and no member decides (其后).
    ``grounds``: what it comes down to; ``because``: those that make it false or leave it open.
    """

    number: int
    category: str | None
    basis: str | None
    truth: Kleene
    decides: bool
    afterwards: bool
    cells: tuple[Cell, ...]
    grounds: tuple[Ground, ...]
    because: tuple[Ground, ...]
    waits_for: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a decision table came to for one household or member."""

    table: str
    status: str
    category: str | None
    basis: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown input that a decision waits for, who has it, whom it is about, what it blocks.

    Exactly one of ``table`` and ``parameter`` is given; ``column`` None: the whole table.
    """

    name: str
    table: str | None
    column: str | None
    parameter: str | None
    department: str | None
    delivered: bool
    members: tuple[int, ...]
    blocks: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household."""

    number: int
    id_number: str | None
    name: str
    relation: str | None
    counted: Kleene | None
    verdict: Verdict
    tags: tuple[str, ...]
    registered_category: str | None
    action: str
    table: str
    file: str | None
    sheet: str | None
    row: int | None


@dataclass(frozen=True, slots=True)
class HouseholdExplanation:
    """Everything about one household and its members."""

    household_no: str
    as_of: date
    roster: str | None
    part: str | None
    head_id: str | None
    head_name: str | None
    town: str | None
    village: str | None
    verdict: Verdict
    tags: tuple[str, ...]
    registered_category: str | None
    action: str
    members: tuple[Member, ...]
    facts: Mapping[Ref, Fact]
    missing: tuple[Missing, ...] = ()
    findings: tuple[Mapping[str, object], ...] = field(default=())
    overrides: tuple[Override, ...] = ()

    def fact(self, name: str, member: int | None = None) -> Fact | None:
        """A fact that took part, or None."""
        return self.facts.get(Ref(name, member))

    def inputs(self) -> Iterator[Source]:
        """Every cell that took part, once, in the order in which it was met."""
        seen: set[Source] = set()
        for fact in self.facts.values():
            for source in (*fact.sources, *sources_of(fact.steps), *fact.doubts):
                if source not in seen:
                    seen.add(source)
                    yield source

    def overridden(self, overrides: Iterable[Override], checks: Mapping[str, str]) -> tuple[Override, ...]:
        """Those of ``overrides`` that this decision and its findings rest on; ``checks``: names by code."""
        tables = {source.table for source in self.inputs()}
        names = {ref.name for ref in self.facts} | {use.name for use in self.parameters()} | tables
        names |= {self.verdict.table, *(member.verdict.table for member in self.members)}
        names |= {checks.get(str(item.get("code")), "") for item in self.findings}
        return tuple(item for item in overrides if item.name in names)

    def parameters(self) -> tuple[ParameterUse, ...]:
        """Every parameter that took part, by name and key."""
        found = {use for fact in self.facts.values() for use in parameters_of(fact.steps)}
        return tuple(sorted(found, key=lambda use: (use.name, use.key or "")))


def sources_of(steps: tuple[Step, ...]) -> Iterator[Source]:
    """The cells below some steps, in order."""
    for step in steps:
        if step.source is not None:
            yield step.source
        yield from sources_of(step.steps)


def parameters_of(steps: tuple[Step, ...]) -> Iterator[ParameterUse]:
    """The parameters below some steps, in order."""
    for step in steps:
        if step.parameter is not None:
            yield step.parameter
        yield from parameters_of(step.steps)
