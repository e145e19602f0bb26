"""认定 tables: rows in order, the first true one decides unless an earlier one is unknown.

Knows the decision of POLICY §5 for members and households, whatever the rows say. Refuses to
know any category.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.policy import keys, logic
from lic.policy.batch import Batch
from lic.policy.declared import DecisionTable
from lic.policy.render import Template
from lic.policy.terms import Level, Term
from lic.policy.trace import union
from lic.policy.values import TRUE, UNKNOWN, Bits, Bools, Text, Truth, as_truth

NOT_MET, UNDECIDED, RECOGNISED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its condition, the number of its category (-1: 不明), basis and reason."""

    category: int
    condition: Term | None
    cells: tuple[tuple[Term, bool], ...]
    basis: str | None
    reason: Template | None

    def truth(self, batch: Batch) -> Truth:
        """Whether the row holds."""
        items = [] if self.condition is None else [as_truth(self.condition.run(batch))]
        for cell, wanted in self.cells:
            value = as_truth(cell.run(batch))
            items.append(value if wanted else logic.negation(value))
        return logic.conjunction(items) if items else Truth(np.full(1, TRUE, np.int8))


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled 认定 table. ``categories`` in the order of the pack."""

    declared: DecisionTable
    categories: tuple[str, ...]
    rows: tuple[Row, ...]
    members: str | None
    afterwards: tuple[Row, ...]
    otherwise: tuple[Row, ...]

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """Rows that :attr:`Decision.row` counts."""
        return (*self.rows, *self.afterwards)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table came to, per entity.

    ``row``: the deciding row, -1 when none; ``category``: its number, -1 when none or not
    decided; ``possible``: a bit per category; ``bits``: unknown inputs of the undecided.
    """

    table: Table
    status: npt.NDArray[np.int8]
    row: npt.NDArray[np.int16]
    category: npt.NDArray[np.int16]
    possible: npt.NDArray[np.int64]
    bits: Bits | None

    def text(self) -> Text:
        """The category as a text: "" for nobody's, unknown when undecided."""
        blank = len(self.table.categories)
        # whoever is not recognised has category -1
        codes = self.category + (self.status == NOT_MET) * np.int32(blank + 1)
        return Text(codes, pa.array([*self.table.categories, ""], pa.string()), self.bits)


@dataclass(slots=True)
class _Walk:
    """Rows taken in order for ``size`` entities.

    Nobody is hit twice, so a row is counted in by multiplying: no slower where half of them are hit.
    """

    open: Bools
    first: npt.NDArray[np.int16]
    unsure: Bools
    possible: npt.NDArray[np.int64]
    bits: Bits | None = None

    @classmethod
    def over(cls, size: int) -> _Walk:
        return cls(
            np.ones(size, np.bool_),
            np.full(size, -1, np.int16),
            np.zeros(size, np.bool_),
            np.zeros(size, np.int64),
        )

    def step(self, number: int, category: int, truth: Truth) -> None:
        bit = np.int64(1 << category if category >= 0 else 0)
        hit = self.open & (truth.value == TRUE)
        self.first += hit * np.int16(number + 1)  # from -1
        waiting = self.open & (truth.value == UNKNOWN)
        if waiting.any():
            self.unsure |= waiting
            self.possible |= waiting * bit
            if truth.bits is not None:
                mine = np.where(waiting[:, None], truth.bits, np.uint64(0))
                self.bits = union(self.bits, mine)
        if bit:
            self.possible |= hit * bit
        else:
            self.unsure |= hit
        self.open &= ~hit


def _walked(batch: Batch, rows: Sequence[Row], size: int) -> _Walk:
    walk = _Walk.over(size)
    for number, row in enumerate(rows):
        walk.step(number, row.category, row.truth(batch))
    return walk


def decide(batch: Batch, table: Table) -> Decision:
    """Decide every entity of the table's level."""
    level = table.declared.level
    walk = _walked(batch, table.rows, batch.size(level))
    status = np.where(walk.first >= 0, np.int8(RECOGNISED), np.int8(NOT_MET))
    categories = np.array([row.category for row in table.rows] + [-1], np.int16)
    category = categories[walk.first]
    possible = np.zeros(len(status), np.int64)
    if walk.unsure.any():
        status[walk.unsure], category[walk.unsure] = UNDECIDED, -1
        possible[walk.unsure] = walk.possible[walk.unsure]
    decision = Decision(table, status, walk.first, category, possible, walk.bits)
    return _completed(batch, decision) if table.members is not None and level is Level.HOUSEHOLD else decision


def _completed(batch: Batch, own: Decision) -> Decision:
    """POLICY §5, "Household.": its members' decisions complete the household's."""
    table = own.table
    members = member_decision(batch, table.members or "")
    shifted = _translated(members, table.categories)
    waiting = members.status == UNDECIDED
    theirs = batch.members.any(Truth(waiting.astype(np.int8) * np.int8(TRUE))).value == TRUE
    their_possible = np.zeros(len(own.status), np.int64)
    if len(batch.members.starts):
        their_possible[batch.members.having] = np.bitwise_or.reduceat(shifted, batch.members.starts)
    status, row, category = own.status.copy(), own.row.copy(), own.category.copy()
    status[(status == NOT_MET) & theirs] = UNDECIDED
    undecided = status == UNDECIDED
    possible = np.where(undecided, own.possible | their_possible, np.int64(0))
    bits = union(own.bits, batch.members.bits(members.bits))
    rest = status == NOT_MET
    if rest.any() and table.afterwards:
        walk = _walked(batch, table.afterwards, len(status))
        last = np.where(walk.unsure, -1, np.where(walk.first >= 0, walk.first + len(table.rows), -1))
        numbers = np.array([item.category for item in table.all_rows] + [-1], np.int16)
        row = np.where(rest, last, row).astype(np.int16)
        category = np.where(rest, numbers[row], category)
        status[rest & (row >= 0)] = RECOGNISED
        status[rest & walk.unsure] = UNDECIDED
        possible = np.where(rest & walk.unsure, walk.possible, possible)
        bits = union(bits, walk.bits)
    if bits is not None:
        bits = np.where((status == UNDECIDED)[:, None], bits, np.uint64(0))
    return Decision(table, status, row, category, possible, bits)


def _translated(decision: Decision, categories: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """``possible`` in the bits of another table's categories."""
    if decision.table.categories == categories:
        return decision.possible
    result = np.zeros(len(decision.possible), np.int64)
    for number, name in enumerate(decision.table.categories):
        if name in categories:
            result |= ((decision.possible >> number) & 1) << categories.index(name)
    return result


def member_decision(batch: Batch, name: str) -> Decision:
    """The decision behind a table's text."""
    found = batch.remembered(name)
    if not isinstance(found, Decision):
        raise TypeError(name)
    return found


def all_categories(declared: Sequence[DecisionTable], order: Sequence[str]) -> tuple[str, ...]:
    """The categories of tables: the pack's order first, others as they come."""
    used = [row.category for table in declared for row in (*table.rows, *table.afterwards)]
    used = [name for name in used if name != keys.UNSURE]
    rest = [name for name in dict.fromkeys(used) if name not in order]
    return (*(name for name in order if name in used), *rest)


def possible_lists(decision: Decision) -> pa.Array:
    """The possible categories of every entity, in order."""
    distinct, back = np.unique(decision.possible, return_inverse=True)
    names = decision.table.categories
    lists = [
        [name for number, name in enumerate(names) if int(mask) >> number & 1] for mask in distinct.tolist()
    ]
    if not lists:
        return pa.array([], pa.list_(pa.string()))
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(back.reshape(-1)))
