"""``lic reconcile``: another system's own export against a run.

Reads the export with the same sources as a month's folder, so that an ugly export is told the
same way. Writes the workbooks, decides nobody.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from lic.errors import InputError, RunFolderError, UsageError
from lic.messages.base import mask
from lic.model.export import ExportTemplate, Item
from lic.model.period import Period
from lic.model.platform import Pair, PlatformList
from lic.model.staging import StagedFolder, StagedSheet
from lic.model.workspace import VIEWS
from lic.reports import labels_export as said
from lic.reports.platform import PlatformReport, reconcile_book
from lic.reports.write import write_document
from lic.runs.folder import commit_at, draft_in
from lic.runs.read import Run, open_run
from lic.sources.folder import stage_folder
from lic.workflows.load_rules import Rules, rules_of_run
from lic.workflows.platform_sheets import compared, entry_documents, said_before
from lic.workflows.platform_subjects import listed_row
from lic.workflows.problems import Problem, worded


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on which the two do not agree, for screens and programs."""

    platform: str
    kind: str
    name: str
    id_number: str
    column: str | None
    here: str | None
    there: str | None
    file: str | None
    sheet: str | None
    row: int | None


@dataclass(frozen=True, slots=True)
class PlatformCount:
    """One system in figures."""

    platform: str
    files: tuple[str, ...]
    missing_there: int
    missing_here: int
    different: int
    same: int
    undecided: int
    not_compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReconcileResult:
    """What a reconciliation came to, and where it was written."""

    run: Path
    out: Path
    files: tuple[str, ...]
    counts: tuple[PlatformCount, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def agree(self) -> bool:
        """Whether both sides say the same of everybody."""
        return not self.lines

    def to_json(self, *, whole: bool = False) -> dict[str, Any]:
        """One object for programs; ``whole``: ID numbers unmasked."""
        return {
            "run": str(self.run),
            "out": str(self.out),
            "files": list(self.files),
            "agree": self.agree,
            "platforms": [
                {
                    "platform": item.platform,
                    "files": list(item.files),
                    "missing_there": item.missing_there,
                    "missing_here": item.missing_here,
                    "different": item.different,
                    "same": item.same,
                    "undecided": item.undecided,
                    "not_compared": list(item.not_compared),
                }
                for item in self.counts
            ],
            "lines": [
                {
                    "platform": item.platform,
                    "kind": item.kind,
                    "name": item.name,
                    "id_number": item.id_number if whole else mask(item.id_number),
                    "column": item.column,
                    "here": item.here,
                    "there": item.there,
                    "file": item.file,
                    "sheet": item.sheet,
                    "row": item.row,
                }
                for item in self.lines
            ],
            "problems": [item.to_json() for item in self.problems],
        }


def reconcile(
    folder: Path, exports: Sequence[Path], out: Path | None, *, progress: Callable[[str], None]
) -> ReconcileResult:
    """Compare ``exports`` with the run in ``folder`` and write what is different.

    Raises InputError when no list is found, RunFolderError for a bad run or a folder in use.
    """
    run = open_run(folder)
    rules = rules_of_run(run)
    if not rules.exports:
        raise RunFolderError("W434")
    target = out if out is not None else run.folder / VIEWS / said.RECONCILE_FOLDER
    _check_target(target, ours=out is None)
    with draft_in(target.parent) as draft:
        staged = _stage(run, rules, exports, draft.scratch, progress)
        problems = worded(staged.findings, {name: s.department for name, s in rules.sources.schemas.items()})
        reports = _reports(run, rules, staged, problems)
        files: list[str] = []
        documents = (reconcile_book(run.manifest, report) for report in reports)
        for document in (*documents, *entry_documents(run, reports)):
            progress(f"reports: {document.file}")
            write_document(document, draft.path, scratch=draft.scratch)
            files.append(document.file)
        try:
            commit_at(draft, target)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RunFolderError("W003", folder=target, reason=reason) from error
    return ReconcileResult(
        run=run.folder,
        out=target,
        files=tuple(files),
        counts=tuple(_count(report) for report in reports),
        lines=tuple(line for report in reports for line in _lines(report)),
        problems=problems,
    )


def _check_target(target: Path, *, ours: bool) -> None:
    """Our own view may be written again; any other folder must be new or empty."""
    if not ours and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError("W109", folder=target)


def _stage(
    run: Run, rules: Rules, exports: Sequence[Path], scratch: Path, progress: Callable[[str], None]
) -> StagedFolder:
    """The exports as staged tables, read as of the run's month."""
    folder = scratch / "exports"
    folder.mkdir()
    for path in exports:
        if not path.is_file():
            raise UsageError("W435", file=path)
        shutil.copyfile(path, _free(folder, path.name))
    period = Period.parse(run.manifest.period)
    as_of = date.fromisoformat(run.manifest.as_of)
    return stage_folder(
        folder,
        workspace=folder,
        sources=rules.sources,
        period=period.index if period is not None else as_of.year * 12 + as_of.month - 1,
        last_day=period.last_day if period is not None else as_of,
        towns=run.manifest.towns,
        cache=scratch / "cache",
        progress=lambda done, total, file: progress(f"{done}/{total} {file}"),
    )


def _free(folder: Path, name: str) -> Path:
    """A name that no other export took: two folders may hold files of one name."""
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{Path(name).stem} ({number}){Path(name).suffix}", number + 1
    return path


def _reports(
    run: Run, rules: Rules, staged: StagedFolder, problems: Sequence[Problem]
) -> list[PlatformReport]:
    found = []
    before = said_before(run)
    for template in rules.exports:
        sheets = [sheet for sheet in staged.sheets if sheet.source == template.table]
        if sheets:
            found.append(compared(run, template, _listed(template, rules, sheets), before))
    if not found:
        names = said.SEPARATOR.join(dict.fromkeys(template.table for template in rules.exports))
        seen = said.SEPARATOR.join(dict.fromkeys(sheet.source for sheet in staged.sheets))
        error = InputError("W431", tables=names, found=seen or said.NOTHING_SEEN)
        for item in problems:
            error.add_note(f"{item.severity.value} {item.code}  {item.file or ''}  {item.message}")
        raise error
    return found


def _listed(template: ExportTemplate, rules: Rules, sheets: Sequence[StagedSheet]) -> PlatformList:
    schema = rules.sources.schemas[template.table]
    rows = [
        listed_row(template, schema, {**row, "_file": sheet.file, "_sheet": sheet.sheet}, sheet.present)
        for sheet in sheets
        for row in pq.read_table(sheet.parquet).to_pylist()
    ]
    return PlatformList(
        tuple(rows),
        tuple(dict.fromkeys(sheet.file for sheet in sheets)),
        tuple(sorted({sheet.data_date.isoformat() for sheet in sheets if sheet.data_date is not None})),
    )


def _count(report: PlatformReport) -> PlatformCount:
    found = report.found
    return PlatformCount(
        report.template.name,
        report.listed.files,
        len(found.enter),
        len(found.remove),
        len(found.change),
        found.same,
        found.undecided,
        found.uncompared,
    )


def _lines(report: PlatformReport) -> list[Line]:
    found = report.found
    lines = [_line(report, said.MISSING_THERE, pair) for pair in found.enter]
    lines += [_line(report, said.MISSING_HERE, pair) for pair in found.remove]
    for pair in found.change:
        for item in pair.differences:
            lines.append(_line(report, said.DIFFERENT, pair, item.title, item.here, item.there))
    return lines


def _line(
    report: PlatformReport,
    kind: str,
    pair: Pair,
    column: str | None = None,
    here: str | None = None,
    there: str | None = None,
) -> Line:
    subject, row = pair.subject, pair.row
    name = (subject.items.get(Item.NAME) if subject is not None else None) or (row.name if row else None)
    number = (subject.id_number if subject is not None else None) or (row.id_number if row else None)
    file, sheet, line = row.place if row is not None and row.place is not None else (None, None, None)
    return Line(report.template.name, kind, name or "", number or "", column, here, there, file, sheet, line)
