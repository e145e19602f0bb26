"""classify from folder to run: what is written, when nothing is, and what stops it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lic.errors import InputError, RulesError, RunBlocked, RunFolderError, UsageError
from lic.model.result import FINDING_SCHEMA, HOUSEHOLD_SCHEMA, INPUT_SCHEMA, PERSON_SCHEMA
from lic.runs.canonical import content_sha256, file_sha256, read_table
from lic.runs.manifest import hashed_files
from lic.workflows.classify import ClassifyOptions, ClassifyResult, classify_month
from tests.unit.workflows.county import remove, silent

ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
SCHEMAS = {
    "persons": PERSON_SCHEMA,
    "households": HOUSEHOLD_SCHEMA,
    "findings": FINDING_SCHEMA,
    "inputs": INPUT_SCHEMA,
}


def run(month: Path, **options: object) -> ClassifyResult:
    return classify_month(month, ClassifyOptions(**options), progress=silent)  # type: ignore[arg-type]


def test_a_run_is_complete_and_its_manifest_true(month: Path) -> None:
    result = run(month)
    assert result.run == month.parent / "runs" / "2026-10" / "01"
    assert not result.repeated
    manifest = result.manifest
    assert sorted(manifest.outputs) == [
        path.relative_to(result.run).as_posix() for path in hashed_files(result.run)
    ]
    assert {name: file_sha256(result.run / name) for name in manifest.outputs} == manifest.outputs
    for name, schema in SCHEMAS.items():
        table = read_table(result.run / f"{name}.parquet")
        assert content_sha256(table) == manifest.content[name]
        assert table.schema.names[: len(schema)] == schema.names
        assert [field.type for field in table.schema][: len(schema)] == schema.types
    assert {path.suffix for path in result.run.glob("*.xlsx")} == {".xlsx"}
    assert len(list(result.run.glob("*.xlsx"))) == 3
    assert (result.run / "rules" / "lic.yaml").read_bytes() == (month.parent / "lic.yaml").read_bytes()


def test_the_funnel_reconciles_with_the_tables(month: Path) -> None:
    result = run(month)
    funnel = result.manifest.funnel
    assert funnel.problems() == ()
    assert funnel.persons == pq.read_metadata(result.run / "persons.parquet").num_rows
    assert funnel.households == pq.read_metadata(result.run / "households.parquet").num_rows
    assert sum(item.persons for item in result.manifest.counts) == funnel.persons
    assert sum(item.households for item in result.manifest.counts) == funnel.households
    assert funnel.persons > 50


def test_nothing_personal_and_no_clock_in_manifest_and_log(month: Path) -> None:
    folder = run(month).run
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    assert not ID.search(manifest)
    assert str(month.parent) not in manifest
    assert not ID.search((folder / "run.log").read_text(encoding="utf-8"))
    assert "run.log" not in json.loads(manifest)["outputs"]


def test_the_same_question_writes_nothing(month: Path) -> None:
    first = run(month)
    again = run(month)
    assert again.repeated
    assert again.run == first.run
    assert again.manifest == first.manifest
    assert sorted(path.name for path in first.run.parent.iterdir()) == ["01", "latest.txt"]


def test_another_question_is_another_run(month: Path) -> None:
    run(month)
    assert run(month, as_of="2026-10-15").run.name == "02"
    config = month.parent / "lic.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("7200", "7300"), encoding="utf-8")
    assert run(month).run.name == "03"
    remove(month, "机动车*")
    assert run(month).run.name == "04"


def test_same_bytes_with_and_without_cache(month: Path, tmp_path: Path) -> None:
    first = run(month, out=tmp_path / "a")
    second = run(month, out=tmp_path / "b", use_cache=False)
    names = [path.relative_to(first.run) for path in hashed_files(first.run)]
    assert names == [path.relative_to(second.run) for path in hashed_files(second.run)]
    for name in [*names, Path("manifest.json")]:
        assert (first.run / name).read_bytes() == (second.run / name).read_bytes(), name


def test_only_the_promised_places_are_written(month: Path) -> None:
    before = {path: path.read_bytes() for path in month.rglob("*") if path.is_file()}
    run(month)
    assert {path: path.read_bytes() for path in month.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in month.parent.iterdir()) == [".lic", "2026-10", "lic.yaml", "runs"]
    assert not [path for path in (month.parent / ".lic").iterdir() if path.name.startswith(".draft")]


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_everything_is_private(month: Path) -> None:
    folder = run(month).run
    assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]} == {0}


def test_explicit_destination(month: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(month, out=out).run == out
    assert run(month, out=out).repeated
    with pytest.raises(RunFolderError) as caught:
        run(month, out=out, as_of="2026-10-15")
    assert caught.value.code == "W002"
    assert not run(month, out=out, as_of="2026-10-15", force=True).repeated
    with pytest.raises(RunFolderError):
        run(month, out=month / "out")
    with pytest.raises(RunFolderError):
        run(month, out=month.parent)


def test_a_missing_department_is_named_and_undecides(month: Path) -> None:
    full = run(month).manifest
    remove(month, "养老保险*")
    less = run(month).manifest
    assert [item.table for item in less.not_delivered] == ["养老待遇"]
    assert less.not_delivered[0].department == "人力资源和社会保障局"
    assert less.funnel.households_by_status["待核实"] > full.funnel.households_by_status["待核实"]
    assert full.not_delivered == ()


def test_an_optional_table_that_did_not_come_is_not_compared(month: Path) -> None:
    remove(month, "机动车*")
    manifest = run(month).manifest
    assert "机动车" in [item.table for item in manifest.not_compared]
    assert manifest.not_delivered == ()


def test_one_half_of_a_register_is_the_whole_register(month: Path) -> None:
    remove(month, "城市低保人员*")
    assert ("救助人员", "城市低保") in [(item.table, item.part) for item in run(month).manifest.not_delivered]
    config = month.parent / "lic.yaml"
    text = config.read_text(encoding="utf-8").replace("不设登记: []", "不设登记: [城市低保]")
    config.write_text(text, encoding="utf-8")
    assert run(month).manifest.not_delivered == ()


def test_without_register_and_application_nothing_is_decided(month: Path) -> None:
    remove(month, "*人员查询*", "*申请家庭*")
    with pytest.raises(InputError) as caught:
        run(month)
    assert caught.value.code == "G001"
    assert not (month.parent / "runs").exists()


def test_an_unreadable_folder_says_why(month: Path) -> None:
    for path in month.iterdir():
        path.unlink()
    (month / "空.xlsx").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        run(month)
    assert caught.value.code == "G002"
    assert any("空.xlsx" in note for note in caught.value.__notes__)


def test_every_problem_of_lic_yaml_comes_at_once(month: Path) -> None:
    config = month.parent / "lic.yaml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("不设登记: []", "不设登记: [城市低]\n镇长: x").replace("  低保标准:", "  低保标淮:")
    config.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        run(month)
    found = {(item.code, item.suggestion) for item in caught.value.problems}
    assert {("G004", "城市低保"), ("R004", "镇"), ("R045", "低保标准")} <= found
    assert {item.file for item in caught.value.problems} == {"lic.yaml"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"as_of": "31.10.2026"}, "W103"),
        ({"period": "2026-13"}, "W104"),
        ({"rules": Path("/nowhere")}, "W107"),
    ],
)
def test_usage(month: Path, options: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        run(month, **options)
    assert caught.value.code == code


def test_folders_that_are_no_month(month: Path, tmp_path: Path) -> None:
    for folder, code in [(tmp_path / "none", "W101"), (month.parent, "W102")]:
        with pytest.raises(UsageError) as caught:
            run(folder)
        assert caught.value.code == code
    (tmp_path / "2026-10").mkdir()
    with pytest.raises(UsageError) as caught:
        run(tmp_path / "2026-10")
    assert caught.value.code == "W105"


def test_a_table_that_is_insisted_on_stops_the_lists(month: Path) -> None:
    answered = run(month, require=("养老待遇",)).run
    remove(month, "养老保险*")
    for _ in range(2):  # the same question again finds the same account
        with pytest.raises(RunBlocked) as caught:
            run(month, require=("养老待遇",))
    assert (caught.value.exit_code, caught.value.code) == (5, "G010")
    assert any("G020" in note and "养老待遇" in note for note in caught.value.__notes__)
    kept = sorted(path.name for path in answered.parent.iterdir() if path.is_dir())
    assert kept == ["01", "阻断-01"]
    assert not list((answered.parent / "阻断-01").glob("认定名册*"))
    findings = pq.read_table(answered.parent / "阻断-01" / "findings.parquet").to_pylist()
    assert [(row["source"], row["severity"]) for row in findings if row["code"] == "G020"] == [
        ("养老待遇", "错误")
    ]
    assert run(month).run.name == "02"  # without insisting the month is decided, and what lacks is unknown
    with pytest.raises(RunBlocked):
        run(month, require=("养老待遇",))


def test_a_table_that_nobody_knows_cannot_be_insisted_on(month: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run(month, require=("养老",))
    assert caught.value.code == "W110"
