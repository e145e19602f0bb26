"""Small counties worked out by hand, each beside the sentence of POLICY.md that it tries."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.naive import interval as iv
from tests.naive.county import random_county
from tests.naive.decide import decide
from tests.naive.hand import AS_OF, EMPTY, OLD, A, B, C, Rows, county, first, number, person
from tests.naive.model import Cell
from tests.naive.values import Gap, Month, add_months, fold_name, read_date, read_id, read_money
from tests.naive.windows import months_in, twelve_before, window_of


@pytest.mark.parametrize(
    ("income", "category"),
    [
        (14399.99, "最低生活保障对象"),
        (14400, "最低生活保障边缘家庭成员"),  # "Exactly at the standard belongs here"
        (21599.99, "最低生活保障边缘家庭成员"),
        (21600, None),
    ],
)
def test_income_lines_are_strict(income: float, category: str | None) -> None:
    """§5: "家庭年收入 < 低保标准 × 人数", "< 边缘倍数 × 低保标准 × 人数"; two people, 7200 a year."""
    household, _ = first(county([person("甲", A, income), person("乙", B)]))
    assert household.category == category


def test_burden_must_exceed_sixty_percent() -> None:
    """§5: "刚性支出 > 刚性支出比例 × 家庭总收入": 12000 a year, 7200.00 is not enough and 7200.01 is."""
    at = first(county([person("甲", A, 12000, 残疾支出=7200)]))[0]
    above = first(county([person("甲", A, 12000, 残疾支出=7200.01)]))[0]
    assert (at.status, above.category) == ("不符合", "刚性支出困难家庭成员")


def test_employment_costs_and_carers_lower_the_wage() -> None:
    """§2: 工资性核查额 × (1 less 10%) × (1 less 50%, if 照护人), over five months."""
    job: Rows = [
        {"姓名": "甲", "身份证号": A, "月工资": 1000, "合同开始": "2026-05-16", "合同终止": "2026-10-15"}
    ]
    household, _ = first(county([person("甲", A, 照护人="是")], 就业登记=job))
    assert household.facts["家庭总收入"] == iv.exact(5000)
    assert household.facts["家庭年收入"] == iv.exact(2250)
    assert household.facts["刚性支出"] == iv.exact(500)


def test_exempt_basic_pension_and_old_age_subsidy() -> None:
    """§2: Σ (月待遇金额 less 高龄补贴) × 月数 less X = Σ 基础养老金 × 月数: (300 less 50 less 150) × 12."""
    row: dict[str, Cell] = {"姓名": "甲", "身份证号": OLD, "待遇发放状态": "正常", "月待遇金额": 300}
    row |= {"基础养老金": 150, "高龄补贴": 50, "险种类型": "城乡居民养老"}
    assert first(county([person("甲", OLD)], 养老待遇=[row]))[0].facts["家庭总收入"] == iv.exact(1200)


def test_one_figure_income() -> None:
    """§2: "总收入 = the larger of F and their sum", F = 月收入 × 12."""
    row: dict[str, Cell] = {"户编号": "H1", "姓名": "甲", "身份证号": A, "月收入": "500元"}
    post: Rows = [{"姓名": "甲", "身份证号": A, "月补贴": 400}]
    household, _ = first(county([row], 公益性岗位=post))
    assert household.facts["家庭总收入"] == iv.exact(6000)
    assert household.facts["家庭年收入"] == iv.exact(6000 - 480)


def test_what_a_department_did_not_send_is_unknown() -> None:
    """§0: "Not delivered, req: its facts are unknown for everybody"."""
    household, someone = first(county([person("甲", A)], without=("就业登记",)))
    assert household.facts["家庭总收入"] == iv.UNKNOWN
    assert someone.possible == ["最低生活保障对象", "最低生活保障边缘家庭成员", "刚性支出困难家庭成员"]
    assert (household.status, someone.action) == ("待核实", "待核实")


def test_rows_that_cannot_be_used_are_an_unknown_part() -> None:
    """§0: a row without usable number "concerns every member with the same folded 姓名": [what fits, ∞)."""
    lost: Rows = [{"姓名": "甲 （大）", "身份证号": 6.10999198001010e17, "月补贴": 100}]
    misfit: Rows = [{"姓名": "丙", "身份证号": A, "月补贴": 100}]
    for rows in (lost, misfit):
        assert first(county([person("甲", A, 100)], 公益性岗位=rows))[0].facts["家庭总收入"] == iv.Interval(
            Fraction(100), iv.INF
        )
    assert first(county([person("甲", A, 100)], 公益性岗位=[{**lost[0], "姓名": None}]))[0].facts[
        "家庭总收入"
    ] == iv.exact(100)


def test_identical_rows_count_once() -> None:
    """§0: "Identical rows: one is used"."""
    post: Rows = [{"姓名": "甲", "身份证号": A, "月补贴": 100}]
    assert first(county([person("甲", A)], 公益性岗位=post * 2))[0].facts["家庭总收入"] == iv.exact(1200)


def test_settlements_come_from_the_newest_delivery() -> None:
    """§0: the rows of a month come from the newest delivery that has rows in that month."""
    paid: dict[str, Cell] = {
        "姓名": "甲",
        "身份证号": A,
        "有效标志": "1",
        "结算日期": "2026-03-20",
        "医疗费总额": 5000,
    }
    given = county([person("甲", A)], earlier={"2026-09": [paid]})
    assert first(given)[0].facts["刚性支出"] == iv.exact(0)
    given.folders["2026-10"][list(EMPTY).index("医保结算")].rows = [["某", C, "2026-10-20", 0, 1]]
    household = first(given)[0]
    assert household.facts["刚性支出"] == iv.Interval(Fraction(5000), iv.INF)  # other months have no rows


def test_single_member_allowance_and_mixed_disability() -> None:
    """§5 单人保: row 3 and a 有效 certificate level 1-2; 多重 level 3 is unknown."""
    people = [person("甲", A, 20000), person("乙", B)]
    card: dict[str, Cell] = {
        "姓名": "乙",
        "身份证号": B,
        "残疾类别": "听力残疾",
        "残疾等级": "二级",
        "状态": "有效",
    }
    sure = decide(county(people, 残疾人证=[card])).households[0].members[1]
    mixed = (
        decide(county(people, 残疾人证=[{**card, "残疾类别": "多重", "残疾等级": "3"}]))
        .households[0]
        .members[1]
    )
    assert (sure.category, sure.basis) == ("最低生活保障对象", "人")
    assert (mixed.status, mixed.possible) == ("待核实", ["最低生活保障对象", "最低生活保障边缘家庭成员"])


def test_destitute_person_and_carried_over_supporters() -> None:
    """§5 row 1; §1 在册沿用: a blank 法定义务人状况 of a register "stands as at the last confirmation"."""
    household, someone = first(
        county([person("甲", OLD)], part="特困", homes=[{"户编号": "H1", "户籍类型": "农村"}])
    )
    assert (someone.category, someone.basis, household.category) == ("特困人员", "人", "特困人员")
    refused = first(county([person("甲", OLD, 法定义务人状况="看不清")], part="特困"))[1]
    assert refused.possible[0] == "特困人员"


def test_dead_members_leave() -> None:
    """§1: "no 死亡日期 ≤ as-of in 死亡 (one after the period's last day is refused)"."""
    people = [person("甲", A), person("乙", B)]
    gone = decide(county(people, 死亡=[{"姓名": "乙", "身份证号": B, "死亡日期": "2026-10-31"}])).households[
        0
    ]
    later = decide(county(people, 死亡=[{"姓名": "乙", "身份证号": B, "死亡日期": "2026-11-01"}])).households[
        0
    ]
    assert (gone.counted_members, gone.members[1].counted, gone.members[1].action) == (1, False, "退出")
    assert (later.counted_members, later.facts["人数"]) == (None, iv.Interval(Fraction(1), Fraction(2)))


def test_verdicts_replace_declared_values() -> None:
    """§0 核实结果: "the latest ≤ as-of; two different ones of one day: unknown"."""
    verdict: dict[str, Cell] = {
        "身份证号": A,
        "户编号": None,
        "事项": "经营净收入",
        "核实值": "3000",
        "结论": "已更正",
    }
    verdict |= {"核实日期": "2026-10-01"}
    late = {**verdict, "核实值": "9000", "核实日期": "2026-11-01"}
    other = {**verdict, "核实值": "4000"}
    people = [person("甲", A, 100)]
    assert first(county(people, 核实结果=[verdict, late]))[0].facts["家庭总收入"] == iv.exact(3000)
    assert first(county(people, 核实结果=[verdict, other]))[0].facts["家庭总收入"] == iv.UNKNOWN


def test_property_by_distinct_units() -> None:
    """§4: distinct 不动产单元号 of 现势 住宅; "(a row without 不动产单元号 adds [0, 1])"."""
    unit: dict[str, Cell] = {
        "权利人": "甲、乙",
        "证件号码": f"{A}、{B}",
        "不动产单元号": "U1",
        "用途": "住宅",
    }
    unit |= {"权属状态": "现势"}
    people = [person("甲", A), person("乙", B)]
    assert first(county(people, 不动产=[unit]))[0].category == "最低生活保障对象"
    two = [unit, {**unit, "权利人": "甲", "证件号码": A, "不动产单元号": "U2"}]
    assert first(county(people, 不动产=two))[0].status == "不符合"
    two[1]["不动产单元号"] = None
    assert first(county(people, 不动产=two))[0].status == "待核实"


def test_the_roster_takes_each_person_once() -> None:
    """§1: JC-, QT-, TC- "only for members not found before"; §5 row 5 for the ones who are."""
    monitored: dict[str, Cell] = {"户编号": "9", "户类型": "脱贫户", "监测对象类别": "突发严重困难户"}
    monitored |= {"风险是否已消除": "否", "人均纯收入": 6000}
    rows = [{**monitored, "姓名": "甲", "身份证号": A}, {**monitored, "姓名": "乙", "身份证号": B}]
    households = decide(county([person("甲", A)], 防返贫监测=rows)).households
    assert [one.household_no for one in households] == ["H1", "JC-9"]
    assert households[0].members[0].tags == ["防止返贫监测对象", "脱贫人口"]
    assert (households[1].category, households[1].action) == ("其他困难人员", "新增")
    assert households[1].facts["家庭年收入"] == iv.exact(6000)


@pytest.mark.parametrize(("shift", "enrolled"), [(0, False), (1, True)])
def test_exit_watch_ends_after_24_months(shift: int, enrolled: bool) -> None:
    """§5: "停保日期 ≤ as-of < 停保日期 + 退出监测期"."""
    day = date(2024, 10, 31) + timedelta(days=shift)
    row: dict[str, Cell] = {"姓名": "乙", "身份证号": B, "户编号": "5", "原类别": "低保", "停保日期": day}
    numbers = [one.household_no for one in decide(county([person("甲", A)], 停保=[row])).households]
    assert numbers == (["H1", "TC-5"] if enrolled else ["H1"])


def test_undelivered_register_leaves_others_open() -> None:
    """§0: for all others "registered_category is unknown (empty) and action 待核实"."""
    listed: Rows = [{"姓名": "乙", "身份证号": B, "户编号": "Q", "认定日期": "2026-01-01", "有效期至": AS_OF}]
    given = county([person("甲", A)], 其他困难人员=listed)
    assert decide(given).households[1].action == "维持"
    given.settings["不设登记"] = []
    assert [one.action for one in decide(given).households] == ["维持", "待核实"]


def test_member_without_number_and_newborn() -> None:
    """§1: "department facts are unknown for him, except that for 人员状态 新生儿 they are the defaults"."""
    nobody = [person("甲", A), person("乙", None, 人员状态="正常")]
    newborn = [person("甲", A), person("乙", None, 人员状态="新生儿")]
    assert first(county(nobody))[0].status == "待核实"
    assert first(county(newborn))[0].category == "最低生活保障对象"


def test_windows_and_months() -> None:
    """§0: twelve whole months; "how many of the twelve have their 15th in the span"."""
    october = Month(2026, 10).serial
    assert window_of(AS_OF, Gap.BLANK) == twelve_before(october + 1)
    assert window_of(date(2026, 10, 30), Gap.BLANK) == twelve_before(october)
    assert window_of(AS_OF, date(2026, 10, 31)) == twelve_before(october)
    assert months_in(twelve_before(october + 1), Month(2026, 9), Gap.BLANK) == iv.exact(2)
    assert months_in(twelve_before(october + 1), Gap.REFUSED, date(1999, 1, 1)) == iv.Interval(
        Fraction(0), Fraction(12)
    )
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_numbers_names_amounts() -> None:
    """§0 "A usable number …"; domain.md §6.2; bad-input.md B52."""
    assert read_id("110105491231002", AS_OF) == "11010519491231002X"
    assert read_id("61099919550506021841", AS_OF) == "610999195505060218"
    assert read_id("g610999201506010018", AS_OF) == "610999201506010018"
    assert read_id("610999197001011000", AS_OF) == "610999197001011000"  # a wrong check digit stands
    assert read_id("610999197002301000", AS_OF) is Gap.REFUSED
    assert read_id(number(1, "20261101"), AS_OF) is Gap.REFUSED
    assert fold_name("买买提•艾力 （大）") == fold_name("买买提·艾力")
    assert (read_money("￥1,200.50元"), read_money("约500")) == (Fraction("1200.50"), Gap.REFUSED)
    assert read_date("2026-02-30") is Gap.REFUSED


def test_interval_rules() -> None:
    """§0: "a < b is true when a.hi < b.lo, false when a.lo ≥ b.hi, else unknown"; "0 × ∞ = 0"."""
    assert iv.less(iv.UNKNOWN, iv.ZERO) is False
    assert iv.less(iv.ZERO, iv.UNKNOWN) is None
    assert iv.ZERO * iv.UNKNOWN == iv.ZERO
    assert iv.all_of(None, False) is False
    assert iv.any_of(None, False) is None


@pytest.mark.parametrize("seed", range(4))
def test_row_order_changes_nothing(seed: int) -> None:
    """DESIGN §1: "the order of the rows never changes a result"."""
    given = random_county(seed, 40, dirt=0.2)
    before = {one.household_no: (one.status, one.category, one.facts) for one in decide(given).households}
    for sheets in given.folders.values():
        for one in sheets:
            one.rows.reverse()
    after = {one.household_no: (one.status, one.category, one.facts) for one in decide(given).households}
    before.pop(None, None)
    after.pop(None, None)
    assert before == after
