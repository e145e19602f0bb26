"""What a county is before anybody has judged it, and what is said about it afterwards."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.naive.interval import Interval, Truth

Cell = str | int | float | bool | date | None

REGISTERS = ("农村低保", "城市低保", "低保边缘", "刚性支出", "特困")
DESTITUTE, ALLOWANCE, MARGIN, BURDEN, OTHER = (
    "特困人员",
    "最低生活保障对象",
    "最低生活保障边缘家庭成员",
    "刚性支出困难家庭成员",
    "其他困难人员",
)
CATEGORIES = (DESTITUTE, ALLOWANCE, MARGIN, BURDEN, OTHER)
REGISTER_CATEGORY = {
    "农村低保": ALLOWANCE,
    "城市低保": ALLOWANCE,
    "低保边缘": MARGIN,
    "刚性支出": BURDEN,
    "特困": DESTITUTE,
}


@dataclass
class Sheet:
    """One worksheet as a department sent it; `part` names the register of the two 救助 tables."""

    file_name: str
    sheet_name: str
    table: str
    part: str
    headings: list[str]
    rows: list[list[Cell]]


@dataclass
class County:
    """A workspace in memory: `settings` has the shape of lic.yaml, `folders` one entry per month folder."""

    period: str
    as_of: date
    settings: dict[str, Any]
    folders: dict[str, list[Sheet]]

    @property
    def last_day(self) -> date:
        """The last day of the period's month."""
        year, month = (int(part) for part in self.period.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])


@dataclass
class PersonResult:
    """One person as POLICY §5 leaves him."""

    household_no: str | None
    id_number: str | None
    name: str
    counted: Truth
    category: str | None = None
    basis: str | None = None
    tags: list[str] = field(default_factory=list)
    status: str = "不符合"
    possible: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    registered_category: str | None = None
    action: str = "无"
    facts: dict[str, Interval] = field(default_factory=dict)


@dataclass
class HouseholdResult:
    """One household; `household_no` is None where lic is free to choose the number."""

    household_no: str | None
    members: list[PersonResult]
    counted_members: int | None
    category: str | None = None
    status: str = "不符合"
    possible: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    registered_category: str | None = None
    action: str = "无"
    facts: dict[str, Interval] = field(default_factory=dict)


@dataclass
class Result:
    """Everything the county's run should say."""

    households: list[HouseholdResult]

    @property
    def persons(self) -> list[PersonResult]:
        """All members of all households."""
        return [person for household in self.households for person in household.members]
