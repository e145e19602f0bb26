"""Entry sheets and reconciliation: what is entered makes both registers say the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from lic.cli.main import main
from lic.errors import InputError, LicError, RulesError
from lic.messages import remedy, say
from lic.reports.platform import entry_book
from lic.reports.platform_form import fill_form
from lic.runs.read import open_run
from lic.workflows.load_rules import rules_of_run
from lic.workflows.open_rules import open_rules
from lic.workflows.platform_sheets import platform_reports
from lic.workflows.reconcile import ReconcileResult, reconcile
from lic.workflows.report import report_run
from tests.snapshots import Snapshot
from tests.unit.workflows.county import copy_county, silent


def sheet_rows(path: Path, sheet: str) -> list[dict[str, str]]:
    """The rows of one of lic's sheets under its headings, as texts."""
    grid = [
        [str(cell or "") for cell in row] for row in load_workbook(path)[sheet].iter_rows(values_only=True)
    ]
    at = next(number for number, row in enumerate(grid) if "身份证号码" in row)
    return [dict(zip(grid[at], row, strict=True)) for row in grid[at + 1 :] if row[1]]


def provincial(month: Path) -> tuple[list[str], list[list[str]]]:
    """The list that came in the month: headings and rows, of both its files."""
    rows: list[dict[str, str]] = []
    for path in sorted(month.glob("*动态监测*.xlsx")):
        grid = [
            [str(cell or "") for cell in row]
            for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
        ]
        at = next(number for number, row in enumerate(grid) if "身份证号码" in row)
        rows += [dict(zip(grid[at], row, strict=True)) for row in grid[at + 1 :]]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return headings, [[row.get(name, "") for name in headings] for row in rows]


