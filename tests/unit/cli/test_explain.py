"""``lic explain`` as a person meets it: who, what, how far, what is missing; nothing unmasked."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lic.cli.main import main
from lic.messages.base import household_digits
from lic.runs.canonical import file_sha256
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.unit.workflows.county import copy_county, remove, silent

ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(county: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.chdir(county.parent)

    def say(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["explain", *(str(item) for item in arguments)])
        captured = capsys.readouterr()
        if "--show-ids" not in arguments:
            assert not ID.search(captured.out + captured.err)
        return code, captured.out, captured.err

    return say


@pytest.fixture(scope="module")
def persons(county: Path) -> list[dict[str, Any]]:
    table = pq.read_table(county.parent / "runs" / county.name / "01" / "persons.parquet")
    return [row for row in table.to_pylist() if row["id_number"]]


def test_a_household_says_what_it_is_and_how_far(said: Said, persons: list[dict[str, Any]]) -> None:
    row = next(row for row in persons if row["status"] == "认定" and row["basis"] == "户")
    code, out, _ = said(row["household_no"])
    assert code == 0
    assert row["category"] in out
    assert "低保线" in out
    assert re.search(r"(高出|低) [\d.]+ 元/年", out)
    assert "完全一致" in out
    assert "疑点不等于违规" in out


def spaced(text: str) -> str:
    return f" {text[:6]} {text[6:]} "


def full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.mark.parametrize("typed", [str, str.lower, spaced, full_width])
def test_a_number_is_taken_as_typed(
    said: Said, persons: list[dict[str, Any]], typed: Callable[[str], str]
) -> None:
    row = next((row for row in persons if row["id_number"].endswith("X")), persons[0])
    code, out, _ = said(typed(row["id_number"]))
    assert code == 0
    assert f"本人  {row['name']}" in out


def test_fifteen_digits_are_the_same_person(said: Said, persons: list[dict[str, Any]]) -> None:
    row = next(row for row in persons if row["id_number"][6:8] == "19")
    old = row["id_number"][:6] + row["id_number"][8:17]
    assert f"本人  {row['name']}" in said(old)[1]


def test_ids_are_shown_only_when_asked(said: Said, persons: list[dict[str, Any]]) -> None:
    number = persons[0]["id_number"]
    assert number in said(number, "--show-ids")[1]
    assert number in said(number, "--show-ids", "--json")[1]


def test_unknown_numbers_are_answered_with_near_ones(said: Said, persons: list[dict[str, Any]]) -> None:
    household = persons[0]["household_no"]
    code, _, err = said(household[:-1])
    assert code == 2
    assert "W150" in err
    assert household[:-2] in err
    code, _, err = said("610999190001010003")
    assert code == 2
    assert "W151" in err
    assert "610999********0003" in err


def test_nothing_or_both_is_usage(said: Said) -> None:
    assert said()[0] == 2
    assert said("1", "--town", "x")[0] == 2


def test_json_holds_inputs_and_parameters(said: Said, persons: list[dict[str, Any]]) -> None:
    answer = json.loads(said(persons[0]["household_no"], "--json")[1])
    assert answer["matches"] is True
    assert answer["explanation"]["verdict"]["rows"]
    assert any(item.get("row") for item in answer["inputs"])
    assert all(item["reference"] for item in answer["parameters"])


def test_the_tree_names_rules_cells_and_references(said: Said, persons: list[dict[str, Any]]) -> None:
    _, out, _ = said(persons[0]["household_no"], "--full")
    text = out.replace("\n", "")
    assert "rules/" in text
    assert re.search(r"第 \d+ 行", text)
    assert "石办函" in text


def test_the_page_stands_alone(said: Said, persons: list[dict[str, Any]], tmp_path: Path) -> None:
    page = tmp_path / "说明.html"
    assert said(persons[0]["household_no"], "--html", page)[0] == 0
    text = page.read_text(encoding="utf-8")
    assert not ID.search(text)
    assert "http" not in text
    assert "@page" in text
    assert said(persons[0]["household_no"], "--html", tmp_path / "none" / "x.html")[0] == 2


def test_a_town_gets_a_list_by_department(county: Path, tmp_path: Path, said: Said) -> None:
    month = copy_county(county, tmp_path)
    remove(month, "养老保险*")
    run = classify_month(month, ClassifyOptions(), progress=silent).run
    households = pq.read_table(run / "households.parquet").to_pylist()
    town = next(row["town"] for row in households if row["status"] == "待核实")
    code, out, _ = said("--town", town, "--run", run)
    assert code == 0
    assert "养老待遇（整张表）" in out
    assert "没有报送" in out
    answer = json.loads(said("--town", town, "--run", run, "--json")[1])
    undecided = {row["household_no"] for row in households if row["town"] == town and row["missing"]}
    assert undecided <= {row["household_no"] for row in answer["missing"]}
    code, _, err = said("--town", town[:-1], "--run", run)
    assert code == 2
    assert town in err


def test_a_record_that_differs_is_said(
    county: Path, said: Said, persons: list[dict[str, Any]], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(county.parent / "runs" / county.name / "01", run)
    file = run / "households.parquet"
    table = pq.read_table(file)
    at = table.column_names.index("status")
    pq.write_table(table.set_column(at, "status", pa.array(["不符合"] * len(table))), file)
    manifest = run / "manifest.json"
    account = json.loads(manifest.read_text(encoding="utf-8"))
    account["outputs"]["households.parquet"] = file_sha256(file)
    manifest.write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    row = next(row for row in persons if row["status"] == "认定")
    code, out, _ = said(row["household_no"], "--run", run)
    assert code == 1
    assert "复算与记录不一致" in out


def test_outside_a_workspace_a_run_must_be_named(
    said: Said, persons: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = said(persons[0]["household_no"])
    assert code == 2
    assert "W152" in err


def test_who_is_on_no_list_is_told_where_he_was_seen(county: Path, said: Said) -> None:
    run = county.parent / "runs" / county.name / "01"
    known = set(pq.read_table(run / "persons.parquet").column("id_number").to_pylist())
    numbers = {
        number
        for file in (county.parent / ".lic").rglob("*.parquet")
        for name in ("身份证号", "证件号码")
        if name in pq.read_schema(file).names
        for number in pq.read_table(file).column(name).to_pylist()
        if number and number not in known
    }
    code, _, err = said(min(numbers))
    assert code == 2
    assert "W151" in err
    assert re.search(r"见于 \S+（2026-\d\d/.+ 第 \d+ 行）", err)


def test_a_long_household_number_is_not_taken_for_an_id(said: Said, persons: list[dict[str, Any]]) -> None:
    row = next(row for row in persons if re.search(r"\d{16}", row["household_no"]))
    _, out, _ = said(row["household_no"])
    assert row["household_no"] in out
    assert household_digits(["JC-6109000200000410", row["id_number"]]) == {"6109000200000410"}
