"""Excel's own limits are met with grace: long names, long texts, many rows, signs it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic.reports.sheet_limits import MAX_TEXT, sheet_name, utf16_cut
from lic.reports.table import Column, Kind, ReportBook, ReportTable, report_rows
from lic.reports.workbook import write_workbook
from tests.unit.reports.excel import workbook_faults

RARE = "\U00020bb7"  # a surname character beyond the BMP


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def written(table: ReportTable, path: Path, **options: int) -> openpyxl.Workbook:
    book = ReportBook("x.xlsx", "某县名册", "某县 2026-10", "某县", (table,))
    write_workbook(book, path / "x.xlsx", **options)
    return openpyxl.load_workbook(path / "x.xlsx")


def texts(name: str, values: list[str], *, emphasis: frozenset[int] = frozenset()) -> ReportTable:
    heads, rows = report_rows([(Column("姓名", Kind.TEXT), pa.array(values, pa.string()))])
    return ReportTable(name, "某县名册（某）", heads, rows, ("说明",), emphasis, closing=("签字：",))


@given(
    st.lists(st.text(min_size=1, max_size=70), min_size=1, max_size=6), st.sampled_from(["", " (2)", " (13)"])
)
def test_every_name_is_one_that_excel_takes(wanted: list[str], tail: str) -> None:
    taken: set[str] = set()
    names = [sheet_name(name, taken, tail=tail) for name in wanted]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < units(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"
        assert not name.startswith("'")


def test_a_town_of_31_letters_keeps_its_number(tmp_path: Path) -> None:
    town = "长" * 31
    book = written(texts(town, ["甲", "乙", "丙"]), tmp_path, max_rows=2)
    assert book.sheetnames == ["长" * 31, "长" * 27 + " (2)"]
    assert units(sheet_name(RARE * 16, set())) == 30


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (7, 1), (8, 2), (21, 3)])
def test_too_many_rows_are_cut_with_a_note(tmp_path: Path, count: int, sheets: int) -> None:
    names = [f"某{index}" for index in range(count)]
    book = written(texts("名册", names, emphasis=frozenset({count - 1})), tmp_path, max_rows=7)
    assert len(book.sheetnames) == sheets
    found = []
    for number, sheet in enumerate(book.worksheets, start=1):
        cells = [str(sheet.cell(row, 1).value or "") for row in range(1, sheet.max_row + 1)]
        if sheets > 1:
            last = min(count, number * 7)
            assert f"本表共 {count} 行，超出一张工作表的上限，分成 {sheets} 张" in cells[2]
            assert f"第 {number} 张，第 {number * 7 - 6} 至 {last} 行" in cells[2]
        found += [
            cell
            for cell in cells[cells.index("姓名") + 1 :]
            if cell.startswith("某") and cell != "某县名册（某）" and "2026" not in cell
        ]
        assert ("签字：" in cells) == (number == sheets)
    assert found == names


def test_a_text_too_long_for_a_cell_says_that_it_goes_on(tmp_path: Path) -> None:
    long = [RARE * 20_000, "甲" * 32_767, "乙" * 32_768]
    sheet = written(texts("名册", long), tmp_path).active
    assert sheet is not None
    cells = [str(sheet.cell(row, 1).value) for row in range(5, 8)]
    assert all(units(cell) <= MAX_TEXT for cell in cells)
    assert [cell.endswith("后文从略）") for cell in cells] == [True, False, True]
    assert cells[1] == long[1]
    assert utf16_cut(RARE, 1) == ""


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (
            "xl/workbook.xml",
            '<sheet name="名册"',
            '<sheet name="' + "长" * 32 + '"',
            "sheet name",
        ),
        ("xl/workbook.xml", "名册!$", "别的!$", "points at"),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '<row r="3"/></sheetData>', "out of order"),
        ("xl/worksheets/sheet1.xml", ' t="s"><v>0<', ' t="s"><v>9999<', "no such text"),
        ("xl/worksheets/sheet1.xml", ' ht="', ' ht="9', "too high"),
        ("xl/worksheets/sheet1.xml", "<v>", "<f>1+1</f><v>", "a formula"),
        ("xl/worksheets/sheet1.xml", '<c r="B4"', '<c r="A4"', "out of order"),
        (
            "xl/worksheets/sheet1.xml",
            '<mergeCell ref="',
            '<mergeCell ref="A1:B99"/><mergeCell ref="',
            "overlap",
        ),
        ("xl/worksheets/sheet1.xml", ' s="1"', ' s="99"', "no such format"),
        ("xl/worksheets/sheet1.xml", "&amp;P", "&amp;P" + "长" * 260, "too long"),
    ],
)
def test_the_checker_of_workbooks_can_fail(tmp_path: Path, part: str, old: str, new: str, fault: str) -> None:
    heads, rows = report_rows([(Column(name), pa.array(["甲", "乙"])) for name in ("姓名", "镇")])
    table = ReportTable("名册", "某县名册", heads, rows, ("说" * 300,), closing=("签字：",))
    whole, spoiled = tmp_path / "x.xlsx", tmp_path / "y.xlsx"
    written(table, tmp_path)
    assert workbook_faults(whole) == []
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == part:
                assert old in text
                text = text.replace(old, new, 1)
            target.writestr(name, text)
    assert any(fault in found for found in workbook_faults(spoiled))
