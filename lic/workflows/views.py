"""The views of a run: what each is called, where it lies among the views, what it consists of.

To add one: a builder in ``lic/reports``, a name in :mod:`lic.reports.labels_views`, a line in
``VIEWS_OF_RUN``.  Knows no file format and writes nothing; :mod:`lic.workflows.report` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from lic.errors import RunFolderError
from lic.reports import labels_export, labels_roll, labels_views
from lic.reports.book import ReportInput
from lic.reports.discrepancies import discrepancies
from lic.reports.document import Document
from lic.reports.leader_page import leader_page
from lic.reports.meeting import meeting_book
from lic.reports.quality import data_quality
from lic.reports.roll import recognition_roll
from lic.reports.roll_towns import town_rolls
from lic.runs.read import Run, open_run
from lic.workflows.economy import economy_documents
from lic.workflows.load_rules import Rules, rules_of_run
from lic.workflows.notice import notice_documents
from lic.workflows.platform_sheets import platform_documents
from lic.workflows.report_input import report_input


@dataclass(frozen=True, slots=True)
class ViewSource:
    """A finished run and what a report may look at."""

    run: Run
    report: ReportInput

    @property
    def rules(self) -> Rules:
        """The rules that the run was decided by, read when a view asks for them."""
        return rules_of_run(self.run)


@dataclass(frozen=True, slots=True)
class View:
    """One view. With a ``folder`` it owns that folder of the views, which is replaced as a whole;
    without one its documents lie there under their own names."""

    name: str
    build: Callable[[ViewSource], Iterable[Document]]
    folder: str | None = None
    on_request: bool = False  # not among "all": a command of its own writes it, and says more


def _meeting(source: ViewSource) -> Document:
    pack = source.rules.pack
    aside = [entry.prefix for entry in pack.roster.entries if entry.household_table is None]
    return meeting_book(source.report, pack.papers.meeting, aside)


VIEWS_OF_RUN = (
    View(labels_views.ROLL, lambda source: [recognition_roll(source.report)]),
    View(labels_views.DISCREPANCY, lambda source: [discrepancies(source.report)]),
    View(labels_views.QUALITY, lambda source: [data_quality(source.report)]),
    View(labels_views.SUMMARY, lambda source: [leader_page(source.report)]),
    View(
        labels_views.PLATFORM,
        lambda source: platform_documents(source.run, source.rules),
        labels_export.FOLDER,
    ),
    View(labels_views.TOWNS, lambda source: town_rolls(source.report), labels_roll.TOWNS_FOLDER),
    View(
        labels_views.ECONOMY,
        lambda source: economy_documents(source.run, source.rules, source.report),
        labels_views.ECONOMY,
    ),
    View(labels_views.MEETING, lambda source: [_meeting(source)]),
    View(
        labels_views.NOTICE,
        lambda source: notice_documents(source.run),
        labels_views.NOTICE,
        on_request=True,
    ),
)


def open_source(folder: Path) -> ViewSource:
    """Open the run in ``folder`` with everything that a view needs; nothing is decided again."""
    run = open_run(folder)
    try:
        report = report_input(run.folder, run.manifest, run.result)
    except (OSError, ValueError, KeyError) as error:  # made before runs kept what reports need
        raise RunFolderError("W204", folder=folder) from error
    return ViewSource(run, report)
