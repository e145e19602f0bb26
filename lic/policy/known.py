"""One entity's value out of an evaluated array, as exact ends and as people read it.

Knows numbers, truths, texts and dates; nothing of where they come from.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from lic.model.explanation import Gap, Kleene, Known, Scalar
from lic.model.period import month_name
from lic.policy import keys
from lic.policy.months import open_ended
from lic.policy.render import shown
from lic.policy.terms import Kind, Type
from lic.policy.units import Unit, is_money, unit_name
from lic.policy.values import INF, Dates, Num, Text, Truth, Value, length, take

_EPOCH = date(1970, 1, 1)
_TRUTHS = (Kleene.FALSE, Kleene.UNKNOWN, Kleene.TRUE)
_UNDER_A_FEN = "不足 0.01"
_EQUAL, _ABOVE, _BELOW, _UNSURE = "恰好相等", "高出", "低", "差多少不明"
_AT_LEAST, _AT_MOST = "至少", "至多"


def one(value: Value, index: int) -> Value:
    """The value of one entity; a single value stands for all."""
    return take(value, np.array([0 if length(value) == 1 else index]))


def kleene(value: Truth, index: int) -> Kleene:
    """One entity's truth."""
    return _TRUTHS[int(value.value[0 if len(value.value) == 1 else index])]


def known(value: Value, index: int, kind: Type) -> Known:
    """What is known of one entity's value."""
    single = one(value, index)
    text = str(shown(single, kind)[0].as_py())
    match single:
        case Num():
            unit = None if not kind.unit else unit_name(kind.unit)
            low, high = ends(single)
            exact = low if low is not None and low == high else None
            return Known(text, unit, exact, low, high)
        case Truth():
            truth = kleene(single, 0)
            return Known(text, None, None if truth is Kleene.UNKNOWN else truth is Kleene.TRUE, truth=truth)
        case Text():
            code = int(single.codes[0])
            return Known(text, None, None if code < 0 else str(single.words[code].as_py()))
        case Dates():
            return Known(text, None, _day(single, kind))


def ends(value: Num) -> tuple[Fraction | None, Fraction | None]:
    """The exact ends of a single number; None is open."""
    low, high = int(value.lo[0]), int(value.high[0])
    return (
        None if low <= -INF else Fraction(low, value.scale),
        None if high >= INF else Fraction(high, value.scale),
    )


def _day(value: Dates, kind: Type) -> Scalar | None:
    if bool(value.unknown()[0]):
        return None
    at = int(value.at[0])
    if kind.kind is Kind.MONTH:
        return month_name(at)
    if bool(open_ended(value.at)[0]):
        return keys.SHOW_OPEN
    return _EPOCH + timedelta(days=at)


def gap(left: Num, right: Num, index: int, unit: Unit | None) -> Gap:
    """How far ``left`` is from ``right`` for one entity: exact, or between two ends."""
    (a_low, a_high), (b_low, b_high) = (ends(_number(item, index)) for item in (left, right))
    low = None if a_low is None or b_high is None else a_low - b_high
    high = None if a_high is None or b_low is None else a_high - b_low
    name = None if not unit else unit_name(unit)
    return Gap(low, high, name, _said(low, high, name, money=is_money(unit)))


def _number(value: Num, index: int) -> Num:
    single = one(value, index)
    if not isinstance(single, Num):
        raise TypeError(type(single).__name__)
    return single


def _said(low: Fraction | None, high: Fraction | None, unit: str | None, *, money: bool) -> str:
    if low is not None and low == high:
        return (
            _EQUAL if low == 0 else f"{_ABOVE if low > 0 else _BELOW} {amount(abs(low), unit, money=money)}"
        )
    if low is not None and low > 0:
        return f"{_AT_LEAST}{_ABOVE} {amount(low, unit, money=money)}"
    if high is not None and high < 0:
        return f"{_AT_LEAST}{_BELOW} {amount(-high, unit, money=money)}"
    parts = []
    if low is not None and low < 0:
        parts.append(f"{_AT_MOST}{_BELOW} {amount(-low, unit, money=money)}")
    if high is not None and high > 0:
        parts.append(f"{_AT_MOST}{_ABOVE} {amount(high, unit, money=money)}")
    return keys.SHOW_LIST.join(parts) or _UNSURE


def amount(value: Fraction, unit: str | None, *, money: bool) -> str:
    """A number with its unit: money to the fen, half up; what would round to nothing says so."""
    tail = "" if unit is None else f" {unit}"
    if not money and value.denominator == 1:
        return f"{value.numerator}{tail}"
    fen = (value * 100 + Fraction(1, 2)).__floor__()
    if fen == 0 and value > 0:
        return f"{_UNDER_A_FEN}{tail}"
    return f"{fen // 100}.{fen % 100:02d}{tail}"
