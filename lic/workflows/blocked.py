"""The account of a run that was stopped: findings, inputs, manifest and the quality workbook.

It lies beside the runs of its period under a name that is no run's number, so that nothing that
reads runs takes it for one. No list is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lic.errors import RunBlocked
from lic.messages import remedy, say
from lic.messages.run import BLOCKED, SEPARATOR
from lic.model.finding import Finding
from lic.model.profile import MonthProfile, QualityDetail
from lic.model.result import HOUSEHOLD_SCHEMA, PERSON_SCHEMA, Result
from lic.reports.book import ReportInput
from lic.reports.quality import data_quality
from lic.reports.workbook import write_workbook
from lic.runs.canonical import content_sha256, file_sha256, write_table
from lic.runs.evidence import write_rules
from lic.runs.folder import answers, commit_stopped, draft_in
from lic.runs.journal import Journal
from lic.runs.manifest import hashed_files, write_manifest
from lic.runs.quality import write_quality
from lic.workflows.decide import data_dates, manifest_of
from lic.workflows.findings import finding_table
from lic.workflows.inputs import Delivered, input_rows
from lic.workflows.load_rules import Rules
from lic.workflows.problems import problem_places
from lic.workflows.receipts import receipts_of, write_receipts_of_run
from lic.workflows.workspace import Month

_PREFIX = f"{BLOCKED}-"
_LAST_PARTS = 3  # runs/2026-10/…


def keep_blocked(
    month: Month,
    rules: Rules,
    delivered: Delivered,
    *,
    profile: MonthProfile,
    question: str,
    rules_sha256: str,
    files: Mapping[str, Path],
    journal: Journal,
) -> Path:
    """Write the account and return its folder; the same question again finds the folder of then."""
    period = month.workspace.runs / str(month.period)
    for folder in sorted(period.glob(f"{_PREFIX}*"), reverse=True):
        if answers(folder, question):
            return folder
    result = undecided(delivered)
    manifest = manifest_of(
        month, rules.pack, delivered, result, question=question, rules_sha256=rules_sha256, ended=BLOCKED
    )
    with draft_in(period) as draft:
        content = {}
        for name in ("findings", "inputs"):
            table = result.tables()[name]
            write_table(table, draft.path / f"{name}.parquet")
            content[name] = content_sha256(table)
        write_rules(draft.path, files)
        quality = QualityDetail(profile, problem_places(delivered.problems(())))
        write_quality(draft.path, quality)
        book = data_quality(ReportInput(manifest, result, quality=quality))
        write_workbook(book, draft.path / book.file)
        receipts = receipts_of(month, delivered, delivered.problems(()))
        write_receipts_of_run(receipts, draft.path, draft.scratch)
        outputs = {
            path.relative_to(draft.path).as_posix(): file_sha256(path) for path in hashed_files(draft.path)
        }
        write_manifest(draft.path, replace(manifest, content=content, outputs=outputs))
        journal.write(draft.path)
        return commit_stopped(draft, period, _PREFIX)


def blocked(findings: Sequence[Finding], folder: Path) -> RunBlocked:
    """The error that stops a run, with what stopped it as notes."""
    tables = dict.fromkeys(item.place.source or "" for item in findings)
    error = RunBlocked("G010", count=len(findings), tables=SEPARATOR.join(tables), folder=shown(folder))
    for item in findings:
        error.add_note(f"{item.severity.value} {item.code}  {say(item.code, item.params)}")
        error.add_note(f"     {remedy(item.code, item.params)}")
    return error


def shown(folder: Path) -> str:
    """A folder of the workspace as it is called in messages: without the machine's own path."""
    return "/".join(folder.parts[-_LAST_PARTS:])


def undecided(delivered: Delivered) -> Result:
    """A result of nobody: what was delivered, and what was wrong in it."""
    inputs = input_rows(delivered, {})
    linked = inputs.schema.get_field_index("linked")  # nobody was linked: not 0, but not known
    inputs = inputs.set_column(linked, inputs.schema.field(linked), pa.nulls(inputs.num_rows, pa.int64()))
    households = HOUSEHOLD_SCHEMA.empty_table()
    checks = pa.table({"code": pa.array([], pa.string())})
    findings = finding_table(
        checks, delivered.problems(()), households=households, data_dates=data_dates(inputs)
    )
    return Result(PERSON_SCHEMA.empty_table(), households, findings, inputs)
