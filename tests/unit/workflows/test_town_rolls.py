"""The roll of a second month: totals recomputed with DuckDB, compared with the month before, cut by town."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import openpyxl
import pytest

from lic.workflows.classify import ClassifyOptions, ClassifyResult, classify_month
from tests.unit.workflows.county import make_county, silent

ACTIONS = ("新增", "维持", "转类", "退出", "待核实", "无")


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[ClassifyResult]:
    last = make_county(tmp_path_factory.mktemp("two"), months=2)
    folders = sorted(path for path in last.parent.iterdir() if path.name.startswith("20"))
    # The newest month was classified first, before the other had a run.
    return [classify_month(folder, ClassifyOptions(by_town=True), progress=silent) for folder in folders]


def counts(run: Path, table: str) -> Counter[tuple[str, str | None, str]]:
    rows = (
        duckdb.connect()
        .execute(
            f"""select case when status = '认定' then category else status end, town, action, count(*)
        from read_parquet('{(run / table).as_posix()}.parquet') group by all"""
        )
        .fetchall()
    )
    return Counter({(group, town, action): number for group, town, action, number in rows})


def summary(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path)["汇总"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    start = next(index for index, row in enumerate(rows) if row[0] == "类别")
    return [row for row in rows[start + 1 :] if row[0]]


def test_every_total_of_the_summary_is_in_the_tables(months: list[ClassifyResult]) -> None:
    before, now = months
    people, homes = counts(now.run, "persons"), counts(now.run, "households")
    old_people, old_homes = counts(before.run, "persons"), counts(before.run, "households")

    def total(
        found: Counter[tuple[str, str | None, str]], row: tuple[object, ...], action: str | None
    ) -> int:
        return sum(
            number
            for (group, town, of_action), number in found.items()
            if row[0] in (group, "总计")
            and (row[1] in (town, "合计", None, "") or (row[1] == "（未填镇）" and town is None))
            and action in (None, of_action)
        )

    rows = summary(now.run / "认定名册.xlsx")
    assert rows[-1][0] == "总计"
    for row in rows:
        expected = [total(homes, row, None), total(people, row, None)]
        for action in ACTIONS:
            expected += [total(homes, row, action), total(people, row, action)]
        expected += [expected[0] - total(old_homes, row, None), expected[1] - total(old_people, row, None)]
        assert list(row[2:]) == expected, row[:2]
    manifest = now.manifest
    assert rows[-1][2:4] == (manifest.funnel.households, manifest.funnel.persons)


def test_the_first_month_has_nothing_to_compare_with(months: list[ClassifyResult]) -> None:
    assert all(len(row) == 16 for row in summary(months[0].run / "认定名册.xlsx"))


def test_leaving_since_goes_back_without_a_gap(months: list[ClassifyResult]) -> None:
    before, now = months
    leaving = (
        duckdb.connect()
        .execute(
            f"""select id_number, id_number in (
            select id_number from read_parquet('{(before.run / "persons.parquet").as_posix()}')
            where action = '退出' and id_number is not null) as earlier
        from read_parquet('{(now.run / "persons.parquet").as_posix()}')
        where action = '退出' and id_number is not null"""
        )
        .fetchall()
    )
    expected = {
        number: before.manifest.period if earlier else now.manifest.period for number, earlier in leaving
    }
    sheet = openpyxl.load_workbook(now.run / "认定名册.xlsx")["建议退出"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    start = next(index for index, row in enumerate(rows) if row[0] == "序号")
    since = rows[start].index("建议起始月")
    found = {row[3]: row[since] for row in rows[start + 1 :] if isinstance(row[0], int) and row[3]}
    assert found == expected
    assert before.manifest.period in expected.values()


def test_towns_are_views_beside_the_run(months: list[ClassifyResult]) -> None:
    now = months[1]
    folder = now.run / "报表" / "按镇"
    assert {path.name for path in folder.iterdir()} == {path.name for path in now.views}
    assert not any(name.startswith("报表") for name in now.manifest.outputs)
    people = counts(now.run, "persons")
    rows = summary(next(path for path in now.views if path.name != "00封面清单.xlsx"))
    town = next(row[1] for row in rows if row[1] not in ("合计", None))
    assert rows[-1][3] == sum(number for (_, of_town, _), number in people.items() if of_town == town)
    again = classify_month(
        now.run.parents[2] / now.manifest.period, ClassifyOptions(by_town=True), progress=silent
    )
    assert again.repeated
    assert again.views == now.views
