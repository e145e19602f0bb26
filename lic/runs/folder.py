"""Where a run lies: numbering, drafts, renaming, and what a killed run leaves behind.

A draft is a hidden folder beside its future place; it becomes a run by one rename, after
everything in it was written. Knows folders and locks; refuses to know their contents.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lic.errors import RunFolderError
from lic.runs.lock import FileLock
from lic.runs.manifest import MANIFEST, read_manifest

LATEST = "latest.txt"
_NUMBER = re.compile(r"^\d{2,}$")
_DRAFT = ".draft-"
_LOCK = ".lock"
_TRIES = 1000


def runs_of(folder: Path) -> list[Path]:
    """The numbered runs in a period's folder, oldest first; half-written ones have no number."""
    if not folder.is_dir():
        return []
    found = [item for item in folder.iterdir() if _NUMBER.match(item.name) and (item / MANIFEST).is_file()]
    return sorted(found, key=lambda item: int(item.name))


def is_run(folder: Path) -> bool:
    """Whether ``folder`` holds a manifest that lic can read."""
    return read_manifest(folder) is not None


def find_answer(folder: Path, question: str) -> Path | None:
    """The newest complete run in a period's folder that answered the same question."""
    for run in reversed(runs_of(folder)):
        if answers(run, question):
            return run
    return None


def answers(run: Path, question: str) -> bool:
    """Whether ``run`` answered ``question`` and still has every file that it wrote."""
    manifest = read_manifest(run)
    if manifest is None or manifest.question != question:
        return False
    return all((run / name).is_file() for name in manifest.outputs)


def check_destination(out: Path, *, force: bool, month: Path) -> None:
    """Refuse an explicit folder that is not new, not empty and not (with ``force``) a run.

    Nothing is ever written into the month's own folder.
    """
    resolved = out.resolve()
    if resolved == month.resolve() or month.resolve() in resolved.parents:
        raise RunFolderError("W004", folder=out)
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise RunFolderError("W001", folder=out)
    if not out.exists() or not any(out.iterdir()):
        return
    if not is_run(out):
        raise RunFolderError("W001", folder=out)
    if not force:
        raise RunFolderError("W002", folder=out)


class Draft:
    """A run that is being written. ``path`` holds what will stay, ``scratch`` what will not."""

    def __init__(self, path: Path) -> None:
        """Take over an existing folder."""
        self.path = path
        self.scratch = path / ".scratch"
        self.scratch.mkdir(mode=0o700)

    def seal(self) -> None:
        """Remove the scratch folder and close the files to everybody else."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        for folder, _, files in os.walk(self.path):
            Path(folder).chmod(0o700)
            for name in files:
                (Path(folder) / name).chmod(0o600)


@contextmanager
def draft_in(parent: Path) -> Iterator[Draft]:
    """A draft below ``parent`` that vanishes unless it was committed; stale ones are cleared first."""
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_stale(parent)
        handle, name = tempfile.mkstemp(prefix=_DRAFT, suffix=_LOCK, dir=parent)
        os.close(handle)
    except OSError as error:
        raise RunFolderError("W003", folder=parent, reason=error.strerror or type(error).__name__) from error
    lock = FileLock(Path(name))
    lock.acquire()  # before the folder exists, so that nobody ever sees it unlocked
    folder = Path(name.removesuffix(_LOCK))
    folder.mkdir(mode=0o700)
    try:
        yield Draft(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def clear_stale(parent: Path) -> None:
    """Remove drafts whose process is gone (their lock is free)."""
    for folder in sorted(parent.glob(_DRAFT + "*")):
        if folder.is_dir():
            lock = FileLock(parent / (folder.name + _LOCK))
            if lock.acquire():
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()


def commit_numbered(draft: Draft, folder: Path) -> Path:
    """Give the draft the next free number of its period and name it in ``latest.txt``."""
    target = _commit(draft, folder, "")
    _point_latest(folder, target.name)
    return target


def commit_stopped(draft: Draft, folder: Path, prefix: str) -> Path:
    """Keep the account of a run that was stopped: numbered after ``prefix``, and so no run."""
    return _commit(draft, folder, prefix)


def _commit(draft: Draft, folder: Path, prefix: str) -> Path:
    draft.seal()
    names = [item.name.removeprefix(prefix) for item in folder.iterdir() if item.name.startswith(prefix)]
    number = max((int(name) for name in names if _NUMBER.match(name)), default=0) + 1
    for candidate in range(number, number + _TRIES):
        target = folder / f"{prefix}{candidate:02d}"
        if target.exists():
            continue
        try:
            draft.path.rename(target)
        except OSError:
            if target.exists():  # another run took the number at the same moment
                continue
            raise
        return target
    raise RunFolderError("W003", folder=folder, reason="NN")


def commit_at(draft: Draft, out: Path) -> Path:
    """Put the draft exactly at ``out``; an earlier run there is replaced only after a safe rename."""
    draft.seal()
    replace_folder(draft.path, out)
    return out


def move(made: Path, target: Path) -> None:
    """The rename of the system."""
    made.rename(target)


def replace_folder(made: Path, target: Path, *, rename: Callable[[Path, Path], object] = move) -> None:
    """Move a finished folder to ``target``; an old one there stays as it was when that fails."""
    if not target.exists():
        rename(made, target)
        return
    aside = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=target.parent))
    try:
        rename(target, aside / "old")
    except OSError:  # a file in it is open
        aside.rmdir()
        raise
    try:
        rename(made, target)
    except OSError:
        rename(aside / "old", target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _point_latest(folder: Path, name: str) -> None:
    handle, temporary = tempfile.mkstemp(prefix=_DRAFT, dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(name + "\n")
    Path(temporary).replace(folder / LATEST)
