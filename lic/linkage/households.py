"""Household keys: which rows of one entry of the 户册 belong to one household.

Knows 户编号, the head's number and parts. A number that passes as an ID number is no household
number; a household without one is found by its head. Refuses to number or to choose.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage import keys
from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.reading import (
    Codes,
    Mask,
    Reading,
    blank_to_null,
    id_numbers,
    known,
    ordered_codes,
)
from lic.model.roster import Roster, RosterEntry


@dataclass(frozen=True, slots=True)
class HouseholdKeys:
    """The households of one entry, sorted by key; a row's household is an index into them."""

    parts: tuple[str, ...]
    kinds: tuple[str, ...]
    values: tuple[str, ...]
    of_household: Codes  # for each household row; -1 when it has neither number nor head
    of_person: Codes


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a household is found by: part ("" unknown), 户编号 (null: none), the head's number."""

    part: pa.Array
    number: pa.Array
    head: pa.Array

    def by_head(self) -> pa.Array:
        """Part and head in one text; null without a head."""
        return pc.binary_join_element_wise(self.part, self.head, keys.SEPARATOR)


def key_households(
    engine: Engine,
    entry: RosterEntry,
    roster: Roster,
    households: Gathered | None,
    persons: Gathered,
    reading: Reading,
) -> HouseholdKeys:
    """Key every household row and every person row of one entry."""
    person, heads_stated = _person_rows(entry, roster, persons, reading)
    house = _household_rows(entry, roster, households, reading)
    if entry.lone_without_key:
        person = replace(person, head=persons.text(roster.number_column))
    else:
        maps = [_numbers_by_head(house, np.ones(len(house.part), dtype=np.bool_))]
        maps.append(_numbers_by_head(person, heads_stated))
        person, house = _resolved(engine, person, maps), _resolved(engine, house, maps)
    key_of_house, key_of_person = _keys(house), _with_digests(_keys(person), persons)
    codes = ordered_codes(key_of_house, key_of_person)
    distinct = pc.unique(pa.concat_arrays([key_of_house, key_of_person]).drop_null())
    split = [text.split(keys.SEPARATOR, 2) for text in sorted(distinct.to_pylist())]
    return HouseholdKeys(
        tuple(part for part, _, _ in split),
        tuple(kind for _, kind, _ in split),
        tuple(value for _, _, value in split),
        codes[0],
        codes[1],
    )


def _read_number(column: pa.Array, reading: Reading) -> tuple[pa.Array, pa.Array]:
    """The household number, and the ID number that stands in its place, each or null."""
    column = blank_to_null(column)
    found = id_numbers(column, reading)
    none = pa.scalar(None, pa.string())
    return pc.if_else(pc.is_valid(found), none, column), found


def _household_rows(
    entry: RosterEntry, roster: Roster, households: Gathered | None, reading: Reading
) -> _Rows:
    if households is None:
        nothing = pa.array([], pa.string())
        return _Rows(nothing, nothing, nothing)
    number, id_number = _read_number(households.text(entry.key_column), reading)
    head = pc.coalesce(households.text(roster.head_number_column), id_number)
    return _Rows(households.text("_part").fill_null(""), number, head)


def _person_rows(
    entry: RosterEntry, roster: Roster, persons: Gathered, reading: Reading
) -> tuple[_Rows, Mask]:
    """Person rows, and where the head is stated (a blank in a sheet with the column says: I am)."""
    number, id_number = _read_number(persons.text(entry.key_column), reading)
    has = persons.has(roster.head_number_column)
    stated = persons.text(roster.head_number_column)
    # An ID number in place of 户编号 is the head's, unless the head's column says something else:
    # a blank there says that the row is the head.
    in_place = pc.if_else(pa.array(has), pa.scalar(None, pa.string()), id_number)
    head = pc.coalesce(stated, in_place, persons.text(roster.number_column), id_number)
    return _Rows(persons.text("_part").fill_null(""), number, head), has | known(stated)


def _numbers_by_head(rows: _Rows, usable: Mask) -> tuple[pa.Array, pa.Array]:
    """Each (part, head) of a numbered household, and the smallest of its numbers."""
    joint = rows.by_head()
    at = np.flatnonzero(usable & known(joint) & known(rows.number))
    joint, number = joint.take(pa.array(at)), rows.number.take(pa.array(at))
    (joint_codes,), (number_codes,) = ordered_codes(joint), ordered_codes(number)
    order = np.lexsort((number_codes, joint_codes))
    first = pa.array(order[np.flatnonzero(np.diff(joint_codes[order], prepend=-1))])
    return joint.take(first), number.take(first)


def _resolved(engine: Engine, rows: _Rows, maps: list[tuple[pa.Array, pa.Array]]) -> _Rows:
    """Rows without a number take that of the household of the same part that has their head."""
    number = rows.number
    for joint, numbers in maps:
        open_rows = pc.if_else(pc.is_null(number), rows.by_head(), pa.scalar(None, pa.string()))
        at = engine.lookup([open_rows], [joint], many="m:1", join="row without number to household")
        number = pc.coalesce(number, numbers.take(pa.array(at, mask=at < 0)))
    return replace(rows, number=number)


def _keys(rows: _Rows) -> pa.Array:
    kind = pc.if_else(pc.is_valid(rows.number), keys.BY_NUMBER, keys.BY_HEAD)
    value = pc.coalesce(rows.number, rows.head)
    return pc.binary_join_element_wise(rows.part, kind, value, keys.SEPARATOR)


def _with_digests(key: pa.Array, persons: Gathered) -> pa.Array:
    """Rows with neither number nor head stand alone, keyed by what they say."""
    alone = np.flatnonzero(key.is_null().to_numpy(zero_copy_only=False))
    if not len(alone):
        return key
    columns = ["_part", *sorted(persons.schema.columns)]
    said = persons.rows.select(columns).take(pa.array(alone)).to_pylist()
    texts = []
    for row in said:
        content = repr([(name, str(row[name])) for name in columns])
        digest = hashlib.sha256(content.encode()).hexdigest()
        texts.append(keys.SEPARATOR.join((row["_part"] or "", keys.BY_ROW, digest)))
    mask = np.zeros(len(key), dtype=np.bool_)
    mask[alone] = True
    return pc.replace_with_mask(key, pa.array(mask), pa.array(texts, pa.string()))
