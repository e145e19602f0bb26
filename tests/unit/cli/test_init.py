"""``lic init`` as it is typed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from lic.cli.main import main

Capture = pytest.CaptureFixture[str]


def test_options_make_a_workspace_and_say_what_goes_where(tmp_path: Path, capsys: Capture) -> None:
    given = [
        "init", str(tmp_path / "县"), "--county", "示例县", "--town", "甲镇、乙镇", "--town", "丙镇",
        "--standard", "城镇=9600", "--standard", "农村=7200", "--reference", "示例文",
        "--since", "2026-07-01", "--set", "住房套数上限=1", "--period", "2026-10",
    ]  # fmt: skip
    assert main(given) == 0
    out = capsys.readouterr().out
    for wanted in ("已建好工作区", "还没有取值的参数", "民政局（必报）", "lic classify"):
        assert wanted in out
    text = (tmp_path / "县" / "lic.yaml").read_text(encoding="utf-8")
    assert "镇: [甲镇, 乙镇, 丙镇]" in text
    assert "低保标准: {取值: [{自: 2026-07-01, 城镇: 9600, 农村: 7200, 依据: 示例文}]}" in text
    assert main(given) == 2
    assert "W160" in capsys.readouterr().err


def test_without_a_terminal_nothing_is_asked(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["init", str(tmp_path / "县")]) == 2
    assert "W161" in capsys.readouterr().err
    assert not (tmp_path / "县").exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_cannot_be_used_is_asked_again(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["示例县", "甲镇", "九千六", "9600", "", "9600", "7200"]
    answers += ["2026-02-30", "2026-07-01", "", "示例文", *[""] * 40]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers) + "\n"))
    assert main(["init", str(tmp_path / "县"), "--period", "2026-10"]) == 0
    shown = capsys.readouterr().out
    assert "应为数字，如 7200、1.5、60%；写的是“九千六”" in shown
    assert "应为日期，如 2026-07-01；写的是“2026-02-30”" in shown
    assert "低保标准.农村 没有写" in shown
    assert "自: 2026-07-01, 城镇: 9600" in (tmp_path / "县" / "lic.yaml").read_text(encoding="utf-8")


def test_answers_that_end_early_write_nothing(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("示例县\n甲镇\n9600\n"))
    assert main(["init", str(tmp_path / "县"), "--period", "2026-10"]) == 2
    assert "W192" in capsys.readouterr().err
    assert not (tmp_path / "县").exists()


def test_on_a_terminal_it_asks(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["示例县", "甲镇、乙镇", "9600", "7200", "2026-07-01", "示例文", *[""] * 40]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers) + "\n"))
    assert main(["init", str(tmp_path / "县"), "--period", "2026-10"]) == 0
    text = (tmp_path / "县" / "lic.yaml").read_text(encoding="utf-8")
    assert "低保标准: {取值: [{自: 2026-07-01, 城镇: 9600, 农村: 7200, 依据: 示例文}]}" in text
    assert "# 住房套数上限" in text
