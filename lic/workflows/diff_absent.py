"""Why somebody is in one of two runs only: his list did not come, he is not on it, or its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from lic.messages import diff as words
from lic.model.adjustment import Cause, CauseKind, Detail
from lic.model.linked import Linked
from lic.model.roster import RosterEntry
from lic.workflows.diff_places import Places, Row, place_text


@dataclass(frozen=True, slots=True)
class Elsewhen:
    """The month in which somebody is not there."""

    linked: Linked
    places: Places
    as_of: date


def not_there(here: Places, person: int, day: date, there: Elsewhen, *, gone: bool) -> Cause:
    """``here``: the month that has him, on its ``day``; ``gone``: it is the older one."""
    row = here.own(person)
    entry = here.entry(row)
    if entry is None:
        return Cause(CauseKind.UNKNOWN, str(row["roster"]))
    missing = missing_list(entry, row, there, gone=gone)
    if missing is not None:
        return missing
    ended = _over(entry, here, person, there)
    if ended is not None:
        days = moved_day(day, there.as_of, gone=gone)
        return Cause(CauseKind.DATE, words.AS_OF, details=(days, ended))
    what = words.NO_LONGER_LISTED if gone else words.NEWLY_LISTED
    table = entry.person_table
    return Cause(
        CauseKind.LISTED,
        table,
        here.department(table),
        (Detail(what, whom=row["name"], place=place_text(row)),),
    )


def missing_list(entry: RosterEntry, row: Row, there: Elsewhen, *, gone: bool) -> Cause | None:
    """The list that somebody is on did not come in the other month."""
    part = row.get("_part")
    if part is not None and part in there.linked.parts_missing:
        source = words.PART.format(table=entry.person_table, part=part)
        return _missing(source, there.places.department(entry.person_table), gone=gone)
    for table in (entry.household_table, entry.person_table):
        linked = None if table is None else there.linked.tables.get(table)
        if table is not None and linked is not None and not linked.delivered:
            return _missing(table, there.places.department(table), gone=gone)
    return None


def _missing(source: str, department: str | None, *, gone: bool) -> Cause:
    return Cause(CauseKind.MISSING, source, department, (missing_detail(source, gone=gone),))


def missing_detail(source: str, *, gone: bool) -> Detail:
    """A table came in one of the months only."""
    came = (words.DELIVERED, words.UNDELIVERED)
    old, new = came if gone else came[::-1]
    return Detail(source, old=old, new=new)


def _over(entry: RosterEntry, here: Places, person: int, there: Elsewhen) -> Detail | None:
    """The list keeps somebody for a time only, and on the other day that is over or not begun."""
    if entry.condition is None:
        return None
    rows = here.rows(entry.person_table, person)
    if not rows:
        return None
    schema = here.linked.tables[entry.person_table].rows.schema
    table = pa.Table.from_pylist([dict(row) for row in rows], schema)
    own = next((item for item in here.pack.roster.entries if item.name == entry.name), entry)
    if here.pack.row_mask(own, table, there.as_of).any():
        return None
    days = (
        words.DAY.format(name=name, day=value.isoformat())
        for name, value in rows[0].items()
        if name in entry.condition and isinstance(value, date)
    )
    return Detail(
        words.CLAUSE.join(days) or entry.condition,
        whom=rows[0].get(here.pack.roster.name_column),
        place=place_text(rows[0]),
    )


def moved_day(here: date, there: date, *, gone: bool) -> Detail:
    """The as-of date, from the older to the newer."""
    old, new = (here, there) if gone else (there, here)
    return Detail(words.AS_OF, old=old.isoformat(), new=new.isoformat())
