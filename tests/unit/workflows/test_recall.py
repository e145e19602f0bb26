"""When the corrected export comes in again: solved, remaining, new."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lic.workflows.check import CheckOptions, check_month
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.recall import Since
from tests.unit.sources.shipped import read_here
from tests.unit.workflows.county import remove, silent

HEAD = 2


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)


@pytest.fixture
def fresh(month: Path) -> Path:
    """A month that was never checked."""
    shutil.rmtree(month.parent / ".lic" / "checks", ignore_errors=True)
    return month


def edit(month: Path, change: Callable[[Any, dict[str, int]], None]) -> None:
    path = next(month.glob("养老保险*"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    change(sheet, {str(cell.value): index for index, cell in enumerate(sheet[HEAD], start=1)})
    book.save(path)


def since(month: Path) -> Since | None:
    return check_month(month, CheckOptions(), progress=silent).since


def spoil(*rows: int) -> Callable[[Any, dict[str, int]], None]:
    def change(sheet: Any, at: dict[str, int]) -> None:
        for row in rows:
            sheet.cell(row, at["月养老金(元)"]).value = "约五百"

    return change


def mend(*rows: int) -> Callable[[Any, dict[str, int]], None]:
    def change(sheet: Any, at: dict[str, int]) -> None:
        for row in rows:
            sheet.cell(row, at["月养老金(元)"]).value = 500

    return change


def of(items: Any, code: str) -> int:
    return sum(item.count for item in items if item.code == code)


def test_solved_remaining_new(fresh: Path) -> None:
    edit(fresh, spoil(4, 5, 6))
    assert since(fresh) is None
    edit(fresh, mend(4, 5))
    edit(fresh, spoil(8))
    for _ in range(2):  # asked again about the same files, it says the same
        found = since(fresh)
        assert found is not None
        assert [of(items, "S211") for items in (found.solved, found.remaining, found.new)] == [2, 1, 1]


def test_rows_that_moved_are_the_same_problems(fresh: Path) -> None:
    edit(fresh, spoil(4, 5, 6))
    since(fresh)
    edit(fresh, lambda sheet, _at: sheet.move_range(f"A3:K{sheet.max_row}", rows=2))
    edit(fresh, mend(6))
    found = since(fresh)
    assert found is not None
    assert [of(items, "S211") for items in (found.solved, found.remaining, found.new)] == [1, 2, 0]


def test_a_number_that_was_corrected_leaves_the_other_problem_of_the_row(fresh: Path) -> None:
    def number(value: object) -> Callable[[Any, dict[str, int]], None]:
        def change(sheet: Any, at: dict[str, int]) -> None:
            sheet.cell(5, at["社会保障号码"]).value = value

        return change

    edit(fresh, spoil(5))
    edit(fresh, number(6.1099919550506e17))
    since(fresh)
    edit(fresh, number("610999195505060218"))
    found = since(fresh)
    assert found is not None
    assert of(found.solved, "S203") == 1
    assert [of(items, "S211") for items in (found.solved, found.remaining, found.new)] == [0, 1, 0]


def test_a_table_that_comes_later_is_solved(fresh: Path) -> None:
    kept = {path: path.read_bytes() for path in fresh.glob("养老保险*")}
    remove(fresh, "养老保险*")
    since(fresh)
    for path, data in kept.items():
        path.write_bytes(data)
    found = since(fresh)
    assert found is not None
    assert [(item.code, item.table) for item in found.solved] == [("", "养老待遇")]


def test_a_run_is_remembered_too(fresh: Path) -> None:
    edit(fresh, spoil(4, 5))
    classify_month(fresh, ClassifyOptions(), progress=silent)
    edit(fresh, mend(4))
    found = since(fresh)
    assert found is not None
    assert of(found.solved, "S211") == 1


def test_no_number_and_no_name_is_kept(fresh: Path) -> None:
    edit(fresh, spoil(4, 5))
    since(fresh)
    name = openpyxl.load_workbook(next(fresh.glob("养老保险*"))).worksheets[0].cell(4, 2).value
    text = (fresh.parent / ".lic" / "checks" / "2026-10.json").read_text(encoding="utf-8")
    assert not re.search(r"\d{15,}", re.sub(r'"[0-9a-f]{16}"|"[0-9a-f]{64}"', "", text))
    assert str(name) not in text
    key = fresh.parent / ".lic" / "checks.key"
    assert key.stat().st_mode & 0o077 == 0
