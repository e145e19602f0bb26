"""What a run keeps so that it can explain itself after the exports are gone.

``rules/``: the pack and ``lic.yaml`` as they were. ``evidence/``: the linked roster and the
linked rows of every table, with file, sheet and row on each; and the month in figures, which
the next month is held against.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from lic.model.linked import Linked
from lic.model.workspace import Workspace
from lic.runs.canonical import write_table
from lic.runs.manifest import canonical_json

RULES = "rules"
EVIDENCE = "evidence"
ROWS = "rows"
LEDGER = "ledger.parquet"
STRANGERS = "strangers"
_SIDE_BY_SIDE = 2  # tables: Parquet leaves other threads free
_SAMPLES = "samples"  # how made-up exports look: decides nothing
_SOURCES = "sources"
LOCAL = "local"
SUPERIOR = "superior"
_HASH_SEPARATOR = b"\0"


def rule_files(pack: Path, workspace: Workspace) -> dict[str, Path]:
    """Every file that the rules consist of, by its path inside the run's ``rules`` folder.

    The workspace's own sources lie beside ``lic.yaml`` under ``local/``, so that they never
    hide a file of the pack; higher rules lie under ``superior/01/``, each folder by its own name.
    """
    files = _files(pack)
    for number, folder in enumerate(workspace.superior, start=1):
        base = f"{SUPERIOR}/{number:02d}/{folder.resolve().name}"
        files |= {f"{base}/{name}": path for name, path in _files(folder).items()}
    for path in sorted((workspace.root / _SOURCES).glob("*.yaml")):
        files[f"{LOCAL}/{_SOURCES}/{path.name}"] = path
    files[workspace.config.name] = workspace.config
    return dict(sorted(files.items()))


def kept_superior(rules: Path) -> tuple[Path, ...]:
    """The folders of higher rules that :func:`rule_files` put into a run's ``rules`` folder."""
    return tuple(
        folder
        for number in sorted((rules / SUPERIOR).glob("[0-9][0-9]"))
        for folder in sorted(number.iterdir())
    )


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*.yaml"))
        if path.is_file() and path.relative_to(folder).parts[0] != _SAMPLES
    }


def rules_sha256(files: Mapping[str, Path]) -> str:
    """One hash over the names and contents of the rule files; line ends do not count."""
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + _HASH_SEPARATOR)
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + _HASH_SEPARATOR)
    return digest.hexdigest()


def write_rules(folder: Path, files: Mapping[str, Path]) -> None:
    """Copy the rule files into a run."""
    for name, path in files.items():
        target = folder / RULES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def write_evidence(folder: Path, linked: Linked, ledger: pa.Table | None) -> None:
    """Write the linked tables, each as one Parquet file, and what is known about them.

    ``ledger``: every row of the table that says who was newly confirmed, linked or not.
    """
    base = folder / EVIDENCE
    base.mkdir(parents=True, exist_ok=True)
    written = {
        "persons.parquet": linked.persons,
        "households.parquet": linked.households,
        "events.parquet": linked.events,
        LEDGER: ledger,
    }
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        asked = [
            pool.submit(write_table, table, base / name)
            for name, table in written.items()
            if table is not None
        ]
    for done in asked:
        done.result()
    tables: dict[str, object] = {}
    for name, table in sorted(linked.tables.items()):
        tables[name] = {
            "delivered": table.delivered,
            "present": [sorted(columns) for columns in table.present],
            "months": sorted(table.months),
            "newest": dict(sorted((table.newest or {}).items())),
            "used_for": [sorted(months) for months in table.used_for],
        }
    about = {
        "tables": tables,
        "person_present": [sorted(columns) for columns in linked.person_present],
        "household_present": [sorted(columns) for columns in linked.household_present],
        "parts_missing": sorted(linked.parts_missing),
        "corrections": linked.corrections,
        "headings": [[*place, dict(named)] for place, named in sorted(linked.headings.items()) if named],
    }
    (base / "linked.json").write_text(canonical_json(about), encoding="utf-8", newline="\n")


def write_strangers(folder: Path, lists: Mapping[str, pa.Table]) -> None:
    """Write the rows of other systems' lists whose numbers belong to nobody of this month, a file for
    each list: they are linked to nobody, but must be taken out there."""
    base = folder / EVIDENCE / STRANGERS
    for name, rows in sorted(lists.items()):
        base.mkdir(parents=True, exist_ok=True)
        write_table(rows, base / f"{name}.parquet")


def write_rows(folder: Path, linked: Linked) -> None:
    """Write the linked rows, each table as one Parquet file."""
    base = folder / EVIDENCE / ROWS
    base.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(linked.tables.items()):
        write_table(table.rows, base / f"{name}.parquet")
