"""A decided month to a run folder: compute → validate → draft → hash → rename."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from lic.model.manifest import Manifest
from lic.model.profile import MonthProfile, QualityDetail
from lic.model.result import Result
from lic.reports.book import ReportInput
from lic.reports.discrepancies import discrepancies
from lic.reports.document import Document
from lic.reports.leader_page import leader_page
from lic.reports.quality import data_quality
from lic.reports.roll import recognition_roll
from lic.reports.write import write_document
from lic.runs.canonical import content_sha256, file_sha256, write_table
from lic.runs.evidence import write_evidence, write_rows, write_rules, write_strangers
from lic.runs.folder import Draft, commit_numbered, draft_in
from lic.runs.journal import Journal
from lic.runs.manifest import hashed_files, write_manifest
from lic.runs.quality import write_quality
from lic.runs.views import commit_beside
from lic.workflows.decide import DecidedMonth
from lic.workflows.earlier_months import keep_comparison
from lic.workflows.problems import problem_places
from lic.workflows.receipts import receipts_of, write_receipts_of_run
from lic.workflows.report_input import SILENCED, keep_words, report_input
from lic.workflows.verdicts import EarlierRun
from lic.workflows.workspace import Month

_BUILDERS: tuple[Callable[[ReportInput], Document], ...] = (
    recognition_roll,
    discrepancies,
    data_quality,
    leader_page,
)


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
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            write_evidence(draft.path, decided.linked, decided.ledger)
            write_strangers(draft.path, decided.strangers)
            write_quality(draft.path, QualityDetail(profile, problem_places(decided.problems)))
            write_table(decided.silenced, draft.path / SILENCED)
            write_rules(draft.path, rules)
            keep_comparison(draft.path, decided.result.persons, runs, month.period)
            keep_words(draft.path, decided.pack, decided.delivered.schemas)
            report = report_input(draft.path, manifest, decided.result)
            lists = _start_lists(draft, report, pool)
            tables = pool.submit(_write_tables, draft, decided.result)
            pool.submit(write_rows, draft.path, decided.linked).result()
            receipts = receipts_of(month, decided.delivered, decided.problems)
            write_receipts_of_run(receipts, draft.path, draft.scratch)
            for written in lists:
                progress(f"reports: {written.result()}")
            content = tables.result()
            outputs = _hashes(draft, pool)
        write_manifest(draft.path, replace(manifest, content=content, outputs=outputs))
        progress("runs: done")
        journal.write(draft.path)
        return commit_numbered(draft, period) if out is None else commit_beside(draft, out)


def _write_tables(draft: Draft, result: Result) -> dict[str, str]:
    """Write the canonical tables; the hash of what each says."""
    content = {}
    for name, table in result.tables().items():
        write_table(table, draft.path / f"{name}.parquet")
        content[name] = content_sha256(table)
    return content


def _start_lists(draft: Draft, report: ReportInput, pool: Executor) -> list[Future[str]]:
    """Write the lists side by side: Arrow and zlib, which do the work, leave other threads free."""

    def write(build: Callable[[ReportInput], Document]) -> str:
        document = build(report)
        write_document(document, draft.path, scratch=draft.scratch)
        return document.file

    return [pool.submit(write, build) for build in _BUILDERS]


def _hashes(draft: Draft, pool: Executor) -> dict[str, str]:
    """The hash of every file of the run so far, by its path in it."""
    files = list(hashed_files(draft.path))
    return {
        path.relative_to(draft.path).as_posix(): digest
        for path, digest in zip(files, pool.map(file_sha256, files), strict=True)
    }
