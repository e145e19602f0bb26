"""Views of a run: the same bytes as the run's own lists, other formats, an open file, what is refused."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from lic.errors import RunFolderError, UsageError
from lic.runs.canonical import file_sha256
from lic.runs.read import open_run
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.report import ReportResult, report_run
from tests.unit.workflows.county import copy_county, silent


@pytest.fixture(scope="module")
def run(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    month = copy_county(county, tmp_path_factory.mktemp("report"))
    return classify_month(month, ClassifyOptions(), progress=silent).run


def written(run: Path, *only: str, form: str = "xlsx") -> ReportResult:
    return report_run(run, only, form=form, progress=silent)


def test_every_view_of_the_run_has_the_bytes_that_classify_wrote(run: Path) -> None:
    result = written(run)
    same = [
        path for view in result.views for path in view.files if path.name in open_run(run).manifest.outputs
    ]
    assert [path.name for path in same][:3] == ["认定名册.xlsx", "核对差异.xlsx", "数据质量.xlsx"]
    for path in same:
        assert file_sha256(path) == file_sha256(run / path.name)
        assert path.stat().st_mode & 0o077 == 0


def test_a_view_by_name_and_a_single_list(run: Path) -> None:
    (view,) = written(run, "认定名册/待核实").views
    assert [path.name for path in view.files] == ["认定名册-待核实.xlsx"]
    assert openpyxl.load_workbook(view.files[0]).sheetnames == ["待核实"]


def test_csv_keeps_numbers_and_parquet_keeps_types(run: Path) -> None:
    persons = open_run(run).result.persons
    (lists,) = written(run, "认定名册", form="csv").views
    path = next(item for item in lists.files if item.stem == "新增")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    entered = [row for row in persons.to_pylist() if row["action"] == "新增"]
    assert sorted(row["身份证号"] for row in rows) == sorted(f"{row['id_number']}\t" for row in entered)

    (tables,) = written(run, "认定名册", form="parquet").views
    found = pq.read_table(next(item for item in tables.files if item.stem == "新增"))
    assert sorted(found["身份证号"].to_pylist()) == sorted(row["id_number"] for row in entered)
    assert {str(kind) for kind in found.schema.types} <= {"int64", "string"}


def test_a_csv_list_read_by_duckdb_has_as_many_rows_as_the_parquet(run: Path) -> None:
    (texts,) = written(run, "核对差异", form="csv").views
    (tables,) = written(run, "核对差异", form="parquet").views
    for text, table in zip(texts.files, tables.files, strict=True):
        query = f"select count(*) from read_csv('{text.as_posix()}', all_varchar=true)"
        counted = duckdb.connect().execute(query).fetchone()
        assert counted == (pq.read_metadata(table).num_rows,), text.name


def test_an_open_workbook_is_written_beside_and_said(run: Path) -> None:
    def held(source: Path, target: Path) -> object:
        """As Windows does while Excel has the workbook open."""
        if target.name == "认定名册.xlsx":
            raise PermissionError(13, "in use")
        return source.rename(target)

    for number in (2, 3):
        (view,) = report_run(run, ["认定名册"], progress=silent, rename=held).views
        assert [path.name for path in view.files] == [f"认定名册 ({number}).xlsx"]
        assert f"认定名册 ({number}).xlsx" in view.beside[0].message
        assert file_sha256(view.files[0]) == file_sha256(run / "认定名册.xlsx")


def test_an_open_workbook_in_a_folder_leaves_the_old_folder(run: Path) -> None:
    (first,) = written(run, "按镇").views

    def held(source: Path, target: Path) -> object:
        if source.name == "按镇":
            raise PermissionError(13, "in use")
        return source.rename(target)

    (second,) = report_run(run, ["按镇"], progress=silent, rename=held).views
    assert {path.parent.name for path in first.files} == {"按镇"}
    assert {path.parent.name for path in second.files} == {"按镇 (2)"}
    assert all(path.is_file() for path in (*first.files, *second.files))


def test_views_come_from_the_run_alone(run: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    run.rename(moved)
    (view,) = written(moved, "认定名册").views
    assert file_sha256(view.files[0]) == file_sha256(moved / "认定名册.xlsx")
    moved.rename(run)


@pytest.mark.parametrize(
    ("only", "form", "code"),
    [("没有", "xlsx", "W200"), ("认定名册/没有", "xlsx", "W200"), ("认定名册", "docx", "W203")],
)
def test_what_is_not_there_is_said_with_what_there_is(run: Path, only: str, form: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        written(run, only, form=form)
    assert caught.value.code == code
    assert caught.value.params["known"]


def test_a_run_of_an_older_lic_is_named_as_such(run: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(run, old)
    (old / "evidence" / "report.json").unlink()
    account = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    del account["outputs"]["evidence/report.json"]
    (old / "manifest.json").write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(RunFolderError) as caught:
        written(old)
    assert caught.value.code == "W204"


def test_the_lists_do_not_need_the_rules(run: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(run, bare)
    account = json.loads((bare / "manifest.json").read_text(encoding="utf-8"))
    account["outputs"] = {
        name: sha for name, sha in account["outputs"].items() if not name.startswith("rules/")
    }
    (bare / "manifest.json").write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(bare / "rules")
    for view in written(bare, "认定名册", "核对差异").views:
        assert file_sha256(view.files[0]) == file_sha256(run / view.files[0].name)


def test_no_run_no_views(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError) as caught:
        written(tmp_path)
    assert caught.value.code == "W005"
