"""From a run to a bundle: frames, plans, the register."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lic.errors import InputError, LicError, RunFolderError, UsageError
from lic.model.audit import FORMS_FILE, FRAME_FILE, MANIFEST_FILE, SAMPLE_FILE, FrameKind
from lic.runs.read import open_run
from lic.workflows.classify import ClassifyOptions, classify_month
from tests.unit.workflows.audited import codes, sample, verify
from tests.unit.workflows.county import remove, silent


@pytest.fixture
def run(audited_run: Path) -> Path:
    return audited_run


# Drawing


def test_a_bundle_verifies_and_the_same_again_writes_nothing(run: Path) -> None:
    first = sample(run)
    assert first.written
    assert sorted(item.name for item in first.bundle.iterdir()) == sorted(
        [FRAME_FILE, SAMPLE_FILE, MANIFEST_FILE, FORMS_FILE]
    )
    assert first.bundle == run.parent / "抽查" / "01"
    assert not verify(first.bundle, run).problems
    again = sample(run)
    assert (again.bundle, again.written) == (first.bundle, False)
    assert len(first.register.read_text(encoding="utf-8").splitlines()) == 1


def test_the_same_bytes_wherever_it_is_written(run: Path, tmp_path: Path) -> None:
    first, other = sample(run), sample(run, out=tmp_path / "elsewhere")
    for name in (FRAME_FILE, SAMPLE_FILE, MANIFEST_FILE, FORMS_FILE):
        assert (first.bundle / name).read_bytes() == (other.bundle / name).read_bytes()


def test_the_sample_holds_what_was_promised(run: Path) -> None:
    found = sample(run, stratify="镇", risk="auto")
    with (found.bundle / FRAME_FILE).open(encoding="utf-8") as file:
        frame = {row["household_no"]: row for row in csv.DictReader(file)}
    random = [row for row in found.households if row[5] != "必查"]
    assert {row[0] for row in random} <= set(frame)
    assert 10 * len(random) >= 3 * len(frame)
    persons = {number: int(row["persons"]) for number, row in frame.items()}
    assert 10 * sum(persons[row[0]] for row in random) >= 3 * sum(persons.values())
    proposed = open_run(run).result.households.to_pylist()
    assert set(frame) == {row["household_no"] for row in proposed if row["action"] == "新增"}


def test_a_second_draw_needs_a_reason_and_both_are_printed(run: Path) -> None:
    sample(run)
    with pytest.raises(UsageError) as caught:
        sample(run, seed="another")
    assert caught.value.code == "W604"
    second = sample(run, seed="another", redraw="种子有争议")
    assert any("已抽 1 次" in line and "种子有争议" in line for line in second.lines)
    assert any("登记第 1 条，种子 20261105" in line for line in second.lines)
    assert not verify(second.bundle, run).problems
    first = verify(run.parent / "抽查" / "01", run)
    assert not first.problems
    assert any("又抽过 1 次" in line for line in first.lines)


def test_a_draw_refers_to_the_freeze_before_it(run: Path) -> None:
    frozen = sample(run, seed=None, freeze=True)
    assert sorted(item.name for item in frozen.bundle.iterdir()) == [FRAME_FILE, MANIFEST_FILE]
    assert not verify(frozen.bundle, run).problems
    found = sample(run)
    assert any("已先冻结：登记第 1 条" in line for line in found.lines)
    with pytest.raises(UsageError) as caught:
        sample(run, rate="50%")
    assert caught.value.code == "W604"


def test_departing_from_the_freeze_needs_a_reason(run: Path) -> None:
    sample(run, seed=None, freeze=True)
    with pytest.raises(UsageError) as caught:
        sample(run, stratify="镇")
    assert caught.value.code == "W605"
    found = sample(run, stratify="镇", redraw="改为分镇")
    assert any("与冻结的方案不同" in line and "改为分镇" in line for line in found.lines)
    assert not verify(found.bundle, run).problems


def test_without_a_source_every_page_says_so(run: Path) -> None:
    found = sample(run, source="")
    book = openpyxl.load_workbook(found.bundle / FORMS_FILE)
    assert len(book.worksheets) > 2
    for sheet in book.worksheets:
        footer = sheet.HeaderFooter.oddFooter
        assert footer is not None
        assert footer.left is not None
        assert "种子来源未说明" in str(footer.left.text)


def test_a_low_rate_is_allowed_and_flagged(run: Path) -> None:
    found = sample(run, rate="10%")
    assert any("低于规定的 30%" in line for line in found.lines)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seed": None}, "W608"),
        ({"seed": " "}, "W608"),
        ({"seed": "a\nb"}, "W609"),
        ({"freeze": True}, "W607"),
        ({"rate": "30"}, "W601"),
        ({"rate": "0"}, "W601"),
        ({"rate": "101%"}, "W601"),
        ({"rate": "1/0"}, "W601"),
        ({"stratify": "村"}, "W602"),
        ({"risk": "没有这个文件.xlsx"}, "W640"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Path, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(LicError) as caught:
        sample(run, **changes)
    assert caught.value.code == code
    assert not (run.parent / "抽查").exists()


def test_an_explicit_folder_is_never_overwritten(run: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(RunFolderError) as caught:
        sample(run, out=full)
    assert caught.value.code == "W612"
    sample(run, out=tmp_path / "bundle")
    with pytest.raises(RunFolderError) as other:
        sample(run, out=tmp_path / "bundle", seed="b", redraw="试")
    assert other.value.code == "W613"


def test_a_changed_register_stops_everything(run: Path) -> None:
    path = sample(run).register
    path.write_text(path.read_text(encoding="utf-8").replace("20261105", "20261106"), encoding="utf-8")
    with pytest.raises(RunFolderError) as caught:
        sample(run)
    assert (caught.value.code, caught.value.params["number"]) == ("W610", "1")


# Frames


def test_the_ledger_names_who_was_confirmed_in_the_month(run: Path) -> None:
    found = sample(run, kind=FrameKind.CONFIRMED)
    assert found.manifest["frame"]["origin"] == "台账"
    assert not verify(found.bundle, run).problems


def test_without_a_ledger_and_an_earlier_run_nobody_is_new(month: Path, tmp_path: Path) -> None:
    remove(month, "*台账*")
    run = classify_month(month, ClassifyOptions(out=tmp_path / "run"), progress=silent).run
    with pytest.raises(InputError) as caught:
        sample(run, kind=FrameKind.CONFIRMED)
    assert (caught.value.code, caught.value.exit_code) == ("W600", 3)
    with pytest.raises(UsageError) as same:
        sample(run, kind=FrameKind.CONFIRMED, previous=run)
    assert same.value.code == "W603"


def test_a_list_of_certainty_cases_is_read_strictly(run: Path, tmp_path: Path) -> None:
    frame = [row["household_no"] for row in open_run(run).result.households.to_pylist()]
    persons = open_run(run).result.persons.to_pylist()
    someone = next(row for row in persons if row["id_number"])
    cases = tmp_path / "必查.csv"
    lines = ["户编号,身份证号,原因", f"{frame[0]},,群众投诉", f",{someone['id_number']},"]
    cases.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = sample(run, risk=str(cases))
    named = {item["household_no"]: item["reason"] for item in found.manifest["plan"]["certainty"]}
    assert named[frame[0]].startswith("群众投诉")
    assert someone["household_no"] in named
    assert not verify(found.bundle, run).problems
    cases.write_text("户编号\n不存在的户\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        sample(run, risk=str(cases))
    assert caught.value.code == "W642"
    cases.write_text("姓名\n某人\n", encoding="utf-8")
    with pytest.raises(InputError) as other:
        sample(run, risk=str(cases))
    assert other.value.code == "W641"


def without(path: Path, number: str) -> None:
    """Take one household out of a register's export."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 0, -1):
            if any(str(cell.value) == number for cell in sheet[row]):
                sheet.delete_rows(row)
    book.save(path)


def test_without_a_ledger_who_was_on_no_register_before_is_new(month: Path) -> None:
    remove(month, "*台账*")
    before = month.parent / "2026-09"
    shutil.copytree(month, before)
    now = classify_month(month, ClassifyOptions(), progress=silent).run
    households = open_run(now).result.households.to_pylist()
    new = next(row for row in households if row["registered_category"] and row["members"] > 1)
    for path in [*before.glob("*家庭查询*"), *before.glob("*人员查询*")]:
        without(path, new["household_no"])
    classify_month(before, ClassifyOptions(), progress=silent)
    found = sample(now, kind=FrameKind.CONFIRMED)
    assert found.manifest["frame"]["origin"] == "上期对照"
    assert [row[0] for row in found.households] == [new["household_no"]]
    assert found.households[0][3] == new["registered_category"]
    assert not verify(found.bundle, now).problems
    shutil.rmtree(month.parent / "runs" / "2026-09")
    assert codes(verify(found.bundle, now)) == {"W643"}
