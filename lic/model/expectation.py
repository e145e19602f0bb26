"""What a county expects of a table (预期), as values: limits, and what happens when one fails.

Knows figures and levels; refuses to know how they are measured or said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """What a failed expectation does."""

    WARN = "警告"
    REFUSE = "拒收"  # the sheet is not used: its table counts as not delivered
    BLOCK = "阻断"  # no lists are written


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure and what happens beyond it."""

    value: Fraction
    level: Level


@dataclass(frozen=True, slots=True)
class TownDuty:
    """Towns that a table must name; ``names`` empty: every town of the county."""

    names: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Expectations:
    """Everything expected of one table. None: nothing is expected.

    ``fills``: least fill rates of columns. ``match``: the least share of the smaller side that
    the sheet and the roster have in common. ``change``: by what share the rows may differ from
    last month's; ``fill_drop``: by how much a fill rate may fall.
    """

    least_rows: Limit | None = None
    most_rows: Limit | None = None
    fills: tuple[tuple[str, Limit], ...] = ()
    match: Limit | None = None
    change: Limit | None = None
    fill_drop: Limit | None = None
    towns: TownDuty | None = None
