"""Everything that a report may look at, gathered from a run folder alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.manifest import Manifest
from lic.model.period import Period
from lic.model.result import Result
from lic.model.table import TableSchema
from lic.policy.pack import Pack
from lic.reports.book import ReportInput, RollRatio
from lic.runs.canonical import read_table
from lic.runs.evidence import EVIDENCE
from lic.runs.manifest import canonical_json
from lic.runs.quality import read_quality
from lic.workflows.earlier_months import kept_comparison

SILENCED = f"{EVIDENCE}/silenced.parquet"
_WORDS = f"{EVIDENCE}/report.json"


def keep_words(folder: Path, pack: Pack, schemas: Mapping[str, TableSchema]) -> None:
    """Keep what the pack says of reports, so that its lists never depend on reading the pack again."""
    words = {
        "ratios": [
            [item.name, item.numerator, item.denominator, list(item.categories)]
            for item in pack.roster_columns
        ],
        "verdicts": list(verdict_words(pack, schemas)),
    }
    (folder / EVIDENCE).mkdir(exist_ok=True)
    (folder / _WORDS).write_text(canonical_json(words), encoding="utf-8", newline="\n")


def report_input(folder: Path, manifest: Manifest, result: Result) -> ReportInput:
    """What the builders need; ``folder`` holds the run's evidence."""
    words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
    last_month, leaving_since = kept_comparison(folder, Period.parse(manifest.period))
    silenced = folder / SILENCED
    return ReportInput(
        manifest,
        result,
        tuple(
            RollRatio(name, numerator, denominator, tuple(categories))
            for name, numerator, denominator, categories in words["ratios"]
        ),
        last_month=last_month,
        leaving_since=leaving_since,
        silenced=read_table(silenced) if silenced.is_file() else None,
        declared_dates=_declared_dates(folder, result.inputs),
        verdicts=tuple(words["verdicts"]),
        quality=read_quality(folder),
    )


def verdict_words(pack: Pack, schemas: Mapping[str, TableSchema]) -> tuple[str, ...]:
    """The words that a visitor chooses from, as the source of verified values declares them."""
    spec = pack.roster.correction
    return () if spec is None else schemas[spec.table].columns[spec.verdict_column].words


def _declared_dates(folder: Path, inputs: pa.Table) -> pa.Table:
    """For each household the data date of the file that declares it."""
    households = read_table(folder / EVIDENCE / "households.parquet").select(
        ["household_no", "_file", "_sheet"]
    )
    dated = inputs.filter(inputs.column("data_date").is_valid())
    keys = pc.binary_join_element_wise(dated.column("file"), pc.fill_null(dated.column("sheet"), ""), "\n")
    own = pc.binary_join_element_wise(
        households.column("_file"), pc.fill_null(households.column("_sheet"), ""), "\n"
    )
    position = pc.index_in(own, value_set=keys.combine_chunks(), skip_nulls=True)
    return pa.table(
        {
            "household_no": households.column("household_no"),
            "data_date": dated.column("data_date").take(position),
        }
    )
