"""What is wrong in a pack is said at its place, all of it at once."""
# ruff: noqa: E501 -- Chinese counts double and YAML rows stay on one line

from pathlib import Path

import pytest

from lic.errors import Problem
from lic.messages import say
from tests.unit.policy.small import ENOUGH, HEAD, load


def problems(folder: Path, extra: str, *, local: str | None = None) -> list[Problem]:
    _, log = load(folder, ENOUGH + extra, local=local)
    for item in log.problems:
        assert say(item.code, dict(item.params))
    return sorted(log.problems)


def test_a_good_pack_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, "") == []


@pytest.mark.parametrize(
    ("body", "code", "suggestion"),
    [
        ("推算: {甲: {层级: 个人, 式: 收人 * 2}}", "R012", "收入"),
        ("推算: {甲: {层级: 个人, 式: 收入且标准}}", "R013", None),
        ("条件: {甲: {层级: 个人, 式: 收入}}", "R015", None),
        ("条件: {甲: {层级: 个人, 式: 收入 < 年龄数}}", "R016", None),
        ("推算: {甲: {层级: 个人, 式: 收入 + 年龄数}}", "R016", None),
        (
            "字段: {状: {层级: 个人, 来源: 户册, 列: 状态}}\n条件: {甲: {层级: 个人, 式: 状 = 王}}",
            "R017",
            None,
        ),
        ("条件: {甲: {层级: 家庭, 式: 收入 < 5}}", "R042", None),
        ("条件: {甲: {层级: 个人, 式: 收入 <}}", "R040", None),
        ("推算: {甲: {层级: 个人, 式: 取最大(收入)}}", "R041", "最大"),
        ("字段: {甲: {层级: 个人, 来源: 户册, 列: 收人}}", "R044", "收入"),
        ("字段: {甲: {层级: 个人, 来源: 养老, 取: 有()}}", "R043", "养"),
        ("推算: {甲: {层级: 个人, 式: 收入, 单位: 斤}}", "R047", None),
        ("推算: {甲: {层级: 个人, 式: 收入 / 标准}}", "R056", None),
        ("推算: {甲: {层级: 个人, 式: 乙}, 乙: {层级: 个人, 式: 甲}}", "R014", None),
        ("推算: {甲: {层级: 个人, 式: 收入}}", "R051", None),
        ("参数: {无用: {单位: 人, 本地: 是}}", "R051", None),
        ("条件: {甲: {层级: 个人, 全部: [在册标记], 任一: [在册标记]}}", "R064", None),
        ("条件: {甲: {层级: 个人, 公式: 在册标记}}", "R004", None),
    ],
)
def test_each_mistake_has_its_code(tmp_path: Path, body: str, code: str, suggestion: str | None) -> None:
    # A second file, so that sections stand twice.
    (tmp_path / "rules" / "facts").mkdir(parents=True)
    (tmp_path / "rules" / "facts" / "more.yaml").write_text(body, encoding="utf-8")
    found = [item for item in problems(tmp_path, "") if item.code == code]
    assert found, problems(tmp_path, "")
    assert found[0].file == "rules/facts/more.yaml"
    if suggestion is not None:
        assert found[0].suggestion == suggestion


def test_the_column_points_at_the_word(tmp_path: Path) -> None:
    (tmp_path / "rules" / "facts").mkdir(parents=True)
    (tmp_path / "rules" / "facts" / "more.yaml").write_text(
        "条件:\n  甲: {层级: 个人, 式: 收入 < 标淮}\n", encoding="utf-8"
    )
    (found,) = [item for item in problems(tmp_path, "") if item.code == "R012"]
    assert (found.line, found.column, found.suggestion) == (2, 23, "标准")


def test_local_values_fill_local_parameters_only(tmp_path: Path) -> None:
    pack = ENOUGH.replace("标准: {单位: 元/年, 取值: [{自: 2020-01-01, 值: 1000, 依据: 文}, {自: 2027-01-01, 值: 2000, 依据: 文}]}",
                          "标准: {单位: 元/年, 分: 区域, 本地: 是}\n字段2: {}").replace("字段2: {}\n", "")  # fmt: skip
    pack += "  区域: {层级: 家庭, 来源: 户册, 列: 区}\n"
    good, log = load(tmp_path, pack, local="标准: {取值: [{自: 2026-01-01, 城: 5, 乡: 3.5, 依据: x}]}\n")
    assert good is not None, log.problems
    _, log = load(
        tmp_path, pack, local="标准: {取值: [{自: 2026-01-01, 城镇: 5, 依据: x}]}\n另: {取值: []}\n"
    )
    assert sorted(item.code for item in log.problems) == ["R045", "R046", "R210"]
    _, log = load(tmp_path, ENOUGH, local="标准: {取值: [{自: 2026-01-01, 值: 5}]}\n")
    assert [item.code for item in log.problems] == ["R019"]


def test_rows_that_contain_an_earlier_one_and_wrong_widths(tmp_path: Path) -> None:
    table = (
        "\n认定:\n  三: {层级: 个人, 命中: 依次取先, 列: [在册标记, 收入 > 5], "
        "行: [{类别: 甲类, 当: [是, －]}, {类别: 乙类, 当: [是, 否]}, {类别: 丙类, 当: [是]}]}\n"
    )
    (tmp_path / "rules" / "decisions").mkdir(parents=True)
    (tmp_path / "rules" / "decisions" / "t.yaml").write_text(table, encoding="utf-8")
    codes = {item.code for item in problems(tmp_path, "")}
    assert {"R049", "R050", "R055"} <= codes


def test_overflow_is_refused_at_load(tmp_path: Path) -> None:
    rate = "参数: {率: {单位: 比例, 取值: [{自: 2020-01-01, 值: 0.123456789, 依据: 文}]}}\n"
    facts = "推算: {甲: {层级: 个人, 式: 收入 * 率 * 率}}\n条件: {乙: {层级: 个人, 式: 甲 < 标准}}\n"
    for name, body in (("parameters", rate), ("facts", facts)):
        (tmp_path / "rules" / name).mkdir(parents=True)
        (tmp_path / "rules" / name / "x.yaml").write_text(body, encoding="utf-8")
    assert "R018" in {item.code for item in problems(tmp_path, "")}


def test_a_pack_without_roster_says_so(tmp_path: Path) -> None:
    _, log = load(tmp_path, "# 户册:\n类别: [甲类]\n")
    assert [item.code for item in log.problems] == ["R003", "R003"]
    assert HEAD
