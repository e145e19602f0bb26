"""What does not fit within a household as its own file has it.

Knows heads, spouses, declared sizes and missing rows. Members who are counted elsewhere count
here: the file is judged, not the choice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.event_table import Event
from lic.linkage.reading import Codes, Mask, column_of, known, ordered_codes, take_or_null
from lic.linkage.register import Register, place
from lic.model.event import LinkEvent
from lic.model.finding import Place
from lic.model.roster import Roster

_NAMED = 5  # households named beside a shared account


def household_events(register: Register, hids: Codes, roster: Roster) -> list[Event]:
    """Problems of the households of one entry; ``hids``: -1 where a household is not in the result."""
    heads = _with_word(register, roster.relation_column, roster.head_relation)
    spouses = _with_word(register, roster.relation_column, roster.spouse_relation)
    here = hids >= 0
    row_of = register.houses.row_of
    report = _Report(register, hids, _first_member(register))
    stated, head_missing = _head_missing(register, roster, heads)
    report.add(LinkEvent.HEAD_MISSING, here & head_missing, expected=stated)
    report.add(LinkEvent.HEADS_MANY, here & (heads > 1), actual=heads)
    report.add(LinkEvent.SPOUSES_MANY, here & (spouses > 1), actual=spouses)
    rows = register.houses.rows
    if rows is not None:
        declared = take_or_null(column_of(rows.rows, roster.household_size_column, pa.int64()), row_of)
        differs = pc.not_equal(declared, pa.array(register.size)).fill_null(False)
        report.add(
            LinkEvent.SIZE_DIFFERS, here & differs.to_numpy(zero_copy_only=False), declared, register.size
        )
        others, sharing = _sharing_accounts(register, roster)
        report.add(LinkEvent.ACCOUNT_SHARED, here & (sharing > 1), others, sharing)
        report.add(LinkEvent.HOUSEHOLD_ROW_MISSING, here & (row_of < 0))
        report.add(LinkEvent.MEMBERS_MISSING, (row_of >= 0) & (register.size == 0), expected=declared)
    return report.events


def _sharing_accounts(register: Register, roster: Roster) -> tuple[pa.Array, Codes]:
    """For each household the others that are paid to its bank account, and how many they are with it."""
    houses, size = register.houses, len(register.size)
    others: list[str | None] = [None] * size
    sharing = np.zeros(size, np.int64)
    if houses.rows is not None and roster.account_column is not None:
        account = take_or_null(houses.rows.text(roster.account_column), houses.row_of)
        by_account: dict[str, list[int]] = defaultdict(list)
        for code in np.flatnonzero(known(account)).tolist():
            by_account[account[code].as_py()].append(code)
        for codes in by_account.values():
            # One sort per account: a column of masked accounts may put the whole county on one.
            first = sorted(codes, key=lambda code: str(houses.numbers[code]))[: _NAMED + 1]
            for code in codes:
                names = [str(houses.numbers[other]) for other in first if other != code]
                others[code], sharing[code] = " ".join(names[:_NAMED]), len(codes)
    return pa.array(others, pa.string()), sharing


def _with_word(register: Register, column: str, word: str) -> Codes:
    """How many members of each household have the word."""
    same = pc.equal(register.members.text(column), word).fill_null(False)
    return _count(register, same.to_numpy(zero_copy_only=False))


def _count(register: Register, members: Mask) -> Codes:
    return np.bincount(register.household[members], minlength=len(register.size)).astype(np.int64)


def _head_missing(register: Register, roster: Roster, heads: Codes) -> tuple[pa.Array, Mask]:
    """The stated head of each household, and whether nobody in it can be him."""
    members, rows = register.members, register.houses.rows
    said = members.text(roster.head_number_column)
    stated = _smallest(register, said)
    if rows is not None:
        own = take_or_null(rows.text(roster.head_number_column), register.houses.row_of)
        stated = pc.coalesce(own, stated)
    number = members.text(roster.number_column)
    is_head = pc.equal(number, stated.take(pa.array(register.household))).fill_null(False)
    found = _count(register, is_head.to_numpy(zero_copy_only=False)) > 0
    relation = members.text(roster.relation_column)
    numberless = pc.and_kleene(pc.equal(relation, roster.head_relation), pc.is_null(number))
    maybe = _count(register, numberless.fill_null(False).to_numpy(zero_copy_only=False)) > 0
    itself = _count(register, members.has(roster.head_number_column) & ~known(said)) > 0
    related = _count(register, known(relation)) == register.size
    has_number = known(stated)
    missing = np.where(has_number, ~found & ~maybe, related & (heads == 0) & ~itself)
    return stated, missing & (register.size > 0)


def _smallest(register: Register, column: pa.Array) -> pa.Array:
    at = np.flatnonzero(known(column))
    household = register.household[at]
    (code,) = ordered_codes(column.take(pa.array(at)))
    order = np.lexsort((code, household))
    first = order[np.flatnonzero(np.diff(household[order], prepend=-1))]
    chosen = np.full(len(register.size), -1, dtype=np.int64)
    chosen[household[first]] = at[first]
    return take_or_null(column, chosen)


def _first_member(register: Register) -> Codes:
    first = np.full(len(register.size), -1, dtype=np.int64)
    codes, at = np.unique(register.household, return_index=True)
    first[codes] = at
    return first


@dataclass(slots=True)
class _Report:
    """Turns masks over households into events, each at the household's row, else its first member's."""

    register: Register
    hids: Codes
    first_member: Codes
    events: list[Event] = field(default_factory=list)

    def add(
        self,
        kind: LinkEvent,
        where: Mask,
        expected: pa.Array | None = None,
        actual: Codes | None = None,
    ) -> None:
        """One event for each household where the mask holds."""
        for code in np.flatnonzero(where).tolist():
            said = None if expected is None else expected[code].as_py()
            self.events.append(
                Event(
                    kind,
                    self._place(code),
                    self.register.houses.numbers[code],
                    int(self.hids[code]) if self.hids[code] >= 0 else None,
                    expected=None if said is None else str(said),
                    actual=None if actual is None else str(actual[code]),
                )
            )

    def _place(self, code: int) -> Place:
        houses = self.register.houses
        row = int(houses.row_of[code])
        if houses.rows is not None and row >= 0:
            return place(houses.rows, row)
        return place(self.register.members, int(self.first_member[code]))
