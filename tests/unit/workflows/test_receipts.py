"""Receipts: the faulty rows of each department as it sent them, and nobody else's."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lic.errors import RunFolderError
from lic.workflows.check import CheckOptions, CheckResult, check_month
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.unit.sources.shipped import read_here
from tests.unit.workflows.county import remove, silent

HEAD = 2  # heading row of the pension export, below its title
PENSION = "人力资源和社会保障局"


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)


def handed(month: Path, out: Path) -> CheckResult:
    return check_month(month, CheckOptions(receipts=out), progress=silent)


def spoil(month: Path) -> tuple[Path, list[Any]]:
    """An amount in words in row 5 of the pensions, an ID stored as a number in row 7."""
    path = next(month.glob("养老保险*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[HEAD]]
    money = next(index for index, text in enumerate(headings, start=1) if "月养老金" in str(text))
    number = next(index for index, text in enumerate(headings, start=1) if "社会保障号" in str(text))
    sheet.cell(5, money).value = "约五百"
    sheet.cell(7, number).value = 6.10999195505060e17
    sheet.cell(7, number).number_format = "General"
    book.save(path)
    return path, headings


@pytest.fixture
def spoiled(month: Path, tmp_path: Path) -> tuple[Path, list[Any]]:
    spoil(month)
    handed(month, tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / f"{PENSION}.xlsx")
    return tmp_path / "out", [book]


def test_only_the_faulty_rows_under_their_own_headings(spoiled: tuple[Path, list[Any]], month: Path) -> None:
    path = next(month.glob("养老保险*"))
    original = openpyxl.load_workbook(path).worksheets[0]
    (book,) = spoiled[1]
    sheet = book[original.title]
    headings = [cell.value for cell in sheet[1]]
    own = [cell.value for cell in original[HEAD]]
    assert headings == ["原文件", "原工作表", "原行号", *own, "问题", "建议"]
    assert [sheet.cell(row, 3).value for row in range(2, sheet.max_row + 1)] == [5, 7]
    assert [sheet.cell(2, 1).value, sheet.cell(2, 2).value] == [path.name, original.title]
    sent = [original.cell(5, index).value for index in range(1, len(own) + 1)]
    back = [sheet.cell(2, 3 + index).value for index in range(1, len(own) + 1)]
    assert [text or "" for text in back] == ["" if cell is None else str(cell) for cell in sent]
    assert "约五百" in sheet.cell(2, len(headings) - 1).value
    assert sheet.cell(2, len(headings)).value


def test_the_faulty_cell_is_marked_and_text(spoiled: tuple[Path, list[Any]]) -> None:
    (book,) = spoiled[1]
    sheet = book.worksheets[1]
    marked = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment is not None]
    assert {cell.value for cell in marked} >= {"约五百"}
    assert len(marked) == 2
    assert all(cell.fill.fgColor.rgb == "FFFFD966" for cell in marked)
    texts = [cell for row in sheet.iter_rows(min_row=2, min_col=4) for cell in row]
    assert {cell.data_type for cell in texts if cell.value is not None} <= {"s", "inlineStr"}


def test_the_cover_says_what_to_change_and_whom_to_ask(month: Path, tmp_path: Path) -> None:
    config = month.parent / "lic.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "\n联系: 低保股 0915-0000000\n", encoding="utf-8")
    remove(month, "失业保险*")
    spoil(month)
    handed(month, tmp_path / "out")
    cover = openpyxl.load_workbook(tmp_path / "out" / f"{PENSION}.xlsx").worksheets[0]
    text = "\n".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None)
    assert cover.title == "请先看这里"
    for piece in ("致：人力资源和社会保障局", "2026年10月", "失业保险", "低保股 0915-0000000", "S211"):
        assert piece in text, piece
    assert "重新报送" in text


def test_a_receipt_holds_its_own_department_only(month: Path, tmp_path: Path) -> None:
    spoil(month)
    handed(month, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"数据质量.xlsx", f"{PENSION}.xlsx"} <= names
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if path.name != "数据质量.xlsx":
            book = openpyxl.load_workbook(path)
            files = {sheet.cell(2, 1).value for sheet in book.worksheets[1:]}
            assert (path.stem == PENSION) == any("养老保险" in str(file) for file in files)


def test_written_again_the_old_ones_go(month: Path, tmp_path: Path) -> None:
    good = next(month.glob("养老保险*")).read_bytes()
    path, _ = spoil(month)
    handed(month, tmp_path / "out")
    assert (tmp_path / "out" / f"{PENSION}.xlsx").exists()
    path.write_bytes(good)
    handed(month, tmp_path / "out")
    back = tmp_path / "out" / f"{PENSION}.xlsx"  # there may be something else to ask
    assert not back.exists() or len(openpyxl.load_workbook(back).worksheets) == 1


def test_a_file_that_cannot_be_read_is_asked_for_again(month: Path, tmp_path: Path) -> None:
    next(month.glob("养老保险*")).write_bytes(b"%PDF-1.7")
    handed(month, tmp_path / "out")
    cover = openpyxl.load_workbook(tmp_path / "out" / f"{PENSION}.xlsx").worksheets[0]
    assert "S102" in {cell.value for row in cover.iter_rows() for cell in row}


def test_other_files_are_left_alone(month: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    shutil.copy(next(month.glob("养老保险*")), out / f"{PENSION}.xlsx")
    for folder in (out, month / "回执"):
        with pytest.raises(RunFolderError) as caught:
            handed(month, folder)
        assert caught.value.code in ("W004", "W007")
    assert (out / f"{PENSION}.xlsx").exists()


def test_a_receipt_that_comes_back_as_data_is_refused(month: Path, tmp_path: Path) -> None:
    spoil(month)
    handed(month, tmp_path / "out")
    shutil.copy(tmp_path / "out" / f"{PENSION}.xlsx", month / "更正.xlsx")
    assert "S112" in {item.code for item in handed(month, tmp_path / "out").problems}


def test_classify_writes_them_among_the_views(month: Path) -> None:
    spoil(month)
    result = classify_month(month, ClassifyOptions(), progress=silent)
    assert (result.run / "报表" / "回执" / f"{PENSION}.xlsx").is_file()
    assert not any(name.startswith("报表") for name in result.manifest.outputs)


def test_rows_that_another_file_has_too_go_back(month: Path, tmp_path: Path) -> None:
    path = next(month.glob("养老保险*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[HEAD]]
    sheet.delete_rows(HEAD + 3, sheet.max_row)  # what is left stands in both files
    book.save(path.with_name("养老待遇补报.xlsx"))
    result = handed(month, tmp_path / "out")
    again = next(item for item in result.problems if item.code == "L001")
    receipt = openpyxl.load_workbook(tmp_path / "out" / f"{PENSION}.xlsx")
    rows = [
        [cell.value for cell in line]
        for page in receipt.worksheets[1:]
        for line in page.iter_rows(min_row=2)
        if line[0].value == Path(again.file or "").name
    ]
    assert [row[2] for row in rows] == [HEAD + 1, HEAD + 2]
    known = [index for index, heading in enumerate(headings) if heading in ("姓名", "社会保障号码")]
    original = openpyxl.load_workbook(month / str(rows[0][0])).worksheets[0]
    shown = next(page for page in receipt.worksheets[1:] if page.cell(2, 1).value == rows[0][0])
    named = [cell.value for cell in shown[1]]
    for row in rows:
        for index in known:
            at = named.index(headings[index])
            assert row[at] == original.cell(int(str(row[2])), index + 1).value
        assert row[named.index("问题")]
