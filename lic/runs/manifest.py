"""Reading and writing ``manifest.json``, and the hash of the question that a run answers.

The shape is :class:`lic.model.manifest.Manifest`; this module knows JSON and files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lic.model.manifest import FORMAT, Manifest
from lic.model.workspace import VIEWS

MANIFEST = "manifest.json"
JOURNAL = "run.log"
_NOT_HASHED = frozenset({MANIFEST, JOURNAL})


def canonical_json(value: object) -> str:
    """One spelling for one value: sorted keys, no escapes, LF at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def question_sha256(question: Mapping[str, object]) -> str:
    """The hash of everything that an answer depends on."""
    return hashlib.sha256(canonical_json(question).encode()).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest as the last file of a run."""
    path = folder / MANIFEST
    path.write_text(canonical_json(manifest.to_dict()), encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of ``folder``, or None when there is none that this lic understands."""
    try:
        data: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return None
    try:
        return Manifest.from_dict(data)
    except (KeyError, TypeError):
        return None


def hashed_files(folder: Path) -> list[Path]:
    """Every file of a run that its manifest vouches for, sorted by path."""
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.relative_to(folder).as_posix() not in _NOT_HASHED
        and not path.relative_to(folder).parts[0].startswith(".")
        and path.relative_to(folder).parts[0] != VIEWS
    ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
