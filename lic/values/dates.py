"""Days, months and school years in the declared ways of writing them.

A serial number is a day only where it is a numeric cell. Two-digit years are refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta

from lic.values.read import Cell, ErrorCell, Read, TruthCell
from lic.values.text import clean, is_formula_error, squeeze, unwrap

_DAY = re.compile(
    r"^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))$", re.ASCII
)
# The time of day behind a date, which says nothing here. It is cut off before white space is
# removed: "2024/1/1 11:00" must not become the eleventh.
_TIME = re.compile(
    r"(?:(?<=\d)T|(?<=\d{8})(?=\d{6}$)|(?<=[日号])|\s)\s*(?:[上下]午|AM|PM)?\s*"
    r"(?:\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?|\d{6})\s*(?:AM|PM)?\s*(?:Z|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_YEARS = (1900, 2101)  # a plain number between these is a year, or a year and month, and no serial number
_PLAIN_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)  # what nearly all cells hold
_MONTH = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月?份?|(\d{2}))$", re.ASCII)
_SHORT = re.compile(r"^\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?$", re.ASCII)
_SCHOOL_YEAR = re.compile(r"^(\d{4})(?:[-/~—至](\d{4}))?(?:学?年度?)?$", re.ASCII)
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2958465
_DISGUISED = frozenset(
    {date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1)}
)
_SCHOOL_MONTH = 9


def read_date(cell: Cell, *, latest: date | None = None, dashes: frozenset[str] = frozenset()) -> Read[date]:
    """A calendar day, not after ``latest``."""
    if type(cell) is str and (plain := _PLAIN_DAY.match(cell)):
        return _within(_real(*plain.groups()), latest, None)
    early = _not_a_date(cell, dashes)
    if early is not None:
        return early
    if isinstance(cell, datetime):
        return _within(cell.date(), latest, None)
    if isinstance(cell, date):
        return _within(cell, latest, None)
    if isinstance(cell, int | float):
        return _from_number(cell, latest)
    found = _DAY.match(text := _day_text(str(cell)))
    if found is None:
        return Read(None, "S223" if _SHORT.match(text) else "S221")
    month, day = found[3] or found[5] or found[7], found[4] or found[6] or found[8]
    return _within(_real(found[1], month, day), latest, None)


def _day_text(cell: str) -> str:
    """A text without its time of day, in one piece."""
    plain = unwrap(clean(unicodedata.normalize("NFKC", cell)).upper())
    return squeeze(_TIME.sub("", plain))


def _not_a_date(cell: Cell, dashes: frozenset[str]) -> Read[date] | None:
    if cell is None or cell == "":
        return Read(None)
    if isinstance(cell, ErrorCell):
        return Read(None, "S241")
    if isinstance(cell, TruthCell) or not isinstance(cell, str | int | float | date):
        return Read(None, "S221")
    if isinstance(cell, float) and not math.isfinite(cell):
        return Read(None, "S221")
    if isinstance(cell, str):
        text = squeeze(cell)
        if not text:
            return Read(None)
        if text.upper() in dashes:
            return Read(None, "S216")
        if is_formula_error(clean(cell)):
            return Read(None, "S241")
    return None


def _real(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _within(day: date | None, latest: date | None, code: str | None) -> Read[date]:
    if day is None:
        return Read(None, "S222")
    if latest is not None and day > latest:
        return Read(None, "S224")
    return Read(day, "S225" if day in _DISGUISED else code)


def _from_number(cell: float, latest: date | None) -> Read[date]:
    if cell == int(cell) and 19000101 <= cell <= 99991231:
        text = str(int(cell))
        return _within(_real(text[:4], text[4:6], text[6:]), latest, None)
    if _FIRST_SERIAL <= cell <= _LAST_SERIAL and not _YEARS[0] <= cell < _YEARS[1]:
        return _within(_EPOCH + timedelta(days=int(cell)), latest, "S226")
    return Read(None, "S221")


def read_month(cell: Cell, *, dashes: frozenset[str] = frozenset()) -> Read[date]:
    """The first day of a month; a whole date counts as its month."""
    early = _not_a_date(cell, dashes)
    if early is not None:
        return early
    if isinstance(cell, int | float) and cell == int(cell) and 190001 <= cell <= 299912:
        cell = str(int(cell))
    if isinstance(cell, str):
        found = _MONTH.match(_day_text(cell))
        if found is not None:
            first = _real(found[1], found[2] or found[3] or found[4], "1")
            return Read(first, "S222" if first is None else None)
    read = read_date(cell)
    if read.value is None:
        return Read(None, "S227" if read.code == "S221" else read.code)
    return Read(read.value.replace(day=1), read.code)


def read_school_year(cell: Cell, *, dashes: frozenset[str] = frozenset()) -> Read[date]:
    """The first of September in which a school year begins."""
    early = _not_a_date(cell, dashes)
    if early is not None:
        return early
    text = (
        str(int(cell)) if isinstance(cell, int | float) and cell == int(cell) else unwrap(squeeze(str(cell)))
    )
    found = _SCHOOL_YEAR.match(text)
    if (
        found is None
        or not 1900 <= int(found[1]) <= 9998
        or (found[2] and int(found[2]) != int(found[1]) + 1)
    ):
        return Read(None, "S228")
    return Read(date(int(found[1]), _SCHOOL_MONTH, 1))
