"""What a month's delivery looked like in figures, so that the next month can be held against it.

Counts only: rows, filled cells, rows by town, hashes of files. Refuses to hold anything about
a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pyarrow as pa

# Where each data problem of a run was seen, beside what ``findings`` says of it.
PLACE_SCHEMA = pa.schema(
    [
        ("code", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("cell", pa.string()),
        ("count", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Fill:
    """How many of a column's cells hold a value that could be read."""

    column: str
    filled: int
    total: int

    @property
    def rate(self) -> Fraction:
        """The share; of no cells at all it is 1, for nothing is missing."""
        return Fraction(self.filled, self.total) if self.total else Fraction(1)


@dataclass(frozen=True, slots=True)
class TableProfile:
    """One table, or one part (分册) of it, over all its sheets."""

    table: str
    part: str | None
    rows: int
    fills: tuple[Fill, ...] = ()
    towns: Mapping[str, int] = field(default_factory=dict)

    def fill(self, column: str) -> Fill | None:
        """The fill of one column, if the table has it."""
        return next((item for item in self.fills if item.column == column), None)


@dataclass(frozen=True, slots=True)
class MonthProfile:
    """A month: its tables by name and part, and its files by content."""

    period: str
    tables: tuple[TableProfile, ...]
    files: Mapping[str, str] = field(default_factory=dict)  # SHA-256 -> file

    def find(self, table: str, part: str | None) -> TableProfile | None:
        """One table of the month."""
        return next((item for item in self.tables if (item.table, item.part) == (table, part)), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "period": self.period,
            "files": dict(sorted(self.files.items())),
            "tables": [
                {
                    "table": item.table,
                    "part": item.part,
                    "rows": item.rows,
                    "fills": [[fill.column, fill.filled, fill.total] for fill in item.fills],
                    "towns": dict(sorted(item.towns.items())),
                }
                for item in self.tables
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MonthProfile:
        """What :meth:`to_dict` wrote. Raises TypeError, KeyError or ValueError for anything else."""
        tables = tuple(
            TableProfile(
                item["table"],
                item["part"],
                item["rows"],
                tuple(Fill(*fill) for fill in item["fills"]),
                item["towns"],
            )
            for item in data["tables"]
        )
        return cls(data["period"], tables, data["files"])


@dataclass(frozen=True, slots=True)
class QualityDetail:
    """What the quality workbook says beyond the canonical tables; ``places`` has PLACE_SCHEMA."""

    profile: MonthProfile
    places: pa.Table
