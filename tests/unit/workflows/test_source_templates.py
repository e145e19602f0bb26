"""Empty forms: a form that was filled in comes back without a problem, for every source."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lic.errors import UsageError
from lic.model.form import FormColumn, FormPart, TableForm
from lic.model.table import ColumnType
from lic.reports import labels_form
from lic.reports.form import form_columns, write_form
from lic.workflows.source_forms import forms_of
from lic.workflows.source_templates import write_templates
from tests.unit.sources.shipped import read_here, shipped_sources, stage

GOOD = ("610999197001011235", "610999195505060218")
FORMS = forms_of(shipped_sources())
SENT = [(form, part) for form in FORMS for part in form.parts or (None,)]
VALUES: dict[ColumnType, tuple[object, object]] = {
    ColumnType.ID: GOOD,
    ColumnType.NAME: ("张三", "李四"),
    ColumnType.TEXT: ("示例", "文字"),
    ColumnType.CODE: ("0061", "0062"),
    ColumnType.FLAG: ("是", "否"),
    ColumnType.MONEY: (1200.5, 0),
    ColumnType.INTEGER: (1, 2),
    ColumnType.DECIMAL: (1.5, 2),
    ColumnType.DATE: (date(2026, 9, 1), date(2026, 9, 30)),
    ColumnType.MONTH: ("2026-09", "2026-08"),
    ColumnType.SCHOOL_YEAR: ("2026-2027", "2025-2026"),
    ColumnType.LIST: ("甲、乙", "丙"),
}


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)


def value(column: FormColumn, row: int) -> object:
    if column.name == "镇":
        return "示例城关镇"
    if column.kind is ColumnType.WORD:
        return column.words[min(row, len(column.words) - 1)].word
    return VALUES[column.kind][row]


@pytest.mark.parametrize(
    ("form", "part"), SENT, ids=[f"{form.code}-{part.name if part else ''}" for form, part in SENT]
)
def test_a_filled_form_comes_back_without_a_problem(
    form: TableForm, part: FormPart | None, tmp_path: Path
) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    name = labels_form.PART_TABLE.format(part=part.file_hint if part else "", table=form.table)
    path = month / f"{name}.xlsx"
    write_form(form, part, path)
    book = openpyxl.load_workbook(path)
    columns = form_columns(form, part)
    for row in (0, 1):
        for index, column in enumerate(columns):
            cell = book.worksheets[0].cell(row + 2, index + 1)
            cell.value = value(column, row)  # type: ignore[assignment]  # what openpyxl accepts
    book.save(path)
    folder = stage(month)
    assert [item.code for item in folder.findings] == []
    assert [(item.source, item.accepted, item.part) for item in folder.sheets] == [
        (form.table, 2, part.name if part else None)
    ]
    declared = shipped_sources().schemas[form.table].columns
    assert folder.sheets[0].present == {column.name for column in columns if column.name in declared}


def test_an_empty_form_is_an_empty_table(tmp_path: Path) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    (form,) = forms_of(shipped_sources(), "养老待遇")
    write_form(form, None, month / "养老待遇.xlsx")
    folder = stage(month)
    assert [item.code for item in folder.findings] == ["S127"]


def test_numbers_that_are_names_are_text_and_words_have_a_drop_down(tmp_path: Path) -> None:
    (form,) = forms_of(shipped_sources(), "残疾人证")
    path = tmp_path / "form.xlsx"
    write_form(form, None, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    columns = form_columns(form, None)
    at = {column.name: index for index, column in enumerate(columns)}
    widths = sheet.column_dimensions.values()
    place = at["身份证号"] + 1
    assert [item.number_format for item in widths if (item.min or 0) <= place <= (item.max or 0)] == ["@"]
    rules = {
        next(iter(rule.sqref.ranges)).min_col - 1: rule for rule in sheet.data_validations.dataValidation
    }
    assert rules[at["残疾等级"]].formula1 == '"一级,二级,三级,四级"'
    assert rules[at["身份证号"]].errorStyle == "warning"


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    (form,) = forms_of(shipped_sources(), "养老待遇")
    for name in ("a.xlsx", "b.xlsx"):
        write_form(form, None, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_forms_are_written_by_department_and_private(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "forms", (), start=tmp_path, rules=None)
    assert len(written.files) == len(SENT) + 1
    for name in written.files:
        assert stat.S_IMODE((written.folder / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in written.folder.iterdir())[-1:] != []
    with pytest.raises(UsageError):
        write_templates(tmp_path / "forms", (), start=tmp_path, rules=None)


def test_only_the_registers_that_the_county_keeps(tmp_path: Path) -> None:
    (tmp_path / "lic.yaml").write_text("县: 示例县\n不设登记: [城市低保]\n", encoding="utf-8")
    written = write_templates(tmp_path / "forms", ["救助家庭"], start=tmp_path, rules=None)
    assert "民政局/城市低保救助家庭.xlsx" not in written.files
    assert "民政局/农村低保救助家庭.xlsx" in written.files


def test_an_unknown_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_templates(tmp_path / "forms", ["养老"], start=tmp_path, rules=None)
    assert caught.value.code == "W110"
