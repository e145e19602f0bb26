"""Amounts as whole fen, exactly: numbers are taken by their shortest decimal text.

A strict parser: thousands separators, a currency sign, 元 and 万 are taken; ``约500`` is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from lic.values.read import Cell, ErrorCell, Read, TruthCell
from lic.values.text import clean, is_formula_error, squeeze, unwrap

LIMIT_FEN = 10**10
_EPOCH = date(1899, 12, 30)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_AMOUNT = re.compile(
    r"^(?P<open>\()?[¥$]?(?P<sign>[+-]?)[¥$]?"
    r"(?P<digits>\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d*)?)(?:E(?P<power>[+-]?\d{1,2}))?"
    r"(?P<wan>万)?(?P<yuan>元|圆)?(?:整)?(?P<close>\))?$",
    re.ASCII,
)


def read_money(cell: Cell, *, factor: int = 1, dashes: frozenset[str] = frozenset()) -> Read[int]:
    """Fen; ``factor`` is 10000 for a heading in 万元."""
    if cell is None or cell == "":
        return Read(None)
    if isinstance(cell, ErrorCell):
        return Read(None, "S241")
    if isinstance(cell, TruthCell):
        return Read(None, "S211")
    if isinstance(cell, int | float):
        return _fen(Decimal(repr(cell)) * factor, None) if cell == cell else Read(None, "S211")
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return _fen(Decimal((day - _EPOCH).days) * factor, "S217")
    if not isinstance(cell, str):
        return Read(None, "S211")
    return _from_text(cell, factor, dashes)


def _from_text(cell: str, factor: int, dashes: frozenset[str]) -> Read[int]:
    text = unwrap(squeeze(cell).translate(_MINUS).upper())
    if not text:
        return Read(None)
    if text in dashes:
        return Read(None, "S216")
    if is_formula_error(clean(cell)):
        return Read(None, "S241")
    found = _AMOUNT.match(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
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
    plain = text == cell and not (found["wan"] or found["yuan"] or found["open"] or "," in text)
    return _fen(amount, "S214" if found["wan"] else None if plain else "S209")


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
