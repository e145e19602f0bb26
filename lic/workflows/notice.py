"""``lic notice``: the public notices of a run, a workbook and a page for each town.

A view of the run: nothing is decided again. Who signs, and which days are worked, is what the
workspace and its pack say now, since a notice is hung up after the run was made; a run that lies
outside any workspace goes by its own copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from lic.declare import near_miss
from lic.errors import ProblemLog, RunFolderError, UsageError
from lic.messages import remedy, say
from lic.model.calendar import Calendar, NoticePeriod, NoticeRule, notice_period
from lic.model.period import Period
from lic.model.workspace import VIEWS, Workspace
from lic.policy.calendar import notice_rules
from lic.reports import labels, labels_notice
from lic.reports.document import Document, OwnFile, Page
from lic.reports.file_names import town_stem
from lic.reports.notice import Notice, NoticeAsked, notice_towns, notices
from lic.reports.notice_book import write_notice
from lic.reports.notice_page import notice_page
from lic.reports.write import write_document
from lic.runs.folder import Draft, draft_in
from lic.runs.read import Run, open_run
from lic.runs.views import put_file
from lic.workflows.workspace import find_workspace, pack_folder, read_workspace


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that the clerk still has to fill in or look at."""

    code: str
    params: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}

    @property
    def message(self) -> str:
        """What it is."""
        return say(self.code, self.params)

    @property
    def remedy(self) -> str:
        """What to do."""
        return remedy(self.code, self.params)


@dataclass(frozen=True, slots=True)
class TownNotice:
    """What was written for one town; no ``files`` when it has nobody to name."""

    town: str
    lists: int
    households: int
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class NoticeResult:
    """The notices of one run."""

    run: Run
    everybody: bool
    period: NoticePeriod | None
    towns: tuple[TownNotice, ...]
    hints: tuple[Hint, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "run": self.run.folder.as_posix(),
            "from": None if self.period is None else self.period.start.isoformat(),
            "until": None if self.period is None or self.period.end is None else self.period.end.isoformat(),
            "everybody": self.everybody,
            "towns": [
                {
                    "town": item.town,
                    "lists": item.lists,
                    "households": item.households,
                    "files": [path.as_posix() for path in item.files],
                }
                for item in self.towns
            ],
            "hints": [item.to_json() for item in self.hints],
        }


@dataclass(frozen=True, slots=True)
class NoticeOptions:
    """What the command line says."""

    town: str | None = None
    out: Path | None = None
    start: str | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    """What the workspace and its pack say."""

    workspace: Workspace
    rule: NoticeRule
    calendar: Calendar = field(default_factory=lambda: Calendar({}))


def write_notices(folder: Path, options: NoticeOptions, *, progress: Callable[[str], None]) -> NoticeResult:
    """Write the notices of the run in ``folder``. Raises UsageError for an unknown town or day."""
    start = None if options.start is None else _day(options.start)
    run = open_run(folder)
    wanted = None if options.town is None else options.town.strip()
    if wanted is not None:
        check_town(wanted, notice_towns(run.manifest, run.result))
    given = _given(run)
    period = None if start is None else notice_period(start, given.rule.days, given.calendar)
    asked = NoticeAsked(given.rule, period, given.workspace.office, everybody=options.everybody)
    made = [
        notice
        for notice in notices(run.manifest, run.result, asked)
        if wanted is None or shown_town(notice.town) == wanted
    ]
    target = (run.folder / VIEWS / labels_notice.FOLDER) if options.out is None else options.out.resolve()
    _check_target(target, run, given.workspace)
    written = _write(made, target, alone=wanted is not None, progress=progress)
    if wanted is None and options.out is None:
        _remove_others(target, {path for item in written for path in item.files})
    hints = _hints(run, given, period, made, start)
    return NoticeResult(run, options.everybody, period, written, tuple(hints))


def shown_town(town: str | None) -> str:
    """How a town is called on screens and on the command line."""
    return labels.NO_TOWN if town is None else town


def check_town(town: str, towns: Iterable[str | None]) -> None:
    """Refuse a town that the run does not have, with the nearest one."""
    known = [shown_town(name) for name in towns]
    if town in known:
        return
    hint, listed = near_miss(town, known), labels.LIST_SEPARATOR.join(known)
    if hint is not None:
        raise UsageError("W501", town=town, suggestion=hint, known=listed)
    raise UsageError("W504", town=town, known=listed)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("W500", value=text) from None


