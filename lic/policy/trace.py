"""Which unknown inputs a value waits for: one bit per input.

Knows names of inputs as given (``表.列``, ``表``, ``参数:名``), not what they mean. Used only in
a second evaluation over the households that came out undecided.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from lic.policy.values import Bits, Bools


class Trace:
    """The inputs in sorted order and their bits."""

    def __init__(self, inputs: Iterable[str]) -> None:
        """``inputs``: all names that may be waited for."""
        self.inputs = sorted(set(inputs))
        self._number = {name: index for index, name in enumerate(self.inputs)}
        self.width = max(1, -(-len(self.inputs) // 64))

    def mark(self, mask: Bools, name: str) -> Bits | None:
        """Bits of one input where ``mask``; None where nobody waits."""
        if not mask.any():
            return None
        number = self._number[name]
        bits = np.zeros((len(mask), self.width), np.uint64)
        bits[mask, number // 64] = np.uint64(1) << np.uint64(number % 64)
        return bits

    def names(self, row: Iterable[int]) -> list[str]:
        """The inputs of one entity, sorted."""
        return [
            self.inputs[word * 64 + bit]
            for word, value in enumerate(row)
            for bit in range(64)
            if int(value) >> bit & 1
        ]

    def lists(self, bits: Bits) -> pa.Array:
        """The inputs of every entity as list<string>."""
        packed = np.ascontiguousarray(bits).view(np.dtype((np.void, bits.shape[1] * 8))).reshape(-1)
        distinct, first, back = np.unique(packed, return_index=True, return_inverse=True)
        lists = [self.names(bits[index].tolist()) for index in first.tolist()]
        if not len(distinct):
            return pa.array([], pa.list_(pa.string()))
        return pa.array(lists, pa.list_(pa.string())).take(pa.array(back.reshape(-1)))


def union(*bits: Bits | None) -> Bits | None:
    """All that any of them waits for."""
    known = [item for item in bits if item is not None]
    if not known:
        return None
    result = known[0]
    for item in known[1:]:
        result = result | item
    return result
