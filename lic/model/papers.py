"""What the pack says is printed on the county's own papers, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Where the date of a household's consent to the check stands: a table and two of its columns."""

    table: str
    day: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class EconomyRules:
    """The economic report of a household: declared columns, tables compared, facts of the result.

    ``tables`` gives the columns to print of each table, in order; none means that only the number
    of rows is said.
    """

    authorisation: Authorisation | None
    declared_household: tuple[str, ...]
    declared_person: tuple[str, ...]
    found_household: tuple[str, ...]
    found_person: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PaperRules:
    """``economy`` None: the pack has no such section. ``meeting``: household facts on the panel's list."""

    economy: EconomyRules | None = None
    meeting: tuple[str, ...] = field(default=())
