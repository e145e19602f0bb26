"""Checking a month: what came, what is expected, and what last month was like."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from lic.errors import RulesError, RunBlocked
from lic.model.finding import Severity
from lic.model.staging import Delivery
from lic.workflows.check import CheckOptions, CheckResult, check_month
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.unit.sources.shipped import read_here
from tests.unit.workflows.county import remove, silent

_NUMBER = "公民身份号码"


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)


def checked(month: Path) -> CheckResult:
    return check_month(month, CheckOptions(), progress=silent)


def codes(result: CheckResult) -> set[str]:
    return {item.code for item in result.problems}


def expect(month: Path, text: str) -> None:
    config = month.parent / "lic.yaml"
    config.write_text(config.read_text(encoding="utf-8") + f"\n预期:\n{text}\n", encoding="utf-8")


def renumber(path: Path) -> None:
    """Other people's numbers in every cell that holds one, as in another county's export."""
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and len(cell.value) == 18 and cell.value.startswith("610999"):
                cell.value = f"6109981955{cell.value[10:14]}{int(cell.value[14:17]):03d}0"
    book.save(path)


def shorten(path: Path, is_gone: Callable[[Any, int], bool]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in [row for row in range(sheet.max_row, 1, -1) if is_gone(sheet, row)]:
        sheet.delete_rows(row)
    book.save(path)


def test_every_sheet_accounts_for_its_rows(month: Path) -> None:
    result = checked(month)
    came = [line for line in result.lines if line.result is Delivery.DELIVERED]
    assert len(came) > 20
    for line in came:
        assert line.rows_read == sum(
            value or 0 for value in (line.accepted, line.rejected, line.blank, line.footer)
        )
        assert all(0 <= fill.filled <= fill.total == line.accepted or line.accepted for fill in line.fills)
    assert result.gate is None
    assert not result.missing()


def test_what_did_not_come_is_a_line_of_its_own(month: Path) -> None:
    remove(month, "养老保险*", "机动车*", "农村低保家庭*")
    (month / "残疾人持证.xlsx").write_bytes(b"")
    lines = {(line.table, line.part): line for line in checked(month).lines}
    assert lines["养老待遇", None].result is Delivery.ABSENT
    assert lines["机动车", None].result is Delivery.ABSENT
    assert not lines["机动车", None].required
    assert lines["救助家庭", "农村低保"].result is Delivery.ABSENT


def test_a_refused_file_is_a_line(month: Path) -> None:
    path = next(month.glob("养老保险*"))
    path.write_bytes(b"%PDF-1.7")
    refused = [line for line in checked(month).lines if line.result is Delivery.REFUSED]
    assert [(line.table, line.file) for line in refused] == [("养老待遇", f"{month.name}/{path.name}")]


def test_nothing_usable_is_said_and_still_shown(month: Path) -> None:
    remove(month, "*低保*", "*特困*", "*刚性*", "*申请*")
    result = checked(month)
    assert result.gate is not None
    assert result.gate.code == "G001"
    assert any(line.result is Delivery.DELIVERED for line in result.lines)


def test_another_county_s_list_is_not_used(month: Path) -> None:
    path = next(month.glob("户籍人口*"))
    renumber(path)
    result = checked(month)
    assert "S404" in codes(result)
    line = next(line for line in result.lines if line.table == "户籍")
    assert line.result is Delivery.REFUSED


def test_classify_does_not_use_it_either(month: Path) -> None:
    renumber(next(month.glob("城乡居民参保*")) if list(month.glob("城乡居民参保*.xlsx")) else _as_book(month))
    run = classify_month(month, ClassifyOptions(), progress=silent)
    assert [(item.table, item.result) for item in run.manifest.not_delivered] == [("医保参保", "拒收")]


def _as_book(month: Path) -> Path:
    """The CSV export as a workbook with the same text cells."""
    path = next(month.glob("城乡居民参保*.csv"))
    book = openpyxl.Workbook()
    with path.open(encoding="gb18030", newline="") as file:
        for row in csv.reader(file):
            book.worksheets[0].append(row)
    path.unlink()
    target = path.with_suffix(".xlsx")
    book.save(target)
    return target


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("  户籍: {行数: {最少: 100000}}", "S401", Severity.ERROR),
        ("  户籍: {行数: {最少: 100000, 级别: 警告}}", "S401", Severity.WARNING),
        ("  户籍: {行数: {最多: 3}, 级别: 警告}", "S402", Severity.WARNING),
        ("  户籍: {填写率: {身份证号: 100%}}", "S403", Severity.ERROR),
        ("  饮水: {必报镇: [示例城关镇, 天上镇]}", "S409", Severity.ERROR),
        ("  饮水: {必报镇: {镇: [天上镇], 级别: 警告}}", "S409", Severity.WARNING),
    ],
)
def test_expectations_of_the_county(month: Path, text: str, code: str, severity: Severity) -> None:
    path = next(month.glob("户籍人口*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(3, [cell.value for cell in sheet[1]].index(_NUMBER) + 1).value = None
    book.save(path)
    assert code not in codes(checked(month))
    expect(month, text)
    found = [item for item in checked(month).problems if item.code == code]
    assert found
    assert {item.severity for item in found} == {severity}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  户籍: {行数: {最少: 3, 级别: 停止}}", "R032"),
        ("  户籍: {行数: {最少: -3}}", "R033"),
        ("  户籍: {填写率: {身份证号: 995%}}", "R034"),
        ("  户籍册: {行数: {最少: 3}}", "R035"),
        ("  户籍: {填写率: {身份证: 0.9}}", "R023"),
        ("  户籍: {必报镇: 是}", "R036"),
        ("  户籍: {行树: {最少: 3}}", "R004"),
    ],
)
def test_a_wrong_expectation_is_a_rule_problem(month: Path, text: str, code: str) -> None:
    expect(month, text)
    with pytest.raises(RulesError) as caught:
        checked(month)
    assert [item.code for item in caught.value.problems] == [code]


def test_last_month_by_its_folder_and_by_its_run(month: Path) -> None:
    before = month.parent / "2026-09"
    shutil.copytree(month, before)
    shorten(next(month.glob("户籍人口*")), lambda sheet, row: row > sheet.max_row // 3)
    water = next(month.glob("农村饮水*"))
    towns = Counter(row[0].value for row in openpyxl.load_workbook(water).worksheets[0].iter_rows(min_row=2))
    shorten(water, lambda sheet, row: sheet.cell(row, 1).value == towns.most_common(1)[0][0])
    by_folder = checked(month)
    assert by_folder.before == "2026-09"
    assert {"S406", "S408", "S410"} <= codes(by_folder)
    assert next(item for item in by_folder.problems if item.code == "S408").table == "饮水"
    classify_month(before, ClassifyOptions(), progress=silent)
    shutil.rmtree(before)
    by_run = checked(month)
    assert [item.message for item in by_run.problems] == [item.message for item in by_folder.problems]
    assert [line.rows_before for line in by_run.lines] == [line.rows_before for line in by_folder.lines]


def test_an_expectation_that_fails_stops_the_lists(month: Path) -> None:
    expect(month, "  户籍: {行数: {最少: 100000}}")
    for _ in range(2):  # the same question again finds the same account
        with pytest.raises(RunBlocked) as caught:
            classify_month(month, ClassifyOptions(), progress=silent)
    assert (caught.value.exit_code, caught.value.code) == (5, "G010")
    assert any("户籍" in note for note in caught.value.__notes__)
    (folder,) = (month.parent / "runs" / month.name).iterdir()
    assert folder.name == "阻断-01"
    names = {path.name for path in folder.iterdir()}
    kept = {"evidence", "findings.parquet", "inputs.parquet", "manifest.json", "rules", "run.log"}
    assert names == {*kept, "数据质量.xlsx", "报表"}
    found = pq.read_table(folder / "findings.parquet").filter(pc.field("code") == "S401").to_pylist()
    assert [row["severity"] for row in found] == ["错误"]


def test_a_warning_carries_on(month: Path) -> None:
    expect(month, "  户籍: {行数: {最少: 100000, 级别: 警告}}")
    run = classify_month(month, ClassifyOptions(), progress=silent).run
    assert "S401" in pq.read_table(run / "findings.parquet").column("code").to_pylist()


def test_a_stopped_run_is_no_run(month: Path) -> None:
    config = month.parent / "lic.yaml"
    plain = config.read_text(encoding="utf-8")
    expect(month, "  户籍: {行数: {最少: 100000}}")
    with pytest.raises(RunBlocked):
        classify_month(month, ClassifyOptions(), progress=silent)
    config.write_text(plain, encoding="utf-8")
    assert classify_month(month, ClassifyOptions(), progress=silent).run.name == "01"
    assert checked(month).blocking == 0
