"""The three workbooks as a reader of Excel sees them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import python_calamine

from lic.reports import labels
from lic.reports.book import ReportInput
from lic.reports.discrepancies import discrepancies
from lic.reports.finding_key import finding_keys, printed_key, read_key
from lic.reports.quality import data_quality
from lic.reports.roll import recognition_roll
from lic.reports.roll_towns import town_rolls
from lic.reports.sheet_limits import sheet_name
from lic.reports.table import Column, Kind, ReportBook, ReportTable, report_rows
from lic.reports.workbook import MARK, write_workbook
from tests.snapshots import Snapshot, workbook_text
from tests.unit.reports.made import CATEGORIES, made_report

BUILDERS = [recognition_roll, discrepancies, data_quality]


@pytest.mark.parametrize("build", BUILDERS)
def test_workbook_reads_as_expected(
    build: Callable[[ReportInput], ReportBook], tmp_path: Path, snapshot: Snapshot
) -> None:
    book = build(made_report())
    write_workbook(book, tmp_path / book.file)
    snapshot.matches(f"{build.__name__}.txt", workbook_text(tmp_path / book.file))


@pytest.mark.parametrize("build", BUILDERS)
def test_same_bytes_twice_and_nothing_left_behind(
    build: Callable[[ReportInput], ReportBook], tmp_path: Path
) -> None:
    book = build(made_report())
    write_workbook(book, tmp_path / "a.xlsx")
    write_workbook(book, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_empty_result_makes_every_sheet(tmp_path: Path) -> None:
    report = made_report()
    empty = ReportInput(
        report.manifest,
        type(report.result)(*(table.slice(0, 0) for table in report.result.tables().values())),
        report.roll_ratios,
    )
    for build in BUILDERS:
        book = build(empty)
        write_workbook(book, tmp_path / book.file)
        assert len(openpyxl.load_workbook(tmp_path / book.file).sheetnames) == len(book.sheets)
    names = [sheet.name for sheet in recognition_roll(empty).sheets]
    assert [name for name in names if name in CATEGORIES] == list(CATEGORIES)


def test_summary_totals_reconcile() -> None:
    summary = recognition_roll(made_report()).sheets[0]
    rows = list(zip(*(column.to_pylist() for column in summary.rows.columns), strict=True))
    width = len(summary.columns)
    totals = [row for index, row in enumerate(rows) if index in summary.emphasis]
    assert totals[-1][2:4] == (5, 5)
    assert totals[-1][2:] == tuple(sum(row[index] for row in totals[:-1]) for index in range(2, width))
    for total in totals[:-1]:
        towns = [row for row in rows if row[0] == total[0] and row not in totals]
        assert total[2:] == tuple(sum(row[index] for row in towns) for index in range(2, width))
    for row in rows:
        assert row[2:4] == (sum(row[4::2]), sum(row[5::2]))


def test_the_department_that_unblocks_most_comes_first() -> None:
    report = made_report()
    waiting = report.result.persons.filter(pc.equal(report.result.persons.column("status"), "待核实"))
    more = [waiting.to_pylist()[0] | {"household_no": f"W{n}", "missing": ["戊表.金额"]} for n in range(3)]
    persons = pa.concat_tables([report.result.persons, pa.Table.from_pylist(more, waiting.schema)])
    roll = recognition_roll(replace(report, result=replace(report.result, persons=persons)))
    sheet = next(sheet for sheet in roll.sheets if sheet.name == "待核实")
    assert sheet.notes[0].startswith("1. 乙局：4 人、4 户在等，其中只差它的 3 人")
    assert sheet.notes[1].startswith("2. 本局（填写 lic.yaml 参数）：1 人、1 户在等，其中只差它的 0 人")
    assert sheet.notes[2].startswith("3. 甲局：1 人")
    assert sheet.rows.column("1").to_pylist() == ["乙局"] * 4


def test_leaving_names_the_first_month_and_the_doubts() -> None:
    report = made_report()
    since = pa.table({"key": ["610999199001010059"], "since": ["2026-07"]})
    against = report.result.findings.to_pylist()[0] | {
        "household_no": "H4",
        "scope": "家庭",
        "id_number": None,
    }
    findings = pa.Table.from_pylist([against], report.result.findings.schema)
    report = replace(report, leaving_since=since, result=replace(report.result, findings=findings))
    sheet = next(sheet for sheet in recognition_roll(report).sheets if sheet.name == "建议退出")
    row = sheet.rows.to_pylist()[0]
    titles = [column.title for column in sheet.columns]
    assert row[str(titles.index("建议起始月"))] == "2026-07"
    assert row[str(titles.index("有关疑点"))] == "K001 发放 100.00 元，申报 0.00 元"
    assert sheet.closing[0].startswith("镇专班审核意见")


def test_town_workbooks_hold_nobody_else_and_the_cover_adds_up() -> None:
    report = made_report()
    cover, *towns = town_rolls(report)
    assert [book.file for book in towns] == ["西镇认定名册.xlsx", "东镇认定名册.xlsx", "未填镇认定名册.xlsx"]
    for book, town in zip(towns, ("西镇", "东镇", None), strict=True):
        for sheet in book.sheets[1:-1]:
            titles = [column.title for column in sheet.columns]
            assert set(sheet.rows.column(str(titles.index("镇"))).to_pylist()) <= {town}
    rows = list(zip(*(column.to_pylist() for column in cover.sheets[0].rows.columns), strict=True))
    assert rows[-1][3:12] == tuple(sum(row[index] for row in rows[:-1]) for index in range(3, 12))
    assert [row[1:5] for row in rows] == [
        ("西镇", "西镇认定名册.xlsx", 1, 1),
        ("东镇", "东镇认定名册.xlsx", 3, 3),
        ("空镇", "（本期无人，未出册）", 0, 0),
        ("（未填镇）", "未填镇认定名册.xlsx", 1, 1),
        ("总计", None, 5, 5),
    ]


def test_a_discrepancy_says_the_difference_and_both_dates(tmp_path: Path) -> None:
    dates = pa.table({"household_no": ["H1"], "data_date": pa.array([date(2026, 10, 9)], pa.date32())})
    report = replace(made_report(), declared_dates=dates, verdicts=("真", "假"))
    findings = report.result.findings.to_pylist()
    findings[0] |= {"expected": "100.00", "actual": "250.50"}
    table = pa.Table.from_pylist(findings, report.result.findings.schema)
    book = discrepancies(replace(report, result=replace(report.result, findings=table)))
    write_workbook(book, tmp_path / "a.xlsx")
    opened = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = opened["应退未退"]
    row = next(row for row in sheet.iter_rows() if row[0].value == 1)
    texts = [str(cell.value) for cell in row[:11]]
    assert texts[4] == "申报 100.00\n查实 250.50\n差额 150.50"
    assert texts[5].splitlines() == [
        "丁表 丁.xlsx",
        "工作表“Sheet1” 第 7 行 “金额”列",
        "证据数据 2026-10-20，申报数据 2026-10-09",
    ]
    assert str(sheet.print_area).endswith(f"$A$1:$K${row[0].row}")
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"真,假"', f"G{row[0].row}")
    assert "问·甲局" in opened.sheetnames
    for each in opened.worksheets:
        assert any("疑点不等于违规" in str(cell.value) for row in each.iter_rows(max_row=8) for cell in row)


def test_keys_are_different_and_stay_the_same() -> None:
    findings = made_report().result.findings
    twice = pa.concat_tables([findings, findings])
    keys = finding_keys(twice).to_pylist()
    assert len(set(keys)) == len(keys)
    assert keys[: findings.num_rows] == finding_keys(findings).to_pylist()
    assert [read_key(text) for text in printed_key(finding_keys(findings)).to_pylist()] == keys[:2]
    assert [read_key(text) for text in ("", "ABC", "张" * 16)] == [None, None, None]


def test_marked_as_own_output(tmp_path: Path) -> None:
    book = recognition_roll(made_report())
    write_workbook(book, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert f'name="{MARK}"' in archive.read("docProps/custom.xml").decode()
        assert MARK in archive.read("xl/worksheets/sheet1.xml").decode().partition("<oddFooter>")[2]


def every_kind(texts: list[str | None]) -> ReportBook:
    size = len(texts)
    amounts = pa.array([Decimal("12345.00")] * size, pa.decimal128(18, 2))
    columns, rows = report_rows(
        [
            (Column("文", Kind.TEXT), pa.array(texts, pa.string())),
            (Column("长", Kind.LONG), pa.array(texts, pa.string())),
            (Column("数", Kind.INTEGER), pa.array([None, *range(size - 1)], pa.int64())),
            (Column("钱", Kind.MONEY), amounts),
            (Column("日", Kind.DATE), pa.array([45000 - 25569] * size, pa.int32()).cast(pa.date32())),
        ]
    )
    table = ReportTable("表", "题", columns, rows, emphasis=frozenset({0, size - 1}))
    return ReportBook("a.xlsx", "题", "副", "脚", (table,))


ODD = ["=1+1", "+1", "@x", " 前后 ", "a<b>&\"'c", "第一行\n第二行", "610999199001010024", "", None, "𠮷" * 40]
ODD += ["<r>b</r>", "\t缩进", "]]>", "a\u3000b"]


@pytest.mark.parametrize("times", [1, 3])  # what repeats is kept once, in another part of the file
def test_every_text_survives_in_two_readers(tmp_path: Path, times: int) -> None:
    path = tmp_path / "a.xlsx"
    texts = ODD * times
    write_workbook(every_kind(texts), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    seen = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[0] or "" for row in seen] == [text or "" for text in texts]
    assert [row[1] or "" for row in seen] == [text or "" for text in texts]
    assert {cell.data_type for row in sheet.iter_rows(min_row=4, max_col=2) for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert seen[0][3] == pytest.approx(12345)
    assert str(seen[0][4])[:10] == "2023-03-15"
    other = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in other[3:]] == [text or "" for text in texts]
    assert [row[2] for row in other[3:]] == ["", *range(len(texts) - 1)]


def test_excel_escapes_stay_text(tmp_path: Path) -> None:
    for times, part in ((1, "worksheets/sheet1"), (2, "sharedStrings")):
        write_workbook(every_kind(["_x0041_", "_xyz"] * times), tmp_path / "a.xlsx")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
            xml = archive.read(f"xl/{part}.xml").decode()
        assert "_x005F_x0041_" in xml
        assert ">_xyz<" in xml


@pytest.mark.parametrize("times", [1, 3])
def test_rows_and_totals_have_their_own_looks(tmp_path: Path, times: int) -> None:
    write_workbook(every_kind(["甲", "乙", "丙"] * times), tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=4))
    assert [row[0].font.b for row in rows] == [True, *[False] * (3 * times - 2), True]
    assert {row[3].number_format for row in rows} == {labels.MONEY_FORMAT}
    assert {row[0].number_format for row in rows} == {"@"}


@pytest.mark.parametrize("totals", [frozenset(), frozenset({0})])
def test_a_sheet_of_one_row(tmp_path: Path, totals: frozenset[int]) -> None:
    book = every_kind(["甲"])
    sheets = (replace(book.sheets[0], emphasis=totals, closing=("签字：",)),)
    write_workbook(replace(book, sheets=sheets), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [sheet[place].value for place in ("A3", "A4", "A5", "A6")] == ["文", "甲", None, "签字："]
    assert sheet["A4"].font.b is bool(totals)
    assert sheet.dimensions == "A1:E6"


def test_entries_are_the_same_on_every_system(tmp_path: Path) -> None:
    write_workbook(every_kind(["甲", "甲"]), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        entries = archive.infolist()
    assert {(item.date_time, item.create_system, item.external_attr) for item in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16)
    }


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    write_workbook(every_kind(["a\x00b\x1fc"]), tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A4"].value == "a\ufffdb\ufffdc"


def test_sheet_names_fit_excel() -> None:
    taken: set[str] = set()
    assert sheet_name("a/b[c]*?:", taken) == "a_b_c____"
    long = "长" * 40
    assert [len(sheet_name(long, taken)) for _ in range(3)] == [31, 31, 31]
    assert len(taken) == 4
