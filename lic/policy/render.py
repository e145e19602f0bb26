"""Reasons and messages: templates with expressions in braces, filled for many at once.

Knows how numbers, truths, texts and dates are written. Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.period import month_name
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.columns import decimals
from lic.policy.declared import Formula
from lic.policy.months import open_ended
from lic.policy.terms import Kind, Term, Type
from lic.policy.units import is_money
from lic.policy.values import INF, TRUE, Dates, Ints, Num, Text, Truth, Value, spread, take

Index = npt.NDArray[np.int64]
_BRACES = re.compile(r"\{([^{}]+)\}")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Template:
    """Text with terms in it."""

    parts: tuple[str | Term, ...]

    def fill(self, batch: Batch, size: int, index: Index) -> pa.Array:
        """The texts of the entities at ``index`` out of ``size``."""
        pieces: list[pa.Array | pa.Scalar] = []
        for part in self.parts:
            if isinstance(part, str):
                pieces.append(pa.scalar(part))
            else:
                pieces.append(shown(take(spread(part.run(batch), size), index), part.type))
        if all(isinstance(piece, pa.Scalar) for piece in pieces):
            return pa.array(["".join(piece.as_py() for piece in pieces)] * len(index), pa.string())
        return pc.binary_join_element_wise(*pieces, "")


def template_pieces(formula: Formula) -> list[str | tuple[str, int]]:
    """The text of a template cut at its braces; expressions come with their offset."""
    pieces: list[str | tuple[str, int]] = []
    last = 0
    for found in _BRACES.finditer(formula.text):
        if found.start() > last:
            pieces.append(formula.text[last : found.start()])
        pieces.append((found[1], found.start(1)))
        last = found.end()
    if last < len(formula.text):
        pieces.append(formula.text[last:])
    return pieces


def shown(value: Value, kind: Type) -> pa.Array:
    """Values as people read them."""
    match value:
        case Num():
            return _numbers(value, money=is_money(kind.unit))
        case Truth():
            words = pa.array([keys.NO, keys.UNSURE, keys.YES], pa.string())
            return words.take(pa.array(value.value.astype(np.int32)))
        case Text():
            return _texts(value)
        case Dates():
            return _dates(value, kind)


def _texts(value: Text) -> pa.Array:
    words = pc.if_else(pc.equal(value.words, ""), keys.SHOW_BLANK, value.words)
    words = pa.concat_arrays([words.cast(pa.string()), pa.array([keys.UNSURE], pa.string())])
    return words.take(pa.array(np.where(value.codes < 0, len(words) - 1, value.codes)))


def _dates(value: Dates, kind: Type) -> pa.Array:
    distinct, back = np.unique(value.at, return_inverse=True)
    unknown = Dates(distinct).unknown()
    opened = open_ended(distinct) & (kind.kind is Kind.DATE)
    words = [
        keys.UNSURE if unknown[i] else keys.SHOW_OPEN if opened[i] else _day(int(at), kind)
        for i, at in enumerate(distinct.tolist())
    ]
    return pa.array(words, pa.string()).take(pa.array(back.reshape(-1)))


def _day(at: int, kind: Type) -> str:
    if kind.kind is Kind.MONTH:
        return month_name(at)
    day = _EPOCH + timedelta(days=at)
    return day.isoformat()[:7] if kind.monthly else day.isoformat()


def rounded(values: Ints, scale: int, places: int) -> Ints:
    """Scaled integers at ``places`` decimals, rounded half up (away from zero)."""
    unit = 10**places
    if scale == unit:
        return values
    size = np.abs(values)
    whole, rest = size // scale, size % scale
    shown_size: Ints = np.sign(values) * (whole * unit + (2 * rest * unit + scale) // (2 * scale))
    return shown_size


def _plain(values: Ints, scale: int, *, money: bool) -> pa.Array:
    if scale == 1 and not money:
        return pa.array(values).cast(pa.string())
    nobody = np.zeros(len(values), np.bool_)
    return decimals(rounded(values, scale, 2), nobody, 2).cast(pa.string())


def _numbers(value: Num, *, money: bool) -> pa.Array:
    if value.hi is None:
        return _plain(value.lo, value.scale, money=money)
    lo, hi = value.lo, value.hi
    below, above = lo <= -INF, hi >= INF
    low = _plain(np.where(below, 0, lo), value.scale, money=money)
    high = _plain(np.where(above, 0, hi), value.scale, money=money)
    span = pc.binary_join_element_wise(low, high, keys.SHOW_TO)
    at_least = pc.binary_join_element_wise(keys.SHOW_AT_LEAST, low, "")
    at_most = pc.binary_join_element_wise(keys.SHOW_AT_MOST, high, "")
    text = pc.if_else(pa.array(above), at_least, pc.if_else(pa.array(below), at_most, span))
    text = pc.if_else(pa.array(above & (below | (lo == 0))), keys.UNSURE, text)
    return pc.if_else(pa.array(lo == hi), low, text)


def joined(texts: Sequence[str]) -> str:
    """A list in a sentence."""
    return keys.SHOW_LIST.join(texts)


def two_valued(value: Truth) -> pa.Array:
    """A truth as a nullable boolean."""
    known = value.value != 1
    return pa.array(value.value == TRUE, pa.bool_(), mask=~known)
