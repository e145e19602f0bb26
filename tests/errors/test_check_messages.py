"""What the check of a month says: every S4 code and the gates, as the clerk reads them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lic.errors import RunBlocked
from lic.messages import remedy, say
from lic.messages.check import CHECK
from lic.workflows.check import CheckOptions, check_month
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.snapshots import Snapshot
from tests.unit.workflows.county import copy_county, make_county, silent


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_county(tmp_path_factory.mktemp("made"))


@pytest.fixture
def month(county: Path, tmp_path: Path) -> Path:
    return copy_county(county, tmp_path)


def expect(text: str) -> Callable[[Path], None]:
    def write(month: Path) -> None:
        config = month.parent / "lic.yaml"
        config.write_text(config.read_text(encoding="utf-8") + f"\n预期: {text}\n", encoding="utf-8")

    return write


def others(month: Path) -> None:
    """The household register with numbers of nobody here."""
    path = next(month.glob("户籍人口*"))
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[2].value = str(row[2].value).replace("610999", "610998", 1)
    book.save(path)


def others_are_only_noticed(month: Path) -> None:
    expect("{户籍: {匹配率: {最少: 50%, 级别: 警告}}}")(month)
    others(month)


def last_month(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def write(month: Path) -> None:
        shutil.copytree(month, month.parent / "2026-09")
        change(month)

    return write


def fewer(month: Path) -> None:
    path = next(month.glob("户籍人口*"))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(30, 10_000)
    book.save(path)


def emptier(month: Path) -> None:
    path = next(month.glob("户籍人口*"))
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=60):
        row[2].value = None
    book.save(path)


def emptier_than_expected(month: Path) -> None:
    emptier(month)
    expect("{户籍: {填写率: {身份证号: 99.5%}}}")(month)


def townless(month: Path) -> None:
    path = next(month.glob("脱贫户*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(sheet.max_row, 4, -1):
        if sheet.cell(row, 4).value != sheet.cell(4, 4).value:
            sheet.delete_rows(row)
    book.save(path)
    next(month.glob("(自定义)*")).unlink()


BROKEN: dict[str, Callable[[Path], None]] = {
    "S401": expect("{户籍: {行数: {最少: 100000}}}"),
    "S402": expect("{户籍: {行数: {最多: 3}}}"),
    "S403": emptier_than_expected,
    "S404": others,
    "S405": others_are_only_noticed,
    "S406": last_month(fewer),
    "S407": last_month(emptier),
    "S408": last_month(townless),
    "S409": expect("{饮水: {必报镇: [示例城关镇, 天上镇]}}"),
    "S410": last_month(lambda month: None),
}


def test_every_code_is_shown() -> None:
    assert {code for code in CHECK if code.startswith("S")} == set(BROKEN)


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_the_message(code: str, month: Path, snapshot: Snapshot) -> None:
    BROKEN[code](month)
    found = [
        item for item in check_month(month, CheckOptions(), progress=silent).problems if item.code == code
    ]
    assert found
    first = next((item for item in found if item.table == "户籍"), found[0])
    text = f"{first.severity.value} {first.code} {first.file} {first.place()}\n  {first.message}\n"
    snapshot.matches(f"{code}.txt", f"{text}  {first.suggestion}\n")


def test_the_gates(month: Path, snapshot: Snapshot) -> None:
    BROKEN["S401"](month)
    with pytest.raises(RunBlocked) as stopped:
        classify_month(month, ClassifyOptions(), progress=silent)
    strict = check_month(month, CheckOptions(), progress=silent).verdict(strict=True)
    assert strict is not None
    lines = [*stopped.value.__notes__]
    for error in (stopped.value, strict):
        lines += [f"{error.code} {say(error.code, error.params)}", f"  {remedy(error.code, error.params)}"]
    # How many problems the made-up month has is nobody's business here.
    text = "".join(f"{line}\n" for line in lines)
    snapshot.matches("gates.txt", re.sub(r"\d+ 个问题", "<n> 个问题", text))
