"""One month's folder: every file in it, from the cache or read anew, as a :class:`StagedFolder`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from lic.model.finding import Finding, Place, Scope
from lic.model.staging import RefusedSheet, StagedFolder
from lic.sources.cache import Answer, sha256
from lic.sources.child import Setup
from lic.sources.column import Context
from lic.sources.doubles import Doubles
from lic.sources.file import Job
from lic.sources.part import hinted_source, part_of
from lic.sources.paths import extended, is_link
from lic.sources.pool import read_files
from lic.sources.report import severity
from lic.sources.spec import SourceSet
from lic.sources.store import Question, Store
from lic.sources.towns import town_stems

Progress: TypeAlias = Callable[[int, int, str], None]  # done, total, the file that was read last
Ask: TypeAlias = Callable[[str], str | None]  # the file's name -> a password, None to give up
_STAGING = "staging"
_SERIAL = count()
_ATTEMPTS = 3
_LOCKED = ("S104", "S116")


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the folder and what is asked about it."""

    path: Path
    shown: str
    question: Question


@dataclass(slots=True)
class Passwords:
    """What opens encrypted workbooks: known passwords, and who can be asked for more."""

    known: list[str] = field(default_factory=list, repr=False)
    ask: Ask | None = None


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
    passwords: Passwords | None = None,
) -> StagedFolder:
    """Stage every file of ``folder``. ``only``: tables that are wanted; others are passed over."""
    context = Context(sources.reading, last_day, town_stems(towns))
    stage = _FolderStage(folder, workspace, sources, period, context, only, Store(cache / _STAGING, sources))
    stage.settings = (period, last_day, towns, sources.reading.digest)
    stage.passwords = passwords or Passwords()
    return stage.run(progress, workers)


class _FolderStage:
    def __init__(
        self,
        folder: Path,
        workspace: Path,
        sources: SourceSet,
        period: int,
        context: Context,
        only: frozenset[str] | None,
        store: Store,
    ) -> None:
        self.folder = folder
        self.workspace = workspace
        self.sources = sources
        self.period = period
        self.only = only
        self.store = store
        self.context = context
        self.settings: tuple[object, ...] = ()
        self.passwords = Passwords()
        self.skipped: list[str] = []
        self.findings: list[Finding] = []
        self.refused: list[RefusedSheet] = []

    def run(self, progress: Progress | None, workers: int) -> StagedFolder:
        files = self._distinct([file for path in self._paths() if (file := self._file(path)) is not None])
        answers = self._answers(files, progress, workers)
        sheets = [sheet for answer in answers for sheet in answer.sheets]
        self.refused += [item for answer in answers for item in answer.refused]
        self.findings += [item for answer in answers for item in answer.findings]
        doubles = Doubles(self.sources)
        sheets = doubles.sort_out(sheets)
        self.findings += doubles.findings
        self.refused += doubles.refused
        return StagedFolder(
            self.period,
            tuple(sorted(sheets, key=lambda item: (item.source, item.part or "", item.file, item.sheet))),
            tuple(sorted(self.refused, key=lambda item: (item.file, item.sheet))),
            tuple(sorted(self.skipped)),
            tuple(sorted(self.findings, key=_order)),
            tuple(rows for answer in answers for rows in answer.faulty),
            tuple(sheet for answer in answers for sheet in answer.seen),
        )

    def _answers(self, files: Sequence[_File], progress: Progress | None, workers: int) -> list[Answer]:
        """What is known about each file, in their order; files that nothing could read are left out."""
        # with a password at hand, an answer that lacked one is asked for again
        known = {file: self._known(file, locked=not self.passwords.known) for file in files}
        missing = [file for file in files if known[file] is None]
        self._read(missing, progress, len(files), workers)
        known |= {file: self._known(file) for file in missing}
        if self.passwords.ask is not None:
            for file in files:
                known[file] = self._unlocked(file, known[file], self.passwords.ask)
        if missing:
            self.store.sweep()
        return [answer for file in files if (answer := known[file]) is not None]

    def _unlocked(self, file: _File, answer: Answer | None, ask: Ask) -> Answer | None:
        """The answer once somebody has given a password, or as it was."""
        for _ in range(_ATTEMPTS):
            if answer is None or not any(item.code in _LOCKED for item in answer.findings):
                break
            password = ask(PurePosixPath(file.shown).name)
            if not password:
                break
            self.passwords.known.append(password)
            self._read([file], None, 1, 1)
            answer = self._known(file)
        return answer

    def _paths(self) -> list[Path]:
        paths = []
        for path in sorted(extended(self.folder).iterdir()):
            shown = self._shown(path)
            if self.sources.reading.skips(path.name):
                self.skipped.append(shown)
                self._say_open(path)
            elif is_link(path) or not path.is_file():
                self.skipped.append(shown)
                if is_link(path) or not path.is_dir() or any(path.iterdir()):
                    self._say("S144", shown)
            else:
                paths.append(path)
        return paths

    def _say_open(self, path: Path) -> None:
        """An owner file beside its workbook: somebody has it open."""
        for mark in self.sources.reading.owner_files:
            twin = path.with_name(path.name.removeprefix(mark)) if path.name.startswith(mark) else path
            if twin != path and twin.is_file():
                self._say("S146", self._shown(twin))

    def _say(self, code: str, shown: str) -> None:
        if self.only is None:
            self.findings.append(Finding(code, severity(code), Scope.FILE, Place(file=shown)))

    def _shown(self, path: Path) -> str:
        try:
            return path.relative_to(extended(self.workspace)).as_posix()
        except ValueError:
            return PurePosixPath(path.parent.name, path.name).as_posix()

    def _file(self, path: Path) -> _File | None:
        shown = self._shown(path)
        try:
            digest = sha256(path)
        except OSError as error:
            self._refuse(shown, "", "S111", reason=error.strerror or type(error).__name__)
            return None
        return _File(path, shown, Question(digest, shown, self.settings))

    def _distinct(self, files: list[_File]) -> list[_File]:
        """Of files with equal content the first; the others are named and not used."""
        first: dict[str, _File] = {}
        kept = []
        for file in files:
            known = first.setdefault(file.question.digest, file)
            if known is not file and file.path.stat().st_size:
                other = PurePosixPath(known.shown).name
                self._refuse(file.shown, file.question.digest, "S136", other=other)
            else:
                kept.append(file)
        return kept

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

    def _known(self, file: _File, *, locked: bool = True) -> Answer | None:
        return self.store.find(file.question, period=self.period, only=self.only, locked=locked)

    def _read(self, files: Iterable[_File], progress: Progress | None, total: int, workers: int) -> None:
        jobs: dict[Job, _File] = {}
        for file in files:
            name = PurePosixPath(file.shown).name
            job = Job(
                file.path,
                file.shown,
                self.store.new(next(_SERIAL)),
                self.period,
                self.only,
                self.sources.limits_for(name),
                tuple(self.passwords.known),
            )
            jobs[job] = file
        if not jobs:
            return
        done = total - len(jobs)
        for job, failure in read_files(Setup(self.sources, self.context), list(jobs), workers):
            file = jobs[job]
            if failure is None:
                self.store.publish(job.target, file.question, self.only)
            else:
                shutil.rmtree(job.target, ignore_errors=True)
                self._refuse(file.shown, file.question.digest, failure.code, **failure.params)
            done += 1
            if progress is not None:
                progress(done, total, file.shown)


def _order(item: Finding) -> tuple[str, str, str, int, str]:
    place = item.place
    return (place.file or "", place.sheet or "", item.code, place.row or 0, place.column or "")
