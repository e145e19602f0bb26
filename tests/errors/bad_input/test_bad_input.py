"""Every case of the catalogue: the file is built, read, and what the clerk then reads is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lic.messages.base import mask
from lic.model.staging import StagedFolder
from lic.workflows.check import CheckOptions, check_month
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.errors.bad_input.cells import CELLS
from tests.errors.bad_input.files import FILES
from tests.errors.bad_input.sheets import SHEETS
from tests.errors.test_messages import account
from tests.snapshots import Snapshot
from tests.unit.sources.shipped import stage

CASES: dict[str, Callable[[Path], None]] = {**FILES, **SHEETS, **CELLS}
CATALOGUE = Path(__file__).with_name("catalogue.md")
JOINED = {"B56", "B57"}  # seen only when tables meet
ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_SHOWN_ROWS = 20
CONFIG = "县: 示例县\n镇: [示例城关镇]\n不设登记: [城市低保, 低保边缘, 刚性支出, 特困]\n"


def test_every_case_of_the_catalogue_is_built() -> None:
    listed = re.findall(r"^\| (B\d+) \|", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [f"B{number}" for number in range(1, 58)]
    assert sorted(CASES) == sorted(listed)
    kept = {path.stem for path in (Path(__file__).parent / "__snapshots__").glob("B*.txt")}
    assert sorted(kept) == sorted(listed)


def values(folder: StagedFolder) -> str:
    """What was made of the cells, with what they held before."""
    lines = []
    for sheet in folder.sheets:
        for row in pq.read_table(sheet.parquet).slice(0, _SHOWN_ROWS).to_pylist():
            shown = {name: row[name] for name in sorted(sheet.present) if row[name] is not None}
            if row["_raw"] is not None:
                shown["_raw"] = row["_raw"]
            lines.append(f"  {sheet.sheet} {row['_row']}: {mask(repr(shown))}\n")
    return "".join(lines)


def joined(month: Path) -> str:
    """What the check of a whole month says, and what deciding it finds."""
    (month.parent / "lic.yaml").write_text(CONFIG, encoding="utf-8")

    def silent(_: str) -> None:
        pass

    checked = check_month(month, CheckOptions(), progress=silent)
    lines = [f"{item}\n" for item in map(_line, checked.problems)]
    run = classify_month(month, ClassifyOptions(), progress=silent).run
    findings: list[dict[str, Any]] = pq.read_table(run / "findings.parquet").to_pylist()
    lines += [
        f"{item['code']} {item['household_no']} {item['message']}\n"
        for item in findings
        if item["code"][0] != "S"
    ]
    return "".join(lines)


def _line(problem: Any) -> str:
    return f"{problem.severity.value} {problem.code} {problem.message}"


@pytest.mark.parametrize("case", list(CASES))
def test_case(case: str, tmp_path: Path, snapshot: Snapshot) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    CASES[case](month)
    if case in JOINED:
        text = joined(month)
    else:
        folder = stage(month)
        for sheet in folder.sheets:
            assert sheet.rows_read == sheet.accepted + sheet.rejected + sheet.blank + sheet.footer
        text = account(folder) + values(folder)
    assert not ID.search(text)
    snapshot.matches(f"{case}.txt", text)
