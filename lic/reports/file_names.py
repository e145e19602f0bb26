"""Names of towns and lists as names of files, on every system."""

from __future__ import annotations

import re

from lic.reports import labels

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60  # characters; with what stands before and behind it, short enough for every file system


def file_stem(name: str, taken: set[str]) -> str:
    """``name`` as part of a file name that every system accepts; names that fall together get a number."""
    base = _NOT_IN_A_NAME.sub("_", name).strip(" .")[:_LONGEST].rstrip(" .") or "_"
    found, number = base, 2
    while found.lower() in taken:
        found, number = f"{base}~{number}", number + 1
    taken.add(found.lower())
    return found


def town_stem(town: str | None, taken: set[str]) -> str:
    """The same for a town; rows without one have a file, too."""
    return file_stem(labels.NO_TOWN_FILE if town is None else town, taken)
