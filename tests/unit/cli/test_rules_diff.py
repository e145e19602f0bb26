"""``lic rules diff`` on the screen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lic.cli.main import main

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = tmp_path_factory.mktemp("other") / "rules"
    shutil.copytree(ROOT / "rules", pack)
    path = pack / "parameters" / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("值: 1.5,", "值: 1.8,"), encoding="utf-8")
    return pack


def test_screen_json_and_exit_code(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["rules", "diff", str(ROOT / "rules"), str(other), "--as-of", "2026-10-31"]
    assert main(given) == 0
    out = capsys.readouterr().out
    assert "规则的改变（1 处）" in out
    assert "改变 自 2024-10-30：1.5 → 1.8" in out
    assert main([*given, "--exit-code", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["changes"][0]["new"] == "1.8"


def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", str(ROOT / "rules"), str(ROOT / "rules"), "--exit-code"]) == 0
    assert "完全一样" in capsys.readouterr().out
