"""Returned sheets: read strictly, counted honestly, put on record once."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scipy import stats

from lic.errors import InputError, RunFolderError
from lic.model.audit import FORMS_FILE, FrameKind
from lic.runs.read import open_run
from lic.workflows.audit_ask import SampleOptions
from lic.workflows.audit_evaluate import Evaluated, audit_evaluate
from lic.workflows.audit_sample import audit_sample
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.feedback import take_feedback
from tests.unit.workflows.county import silent

SHEET = "结果登记"


@pytest.fixture(scope="module")
def made(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a run and a bundle of it; nobody changes it."""
    root = tmp_path_factory.mktemp("evaluate") / "workspace"
    shutil.copytree(county.parent, root)
    options = SampleOptions(seed="1", rate="100%", kind=FrameKind.PROPOSED)
    return audit_sample(root / "runs" / county.name / "01", options, progress=silent).bundle


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    shutil.copytree(made.parents[3], root)
    return root / made.relative_to(made.parents[3])


class Filling:
    """A copy of the workbook as visitors fill it in."""

    def __init__(self, bundle: Path) -> None:
        self.book = openpyxl.load_workbook(bundle / FORMS_FILE)
        self.sheet = self.book[SHEET]
        heads = next(row for row in self.sheet.iter_rows() if any(cell.value == "户编号" for cell in row))
        self.first = int(heads[0].row or 0) + 1
        self.columns = {str(cell.value): int(cell.column or 0) for cell in heads}
        self.count = self.sheet.max_row - self.first + 1

    def put(self, line: int, **values: Any) -> None:
        for name, value in values.items():
            self.sheet.cell(self.first + line, self.columns[name]).value = value

    def number(self, line: int) -> str:
        return str(self.sheet.cell(self.first + line, self.columns["户编号"]).value)

    def all_agree(self) -> Filling:
        for line in range(self.count):
            self.put(line, 核查结果="一致", 核查日期="2026-11-05", 核查人="王一")
        return self

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def evaluate(bundle: Path, *files: Path, limit: str | None = None, run: Path | None = None) -> Evaluated:
    return audit_evaluate(bundle, files, limit=limit, run=run, progress=silent)


def codes(found: Evaluated) -> list[str]:
    return [item.code for item in found.problems]


def test_all_agree(bundle: Path, tmp_path: Path) -> None:
    filled = Filling(bundle).all_agree()
    found = evaluate(bundle, filled.save(tmp_path / "a.xlsx"), limit="5%")
    assert (found.returned, found.visited, found.problems) == (filled.count, filled.count, ())
    assert found.step is not None
    assert found.step.reached
    assert (found.kept, found.recorded) == (None, 0)


def test_errors_are_counted_and_put_on_record_once(bundle: Path, tmp_path: Path) -> None:
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="不应认定")
    filled.put(1, 核查结果="信息错误", 错误项目="电视", 核实值="两台", 核查日期=date(2026, 11, 6))
    filled.put(2, 核查结果="未能核查", 备注="外出")
    path = filled.save(tmp_path / "a.xlsx")
    found = evaluate(bundle, path)
    assert {item.kind: item.bounds.found for item in found.rates} == {
        "不应认定": 1, "类别错误": 0, "信息错误": 1, "": 2,
    }  # fmt: skip
    assert found.missing == (filled.number(2),)
    assert all(item.bounds.sampled == filled.count for item in found.rates)
    assert found.recorded == 2
    assert found.kept is not None
    with found.kept.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {(row["户编号"], row["事项"], row["核实值"], row["核实日期"]) for row in rows} == {
        (filled.number(0), "抽查：不应认定", "", "2026-11-05"),
        (filled.number(1), "抽查：信息错误", "电视 两台", "2026-11-06"),
    }
    again = evaluate(bundle, path)
    assert (again.kept, again.recorded, again.repeated) == (None, 0, 2)


def test_the_next_run_takes_what_was_put_on_record_without_a_word(bundle: Path, tmp_path: Path) -> None:
    run = bundle.parents[1] / "01"
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="类别错误", 应为类别=open_run(run).manifest.categories[0])
    evaluate(bundle, filled.save(tmp_path / "a.xlsx"))
    month = bundle.parents[3] / bundle.parents[1].name
    options = ClassifyOptions(out=tmp_path / "again", as_of="2026-12-31")
    again = classify_month(month, options, progress=silent)
    inputs = open_run(again.run).result.inputs.to_pylist()
    kept = [row for row in inputs if row["table"] == "核实结果" and str(row["file"]).startswith("runs")]
    assert [row["rejected"] for row in kept] == [0]
    found = open_run(again.run).result.findings.to_pylist()
    assert not [row for row in found if row["code"] in ("L003", "L005") and "抽查" in str(row["message"])]


