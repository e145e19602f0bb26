"""The rows of two results that can differ, as values.

Knows which columns are compared. Everything that is equal is set aside as whole columns, so
that a county of a million looks at its changed households only.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.adjustment import HouseholdState, PersonState, Snapshot
from lic.model.result import Result

_HOUSEHOLD = (
    "household_no", "head_id", "head_name", "town", "village", "members", "counted_members", "category",
    "tags", "status",
)  # fmt: skip
_PERSON = (
    "household_no", "id_number", "name", "relation", "town", "village", "counted", "category", "basis",
    "tags", "status",
)  # fmt: skip
_BESIDE = ("registered_category", "action", "reason")
_SEPARATOR = "\x1f"
_ABSENT = "\x00"


def changed_snapshots(old: Result, new: Result, also: Iterable[str] = ()) -> tuple[Snapshot, Snapshot]:
    """Both sides, reduced to whole households of which something differs; and those in ``also``."""
    numbers = set(also)
    for mine, other in ((old, new), (new, old)):
        numbers |= _differing(mine.households, other.households, _HOUSEHOLD)
        numbers |= _differing(mine.persons, other.persons, _PERSON)
    wanted = pa.array(sorted(numbers), pa.string())
    return snapshot(old, wanted), snapshot(new, wanted)


def snapshot(result: Result, wanted: pa.Array | None = None) -> Snapshot:
    """The states of a result: of all households, or of those with a number in ``wanted``."""
    households, persons = result.households, result.persons
    if wanted is not None:
        households, persons = (
            table.filter(pc.is_in(table.column("household_no"), value_set=wanted))
            for table in (households, persons)
        )
    return Snapshot(
        tuple(sorted((_household(row) for row in _rows(households, _HOUSEHOLD)), key=household_order)),
        tuple(sorted((_person(row) for row in _rows(persons, _PERSON)), key=person_order)),
    )


def household_order(state: HouseholdState) -> tuple[str, ...]:
    """The order of households."""
    return (state.household_no,)


def person_order(state: PersonState) -> tuple[str, ...]:
    """The order of persons: that of the result."""
    return state.household_no, state.id_number or "", state.name or ""


def _rows(table: pa.Table, names: Iterable[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.select([*names, *_BESIDE]).to_pylist()
    return rows


def _household(row: dict[str, object]) -> HouseholdState:
    return HouseholdState(**_values(row))  # type: ignore[arg-type]


def _person(row: dict[str, object]) -> PersonState:
    return PersonState(**_values(row))  # type: ignore[arg-type]


def _values(row: dict[str, object]) -> dict[str, object]:
    tags = row["tags"]
    named = {
        **row,
        "tags": tuple(tags) if isinstance(tags, list) else (),
        "registered": row["registered_category"],
    }
    del named["registered_category"]
    return named


def _differing(mine: pa.Table, other: pa.Table, names: tuple[str, ...]) -> set[str]:
    """Household numbers of rows that the other side does not have exactly so."""
    one, two = _joined(mine, names), _joined(other, names)
    fresh = pc.invert(pc.is_in(one, value_set=two))
    return set(mine.column("household_no").filter(fresh).to_pylist())


def _joined(table: pa.Table, names: tuple[str, ...]) -> pa.Array:
    parts = []
    for name in names:
        column = table.column(name).combine_chunks()
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, _SEPARATOR)
        parts.append(pc.fill_null(pc.cast(column, pa.string()), _ABSENT))
    joined = pc.binary_join_element_wise(*parts, _SEPARATOR)
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined
