"""``lic rules check``: what it says when all is well and when it is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lic.cli.main import main

ROOT = Path(__file__).parents[3]
Capture = pytest.CaptureFixture[str]


def test_the_shipped_pack_has_no_problem(capsys: Capture) -> None:
    assert main(["rules", "check", "--rules", str(ROOT / "sample_data"), "--as-of", "2026-10-31"]) == 0
    out = capsys.readouterr().out
    assert "规则没有问题" in out
    assert "没有取值" not in out
    assert main(["rules", "check", "--rules", str(ROOT / "sample_data"), "--as-of", "2026-03-31"]) == 0
    out = capsys.readouterr().out
    assert "提示 lic.yaml:6:3 R211 到 2026-03-31，参数“低保标准”还没有取值：最早自 2026-07-01" in out
    assert "收入低于低保标准" in out


def test_problems_go_to_stderr_and_json_to_stdout(tmp_path: Path, capsys: Capture) -> None:
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    path = pack / "decisions" / "household.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("家庭年收入 < 低保线", "家庭年收人 < 低保线"),
        encoding="utf-8",
    )
    assert main(["rules", "check", "--rules", str(pack), "--json"]) == 4
    said = capsys.readouterr()
    problem = json.loads(said.out)["problems"][0]
    assert (problem["file"], problem["line"], problem["code"]) == (
        "rules/decisions/household.yaml",
        8,
        "R012",
    )
    assert problem["suggestion"] == "家庭年收入"
    assert "rules/decisions/household.yaml:8:" in said.err


def test_a_value_without_its_document_is_named(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "lic.yaml").write_text(
        "县: 某县\n镇: [甲镇]\n参数:\n  住房套数上限: {取值: [{自: 2026-01-01, 值: 1}]}\n", encoding="utf-8"
    )
    assert main(["rules", "check", "--rules", str(tmp_path)]) == 4
    assert "lic.yaml:4:17 R207" in capsys.readouterr().err