def test_several_copies_moved_lines_and_extra_rows(bundle: Path, tmp_path: Path) -> None:
    one, two = Filling(bundle), Filling(bundle)
    one.put(0, 核查结果=" 一致 ", 核查日期="2026年11月5日", 核查人="王一")
    two.put(0, 核查结果="一致", 核查日期="2026-11-05", 核查人="李二")
    for line in range(1, two.count):
        two.put(line, 核查结果="一致", 核查日期="2026-11-05", 核查人="李二")
    two.sheet.move_range(f"A{two.first}:Z{two.first + two.count - 1}", rows=7)
    found = evaluate(bundle, one.save(tmp_path / "1.xlsx"), two.save(tmp_path / "2.xlsx"))
    assert (found.problems, found.visited) == ((), two.count)


def test_what_cannot_be_used_is_named_with_its_cell(bundle: Path, tmp_path: Path) -> None:
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="差不多")
    filled.put(1, 核查结果="不应认定", 核查日期="昨天", 核查人=None)
    filled.put(2, 核查结果="类别错误", 应为类别="甲类")
    filled.put(3, 核查结果="信息错误", 涉及人身份证号="123")
    filled.put(filled.count, 户编号="SQ-不存在", 核查结果="一致")
    filled.put(filled.count + 1, 核查结果="一致")
    found = evaluate(bundle, filled.save(tmp_path / "a.xlsx"))
    assert codes(found) == ["W656", "W657", "W658", "W659", "W660", "W661", "W653", "W654"]
    assert found.problems[0].place == f"a.xlsx {SHEET} J{filled.first}"
    assert found.missing == (filled.number(0),)
    assert sum(item.bounds.found for item in found.rates[:-1]) == 3
    assert found.recorded == 0  # none of the three is complete


def test_two_copies_that_disagree_count_as_not_seen(bundle: Path, tmp_path: Path) -> None:
    one, two = Filling(bundle).all_agree(), Filling(bundle).all_agree()
    two.put(0, 核查结果="不应认定")
    found = evaluate(bundle, one.save(tmp_path / "1.xlsx"), two.save(tmp_path / "2.xlsx"))
    assert codes(found) == ["W655"]
    assert found.missing == (one.number(0),)
    assert found.recorded == 0


def test_a_wrong_value_of_a_declared_column_replaces_it(bundle: Path, tmp_path: Path) -> None:
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="信息错误", 错误项目="金融资产总额", 核实值="52000")
    found = evaluate(bundle, filled.save(tmp_path / "a.xlsx"))
    assert found.kept is not None
    with found.kept.open(encoding="utf-8-sig") as file:
        row = next(csv.DictReader(file))
    assert (row["事项"], row["核实值"], row["结论"]) == ("金融资产总额", "52000", "属实")


def test_outside_of_its_workspace_nothing_is_put_on_record(bundle: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    shutil.copytree(bundle, away)
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="不应认定")
    path = filled.save(tmp_path / "a.xlsx")
    found = evaluate(away, path)
    assert (found.keepable, found.recorded, found.rates[0].bounds.found) == (False, 0, 1)
    assert evaluate(away, path, run=bundle.parents[1] / "01").recorded == 1


def test_what_is_no_bundle_or_no_form_is_refused(bundle: Path, tmp_path: Path) -> None:
    filled = Filling(bundle).all_agree()
    path = filled.save(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"nothing")
    for files, code in (((tmp_path / "b.xlsx",), "W651"), ((tmp_path / "missing.xlsx",), "W651")):
        with pytest.raises(InputError) as caught:
            evaluate(bundle, *files)
        assert caught.value.code == code
    other = openpyxl.Workbook()
    other.save(tmp_path / "c.xlsx")
    with pytest.raises(InputError) as empty:
        evaluate(bundle, tmp_path / "c.xlsx")
    assert empty.value.code == "W652"
    assert codes(evaluate(bundle, path, tmp_path / "b.xlsx")) == ["W651"]
    filled.save(bundle / FORMS_FILE)  # filled in the bundle itself
    with pytest.raises(RunFolderError) as changed:
        evaluate(bundle, path)
    assert changed.value.code == "W650"


def test_the_rates_are_scipys(bundle: Path, tmp_path: Path) -> None:
    run = bundle.parents[1] / "01"
    options = SampleOptions(seed="2", rate="50%", kind=FrameKind.PROPOSED, redraw="试")
    half = audit_sample(run, options, progress=silent).bundle
    filled = Filling(half).all_agree()
    filled.put(0, 核查结果="不应认定")
    found = evaluate(half, filled.save(tmp_path / "a.xlsx"), limit="5%")
    mine = found.rates[0].bounds
    theirs = stats.binomtest(mine.found, mine.sampled).proportion_ci(0.95, method="exact")
    assert (mine.rate_low, mine.rate_high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert found.step is not None
    assert found.step.look == 2


def test_what_an_audit_put_on_record_is_no_verdict_on_a_check(bundle: Path, tmp_path: Path) -> None:
    run = bundle.parents[1] / "01"
    filled = Filling(bundle).all_agree()
    filled.put(0, 核查结果="不应认定")
    filled.put(1, 核查结果="信息错误", 错误项目="金融资产总额", 核实值="52000")
    assert evaluate(bundle, filled.save(tmp_path / "a.xlsx")).recorded == 2
    shutil.copy(run / "核对差异.xlsx", tmp_path / "b.xlsx")
    assert take_feedback(run, [tmp_path / "b.xlsx"], progress=silent).precision == ()
