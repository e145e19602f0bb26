"""Facts, aggregates with doubts, windows, monthly events, decisions and what is missing."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lic.model.linked import Doubt
from lic.policy.evaluate import evaluate
from lic.policy.pack import Pack
from lic.policy.values import INF, Num, Truth, as_number, as_truth
from tests.unit.policy.small import AS_OF, ENOUGH, batch, good, linked

MORE = """
字段:
  收入: {层级: 个人, 来源: 户册}
  在册标记: {层级: 个人, 来源: 户册, 列: 标记}
  养老: {层级: 个人, 来源: 养, 取: "合计(月额 * 月数(起, 止), 当 种 = 一)"}
  养老零: {层级: 个人, 来源: 养, 取: 合计(月额), 不明行: 从零, 从零列: 期}
  最新: {层级: 个人, 来源: 养, 取: "合计(月额, 当 组内最新(期, 种) 且 距表新(期) <= 2)"}
  有一: {层级: 个人, 来源: 养, 取: 有(当 种 = 一)}
  件数: {层级: 家庭, 来源: 养, 成员: 活着, 取: 去重计数(件号)}
  医疗: {层级: 个人, 来源: 医, 取: "合计(额, 当 期内月(日))", 不明行: 任意}
  状态: {层级: 个人, 来源: 户册, 无列: 常}
条件:
  活着: {层级: 个人, 式: 状态 <> 亡, 说明: 在世}
列表:
  都用: {层级: 个人, 项: {一: 养老 > 0 或 养老零 > 0 或 最新 > 0 或 有一, 二: 件数 > 0 或 医疗 > 0}}
结果:
  个人: {认定: 人认定, 在册类别: 人在册, 标识: 都用, 列: [收入]}
  家庭: {认定: 户认定, 在册类别: 户在册}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    text = ENOUGH[: ENOUGH.index("结果:")] + ENOUGH[ENOUGH.index("参数:") : ENOUGH.index("字段:")] + MORE
    return good(tmp_path, text)


def end(bound: int, scale: int) -> float:
    if abs(bound) >= INF:
        return INFINITE if bound > 0 else -INFINITE
    return bound / scale


def spans(value: object) -> list[tuple[float, float]]:
    assert isinstance(value, Num)
    return [
        (end(a, value.scale), end(b, value.scale))
        for a, b in zip(value.lo.tolist(), value.high.tolist(), strict=True)
    ]


def truths(value: object) -> list[int]:
    assert isinstance(value, Truth)
    return [int(item) for item in value.value]


INFINITE = float("inf")
ROW: dict[str, Any] = {"pid": 0, "月额": 10000, "起": date(2026, 1, 1), "止": date(9999, 12, 31), "种": "一",
                       "期": date(2026, 10, 1)}  # fmt: skip


def test_months_are_counted_by_their_fifteenth(pack: Pack) -> None:
    rows = [ROW, {**ROW, "起": date(2026, 9, 1), "止": date(2026, 10, 14)}, {**ROW, "种": "二"}]
    assert spans(batch(pack, linked(pack, [[{}]], {"养": rows})).fact("养老")) == [(1000 + 100, 1100)]


def test_unknown_start_counts_from_none_to_twelve_months(pack: Pack) -> None:
    month = linked(pack, [[{}]], {"养": [{**ROW, "起": None}]})
    assert spans(batch(pack, month).fact("养老")) == [(0, 1200)]


def test_unknown_condition_adds_the_hull_of_nothing_and_the_amount(pack: Pack) -> None:
    month = linked(pack, [[{}]], {"养": [{**ROW, "种": None}]})
    assert spans(batch(pack, month).fact("养老")) == [(0, 1000)]


def test_a_doubtful_row_widens_for_its_person_only(pack: Pack) -> None:
    rows = [ROW, {**ROW, "pid": 1, "doubt": int(Doubt.NAME)}]
    one = batch(pack, linked(pack, [[{}, {}]], {"养": rows}))
    assert spans(one.fact("养老")) == [(1000, 1000), (0, INFINITE)]
    assert truths(one.fact("有一")) == [2, 1]


def test_doubt_from_zero_forgets_what_fits(pack: Pack) -> None:
    rows = [ROW, {**ROW, "doubt": int(Doubt.MISSING), "期": None}]
    one = batch(pack, linked(pack, [[{}]], {"养": rows}))
    assert spans(one.fact("养老零")) == [(0, INFINITE)]
    assert spans(one.fact("养老")) == [(1000, INFINITE)]


def test_undelivered_and_numberless_are_unknown(pack: Pack) -> None:
    one = batch(pack, linked(pack, [[{}]], absent=["养"]))
    assert spans(one.fact("养老")) == [(0, INFINITE)]
    assert truths(one.fact("有一")) == [1]
    one = batch(pack, linked(pack, [[{"number_usable": False}, {}]]))
    assert spans(one.fact("养老")) == [(0, INFINITE), (0, 0)]


def test_newest_of_each_group_within_two_months(pack: Pack) -> None:
    rows = [
        {**ROW, "月额": 100},
        {**ROW, "月额": 200, "期": date(2026, 9, 1)},
        {**ROW, "月额": 400, "种": "二", "期": date(2026, 8, 1)},
        {**ROW, "pid": 1, "月额": 800, "期": date(2026, 7, 1)},
    ]
    assert spans(batch(pack, linked(pack, [[{}, {}]], {"养": rows})).fact("最新")) == [(5, 5), (0, 0)]


