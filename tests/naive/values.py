"""Reading one cell: names, ID numbers, amounts, dates, words (POLICY §0; bad-input.md §6, §9)."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from tests.naive.model import Cell


class Gap(Enum):
    """Why there is no value: no such column, an empty cell, or something that cannot be taken."""

    ABSENT = "absent"
    BLANK = "blank"
    REFUSED = "refused"


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    @property
    def serial(self) -> int:
        """Months since year 0, so that months can be subtracted."""
        return self.year * 12 + self.month - 1


Value = str | Fraction | int | bool | date | Month | Gap

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_DOTS = re.compile("[.·•・‧∙⋅]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_YES = {"是", "有", "1", "√", "✓", "Y", "TRUE", "对"}
_NO = {"否", "无", "0", "×", "✗", "N", "FALSE", "没有"}


def month_of(index: int) -> Month:
    """The month with this serial number."""
    return Month(index // 12, index % 12 + 1)


def add_months(day: date, count: int) -> date:
    """POLICY §0: "Adding months keeps the day or takes the month's last"."""
    year, month = month_of(Month(day.year, day.month).serial + count)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def text_of(cell: Cell) -> str:
    """The cell as trimmed text without invisible characters."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    return _INVISIBLE.sub("", str(cell)).replace("\u00a0", " ").strip()


def fold_name(name: str) -> str:
    """POLICY §0: "after folding (NFKC, spaces, bracketed suffix, middle dots)"."""
    folded = "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).split())
    shorter = re.sub(r"\([^()]*\)$", "", folded)
    while shorter != folded:
        folded, shorter = shorter, re.sub(r"\([^()]*\)$", "", shorter)
    return _DOTS.sub("·", folded)


def incomparable(folded: str) -> bool:
    """Blank, or holding a private-use glyph: such a name "counts as fitting"."""
    return folded == "" or any(unicodedata.category(char) == "Co" for char in folded)


def names_fit(row_name: str, member_name: str) -> bool:
    """Whether the row's name fits the member's, both folded."""
    return incomparable(row_name) or incomparable(member_name) or row_name == member_name


def check_digit(first17: str) -> str:
    """GB 11643-1999 (domain.md §6.1)."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The birth date in a number of 18, or None when that is no calendar day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def read_id(cell: Cell, last_day: date) -> str | Gap:
    """A usable number in its form of 18, BLANK, or REFUSED.

    POLICY §0: "A usable number has 17 digits and a digit or X, and a real birth date … A number of 15 digits
    is taken in its form of 18, a 残疾人证号 (20, 22) or 学籍号 (G + 18) … by the ID number in it."
    """
    if isinstance(cell, int | float) and len(str(int(cell))) > 15:
        return Gap.REFUSED  # bad-input B43: the digits are lost, whatever it prints
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(cell))).upper()
    text = re.sub(r'^(=?"|\')|"$', "", text)
    if text == "":
        return Gap.BLANK
    if re.fullmatch(r"G\d{17}[\dX]", text):
        text = text[1:]
    elif re.fullmatch(r"\d{17}[\dX][1-7][1-4](B\d)?", text):
        text = text[:18]
    elif re.fullmatch(r"\d{15}", text):
        century = "18" if text[12:] in ("996", "997", "998", "999") else "19"
        first17 = text[:6] + century + text[6:]
        text = first17 + check_digit(first17)
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return Gap.REFUSED
    born = birth_date(text)
    return Gap.REFUSED if born is None or born > last_day else text


def read_money(cell: Cell) -> Fraction | Gap:
    """Yuan, rounded once to whole fen; `约500` and a dash are refused (bad-input B52, §9)."""
    text = unicodedata.normalize(
        "NFKC", text_of(cell) if isinstance(cell, str) else "" if cell is None else repr(cell)
    )
    text = text.replace(" ", "").replace("\u2212", "-")
    if text == "":
        return Gap.BLANK
    match = re.fullmatch(r"(\()?[¥]?([+-]?)[¥]?((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)(万)?元?(\))?", text)
    if match is None or isinstance(cell, bool) or bool(match[1]) != bool(match[5]):
        return Gap.REFUSED
    amount = Decimal(match[3].replace(",", "")) * (10000 if match[4] else 1)
    rounded = Fraction(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return -rounded if match[1] or match[2] == "-" else rounded


def read_count(cell: Cell) -> Fraction | Gap:
    """A whole number from 0."""
    text = unicodedata.normalize("NFKC", text_of(cell))
    if text == "":
        return Gap.BLANK
    return Fraction(int(text)) if re.fullmatch(r"\d+", text) else Gap.REFUSED


def read_bool(cell: Cell) -> bool | Gap:
    """是 or 否 and their aliases (domain.md §4.9)."""
    text = unicodedata.normalize("NFKC", text_of(cell)).upper()
    if text == "":
        return Gap.BLANK
    if text in _YES:
        return True
    return False if text in _NO else Gap.REFUSED


def read_date(cell: Cell, latest: date | None = None) -> date | Gap:
    """A day in one of the declared forms; after `latest` it is refused (bad-input B51)."""
    if isinstance(cell, datetime):
        day: date | None = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        text = unicodedata.normalize("NFKC", text_of(cell))
        if text == "":
            return Gap.BLANK
        match = re.fullmatch(r"(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?", text) or re.fullmatch(
            r"(\d{4})()(\d\d)(\d\d)", text
        )
        day = None
        if match is not None:
            try:
                day = date(int(match[1]), int(match[3]), int(match[4]))
            except ValueError:
                day = None
    if day is None or (latest is not None and day > latest):
        return Gap.REFUSED
    return day


def read_month(cell: Cell) -> Month | Gap:
    """`2026-03` `202603` `2026年3月` `2026.3` (domain.md §4)."""
    text = unicodedata.normalize("NFKC", text_of(cell))
    if text == "":
        return Gap.BLANK
    match = re.fullmatch(r"(\d{4})(?:[-/.年]?)(\d{1,2})月?", text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return Gap.REFUSED
    return Month(int(match[1]), int(match[2]))


def read_school_year(cell: Cell) -> int | Gap:
    """`2026` or `2026-2027`: the year in which it begins."""
    text = unicodedata.normalize("NFKC", text_of(cell))
    if text == "":
        return Gap.BLANK
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if match is None or (match[2] is not None and int(match[2]) != int(match[1]) + 1):
        return Gap.REFUSED
    return int(match[1])
