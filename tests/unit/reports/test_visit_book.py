"""The workbook for the visits as a reader of Excel sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from lic.reports.book import BookHead
from lic.reports.visit_book import write_visit_book
from lic.reports.visit_paper import Compared, Member, TownCount, VisitBook, VisitPaper
from lic.reports.workbook import MARK
from tests.snapshots import Snapshot, workbook_text
from tests.unit.reports.excel import workbook_faults

ONE = VisitPaper(
    household_no="SQ-0001",
    head="张三",
    head_id="610999197001011235",
    town="甲镇",
    village="一村",
    category="甲类",
    persons=2,
    part="随机",
    certainty="",
    reason="收入低于线",
    known=True,
    members=(Member("张三", "户主", "610999197001011235", "年收入 ￥1.00", "核定 ￥2.00"),),
    facts=(Compared("金融资产", "￥5.00", "不少于 ￥0.00"),),
    findings=(Compared("=张三：少报", "0", "1"),),
)
TWO = VisitPaper("SQ-0002", "李四", "", "", "", "", 1, "必查", "群众投诉", "", known=False)


def book(*papers: VisitPaper) -> VisitBook:
    return VisitBook(
        head=BookHead("入户核查表.xlsx", "入户核查表", "某县", "2026年10月", "2026-10-31"),
        seed="种子来源未说明    种子：12",
        origin=("抽样框：3 户", "样本：1 户"),
        towns=(TownCount("甲镇", 3, 6, 1, 2, 0), TownCount("", 0, 0, 0, 0, 1)),
        papers=papers,
        categories=("甲类", "乙类"),
        outcomes=("一致", "不应认定", "类别错误", "信息错误", "未能核查"),
        to_see=("住房", "车辆"),
    )


def test_it_reads_as_expected(tmp_path: Path, snapshot: Snapshot) -> None:
    write_visit_book(book(ONE, TWO), tmp_path / "a.xlsx")
    snapshot.matches("visit_book.txt", workbook_text(tmp_path / "a.xlsx"))


def test_same_bytes_twice_with_the_mark_and_the_seed_on_every_page(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_visit_book(book(ONE, TWO), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    faults = workbook_faults(tmp_path / "a.xlsx")
    assert [fault for fault in faults if "a formula" not in fault] == []  # it counts what is filled in
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert MARK in str(found.properties.keywords)
    for sheet in found.worksheets:
        footer = sheet.HeaderFooter.oddFooter
        assert footer is not None
        assert footer.left is not None
        assert footer.left.text == "种子来源未说明    种子：12"


def test_every_household_starts_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.reports.visit_forms._MOST_BREAKS", 4)
    papers = [replace(ONE, household_no=f"SQ-{number:04d}") for number in range(6)]
    write_visit_book(book(*papers), tmp_path / "a.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[2:]
    assert [len(sheet.row_breaks.brk) for sheet in sheets] == [3, 1]


def test_an_empty_sample_is_still_a_workbook(tmp_path: Path) -> None:
    write_visit_book(replace(book(), towns=()), tmp_path / "a.xlsx")
    assert [sheet.title for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets] == [
        "汇总",
        "结果登记",
    ]


def test_drop_downs_offer_outcomes_and_categories(tmp_path: Path) -> None:
    write_visit_book(book(ONE), tmp_path / "a.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "a.xlsx")["结果登记"].data_validations.dataValidation
    assert {str(rule.formula1) for rule in rules} >= {
        '"一致,不应认定,类别错误,信息错误,未能核查"',
        '"甲类,乙类,不符合任何类别"',
    }
