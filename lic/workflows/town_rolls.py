"""``classify --by-town``: the roll of a run once more, a workbook for each town.

A view: it lies in the run's folder of views, is no part of the hashed run and may be written again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from lic.errors import RunFolderError
from lic.model.workspace import VIEWS
from lic.reports import labels_roll
from lic.reports.roll_towns import town_rolls
from lic.reports.workbook import write_workbook
from lic.runs.read import open_run
from lic.workflows.load_rules import Rules
from lic.workflows.report_input import report_input
from lic.workflows.verdicts import EarlierRun


def write_town_rolls(
    run: Path, *, rules: Rules, runs: Sequence[EarlierRun], progress: Callable[[str], None]
) -> tuple[Path, ...]:
    """Write the covering list and the towns' workbooks; workbooks of towns that are gone vanish.

    Everything is written beside its place first, so that a stopped command leaves the old pile.
    """
    opened = open_run(run)
    report = report_input(
        run, opened.manifest, opened.result, pack=rules.pack, schemas=rules.sources.schemas, runs=runs
    )
    views = run / VIEWS
    target = views / labels_roll.TOWNS_FOLDER
    try:
        views.mkdir(mode=0o700, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=views))
        try:
            files = []
            for book in town_rolls(report):
                progress(f"reports: {book.file}")
                path = draft / book.file
                write_workbook(book, path, scratch=draft)
                path.chmod(0o600)
                files.append(target / book.file)
            shutil.rmtree(target, ignore_errors=True)
            draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise RunFolderError("W003", folder=target, reason=error.strerror or type(error).__name__) from error
    return tuple(files)
