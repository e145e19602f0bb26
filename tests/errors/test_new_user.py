"""Mistakes that somebody makes who changes rules for the first time, and what he then reads."""
# ruff: noqa: E501 -- the files' own lines

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lic.cli.console import problem_line
from lic.errors import RulesError
from lic.messages import remedy
from lic.workflows.new_config import Wishes
from lic.workflows.new_workspace import make_workspace, parse_given, slots
from lic.workflows.open_rules import open_rules
from tests.snapshots import Snapshot

Edit = Callable[[Path], None]
CONFIG, HOUSEHOLD, PENSIONS, INCOME = (
    "lic.yaml", "rules/decisions/household.yaml", "rules/sources/pensions.yaml", "rules/facts/income.yaml",
)  # fmt: skip


def edit(file: str, old: str, new: str) -> Edit:
    def apply(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


NEW = "  收入特别低: {层级: 家庭, 式: %s, 依据: 试}\n  收入低于边缘线:"
MISTAKES: dict[str, Edit] = {
    "condition_name_typo": edit(HOUSEHOLD, "  收入低于边缘线:", NEW % "家庭年收人 < 低保线 * 50%"),
    "condition_unused": edit(HOUSEHOLD, "  收入低于边缘线:", NEW % "家庭年收入 < 低保线 * 50%"),
    "condition_unit": edit(HOUSEHOLD, "家庭年收入 < 低保线,", "家庭年收入 < 低保标准,"),
    "operator_without_spaces": edit(HOUSEHOLD, "式: 家庭年收入 < 低保线,", "式: 申请且收入低于边缘线,"),
    "full_width_colon": edit(HOUSEHOLD, "  收入低于边缘线:", "  收入低于边缘线："),
    "no_space_after_colon": edit(HOUSEHOLD, "  收入低于边缘线: {", "  收入低于边缘线:{"),
    "key_typo": edit(HOUSEHOLD, "收入低于边缘线: {层级:", "收入低于边缘线: {层次:"),
    "source_name_typo": edit(INCOME, "养老金额 + 失业保险额", "养老金客 + 失业保险额"),
    "column_type_typo": edit(PENSIONS, "  高龄补贴:", "  取暖补贴: {类型: 金客, 单位: 元每月}\n  高龄补贴:"),
    "source_not_closed": edit(PENSIONS, "发放年月: {类型: 年月}", "发放年月: {类型: 年月"),
    "standard_twice": edit(CONFIG, "依据: 某文}", "依据: 某文}, {自: 2026-07-01, 城镇: 9700, 农村: 7300, 依据: 新}"),
    "standard_key_typo": edit(CONFIG, "城镇: 9600", "城填: 9600"),
    "standard_with_unit": edit(CONFIG, "城镇: 9600", "城镇: 9600元"),
    "standard_date": edit(CONFIG, "自: 2026-07-01", "自: 2026年7月1日"),
    "standard_not_closed": edit(CONFIG, "依据: 某文}]}", "依据: 某文}]"),
    "standard_full_width_comma": edit(CONFIG, "城镇: 9600, 农村", "城镇: 9600，农村"),
    "parameter_typo": edit(CONFIG, "  低保标准:", "  低保标谁:"),
    "parameter_of_the_plan": edit(CONFIG, "参数:\n", "参数:\n  边缘倍数: {取值: [{自: 2026-01-01, 值: 2, 依据: x}]}\n"),
    "rate_as_number": edit(CONFIG, "  # 就业成本扣减比例: {取值: [{自: , 值: , 依据: }]}", "  就业成本扣减比例: {取值: [{自: 2026-01-01, 值: 10, 依据: x}]}"),
    "uncommented_but_empty": edit(CONFIG, "  # 住房套数上限:", "  住房套数上限:"),
    "towns_in_one_text": edit(CONFIG, "镇: [甲镇, 乙镇]", "镇: 甲镇、乙镇"),
    "workspace_key_typo": edit(CONFIG, "不设登记:", "不设登计:"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = slots()
    values = [
        parse_given(text, since="2026-07-01", reference="某文", known=known)
        for text in ("低保标准.城镇=9600", "低保标准.农村=7200")
    ]
    wishes = Wishes("某县", "2026-10", ("甲镇", "乙镇"), given=tuple(values), copy_rules=True)
    return make_workspace(tmp_path_factory.mktemp("new") / "县", wishes).folder


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_one_mistake_is_one_message_at_its_place(
    name: str, made: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    root = tmp_path / "县"
    shutil.copytree(made, root)
    MISTAKES[name](root)
    with pytest.raises(RulesError) as caught:
        open_rules(root)
    lines = [
        f"{problem_line(item)}\n    处理  {remedy(item.code, dict(item.params))}\n"
        for item in caught.value.problems
    ]
    assert len(lines) <= 4
    said = re.sub(r"(?<=\.yaml:)\d+(?=:\d+ R)", "…", "".join(lines))  # the pack grows
    snapshot.matches(f"new_user_{name}.txt", said)