def test_distinct_keys_of_members_that_count(pack: Pack) -> None:
    rows = [
        {**ROW, "pid": pid, "件号": key} for pid, key in ((0, "a"), (0, None), (1, "a"), (1, "b"), (2, "c"))
    ]
    members: list[dict[str, Any]] = [{"状态": "常"}, {"状态": "常"}, {"状态": "亡"}]
    assert spans(batch(pack, linked(pack, [members], {"养": rows})).fact("件数")) == [(2, 3)]
    members = [{"状态": "常"}, {"状态": "常"}, {"状态": None}]
    month = linked(pack, [members], {"养": rows})
    assert spans(batch(pack, month).fact("件数")) == [(2, 4)]


def test_monthly_events_end_with_the_newest_month_but_three(pack: Pack) -> None:
    last = 2026 * 12 + 9
    rows = [
        {"pid": 0, "额": 100, "日": day} for day in (date(2026, 8, 3), date(2025, 8, 31), date(2025, 9, 1))
    ]
    whole = linked(pack, [[{}]], {"医": rows}, months=range(last - 13, last - 1))
    assert spans(batch(pack, whole).fact("医疗")) == [(2, 2)]
    gap = linked(pack, [[{}]], {"医": rows}, months=[m for m in range(last - 13, last - 1) if m != last - 5])
    assert spans(batch(pack, gap).fact("医疗")) == [(2, INFINITE)]
    doubt = linked(pack, [[{}]], {"医": [{**rows[0], "doubt": 1}]}, months=range(last - 13, last - 1))
    assert spans(batch(pack, doubt).fact("医疗")) == [(-INFINITE, INFINITE)]
    old = linked(pack, [[{}]], {"医": [{**rows[1], "doubt": 1}]}, months=range(last - 13, last - 1))
    assert spans(batch(pack, old).fact("医疗")) == [(0, 0)]


def decided(pack: Pack, month: Any, as_of: date = AS_OF) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    result = evaluate(pack, month, as_of, batch=1)
    return result.persons.to_pylist(), result.households.to_pylist()


def test_decisions_reasons_and_actions(pack: Pack) -> None:
    month = linked(pack, [[{"收入": 99999, "标记": False}], [{"收入": 100000, "标记": True}]])
    persons, households = decided(pack, month)
    assert [(p["category"], p["status"], p["action"]) for p in persons] == [
        ("甲类", "认定", "新增"),
        (None, "不符合", "退出"),
    ]
    assert [p["reason"] for p in persons] == ["收入 999.99 元", "收入高"]
    assert [(h["category"], h["status"]) for h in households] == [("乙类", "认定"), (None, "不符合")]


def test_as_of_chooses_the_parameter(pack: Pack) -> None:
    month = linked(pack, [[{"收入": 150000, "标记": False}]])
    assert decided(pack, month)[0][0]["status"] == "不符合"
    assert decided(pack, month, date(2027, 1, 1))[0][0]["status"] == "认定"
    assert decided(pack, month, date(2019, 1, 1))[0][0]["missing"] == ["参数:标准"]


def test_missing_names_what_the_undecided_wait_for(pack: Pack) -> None:
    month = linked(pack, [[{"收入": None, "标记": False}, {"收入": 20000000, "标记": None}]])
    persons, households = decided(pack, month)
    assert persons[0]["status"] == "待核实"
    assert persons[0]["possible"] == ["甲类"]
    assert persons[0]["missing"] == ["人表.收入"]
    assert persons[1]["status"] == "不符合"
    assert persons[1]["missing"] == []
    assert persons[1]["action"] == "待核实"  # nobody knows whether he is on the register
    assert households[0]["status"] == "待核实"  # its own rows are false, a member's is not
    assert households[0]["possible"] == ["甲类"]
    assert households[0]["missing"] == ["人表.收入"]


def test_the_order_and_size_of_batches_change_nothing(pack: Pack) -> None:
    month = linked(pack, [[{"收入": n * 1000, "标记": bool(n % 2)}] for n in range(7)])
    whole = evaluate(pack, month, AS_OF)
    parts = evaluate(pack, month, AS_OF, batch=2)
    assert whole.persons.equals(parts.persons)
    assert whole.households.equals(parts.households)


def test_nobody_is_a_result_too(pack: Pack) -> None:
    result = evaluate(pack, linked(pack, []), AS_OF)
    assert result.persons.num_rows == 0
    assert result.persons.schema.field("收入").type == pa.decimal128(18, 2)


def test_row_mask_needs_no_roster(tmp_path: Path) -> None:
    text = ENOUGH + "户册:\n  - {名: 册, 家庭: 户表, 人员: 人表, 编号: 户号, 当: 可能(标记 且 收入 < 标准)}\n"
    from tests.unit.policy.small import HEAD

    pack = good(tmp_path, text + HEAD[HEAD.index("列名:") :])
    rows = pa.table({"标记": [True, None, False, True], "收入": [1, 1, 1, 100001]})
    assert pack.row_mask(pack.roster.entries[0], rows, AS_OF).tolist() == [True, True, False, False]


def test_values_are_what_they_say(pack: Pack) -> None:
    one = batch(pack, linked(pack, [[{"状态": "亡"}]]))
    assert as_truth(one.fact("活着")).value.tolist() == [0]
    assert as_number(one.fact("收入")).high.tolist() == [INF]
