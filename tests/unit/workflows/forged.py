"""Runs made from a real one: its tables and account changed, its manifest true again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from lic.runs.canonical import file_sha256, read_table, write_table

Row = dict[str, Any]


def forge(
    run: Path,
    target: Path,
    *,
    persons: Callable[[Row], Row | None] | None = None,
    households: Callable[[Row], Row | None] | None = None,
    manifest: Mapping[str, Any] | None = None,
) -> Path:
    """A copy of ``run`` whose rows went through the functions (None drops a row)."""
    shutil.copytree(run, target)
    account = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    for name, change in (("persons", persons), ("households", households)):
        path = target / f"{name}.parquet"
        table = read_table(path)
        if change is not None:
            rows = [made for row in table.to_pylist() if (made := change(dict(row))) is not None]
            order = ["household_no", "id_number", "name"] if name == "persons" else ["household_no"]
            made = pa.Table.from_pylist(rows, table.schema)
            write_table(made.sort_by([(column, "ascending") for column in order]), path)
            account["outputs"][f"{name}.parquet"] = file_sha256(path)
            account["question"] = "0" * 64
    account |= dict(manifest or {})
    (target / "manifest.json").write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    return target
