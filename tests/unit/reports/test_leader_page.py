"""The leader's page: right numbers, nobody to be recognised, readable by everybody, offline."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from lic.reports.book import LastMonth, ReportInput
from lic.reports.leader_page import leader_page
from tests.snapshots import Snapshot
from tests.unit.reports.made import made_report, person
from tests.unit.reports.pages import page_faults, page_text, rows_of

TOWNS = ("西镇", "东镇", "空镇")


def crowded() -> ReportInput:
    """Many families in two towns, some alone in their group; last month they stood elsewhere."""
    report = made_report()
    kinds = [
        ("认定", "甲类", "维持"),
        ("认定", "乙类", "新增"),
        ("待核实", None, "待核实"),
        ("不符合", None, "无"),
    ]
    people = []
    for index in range(120):
        status, category, action = kinds[0 if index < 90 else index % 4]
        number = f"C{index:03d}"
        values = {"status": status, "category": category, "action": action, "town": TOWNS[index % 7 == 0]}
        people.append(person(number, None, name=f"某{index}", **values))
    persons = pa.Table.from_pylist(people, report.result.persons.schema)
    homes = pa.Table.from_pylist(
        [{**row, "head_name": row["name"]} for row in people], report.result.households.schema
    )
    moves = pa.table(
        {
            "before": ["甲类", "甲类", "乙类", None],
            "after": ["甲类", "乙类", "乙类", "甲类"],
            "persons": [80, 1, 9, 18],
            "households": [80, 1, 9, 18],
        }
    )
    nothing = pa.table({name: pa.array([], pa.string()) for name in ("group", "town", "action")})
    last = LastMonth("2026-09", nothing, nothing, moves)
    return replace(report, result=replace(report.result, persons=persons, households=homes), last_month=last)


def empty() -> ReportInput:
    report = made_report()
    tables = report.result.tables().values()
    return replace(report, result=type(report.result)(*(table.slice(0, 0) for table in tables)))


REPORTS = {"made": made_report, "crowded": crowded, "empty": empty}


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_for_everybody(name: str, snapshot: Snapshot) -> None:
    html = leader_page(REPORTS[name]()).html
    assert page_faults(html) == []
    assert html == leader_page(REPORTS[name]()).html
    snapshot.matches(f"leader_{name}.txt", page_text(html))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' lang="zh-CN"', "", "lang"),
        ("<h2 ", "<h4 ", "followed by h4"),
        (' scope="col"', "", "scope"),
        ("--soft: #4a5766", "--soft: #9aa5b1", "--soft on"),
        ("svg .b { fill: #1f4e87", "svg .b { fill: #cfe0f5", ".b on white"),
        ('role="img"', "", "svg without role"),
        ("</main>", '<script src="https://example.org/x.js"></script></main>', "script"),
    ],
)
def test_the_checker_can_fail(old: str, new: str, fault: str) -> None:
    html = leader_page(made_report()).html.replace(old, new)
    assert any(fault in item for item in page_faults(html))


def test_nobody_can_be_recognised() -> None:
    for report in (made_report(), crowded()):
        html = leader_page(report).html
        for table in (report.result.persons, report.result.households):
            for column in ("id_number", "name", "household_no", "head_name", "village"):
                if column in table.column_names:
                    told = [value for value in table.column(column).to_pylist() if value and value in html]
                    assert told == []


def test_small_groups_are_not_shown_and_sums_do_not_give_them_away() -> None:
    html = leader_page(crowded()).html
    towns = rows_of(html, "towns")
    assert not {"1", "2"} & {cell for row in towns for cell in row[1:]}
    assert any("&lt;3户" in row for row in towns)
    for row in towns:
        assert Counter(row[1:-2])["&lt;3户"] + Counter(row[1:-2])["＊"] != 1


def test_numbers_are_those_of_the_tables() -> None:
    report = crowded()
    html = leader_page(report).html
    groups = Counter(
        row["category"] if row["status"] == "认定" else row["status"]
        for row in report.result.persons.to_pylist()
    )
    lines = {row[0]: row for row in rows_of(html, "categories")}
    for group, count in groups.items():
        assert lines[group][2] == str(count)
    assert lines["合计"][2] == "120"
    assert lines["甲类"][-1] == f"{groups['甲类'] - 81:+d}"


def test_a_hidden_number_is_not_given_away_by_its_place() -> None:
    report = made_report()
    row = report.result.findings.filter(pc.not_equal(report.result.findings["direction"], "数据问题"))
    (one,) = row.slice(0, 1).to_pylist()
    found = []
    for code, homes, each in (("K001", 9, 1), ("K002", 1, 7), ("K003", 5, 1), ("K004", 2, 9), ("K005", 3, 1)):
        for home in range(homes):
            found += [{**one, "code": code, "household_no": f"{code}{home}"}] * each
    findings = pa.Table.from_pylist(found, report.result.findings.schema)
    html = leader_page(replace(report, result=replace(report.result, findings=findings))).html
    lines = [(line[0], line[-1]) for line in rows_of(html, "top")]
    hidden = ("&lt;3户", "＊")
    codes = [code for code, number in lines[:-1] if number in hidden]
    assert {"K002", "K004"} <= set(codes)
    assert codes == sorted(codes)
    assert [code for code, _ in lines[: -1 - len(codes)]] == [
        code for code, number in lines[:-1] if number not in hidden
    ]


def test_few_rows_of_a_table_are_not_shown_either() -> None:
    report = made_report()
    inputs = report.result.inputs.to_pylist()
    inputs[0] |= {"linked": 2}
    changed = replace(report.result, inputs=pa.Table.from_pylist(inputs, report.result.inputs.schema))
    lines = {row[1]: row for row in rows_of(leader_page(replace(report, result=changed)).html, "coverage")}
    assert lines["丁表"][-1] == "&lt;3"
