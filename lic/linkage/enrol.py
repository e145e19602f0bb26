"""One person, one household: who is enrolled where (POLICY §1).

Knows the order of entries, sizes, ranks and numbers found before. Refuses to know why an
entry's condition holds: rows for which it does not are not among the members.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.reading import Codes, Mask, Reading, fold_names, known, ordered_codes
from lic.linkage.register import Register
from lic.model.roster import Roster


def names_fit(one: pa.Array, other: pa.Array) -> Mask:
    """Whether folded names fit: a name that is blank or cannot be compared fits every name."""
    same = pc.equal(one, other).fill_null(True)
    return np.asarray(same.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _nothing() -> pa.Array:
    return pa.array([], pa.string())


@dataclass(slots=True)
class Enrolment:
    """Who is enrolled so far; entries are added in their order.

    For each added register: the members enrolled (ascending rows of ``members``), their usable
    numbers (null: none), and the members left because they are counted elsewhere.
    """

    engine: Engine
    roster: Roster
    reading: Reading
    members: list[Codes] = field(default_factory=list)
    numbers: list[pa.Array] = field(default_factory=list)
    left: list[Codes] = field(default_factory=list)
    _found: pa.Array = field(default_factory=_nothing)  # every number of an earlier entry
    _enrolled: pa.Array = field(default_factory=_nothing)
    _folded: pa.Array = field(default_factory=_nothing)  # the names of those enrolled

    def misnamed(self, persons: Gathered) -> tuple[Mask, pa.Array]:
        """Where a row's number is that of somebody enrolled before, but the name is not; the names."""
        numbers = persons.text(self.roster.number_column)
        folded = fold_names(persons.text(self.roster.name_column), self.reading)
        at = self._before(numbers)
        return (at >= 0) & ~names_fit(folded, self._folded.take(pa.array(at, mask=at < 0))), folded

    def add(self, register: Register, seen: pa.Array) -> None:
        """Enrol from the next entry; ``seen`` are numbers of its rows that are not judged."""
        numbers = register.members.text(self.roster.number_column)
        misnamed, folded = self.misnamed(register.members)
        picked = self._picked(register, numbers)
        has, enrolled = known(numbers), picked.copy()
        if register.entry.fresh_only:
            # A row that cannot be used enrols nobody unless its household has another member here.
            inhabited = np.zeros(len(register.houses.numbers), dtype=np.bool_)
            inhabited[register.household[picked]] = True
            enrolled |= (~has | misnamed) & inhabited[register.household]
            left = np.zeros(len(has), dtype=np.bool_)
        else:
            enrolled |= ~has
            left = has & ~picked
        own = pc.if_else(pa.array(picked), numbers, pa.scalar(None, pa.string()))
        self.members.append(np.flatnonzero(enrolled))
        self.numbers.append(own.filter(pa.array(enrolled)))
        self.left.append(np.flatnonzero(left))
        self._found = pc.unique(pa.concat_arrays([self._found, numbers.drop_null(), seen]))
        self._enrolled = pa.concat_arrays([self._enrolled, numbers.filter(pa.array(picked))])
        self._folded = pa.concat_arrays([self._folded, folded.filter(pa.array(picked))])

    def _before(self, numbers: pa.Array) -> Codes:
        return self.engine.lookup(
            [numbers], [self._enrolled], many="m:1", join="row to those enrolled before"
        )

    def _picked(self, register: Register, numbers: pa.Array) -> Mask:
        """Members who are enrolled here by their number."""
        if register.entry.fresh_only:
            before = pc.is_in(numbers, value_set=self._found).to_numpy(zero_copy_only=False)
        else:
            before = self._before(numbers) >= 0
        return _one_household(register, numbers, known(numbers) & ~before)


def _one_household(register: Register, numbers: pa.Array, free: Mask) -> Mask:
    """Of the free rows of one number the one in the household with more members, then of the
    earlier category, then with the smaller household number."""
    rows = np.flatnonzero(free)
    household = register.household[rows]
    (number,) = ordered_codes(numbers.take(pa.array(rows)))
    (printed,) = ordered_codes(pa.array(register.houses.numbers, pa.string()))
    order = np.lexsort(
        (printed[household], register.houses.rank[household], -register.size[household], number)
    )
    first = np.flatnonzero(np.diff(number[order], prepend=-1))
    picked = np.zeros(len(free), dtype=np.bool_)
    picked[rows[order[first]]] = True
    return picked
