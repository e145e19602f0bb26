"""Something that a person must look at: data, never an exception.

Data problems (S, L codes; worded by :mod:`lic.messages`) and the pack's checks (K codes,
worded by the pack) have one type and one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Data problems: 错误 警告 提示. The pack's checks: 高 中 低 线索. Worst first."""

    ERROR = "错误"
    HIGH = "高"
    WARNING = "警告"
    MEDIUM = "中"
    LOW = "低"
    CLUE = "线索"
    NOTE = "提示"


class Direction(StrEnum):
    """Which way a finding points (POLICY §7)."""

    SHOULD_LEAVE = "应退未退"
    SHOULD_ENTER = "应保未保"
    INCONSISTENT = "信息不一致"
    DATA = "数据问题"


class Scope(StrEnum):
    """What a finding is about."""

    FILE = "文件"
    SHEET = "工作表"
    ROW = "行"
    CELL = "单元格"
    PERSON = "个人"
    HOUSEHOLD = "家庭"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: may be partial, never invented. ``row`` as Excel shows it, ``column`` a heading."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None  # the address as Excel shows it: C18
    source: str | None = None  # the table


@dataclass(frozen=True, slots=True)
class Finding:
    """One data problem.

    ``count`` > 1 when equal problems of several rows were folded; ``last_row`` is then the last
    of them and ``spans`` are all of them, as first and last rows.  ``household_no``, ``id_number``
    and ``name`` say whom it concerns, where that is known.
    """

    code: str
    severity: Severity
    scope: Scope
    place: Place = Place()
    params: Mapping[str, object] = field(default_factory=dict)
    count: int = 1
    last_row: int | None = None
    household_no: str | None = None
    id_number: str | None = None
    name: str | None = None
    expected: str | None = None
    actual: str | None = None
    spans: tuple[tuple[int, int], ...] = ()

    def rows(self) -> Iterator[int]:
        """Every row that the problem is about."""
        spans = self.spans or (() if self.place.row is None else ((self.place.row, self.place.row),))
        for first, last in spans:
            yield from range(first, last + 1)


def spans_of(rows: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Rows as first and last of each unbroken stretch."""
    spans: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return tuple(spans)