def _given(run: Run) -> _Given:
    log = ProblemLog()
    try:
        root = find_workspace(run.folder)
    except UsageError:
        workspace, _ = read_workspace(run.rules, log)
        pack = run.rules
    else:
        workspace, _ = read_workspace(root, log)
        pack = pack_folder(None, workspace)
    rule, calendar = notice_rules(pack, log)
    log.raise_if_any()
    if rule is None:
        raise UsageError("W502")
    return _Given(workspace, rule, calendar)


def _check_target(target: Path, run: Run, workspace: Workspace) -> None:
    """A folder for the notices: never a file, among the files of a run, or in a month's folder."""
    reason = None
    inside = [target, *target.parents]
    if target.exists() and not target.is_dir():
        reason = labels_notice.IS_A_FILE
    elif target == run.folder or (run.folder in target.parents and run.folder / VIEWS not in target.parents):
        reason = labels_notice.IS_THE_RUN
    elif any(item.parent == workspace.root and Period.parse(item.name) is not None for item in inside):
        reason = labels_notice.IS_A_MONTH
    if reason is not None:
        raise UsageError("W503", folder=target, reason=reason)


def _write(
    made: Sequence[Notice], target: Path, *, alone: bool, progress: Callable[[str], None]
) -> tuple[TownNotice, ...]:
    taken: set[str] = set()
    written = []
    try:
        with draft_in(target) as draft:
            for notice in made:
                town = shown_town(notice.town)
                progress(f"reports: {town}")
                stem = town_stem(notice.town, taken)
                files = tuple(_files(notice, stem, draft, target)) if notice.lists or alone else ()
                written.append(TownNotice(town, len(notice.lists), notice.households, files))
    except OSError as error:
        raise RunFolderError("W003", folder=target, reason=error.strerror or type(error).__name__) from error
    return tuple(written)


def _files(notice: Notice, stem: str, draft: Draft, target: Path) -> Iterator[Path]:
    for document in _documents(notice, stem):
        path = write_document(document, draft.path, scratch=draft.scratch)
        path.chmod(0o600)
        yield put_file(path, target / path.name)


def _documents(notice: Notice, stem: str) -> tuple[Document, ...]:
    name = labels_notice.FILE.format(town=stem)
    book = OwnFile(f"{name}.xlsx", partial(write_notice, notice))
    return book, Page(f"{name}.html", notice_page(notice))


def notice_documents(run: Run) -> Iterator[Document]:
    """The notices of a run, days and all that is not in ``lic.yaml`` left blank, as a view."""
    given, taken = _given(run), set[str]()
    for notice in notices(run.manifest, run.result, NoticeAsked(given.rule, None, given.workspace.office)):
        stem = town_stem(notice.town, taken)
        if notice.lists:
            yield from _documents(notice, stem)


def _remove_others(target: Path, kept: set[Path]) -> None:
    """Notices of an earlier call for towns that have nobody now."""
    for path in sorted(target.iterdir()):
        if path.suffix in (".xlsx", ".html") and path not in kept:
            with suppress(PermissionError):  # open in Excel
                path.unlink(missing_ok=True)


def _hints(
    run: Run, given: _Given, period: NoticePeriod | None, made: Sequence[Notice], start: date | None
) -> Iterator[Hint]:
    shown = [notice for notice in made if notice.lists]
    if start is None:
        yield Hint("W510", {})
    elif start.isoformat() < run.manifest.as_of:
        yield Hint("W515", {"start": start.isoformat(), "as_of": run.manifest.as_of})
    if period is not None and period.missing is not None:
        params = {"year": str(period.missing), "day": period.last.isoformat(), "days": str(given.rule.days)}
        yield Hint("W513", params)
    for code, blank in (("W511", "phone"), ("W512", "signed")):
        towns = [
            shown_town(notice.town)
            for notice in shown
            if getattr(given.workspace.office(notice.town), blank) is None
        ]
        if towns:
            some = labels_notice.SOME_TOWNS.format(towns=labels.LIST_SEPARATOR.join(towns))
            yield Hint(code, {"towns": "" if len(towns) == len(shown) else some})
    hidden = sum(notice.surname_only for notice in shown)
    if hidden:
        yield Hint("W514", {"count": str(hidden), "adult": str(given.rule.adult)})