def write_list(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def after_entry(month: Path, folder: Path, target: Path) -> Path:
    """The platform's export once somebody has worked through the entry workbook."""
    headings, rows = provincial(month)
    book = folder / "省平台录入.xlsx"
    number, state = headings.index("身份证号码"), headings.index("平台状态")
    gone = {row["身份证号码"] for row in sheet_rows(book, "移出")}
    changed = {row["身份证号码"]: row for row in sheet_rows(book, "变更")}
    names = {
        "低收入人口类别": "低收入人口类别",
        "防止返贫监测对象标识": "监测标识",
        "乡镇": "乡镇",
        "姓名": "姓名",
    }

    def filled(entry: Mapping[str, str], old: Sequence[str]) -> list[str]:
        new = list(old)
        for ours, theirs in names.items():
            new[headings.index(theirs)] = entry[ours]
        new[number], new[state] = entry["身份证号码"], "在册"
        return new

    blank = [""] * len(headings)
    kept = [row for row in rows if row[number] not in gone | set(changed)]
    kept += [filled(row, blank) for row in changed.values()]
    kept += [filled(row, blank) for row in sheet_rows(book, "录入")]
    return write_list(target, headings, kept)


@pytest.fixture
def run(county: Path, tmp_path: Path) -> Path:
    month = copy_county(county, tmp_path)
    shutil.copytree(county.parent / "runs", month.parent / "runs")
    return month.parent / "runs" / month.name / "01"


def compare(run: Path, *exports: Path, out: Path | None = None) -> ReconcileResult:
    return reconcile(run, exports, out, progress=silent)


def test_the_written_rows_entered_make_reconcile_empty(run: Path, tmp_path: Path) -> None:
    month = run.parents[2] / run.parent.name
    first = compare(run, *sorted(month.glob("*动态监测*.xlsx")))
    assert not first.agree
    (count,) = first.counts
    assert count.missing_there > 0
    assert count.missing_here > 0
    new = after_entry(month, first.out, tmp_path / "低收入人口动态监测信息平台名单.xlsx")
    again = compare(run, new)
    assert [(line.kind, line.column, line.here, line.there) for line in again.lines] == []
    assert again.counts[0].same == count.same + count.missing_there + count.different


def test_the_same_reconciliation_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    month = run.parents[2] / run.parent.name
    lists = sorted(month.glob("*动态监测*.xlsx"))
    one, two = compare(run, *lists, out=tmp_path / "a"), compare(run, *lists, out=tmp_path / "b")
    assert one.files == two.files
    assert all((one.out / name).read_bytes() == (two.out / name).read_bytes() for name in one.files)


def test_the_command_says_whether_both_agree(run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    month = run.parents[2] / run.parent.name
    lists = [str(path) for path in sorted(month.glob("*动态监测*.xlsx"))]
    assert main(["reconcile", str(run), *lists, "--json", "--exit-code"]) == 1
    said = json.loads(capfd.readouterr().out)
    assert said["agree"] is False
    assert {line["kind"] for line in said["lines"]} <= {"平台没有", "平台多出", "两边不同"}
    assert all("*" in line["id_number"] for line in said["lines"])
    assert main(["reconcile", str(run), *lists, "-q"]) == 0


def test_another_table_is_no_list(run: Path) -> None:
    month = run.parents[2] / run.parent.name
    with pytest.raises(InputError) as caught:
        compare(run, next(month.glob("*孤儿*.xlsx")))
    assert caught.value.code == "W431"


def test_the_run_alone_says_what_to_enter(run: Path) -> None:
    opened = open_run(run)
    reports = platform_reports(opened, rules_of_run(opened))
    assert [report.template.file for report in reports] == ["省平台", "全国防返贫监测系统"]
    assert all(report.listed.delivered and not report.listed.derived for report in reports)
    assert reports[0].found.enter
    assert not reports[1].found.remove


def official(path: Path) -> Path:
    """An official form: a title, marked headings, a note, a drop-down, a sample row."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某平台导入模板"])
    sheet.append(["*类别", "姓名(必填)", "身份证号码", "备注"])
    sheet.append(["01", "示例", "000", "=1+1"])
    sheet["A2"].fill = PatternFill("solid", fgColor="FFE699")
    sheet["B2"].font = Font(name="KaiTi", bold=True)
    sheet["C2"].comment = Comment("十八位", "平台")
    rule = DataValidation(type="list", formula1='"01,02"')
    rule.add("A3:A100")
    sheet.add_data_validation(rule)
    book.save(path)
    return path


def test_an_official_form_keeps_its_looks(tmp_path: Path) -> None:
    form = official(tmp_path / "form.xlsx")
    rows = [["甲", "610999198001010017", "01"], ["=1+1", "61099919800101002X", "02"]]
    for name in ("a.xlsx", "b.xlsx"):
        fill_form(form, ["姓名", "身份证号码", "类别"], rows, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows(min_row=3)] == [
        ["01", "甲", "610999198001010017"],
        ["02", "=1+1", "61099919800101002X"],
    ]
    assert sheet["B4"].data_type == "s"
    assert sheet["C3"].number_format == "@"
    assert (sheet["A2"].fill.fgColor.rgb, sheet["B2"].font.name) == ("00FFE699", "KaiTi")
    assert sheet["C2"].comment.text == "十八位"
    assert [str(item.sqref) for item in sheet.data_validations.dataValidation] == ["A3:A100"]


def test_a_form_of_something_else_is_refused(tmp_path: Path) -> None:
    form = official(tmp_path / "form.xlsx")
    with pytest.raises(InputError) as caught:
        fill_form(form, ["户主", "镇", "村"], [], tmp_path / "out.xlsx")
    assert caught.value.code == "W433"
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError) as caught:
        fill_form(tmp_path / "broken.xlsx", ["姓名"], [], tmp_path / "out.xlsx")
    assert caught.value.code == "W432"


def with_form(run: Path) -> Path:
    """The official form of the provincial platform, named in ``lic.yaml``."""
    root = run.parents[2]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["*姓名", "*身份证号码", "*低收入人口类别", "*防止返贫监测对象标识"])
    sheet["C1"].comment = Comment("从下拉表选", "平台")
    titles = ("户主姓名", "户主身份证号码", "与户主关系", "家庭人口数", "城乡类别", "乡镇", "村(社区)")
    for column, title in enumerate(titles, start=5):
        sheet.cell(1, column).value = title
    (root / "模板").mkdir()
    book.save(root / "模板" / "省平台.xlsx")
    with (root / "lic.yaml").open("a", encoding="utf-8", newline="\n") as text:
        text.write("平台模板: {省平台: 模板/省平台.xlsx}\n")
    return root / "模板" / "省平台.xlsx"


def test_the_view_has_the_entry_books_and_the_filled_form(run: Path) -> None:
    with_form(run)
    (view,) = report_run(run, ["平台录入"], progress=silent).views
    names = [path.name for path in view.files]
    assert names[:2] == ["省平台录入.xlsx", "省平台-录入.xlsx"]
    assert view.files[0].parent == run / "报表" / "平台录入"
    filled = load_workbook(view.files[1]).worksheets[0]
    ours = sheet_rows(view.files[0], "录入")
    numbers = [filled.cell(row, 2).value for row in range(2, len(ours) + 2)]
    assert numbers == [row["身份证号码"] for row in ours]
    assert filled["C1"].comment.text == "从下拉表选"


def test_last_month_is_beside_each_row_where_there_was_a_run(run: Path) -> None:
    opened = open_run(run)
    report = platform_reports(opened, rules_of_run(opened))[0]
    assert report.before is None
    first = report.found.enter[0].subject
    assert first is not None
    then = replace(report, before={first.id_number or "": "甲类"})
    sheet = entry_book(opened.manifest, then).sheets[1]
    assert sheet.columns[-1].title == "上月结果"
    assert sheet.rows.column(len(sheet.columns) - 1).to_pylist()[:2] == ["甲类", "上月没有"]


def test_what_is_wrong_is_told(run: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    month = run.parents[2] / run.parent.name
    form = official(tmp_path / "模板.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    (tmp_path / "占用").mkdir()
    (tmp_path / "占用" / "a.txt").write_text("a", encoding="utf-8")
    lists = sorted(month.glob("*动态监测*.xlsx"))
    tries: dict[str, Callable[[], object]] = {
        "another table": lambda: compare(run, next(month.glob("*孤儿*.xlsx"))),
        "no such file": lambda: compare(run, Path("没有.xlsx")),
        "a folder in use": lambda: compare(run, *lists, out=tmp_path / "占用"),
        "no form": lambda: fill_form(tmp_path / "坏.xlsx", ["姓名"], [], tmp_path / "x.xlsx"),
        "another form": lambda: fill_form(form, ["户主", "镇", "村"], [], tmp_path / "x.xlsx"),
    }
    told = []
    for name, attempt in tries.items():
        with pytest.raises(LicError) as caught:
            attempt()
        error = caught.value
        notes = [str(note) for note in getattr(error, "__notes__", ())]
        said = [say(error.code, error.params), remedy(error.code, error.params)]
        told += [f"{name}: exit {error.exit_code} {error.code}", *(f"  {line}" for line in (*notes, *said))]
    text = "\n".join(told).replace(str(tmp_path), "TMP") + "\n"
    snapshot.matches("platform_messages.txt", text)


def test_a_form_that_is_not_there_and_one_for_nobody_are_told_with_their_place(run: Path) -> None:
    config = run.parents[2] / "lic.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}平台模板: {{省平台: 没有.xlsx, 省平抬: 没有.xlsx}}\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        open_rules(run.parents[2])
    line = len(text.splitlines()) + 1
    assert {(item.code, item.line) for item in caught.value.problems} == {("R180", line), ("R052", line)}
    assert [item.suggestion for item in caught.value.problems if item.code == "R052"] == ["省平台"]


def test_a_finding_says_of_which_day_the_declaration_is(run: Path) -> None:
    opened = open_run(run)
    findings = opened.result.findings.to_pylist()
    checks = [row for row in findings if row["code"].startswith("K")]
    assert checks
    days = {row["declared_date"] for row in checks if row["household_no"].startswith("610999")}
    assert days == {date(2026, 10, 31)}
    assert all(row["declared_date"] is None for row in findings if not row["code"].startswith("K"))
