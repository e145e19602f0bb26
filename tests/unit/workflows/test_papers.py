"""The county's own papers as views of a run: everybody is on them once, and nothing unmasked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from lic.runs.folder import runs_of
from lic.workflows import economy
from lic.workflows.report import report_run
from tests.unit.workflows.county import PERIOD, silent

ID = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


@pytest.fixture(scope="module")
def run(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a workspace of its own, with the papers that are written without being named."""
    own = tmp_path_factory.mktemp("papers") / "own"
    shutil.copytree(county.parent, own)
    found = runs_of(own / "runs" / PERIOD)[-1]
    report_run(found, ["核对报告", "审核确认会议表"], progress=silent)
    return found


def query(run: Path, text: str) -> list[tuple[object, ...]]:
    tables = {name: (run / f"{name}.parquet").as_posix() for name in ("households", "findings")}
    tables["declared"] = (run / "evidence" / "households.parquet").as_posix()
    for name, path in tables.items():
        text = text.replace(f"{{{name}}}", f"read_parquet('{path}')")
    return duckdb.connect().execute(text).fetchall()


def test_every_family_that_declared_has_one_report(run: Path) -> None:
    pages = sorted((run / "报表" / "核对报告").iterdir())
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    numbers = re.findall(r"<dt>户编号</dt><dd>([^<]*)</dd>", text)
    expected = query(
        run,
        """select household_no from {households} h join {declared} d using (household_no)
        where roster in ('申请', '在册')""",
    )
    assert sorted(numbers) == sorted(str(row[0]) for row in expected)
    assert text.count("<section>") == len(numbers)
    assert not ID.search(re.sub("|".join(map(re.escape, numbers)), "", text))
    for part in ("一、申报", "二、核对结果", "三、差异"):
        assert text.count(part) == len(numbers)


def test_the_differences_are_the_findings_of_the_run(run: Path) -> None:
    pages = (run / "报表" / "核对报告").iterdir()
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    found = len(re.findall(r"<td>K\d{3}</td>", text)) + sum(
        int(count) for count in re.findall(r"另有 (\d+) 项，见核对差异", text)
    )
    expected = query(
        run,
        """select count(*) from {findings} f join {declared} d using (household_no)
        where direction <> '数据问题' and roster in ('申请', '在册')""",
    )
    assert [(found,)] == expected
    assert found > 0


def test_a_long_town_comes_in_volumes(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = run / "报表" / "核对报告"
    before = {page.name: page.read_text(encoding="utf-8").count("<section>") for page in folder.iterdir()}
    monkeypatch.setattr(economy, "VOLUME", 2)
    report_run(run, ["核对报告"], progress=silent)
    after = {page.name: page.read_text(encoding="utf-8").count("<section>") for page in folder.iterdir()}
    monkeypatch.undo()
    report_run(run, ["核对报告"], progress=silent)
    assert sum(after.values()) == sum(before.values())
    assert max(after.values()) == 2
    assert any("-第2册" in name for name in after)


def test_the_panel_sees_every_family_once(run: Path) -> None:
    book = openpyxl.load_workbook(run / "报表" / "审核确认会议表.xlsx")
    listed = [
        (sheet.title, str(row[1]).split("\n")[1], row[5])
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    expected = query(
        run,
        """select coalesce(h.town, '未填镇'), household_no, action
        from {households} h join {declared} d using (household_no)
        where status <> '不符合' or action in ('新增', '转类', '退出', '待核实')
            or roster in ('申请', '在册')""",
    )
    assert sorted(listed) == sorted(expected)


def test_notices_are_written_by_all_only_when_named(run: Path) -> None:
    everything = report_run(run, progress=silent)
    assert "公示" not in {item.view for item in everything.views}
    named = report_run(run, ["公示"], progress=silent)
    assert {path.suffix for item in named.views for path in item.files} == {".xlsx", ".html"}
