"""A decided month to a run folder: compute → validate → draft → hash → rename."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lic.model.manifest import Manifest
from lic.model.profile import MonthProfile, QualityDetail
from lic.reports.book import ReportInput
from lic.reports.discrepancies import discrepancies
from lic.reports.quality import data_quality
from lic.reports.roll import recognition_roll
from lic.reports.workbook import write_workbook
from lic.runs.canonical import content_sha256, file_sha256, write_table
from lic.runs.evidence import write_evidence, write_rules
from lic.runs.folder import Draft, commit_at, commit_numbered, draft_in
from lic.runs.journal import Journal
from lic.runs.manifest import hashed_files, write_manifest
from lic.runs.quality import write_quality
from lic.workflows.decide import DecidedMonth
from lic.workflows.problems import problem_places
from lic.workflows.receipts import receipts_of, write_receipts_of_run
from lic.workflows.report_input import SILENCED, report_input
from lic.workflows.verdicts import EarlierRun
from lic.workflows.workspace import Month

_BUILDERS = (recognition_roll, discrepancies, data_quality)


def write_run(
    month: Month,
    decided: DecidedMonth,
    manifest: Manifest,
    *,
    profile: MonthProfile,
    rules: Mapping[str, Path],
    out: Path | None,
    runs: Sequence[EarlierRun],
    journal: Journal,
    progress: Callable[[str], None],
) -> Path:
    """Write everything into a draft and rename it; nothing that looks finished exists before that."""
    period = month.workspace.runs / str(month.period)
    with draft_in(period if out is None else out.resolve().parent) as draft:
        progress("runs: tables")
        content = {}
        for name, table in decided.result.tables().items():
            write_table(table, draft.path / f"{name}.parquet")
            content[name] = content_sha256(table)
        write_evidence(draft.path, decided.linked, decided.ledger)
        write_quality(draft.path, QualityDetail(profile, problem_places(decided.problems)))
        write_table(decided.silenced, draft.path / SILENCED)
        write_rules(draft.path, rules)
        report = report_input(
            draft.path,
            manifest,
            decided.result,
            pack=decided.pack,
            schemas=decided.delivered.schemas,
            runs=runs,
        )
        _write_workbooks(draft, report, progress)
        receipts = receipts_of(month, decided.delivered, decided.problems)
        write_receipts_of_run(receipts, draft.path, draft.scratch)
        outputs = {
            path.relative_to(draft.path).as_posix(): file_sha256(path) for path in hashed_files(draft.path)
        }
        write_manifest(draft.path, replace(manifest, content=content, outputs=outputs))
        progress("runs: done")
        journal.write(draft.path)
        return commit_numbered(draft, period) if out is None else commit_at(draft, out)


def _write_workbooks(draft: Draft, report: ReportInput, progress: Callable[[str], None]) -> None:
    for build in _BUILDERS:
        book = build(report)
        progress(f"reports: {book.file}")
        write_workbook(book, draft.path / book.file, scratch=draft.scratch)
