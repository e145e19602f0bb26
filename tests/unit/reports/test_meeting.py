"""The list for the panel's meeting: who is on it, in which order, what is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lic.reports.meeting import meeting_book
from lic.reports.workbook import write_workbook
from tests.snapshots import Snapshot, workbook_text
from tests.unit.reports.made import made_report


def test_the_workbook(tmp_path: Path, snapshot: Snapshot) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        book = meeting_book(made_report(), ["年入", "没有这项"], aside=["H5"])
        write_workbook(book, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    snapshot.matches("meeting.txt", workbook_text(tmp_path / "a.xlsx"))


def test_one_doubt_of_several_members_is_said_once_and_long_lists_are_cut() -> None:
    report = made_report()
    first = report.result.findings.slice(0, 1).to_pylist()[0]
    rows = [{**first, "name": name} for name in ("甲", "乙", "丙")]
    rows += [{**first, "code": f"K10{number}"} for number in range(5)]
    findings = pa.Table.from_pylist(rows, report.result.findings.schema)
    book = meeting_book(replace(report, result=replace(report.result, findings=findings)), [])
    east = next(sheet for sheet in book.sheets if sheet.name == "东镇")
    doubts = east.rows.column(10).to_pylist()[0]
    assert doubts.splitlines()[0].startswith("K001 甲、乙等 3 人：")
    assert doubts.splitlines()[-1] == "另有 2 项"


def test_who_asked_and_was_not_met_is_on_the_list_and_others_are_not() -> None:
    def numbers(*aside: str) -> list[str]:
        book = meeting_book(made_report(), [], aside)
        return [row.split("\n")[1] for sheet in book.sheets for row in sheet.rows.column(1).to_pylist()]

    assert sorted(numbers()) == ["H1", "H2", "H3", "H4", "H5"]
    assert sorted(numbers("H5")) == ["H1", "H2", "H3", "H4"]
    assert sorted(numbers("H")) == ["H1", "H2", "H3", "H4"]  # H4 is on a register and shall leave
