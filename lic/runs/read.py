"""A finished run, read back: its account, its four tables, its evidence.

Knows the files of a run folder and whether they are still what the manifest vouches for.
Refuses to decide anything again; that is for whoever holds the rules of the run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lic.errors import RunFolderError
from lic.model.linked import Linked, LinkedTable
from lic.model.manifest import Manifest
from lic.model.result import Result
from lic.runs.canonical import file_sha256, read_table
from lic.runs.evidence import EVIDENCE, LEDGER, ROWS, RULES, STRANGERS
from lic.runs.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder that was opened: where it lies, its account and its canonical result."""

    folder: Path
    manifest: Manifest
    result: Result

    @property
    def rules(self) -> Path:
        """The rule pack and ``lic.yaml`` as they were."""
        return self.folder / RULES


def open_run(folder: Path, *, verify: bool = True) -> Run:
    """Read the account and the tables of the run in ``folder``.

    ``verify``: first compare every file with the manifest.  Raises RunFolderError: W005 no run,
    W006 a file is missing or not as it was written.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise RunFolderError("W005", folder=folder)
    if verify:
        check_files(folder, manifest)
    try:
        tables = {name: read_table(folder / f"{name}.parquet") for name in Result.__dataclass_fields__}
    except (OSError, ValueError) as error:
        raise RunFolderError("W005", folder=folder) from error
    return Run(folder.resolve(), manifest, Result(**tables))


def check_files(folder: Path, manifest: Manifest) -> None:
    """Every file that the manifest names is there and has its hash; the first that is not is named."""
    for name, expected in sorted(manifest.outputs.items()):
        path = folder / name
        if not path.is_file() or file_sha256(path) != expected:
            raise RunFolderError("W006", folder=folder, file=name)


def read_evidence(run: Run) -> Linked:
    """The linked roster and rows as they were evaluated, so that a decision can be replayed."""
    base = run.folder / EVIDENCE
    about: Any = json.loads((base / "linked.json").read_text(encoding="utf-8"))
    tables = {name: _table(name, item, base / ROWS) for name, item in about["tables"].items()}
    return Linked(
        persons=read_table(base / "persons.parquet"),
        households=read_table(base / "households.parquet"),
        person_present=tuple(frozenset(columns) for columns in about["person_present"]),
        household_present=tuple(frozenset(columns) for columns in about["household_present"]),
        tables=tables,
        events=read_table(base / "events.parquet"),
        parts_missing=frozenset(about["parts_missing"]),
        corrections=about["corrections"],
        headings={(file, sheet): named for file, sheet, named in about.get("headings", ())},
    )


def read_ledger(run: Run) -> pa.Table | None:
    """Every row of the ledger of applications, as staged; None when it was not delivered."""
    path = run.folder / EVIDENCE / LEDGER
    return read_table(path) if path.is_file() else None


def read_strangers(run: Run, table: str) -> pa.Table | None:
    """Rows of another system's list that concern nobody of the run; None when none were kept."""
    path = run.folder / EVIDENCE / STRANGERS / f"{table}.parquet"
    return read_table(path) if path.is_file() else None


def _table(name: str, about: Any, rows: Path) -> LinkedTable:
    path = rows / f"{name}.parquet"
    return LinkedTable(
        name,
        delivered=about["delivered"],
        rows=read_table(path),
        present=tuple(frozenset(columns) for columns in about["present"]),
        months=frozenset(about["months"]),
        newest=about["newest"],
        used_for=tuple(frozenset(months) for months in about["used_for"]),
    )
