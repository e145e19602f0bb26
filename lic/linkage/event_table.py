"""One identity problem, and the table of them. Knows the columns, not what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from lic.model.event import LinkEvent
from lic.model.finding import Place

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("hid", pa.int32()),
        ("pid", pa.int32()),
        ("household_no", pa.string()),
        ("id_number", pa.string()),
        ("name", pa.string()),
        ("source", pa.string()),
        ("_file", pa.string()),
        ("_sheet", pa.string()),
        ("_row", pa.int64()),
        ("expected", pa.string()),
        ("actual", pa.string()),
    ]
)


_ORDER = (
    "kind",
    "household_no",
    "id_number",
    "name",
    "source",
    "_file",
    "_sheet",
    "_row",
    "expected",
    "actual",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One identity problem."""

    kind: LinkEvent
    place: Place
    household_no: str | None
    hid: int | None = None
    pid: int | None = None
    id_number: str | None = None
    name: str | None = None
    expected: str | None = None
    actual: str | None = None


def event_table(events: Sequence[Event]) -> pa.Table:
    """Events as rows, sorted by kind, household, person and place."""
    columns = {
        "kind": [event.kind.value for event in events],
        "source": [event.place.source for event in events],
        "_file": [event.place.file for event in events],
        "_sheet": [event.place.sheet for event in events],
        "_row": [event.place.row for event in events],
    }
    for name in ("hid", "pid", "household_no", "id_number", "name", "expected", "actual"):
        columns[name] = [getattr(event, name) for event in events]
    table = pa.table({field.name: pa.array(columns[field.name], field.type) for field in SCHEMA})
    return table.sort_by([(name, "ascending") for name in _ORDER]).combine_chunks()
