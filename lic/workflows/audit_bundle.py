"""The folder of an audit sample: written whole, read back whole.

Knows the file names and how a bundle gets its number. Refuses to know what makes it right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lic.errors import RunFolderError
from lic.model.audit import MANIFEST_FILE
from lic.model.workspace import AUDITS, VIEWS
from lic.runs.canonical import file_sha256
from lic.runs.folder import Draft, commit_at, draft_in
from lic.sampling.verify import read_manifest

_NUMBER = re.compile(r"^\d{2,}$")
_TRIES = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bundle goes: exactly ``out``, else the next number below ``parent``."""

    parent: Path
    out: Path | None


def place_of(run: Path, workspace: Path | None, period: str, out: Path | None) -> Place:
    """``<workspace>/runs/<period>/抽查/NN``; of a run outside of any workspace in its views."""
    if out is not None:
        return Place(out.resolve().parent, out.resolve())
    parent = run / VIEWS if workspace is None else workspace / "runs" / period
    return Place(parent / AUDITS, None)


def check_place(place: Place) -> None:
    """An explicit folder must be new, empty or a bundle. Raises RunFolderError W612."""
    out = place.out
    if out is None or not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and _manifest(out) is None):
        raise RunFolderError("W612", folder=out)


def is_bundle(folder: Path) -> bool:
    """Whether there is a manifest of an audit in ``folder``."""
    return _manifest(folder) is not None


def _manifest(folder: Path) -> object:
    try:
        return read_manifest((folder / MANIFEST_FILE).read_bytes().decode())
    except (OSError, ValueError):
        return None


def commit(draft: Draft, place: Place) -> tuple[Path, bool]:
    """Rename the draft into place; the same bundle there already is left alone (False)."""
    if place.out is not None:
        if place.out.exists() and _same(draft.path, place.out):
            return place.out, False
        if place.out.exists() and any(place.out.iterdir()):
            raise RunFolderError("W613", folder=place.out)
        return commit_at(draft, place.out), True
    numbers = [int(item.name) for item in place.parent.iterdir() if _NUMBER.match(item.name)]
    for item in sorted(place.parent.iterdir()):
        if _NUMBER.match(item.name) and _same(draft.path, item):
            return item, False
    first = max(numbers, default=0) + 1
    for number in range(first, first + _TRIES):
        target = place.parent / f"{number:02d}"
        if not target.exists():
            return commit_at(draft, target), True
    raise RunFolderError("W003", folder=place.parent, reason="NN")


def _same(draft: Path, folder: Path) -> bool:
    """The folder holds every file of the draft, byte for byte."""
    files = [item for item in draft.iterdir() if item.is_file()]
    return all(
        (folder / item.name).is_file() and file_sha256(folder / item.name) == file_sha256(item)
        for item in files
    )


__all__ = ["Place", "check_place", "commit", "draft_in", "is_bundle", "place_of"]
