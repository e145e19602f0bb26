"""Every view of a month of awkward names, in every format; and every total counted again with DuckDB."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from lic.cli.main import main
from lic.runs.read import open_run
from lic.values.idnumber import read_id
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.notice import NoticeOptions, write_notices
from lic.workflows.report import report_run
from tests.unit.reports.browser import needs_browser, printed, seen
from tests.unit.reports.excel import workbook_faults
from tests.unit.reports.pages import page_faults
from tests.unit.workflows.county import copy_county, silent
from tests.unit.workflows.nasty import EMPTY_TOWN, LONG_TOWN, NAMES, make_nasty

LISTS = ("认定名册", "核对差异", "数据质量", "按镇")
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def run(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    month = copy_county(county, tmp_path_factory.mktemp("nasty"))
    make_nasty(month)
    folder = classify_month(month, ClassifyOptions(), progress=silent).run
    report_run(folder, progress=silent)
    return folder


@pytest.fixture(scope="module")
def names(run: Path) -> list[str]:
    """The awkward names that are on the list."""
    found = set(open_run(run).result.persons.column("name").to_pylist()) & set(NAMES)
    assert len(found) >= 6
    return sorted(found)


def sheet_rows(path: Path, sheet: str) -> Rows:
    return [tuple(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def below(rows: Rows, first: str) -> tuple[list[Any], Rows]:
    """The heading row that begins with ``first``, and the rows under it."""
    at = next(index for index, row in enumerate(rows) if row[0] == first)
    return list(rows[at]), rows[at + 1 :]


def ask(run: Path, query: str) -> Rows:
    tables = {
        name: f"read_parquet('{(run / name).as_posix()}.parquet')" for name in ("persons", "households")
    }
    tables["findings"] = f"read_parquet('{(run / 'findings').as_posix()}.parquet')"
    return duckdb.connect().execute(query.format(**tables)).fetchall()


def test_no_cell_of_any_workbook_is_a_formula(run: Path, names: list[str]) -> None:
    seen: Counter[str] = Counter()
    for path in sorted((run / "报表").rglob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        assert all(0 < len(name) <= 31 for name in book.sheetnames)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path.name, sheet.title, cell.coordinate)
                    if cell.value in names:
                        seen[str(cell.value)] += 1
    assert sorted(seen) == names


def test_every_workbook_opens_without_a_word(run: Path) -> None:
    write_notices(run, NoticeOptions(start="2026-11-02"), progress=silent)
    paths = sorted(run.rglob("*.xlsx"))
    assert {"认定名册.xlsx", "00封面清单.xlsx", "审核确认会议表.xlsx", "省平台录入.xlsx"} <= {
        path.name for path in paths
    }
    assert any("公示" in path.parts for path in paths)
    assert any("回执" in path.parts for path in paths)
    assert {path.name: faults for path in paths if (faults := workbook_faults(path))} == {}


def test_csv_runs_nothing_and_keeps_every_number(run: Path, names: list[str]) -> None:
    people = open_run(run).result.persons.to_pylist()
    by_number = {row["id_number"]: row["name"] for row in people if row["id_number"]}
    found: set[str] = set()
    files = [
        path for view in report_run(run, LISTS, form="csv", progress=silent).views for path in view.files
    ]
    assert len(files) > 60
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            head, *rows = csv.reader(handle)
        assert len(set(head)) == len(head)
        for row in rows:
            assert len(row) == len(head)
            for cell in row:
                if cell[:1] in tuple("=+-@\t\r"):
                    assert re.fullmatch(r"-\d+(\.\d+)?", cell), (path.name, cell)
            if "身份证号" in head and (number := row[head.index("身份证号")]):
                assert number.endswith("\t")
                value = read_id(number, date(2026, 10, 31)).value
                name = row[head.index("姓名")].removeprefix("'")
                assert by_number.get(value or "", name) == name
                found.add(name)
    assert set(names) <= found


def test_parquet_holds_every_list_as_it_is(run: Path, names: list[str]) -> None:
    files = [
        path
        for view in report_run(run, LISTS[:1], form="parquet", progress=silent).views
        for path in view.files
    ]
    found: set[str] = set()
    for path in files:
        table = pq.read_table(path)
        if "姓名" in table.column_names:
            found.update(table.column("姓名").to_pylist())
    assert set(names) <= found


def test_pages_are_whole_and_name_nobody(run: Path, names: list[str]) -> None:
    html = (run / "汇总.html").read_text(encoding="utf-8")
    assert html == (run / "报表" / "汇总.html").read_text(encoding="utf-8")
    assert page_faults(html) == []
    assert not re.search(r"\d{17}[\dXx]", html)
    assert LONG_TOWN in html
    assert EMPTY_TOWN in html
    for name in names:
        assert f">{name}<" not in html


def test_totals_of_the_discrepancies_are_in_the_findings(run: Path) -> None:
    head, rows = below(sheet_rows(run / "核对差异.xlsx", "汇总"), "编号")
    counted: dict[str, Counter[str]] = {}
    for code, town, number in ask(
        run, "select code, town, count(*) from {findings} where direction <> '数据问题' group by all"
    ):
        counted.setdefault(code, Counter())[town or "（未填镇）"] += number
    towns = head[6:]
    lines = [row for row in rows if row[0] and row[0] != "总计"]
    assert {row[0] for row in lines} >= set(counted)
    for row in lines:
        mine = counted.get(row[0], Counter())
        assert row[4] == mine.total()
        assert list(row[6:]) == [mine[town] for town in towns]
    total = next(row for row in rows if row[0] == "总计")
    assert total[4] == sum(item.total() for item in counted.values())
    for direction in ("应退未退", "应保未保", "信息不一致"):
        _, found = below(sheet_rows(run / "核对差异.xlsx", direction), "序号")
        expected = ask(run, f"select count(*) from {{findings}} where direction = '{direction}'")[0][0]
        assert sum(isinstance(row[0], int) for row in found) == expected


def test_the_covering_list_counts_every_town_once(run: Path) -> None:
    head, rows = below(sheet_rows(run / "报表" / "按镇" / "00封面清单.xlsx", "封面清单"), "序号")
    people: dict[str, int] = dict(
        ask(run, "select coalesce(town, '（未填镇）'), count(*) from {persons} group by all")
    )
    homes: dict[str, int] = dict(
        ask(run, "select coalesce(town, '（未填镇）'), count(*) from {households} group by all")
    )
    lines = {row[1]: row for row in rows if isinstance(row[0], int)}
    for town, row in lines.items():
        assert (row[head.index("户数")], row[head.index("人数")]) == (homes.get(town, 0), people.get(town, 0))
    assert set(people) <= set(lines)
    assert lines[EMPTY_TOWN][2] == "（本期无人，未出册）"
    assert (run / "报表" / "按镇" / f"{LONG_TOWN}认定名册.xlsx").is_file()


def test_every_list_of_the_roll_has_the_rows_of_the_result(run: Path) -> None:
    categories = open_run(run).manifest.categories
    wanted = {item: f"status = '认定' and category = '{item}'" for item in categories}
    wanted |= {"待核实": "status = '待核实'"}
    wanted |= {sheet: f"action = '{action}'" for sheet, action in (("建议退出", "退出"), ("新增", "新增"))}
    wanted |= {"转类": "action = '转类'"}
    for sheet, condition in wanted.items():
        head, rows = below(sheet_rows(run / "认定名册.xlsx", sheet), "序号")
        column = head.index("姓名")
        asked = ask(run, f"select name from {{persons}} where {condition} and name is not null")
        found = sorted(str(row[column]) for row in rows if isinstance(row[0], int) and row[column])
        assert found == sorted(name for (name,) in asked), sheet


@pytest.fixture(scope="module")
def pages(run: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The leader's page, a long notice, a report, an explanation, the rules: everything that is a page."""
    folder = tmp_path_factory.mktemp("pages")
    write_notices(run, NoticeOptions(start="2026-11-02"), progress=silent)
    home = next(row for row in open_run(run).result.households.to_pylist() if row["status"] == "认定")
    explained, rules = folder / "explained.html", folder / "rules.html"
    assert main(["explain", home["household_no"], "--run", str(run), "--html", str(explained)]) == 0
    assert main(["rules", "show", str(run / "rules"), "--html", str(rules)]) == 0
    longest = [
        max((run / "报表" / name).glob("*.html"), key=lambda path: path.stat().st_size)
        for name in ("公示", "核对报告")
    ]
    paths = [run / "汇总.html", *longest, explained, rules]
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


@needs_browser
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_a_telephone_and_a_desk(pages: dict[str, str], tmp_path: Path, width: int) -> None:
    for name, html in pages.items():
        found = seen(html, tmp_path, width)
        assert (found.window, found.outside) == (width, ()), name
        assert found.page <= width, name


@needs_browser
def test_pages_are_printed_on_a4(pages: dict[str, str], tmp_path: Path) -> None:
    for name, html in pages.items():
        sizes = printed(html, tmp_path)
        assert sizes, name
        assert {(round(width), round(height)) for width, height in sizes} <= {(595, 842)}, name
    assert len(printed(pages["汇总"], tmp_path)) <= 6


@needs_browser
def test_the_browser_sees_what_sticks_out(tmp_path: Path) -> None:
    svg = '<svg viewBox="0 0 50 20" width="50"><text x="40" y="10">出来了</text></svg>'
    html = f'<!DOCTYPE html><html><body>{svg}<p style="width:600px">宽</p></body></html>'
    found = seen(html, tmp_path, 390)
    assert found.page > 390
    assert found.outside == ("出来了",)
