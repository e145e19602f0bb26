"""Corners of POLICY that random counties seldom reach, through the whole pipeline and judged twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from lic.workflows.classify import ClassifyOptions, classify_month
from tests.naive.compare import compare_run
from tests.naive.decide import decide
from tests.naive.hand import OLD, A, B, C, Rows, county, number, person, sheet, values
from tests.naive.headings import TABLES
from tests.naive.model import County
from tests.naive.write import write_county

RULES = Path(__file__).parents[2] / "rules"
Table = list[dict[str, Any]]


NEEDED = {
    "救助家庭": ("户主姓名", "户主身份证号", "家庭人口"),
    "不动产": ("权利人", "证件号码", "不动产单元号", "权属状态"),
    "残疾人证": ("姓名", "身份证号", "残疾类别", "残疾等级", "状态"),
    "核实结果": ("户编号", "身份证号", "事项", "核实值", "结论", "核实日期"),
    "防返贫监测": ("户主身份证号",),
}


def complete(given: County) -> County:
    """With the headings without which a sheet is not recognised, and the other keys of lic.yaml."""
    given.settings |= {"县": "示例县", "镇": ["示例城关镇"]}
    for named in given.settings["参数"].values():
        named["取值"] = [entry | {"依据": "示例值"} for entry in named["取值"]]
    for one in (page for pages in given.folders.values() for page in pages):
        if not one.rows:
            one.headings = list(TABLES[one.table])
        wanted = NEEDED.get(one.table, ())
        lacking = [column for column in wanted if column not in one.headings]
        one.headings += lacking
        one.rows = [[*row, *(None for _ in lacking)] for row in one.rows]
    return given


def classified(given: County, folder: Path) -> tuple[Table, Table, Table]:
    """Households, persons and findings of a run that agrees with the naive implementation."""
    complete(given)
    month = write_county(given, folder / "county", rules=RULES, seed=1)
    done = classify_month(
        month, ClassifyOptions(as_of=given.as_of.isoformat(), out=folder / "run"), progress=lambda _: None
    )
    assert [str(one) for one in compare_run(decide(given), done.run)] == []
    names = ("households", "persons", "findings")
    tables = [pq.read_table(done.run / f"{name}.parquet").to_pylist() for name in names]
    return tables[0], tables[1], tables[2]


def with_register(given: County, part: str, homes: Rows, people: Rows) -> County:
    """The county with one more register."""
    given.settings["不设登记"] = [one for one in given.settings["不设登记"] if one != part]
    given.folders[given.period] += [sheet("救助家庭", homes, part), sheet("救助人员", people, part)]
    return given


@pytest.mark.parametrize(("alone", "reported"), [(True, False), (False, True)])
def test_who_stands_alone_on_the_allowance_register_is_in_one_household(
    alone: bool, reported: bool, tmp_path: Path
) -> None:
    """§1: K007 is "not for a 单人保 person, who stands alone on the 低保 register"."""
    with_family = [{**person("甲", A, 9000), "户编号": "M1"}, {**person("乙", B), "户编号": "M1"}]
    own: Rows = [person("乙", B)] if alone else [person("乙", B), person("丙", C)]
    given = with_register(county(own), "低保边缘", [{"户编号": "M1"}], with_family)
    _, _, findings = classified(given, tmp_path)
    assert any(one["code"] == "K007" for one in findings) is reported


def test_a_lost_number_concerns_everybody_of_the_same_name_whatever_its_glyphs(tmp_path: Path) -> None:
    """§0: "A row whose number cannot be used concerns every member with the same folded 姓名"."""
    lost: Rows = [{"姓名": "\uf8f0甲 （大）", "身份证号": "不详", "月补贴": 100}]
    _, persons, _ = classified(county([person("\uf8f0甲", A), person("乙", B)], 公益性岗位=lost), tmp_path)
    upper = {one["name"]: one["总收入"] for one in persons}
    assert upper == {"\uf8f0甲": None, "乙": 0}


def test_a_head_whose_own_number_is_lost_stays_with_his_family(tmp_path: Path) -> None:
    """§1: a 户编号 that passes as an ID number is none; here it still says who heads the household."""
    people: Rows = [
        {**person("甲", A[:17]), "户编号": A, "户主身份证号": None},
        {**person("乙", B), "户编号": A, "户主身份证号": A},
    ]
    households, persons, _ = classified(
        county(people, [{"户编号": A, "户主身份证号": A, "户主姓名": "甲"}]), tmp_path
    )
    assert [(one["members"], one["head_id"]) for one in households] == [(2, A)]
    assert {one["household_no"] for one in persons} == {households[0]["household_no"]}


def test_a_verified_total_is_nobodys_declaration_on_a_list(tmp_path: Path) -> None:
    """§2: "only in 其他困难人员 or 停保, F is unknown"; 户籍 is 农村 for JC-, QT-, TC- (§1)."""
    listed: Rows = [
        {"姓名": "乙", "身份证号": B, "户编号": "1", "认定日期": "2026-01-01", "有效期至": "2027-01-01"}
    ]
    found: Rows = [
        {"户编号": None, "身份证号": B, "事项": "年收入", "核实值": "5000"},
        {"户编号": "QT-1", "身份证号": None, "事项": "户籍类型", "核实值": "城镇"},
    ]
    found = [{**one, "结论": "属实", "核实日期": "2026-10-01"} for one in found]
    households, _, _ = classified(county([person("甲", A)], 其他困难人员=listed, 核实结果=found), tmp_path)
    assert [(one["household_no"], one["家庭年收入"], one["低保线"]) for one in households] == [
        ("H1", 0, 7200),
        ("QT-1", None, 7200),
    ]


def test_two_verified_values_of_one_day_are_unknown_on_a_list_too(tmp_path: Path) -> None:
    """§0: "two different ones of one day: unknown", also where the list has no such column."""
    listed: Rows = [{"姓名": "乙", "身份证号": B, "户编号": "1", "户类型": "脱贫户", "人均纯收入": 6000}]
    listed[0] |= {"监测对象类别": None, "风险是否已消除": "否"}
    said: dict[str, Any] = {
        "户编号": None,
        "身份证号": B,
        "事项": "意外支出",
        "结论": "属实",
        "核实日期": "2026-10-01",
    }
    households, _, _ = classified(
        county(
            [person("甲", A)],
            防返贫监测=listed,
            核实结果=[{**said, "核实值": "1"}, {**said, "核实值": "2"}],
        ),
        tmp_path,
    )
    assert households[1]["刚性支出"] is None


def test_multiple_disability_waits_for_its_kind(tmp_path: Path) -> None:
    """§5: 多重 level 1-3 is unknown; what is missing is the kind (`表.列`)."""
    card: Rows = [{"姓名": "甲", "身份证号": A, "残疾类别": "多重", "残疾等级": "3", "状态": "有效"}]
    people = [person("甲", A, 法定义务人状况="无")]
    homes: Rows = [{"户编号": "H1", "户籍类型": "农村"}]
    _, persons, _ = classified(county(people, homes, part="特困", 残疾人证=card), tmp_path)
    assert [(one["status"], one["missing"]) for one in persons] == [("待核实", ["残疾人证.残疾类别"])]
    assert persons[0]["possible"] == ["特困人员", "最低生活保障对象", "最低生活保障边缘家庭成员"]


def test_a_number_of_two_allowance_registers_stays_with_one(tmp_path: Path) -> None:
    """§1: "a number used on two registers is kept by the earlier one of §5"."""
    given = with_register(
        county([person("甲", A)]), "特困", [{"户编号": "H1"}], [{**person("乙", OLD), "户编号": "H1"}]
    )
    households, persons, _ = classified(given, tmp_path)
    assert [(one["household_no"], one["name"]) for one in persons if one["household_no"] == "H1"] == [
        ("H1", "乙")
    ]
    assert len(households) == 2


def test_a_row_of_a_list_with_a_strangers_number_enrols_nobody_alone(tmp_path: Path) -> None:
    """§0: such rows "enrol nobody unless their household has another member there"."""
    row: dict[str, Any] = {"户类型": "脱贫户", "监测对象类别": None, "风险是否已消除": "否"}
    rows: Rows = [
        {**row, "户编号": "1", "姓名": "别人", "身份证号": A, "人均纯收入": 6000},
        {**row, "户编号": "2", "姓名": "别人", "身份证号": B, "人均纯收入": 6000},
        {**row, "户编号": "2", "姓名": "丙", "身份证号": number(9), "人均纯收入": 6000},
    ]
    given = county([person("甲", A), person("乙", B)], 防返贫监测=rows)
    households, persons, findings = classified(given, tmp_path)
    assert [one["household_no"] for one in households] == ["H1", "JC-2"]
    assert [one["name"] for one in persons if one["household_no"] == "JC-2"] == ["丙", "别人"]
    assert sum(one["code"] == "K011" for one in findings) == 2


def test_both_data_dates_are_said_where_declared_and_found_differ(tmp_path: Path) -> None:
    """Declared and found value come from exports of two days: title, column or file name say which."""
    pension: dict[str, Any] = {"姓名": "甲", "身份证号": OLD, "险种类型": "企业职工"}
    pension |= {"待遇发放状态": "正常", "月待遇金额": 900}
    limits = values(收入差异容差={"值": 600})
    given = county([person("甲", OLD)], parameters=limits, 养老待遇=[pension])
    for page in given.folders[given.period]:
        if page.table == "救助人员":
            page.file_name = "农村低保救助人员2026-10-08.xlsx"
        if page.table == "养老待遇":
            page.headings.append("数据日期")
            page.rows = [[*row, "2026-10-25"] for row in page.rows]
    _, _, findings = classified(given, tmp_path)
    found = next(one for one in findings if one["code"] == "K022")
    assert str(found["data_date"]) == "2026-10-25"
    book = load_workbook(tmp_path / "run" / "核对差异.xlsx")
    cells = {str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell}
    assert any("2026-10-08" in cell for cell in cells)


def test_a_destitute_person_has_a_share_of_the_line_of_his_own(tmp_path: Path) -> None:
    """His income over one person's standard, in the roll where his category stands."""
    homes: Rows = [{"户编号": "H1", "户籍类型": "农村"}]
    given = county([person("甲", OLD, 3600, 法定义务人状况="无")], homes, part="特困")
    _, persons, _ = classified(given, tmp_path)
    assert [(one["category"], one["核定年收入"], one["个人低保线"]) for one in persons] == [
        ("特困人员", 3600, 7200)
    ]
    rows = load_workbook(tmp_path / "run" / "认定名册.xlsx")["特困人员"].iter_rows(values_only=True)
    lines = [list(row) for row in rows]
    at = next(index for index, row in enumerate(lines) if "户编号" in row)
    shown = dict(zip(lines[at], lines[at + 1], strict=True))
    assert (shown["户编号"], shown["本人占标准"]) == ("H1", 0.5)


