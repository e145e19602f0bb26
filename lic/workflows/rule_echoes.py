"""Problems that are only echoes: names that are missing because their file could not be read.

One unreadable file would otherwise make every name that it declares unknown, and every name
that it uses unused, all over the pack; the one mistake to mend would drown.
"""

from __future__ import annotations

import re
from pathlib import Path

from lic.declare import any_encoding
from lic.errors import Problem, ProblemLog
from lic.messages.words import EXPECTED_LIST, EXPECTED_MAP
from lic.policy.keys import SECTIONS

_UNREADABLE = frozenset({"R001", "R002", "R006", "R007", "R008", "R009", "R091", "R093"})
_UNKNOWN = frozenset({
    "R003", "R012", "R013", "R017", "R023", "R026", "R035", "R043", "R044", "R045", "R054", "R055",
    "R062", "R063", "R233", "G004",
})  # fmt: skip
_UNUSED = frozenset({"R051"})
_HEADINGS = frozenset({"R029"})
_WORD = re.compile(r"[\w（）()]+")
_SOURCES = "sources"
_NAMED = ("name", "word", "category", "fact")


def drop_echoes(log: ProblemLog, pack: Path) -> None:
    """Take out what only says that a word of an unreadable file is unknown or unused."""
    broken = {item.file for item in log.problems if _unreadable(item)}
    words = {word for name in broken for word in _words(pack, name)}
    headless = any(Path(name).parent.name == _SOURCES for name in broken)
    if words:
        log.problems[:] = [
            item
            for item in log.problems
            if not _echo(item, words, broken, headless=headless) and not (headless and item.code in _HEADINGS)
        ]


def _unreadable(item: Problem) -> bool:
    """Whether names of a file may be lost: it cannot be read, or a whole part of it is something else."""
    if item.code == "R005":
        return dict(item.params).get("expected") in (EXPECTED_MAP, EXPECTED_LIST)
    return item.code in _UNREADABLE


def _echo(item: Problem, words: set[str], broken: set[str], *, headless: bool) -> bool:
    if item.file in broken or item.code not in _UNKNOWN | _UNUSED:
        return False
    params = dict(item.params)
    if item.code == "R003":  # every file holds the word; only what that file was to bring is an echo
        return (headless and Path(item.file).parent.name == _SOURCES) or params["key"] in SECTIONS
    return any(params.get(name) in words for name in _NAMED)


def _words(pack: Path, name: str) -> set[str]:
    """The words of a file as it stands, right or wrong."""
    for path in (pack.parent / name, pack / name):
        if path.is_file():
            text = any_encoding(path.read_bytes())
            return set(_WORD.findall(text)) | {line.partition(":")[0].strip() for line in text.splitlines()}
    return set()
