"""``lic check`` as a clerk meets it: the screen, JSON, exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from lic.cli.main import main
from tests.snapshots import Snapshot
from tests.unit.workflows.county import remove

ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
Capture = pytest.CaptureFixture[str]
PROBLEM = {"code", "severity", "file", "sheet", "cell", "row", "column", "count", "message", "suggestion"}


def said(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(item) for item in arguments])
    captured = capsys.readouterr()
    assert not ID.search(captured.out + captured.err)
    return code, captured.out, captured.err


def test_the_screen(month: Path, capsys: Capture, snapshot: Snapshot) -> None:
    remove(month, "养老保险*", "机动车*", "特困人员家庭*")
    (month / "扫描件.pdf").write_bytes(b"%PDF-1.7")
    next(month.glob("残疾人持证*")).write_bytes(b"")
    code, out, _ = said(capsys, "check", month)
    assert code == 0
    snapshot.matches("check.txt", "".join(f"{line.rstrip()}\n" for line in out.splitlines()))


def test_a_narrow_screen_loses_nothing(
    month: Path, capsys: Capture, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lic.cli.console.PIPED_WIDTH", 60)
    code, out, _ = said(capsys, "check", month)
    assert code == 0
    snapshot.matches("narrow.txt", "".join(f"{line.rstrip()}\n" for line in out.splitlines()[:12]))


def test_json_is_one_object_with_the_agreed_keys(month: Path, capsys: Capture) -> None:
    code, out, _ = said(capsys, "check", month, "--json")
    answer = json.loads(out)
    assert code == 0
    assert {frozenset(item) for item in answer["problems"]} == {frozenset(PROBLEM)}
    assert all(
        line["rows_read"] == line["accepted"] + line["rejected"] + line["blank"] + line["footer"]
        for line in answer["deliveries"]
        if line["accepted"] is not None
    )


def test_strict_stops_at_any_problem(month: Path, capsys: Capture) -> None:
    code, out, err = said(capsys, "check", month, "--strict")
    assert code == 5
    assert "问题" in out
    assert "G011" in err


def test_a_folder_without_anything_is_3_and_quiet_is_quiet(month: Path, capsys: Capture) -> None:
    empty = month.parent / "2027-01"
    empty.mkdir()
    assert "没有发现问题" in said(capsys, "check", empty)[1]
    assert "还缺的见上面" in said(capsys, "check", empty)[1]
    code, out, err = said(capsys, "check", empty, "-q")
    assert (code, out) == (3, "")
    assert "G002" in err


def test_nothing_but_the_private_folder_is_written(month: Path, capsys: Capture) -> None:
    before = {path for path in month.parent.rglob("*") if ".lic" not in path.parts}
    assert said(capsys, "check", month, "--no-cache", "-q")[0] == 0
    assert {path for path in month.parent.rglob("*") if ".lic" not in path.parts} == before


def test_whose_rows_they_are_is_said_only_when_asked(month: Path, capsys: Capture) -> None:
    path = next(month.glob("残疾人持证*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("等级") + 1).value = "九级"
    whole = str(sheet.cell(2, titles.index("身份证号码") + 1).value)
    book.save(path)
    assert whole[:17] not in said(capsys, "check", month)[1]
    capsys.readouterr()
    main(["check", str(month), "--show-ids"])
    assert f"第 2 行 {sheet.cell(2, titles.index('残疾人姓名') + 1).value} {whole}" in capsys.readouterr().out


def test_identical_rows_are_named(month: Path, capsys: Capture) -> None:
    path = next(month.glob("养老保险*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for column in range(2, sheet.max_column + 1):
        sheet.cell(4, column).value = sheet.cell(3, column).value
    book.save(path)
    assert "L001" in said(capsys, "check", month)[1]