def test_registers_whose_file_names_say_nothing_are_told_apart_by_their_words(tmp_path: Path) -> None:
    """救助类别 and 户籍类型 of the household say the register, and its person rows follow by 户编号."""
    homes: Rows = [{"户编号": "H1", "救助类别": "低保", "户籍类型": "农村"}]
    others: Rows = [{"户编号": "T1", "救助类别": "特困人员", "户籍类型": "农村"}]
    alone = {**person("乙", OLD, 法定义务人状况="无"), "户编号": "T1"}
    given = with_register(county([person("甲", A)], homes), "特困", others, [alone])
    for place, page in enumerate(given.folders[given.period]):
        if page.table in ("救助家庭", "救助人员"):
            page.file_name, page.sheet_name = f"导出{place}.xlsx", "Sheet1"
    households, _, _ = classified(given, tmp_path)
    assert [(one["household_no"], one["registered_category"]) for one in households] == [
        ("H1", "最低生活保障对象"),
        ("T1", "特困人员"),
    ]


def test_missing_names_only_columns_that_a_table_has(tmp_path: Path) -> None:
    """A monitored person may be the one of 特困 whose number is unreadable; his table has no property."""
    monitored: dict[str, Any] = {
        "户编号": "2",
        "户主身份证号": OLD,
        "姓名": "丁",
        "身份证号": OLD,
        "与户主关系": "户主",
    }
    monitored |= {"镇": "示例城关镇", "户类型": "脱贫户", "监测对象类别": "", "人均纯收入": ""}
    others: Rows = [{"户编号": "T1", "户籍类型": "农村"}]
    unreadable = {**person("丁", "12345", 法定义务人状况="无"), "户编号": "T1"}
    given = with_register(county([person("甲", A)], 防返贫监测=[monitored]), "特困", others, [unreadable])
    _, persons, _ = classified(given, tmp_path)
    (missing,) = [one["missing"] for one in persons if one["household_no"] == "JC-2"]
    assert "救助人员.身份证号" in missing
    for name in missing:
        table, dot, column = name.partition(".")
        assert not dot or column in TABLES[table], name
