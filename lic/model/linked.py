"""What linkage hands to policy: numbered households and persons, and every table's rows.

Households are numbered 0..H-1 in the order of ``household_no`` (as text); persons 0..P-1 by
(household_no, id_number, name). All tables are sorted by (hid, pid, _file, _sheet, _row), so
that a slice of households is a slice of every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import pyarrow as pa

VERIFIED = "@"  # before a column in ``_raw``: a verified value stands in place of the declared one


class Doubt(IntEnum):
    """Why a row cannot be used for the person it concerns (POLICY §0)."""

    NONE = 0  # usable: number and name fit
    NAME = 1  # the number is the person's, the name does not fit
    NUMBER = 2  # the number cannot be used, the name is the person's
    MISSING = 3  # a column without which the row cannot be placed is empty


@dataclass(frozen=True, slots=True)
class LinkedTable:
    """The rows of one table that concern somebody in the roster.

    ``rows`` has ``hid`` int32, ``pid`` int32, ``doubt`` int8 (:class:`Doubt`), ``sheet`` int32
    (index into ``present``), then ``_file _sheet _row _part`` and the table's canonical columns,
    typed as in :mod:`lic.model.staging`. Not delivered: no rows, and every fact is unknown.
    For a table declared 按月, rows are those of the newest delivery of each month, rows
    without a readable date those of deliveries in use, and ``months`` are the months with rows.
    ``newest`` gives, for each date column, the newest month index of the whole table.
    ``used_for``: 按月, for each ``sheet`` index the months whose rows come from its delivery.
    """

    name: str
    delivered: bool
    rows: pa.Table
    present: tuple[frozenset[str], ...] = ()
    months: frozenset[int] = frozenset()
    newest: Mapping[str, int] | None = None
    used_for: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """The roster and its evidence.

    ``persons``: hid int32, id_number string|null, name, relation, town, village, roster (名 of
    the 户册 entry), number_usable bool, sheet int32, _file, _sheet, _row, then the union of the canonical
    columns of the roster's person tables (null where the person's table lacks one).
    ``households``: household_no, roster, part (分册), head_id, head_name, town, village, sheet, _file,
    _sheet, _row, then the union of the canonical columns of the roster's household tables.
    ``person_present`` / ``household_present``: canonical columns of each ``sheet`` index.
    ``events``: identity problems as rows (kind, hid, pid, household_no, id_number, name, source,
    _file, _sheet, _row, expected, actual): see :class:`LinkEvent`.
    ``parts_missing``: parts (分册) of the roster's registers that count as not delivered.
    ``corrections``: how many values were replaced by verified ones.
    ``false_alarms``: verified rows that silence a finding and that no newer verdict took back: item
    (the code), hid, pid (null: the household), household_no, id_number, value, date, _file, _sheet, _row.
    ``headings``: for each file and sheet, what the sheet calls the columns that it calls otherwise.
    ``persons`` and ``households`` also carry ``_raw`` of their row; a column whose rows disagree
    is null and named in it, so that it is unknown and not blank. ``@column`` in it holds a JSON
    list: file, sheet and row of the verified value that was put there, and what was declared.
    """

    persons: pa.Table
    households: pa.Table
    person_present: tuple[frozenset[str], ...]
    household_present: tuple[frozenset[str], ...]
    tables: Mapping[str, LinkedTable]
    events: pa.Table
    parts_missing: frozenset[str]
    corrections: int
    false_alarms: pa.Table | None = None
    headings: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
