"""Everybody of a run as the templates of other systems ask about him, and the run's own copy of their lists.

Knows which column of the canonical result answers which question. Decides nothing: who is not
decided belongs nowhere and is removed from nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from lic.model.export import NO, TAG, YES, ExportTemplate, Item
from lic.model.linked import Doubt, LinkedTable
from lic.model.manifest import Manifest
from lic.model.platform import ListedRow, PlatformList, Subject
from lic.model.result import Result, Status
from lic.model.table import TableSchema

_OF_PERSON = {
    Item.NAME: "name",
    Item.ID_NUMBER: "id_number",
    Item.RELATION: "relation",
    Item.TOWN: "town",
    Item.VILLAGE: "village",
    Item.CATEGORY: "category",
    Item.BASIS: "basis",
    Item.REGISTERED: "registered_category",
    Item.HOUSEHOLD_NO: "household_no",
}
_OF_HOUSEHOLD = {
    Item.HEAD_NAME: "head_name",
    Item.HEAD_ID: "head_id",
    Item.MEMBERS: "members",
    Item.COUNTED_MEMBERS: "counted_members",
}
_MONEY_PLACES = 2


def subjects_of(template: ExportTemplate, manifest: Manifest, result: Result) -> list[Subject]:
    """Everybody, in the order of the result, with what the template asks."""
    wanted = {column.item for column in template.columns if column.item is not None}
    silent = {column.item for column in template.columns if column.table in _not_there(manifest)}
    households = {row["household_no"]: row for row in result.households.to_pylist()}
    fixed = {
        Item.PERIOD: manifest.period,
        Item.AS_OF: manifest.as_of,
        Item.COUNTY: manifest.county,
    }
    found = []
    for row in result.persons.to_pylist():
        household = households.get(row["household_no"], {})
        items = {
            item: "" if item in silent else _answer(item, row, household, fixed) for item in sorted(wanted)
        }
        found.append(Subject(row["id_number"], items, _belongs(template, row), row["reason"] or ""))
    return found


def _not_there(manifest: Manifest) -> frozenset[str | None]:
    """Tables that did not come as a whole."""
    absent = [item.table for item in manifest.not_delivered if item.part is None]
    return frozenset((*absent, *(item.table for item in manifest.not_compared)))


def _belongs(template: ExportTemplate, row: Mapping[str, Any]) -> bool | None:
    if row["status"] == Status.UNDECIDED.value:
        return None
    if row["category"] not in template.categories:
        return False
    return not template.tags or bool(set(template.tags) & set(row["tags"] or ()))


def _answer(
    item: str, person: Mapping[str, Any], household: Mapping[str, Any], fixed: Mapping[Item, str]
) -> str:
    if item.startswith(TAG):
        return YES if item.removeprefix(TAG) in (person["tags"] or ()) else NO
    known = Item(item) if item in set(Item) else None
    if known is None:
        return value_text(person[item] if item in person else household.get(item))
    if known in fixed:
        return fixed[known]
    if known in _OF_PERSON:
        return value_text(person[_OF_PERSON[known]])
    return value_text(household.get(_OF_HOUSEHOLD[known]))


def value_text(value: object) -> str:
    """A cell as the other system's sheet has it: always text."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case Decimal():
            return f"{value:.{_MONEY_PLACES}f}"
        case date():
            return value.isoformat()
        case list() | tuple():
            return "\u3001".join(str(item) for item in value)
        case _:
            return str(value)


def list_in_run(
    template: ExportTemplate,
    schema: TableSchema,
    result: Result,
    tables: Mapping[str, LinkedTable],
    strangers: pa.Table | None,
) -> PlatformList:
    """The other system's list as it was delivered in the month; else guessed from the registers.

    ``strangers``: its rows that concern nobody of the run.
    """
    table = tables.get(template.table)
    if table is None or not table.delivered:
        return _from_registers(template, result)
    rows = [
        listed_row(template, schema, row, table.present[row["sheet"]])
        for row in table.rows.to_pylist()
        if row["doubt"] != Doubt.NUMBER
    ]
    others = [] if strangers is None else strangers.to_pylist()
    rows += [listed_row(template, schema, row, frozenset()) for row in others]
    inputs = [row for row in result.inputs.to_pylist() if row["table"] == template.table and row["file"]]
    return PlatformList(
        tuple(rows),
        tuple(dict.fromkeys(row["file"] for row in inputs)),
        tuple(sorted({row["data_date"].isoformat() for row in inputs if row["data_date"] is not None})),
    )


def listed_row(
    template: ExportTemplate, schema: TableSchema, row: Mapping[str, Any], present: frozenset[str]
) -> ListedRow:
    """One row of the list, with its cells as text."""
    values = {key: value_text(value) for key, value in row.items() if not key.startswith("_")}
    entered = all(values.get(column, "") in words for column, words in template.entered.items())
    place = (str(row.get("_file") or ""), str(row.get("_sheet") or ""), int(row.get("_row") or 0))
    number, name = row.get(schema.number_column or ""), row.get(schema.name_column or "")
    return ListedRow(number, name, values, entered, present, place)


def _from_registers(template: ExportTemplate, result: Result) -> PlatformList:
    """What the registers say somebody is, where the system sent no list of its own."""
    column = next((item for item in template.columns if item.item == Item.CATEGORY and item.compared), None)
    if column is None or column.compared is None or template.tags:
        return PlatformList((), derived=True, delivered=False)
    rows = [
        ListedRow(
            row["id_number"],
            row["name"],
            {column.compared: row["registered_category"]},
            entered=True,
            present=frozenset({column.compared}),
        )
        for row in result.persons.select(["id_number", "name", "registered_category"]).to_pylist()
        if row["registered_category"] is not None
    ]
    return PlatformList(tuple(rows), derived=True)
