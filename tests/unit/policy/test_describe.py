"""A pack as a document: what each declaration says, and what counts as a change of meaning."""

from datetime import date
from pathlib import Path

import pytest

from lic.model.rulebook import Item, ItemKind, Ref
from lic.policy.describe import described
from lic.policy.grammar import parse
from lic.policy.lines import shape
from tests.unit.policy.small import AS_OF, ENOUGH, SCHEMAS, good

MORE = """  养老: {层级: 个人, 来源: 养, 取: "合计(月额 * 月数(起, 止), 当 种 = 一)", 未报送: 0, 依据: 文号一}
条件:
  双低: {层级: 个人, 全部: [收入 < 标准, 养老 <= 100], 说明: 两样都低}
核对:
  少报: {编号: K901, 层级: 个人, 方向: 应退未退, 级别: 高, 当: 双低, 说明: "收入 {收入} 元", 所需: [医]}
未启用:
  - {编号: K902, 名: 另查, 原因: 还没有表}
"""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Item]:
    pack = good(tmp_path_factory.mktemp("pack"), ENOUGH + MORE)
    delivered = dict.fromkeys(SCHEMAS, True) | {"医": False}
    return {item.name: item for item in described(pack, AS_OF, delivered)}


def test_a_field_says_whose_table_and_which_columns(items: dict[str, Item]) -> None:
    field = items["养老"]
    assert field.kind is ItemKind.FIELD
    assert field.line("来源") == "养（某局）"
    assert field.line("用到的列") == "月额、起、止、种"
    assert field.line("算法") == "养各行 月额 ×（起 至 止 的月数）之和（只算 种 是 一 的行）"
    assert field.line("没有报送时") == "按 0 计"
    assert field.line("依据") == "文号一"
    assert {Ref("养", table=True), Ref("养.月额", table=True)} <= set(field.uses)


def test_a_list_of_conditions_is_joined_and_used(items: dict[str, Item]) -> None:
    assert items["双低"].line("内容") == "收入 低于 标准 且 养老 不超过 100"
    assert set(items["双低"].uses) == {Ref("收入"), Ref("标准"), Ref("养老")}


def test_parameters_keep_their_history_and_the_day_chooses(items: dict[str, Item]) -> None:
    values = items["标准"].values
    assert [(value.since, value.text, value.current) for value in values] == [
        ("2020-01-01", "1000", True),
        ("2027-01-01", "2000", False),
    ]


def test_a_check_says_why_it_is_off_and_what_only_its_text_names(items: dict[str, Item]) -> None:
    assert items["少报"].off == "未报送：医"
    assert Ref("收入") in items["少报"].mentions
    assert Ref("收入") not in items["少报"].uses
    assert items["另查"].off == "还没有表"


def test_rows_of_a_decision(items: dict[str, Item]) -> None:
    own = items["户认定"]
    assert [(row.part, row.category, row.condition) for row in own.rows] == [
        ("行", "乙类", "（各成员 收入 之和）低于 标准"),
        ("其后", "甲类", "每个成员都满足（人认定 是 甲类）"),
    ]
    assert Ref("人认定") in own.uses


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a < b * 2", "a＜b×2", True),
        ("(a + b) + c", "a + b + c", True),
        ("a 且 (b 且 c)", "a 且 b 且 c", False),
        ("a < b", "a <= b", False),
        ("a < 7200", "a < 7200.00", True),
        ("镇 属于 (甲, 乙)", "镇 属于（甲，乙）", True),
    ],
)
def test_shapes_are_blind_to_writing_alone(one: str, other: str, same: bool) -> None:
    assert (shape(parse(one)) == shape(parse(other))) is same


def test_nothing_is_current_before_the_first_value(tmp_path: Path) -> None:
    pack = good(tmp_path, ENOUGH)
    found = {item.name: item for item in described(pack, date(2019, 1, 1), dict.fromkeys(SCHEMAS, True))}
    assert not any(value.current for value in found["标准"].values)
