"""Every number of the lists of a third month, counted again from the run's Parquet with DuckDB."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from lic.workflows.report import report_run
from tests.unit.reports.pages import rows_of
from tests.unit.workflows.county import PERIOD, silent

Rows = list[tuple[Any, ...]]
GROUP = "case when status = '认定' then category else status end"
DOUBTS = "direction <> '数据问题'"
OWNER = '(select distinct "table", department from {inputs}) as owner'
HIDDEN = ("&lt;3", "&lt;3户", "＊")


@pytest.fixture(scope="module")
def run(three_months: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("totals") / "county"
    shutil.copytree(three_months, root)
    run = root / "runs" / PERIOD / "01"
    report_run(run, progress=silent)
    return run


def ask(run: Path, query: str) -> Rows:
    tables = {
        name: f"read_parquet('{(run / name).as_posix()}.parquet')"
        for name in ("persons", "households", "findings", "inputs")
    }
    return duckdb.connect().execute(query.format(**tables)).fetchall()


def counted(run: Path, query: str) -> Counter[Any]:
    """The last column by the others."""
    rows = ask(run, query)
    return Counter({row[0] if len(row) == 2 else row[:-1]: int(row[-1] or 0) for row in rows})


def table_of(path: Path, sheet: str, first: str) -> tuple[list[Any], Rows]:
    """The heading row that begins with ``first``, and the rows under it."""
    rows = [tuple(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]
    at = next(index for index, row in enumerate(rows) if row[0] == first)
    return list(rows[at]), [row for row in rows[at + 1 :] if any(cell is not None for cell in row)]


def numbers_of(cells: list[str]) -> Iterator[int | None]:
    """The numbers of a row of the page; None where one is hidden."""
    for cell in cells:
        yield None if cell in HIDDEN else int(cell.replace(",", ""))


def assert_same(shown: list[str], counts: list[int], homes: list[int] | None = None) -> int:
    """Shown numbers are right, and ``<3户`` is said of one or two households; how many are shown."""
    for place, (number, count) in enumerate(zip(numbers_of(shown), counts, strict=True)):
        assert number in (None, count), (shown, counts)
        if homes is not None and shown[place] == "&lt;3户":
            assert 0 < homes[place] < 3
    return sum(cell not in HIDDEN for cell in shown)


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    return (run / "汇总.html").read_text(encoding="utf-8")


def test_the_cards_of_the_page(run: Path, page: str) -> None:
    cards = dict(re.findall(r'class="k">([^<]+)</span><span class="n">([^<]+)<', page))
    expected = {
        "读取行数": "select sum(rows_read) from {inputs}",
        "核对总人数": "select count(*) from {persons}",
        "建议认定": "select count(*) from {persons} where status = '认定'",
        "待核实": "select count(*) from {persons} where status = '待核实'",
        "不符合": "select count(*) from {persons} where status = '不符合'",
        "疑点": f"select count(*) from {{findings}} where {DOUBTS}",
    }
    assert set(cards) == set(expected)
    for card, query in expected.items():
        assert int(cards[card].replace(",", "")) == ask(run, query)[0][0], card


def test_the_categories_and_towns_of_the_page(run: Path, page: str) -> None:
    people = counted(run, f"select {GROUP}, town, action, count(*) from {{persons}} group by all")
    families = f"select {GROUP}, town, action, count(distinct household_no) from {{persons}} group by all"
    homes = counted(run, families)
    households = counted(run, f"select {GROUP}, count(*) from {{households}} group by all")
    by_town = counted(run, "select town, count(*) from {households} group by all")
    before = counted(
        run.parents[1] / "2026-09" / "01", f"select {GROUP}, count(*) from {{persons}} group by all"
    )
    actions = ("新增", "维持", "转类", "退出", "待核实", "无")
    *lines, total = rows_of(page, "categories")
    shown = 0
    for name, *cells, change in lines:
        mine = [
            sum(n for (group, _, what), n in people.items() if (group, what) == (name, a)) for a in actions
        ]
        least = [
            max((n for (g, _, w), n in homes.items() if (g, w) == (name, a)), default=0) for a in actions
        ]
        shown += assert_same(cells[2:], mine, least)
        shown += assert_same(cells[:2], [households[name], sum(mine)])
        if change not in HIDDEN:
            assert int(change) == sum(mine) - before[name]
    assert shown > len(lines) * 4
    assert_same(total[1:3], [households.total(), people.total()])
    groups = [name for name, *_ in lines]
    *places, total = rows_of(page, "towns")
    for town, *cells in places:
        mine = [sum(n for (group, at, _), n in people.items() if (group, at) == (g, town)) for g in groups]
        assert_same(cells, [*mine, sum(mine), by_town[town]])
    sums = [sum(n for (group, _, _), n in people.items() if group == name) for name in groups]
    assert_same(total[1:], [*sums, people.total(), households.total()])


def test_the_discrepancies_and_departments_of_the_page(run: Path, page: str) -> None:
    found = counted(run, f"select code, count(*) from {{findings}} where {DOUBTS} group by all")
    lines = {row[0]: row[-1] for row in rows_of(page, "top")}
    listed = [code for code in lines if code in found]
    assert len(listed) == min(12, len(found))
    assert_same([lines[code] for code in listed], [found[code] for code in listed])
    assert_same([lines["合计"]], [found.total()])
    rest = next(number for name, number in lines.items() if name.startswith("其余"))
    assert_same([rest], [found.total() - sum(found[code] for code in listed)])
    problems = counted(
        run,
        f'select department, severity, count(*) from {{findings}} join {OWNER} on source = owner."table" '
        "where direction = '数据问题' group by all",
    )
    for department, _, errors, warnings, _ in rows_of(page, "owed"):
        assert_same([errors, warnings], [problems[department, "错误"], problems[department, "警告"]])
    rows = counted(run, 'select "table", sum(accepted) from {inputs} group by all')
    linked = counted(run, 'select "table", sum(linked) from {inputs} group by all')
    shown = [assert_same(line[-2:], [rows[line[1]], linked[line[1]]]) for line in rows_of(page, "coverage")]
    assert sum(shown) > len(shown)


def test_the_departments_of_the_quality_report(run: Path) -> None:
    problems = counted(
        run,
        f"select coalesce(department, ''), severity, count(*) from {{findings}} left join {OWNER} "
        "on source = owner.\"table\" where direction = '数据问题' group by all",
    )
    rejected = counted(run, "select department, sum(rejected) from {inputs} group by all")
    came = counted(run, "select department, count(*) from {inputs} where result = '已报送' group by all")
    head, rows = table_of(run / "数据质量.xlsx", "部门汇总", "部门")
    assert head[1:] == ["已报工作表", "未报或拒收", "拒收行数", "错误", "警告", "提示"]
    for name, sheets, _, lost, *kinds in rows:
        assert (sheets, lost) == (came[name], rejected[name])
        assert kinds == [problems[name, kind] for kind in head[4:]]
    assert sum(row[5] for row in rows) == sum(n for (_, kind), n in problems.items() if kind == "警告") > 0
    head, rows = table_of(run / "数据质量.xlsx", "问题清单", "序号")
    assert len(rows) == problems.total()
    head, rows = table_of(run / "数据质量.xlsx", "报送情况", "部门")
    for title, column in (
        ("读取", "rows_read"),
        ("接受", "accepted"),
        ("拒收", "rejected"),
        ("命中", "linked"),
    ):
        assert (
            sum(row[head.index(title)] or 0 for row in rows)
            == ask(run, f"select sum({column}) from {{inputs}}")[0][0]
        )


def test_the_covering_list_by_category_and_action(run: Path) -> None:
    head, rows = table_of(run / "报表" / "按镇" / "00封面清单.xlsx", "封面清单", "序号")
    people = counted(run, f"select {GROUP}, town, action, count(*) from {{persons}} group by all")
    at = {title: head.index(title) for title in head[5:-2]}
    assert {"特困人员", "待核实", "新增", "转类", "退出"} <= set(at)
    for row in rows:
        if row[1] is not None:
            for title, place in at.items():
                mine = [
                    number
                    for (group, town, action), number in people.items()
                    if row[1] in (town, "总计")
                    and title == (action if title in ("新增", "转类", "退出") else group)
                ]
                assert row[place] == sum(mine), (row[1], title)


def test_every_department_is_asked_about_its_own_rows(run: Path) -> None:
    asked = counted(
        run,
        f'select department, count(*) from {{findings}} join {OWNER} on source = owner."table" '
        f"where {DOUBTS} group by all",
    )
    book = openpyxl.load_workbook(run / "核对差异.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("问·")]
    assert {name.removeprefix("问·") for name in sheets} == set(asked)
    for name in sheets:
        head, rows = table_of(run / "核对差异.xlsx", name, "序号")
        lines = [row for row in rows if isinstance(row[0], int)]
        assert len(lines) == asked[name.removeprefix("问·")]
        assert {row[head.index("问哪个部门")] for row in lines} == {name.removeprefix("问·")}
    ((without,),) = ask(run, f"select count(*) from {{findings}} where {DOUBTS} and source is null")
    ((every,),) = ask(run, f"select count(*) from {{findings}} where {DOUBTS}")
    assert asked.total() + without == every


def test_the_notes_of_the_meeting_count_its_rows(run: Path) -> None:
    for sheet in openpyxl.load_workbook(run / "报表" / "审核确认会议表.xlsx"):
        rows = list(sheet.iter_rows(values_only=True))
        said = next(
            match for row in rows if (match := re.search(r"本表 (\d+) 户.*?(\d+) 户.*?(\d+) 户", str(row[0])))
        )
        actions = [row[5] for row in rows if isinstance(row[0], int)]
        kept = actions.count("维持")
        assert [int(part) for part in said.groups()] == [len(actions), len(actions) - kept, kept]


def platform_list(month: Path) -> dict[str, list[dict[str, Any]]]:
    """Who is on the platform's own list as it lies in the month's folder, by ID number."""
    listed: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(month.glob("低收入人口动态监测信息平台名单*.xlsx")):
        _, head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        for row in rows:
            values: dict[str, Any] = {str(title): value for title, value in zip(head, row, strict=True)}
            del values["序号"]
            mine = listed.setdefault(str(values["身份证号码"]).strip().upper(), [])
            if values["平台状态"] == "在册" and values["身份证号码"] and values not in mine:
                mine.append(values)
    return {number: rows for number, rows in listed.items() if rows}


def test_the_platform_is_told_of_everybody(run: Path) -> None:
    listed = platform_list(run.parents[2] / PERIOD)
    people = {
        number: (category, status, "防止返贫监测对象" in tags, town)
        for number, category, status, tags, town in ask(
            run, "select id_number, category, status, tags, town from {persons} where id_number is not null"
        )
    }
    met = {number for number, row in people.items() if row[1] == "认定"}
    open_still = {number for number, row in people.items() if row[1] == "待核实"}

    def said(values: dict[str, Any]) -> tuple[str, bool, str]:
        return values["低收入人口类别"], values.get("监测标识") == "是", values["乡镇"]

    def differs(number: str, values: dict[str, Any]) -> bool:
        category, _, marked, town = people[number]
        return said(values) != (category, marked if "监测标识" in values else False, town)

    written: dict[str, list[str]] = {}
    for sheet in ("录入", "变更", "移出"):
        _, rows = table_of(run / "报表" / "平台录入" / "省平台录入.xlsx", sheet, "姓名")
        written[sheet] = [row[1] for row in rows]
        for row in rows if sheet != "移出" else ():
            assert row[2:4] == (people[row[1]][0], "是" if people[row[1]][2] else "否")
    assert sorted(written["录入"]) == sorted(met - set(listed))
    gone = set(listed) - met - open_still
    assert gone - set(people)  # somebody whom the month does not know at all
    twice = [number for number, rows in listed.items() if number in met for _ in rows[1:]]
    assert sorted(written["移出"]) == sorted([*(n for n in gone for _ in listed[n]), *twice])
    changed = {n for n in met & set(listed) if all(differs(n, values) for values in listed[n])}
    assert sorted(written["变更"]) == sorted(changed)
    assert len(written["录入"]) > 5
    assert len(changed) > 5
