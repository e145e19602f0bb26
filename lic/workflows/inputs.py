"""The account of what was delivered: ``inputs`` rows, what is missing, what was not compared.

Counts and names only. Whether a table is required is said by its source; what its absence
means is said by the pack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lic.model.finding import Finding
from lic.model.manifest import NotCompared, NotDelivered
from lic.model.result import INPUT_SCHEMA
from lic.model.staging import Delivery, RefusedSheet, StagedFolder, StagedSheet
from lic.model.table import TableSchema

SheetKey = tuple[str, str, str]  # table, file, sheet


@dataclass(frozen=True, slots=True)
class Delivered:
    """This month's folder, the earlier folders that were used too, and the declared tables."""

    folder: StagedFolder
    earlier: tuple[StagedFolder, ...]
    schemas: Mapping[str, TableSchema]
    absent_registers: frozenset[str]

    def folders(self) -> tuple[StagedFolder, ...]:
        """All folders, this month's first."""
        return (self.folder, *self.earlier)

    def fingerprints(self) -> list[list[str]]:
        """What was read, as hashes: every file of every folder with the name it had."""
        found = {(sheet.file, sheet.sha256) for folder in self.folders() for sheet in folder.sheets}
        found |= {(refused.file, refused.sha256) for folder in self.folders() for refused in folder.refused}
        found |= {(name, "") for folder in self.folders() for name in folder.skipped}
        return [list(item) for item in sorted(found)]

    def problems(self, used: Collection[SheetKey]) -> list[Finding]:
        """What was wrong in this month's files, and in the earlier sheets that were ``used``."""
        places = {(file, sheet) for _, file, sheet in used}
        earlier = (item for folder in self.earlier for item in folder.findings)
        again = [item for item in earlier if (item.place.file, item.place.sheet or "") in places]
        return [*self.folder.findings, *again]

    def delivery(self, table: str) -> Delivery:
        """What became of one table in this month's folder."""
        if any(sheet.source == table for sheet in self.folder.sheets):
            return Delivery.DELIVERED
        if any(refused.source == table for refused in self.folder.refused):
            return Delivery.REFUSED
        return Delivery.ABSENT


def input_rows(delivered: Delivered, used: Mapping[SheetKey, int]) -> pa.Table:
    """``inputs.parquet``: every sheet used or refused, and every table that did not come.

    ``used`` says how many rows of each used sheet concern somebody; a sheet of an earlier
    folder that is not named there was not used and is no input.
    """
    rows: list[dict[str, Any]] = []
    for folder in delivered.folders():
        for sheet in folder.sheets:
            key = (sheet.source, sheet.file, sheet.sheet)
            if folder is delivered.folder or key in used:
                rows.append(_sheet_row(sheet, delivered.schemas[sheet.source], used.get(key, 0)))
        for refused in folder.refused:
            schema = None if refused.source is None else delivered.schemas.get(refused.source)
            rows.append(
                _table_row(schema, refused.source)
                | {
                    "result": Delivery.REFUSED.value,
                    "file": refused.file,
                    "sheet": refused.sheet,
                    "rows_read": refused.rows_read,
                    **_refused_rows(refused),
                    "sha256": refused.sha256,
                }
            )
    for name, schema in delivered.schemas.items():
        if delivered.delivery(name) is Delivery.ABSENT:
            rows.append(_table_row(schema, name) | {"result": Delivery.ABSENT.value})
    rows.sort(key=lambda row: [row.get(key) or "" for key in ("department", "table", "file", "sheet")])
    return pa.Table.from_pylist(rows, INPUT_SCHEMA)


def not_delivered(delivered: Delivered) -> tuple[NotDelivered, ...]:
    """Required tables, and parts of them, that did not come or were refused."""
    found: list[NotDelivered] = []
    for name, schema in sorted(delivered.schemas.items()):
        if not schema.required:
            continue
        delivery = delivered.delivery(name)
        if delivery is not Delivery.DELIVERED:
            found.append(NotDelivered(name, None, schema.department, delivery.value))
            continue
        came = _parts(sheet for sheet in delivered.folder.sheets if sheet.source == name)
        refused = {item.part for item in delivered.folder.refused if item.source == name}
        for part in schema.parts:
            if part not in came and part not in delivered.absent_registers:
                result = Delivery.REFUSED if part in refused else Delivery.ABSENT
                found.append(NotDelivered(name, part, schema.department, result.value))
    return tuple(sorted(found, key=lambda item: (item.department, item.table, item.part or "")))


def not_compared(delivered: Delivered) -> tuple[NotCompared, ...]:
    """Optional tables that did not come."""
    return tuple(
        NotCompared(name, schema.department)
        for name, schema in sorted(delivered.schemas.items())
        if not schema.required and delivered.delivery(name) is not Delivery.DELIVERED
    )


def _parts(sheets: Iterable[StagedSheet]) -> set[str]:
    """The parts that some sheets hold, also those that hold several."""
    found: set[str] = set()
    for sheet in sheets:
        if sheet.part is not None:
            found.add(sheet.part)
        else:
            column = pq.read_table(sheet.parquet, columns=["_part"]).column("_part")
            found.update(part for part in column.unique().to_pylist() if part is not None)
    return found


def _refused_rows(refused: RefusedSheet) -> dict[str, Any]:
    """The account of a sheet that was counted and not used; a file that was not opened has none."""
    if not refused.header_row:
        return {}
    counts = {name: getattr(refused, name) for name in ("header_row", "rejected", "blank", "footer")}
    return {**counts, "accepted": 0}


def _table_row(schema: TableSchema | None, name: str | None) -> dict[str, Any]:
    if schema is None:
        return {"table": name, "department": None, "required": None}
    return {"table": schema.name, "department": schema.department, "required": schema.required}


def _sheet_row(sheet: StagedSheet, schema: TableSchema, linked: int) -> dict[str, Any]:
    return _table_row(schema, sheet.source) | {
        "result": Delivery.DELIVERED.value,
        "file": sheet.file,
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "rows_read": sheet.rows_read,
        "accepted": sheet.accepted,
        "rejected": sheet.rejected,
        "blank": sheet.blank,
        "footer": sheet.footer,
        "linked": linked,
        "data_date": sheet.data_date,
        "sha256": sheet.sha256,
    }


def whole_table(delivered: Delivered, table: str) -> pa.Table | None:
    """Every accepted row of one table of this month's folder; None when none came.

    Sorted by file, sheet and row; linked to nobody.
    """
    sheets = [sheet for sheet in delivered.folder.sheets if sheet.source == table]
    if not sheets:
        return None
    rows = pa.concat_tables([pq.read_table(sheet.parquet) for sheet in sheets], promote_options="default")
    return rows.sort_by([(name, "ascending") for name in ("_file", "_sheet", "_row")])
