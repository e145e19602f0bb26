"""What a sheet says, before it has any format.

``rows`` is an Arrow table whose columns stand in the order of ``columns``; ``emphasis`` names
the rows that are totals; ``closing`` is what people sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

import pyarrow as pa

Values: TypeAlias = pa.Array | pa.ChunkedArray


class Kind(Enum):
    """How a column is shown. Identifiers are text, always."""

    TEXT = "text"
    WORD = "word"  # a short word, centred
    LONG = "long"  # wrapped text
    ORDINAL = "ordinal"  # a running number, centred
    INTEGER = "integer"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading and kind; ``blank`` columns are filled in by hand, from ``choices`` if any.

    ``width`` in half-width characters, where the content must not decide it.  A ``paper`` column
    joins facts for a narrow page; they stand alone in other columns, and lists for programs
    leave it out.
    """

    title: str
    kind: Kind = Kind.TEXT
    blank: bool = False
    width: float | None = None
    choices: tuple[str, ...] = ()
    paper: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One sheet: its name, the title printed above, a line of facts, notes, and the rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pa.Table
    notes: tuple[str, ...] = ()
    emphasis: frozenset[int] = field(default_factory=frozenset)
    closing: tuple[str, ...] = ()  # lines under the last row: opinion, signature, date
    printed: int | None = None  # only so many columns come on paper; the rest is for the screen


@dataclass(frozen=True, slots=True)
class ReportBook:
    """One workbook: its file name, what it is called, the line under each title, its sheets."""

    file: str
    title: str
    subtitle: str
    footer: str
    sheets: tuple[ReportTable, ...]


def report_rows(
    columns: list[tuple[Column, Values]],
) -> tuple[tuple[Column, ...], pa.Table]:
    """Columns with their values, as a table whose names are positions (headings may repeat)."""
    arrays = [values for _, values in columns]
    names = [str(index) for index in range(len(columns))]
    return tuple(column for column, _ in columns), pa.table(arrays, names=names)
