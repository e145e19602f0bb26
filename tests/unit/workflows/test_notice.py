"""``lic notice`` on a made-up county: who is listed, who signs, where the files go."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from lic.cli.main import main
from lic.errors import RulesError, UsageError
from lic.runs.folder import runs_of
from lic.runs.read import check_files, open_run
from lic.workflows.notice import NoticeOptions, NoticeResult, write_notices
from tests.unit.workflows.county import PERIOD, silent

ID = re.compile(r"\d{15,}")


@pytest.fixture
def run(county: Path, tmp_path: Path) -> Path:
    """The run of a workspace of its own."""
    shutil.copytree(county.parent, tmp_path / "own")
    return runs_of(tmp_path / "own" / "runs" / PERIOD)[-1]


def written(run: Path, **values: object) -> NoticeResult:
    return write_notices(run, NoticeOptions(**values), progress=silent)  # type: ignore[arg-type]


def rows(path: Path) -> list[tuple[object, ...]]:
    """The rows of all lists of a workbook."""
    found: list[tuple[object, ...]] = []
    for sheet in openpyxl.load_workbook(path):
        cells = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        head = next(index for index, row in enumerate(cells) if row[0] == "序号")
        found += [row for row in cells[head + 1 :] if isinstance(row[0], int)]
    return found


def test_who_is_listed_is_what_the_run_proposes(run: Path) -> None:
    result = written(run, start="2026-11-02")
    listed = {
        (item.town, *row[1:])
        for item in result.towns
        for path in item.files
        if path.suffix == ".xlsx"
        for row in rows(path)
    }
    query = f"""
        with groups as (
            select household_no, category, count(*) as covered,
                bool_or(action in ('新增', '转类')) as proposed
            from read_parquet('{(run / "persons.parquet").as_posix()}')
            where status = '认定' group by all)
        select town, head_name, town || village, members, covered, groups.category
        from groups join read_parquet('{(run / "households.parquet").as_posix()}') using (household_no)
        where proposed"""
    expected = set(duckdb.connect().execute(query).fetchall())
    assert expected
    assert listed == expected
    for item in result.towns:
        assert bool(item.files) is bool(item.households)
        for path in item.files:
            if path.suffix == ".html":
                assert not ID.search(path.read_text(encoding="utf-8"))
    check_files(run, open_run(run).manifest)  # the run itself is as it was


def test_the_same_bytes_twice_and_stale_files_vanish(run: Path) -> None:
    first = {path: path.read_bytes() for item in written(run, everybody=True).towns for path in item.files}
    folder = next(iter(first)).parent
    stale = folder / "没有的镇公示.xlsx"
    stale.write_bytes(b"")
    again = {path: path.read_bytes() for item in written(run, everybody=True).towns for path in item.files}
    assert again == first
    assert not stale.exists()
    assert sorted(folder.iterdir()) == sorted(first)


def test_one_town_leaves_the_others(run: Path) -> None:
    result = written(run, everybody=True)
    town = result.towns[0].town
    before = sorted(result.towns[1].files[0].parent.iterdir())
    alone = written(run, town=town, everybody=True)
    assert [item.town for item in alone.towns] == [town]
    assert sorted(before[0].parent.iterdir()) == before


def test_a_town_that_is_not_there(run: Path) -> None:
    town = written(run).towns[0].town
    with pytest.raises(UsageError) as near:
        written(run, town=town[:-1])
    assert (near.value.code, near.value.params["suggestion"]) == ("W501", town)
    with pytest.raises(UsageError) as far:
        written(run, town="abc")
    assert far.value.code == "W504"
    with pytest.raises(UsageError) as day:
        written(run, start="2026-11-31")
    assert day.value.code == "W500"


def test_a_known_town_without_anybody_gets_a_paper_that_says_so(run: Path) -> None:
    config = run.parents[2] / "lic.yaml"
    assert "镇: [" in config.read_text(encoding="utf-8")
    empty = next(item for item in written(run).towns if not item.households)
    alone = written(run, town=empty.town)
    assert [path.suffix for path in alone.towns[0].files] == [".xlsx", ".html"]
    assert "没有需要公示的家庭" in alone.towns[0].files[1].read_text(encoding="utf-8")


def test_where_it_may_be_written(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "别的.xlsx").write_bytes(b"")
    result = written(run, out=out)
    assert {path.parent for item in result.towns for path in item.files} == {out}
    assert (out / "别的.xlsx").exists()
    for refused in (run, run / "evidence", out / "别的.xlsx"):
        with pytest.raises(UsageError) as error:
            written(run, out=refused)
        assert error.value.code == "W503"
    month = run.parents[2] / PERIOD
    with pytest.raises(UsageError) as error:
        written(run, out=month)
    assert error.value.code == "W503"


def _say(run: Path, text: str) -> None:
    config = run.parents[2] / "lic.yaml"
    config.write_text(config.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_who_answers_and_signs(run: Path) -> None:
    first, second = (item.town for item in written(run, everybody=True).towns[:2])
    _say(
        run,
        f"公示: {{监督电话: 示例电话甲, 落款: 某县民政局, 各镇: {{{first}: {{监督电话: 示例电话乙}}}}}}\n",
    )
    result = written(run, start="2026-11-07", everybody=True)
    assert result.period is not None
    assert str(result.period.end) == "2026-11-16"
    assert not {"W510", "W511", "W512"} & {hint.code for hint in result.hints}
    pages = {
        item.town: path.read_text(encoding="utf-8")
        for item in result.towns
        for path in item.files
        if path.suffix == ".html"
    }
    assert "监督电话：示例电话乙" in pages[first]
    assert "监督电话：示例电话甲" in pages[second]
    assert all("某县民政局" in page and "2026年11月16日" in page for page in pages.values())


def test_hints_name_what_is_left_blank(run: Path) -> None:
    assert {"W510", "W511", "W512"} <= {hint.code for hint in written(run).hints}
    hints = {hint.code: hint.message for hint in written(run, start="2026-12-28").hints}
    assert "2027" in hints["W513"]
    assert "W515" in {hint.code for hint in written(run, start="2025-11-02").hints}


def test_a_town_in_the_notice_section_must_be_one_of_the_county(run: Path) -> None:
    town = written(run).towns[0].town
    _say(run, f"公示: {{各镇: {{{town}们: {{落款: 某}}}}}}\n")
    with pytest.raises(RulesError) as error:
        written(run)
    assert [(item.code, item.suggestion) for item in error.value.problems] == [("R117", town)]


def test_a_run_that_lies_elsewhere_goes_by_its_own_copies(run: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "01"
    shutil.copytree(run, moved)
    result = written(moved, start="2026-11-02")
    assert result.period is not None
    assert all(path.is_relative_to(moved) for item in result.towns for path in item.files)


def test_the_screen_and_the_object(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", str(run), "--from", "2026-11-02"]) == 0
    out = capsys.readouterr().out
    assert "公示期 2026-11-02 至 2026-11-09" in out
    assert "W511" in out
    assert main(["notice", str(run), "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["from"], value["until"]) == (None, None)
    assert {"code", "message", "remedy"} == set(value["hints"][0])
    assert main(["notice", str(run), "--town", "没有"]) == 2
    assert "W50" in capsys.readouterr().err
