"""Decide persons whose facts are already known: Arrow columns in, categories out.

Knows no sources: every column that bears the name of a fact is that fact, exact where not null.
The same mechanism as a test case, for millions of persons at once; fits a streaming engine.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from lic.policy.batch import Batch
from lic.policy.decisions import RECOGNISED, Decision
from lic.policy.empty import empty_linked
from lic.policy.evaluate import decisions
from lic.policy.given import fixed_from_tables
from lic.policy.pack import Pack
from lic.policy.parts import Part, numbers
from lic.policy.results import STATUSES
from lic.policy.terms import Level

_HOUSEHOLDS_AT_ONCE = 40_000  # given facts are few: a batch is a few MB


def evaluate_given(
    pack: Pack,
    households: pa.Table,
    persons: pa.Table,
    as_of: date,
    *,
    batch: int = _HOUSEHOLDS_AT_ONCE,
) -> tuple[pa.Table, pa.Table]:
    """Decide given persons and households: tables of category, basis and status.

    ``persons`` has ``hid``, the position of its household, and is sorted by it; all other
    columns of both tables are facts under their names. Facts that are not given are computed
    from those that are.
    """
    hid = numbers(persons, "hid")
    linked = empty_linked(pack.program)
    parameters = pack.resolved(as_of)
    decided_persons, decided_households = [], []
    for first in range(0, max(1, households.num_rows), batch):
        stop = min(first + batch, households.num_rows)
        low, high = (int(x) for x in np.searchsorted(hid, [first, stop]))
        some, members = households.slice(first, stop - first), persons.slice(low, high - low)
        part = Part(linked, some, members, hid[low:high] - first, {})
        fixed = fixed_from_tables(pack.program, {Level.HOUSEHOLD: some, Level.PERSON: members})
        one = Batch(part, pack.program, parameters, as_of, fixed=fixed)
        of_persons, of_households = decisions(one)
        decided_persons.append(_table(of_persons))
        decided_households.append(_table(of_households))
    return pa.concat_tables(decided_persons), pa.concat_tables(decided_households)


def _table(decision: Decision) -> pa.Table:
    """Category, basis and status as dictionaries: the words once, a code per entity."""
    bases = pa.array(["", *sorted({row.basis or "" for row in decision.table.all_rows} - {""})], pa.string())
    place = {word: number for number, word in enumerate(bases.to_pylist())}
    of_row = np.array([place[row.basis or ""] for row in decision.table.all_rows] + [0], np.int8)
    row = np.where(decision.status == RECOGNISED, decision.row, -1)
    category = decision.category.astype(np.int32)
    names = pa.array(decision.table.categories, pa.string())
    return pa.table(
        {
            "category": pa.DictionaryArray.from_arrays(pa.array(category, mask=category < 0), names),
            "basis": pa.DictionaryArray.from_arrays(pa.array(of_row[row]), bases),
            "status": pa.DictionaryArray.from_arrays(pa.array(decision.status), pa.array(STATUSES)),
        }
    )
