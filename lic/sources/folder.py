"""One month's folder: every file in it, from the cache or read anew, as a :class:`StagedFolder`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from os import getpid
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from lic.model.finding import Finding, Place, Scope
from lic.model.staging import FaultyRows, RefusedSheet, SeenSheet, StagedFolder, StagedSheet
from lic.sources import cache
from lic.sources.child import Setup
from lic.sources.column import Context
from lic.sources.file import Job
from lic.sources.part import hinted_source, part_of
from lic.sources.pool import read_files
from lic.sources.report import severity
from lic.sources.spec import SourceSet
from lic.sources.towns import town_stems

Progress: TypeAlias = Callable[[int, int, str], None]  # done, total, the file that was read last
_STAGING = "staging"
_SERIAL = count()


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the folder: its content and the names its answer may be kept under."""

    path: Path
    shown: str
    digest: str
    whole: Path
    chosen: Path


def stage_folder(
    folder: Path,
    *,
    workspace: Path,
    sources: SourceSet,
    period: int,
    last_day: date,
    towns: tuple[str, ...],
    cache: Path,
    only: frozenset[str] | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> StagedFolder:
    """Stage every file of ``folder``. ``only``: tables that are wanted; others are passed over."""
    stage = _FolderStage(folder, workspace, sources, period, last_day, towns, cache / _STAGING, only)
    return stage.run(progress, workers)


class _FolderStage:
    def __init__(
        self,
        folder: Path,
        workspace: Path,
        sources: SourceSet,
        period: int,
        last_day: date,
        towns: tuple[str, ...],
        store: Path,
        only: frozenset[str] | None,
    ) -> None:
        self.folder = folder
        self.workspace = workspace
        self.sources = sources
        self.period = period
        self.only = only
        self.store = store
        self.context = Context(sources.reading, last_day, town_stems(towns))
        self.settings = (sources.digest, period, last_day, towns)
        self.skipped: list[str] = []
        self.findings: list[Finding] = []
        self.refused: list[RefusedSheet] = []

    def run(self, progress: Progress | None, workers: int) -> StagedFolder:
        files = self._distinct([file for path in self._paths() if (file := self._file(path)) is not None])
        answers = {file: self._known(file) for file in files}
        missing = [file for file in files if answers[file] is None]
        self._read(missing, progress, len(files), workers)
        sheets: list[StagedSheet] = []
        faulty: list[FaultyRows] = []
        seen: list[SeenSheet] = []
        for file in files:
            answer = answers[file] or self._known(file)
            if answer is not None:
                sheets += answer.sheets
                self.refused += answer.refused
                self.findings += answer.findings
                faulty += answer.faulty
                seen += answer.seen
        return StagedFolder(
            self.period,
            tuple(sorted(sheets, key=lambda item: (item.source, item.part or "", item.file, item.sheet))),
            tuple(sorted(self.refused, key=lambda item: (item.file, item.sheet))),
            tuple(sorted(self.skipped)),
            tuple(sorted(self.findings, key=_order)),
            tuple(faulty),
            tuple(seen),
        )

    def _paths(self) -> list[Path]:
        paths = []
        for path in sorted(self.folder.iterdir()):
            if path.is_symlink() or not path.is_file() or self.sources.reading.skips(path.name):
                self.skipped.append(self._shown(path))
            else:
                paths.append(path)
        return paths

    def _shown(self, path: Path) -> str:
        try:
            return path.relative_to(self.workspace).as_posix()
        except ValueError:
            return PurePosixPath(path.parent.name, path.name).as_posix()

    def _file(self, path: Path) -> _File | None:
        shown = self._shown(path)
        try:
            digest = cache.sha256(path)
        except OSError as error:
            self._refuse(shown, "", "S111", reason=error.strerror or type(error).__name__)
            return None
        parts = (digest, shown, *self.settings)
        whole = self.store / cache.key(*parts, None)
        chosen = whole if self.only is None else self.store / cache.key(*parts, sorted(self.only))
        return _File(path, shown, digest, whole, chosen)

    def _distinct(self, files: list[_File]) -> list[_File]:
        """Of files with equal content the first; the others are named and not used."""
        first: dict[str, _File] = {}
        for file in files:
            known = first.setdefault(file.digest, file)
            if known is not file and file.path.stat().st_size:
                self._refuse(file.shown, file.digest, "S136", other=PurePosixPath(known.shown).name)
        return [file for file in files if first[file.digest] is file or not file.path.stat().st_size]

    def _refuse(self, shown: str, digest: str, code: str, **params: object) -> None:
        guess = hinted_source(self.sources.sources, PurePosixPath(shown).name)
        name = guess.name if guess is not None else None
        if self.only is not None and name not in self.only:
            return
        self.findings.append(
            Finding(code, severity(code), Scope.FILE, Place(file=shown, source=name), params)
        )
        if code != "S136":
            part = part_of(guess, PurePosixPath(shown).name) if guess is not None else None
            self.refused.append(RefusedSheet(shown, "", name, part.name if part else None, digest))

    def _known(self, file: _File) -> cache.Answer | None:
        for place in dict.fromkeys((file.whole, file.chosen)):
            answer = cache.read(
                place, shown=file.shown, period=self.period, digest=file.digest, only=self.only
            )
            if answer is not None:
                return answer
        return None

    def _read(self, files: list[_File], progress: Progress | None, total: int, workers: int) -> None:
        if not files:
            return
        cache.make_private(self.store.parent)
        cache.make_private(self.store)
        jobs = {}
        for file in files:
            target = self.store / f".new-{getpid()}-{next(_SERIAL)}"
            cache.make_private(target)
            jobs[Job(file.path, file.shown, target, self.period, self.only)] = file
        done = total - len(files)
        for job, reason in read_files(Setup(self.sources, self.context), list(jobs), workers):
            file = jobs[job]
            if reason is None:
                cache.publish(job.target, file.chosen)
            else:
                shutil.rmtree(job.target, ignore_errors=True)
                self._refuse(file.shown, file.digest, "S108", reason=reason)
            done += 1
            if progress is not None:
                progress(done, total, file.shown)


def _order(item: Finding) -> tuple[str, str, str, int, str]:
    place = item.place
    return (place.file or "", place.sheet or "", item.code, place.row or 0, place.column or "")
