"""One person, one household: who is enrolled where (POLICY §1).

Knows the order of entries, sizes, ranks and numbers found before. Refuses to know why an
entry's condition holds: rows for which it does not are not among the members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.engine import Engine
from lic.linkage.reading import Codes, Mask, Reading, known, map_text, ordered_codes
from lic.linkage.register import Register
from lic.model.roster import Roster


@dataclass(frozen=True, slots=True)
class Enrolled:
    """For each register the members enrolled (ascending rows of ``members``), their usable
    numbers (null: none), and the members left because they are counted elsewhere."""

    members: tuple[Codes, ...]
    numbers: tuple[pa.Array, ...]
    left: tuple[Codes, ...]


@dataclass(slots=True)
class _Found:
    """Numbers found so far: of everybody, and of those enrolled with their folded names."""

    everybody: pa.Array
    enrolled: pa.Array
    folded: pa.Array


def names_fit(one: pa.Array, other: pa.Array) -> Mask:
    """Whether folded names fit: a name that is blank or cannot be compared fits every name."""
    same = pc.equal(one, other).fill_null(True)  # noqa: FBT003
    return np.asarray(same.to_numpy(zero_copy_only=False), dtype=np.bool_)


def enrol(
    engine: Engine,
    registers: Sequence[Register],
    seen: Mapping[str, pa.Array],
    roster: Roster,
    reading: Reading,
) -> Enrolled:
    """Go through the entries in order; ``seen``: numbers of each entry's undelivered rows."""
    nothing = pa.array([], pa.string())
    found = _Found(nothing, nothing, nothing)
    members, numbers, left = [], [], []
    for register in registers:
        own = register.members.text(roster.number_column)
        folded = map_text(register.members.text(roster.name_column), reading.fold_name)
        chosen, usable = _choose(engine, register, own, folded, found)
        members.append(np.flatnonzero(chosen))
        numbers.append(pc.if_else(pa.array(usable), own, pa.scalar(None, pa.string())).filter(pa.array(chosen)))
        elsewhere = known(own) & ~chosen
        left.append(np.flatnonzero(elsewhere) if not register.entry.fresh_only else np.zeros(0, np.int64))
        fresh = pa.array(chosen & usable)
        found.everybody = pc.unique(pa.concat_arrays([found.everybody, own.drop_null(), seen[register.entry.name]]))
        found.enrolled = pa.concat_arrays([found.enrolled, own.filter(fresh)])
        found.folded = pa.concat_arrays([found.folded, folded.filter(fresh)])
    return Enrolled(tuple(members), tuple(numbers), tuple(left))


def _choose(
    engine: Engine, register: Register, numbers: pa.Array, folded: pa.Array, found: _Found
) -> tuple[Mask, Mask]:
    """Which members are enrolled, and whose number is his."""
    has = known(numbers)
    at = engine.lookup([numbers], [found.enrolled], many="m:1", join="member to those enrolled before")
    if not register.entry.fresh_only:
        picked = _one_household(register, numbers, has & (at < 0))
        return picked | ~has, has
    before = np.asarray(pc.is_in(numbers, value_set=found.everybody).to_numpy(zero_copy_only=False))
    picked = _one_household(register, numbers, has & ~before)
    # A row that cannot be used enrols nobody unless its household has another member here.
    misfit = (at >= 0) & ~names_fit(folded, found.folded.take(pa.array(at, mask=at < 0)))
    inhabited = np.zeros(len(register.houses.numbers), dtype=np.bool_)
    inhabited[register.household[picked]] = True
    doubtful = (~has | misfit) & inhabited[register.household]
    return picked | doubtful, picked


def _one_household(register: Register, numbers: pa.Array, free: Mask) -> Mask:
    """Of the free rows of one number the one in the household with more members, then of the
    earlier category, then with the smaller household number."""
    rows = np.flatnonzero(free)
    household = register.household[rows]
    (number,) = ordered_codes(numbers.take(pa.array(rows)))
    (printed,) = ordered_codes(pa.array(register.houses.numbers, pa.string()))
    order = np.lexsort((printed[household], register.houses.rank[household], -register.size[household], number))
    first = np.flatnonzero(np.diff(number[order], prepend=-1))
    picked = np.zeros(len(free), dtype=np.bool_)
    picked[rows[order[first]]] = True
    return picked
