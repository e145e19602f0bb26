"""Paths as the system needs them: long ones on Windows, links and what only looks like a file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path, PurePath

_LONGEST = 240  # Windows stops at 260 unless a path says that it means more
_PREFIX, _SHARE = "\\\\?\\", "\\\\?\\UNC\\"


def extended(path: Path) -> Path:
    """The same path, spelled so that Windows opens it however long it is."""
    if sys.platform != "win32" or len(str(path)) < _LONGEST:
        return path
    return Path(long_spelling(path.absolute()))


def long_spelling(path: PurePath) -> str:
    """An absolute Windows path with the prefix for long ones."""
    text = str(path)
    if text.startswith(_PREFIX):
        return text
    return _SHARE + text[2:] if text.startswith("\\\\") else _PREFIX + text


def is_link(path: Path) -> bool:
    """Whether a name leads elsewhere: a symbolic link, or a junction or other reparse point."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(status.st_mode):
        return True
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)) and os.path.isdir(path)  # noqa: PTH112
