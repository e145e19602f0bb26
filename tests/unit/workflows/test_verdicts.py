"""False alarms: whom they silence, and that a changed finding comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

from lic.model.result import FINDING_SCHEMA
from lic.runs.canonical import write_table
from lic.workflows.verdicts import EarlierRun, Verdict, silence

DAY = date(2026, 10, 10)


def findings(*rows: tuple[str, str, str | None, str]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"code": code, "household_no": household, "id_number": number, "expected": "0", "actual": actual}
            for code, household, number, actual in rows
        ],
        FINDING_SCHEMA,
    )


def earlier(folder: Path, day: date, *rows: tuple[str, str, str | None, str]) -> EarlierRun:
    folder.mkdir()
    write_table(findings(*rows), folder / "findings.parquet")
    return EarlierRun(folder, day.isoformat()[:7], day, "q")


NOW = findings(("K1", "A", "p", "5"), ("K1", "A", "r", "5"), ("K2", "A", "p", "5"), ("K1", "B", None, "5"))


def test_a_person_or_a_household_is_meant() -> None:
    kept, settled = silence(NOW, [Verdict("K1", "A", "p", DAY)], [])
    assert settled.num_rows == 1
    assert kept.column("id_number").to_pylist() == ["r", "p", None]
    assert silence(NOW, [Verdict("K1", "A", None, DAY)], [])[1].num_rows == 2
    assert silence(NOW, [Verdict("K1", "B", None, DAY)], [])[1].num_rows == 1
    assert silence(NOW, [Verdict("K1", "B", "p", DAY)], [])[1].num_rows == 0
    assert silence(NOW, [], [])[0] == NOW


def test_a_finding_that_says_something_else_comes_back(tmp_path: Path) -> None:
    verdict = [Verdict("K1", "A", "p", DAY)]
    same = earlier(tmp_path / "same", date(2026, 9, 30), ("K1", "A", "p", "5"))
    other = earlier(tmp_path / "other", date(2026, 9, 30), ("K1", "A", "p", "4"))
    later = earlier(tmp_path / "later", date(2026, 10, 31), ("K1", "A", "p", "4"))
    without = earlier(tmp_path / "without", date(2026, 9, 30), ("K2", "A", "p", "4"))
    assert silence(NOW, verdict, [same])[1].num_rows == 1
    assert silence(NOW, verdict, [other])[1].num_rows == 0
    assert silence(NOW, verdict, [later])[1].num_rows == 1  # made after the verdict
    assert silence(NOW, verdict, [without])[1].num_rows == 1  # nothing was recorded
    assert silence(NOW, verdict, [without, other])[1].num_rows == 0  # an older run recorded it
