"""A month's exports, and what is needed of earlier months, as staged tables; and the first gate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from lic.errors import InputError
from lic.messages import say
from lic.model.finding import Finding, Severity
from lic.model.period import Period
from lic.model.roster import Roster
from lic.model.staging import StagedFolder
from lic.sources import SourceSet, stage_folder
from lic.workflows.inputs import Delivered
from lic.workflows.workspace import Month, earlier_months

_SHOWN = 20  # problems named beside a gate that stays shut


def stage_month(
    month: Month, sources: SourceSet, *, cache: Path, progress: Callable[[str], None]
) -> Delivered:
    """Stage this month's folder whole and of the earlier ones the tables that go by month."""
    by_month = frozenset(name for name, schema in sources.schemas.items() if schema.month_column is not None)

    def stage(folder: Path, period: Period, only: frozenset[str] | None) -> StagedFolder:
        return stage_folder(
            folder,
            workspace=month.workspace.root,
            sources=sources,
            period=period.index,
            last_day=period.last_day,
            towns=month.workspace.towns,
            cache=cache,
            only=only,
            progress=lambda done, total, file: progress(f"{done}/{total} {file}"),
            workers=os.cpu_count() or 1,
        )

    here = stage(month.folder, month.period, None)
    earlier = tuple(stage(folder, period, by_month) for period, folder in earlier_months(month))
    return Delivered(here, earlier, sources.schemas, month.workspace.absent_registers)


def staging_cache(month: Month, scratch: Path, *, use_cache: bool) -> Path:
    """Where staged tables are kept: the workspace's private folder, or one that is thrown away."""
    folder = month.workspace.cache if use_cache else scratch
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def require_roster(delivered: Delivered, roster: Roster, month: Month) -> None:
    """Stop when nothing can be read, or neither a register nor an application came.

    Which tables make a register or an application is said by the roster: those that bring
    households of their own.
    """
    sheets = delivered.folder.sheets
    if not sheets:
        raise _shut("G002", month, delivered.folder.findings)
    came = {sheet.source for sheet in sheets}
    full = [entry for entry in roster.entries if entry.household_table is not None]
    if not any(entry.person_table in came and entry.household_table in came for entry in full):
        raise _shut("G001", month, delivered.folder.findings)


def _shut(code: str, month: Month, findings: Iterable[Finding]) -> InputError:
    """The error with the worst problems of the folder as notes, so that the clerk sees why."""
    error = InputError(code, period=month.period)
    errors = [item for item in findings if item.severity is Severity.ERROR]
    for item in errors[:_SHOWN]:
        place = " ".join(part for part in (item.place.file, item.place.sheet) if part)
        error.add_note(f"{item.severity.value} {item.code}  {place}  {say(item.code, item.params)}")
    return error
