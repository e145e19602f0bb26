"""An unknown replaced by any value never contradicts a decision already made."""
# ruff: noqa: E501 -- Chinese counts double and YAML rows stay on one line

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from lic.declare import read_document
from lic.errors import ProblemLog
from lic.model.linked import Doubt
from lic.policy.evaluate import evaluate
from lic.policy.pack import Pack
from tests.unit.policy.small import AS_OF, good, linked
from tests.unit.policy.test_evaluate import MORE

EXTRA = """
参数:
  标准: {单位: 元/年, 分: 区域, 取值: [{自: 2020-01-01, 城: 1000, 乡: 600, 依据: 文}]}
推算:
  人数: {层级: 家庭, 式: 计数(活着), 单位: 人}
  总额: {层级: 家庭, 式: "合计(收入 + 养老 - 医年, 当 活着)"}
  医年: {层级: 个人, 式: 期内(医疗)}
  一人: {层级: 家庭, 式: 1, 单位: 人}
认定:
  人认定: {层级: 个人, 命中: 依次取先, 列: [低, 有一, 活着], 行: [{类别: 甲类, 据: 人, 当: [否, 是, 是]}, {类别: 乙类, 据: 户, 当: [是, －, 是]}]}
  户认定: {层级: 家庭, 命中: 依次取先, 行: [{类别: 乙类, 据: 户, 当: 低 且 件数 < 2}], 成员: 人认定, 其后: [{类别: 甲类, 当: 有人(人认定 = 甲类)}]}
  人在册: {层级: 个人, 命中: 依次取先, 行: [{类别: 甲类, 当: 在册标记}]}
  户在册: {层级: 家庭, 命中: 依次取先, 行: [{类别: 不明, 当: 有人(非 已知(人在册))}, {类别: 甲类, 当: 有人(人在册 = 甲类)}]}
条件:
  低: {层级: 家庭, 式: 总额 * 一人 < 标准 * 人数, 说明: 收入低}
"""


@cache
def pack(folder: Path) -> Pack:
    fields = MORE.replace(
        "条件:\n", "条件:\n  低: {层级: 家庭, 式: 总额 * 一人 < 标准 * 人数, 说明: 收入低}\n"
    )
    fields = fields.replace("字段:\n", "字段:\n  区域: {层级: 家庭, 来源: 户册, 列: 区}\n")
    return good(folder, EXTRA[: EXTRA.index("条件:")] + fields)


INCOME = st.integers(0, 3).map(lambda n: n * 40000)


@st.composite
def households(draw: st.DrawFn) -> tuple[list[Any], list[Any], dict[str, Any], dict[str, Any]]:
    """A household twice: with unknowns, and with every unknown replaced by some value."""
    members, full_members = [], []
    pensions, full_pensions, bills, full_bills = [], [], [], []
    for pid in range(draw(st.integers(1, 3))):
        whole = {
            "收入": draw(INCOME),
            "状态": draw(st.sampled_from(["常", "常", "亡"])),
            "标记": draw(st.booleans()),
        }
        full_members.append(whole)
        members.append({key: None if draw(st.integers(0, 3)) == 0 else value for key, value in whole.items()})
        for _ in range(draw(st.integers(0, 2))):
            row = {"pid": pid, "月额": draw(INCOME) // 10, "起": date(2026, draw(st.integers(1, 10)), 1),
                   "止": date(9999, 12, 31), "种": draw(st.sampled_from(["一", "二"])),
                   "件号": draw(st.sampled_from(["a", "b"])), "期": date(2026, 10, 1)}  # fmt: skip
            full_pensions.append(row)
            kind = draw(st.integers(0, 5))
            hidden: list[dict[str, Any]] = [
                {"doubt": int(Doubt.NAME)}, {"月额": None}, {"种": None}, {"起": None}, {}, {}
            ]  # fmt: skip
            pensions.append({**row, **hidden[kind]})
        if draw(st.booleans()):
            bill = {"pid": pid, "额": draw(st.integers(-2, 2)) * 30000, "日": date(2026, 5, 5)}
            full_bills.append(bill)
            bills.append({**bill, **({"额": None} if draw(st.booleans()) else {})})
    return members, full_members, {"养": pensions, "医": bills}, {"养": full_pensions, "医": full_bills}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(households(), st.sampled_from(["城", "乡"]), st.booleans())
def test_a_decision_stands_whatever_the_unknown_turns_out_to_be(
    tmp_path_factory: Any,
    case: tuple[list[Any], list[Any], dict[str, Any], dict[str, Any]],
    area: str,
    known: bool,
) -> None:
    rules = pack(_folder(tmp_path_factory))
    members, full_members, tables, full_tables = case
    months = range(2025 * 12, 2027 * 12)
    house = [{"区": area if known else None}]
    partly = evaluate(rules, linked(rules, [members], tables, houses=house, months=months), AS_OF)
    whole = evaluate(
        rules, linked(rules, [full_members], full_tables, houses=[{"区": area}], months=months), AS_OF
    )
    for before, after in (
        *zip(partly.persons.to_pylist(), whole.persons.to_pylist(), strict=True),
        *zip(partly.households.to_pylist(), whole.households.to_pylist(), strict=True),
    ):
        if before["status"] == "待核实":
            assert before["missing"]
            assert after["category"] is None or after["category"] in before["possible"]
        else:
            assert (before["status"], before["category"]) == (after["status"], after["category"])


_FOLDERS: list[Path] = []


def _folder(factory: Any) -> Path:
    if not _FOLDERS:
        _FOLDERS.append(factory.mktemp("pack"))
    return _FOLDERS[0]


def test_the_property_is_about_a_pack_without_problems(tmp_path: Path) -> None:
    assert pack(tmp_path).checks == ()
    assert read_document(tmp_path / "rules" / "pack.yaml", ProblemLog()) is not None
