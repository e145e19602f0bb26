"""Filled sheets come back: by key wherever the line went; what cannot be used is named with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils import get_column_letter

from lic.errors import InputError
from lic.reports.finding_key import finding_keys, read_key
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.feedback import FeedbackResult, take_feedback
from tests.unit.workflows.county import silent

BOOK = "核对差异.xlsx"
HAND = ("结论", "核实值", "核实日期", "核实人")


@pytest.fixture
def run(month: Path) -> Path:
    return classify_month(month, ClassifyOptions(), progress=silent).run


class Filling:
    """The workbook of a run as a clerk changes it."""

    def __init__(self, run: Path, sheet: str) -> None:
        self.book = openpyxl.load_workbook(run / BOOK)
        self.open(sheet)

    def open(self, sheet: str) -> None:
        self.sheet = self.book[sheet]
        rows = self.sheet.iter_rows()
        heads = next(row for row in rows if any(cell.value == "核对键" for cell in row))
        self.first = int(heads[0].row or 0) + 1
        self.columns = {str(cell.value): cell.column for cell in heads if cell.value}

    def texts(self) -> list[str]:
        column = self.columns["核对键"]
        cells = [self.sheet.cell(row, column).value for row in range(self.first, self.sheet.max_row + 1)]
        return [str(value) for value in cells if value]

    def put(self, line: int, *values: Any) -> None:
        for name, value in zip(HAND, values, strict=True):
            self.sheet.cell(self.first + line, self.columns[name]).value = value

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def take(run: Path, *files: Path) -> FeedbackResult:
    return take_feedback(run, files, progress=silent)


def codes(result: FeedbackResult) -> list[str]:
    return [item.code for item in result.problems]


DAY = date(2026, 11, 5)


def test_lines_are_known_again_wherever_they_went(run: Path, tmp_path: Path) -> None:
    filling = Filling(run, "应保未保")
    first, last = filling.texts()[0], filling.texts()[-1]
    count = len(filling.texts())
    filling.put(0, "属实", "已上门", DAY, "甲")
    filling.put(count - 1, " 误报 ", None, "2026年11月6日", "乙")
    # Two lines change places, a column is added in front, a line is written below.
    for column in range(1, filling.sheet.max_column + 1):
        one = filling.sheet.cell(filling.first, column)
        other = filling.sheet.cell(filling.first + count - 1, column)
        one.value, other.value = other.value, one.value
    filling.sheet.insert_cols(1)
    filling.sheet.cell(filling.first + count + 4, 2).value = "填表人：甲"
    result = take(run, filling.save(tmp_path / "填.xlsx"))
    assert (result.recorded, result.repeated, codes(result)) == (2, 0, [])
    assert result.kept is not None
    findings = pq.read_table(run / "findings.parquet")
    whose = dict(zip(finding_keys(findings).to_pylist(), findings.to_pylist(), strict=True))
    rows = result.kept.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(rows) == 2
    for key, verdict, day in ((first, "属实", "2026-11-05"), (last, "误报", "2026-11-06")):
        finding = whose[read_key(key) or ""]
        number = "" if finding["scope"] == "家庭" else finding["id_number"] or ""
        start = f"{finding['household_no']},{number},{finding['code']},"
        assert any(row.startswith(start) and f",{verdict},{day}," in row for row in rows)
    assert {(item.town, item.verdict) for item in result.counts} == {
        (whose[read_key(key) or ""]["town"], verdict) for key, verdict in ((first, "属实"), (last, "误报"))
    }


def test_what_cannot_be_used_is_named_with_its_cell(run: Path, tmp_path: Path) -> None:
    filling = Filling(run, "应保未保")
    filling.put(0, "不对", None, DAY, "甲")
    filling.put(1, None, "5000", DAY, None)
    filling.put(2, "误报", None, "昨天", "甲")
    filling.put(3, "误报", None, None, "甲")
    filling.put(4, "误报", None, date(2062, 11, 5), "甲")
    filling.put(5, "属实", None, DAY, "甲")
    filling.sheet.cell(filling.first + 5, filling.columns["核对键"]).value = "ABCDEFGH\nABCDEFGH"
    filling.put(6, "属实", None, DAY, "甲")
    filling.sheet.cell(filling.first + 6, filling.columns["核对键"]).value = None
    verdict, day, key = (get_column_letter(filling.columns[name]) for name in ("结论", "核实日期", "核对键"))
    result = take(run, filling.save(tmp_path / "填.xlsx"))
    at = filling.first
    assert {item.place: item.code for item in result.problems} == {
        f"填.xlsx 应保未保 {verdict}{at}": "W405",
        f"填.xlsx 应保未保 {verdict}{at + 1}": "W406",
        f"填.xlsx 应保未保 {day}{at + 2}": "W407",
        f"填.xlsx 应保未保 {day}{at + 3}": "W407",
        f"填.xlsx 应保未保 {day}{at + 4}": "W407",
        f"填.xlsx 应保未保 {verdict}{at + 5}": "W404",
        f"填.xlsx 应保未保 {key}{at + 6}": "W403",
    }
    assert (result.recorded, result.kept) == (0, None)
    assert all(item.message and item.suggestion for item in result.problems)


def test_copies_that_disagree_are_not_taken(run: Path, tmp_path: Path) -> None:
    filling = Filling(run, "应保未保")
    key = filling.texts()[0]
    filling.put(0, "属实", None, DAY, "甲")
    for copy in (name for name in filling.book.sheetnames if name.startswith("问·")):
        filling.open(copy)
        if key in filling.texts():
            break
    filling.put(filling.texts().index(key), "误报", None, DAY, "乙")
    result = take(run, filling.save(tmp_path / "填.xlsx"))
    assert codes(result) == ["W408"]
    assert copy in result.problems[0].place
    assert "应保未保" in result.problems[0].message
    assert result.recorded == 0


def test_the_same_again_is_not_kept_twice_and_a_change_is_named(run: Path, tmp_path: Path) -> None:
    filling = Filling(run, "应保未保")
    filling.put(0, "属实", None, DAY, "甲")
    path = filling.save(tmp_path / "填.xlsx")
    assert take(run, path).recorded == 1
    again = take(run, path)
    assert (again.recorded, again.repeated, again.kept) == (0, 1, None)
    filling.put(0, "误报", None, DAY, "甲")
    assert codes(take(run, filling.save(path))) == ["W409"]
    filling.put(0, "误报", None, date(2026, 11, 9), "甲")
    result = take(run, filling.save(path))
    assert result.recorded == 1
    totals: Mapping[str | None, tuple[int, int]] = {
        item.period: (item.confirmed, item.refuted) for item in result.precision
    }
    assert totals == {None: (0, 1), "2026-10": (0, 1)}  # the later verdict on one finding counts


def test_other_files_are_refused(run: Path, tmp_path: Path) -> None:
    for content in (b"%PDF-1.4", b"", b"\x00"):
        (tmp_path / "文.xlsx").write_bytes(content)
        with pytest.raises(InputError) as raised:
            take(run, tmp_path / "文.xlsx")
    assert raised.value.code == "W401"
    with pytest.raises(InputError) as raised:
        take(run, run / "认定名册.xlsx")
    assert raised.value.code == "W402"


def test_a_false_alarm_is_shown_as_settled_next_time(month: Path, run: Path, tmp_path: Path) -> None:
    filling = Filling(run, "应保未保")
    key = filling.texts()[0]
    filling.put(0, "误报", None, date(2026, 10, 30), "甲")
    take(run, filling.save(tmp_path / "填.xlsx"))
    later = classify_month(month, ClassifyOptions(), progress=silent)
    assert not later.repeated
    assert later.manifest.silenced >= 1
    inputs = pq.read_table(later.run / "inputs.parquet")
    assert any(str(file).startswith("runs/") for file in inputs.column("file").to_pylist())
    book = openpyxl.load_workbook(later.run / BOOK)
    settled = [row for row in book["已核实"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(settled) == later.manifest.silenced
    after = Filling(later.run, "应保未保")
    assert key not in after.texts()
