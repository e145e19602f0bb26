"""The rows in which something is wrong, as they stood in the export: for the paper that goes back.

Written beside the staged tables by the process that read the file, so that nobody has to open
the export a second time. Cells are kept as the text that the department sees; what is wrong
with them is in the findings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lic.model.finding import Finding, Scope, Severity
from lic.model.staging import FaultyRows
from lic.sources.grid import Grid
from lic.values import Cell
from lic.values.read import cell_text

_NAME = "faulty-*.parquet"
_ABOUT = b"lic"
_SCOPES = (Scope.ROW, Scope.CELL)


def write_faulty(
    folder: Path,
    grid: Grid,
    headings: Sequence[str],
    about: FaultyRows,
    findings: Sequence[Finding],
    *,
    repeats: Sequence[int] = (),
) -> None:
    """Keep the rows of ``grid`` that an error or a warning is about, under its headings.

    ``repeats``: rows that linking will name when it finds them there twice.
    """
    number = sum(1 for _ in folder.glob(_NAME))
    wanted = {row for item in findings if _concerns(item, about) for row in item.rows()}.union(repeats)
    if not wanted:
        return
    rows = [
        (grid.number(index), cells) for index, cells in enumerate(grid.rows) if grid.number(index) in wanted
    ]
    described = {
        "source": about.source,
        "file": about.file,
        "sheet": about.sheet,
        "headings": list(headings),
    }
    table = pa.table(
        {
            "row": pa.array([row for row, _ in rows], pa.int64()),
            "cells": pa.array([_texts(cells) for _, cells in rows], pa.list_(pa.string())),
        }
    ).replace_schema_metadata({_ABOUT: json.dumps(described, ensure_ascii=False)})
    pq.write_table(table, folder / _NAME.replace("*", f"{number:04d}"), compression="lz4")


def _concerns(item: Finding, about: FaultyRows) -> bool:
    place = item.place
    return (
        item.severity is not Severity.NOTE
        and item.scope in _SCOPES
        and (place.file, place.sheet) == (about.file, about.sheet)
    )


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell_text(cell) for cell in cells]


def read_faulty(folder: Path) -> tuple[FaultyRows, ...]:
    """Where the rows of a staging folder are kept, by sheet."""
    found = []
    for path in sorted(folder.glob(_NAME)):
        about = json.loads(pq.read_schema(path).metadata[_ABOUT])
        found.append(
            FaultyRows(about["source"], about["file"], about["sheet"], tuple(about["headings"]), path)
        )
    return tuple(found)
