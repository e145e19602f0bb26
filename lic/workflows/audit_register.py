"""抽查登记: the file in which every freeze and every draw of a workspace is entered, in order.

Knows the file, its lock and its chain. Lines are only ever added. Refuses to judge an entry.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lic.errors import RunFolderError, UsageError
from lic.model.workspace import AUDIT_REGISTER, VIEWS
from lic.runs.lock import FileLock
from lic.sampling.register import Entry, appended, as_line, first_break, from_line
from lic.workflows.workspace import find_workspace

_PATIENCE = 30.0
_PAUSE = 0.1


def register_path(run: Path) -> Path:
    """The workspace's register; a run that lies in no workspace has its own."""
    try:
        return find_workspace(run) / "runs" / AUDIT_REGISTER
    except UsageError:
        return run / VIEWS / AUDIT_REGISTER


def read_register(path: Path) -> list[Entry]:
    """Every entry. Raises RunFolderError W610 for a line that is none or does not fit the chain."""
    if not path.is_file():
        return []
    entries: list[Entry] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise RunFolderError("W611", file=path, reason=type(error).__name__) from error
    if lines[-1] != "":
        raise RunFolderError("W610", file=path, number=len(lines))
    for number, line in enumerate(lines[:-1], start=1):
        try:
            entry = from_line(line)
        except (ValueError, KeyError, TypeError) as error:
            raise RunFolderError("W610", file=path, number=number) from error
        if as_line(entry) != line:
            raise RunFolderError("W610", file=path, number=number)
        entries.append(entry)
    broken = first_break(entries)
    if broken is not None:
        raise RunFolderError("W610", file=path, number=broken)
    return entries


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else enters anything meanwhile, so that two draws never follow the same entry."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError("W611", file=path, reason=error.strerror or type(error).__name__) from error
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    end = time.monotonic() + _PATIENCE
    while not lock.acquire():
        if time.monotonic() > end:
            raise RunFolderError("W611", file=path, reason="lock")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.release()


def enter(path: Path, entries: list[Entry], content: Mapping[str, Any]) -> list[Entry]:
    """Add one entry to the file, on disk before anything rests on it; all entries with it."""
    entry = appended(entries, content)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(as_line(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RunFolderError("W611", file=path, reason=error.strerror or type(error).__name__) from error
    return [*entries, entry]
