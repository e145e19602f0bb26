"""``lic diff`` as a clerk meets it: the screen, its width, JSON, exit codes, the workbook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from lic.cli.main import main
from tests.unit.reports.excel import workbook_faults
from tests.unit.workflows.county import PERIOD

ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


@pytest.fixture(scope="module")
def runs(three_months: Path) -> tuple[str, str]:
    return str(three_months / "runs" / "2026-09" / "01"), str(three_months / "runs" / PERIOD / "01")


def test_the_screen_masks_and_says_why(
    runs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *runs, "-o", str(tmp_path / "out"), "--exit-code"]) == 1
    shown = capsys.readouterr().out
    assert not ID.search(shown)
    assert "数据变化：机动车" in shown
    assert "全部对平" in shown
    assert main(["diff", runs[0], runs[0], "-o", str(tmp_path / "same"), "--exit-code"]) == 0
    assert "没有变动" in capsys.readouterr().out


def test_json_is_one_object_and_masked(
    runs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *runs, "-o", str(tmp_path / "out"), "--json"]) == 0
    text = capsys.readouterr().out
    assert not ID.search(text)
    found = json.loads(text)
    assert found["reconciles"] is True
    whole = json.loads((tmp_path / "out" / "diff.json").read_text(encoding="utf-8"))
    assert len(whole["changes"]) == len(found["changes"])
    assert ID.search(json.dumps(whole))


def test_the_workbook_has_a_sheet_for_every_kind(runs: tuple[str, str], tmp_path: Path) -> None:
    assert main(["diff", *runs, "-o", str(tmp_path / "out"), "-q"]) == 0
    assert workbook_faults(tmp_path / "out" / "动态调整.xlsx") == []
    book = openpyxl.load_workbook(tmp_path / "out" / "动态调整.xlsx")
    whole = json.loads((tmp_path / "out" / "diff.json").read_text(encoding="utf-8"))
    kinds = {item["kind"] for item in whole["changes"]}
    assert set(book.sheetnames) == {"汇总", "对平表", *kinds}
    leaving = [cell for row in book["退出"].iter_rows(values_only=True) for cell in row if cell]
    assert "核实后自 2026-11 起停发" in leaving
    assert any("就业登记" in str(cell) for cell in leaving)


def test_what_is_no_run_is_refused(
    runs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", runs[0], str(tmp_path)]) == 6
    assert "W005" in capsys.readouterr().err
