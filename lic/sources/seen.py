"""What the headings of each sheet were, whether or not the sheet could be used.

Written beside the staged tables by the process that read the file, so that a changed heading can
be accepted without opening the export again. Rows are kept only of sheets that nobody knows,
and only the first few: one of them is the heading.
"""

from __future__ import annotations

import json
from pathlib import Path

from lic.model.staging import SeenSheet
from lic.sources.grid import Grid
from lic.sources.header import Header
from lic.values.read import cell_text
from lic.values.text import clean

_NAME = "seen-*.json"
_FIRST_ROWS = 20


def write_seen(folder: Path, file: str, grid: Grid, header: Header | None) -> None:
    """Keep the headings of ``grid``."""
    number = sum(1 for _ in folder.glob(_NAME))
    rows = grid.rows[:_FIRST_ROWS] if header is None else [header.shown]
    content = {
        "file": file,
        "sheet": grid.name,
        "table": None if header is None else header.source.source.name,
        "rows": [[clean(cell_text(cell)) for cell in row] for row in rows],
    }
    path = folder / _NAME.replace("*", f"{number:04d}")
    path.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def read_seen(folder: Path) -> tuple[SeenSheet, ...]:
    """The sheets of a staging folder, in their order."""
    found = []
    for path in sorted(folder.glob(_NAME)):
        item = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(tuple(row) for row in item["rows"])
        found.append(SeenSheet(item["file"], item["sheet"], item["table"], rows))
    return tuple(found)
