"""Aggregates from many items (rows, members) to their owners (persons, households).

Knows sorted owner numbers and Kleene-weighted items. An item whose condition is unknown adds
the hull of nothing and its amount (POLICY §0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lic.policy.intervals import saturated, tidy
from lic.policy.values import (
    FALSE,
    INF,
    LIMIT,
    MIN_RANGE,
    NO_DATE,
    SUM_RANGE,
    TRUE,
    UNKNOWN,
    Bits,
    Dates,
    Ints,
    Num,
    RangeError,
    Truth,
    Truths,
    join_bits,
)


@dataclass(frozen=True, slots=True)
class Segments:
    """Items sorted by owner: where each owner's items start, and who owns them."""

    owners: int
    owner: npt.NDArray[np.int64]  # the owner of each item
    starts: npt.NDArray[np.int64]
    having: npt.NDArray[np.int64]  # owners that have items, in order

    @classmethod
    def of(cls, owner: npt.NDArray[np.int64], owners: int) -> Segments:
        """Segments of sorted ``owner`` numbers below ``owners``."""
        if not len(owner):
            empty = np.zeros(0, np.int64)
            return cls(owners, owner, empty, empty)
        starts = np.concatenate([[0], np.flatnonzero(owner[1:] != owner[:-1]) + 1])
        return cls(owners, owner, starts, owner[starts])

    def longest(self) -> int:
        """The most items of one owner."""
        if not len(self.starts):
            return 0
        return int(np.diff(np.append(self.starts, len(self.owner))).max())

    def _reduce(self, ufunc: np.ufunc, items: npt.NDArray[np.generic], empty: int) -> npt.NDArray[np.generic]:
        out = np.full(self.owners, empty, items.dtype)
        if len(self.starts):
            out[self.having] = ufunc.reduceat(items, self.starts)
        return out

    def sum_ints(self, items: Ints) -> Ints:
        """Sums of finite integers; the caller knows that they fit.

        Differences of running sums: these may run over, which takes nothing from the differences.
        """
        out = np.zeros(self.owners, np.int64)
        if len(self.starts):
            total = np.cumsum(items, dtype=np.int64)[np.append(self.starts[1:], len(self.owner)) - 1]
            total[1:] -= total[:-1].copy()
            out[self.having] = total
        return out

    def largest_ints(self, items: Ints, empty: int) -> Ints:
        """The largest of each owner."""
        return self._reduce(np.maximum, items, empty)  # type: ignore[return-value]

    def bits(self, items: Bits | None) -> Bits | None:
        """What any item of the owner waits for."""
        if items is None:
            return None
        out = np.zeros((self.owners, items.shape[1]), np.uint64)
        if len(self.starts):
            out[self.having] = np.bitwise_or.reduceat(items, self.starts, axis=0)
        return out

    def _full(self, items: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        return np.broadcast_to(items, len(self.owner)) if len(items) != len(self.owner) else items

    def _spread_out(self, item: Truth, rest: int, stronger: tuple[int, int]) -> Truths:
        """``rest`` for owners none of whose items is one of ``stronger``, of which the last outweighs."""
        value, out = self._full(item.value), np.full(self.owners, rest, np.int8)
        for one in stronger:
            out[self.owner[value == one]] = one
        return out

    def any(self, item: Truth) -> Truth:
        """有, 有人."""
        value = self._spread_out(item, FALSE, (UNKNOWN, TRUE))
        return join_bits(Truth(value), self.bits(_spread(item.bits, len(self.owner))))

    def all(self, item: Truth) -> Truth:
        """每人."""
        value = self._spread_out(item, TRUE, (UNKNOWN, FALSE))
        return join_bits(Truth(value), self.bits(_spread(item.bits, len(self.owner))))

    def count(self, test: Truth) -> Num:
        """How many items: [certain, certain and possible]."""
        value = self._full(test.value)
        sure = self._how_many(value == TRUE)
        unsure = value == UNKNOWN
        hi = self._how_many(value != FALSE) if unsure.any() else None
        bits = self.bits(_spread(test.bits, len(self.owner)))
        return join_bits(Num(sure, hi, 1, 10**6), bits)

    def _how_many(self, items: npt.NDArray[np.bool_]) -> Ints:
        return np.bincount(self.owner[items], minlength=self.owners).astype(np.int64)

    def sum(self, item: Num, test: Truth | None) -> Num:
        """合计 of the items for which ``test`` holds."""
        lo, hi, bits = self._weighed(item, test, empty=0)
        total_lo = self._total(lo, item.bound, -INF)
        total_hi = None if hi is None else self._total(hi, item.bound, INF)
        cap = min(SUM_RANGE * item.scale, LIMIT)
        if cap < MIN_RANGE * item.scale:
            raise RangeError
        total_hi = None if total_hi is None else tidy(total_lo, total_hi)
        # Items may be fewer than the cap allows for; the bound after saturation is the cap.
        total = saturated(Num(total_lo, total_hi, item.scale, LIMIT), cap)
        return join_bits(total, self.bits(bits))

    def _total(self, items: Ints, bound: int, endless: int) -> Ints:
        infinite = items == endless
        finite = np.where(infinite, 0, items) if infinite.any() else items
        most = self.longest()
        if bound * most > LIMIT:  # exact all the same, only slower; real data never comes here
            exact = self._reduce(np.add, finite.astype(object), 0)
            finite_total = np.array([max(-LIMIT, min(LIMIT, int(x))) for x in exact.tolist()], np.int64)
        else:
            finite_total = self.sum_ints(finite)
        if not infinite.any():
            return finite_total
        touched = self._reduce(np.logical_or, infinite, 0)
        return np.where(touched, np.int64(endless), finite_total)

    def _weighed(self, item: Num, test: Truth | None, *, empty: int) -> tuple[Ints, Ints | None, Bits | None]:
        size = len(self.owner)
        lo: Ints = self._full(item.lo)  # type: ignore[assignment]  # same dtype
        hi: Ints | None = None if item.hi is None else self._full(item.hi)  # type: ignore[assignment]
        bits = _spread(item.bits, size)
        if test is None:
            return lo, hi, bits
        value: Truths = self._full(test.value)  # type: ignore[assignment]
        maybe = value == UNKNOWN
        if maybe.any():
            high = lo if hi is None else hi
            hi = np.where(maybe, np.maximum(high, empty), np.where(value == TRUE, high, empty))
            lo = np.where(maybe, np.minimum(lo, empty), np.where(value == TRUE, lo, empty))
        else:
            lo = np.where(value == TRUE, lo, empty)
            hi = None if hi is None else np.where(value == TRUE, hi, empty)
        if bits is not None:
            bits = np.where((value != FALSE)[:, None], bits, np.uint64(0))
        test_bits = _spread(test.bits, size)
        if test_bits is not None:
            bits = test_bits if bits is None else bits | test_bits
        return lo, hi, bits

    def extreme(self, item: Num, test: Truth | None, *, largest: bool) -> Num:
        """最大, 最小 of the items for which ``test`` holds; 0 of nothing."""
        value = np.full(1, TRUE, np.int8) if test is None else test.value
        value = self._full(value)  # type: ignore[assignment]
        lo: Ints = self._full(item.lo)  # type: ignore[assignment]
        hi: Ints = self._full(item.high)  # type: ignore[assignment]
        ufunc, none = (np.maximum, -INF) if largest else (np.minimum, INF)
        sure_lo = self._reduce(ufunc, np.where(value == TRUE, lo, none), none)
        sure_hi = self._reduce(ufunc, np.where(value == TRUE, hi, none), none)
        wide_lo = self._reduce(ufunc, np.where(value != FALSE, lo, none), none)
        wide_hi = self._reduce(ufunc, np.where(value != FALSE, hi, none), none)
        low, high = np.minimum(sure_lo, wide_lo), np.maximum(sure_hi, wide_hi)
        nothing = self._reduce(np.maximum, value, FALSE)
        unsure = np.asarray(nothing == UNKNOWN)
        low = np.where(nothing == FALSE, 0, np.where(unsure, np.minimum(wide_lo, 0), low))
        high = np.where(nothing == FALSE, 0, np.where(unsure, np.maximum(wide_hi, 0), high))
        result = Num(low, tidy(low, high), item.scale, item.bound)
        _, _, bits = self._weighed(item, test, empty=0)
        return join_bits(result, self.bits(bits))

    def extreme_date(self, item: Dates, test: Truth | None, *, largest: bool, empty: int) -> Dates:
        """The latest (earliest) date; ``empty`` of nothing; unknown if any item could be."""
        value: Truths = self._full(np.full(1, TRUE, np.int8) if test is None else test.value)  # type: ignore[assignment]
        at = self._full(item.at)
        unsure = (value == UNKNOWN) | ((at == NO_DATE) & (value == TRUE))
        ufunc = np.maximum if largest else np.minimum
        dates = self._reduce(ufunc, np.where(value == TRUE, at, np.int32(empty)), empty)
        doubtful = self._reduce(np.logical_or, unsure, 0)
        size = len(self.owner)
        result = Dates(np.where(doubtful, np.int32(NO_DATE), dates).astype(np.int32))
        bits = [self.bits(_spread(b, size)) for b in (item.bits, None if test is None else test.bits)]
        return join_bits(result, *bits)


def _spread(bits: Bits | None, size: int) -> Bits | None:
    if bits is None or len(bits) == size:
        return bits
    return np.broadcast_to(bits, (size, bits.shape[1]))
