"""What a sheet becomes: headings wherever they stand, parts, blanks, footers, owners, towns, dates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lic.model.period import OPEN_END, OPEN_START
from lic.model.staging import StagedFolder, StagedSheet
from tests.errors.inputs import DEED, GOOD, JOB, OTHER, PENSION, REGISTER, ROW, book, changed, csv
from tests.unit.sources.shipped import stage

HOME = ["户编号", "户主姓名", "户主身份证号", "家庭人口", "镇"]


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-10"
    folder.mkdir()
    return folder


def rows(sheet: StagedSheet) -> list[dict[str, Any]]:
    return list(pq.read_table(sheet.parquet).to_pylist())


def one(folder: StagedFolder) -> tuple[StagedSheet, list[dict[str, Any]]]:
    assert len(folder.sheets) == 1, folder.findings
    return folder.sheets[0], rows(folder.sheets[0])


def codes(folder: StagedFolder) -> set[str]:
    return {item.code for item in folder.findings}


def test_titles_above_and_notes_below(month: Path) -> None:
    book(
        month / "a.xlsx",
        {
            "表": [
                ["示例县养老待遇", None],
                ["数据日期：2026-10-25"],
                PENSION,
                ROW,
                [None],
                PENSION,
                changed(ROW, 1, OTHER),
                ["合 计", None, None, None, None, 2401],
                [None],
                ["填表人：示例甲"],
            ]
        },
    )
    sheet, found = one(stage(month))
    assert (sheet.header_row, sheet.rows_read, sheet.accepted, sheet.blank, sheet.footer) == (3, 7, 2, 2, 3)
    assert [row["_row"] for row in found] == [4, 7]
    assert sheet.data_date == date(2026, 10, 25)
    assert found[0]["月待遇金额"] == 120050
    assert found[0]["高龄补贴"] == 0
    assert "高龄补贴" not in sheet.present


def test_part_by_file_name_fills_blanks(month: Path) -> None:
    book(month / "城市低保家庭查询_20261105.xlsx", {"a": [HOME, ["7", "张三", GOOD, 2, "城关"]]})
    sheet, found = one(stage(month))
    assert sheet.part == "城市低保"
    assert found[0]["救助类别"] == "最低生活保障对象"
    assert found[0]["户籍类型"] == "城镇"
    assert found[0]["镇"] == "示例城关镇"
    assert codes(stage(month)) == set()


def test_part_by_words_of_each_row(month: Path) -> None:
    header = [*HOME, "救助类别", "城乡类别"]
    book(
        month / "名册.xlsx",
        {
            "a": [
                header,
                ["1", "张三", GOOD, 2, "", "低保", "农业"],
                ["2", "李四", OTHER, 2, "", "特困", ""],
                ["3", "王五", OTHER, 2, "", "低保", ""],
            ]
        },
    )
    sheet, found = one(stage(month))
    assert sheet.part is None
    assert [row["_part"] for row in found] == ["农村低保", "特困", None]


def test_register_without_optional_columns(month: Path) -> None:
    header = REGISTER[:5] + REGISTER[6:]
    book(month / "特困人员人员查询.xlsx", {"a": [header, ["1", GOOD, "张三", GOOD, "本人", "1,200元"]]})
    _, found = one(stage(month))
    assert found[0]["人员状态"] == "正常"
    assert found[0]["是否保障对象"] is True
    assert found[0]["照护人"] is False
    assert found[0]["与户主关系"] == "户主"
    assert found[0]["年收入"] == 120000
    assert found[0]["月收入"] is None
    assert json.loads(found[0]["_raw"]) == {"年收入": "1,200元"}
    assert "S128" in codes(stage(month))


def test_declared_income_below_zero_counts_zero(month: Path) -> None:
    book(month / "特困人员.xlsx", {"a": [REGISTER, ["1", GOOD, "张三", GOOD, "户主", "", -50]]})
    _, found = one(stage(month))
    assert found[0]["年收入"] == 0


def test_blank_is_not_refused(month: Path) -> None:
    header = [*PENSION, "高龄补贴"]
    book(month / "a.xlsx", {"a": [header, [*ROW, None], [*changed(ROW, 1, OTHER), "不知道"]]})
    _, found = one(stage(month))
    assert [row["高龄补贴"] for row in found] == [0, None]
    assert json.loads(found[1]["_raw"]) == {"高龄补贴": "不知道"}


def test_open_dates(month: Path) -> None:
    header = [
        "姓名",
        "身份证号",
        "单位名称",
        "就业状态",
        "劳动合同起始日期",
        "劳动合同终止日期",
        "应发工资(元)",
    ]
    book(month / "a.xlsx", {"a": [header, changed(changed(JOB, 4, None), 5, "")]})
    _, found = one(stage(month))
    assert (found[0]["合同开始"], found[0]["合同终止"]) == (OPEN_START, OPEN_END)
    assert found[0]["就业登记状态"] == "就业"


def test_a_heading_that_looks_renamed_makes_its_column_unknown(month: Path) -> None:
    book(month / "a.xlsx", {"a": [[*PENSION, "高龄补贴款"], [*ROW, 50]]})
    sheet, found = one(stage(month))
    assert found[0]["高龄补贴"] is None
    assert "高龄补贴" in sheet.present
    assert json.loads(found[0]["_raw"]) == {"高龄补贴": "50"}


def test_several_owners_in_one_cell(month: Path) -> None:
    cells = ["张三、李四", f"{GOOD}、{OTHER}", "U1", "成套住宅", "现势"]
    book(month / "a.xlsx", {"a": [DEED, cells]})
    sheet, found = one(stage(month))
    assert (sheet.accepted, len(found)) == (1, 2)
    assert [(row["权利人"], row["证件号码"], row["_row"]) for row in found] == [
        ("张三", GOOD, 2),
        ("李四", OTHER, 2),
    ]
    assert found[0]["用途"] == "住宅"


def test_ten_thousands_in_the_heading(month: Path) -> None:
    book(month / "a.xlsx", {"a": [[*PENSION[:5], "月待遇金额（万元）"], changed(ROW, 5, 0.1234)]})
    _, found = one(stage(month))
    assert found[0]["月待遇金额"] == 123400


def test_headings_with_blanks_stars_and_other_case(month: Path) -> None:
    header = ["*姓 名", "身份证号\u200b(必填)", *PENSION[2:5], "月待遇\n金额（元）"]
    book(month / "a.xlsx", {"a": [header, ROW]})
    sheet, _ = one(stage(month))
    assert sheet.accepted == 1


def test_every_fitting_sheet_is_read(month: Path) -> None:
    book(
        month / "a.xlsx",
        {"城关": [PENSION, ROW], "说明": [["无"]], "饶峰": [PENSION, changed(ROW, 1, OTHER)]},
    )
    folder = stage(month)
    assert [item.sheet for item in folder.sheets] == ["城关", "饶峰"]
    assert "S114" in codes(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files(month: Path, encoding: str, mark: str) -> None:
    lines = [mark.join(PENSION), mark.join(map(str, ROW)), ""]
    csv(month / "养老.csv", lines, encoding)
    sheet, found = one(stage(month))
    assert (sheet.sheet, found[0]["_row"], found[0]["身份证号"]) == ("", 2, GOOD)


def test_physical_lines_of_quoted_records(month: Path) -> None:
    record = ",".join(map(str, ROW))
    csv(month / "养老.csv", [",".join(PENSION), '"张\n三"' + record[2:], record])
    _, found = one(stage(month))
    assert [row["_row"] for row in found] == [2, 4]


def test_constant_empty_surplus_is_no_error(month: Path) -> None:
    csv(month / "养老.csv", [",".join(PENSION) + ",", ",".join(map(str, ROW)) + ","])
    sheet, _ = one(stage(month))
    assert (sheet.accepted, sheet.rejected) == (1, 0)


def test_skipped_files_are_listed(month: Path) -> None:
    (month / "~$养老.xlsx").write_bytes(b"x")
    (month / "Thumbs.db").write_bytes(b"x")
    (month / "旧").mkdir()
    folder = stage(month)
    assert folder.skipped == ("2026-10/Thumbs.db", "2026-10/~$养老.xlsx", "2026-10/旧")
    assert folder.findings == ()


def test_a_row_is_kept_for_its_name(month: Path) -> None:
    book(
        month / "特困人员.xlsx",
        {"a": [REGISTER, ["", "", "张三", "无", "户主", "", 1], ["", "", "", "", "", "正常", 1]]},
    )
    sheet, found = one(stage(month))
    assert (sheet.accepted, sheet.rejected, len(found)) == (1, 1, 1)
