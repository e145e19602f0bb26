"""The errors of a finished run that a clerk should see before anything else.

Knows the findings table; refuses to know how a screen shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.model.finding import Direction, Severity

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """One error as the screen needs it: code, where, what, what to do."""

    code: str
    place: str
    message: str
    suggestion: str


def worst_problems(run: Path) -> tuple[int, tuple[Shown, ...]]:
    """How many errors about the exports there are, and the first of them by file and row."""
    table = pq.read_table(run / "findings.parquet")
    mine = pc.and_(
        pc.equal(table["severity"], Severity.ERROR.value), pc.equal(table["direction"], Direction.DATA.value)
    )
    rows = table.filter(mine).to_pylist()
    order = sorted(
        rows, key=lambda row: (row["row"] is not None, row["file"] or "", row["code"], row["row"] or 0)
    )
    return len(rows), tuple(
        Shown(
            row["code"],
            "  ".join(str(row[part]) for part in ("file", "sheet", "row") if row[part] not in (None, "")),
            row["message"] or "",
            row["suggestion"] or "",
        )
        for row in order[:SHOWN]
    )
