"""What expressions evaluate to: whole arrays of numbers, truths, texts and dates.

Knows representation only: intervals over int64 with a static scale, Kleene truth as int8,
dictionary codes, day numbers. A value may carry ``bits``: per entity the set of unknown inputs
that it waits for (:mod:`lic.policy.trace`); entities whose value is known have none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Truths = npt.NDArray[np.int8]
Bits = npt.NDArray[np.uint64]

INF = 1 << 62  # stands for infinity; finite values stay below LIMIT
LIMIT = 1 << 61
MIN_RANGE = 10**8  # every number must be exact at least up to here, in its own unit
SUM_RANGE = 10**10  # sums are exact up to here; beyond, only "at least this" is known
FALSE, UNKNOWN, TRUE = 0, 1, 2
NO_DATE = -(1 << 31)  # an unknown date or month


class RangeError(ArithmeticError):
    """A formula whose numbers could leave int64; found when the pack is loaded."""


@dataclass(frozen=True, slots=True)
class Num:
    """Numbers ``value = int / scale`` as intervals [lo, hi]; ``hi`` None: all exact.

    ``bound`` is a static limit of the finite parts: |lo|, |hi| <= bound unless infinite.
    """

    lo: Ints
    hi: Ints | None
    scale: int
    bound: int
    bits: Bits | None = None

    @property
    def high(self) -> Ints:
        """The upper ends."""
        return self.lo if self.hi is None else self.hi

    def unknown(self) -> Bools:
        """Where the number is not exactly known."""
        if self.hi is None:
            return np.zeros(self.lo.shape, np.bool_)
        return np.not_equal(self.lo, self.hi)


@dataclass(frozen=True, slots=True)
class Truth:
    """Kleene truth: 0 false, 1 unknown, 2 true."""

    value: Truths
    bits: Bits | None = None

    def unknown(self) -> Bools:
        """Where the truth is not known."""
        return np.equal(self.value, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Text:
    """Texts as codes into ``words``; -1 is unknown, the code of "" is a known blank."""

    codes: Small
    words: pa.Array
    bits: Bits | None = None

    def unknown(self) -> Bools:
        """Where the text is not known."""
        return np.less(self.codes, 0)

    def code_of(self, word: str) -> int:
        """The code of ``word``; -2, which no entity has, when it does not occur."""
        found = int(pc.index(self.words, word).as_py())
        return found if found >= 0 else -2


@dataclass(frozen=True, slots=True)
class Dates:
    """Days since 1970-01-01 or month indexes (the type says which); NO_DATE is unknown."""

    at: Small
    bits: Bits | None = None

    def unknown(self) -> Bools:
        """Where the date is not known."""
        return np.equal(self.at, NO_DATE)


Value = Num | Truth | Text | Dates
V = TypeVar("V", bound=Num | Truth | Text | Dates)


def length(value: Value) -> int:
    """How many entities a value is about (1 may stand for all)."""
    return len(main_array(value))


def main_array(value: Value) -> npt.NDArray[Any]:
    """The array that every entity has an element in."""
    match value:
        case Num():
            return value.lo
        case Truth():
            return value.value
        case Text():
            return value.codes
        case Dates():
            return value.at


def take(value: Value, index: npt.NDArray[Any]) -> Value:
    """The value at ``index`` (positions or a mask); a single value stands for all."""
    if length(value) == 1 and index.dtype != np.bool_:
        return spread(value, len(index))
    bits = None if value.bits is None else value.bits[index]
    match value:
        case Num():
            hi = None if value.hi is None else value.hi[index]
            return Num(value.lo[index], hi, value.scale, value.bound, bits)
        case Truth():
            return Truth(value.value[index], bits)
        case Text():
            return Text(value.codes[index], value.words, bits)
        case Dates():
            return Dates(value.at[index], bits)


def spread(value: Value, size: int) -> Value:
    """A single value as ``size`` equal ones (views, no copies)."""
    if length(value) == size:
        return value
    bits = None if value.bits is None else np.broadcast_to(value.bits, (size, value.bits.shape[1]))
    match value:
        case Num():
            hi = None if value.hi is None else np.broadcast_to(value.hi, size)
            return Num(np.broadcast_to(value.lo, size), hi, value.scale, value.bound, bits)
        case Truth():
            return Truth(np.broadcast_to(value.value, size), bits)
        case Text():
            return Text(np.broadcast_to(value.codes, size), value.words, bits)
        case Dates():
            return Dates(np.broadcast_to(value.at, size), bits)


def join_bits(result: V, *sources: Bits | None) -> V:
    """``result`` waiting for all that its sources wait for, where it is unknown itself."""
    known = [bits for bits in sources if bits is not None]
    if not known:
        return result
    bits = known[0]
    for other in known[1:]:
        bits = bits | other
    mask = result.unknown()
    if not mask.any():
        return replace(result, bits=None)
    return replace(result, bits=np.where(mask[:, None], bits, np.uint64(0)))


def truth_of(mask: Bools) -> Truth:
    """A two-valued truth."""
    return Truth(mask.astype(np.int8) * np.int8(TRUE))


def constant_text(word: str) -> Text:
    """One word for everybody."""
    return Text(np.zeros(1, np.int32), pa.array([word], pa.string()))


def same_words(left: Text, right: Text) -> tuple[Small, Small, pa.Array]:
    """Both texts' codes in one dictionary."""
    if left.words is right.words or left.words.equals(right.words):
        return left.codes, right.codes, left.words
    known = pc.index_in(right.words, value_set=left.words)
    fresh = pc.is_null(known)
    words = pa.concat_arrays([left.words, right.words.filter(fresh)])
    mapped = pc.index_in(right.words, value_set=words).to_numpy(zero_copy_only=False).astype(np.int32)
    if not len(mapped):
        return left.codes, right.codes, words
    return left.codes, np.where(right.codes < 0, right.codes, mapped[right.codes]).astype(np.int32), words


def as_truth(value: Value) -> Truth:
    """A value that was checked to be a truth."""
    if not isinstance(value, Truth):
        raise TypeError(type(value).__name__)
    return value


def as_number(value: Value) -> Num:
    """A value that was checked to be a number."""
    if not isinstance(value, Num):
        raise TypeError(type(value).__name__)
    return value


def as_text(value: Value) -> Text:
    """A value that was checked to be a text."""
    if not isinstance(value, Text):
        raise TypeError(type(value).__name__)
    return value


def as_dates(value: Value) -> Dates:
    """A value that was checked to be dates or months."""
    if not isinstance(value, Dates):
        raise TypeError(type(value).__name__)
    return value
