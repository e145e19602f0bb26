"""What another system wants to be told about a person: the template of its entry sheet, as a value.

Knows columns, their order, code mappings and what must be filled. Refuses to know any system:
the templates are the pack's (``exports/``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KIND = "平台录入表"
TAG = "标识:"  # before the name of a tag: whether the person has it
YES, NO = "是", "否"


class Item(StrEnum):
    """What a template may ask of the canonical result; any other name is a fact of the pack."""

    NAME = "姓名"
    ID_NUMBER = "身份证号"
    RELATION = "与户主关系"
    TOWN = "镇"
    VILLAGE = "村"
    CATEGORY = "类别"
    BASIS = "认定依据"
    REGISTERED = "在册类别"
    HOUSEHOLD_NO = "户编号"
    HEAD_NAME = "户主姓名"
    HEAD_ID = "户主身份证号"
    MEMBERS = "家庭人口"
    COUNTED_MEMBERS = "共同生活人口"
    PERIOD = "期"
    AS_OF = "基准日"
    COUNTY = "县"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column of the sheet.

    ``item``: an :class:`Item`, a tag after ``标识:``, a fact, or None where lic knows nothing.
    ``codes``: how the system writes our words. ``needed``: it refuses a row without it.
    ``compared``: the column of its own list that must say the same; ``blank``: what a blank there
    means; ``table``: without this table lic cannot say, so the column stays empty.
    """

    title: str
    item: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False
    compared: str | None = None
    blank: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class ExportTemplate:
    """One system's sheet.

    ``table``: the source that holds the system's own list; ``entered``: the words that make a row
    of it count as entered, any of a column's, all columns. ``categories`` and ``tags``: who belongs
    there (any of the tags). ``removes``: whether who does not belong is taken out by us.
    """

    name: str
    file: str
    table: str
    columns: tuple[ExportColumn, ...]
    entered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    removes: bool = True
    place: str = ""  # the declaration's file, for messages

    @property
    def compared(self) -> tuple[ExportColumn, ...]:
        """The columns that the system's own list must agree with."""
        return tuple(column for column in self.columns if column.compared is not None)
