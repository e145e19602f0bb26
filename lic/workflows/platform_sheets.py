"""``报表/平台录入/``: what must be entered, changed and taken out in other systems, from a run alone.

A view: nothing is decided again. What a system has is its list of the month as the run kept it;
where it sent none, the registers say what somebody was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from lic.errors import ProblemLog, UsageError
from lic.model.export import ExportTemplate
from lic.model.period import Period
from lic.model.platform import Pair, PlatformList
from lic.model.workspace import Workspace
from lic.reports import labels_export as said
from lic.reports.document import Document, OwnFile
from lic.reports.platform import PlatformReport, cell_of, entry_book
from lic.reports.platform_form import fill_form
from lic.runs.canonical import read_table
from lic.runs.folder import runs_of
from lic.runs.read import Run, read_evidence, read_strangers
from lic.workflows.load_rules import Rules
from lic.workflows.platform_compare import coded, reconcile_list
from lic.workflows.platform_subjects import list_in_run, subjects_of
from lic.workflows.workspace import find_workspace, read_workspace


def platform_reports(run: Run, rules: Rules) -> tuple[PlatformReport, ...]:
    """Every declared system against the list that came in the run's month."""
    tables = read_evidence(run).tables if rules.exports else {}
    schemas = rules.sources.schemas
    before = said_before(run)
    found = []
    for template in rules.exports:
        strangers = read_strangers(run, template.table)
        listed = list_in_run(template, schemas[template.table], run.result, tables, strangers)
        found.append(compared(run, template, listed, before))
    return tuple(found)


def compared(
    run: Run, template: ExportTemplate, listed: PlatformList, before: Mapping[str, str] | None
) -> PlatformReport:
    """One system's list against the run; ``before``: what last month's run said of whom."""
    subjects = subjects_of(template, run.manifest, run.result) if listed.delivered else []
    found = reconcile_list(template, subjects, listed)
    return PlatformReport(template, listed, found, coded, before)


def said_before(run: Run) -> Mapping[str, str] | None:
    """What the newest run of the month before said of whom; None when the workspace has none."""
    period = Period.parse(run.manifest.period)
    with suppress(UsageError):
        runs = Workspace(find_workspace(run.folder), "").runs
        kept = [] if period is None else runs_of(runs / str(period.previous))
        if kept:
            persons = read_table(kept[-1] / "persons.parquet").select(["id_number", "category", "status"])
            return {
                row["id_number"]: row["category"] or row["status"]
                for row in persons.to_pylist()
                if row["id_number"] is not None
            }
    return None


def forms_of(run: Run) -> Mapping[str, Path]:
    """The official forms that the workspace of ``run`` names now; none outside a workspace."""
    with suppress(UsageError):
        return read_workspace(find_workspace(run.folder), ProblemLog())[0].forms
    return {}


def platform_documents(run: Run, rules: Rules) -> Iterator[Document]:
    """The entry workbooks of a run, and the official forms filled."""
    return entry_documents(run, platform_reports(run, rules))


def entry_documents(run: Run, reports: Sequence[PlatformReport]) -> Iterator[Document]:
    """For each system its entry workbook, and a copy of its official form for each thing to do."""
    forms = forms_of(run)
    for report in reports:
        yield entry_book(run.manifest, report)
        form = forms.get(report.template.file)
        if form is not None:
            yield from _filled(report, form)


def _filled(report: PlatformReport, form: Path) -> Iterator[OwnFile]:
    """None where there is nothing to do."""
    titles = [column.title for column in report.template.columns]
    jobs: tuple[tuple[str, tuple[Pair, ...]], ...] = (
        (said.ENTER, report.found.enter),
        (said.CHANGE, report.found.change),
        (said.REMOVE, report.found.remove),
    )
    for action, pairs in jobs:
        if pairs:
            name = said.TEMPLATE_FILE.format(file=report.template.file, action=action)
            rows = [[cell_of(report, column, pair) for column in report.template.columns] for pair in pairs]
            yield OwnFile(name, _writer(form, titles, rows))


def _writer(form: Path, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Callable[[Path, Path], None]:
    return lambda path, _scratch: fill_form(form, titles, rows, path)
