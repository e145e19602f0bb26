"""Amounts as whole fen, exactly: numbers are taken by their shortest decimal text.

A strict parser: thousands separators, a currency sign, 元 and 万 are taken; ``约500`` is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from lic.values.read import Cell, ErrorCell, Read, TruthCell
from lic.values.text import clean, is_formula_error, squeeze, unwrap

LIMIT_FEN = 10**10
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_SIGN = r"(?:¥|\$|人民币|RMB|CNY)?"
_AMOUNT = re.compile(
    rf"^(?P<open>\()?{_SIGN}(?P<sign>[+-]?){_SIGN}"
    r"(?P<digits>\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d*)?)(?:E(?P<power>[+-]?\d{1,2}))?"
    r"(?P<wan>万)?(?P<yuan>元|圆|¥|RMB|CNY)?(?:整)?(?P<per>/[月年]|每[月年])?(?P<close>\))?$",
    re.ASCII,
)
# Blanks inside a number separate thousands or nothing: "300 500" may be two amounts.
_TORN = re.compile(r"\d\s+\d")
_GROUPED = re.compile(r"^\D*\d{1,3}(?:\s\d{3})+(?!\d)(?!.*\d\s+\d)", re.ASCII)


def read_money(
    cell: Cell,
    *,
    factor: int = 1,
    unit: str | None = None,
    dashes: frozenset[str] = frozenset(),
    epoch: date = EPOCH_1900,
) -> Read[int]:
    """Fen; ``factor`` is 10000 for a heading in 万元, ``unit`` the column's declared unit.

    ``epoch`` is the day 0 of the workbook's calendar: an amount in a cell that is formatted as
    a date comes as the day, and is counted back.
    """
    if cell is None or cell == "":
        return Read(None)
    if isinstance(cell, ErrorCell):
        return Read(None, "S241")
    if isinstance(cell, TruthCell | bool):
        return Read(None, "S211")
    if isinstance(cell, int | float):
        return _fen(Decimal(repr(cell)) * factor, None) if cell == cell else Read(None, "S211")
    if isinstance(cell, date | time | timedelta):
        return _fen(_counted_back(cell, epoch) * factor, "S217")
    if not isinstance(cell, str):
        return Read(None, "S211")
    return _from_text(cell, factor, unit, dashes)


def _counted_back(cell: date | time | timedelta, epoch: date) -> Decimal:
    """The number behind a cell that is formatted as a date or a time."""
    if isinstance(cell, timedelta):
        span = cell
    elif isinstance(cell, time):
        span = datetime.combine(date.min, cell) - datetime.combine(date.min, time())
    else:
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        span = moment - datetime.combine(epoch, time())
        # Excel counts a 29 February 1900 that never was.
        if epoch == EPOCH_1900 and moment.date() < date(1900, 3, 1):
            span -= timedelta(days=1)
    # the reader rounds a time of day to milliseconds: what is told is good to a hundredth of a fen
    return (Decimal(span // timedelta(milliseconds=1)) / 86_400_000).quantize(Decimal("0.0001"))


def _from_text(cell: str, factor: int, unit: str | None, dashes: frozenset[str]) -> Read[int]:
    spaced = clean(unicodedata.normalize("NFKC", cell))
    torn = _TORN.search(spaced) is not None
    if torn and not _GROUPED.match(spaced):
        return Read(None, "S211")
    text = unwrap(squeeze(cell).translate(_MINUS).upper())
    if not text:
        return Read(None)
    if text in dashes:
        return Read(None, "S216")
    if is_formula_error(clean(cell)):
        return Read(None, "S241")
    found = _AMOUNT.match(text)
    if found is None or bool(found["open"]) != bool(found["close"]) or not _unit_fits(found["per"], unit):
        return Read(None, "S211")
    amount = Decimal(found["digits"].replace(",", "")) * factor
    if found["power"]:
        amount = amount.scaleb(int(found["power"]))
    if found["wan"]:
        if factor != 1:
            return Read(None, "S211")
        amount *= 10000
    if found["sign"] == "-" or found["open"]:
        amount = -amount
    plain = (
        text == cell
        and not found["per"]
        and not (found["wan"] or found["yuan"] or found["open"] or "," in text)
    )
    return _fen(amount, "S214" if found["wan"] else "S218" if torn else None if plain else "S209")


def _unit_fits(per: str | None, unit: str | None) -> bool:
    """A period written behind the amount must be the declared one."""
    return per is None or (unit is not None and unit.endswith(f"/{per[-1]}"))


def _fen(amount: Decimal, code: str | None) -> Read[int]:
    if not amount.is_finite() or abs(amount) * 100 > LIMIT_FEN:
        return Read(None, "S215")
    fen = (amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Read(int(fen), code if fen == amount * 100 else "S213")


def plain_money(cells: Sequence[Cell]) -> tuple[np.ndarray, np.ndarray]:
    """Fen of numeric cells, and which of them are exact to the fen; the rest need :func:`read_money`."""
    numbers = np.array(cells, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        fen = np.rint(numbers * 100)
        exact = (np.abs(fen) <= LIMIT_FEN) & (fen / 100 == numbers)
    return np.where(exact, fen, 0).astype(np.int64), exact
