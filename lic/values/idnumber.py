"""Resident ID numbers (GB 11643-1999) and the other numbers that stand in their columns.

A usable number has 17 digits and a digit or X, and a birth date that is a real day and not
after the period. A wrong check digit does not make it unusable; whoever needs that asks
:func:`check_digits_fit`. Area codes are never looked at.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.values.read import Cell, ErrorCell, Read, TruthCell
from lic.values.text import clean, is_formula_error, squeeze, unwrap

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CHECK_LETTERS = np.frombuffer(_CHECKS.encode(), dtype=np.uint8)
_LENGTH = 18
_NUMBER = re.compile(r"^\d{17}[\dX]$", re.ASCII)
_OLD = re.compile(r"^\d{15}$", re.ASCII)
_PUPIL = re.compile(r"^G(\d{17}[\dX])$", re.ASCII)
_SCHOOL = re.compile(r"^[JL]\d{17}[\dX]$", re.ASCII)
_CERTIFICATE = re.compile(r"^(\d{17}[\dX])[1-7][1-4](?:B\d)?$", re.ASCII)
# What a number with lost digits looks like once it became text.
_SCIENTIFIC = re.compile(r"^(?:\d(?:\.\d+)?E\+?1\d|\d{15,18}\.0+)$", re.ASCII)
# Letters and signs that look like the check digit X.
_LIKE_X = str.maketrans(dict.fromkeys("\u03a7\u0425\u2573\u2715\u2716\u2717\u2a09✗×", "X"))
_LOOKS_LIKE_X = re.compile(r"^(?:G?\d{17})[^\dX]", re.ASCII)
TOO_SHORT = r"^[ -~]{0,14}$"  # never a number: even the old form has 15 characters
_CENTENARIAN = ("996", "997", "998", "999")
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def check_digit(first17: str) -> str:
    """The 18th character for the first 17 digits."""
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % len(_CHECKS)]


def check_digits_fit(numbers: pa.Array) -> np.ndarray:
    """Where a usable number ends in its check digit; false for a null."""
    known = numbers.is_valid()
    kept = numbers.filter(known)
    result = np.zeros(len(numbers), dtype=bool)
    if len(kept):
        start = kept.offset * _LENGTH
        letters = np.frombuffer(kept.buffers()[2], dtype=np.uint8)[start : start + _LENGTH * len(kept)]
        letters = letters.reshape(-1, _LENGTH)
        remainder = (letters[:, :-1].astype(np.int64) - ord("0")) @ np.array(_WEIGHTS) % len(_CHECKS)
        result[known.to_numpy(zero_copy_only=False)] = _CHECK_LETTERS[remainder] == letters[:, -1]
    return result


def birth_date(number: str) -> date | None:
    """The birth date in a number of 18, or None when that is no calendar day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age_on(number: str, day: date) -> int | None:
    """Full years on ``day`` by the birth date in a usable number; None when it has none."""
    born = birth_date(number) if _NUMBER.match(number) else None
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def read_id(cell: Cell, last_day: date, placeholders: frozenset[str] = frozenset()) -> Read[str]:
    """The number in its form of 18, exactly and for any cell."""
    if cell is None or cell == "":
        return Read(None)
    if isinstance(cell, ErrorCell) or (isinstance(cell, str) and is_formula_error(clean(cell))):
        return Read(None, "S241")
    if not isinstance(cell, str):
        # whatever a number prints, the digits that make it somebody's may be lost
        return Read(None, "S201" if cell == 0 else "S202" if isinstance(cell, TruthCell) else "S203")
    text = unwrap(squeeze(cell).upper())
    if not text:
        return Read(None)
    if text in placeholders or len(set(text)) == 1:
        return Read(None, "S201")
    alike = _LOOKS_LIKE_X.match(text) is not None
    number, code = _as_eighteen(text.translate(_LIKE_X) if alike else text)
    if alike and number is not None:
        code = "S210"
    if number is None:
        return Read(None, code)
    born = birth_date(number)
    if born is None:
        return Read(None, "S204")
    if born > last_day:
        return Read(None, "S205")
    return Read(number, code or (None if number == cell else "S209"))


def _as_eighteen(text: str) -> tuple[str | None, str | None]:
    if _NUMBER.match(text):
        return text, None
    if _OLD.match(text):
        first17 = text[:6] + ("18" if text[12:] in _CENTENARIAN else "19") + text[6:]
        return first17 + check_digit(first17), "S207"
    if found := _PUPIL.match(text) or _CERTIFICATE.match(text):
        return found[1], "S208"
    if _SCHOOL.match(text):
        return None, "S206"
    return None, "S203" if _SCIENTIFIC.match(text) else "S202"


def plain_ids(texts: pa.Array, last_day: date) -> np.ndarray:
    """Which texts are usable numbers exactly as they stand; the rest need :func:`read_id`."""
    result = np.zeros(len(texts), dtype=bool)
    found = pc.match_substring_regex(texts, r"^\d{17}[\dX]$").fill_null(False)
    shaped = found.to_numpy(zero_copy_only=False)
    kept = texts.filter(pa.array(shaped))
    if not len(kept):
        return result
    start = kept.offset * 18
    letters = np.frombuffer(kept.buffers()[2], dtype=np.uint8)[start : start + 18 * len(kept)]
    digits = letters.reshape(-1, 18)[:, 6:14].astype(np.int64) - 48
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 4:6] @ np.array([10, 1]), digits[:, 6:] @ np.array([10, 1])
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = _MONTH_DAYS[np.where(month <= 12, month, 0)] + leap
    limit = last_day.year * 10000 + last_day.month * 100 + last_day.day
    real = (year > 0) & (day >= 1) & (day <= length) & (year * 10000 + month * 100 + day <= limit)
    uniform = np.array([len(set(text)) == 1 for text in kept.filter(pa.array(year == 1111)).to_pylist()])
    real[np.flatnonzero(year == 1111)] &= ~uniform if len(uniform) else True
    result[shaped] = real
    return result
