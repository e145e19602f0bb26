"""A month's exports, and what is needed of earlier months, as staged tables; and the first gate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lic.errors import InputError, RunFolderError
from lic.messages import say
from lic.model.finding import Finding, Severity
from lic.model.period import Period
from lic.model.roster import Roster
from lic.model.staging import StagedFolder
from lic.runs.folder import draft_in
from lic.sources.folder import Passwords, stage_folder
from lic.workflows.feedback_store import feedback_folder
from lic.workflows.inputs import Delivered
from lic.workflows.load_rules import Rules
from lic.workflows.workspace import Month, earlier_months

_SHOWN = 20  # problems named beside a gate that stays shut


def stage_month(
    month: Month,
    rules: Rules,
    *,
    cache: Path,
    progress: Callable[[str], None],
    passwords: Passwords | None = None,
) -> Delivered:
    """Stage this month's folder; stop when it holds no roster; then what earlier months must add.

    Of the earlier folders only the tables that go by month are wanted, and only those that this
    month delivered too.
    """
    here = stage_one(
        month, rules, month.folder, month.period, cache=cache, progress=progress, passwords=passwords
    )
    here = _with_feedback(here, month, rules, cache=cache, progress=progress)
    require_roster(here, rules.pack.roster, month)
    schemas = rules.sources.schemas
    monthly = {name for name, schema in schemas.items() if schema.month_column is not None}
    wanted = frozenset(sheet.source for sheet in here.sheets if sheet.source in monthly)
    earlier = [
        stage_one(
            month,
            rules,
            folder,
            period,
            cache=cache,
            progress=progress,
            only=wanted,
            passwords=passwords,
        )
        for period, folder in (earlier_months(month) if wanted else [])
    ]
    used = tuple(_only(folder, wanted) for folder in earlier)
    return Delivered(here, used, schemas, month.workspace.absent_registers)


def stage_one(
    month: Month,
    rules: Rules,
    folder: Path,
    period: Period,
    *,
    cache: Path,
    progress: Callable[[str], None],
    only: frozenset[str] | None = None,
    passwords: Passwords | None = None,
) -> StagedFolder:
    """Stage one folder of the workspace as it is read this month."""
    return stage_folder(
        folder,
        workspace=month.workspace.root,
        sources=rules.sources,
        period=period.index,
        # Earlier folders too are read as of this month: an ID or a date is judged once (POLICY §0).
        last_day=month.period.last_day,
        towns=month.workspace.towns,
        cache=cache,
        only=only,
        progress=lambda done, total, file: progress(f"{done}/{total} {file}"),
        workers=os.cpu_count() or 1,
        passwords=passwords,
    )


def _with_feedback(
    here: StagedFolder, month: Month, rules: Rules, *, cache: Path, progress: Callable[[str], None]
) -> StagedFolder:
    """The month with what ``lic feedback`` has collected, as one more delivery of its table."""
    spec = rules.pack.roster.correction
    kept = None if spec is None else feedback_folder(month.workspace.runs, spec)
    if spec is None or kept is None or not kept.is_dir():
        return here
    only = frozenset({spec.table})
    more = stage_one(month, rules, kept, month.period, cache=cache, progress=progress, only=only)
    return replace(
        here,
        sheets=here.sheets + more.sheets,
        refused=here.refused + more.refused,
        findings=here.findings + more.findings,
    )


def _only(folder: StagedFolder, tables: frozenset[str]) -> StagedFolder:
    """An earlier folder as far as it matters: what was wrong with its other files was said then."""
    return replace(
        folder,
        sheets=tuple(sheet for sheet in folder.sheets if sheet.source in tables),
        refused=tuple(item for item in folder.refused if item.source in tables),
        skipped=(),
        findings=tuple(item for item in folder.findings if item.place.source in tables),
    )


@contextmanager
def staging_cache(month: Month, *, use_cache: bool) -> Iterator[Path]:
    """Where staged tables are kept: the workspace's private folder, or a draft in it that vanishes."""
    folder = month.workspace.cache
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError("W003", folder=folder, reason=error.strerror or type(error).__name__) from error
    if use_cache:
        yield folder
    else:
        with draft_in(folder) as draft:
            yield draft.path


def require_roster(folder: StagedFolder, roster: Roster, month: Month) -> None:
    """Stop when nothing can be read, or neither a register nor an application came.

    Which tables make a register or an application is said by the roster: those that bring
    households of their own.
    """
    if not folder.sheets:
        raise _shut("G002", month, folder.findings)
    came = {sheet.source for sheet in folder.sheets}
    full = [entry for entry in roster.entries if entry.household_table is not None]
    if not any(entry.person_table in came and entry.household_table in came for entry in full):
        raise _shut("G001", month, folder.findings)


def _shut(code: str, month: Month, findings: Iterable[Finding]) -> InputError:
    """The error with the worst problems of the folder as notes, so that the clerk sees why."""
    error = InputError(code, period=month.period)
    errors = [item for item in findings if item.severity is Severity.ERROR]
    for item in errors[:_SHOWN]:
        place = " ".join(part for part in (item.place.file, item.place.sheet) if part)
        error.add_note(f"{item.severity.value} {item.code}  {place}  {say(item.code, item.params)}")
    return error
