"""What happened in a run, as a value that is the same on every machine.

Knows the shape of ``manifest.json``. There is no clock in it, no ID number and no absolute
path; a view (console, workbook, JSON) reads this and never counts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from lic.model.layer import Override

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """One delivered sheet: ``rows_read == accepted + rejected + blank + footer``."""

    table: str
    file: str
    sheet: str
    result: str
    rows_read: int
    accepted: int
    rejected: int
    blank: int
    footer: int
    linked: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """A required table, or one part of it, that did not come or was refused."""

    table: str
    part: str | None
    department: str
    result: str


@dataclass(frozen=True, slots=True)
class NotCompared:
    """An optional table that did not come: its clause was not asked, or its fallback was used."""

    table: str
    department: str


@dataclass(frozen=True, slots=True)
class DisabledCheck:
    """A check that was not carried out, and why."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check of the pack: its code, name and direction."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """A parameter as it stood on the as-of date; ``value`` None: not set, therefore unknown."""

    name: str
    key: str | None
    value: str | None
    unit: str | None
    since: str | None
    reference: str | None
    local: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """From rows to decisions; :meth:`problems` names the steps that do not reconcile."""

    files: int
    sheets: int
    rows_read: int
    accepted: int
    rejected: int
    blank: int
    footer: int
    linked: int
    not_linked: int
    persons: int
    households: int
    persons_by_status: Mapping[str, int]
    households_by_status: Mapping[str, int]

    def problems(self) -> tuple[str, ...]:
        """Names of the equations that do not hold; empty when the funnel reconciles."""
        checks = {
            "rows_read": self.rows_read == self.accepted + self.rejected + self.blank + self.footer,
            "linked": self.accepted == self.linked + self.not_linked,
            "persons": self.persons == sum(self.persons_by_status.values()),
            "households": self.households == sum(self.households_by_status.values()),
        }
        return tuple(sorted(name for name, holds in checks.items() if not holds))


@dataclass(frozen=True, slots=True)
class Count:
    """How many persons and households came to one category (or status) and action."""

    group: str
    action: str
    persons: int
    households: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The account of one run."""

    lic: str
    county: str
    period: str
    as_of: str
    question: str
    rules_sha256: str
    result: str
    sheets: tuple[SheetAccount, ...]
    not_delivered: tuple[NotDelivered, ...]
    not_compared: tuple[NotCompared, ...]
    checks_disabled: tuple[DisabledCheck, ...]
    checks: tuple[CheckInfo, ...]
    parameters: tuple[ParameterUsed, ...]
    categories: tuple[str, ...]
    towns: tuple[str, ...]
    funnel: Funnel
    counts: tuple[Count, ...]
    problems: Mapping[str, int]
    findings: Mapping[str, int]
    silenced: int
    corrections: int
    overrides: tuple[Override, ...] = ()
    content: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Manifest:
        """The manifest that :meth:`to_dict` wrote. Raises TypeError or KeyError for anything else."""
        values = {item.name: data[item.name] for item in fields(cls) if item.name not in _LATER}
        for name, kind in _LISTS.items():
            values[name] = tuple(kind(**item) for item in data[name])
        values |= {name: tuple(kind(**item) for item in data.get(name, ())) for name, kind in _LATER.items()}
        values["categories"] = tuple(data["categories"])
        values["towns"] = tuple(data["towns"])
        values["funnel"] = Funnel(**data["funnel"])
        return cls(**values)


_LISTS: Mapping[str, Any] = {
    "sheets": SheetAccount,
    "not_delivered": NotDelivered,
    "not_compared": NotCompared,
    "checks_disabled": DisabledCheck,
    "checks": CheckInfo,
    "parameters": ParameterUsed,
    "counts": Count,
}
_LATER: Mapping[str, Any] = {"overrides": Override}  # runs made before have none
