"""Views into a run, a run into its folder: replaced by one rename, or beside what somebody has open.

Excel holds an open workbook so that Windows refuses to replace it. A clerk who asks for a list
gets it all the same, under the next free name.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from lic.runs.folder import Draft, move, replace_folder

Rename = Callable[[Path, Path], object]


def put_file(made: Path, target: Path, *, rename: Rename = move) -> Path:
    """Move a finished file to ``target``, or to the next free name when that is held open."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        target.unlink(missing_ok=True)  # Windows renames onto nothing that exists
        rename(made, target)
    except PermissionError:
        free = next_free(target)
        rename(made, free)
        return free
    return target


def put_folder(made: Path, target: Path, *, rename: Rename = move) -> Path:
    """Move a finished folder to ``target``; when a file in the old one is open, beside it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        replace_folder(made, target, rename=rename)
    except PermissionError:
        free = next_free(target)
        rename(made, free)
        return free
    return target


def commit_beside(draft: Draft, out: Path, *, rename: Rename = move) -> Path:
    """Put a run exactly at ``out``, or beside it when a workbook of the run there is open."""
    draft.seal()
    return put_folder(draft.path, out, rename=rename)


def next_free(path: Path) -> Path:
    """``name (2).xlsx``, ``name (3).xlsx`` …: the first that is not there."""
    for number in count(2):
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not candidate.exists():
            return candidate
    raise AssertionError
