"""``lic audit-sample`` and ``lic audit-verify`` as people meet them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lic.cli.main import main
from tests.snapshots import Snapshot

ID = re.compile(r"(?<![0-9a-f])\d{17}[\dXx](?![0-9a-f])")
Said = Callable[..., tuple[int, str, str]]
RUN = "runs/2026-10/01"
DRAW = ("audit-sample", RUN, "--frame", "建议")


@pytest.fixture
def said(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Said:
    root = tmp_path / "workspace"
    shutil.copytree(county.parent / "runs", root / "runs")
    shutil.copy(county.parent / "lic.yaml", root)
    monkeypatch.chdir(root)

    def say(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        assert not ID.search(captured.out + captured.err)
        return code, captured.out.replace(str(root), "…"), captured.err

    return say


def test_from_the_freeze_to_the_proof(said: Said, snapshot: Snapshot) -> None:
    screens = []
    for arguments in (
        (*DRAW, "--stratify", "镇", "--freeze"),
        (*DRAW, "--stratify", "镇", "--seed", "2026128", "--seed-source", "福彩 2026128 期"),
        ("audit-verify", "runs/2026-10/抽查/02", "--run", RUN),
    ):
        code, out, _ = said(*arguments)
        assert code == 0
        plain = re.sub(r"\b[0-9a-f]{16,64}\b", "<sha>", out.split("\n\n镇 ")[0])
        screens.append(re.sub(r"\d+ ([户人])", r"# \1", plain))
    snapshot.matches("audit.txt", "\n".join(screens))


def test_a_no_is_exit_code_1_and_names_the_household(said: Said) -> None:
    assert said(*DRAW, "--seed", "1")[0] == 0
    path = Path("runs/2026-10/抽查/01/sample.csv")
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([rows[0], *rows[2:]]), encoding="utf-8")
    code, out, _ = said("audit-verify", "runs/2026-10/抽查/01")
    assert code == 1
    assert f"样本里少了 {rows[1].split(',')[1]}" in out
    assert said("audit-verify", "runs/2026-10/抽查/01", "-q")[:2] == (1, "")
    code, out, _ = said("audit-verify", "runs/2026-10/抽查/01", "--json")
    found = json.loads(out)
    assert (code, found["verified"], found["problems"][0]["code"]) == (1, False, "W638")


def test_json_is_one_object_with_whole_hashes(said: Said) -> None:
    code, out, _ = said(*DRAW, "--seed", "1", "--json")
    found = json.loads(out)
    assert code == 0
    assert re.fullmatch(r"[0-9a-f]{64}", found["seal"])
    assert len(found["households"]) == found["sample"]["households"] + found["sample"]["on_top"]


def test_mistakes_are_said_with_what_to_do(said: Said) -> None:
    for arguments, code, exit_code in (
        ((*DRAW,), "W608", 2),
        ((*DRAW, "--seed", "1", "--rate", "30"), "W601", 2),
        (("audit-verify", "runs"), "W620", 6),
        (("audit-sample", "runs", "--seed", "1"), "W005", 6),
    ):
        found, out, err = said(*arguments)
        assert (found, out) == (exit_code, "")
        assert f"错误 {code}" in err
        assert "处理" in err


def test_returned_forms_are_evaluated(said: Said, tmp_path: Path) -> None:
    said(*DRAW, "--seed", "2", "--rate", "100%")
    book = openpyxl.load_workbook("runs/2026-10/抽查/01/入户核查表.xlsx")
    sheet = book["结果登记"]
    heads = {str(cell.value): int(cell.column or 0) for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        result = {5: "不应认定", 6: "未能核查"}.get(row, "一致")
        for name, value in (("核查结果", result), ("核查日期", "2026-11-05"), ("核查人", "王一")):
            sheet.cell(row, heads[name]).value = value
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    code, out, _ = said("audit-evaluate", "runs/2026-10/抽查/01", str(filled), "--limit", "5%")
    assert code == 0
    assert "不应认定" in out
    assert "再抽也说明不了" in out
    assert "1 条记入" in out
    code, out, _ = said("audit-evaluate", "runs/2026-10/抽查/01", str(filled), "--json")
    found = json.loads(out)
    assert found["rates"][0]["found"] == 1
    assert found["rates"][0]["not_visited"] == 1
    for name in ("rate_low", "rate_high", "rate_high_if_missing_wrong"):
        assert 0 <= found["rates"][0][name] <= 1
    assert (found["recorded"], found["repeated"]) == (0, 1)
    code, _, err = said("audit-evaluate", "runs/2026-10/抽查/01", "nothing.xlsx")
    assert (code, "错误 W651" in err) == (3, True)
