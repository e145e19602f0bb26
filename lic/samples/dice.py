"""Reproducible chance: a stream of numbers that depends on a key and on nothing else.

Knows SHA-256 and a few distributions. Refuses to know global state: the only use of
``random`` in lic is a generator seeded here, and of it only ``random()``, whose sequence
Python promises to keep between versions.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Chance for one purpose; equal keys give equal throws."""

    __slots__ = ("_next",)

    def __init__(self, *key: object) -> None:
        """Chance that depends on the parts of ``key`` alone."""
        digest = hashlib.sha256("\n".join(map(str, key)).encode()).digest()
        self._next = random.Random(int.from_bytes(digest[:16], "big")).random

    def chance(self, share: float) -> bool:
        """Whether something that happens with probability ``share`` happens."""
        return self._next() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._next() * (high - low + 1))

    def share(self, low: float, high: float) -> float:
        """A number in the half-open interval from ``low`` to ``high``."""
        return low + self._next() * (high - low)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[int(self._next() * len(items))]

    def weighted(self, items: Sequence[tuple[T, int]]) -> T:
        """One of the items, as likely as its whole-number weight."""
        left = self.between(1, sum(weight for _, weight in items))
        for item, weight in items:
            left -= weight
            if left <= 0:
                return item
        raise AssertionError  # weights are positive whole numbers
