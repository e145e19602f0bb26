"""Who heads a household and where it lives, when its own row does not say.

Knows the head's word and number columns. A relation counts before a number, a number before
a blank, and who lives alone heads his household.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.reading import Codes, Mask, column_of, known, ordered_codes, take_or_null
from lic.model.roster import Roster

_RELATION, _STATED, _BLANK, _ALONE, _NOBODY = range(5)


def with_heads(households: pa.Table, persons: pa.Table, roster: Roster, blank: Mask) -> pa.Table:
    """Fill head_id, head_name, town and village from the members, smallest text first."""
    hid = np.asarray(persons["hid"].to_numpy(), dtype=np.int64)
    count = households.num_rows
    stated = column_of(persons, roster.head_number_column)
    claim = _claims(persons, roster, stated, blank, np.bincount(hid, minlength=count)[hid])
    order = np.lexsort((np.arange(len(hid)), claim, hid))
    first = order[np.flatnonzero(np.diff(hid[order], prepend=-1))]
    head = np.full(count, -1, dtype=np.int64)
    head[hid[first]] = np.where(claim[first] < _NOBODY, first, -1)
    number = take_or_null(column_of(persons, "id_number"), head)
    said = {
        "head_id": [number, _smallest(stated, hid, count)],
        "head_name": [
            take_or_null(column_of(persons, "name"), head),
            _smallest(column_of(persons, roster.head_name_column), hid, count),
        ],
        "town": [_smallest(column_of(persons, "town"), hid, count)],
        "village": [_smallest(column_of(persons, "village"), hid, count)],
    }
    for name, others in said.items():
        filled = pc.coalesce(column_of(households, name), *others)
        households = households.set_column(households.column_names.index(name), name, filled)
    return households


def _claims(persons: pa.Table, roster: Roster, stated: pa.Array, blank: Mask, size: Codes) -> Codes:
    relation, number = column_of(persons, "relation"), column_of(persons, "id_number")
    claim = np.where(size == 1, _ALONE, _NOBODY)
    claim = np.where(blank & (size > 0), np.minimum(claim, _BLANK), claim)
    claim = np.where(_is_true(pc.equal(number, stated)), np.minimum(claim, _STATED), claim)
    return np.where(_is_true(pc.equal(relation, roster.head_relation)), _RELATION, claim)


def _is_true(column: pa.Array) -> Mask:
    return np.asarray(column.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _smallest(column: pa.Array, hid: Codes, count: int) -> pa.Array:
    """The smallest known text among the members of each household."""
    at = np.flatnonzero(known(column))
    (code,) = ordered_codes(column.take(pa.array(at)))
    order = np.lexsort((code, hid[at]))
    first = order[np.flatnonzero(np.diff(hid[at][order], prepend=-1))]
    chosen = np.full(count, -1, dtype=np.int64)
    chosen[hid[at][first]] = at[first]
    return take_or_null(column, chosen)
