"""``classify --by-town``: the roll of a run once more, a workbook for each town.

A view: it lies in the run's folder of views, is no part of the hashed run and may be written again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lic.errors import RunFolderError
from lic.model.workspace import VIEWS
from lic.reports import labels_roll
from lic.reports.roll_towns import town_rolls
from lic.reports.workbook import write_workbook
from lic.runs.folder import commit_at, draft_in
from lic.runs.read import open_run
from lic.workflows.load_rules import Rules
from lic.workflows.report_input import report_input
from lic.workflows.verdicts import EarlierRun


def write_town_rolls(
    run: Path, *, rules: Rules, runs: Sequence[EarlierRun], progress: Callable[[str], None]
) -> tuple[Path, ...]:
    """Write the covering list and the towns' workbooks; workbooks of towns that are gone vanish.

    Everything is written beside its place first; a stopped command, or a workbook that is open in
    Excel, leaves the old pile as it was.
    """
    opened = open_run(run)
    report = report_input(
        run, opened.manifest, opened.result, pack=rules.pack, schemas=rules.sources.schemas, runs=runs
    )
    views = run / VIEWS
    target = views / labels_roll.TOWNS_FOLDER
    files = []
    try:
        with draft_in(views) as draft:
            for book in town_rolls(report):
                progress(f"reports: {book.file}")
                write_workbook(book, draft.path / book.file, scratch=draft.scratch)
                files.append(target / book.file)
            commit_at(draft, target)
    except OSError as error:
        raise RunFolderError("W003", folder=target, reason=error.strerror or type(error).__name__) from error
    return tuple(files)
