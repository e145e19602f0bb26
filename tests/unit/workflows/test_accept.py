"""A renamed heading, an unknown column, a new word: proposed, shown, added, and then read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lic.cli.main import main
from lic.errors import RulesError, UsageError
from lic.workflows.accept import AcceptOptions, Proposal, propose_additions, write_additions
from lic.workflows.check import CheckOptions, check_month
from tests.unit.sources.shipped import read_here
from tests.unit.workflows.county import silent

HEAD = 2


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)


def changed(month: Path, change: Callable[[Any], None]) -> Path:
    path = next(month.glob("养老保险*"))
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def renamed(old: str, new: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        cell = next(cell for cell in sheet[HEAD] if cell.value == old)
        cell.value = new

    return change


def proposed(file: Path, **options: Any) -> Proposal:
    return propose_additions(file, AcceptOptions(**options), progress=silent)


def pension_codes(month: Path) -> set[str]:
    result = check_month(month, CheckOptions(), progress=silent)
    return {item.code for item in result.problems if item.table == "养老待遇"}


def test_a_near_heading_is_proposed_and_then_read(month: Path) -> None:
    file = changed(month, renamed("月养老金(元)", "每月养老金额"))
    assert "S120" in pension_codes(month)
    proposal = proposed(file)
    assert proposal.lines == ("表: 养老待遇", "列:", "  月待遇金额: {别名: [每月养老金额]}")
    assert not proposal.target.exists()
    write_additions(proposal)
    assert proposal.target == month.parent / "sources" / "pensions.yaml"
    assert not {"S120", "S123"} & pension_codes(month)


def test_a_far_heading_needs_a_word_of_the_user(month: Path) -> None:
    file = changed(month, renamed("月养老金(元)", "发放数"))
    assert proposed(file).unsettled.lacking == ("月待遇金额",)
    write_additions(proposed(file, aliases=("发放数=月待遇金额",)))
    assert "S120" not in pension_codes(month)


def test_unknown_columns_are_ignored_when_asked(month: Path) -> None:
    def add(sheet: Any) -> None:
        sheet.cell(HEAD, sheet.max_column + 1).value = "天气"
        sheet.cell(HEAD + 1, sheet.max_column).value = "晴"

    file = changed(month, add)
    assert "S122" in pension_codes(month)
    assert proposed(file).unsettled.headings == ("天气",)
    write_additions(proposed(file, ignore_rest=True))
    assert "S122" not in pension_codes(month)


def test_an_unknown_word_becomes_a_spelling_of_a_known_one(month: Path) -> None:
    def say(sheet: Any) -> None:
        column = next(cell.column for cell in sheet[HEAD] if cell.value == "发放状态")
        sheet.cell(HEAD + 1, column).value = "在发"

    file = changed(month, say)
    assert "S231" in pension_codes(month)
    assert proposed(file).unsettled.words == (("待遇发放状态", "在发"),)
    write_additions(proposed(file, words=("待遇发放状态:在发=正常",)))
    assert "S231" not in pension_codes(month)


def test_what_was_added_before_stays(month: Path) -> None:
    file = changed(month, renamed("月养老金(元)", "发放数"))
    write_additions(proposed(file, aliases=("发放数=月待遇金额",)))
    changed(month, renamed("发放数", "到账数"))
    write_additions(proposed(file, aliases=("到账数=月待遇金额",), ignored=("风力",)))
    text = (month.parent / "sources" / "pensions.yaml").read_text(encoding="utf-8")
    assert "  月待遇金额: {别名: [发放数, 到账数]}" in text
    assert "忽略: [风力]" in text


def test_a_file_of_the_county_s_own_is_left_alone(month: Path) -> None:
    own = month.parent / "sources" / "pensions.yaml"
    own.parent.mkdir()
    own.write_text("表: 养老待遇   # 自己写的\n忽略: [风向]\n", encoding="utf-8")
    file = changed(month, renamed("月养老金(元)", "发放数"))
    proposal = proposed(file, aliases=("发放数=月待遇金额",))
    write_additions(proposal)
    assert proposal.target.name == "pensions-02.yaml"
    assert "自己写的" in own.read_text(encoding="utf-8")
    assert "S120" not in pension_codes(month)


def test_an_addition_that_does_not_load_is_taken_back(month: Path) -> None:
    file = changed(month, renamed("月养老金(元)", "发放数"))
    proposal = proposed(file, aliases=("姓名=月待遇金额",))  # 姓名 is a column already
    with pytest.raises(RulesError) as caught:
        write_additions(proposal)
    assert "R030" in {item.code for item in caught.value.problems}
    assert not proposal.target.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("表: 养老待遇\n列: {月待遇金额: {类型: 文本}}\n", "R004"),
        ("表: 养老待遇\n必需: 否\n", "R004"),
        ("表: 养老待遇\n列: {月代遇: {别名: [x]}}\n", "R023"),
        ("表: 养老待遇\n列: {待遇发放状态: {取值: {在发: []}}}\n", "R037"),
        ("表: 养老待遇\n列: {待遇发放状态: {取值: {正常: [停发, 暂停]}}}\n", "R028"),
        ("表: 养老待遇\n  列: [\n", "R002"),
    ],
)
def test_an_overlay_may_only_add(month: Path, text: str, code: str) -> None:
    (month.parent / "sources").mkdir()
    (month.parent / "sources" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        check_month(month, CheckOptions(), progress=silent)
    assert code in {item.code for item in caught.value.problems}
    assert all(item.file == "workspace/sources/x.yaml" for item in caught.value.problems)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"table": "养老"}, "W110"),
        ({"sheet": "没有"}, "W112"),
        ({"aliases": ("发放数",)}, "W115"),
        ({"aliases": ("发放数=金额",)}, "W116"),
        ({"words": ("状态:在发=正常",)}, "W116"),
    ],
)
def test_a_wrong_option_is_said(month: Path, options: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        proposed(next(month.glob("养老保险*")), **options)
    assert caught.value.code == code


def test_the_command_shows_first_and_writes_when_told(
    month: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = changed(month, renamed("月养老金(元)", "每月养老金额"))
    own = month.parent / "sources" / "pensions.yaml"
    assert main(["sources", "accept", str(file)]) == 0
    assert "月待遇金额: {别名: [每月养老金额]}" in capsys.readouterr().out
    assert not own.exists()
    assert main(["sources", "accept", str(file), "--yes"]) == 0
    assert own.read_text(encoding="utf-8").startswith("# 由 lic sources accept 写入")


def test_a_sheet_that_nobody_knows_can_be_named(month: Path) -> None:
    file = month / "新表.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓", "号", "钱", "态"])
    book.worksheets[0].append(["张三", "610999197001011235", 100, "正常"])
    book.save(file)
    with pytest.raises(UsageError) as caught:
        proposed(file)
    assert caught.value.code == "W114"
    assert proposed(file, table="养老待遇").unsettled.lacking
    with pytest.raises(UsageError) as missing:
        proposed(month / "没有.xlsx")
    assert missing.value.code == "W111"
