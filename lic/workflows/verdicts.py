"""Findings that a visit has shown to be false alarms, and how long that stands (POLICY §0).

A verdict silences a finding of one household or person while the finding says what it said
then: as the newest run before the verdict recorded it. Where no run recorded it, the verdict
stands. Who is meant was found by linkage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lic.runs.canonical import read_table
from lic.runs.folder import runs_of
from lic.runs.manifest import read_manifest

VERDICT_DATE = "verdict_date"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A false alarm: which check, whom, since when."""

    code: str
    household_no: str
    id_number: str | None  # None: the household
    day: date


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run of the workspace that may have recorded what a verdict was about."""

    path: Path
    period: str
    as_of: date
    question: str


def read_verdicts(false_alarms: pa.Table | None) -> tuple[Verdict, ...]:
    """The verdicts that linkage found for members and households of the result, sorted."""
    if false_alarms is None:
        return ()
    found = {
        Verdict(
            row["item"], row["household_no"], None if row["pid"] is None else row["id_number"], row["date"]
        )
        for row in false_alarms.to_pylist()
    }
    return tuple(
        sorted(found, key=lambda item: (item.code, item.household_no, item.id_number or "", item.day))
    )


def earlier_runs(runs: Path, before: date) -> tuple[EarlierRun, ...]:
    """The newest run of every period of the workspace up to ``before``, newest first."""
    found: list[EarlierRun] = []
    for folder in sorted(runs.iterdir()) if runs.is_dir() else []:
        kept = runs_of(folder) if folder.is_dir() else []
        manifest = read_manifest(kept[-1]) if kept else None
        if manifest is not None and date.fromisoformat(manifest.as_of) < before:
            day = date.fromisoformat(manifest.as_of)
            found.append(EarlierRun(kept[-1], manifest.period, day, manifest.question))
    return tuple(sorted(found, key=lambda item: (item.as_of, item.path.name), reverse=True))


def silence(
    findings: pa.Table, verdicts: Sequence[Verdict], runs: Sequence[EarlierRun]
) -> tuple[pa.Table, pa.Table]:
    """``findings`` without the false alarms that still say the same; and those, with their day."""
    if not verdicts:
        return findings, findings.slice(0, 0).append_column(VERDICT_DATE, pa.array([], pa.date32()))
    codes = pa.array(sorted({item.code for item in verdicts}))
    concerned = pc.is_in(findings.column("code"), value_set=codes)
    candidates = findings.filter(concerned).select(
        ["code", "household_no", "id_number", "expected", "actual"]
    )
    recorded = _Recorded(runs)
    by_code: Mapping[str, list[Verdict]] = _grouped(verdicts)
    days = [
        max((item.day for item in by_code[row["code"]] if recorded.stands(item, row)), default=None)
        for row in candidates.to_pylist()
    ]
    settled = pc.replace_with_mask(
        pa.nulls(findings.num_rows, pa.date32()), concerned.combine_chunks(), pa.array(days, pa.date32())
    )
    kept = findings.filter(settled.is_null())
    return kept, findings.append_column(VERDICT_DATE, settled).filter(settled.is_valid())


def concerns(verdict: Verdict, row: Mapping[str, str | None]) -> bool:
    """Whether a finding is about the person of a verdict or, where it names none, the household."""
    if verdict.household_no != row["household_no"]:
        return False
    return verdict.id_number is None or verdict.id_number == row["id_number"]


class _Recorded:
    """What earlier runs said, read when first asked."""

    def __init__(self, runs: Sequence[EarlierRun]) -> None:
        self._runs = runs
        self._rows: dict[Path, list[dict[str, str | None]]] = {}

    def stands(self, verdict: Verdict, row: Mapping[str, str | None]) -> bool:
        """Whether ``verdict`` silences the finding ``row``."""
        if not concerns(verdict, row):
            return False
        for run in self._runs:
            if run.as_of <= verdict.day:
                then = [
                    old
                    for old in self._of(run.path)
                    if old["code"] == verdict.code and concerns(verdict, old)
                ]
                if then:
                    return any(_same(old, row) for old in then)
        return True

    def _of(self, run: Path) -> list[dict[str, str | None]]:
        if run not in self._rows:
            columns = ["code", "household_no", "id_number", "expected", "actual"]
            self._rows[run] = read_table(run / "findings.parquet").select(columns).to_pylist()
        return self._rows[run]


def _same(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> bool:
    return all(old[name] == new[name] for name in ("id_number", "expected", "actual"))


def _grouped(verdicts: Sequence[Verdict]) -> Mapping[str, list[Verdict]]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.code].append(verdict)
    return groups
