"""The staging cache on disk: one private folder per file content, setting and declaration.

A folder is written under a temporary name and renamed, so that two runs at once are safe and a
folder that exists is whole. What was read is used again while the file, the settings, this
program and the declarations *that concern the file* are the same: after a change of another
source the kept heads of the sheets are recognised anew, without opening the file.

It holds personal data: it lies in the workspace, only its owner can look into it, it is bounded,
and it goes with the workspace. No clock is asked: ages are counted from the newest folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lic.messages import CATALOGUE
from lic.sources import cache
from lic.sources.header import HeaderFinder
from lic.sources.headings import HeadingMap
from lic.sources.spec import SourceSet

FORMAT = 6
MAX_BYTES = 8 << 30
MAX_AGE = 400 * 86400.0  # seconds: a year of months is read again and again
IN_USE = 3600.0  # a folder used so recently is never removed: another run may be reading it
_ABANDONED = 86400.0
_NEW = ".new-"
_HERE = Path(__file__).resolve().parent
_MOST_BESIDE = 100
_PARTS = 2  # question, declarations, and a number where there are several
_LOCKED = frozenset({"S104", "S116"})  # a password that comes later opens these


def make_private(folder: Path) -> None:
    """Create a folder that only its owner can look into."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)


@lru_cache(maxsize=1)
def _program() -> str:
    """A hash of what decides how a file is read besides the declarations: this code, its reader of
    cells, and the sentences that kept findings must fit."""
    texts = sorted((code, message.text, message.remedy) for code, message in CATALOGUE.items())
    digest = hashlib.sha256(repr((FORMAT, version("python-calamine"), texts)).encode())
    for folder in (_HERE, _HERE.parent / "values"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one file. ``settings`` is everything that may change the answer but the sources."""

    digest: str
    shown: str
    settings: tuple[object, ...]

    def key(self, only: frozenset[str] | None) -> str:
        """How the folders of this question are called, but for the sources' hash."""
        wanted = None if only is None else sorted(only)
        text = repr((_program(), self.digest, self.shown, self.settings, wanted))
        return hashlib.sha256(text.encode()).hexdigest()[:40]


class Store:
    """All staging folders of a workspace, read with one set of sources."""

    def __init__(self, folder: Path, sources: SourceSet) -> None:
        self.folder = folder
        self.sources = sources

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return {source.name: source.digest for source in self.sources.sources}

    @cached_property
    def _finder(self) -> HeaderFinder:
        return HeaderFinder([HeadingMap(source) for source in self.sources.sources])

    @cached_property
    def _declared(self) -> str:
        return self.sources.digest

    def find(
        self, question: Question, *, period: int, only: frozenset[str] | None, locked: bool
    ) -> cache.Answer | None:
        """The kept answer. ``locked``: one that lacked a password will do where there is no other."""
        places = [place for wanted in dict.fromkeys((None, only)) for place in self._places(question, wanted)]
        contents = [(place, content) for place in places if (content := cache.read_meta(place)) is not None]
        for lacking in (False, True) if locked else (False,):
            for place, content in contents:
                if _is_locked(content) is lacking and self._holds(content):
                    with contextlib.suppress(OSError):
                        os.utime(place / cache.META)
                    return cache.answer_of(content, place, period=period, only=only)
        return None

    def _places(self, question: Question, only: frozenset[str] | None) -> list[Path]:
        """Folders that may answer, those read with the same sources first."""
        key = question.key(only)
        exact = f"{key}-{self._declared[:12]}"
        found = self.folder.glob(f"{key}-*") if self.folder.is_dir() else ()
        return sorted(found, key=lambda path: (not path.name.startswith(exact), -_number(path), path.name))

    def _holds(self, content: Mapping[str, Any]) -> bool:
        """Whether an account is what these sources would say."""
        if content.get("declared") == self._declared:
            return True
        if any(self._digests.get(name) != digest for name, digest in content["sources"].items()):
            return False
        # What nobody knew may be known now, in another encoding or with another delimiter.
        if content["unread"] or content["hints"] != self.sources.hints_digest:
            return False
        return all(
            cache.decision_of(self._finder.find(sheet.rows, sheet.merged)) == sheet.decision
            for sheet in cache.recognised(content)
        )

    def new(self, serial: int) -> Path:
        """A private folder to write an answer into."""
        make_private(self.folder.parent)
        make_private(self.folder)
        target = self.folder / f"{_NEW}{os.getpid()}-{serial}"
        make_private(target)
        return target

    def publish(self, temporary: Path, question: Question, only: frozenset[str] | None) -> None:
        """Give a finished folder its name; another run may have been faster with the same answer.

        An answer that lacked a password, or that is damaged, is not replaced, since another run
        may be reading it: the new one goes beside it and is found first.
        """
        name = f"{question.key(only)}-{self._declared[:12]}"
        for number in range(_MOST_BESIDE):
            final = self.folder / (name if number == 0 else f"{name}-{number}")
            try:
                temporary.replace(final)
            except OSError:
                content = cache.read_meta(final)
                if content is not None and not _is_locked(content):
                    shutil.rmtree(temporary, ignore_errors=True)
                    return
            else:
                return
        shutil.rmtree(final)
        temporary.replace(final)

    def sweep(self) -> None:
        """Remove what a killed run left, what is too old, and the oldest beyond the size."""
        kept: list[tuple[float, int, Path]] = []
        for path in self._folders():
            with contextlib.suppress(OSError):
                meta = path / cache.META
                used = (meta if meta.is_file() else path).stat().st_mtime
                kept.append((used, sum(item.stat().st_size for item in path.iterdir()), path))
        newest = max((used for used, _, _ in kept), default=0.0)
        size = sum(length for _, length, _ in kept)
        for used, length, path in sorted(kept):
            age = newest - used
            abandoned = path.name.startswith(_NEW) and age > _ABANDONED
            too_much = size > MAX_BYTES or age > MAX_AGE
            if abandoned or (too_much and age > IN_USE and not path.name.startswith(_NEW)):
                shutil.rmtree(path, ignore_errors=True)
                size -= length

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.is_dir() and not path.is_symlink()]
        except OSError:
            return []


def _number(path: Path) -> int:
    """How many answers to the same question were there before."""
    parts = path.name.split("-")
    return int(parts[2]) if len(parts) > _PARTS else 0


def _is_locked(content: Mapping[str, Any]) -> bool:
    return any(item["code"] in _LOCKED for item in content["findings"])
