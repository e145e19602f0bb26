"""Where what two months say of a person stands: file, sheet and row of what came and what went."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from lic.messages import diff as words
from lic.model.linked import VERIFIED, Linked
from lic.model.roster import RosterEntry
from lic.policy.pack import Pack
from lic.policy.parts import numbers

_UNSAID = frozenset({"hid", "pid", "sheet", "doubt", "_file", "_sheet", "_row", "_raw"})
Row = Mapping[str, Any]


class Places:
    """The rows of the persons of one month; each table is looked through once."""

    def __init__(self, linked: Linked, pack: Pack) -> None:
        self.linked = linked
        self.pack = pack
        self._entries = {entry.name: entry for entry in pack.roster.entries}
        self._rows: dict[str, dict[int, list[int]]] = {}

    def own(self, person: int) -> Row:
        """His row of the roster."""
        row: Row = self.linked.persons.slice(person, 1).to_pylist()[0]
        return row

    def household(self, place: int) -> Row:
        """The roster's row of a household."""
        row: Row = self.linked.households.slice(place, 1).to_pylist()[0]
        return row

    def entry(self, row: Row) -> RosterEntry | None:
        """The part of the 户册 by which somebody is there."""
        return self._entries.get(str(row["roster"]))

    def department(self, table: str) -> str | None:
        """Who sends a table."""
        schema = self.pack.program.schemas.get(table)
        return None if schema is None else schema.department

    def rows(self, table: str, person: int) -> list[Row]:
        """What a table says of him."""
        if table not in self._rows:
            found: dict[int, list[int]] = defaultdict(list)
            if table in self.linked.tables:
                pid = numbers(self.linked.tables[table].rows, "pid")
                for at, owner in enumerate(pid.tolist()):
                    found[owner].append(at)
            self._rows[table] = found
        places = self._rows[table].get(person, [])
        if not places:
            return []
        rows: list[Row] = self.linked.tables[table].rows.take(pa.array(np.array(places))).to_pylist()
        return rows


def fresh(mine: list[Row], other: list[Row]) -> Row | None:
    """The first of my rows that the other month does not have."""
    known = {_said(row) for row in other}
    return next((row for row in mine if _said(row) not in known), None)


def _said(row: Row) -> str:
    return repr(
        sorted((name, value) for name, value in row.items() if name not in _UNSAID and value is not None)
    )


def place_text(row: Row | None, column: str | None = None) -> str | None:
    """File, sheet and row; of a verified value, where the visit's finding stands."""
    if row is None or row.get("_file") is None:
        return None
    file, sheet, number = row["_file"], row["_sheet"], row["_row"]
    if column is not None and row.get("_raw"):
        verified = json.loads(row["_raw"]).get(VERIFIED + column)
        if verified:
            file, sheet, number = json.loads(verified)[:3]
    return words.PLACE.format(file=file, sheet=sheet or "", row=number)
