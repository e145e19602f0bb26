"""``lic rules test`` as a policy officer meets it: totals, a failed case with its tree, what is not seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lic.cli.main import main

RULES = Path(__file__).parents[3] / "rules"
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    def say(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["rules", "test", *(str(item) for item in arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return say


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The shipped pack with one file of cases, to be changed."""
    shutil.copytree(RULES, tmp_path / "rules")
    for file in (tmp_path / "rules" / "cases").glob("*.yaml"):
        if file.name not in ("base.yaml", "income.yaml"):
            file.unlink()
    return tmp_path / "rules"


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_pack_passes_and_shows_everything(said: Said) -> None:
    code, out, _ = said("--rules", RULES, "--coverage")
    assert code == 0
    assert "全部符合" in out
    assert "（100%）" in out


def test_a_failed_case_shows_expected_actual_and_why(pack: Path, said: Said) -> None:
    change(pack, "decisions/household.yaml", "式: 家庭年收入 < 低保线", "式: 家庭年收入 <= 低保线")
    code, out, _ = said("--rules", pack)
    assert code == 1
    assert "不符合：农村一人家庭年收入 7200 元" in out
    assert "最低生活保障边缘家庭成员" in out
    assert "家庭年收入 不超过 低保线 ＝ 成立，恰好相等" in out
    answer = json.loads(said("--rules", pack, "--json")[1])
    assert answer["passed"] is False
    assert answer["failed"][0]["explanation"]["verdict"]["category"] == "最低生活保障对象"


def test_what_no_case_shows_is_listed_with_its_place(pack: Path, said: Said) -> None:
    code, out, _ = said("--rules", pack, "--coverage")
    assert code == 1
    assert "没有见过的" in out
    assert "rules/decisions/" in out


def test_a_broken_case_is_exit_4(pack: Path, said: Said) -> None:
    change(pack, "cases/income.yaml", "核定年收入: 7199.99", "核定年收人: 7199.99")
    code, _, err = said("--rules", pack)
    assert code == 4
    assert "R054" in err
    assert "是不是“核定年收入”" in err


def test_a_base_that_leaves_a_fact_open_is_named(pack: Path, said: Said) -> None:
    change(pack, "cases/base.yaml", "      教育支出: 0\n", "")
    code, _, err = said("--rules", pack)
    assert code == 4
    assert "R073" in err
    assert "教育支出" in err


def test_lines_are_shown_to_be_signed(pack: Path, said: Said, tmp_path: Path) -> None:
    answer = json.loads(said("--rules", pack, "--boundary", "--json")[1])
    by_name = {item["name"]: item for item in answer["boundary"]}
    below, at, above = by_name["收入低于低保标准"]["points"]
    assert [point["truth"] for point in (below, at, above)] == ["成立", "不成立", "不成立"]
    assert (below["value"], at["value"]) == ("7199.99 元/年", "7200.00 元/年")
    assert above["category"] == "最低生活保障边缘家庭成员"
    assert by_name["收入低于低保标准"]["parameters"] == ["低保标准"]
    assert [point["truth"] for point in by_name["退出不满两年"]["points"]] == ["成立", "不成立", "不成立"]
    page = tmp_path / "界线.html"
    assert said("--rules", pack, "--boundary", "--html", page)[0] == 0
    assert "核对人" in page.read_text(encoding="utf-8")


def test_every_parameter_of_a_condition_has_a_line(said: Said) -> None:
    answer = json.loads(said("--rules", RULES, "--boundary", "--json")[1])
    drawn = {name for item in answer["boundary"] for name in item.get("parameters", [])}
    assert {"低保标准", "边缘倍数", "上年度居民可支配收入", "刚性支出比例", "货币财产月数", "住房套数上限",
            "商业用房上限", "机动车上限", "经营主体上限", "过渡期截止", "退出监测期", "收入差异容差",
            "医疗支出预警线"} <= drawn  # fmt: skip
