"""Why decisions differ: a delivery that is missing, a parameter, the rules, the day."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from lic.diffing.apply import apply
from lic.diffing.states import snapshot
from lic.model.adjustment import Adjustment, CauseKind, Kind, Whose
from lic.runs.read import open_run
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.diff import compare_runs
from tests.unit.workflows.county import PERIOD, remove, silent

ROOT = Path(__file__).parents[3]
DECISIVE = {Kind.ENTER, Kind.RETURN, Kind.LEAVE, Kind.CATEGORY, Kind.DOUBT, Kind.SETTLED}


def compared(old: Path, new: Path) -> Adjustment:
    runs = open_run(old), open_run(new)
    adjustment = compare_runs(*runs, progress=silent)
    assert adjustment.unreconciled == ()
    applied, there = apply(snapshot(runs[0].result), adjustment.changes), snapshot(runs[1].result)
    assert Counter(applied.persons) == Counter(there.persons)
    assert Counter(applied.households) == Counter(there.households)
    return adjustment


def causes(adjustment: Adjustment) -> set[tuple[CauseKind, str]]:
    return {
        (cause.kind, cause.source)
        for item in adjustment.changes
        if item.kind in DECISIVE
        for cause in item.causes
    }


@pytest.fixture(scope="module")
def run(three_months: Path) -> Path:
    return three_months / "runs" / PERIOD / "01"


@pytest.fixture
def workspace(three_months: Path, tmp_path: Path) -> Path:
    """The newest month again, to be changed and decided."""
    shutil.copytree(three_months, tmp_path / "county", ignore=shutil.ignore_patterns("runs"))
    return tmp_path / "county"


def decided(workspace: Path, *, rules: Path | None = None, as_of: str | None = None) -> Path:
    options = ClassifyOptions(out=workspace / "run", rules=rules, as_of=as_of)
    return classify_month(workspace / PERIOD, options, progress=silent).run


def test_what_did_not_come_is_no_exit(run: Path, workspace: Path) -> None:
    remove(workspace / PERIOD, "农村低保*", "残疾人持证*")
    lacking = decided(workspace)
    for there, back in ((run, lacking), (lacking, run)):
        adjustment = compared(there, back)
        assert {kind for kind, _ in causes(adjustment)} == {CauseKind.MISSING}
        kinds = {item.kind for item in adjustment.changes}
        assert Kind.MISSING in kinds
        assert not kinds & {Kind.LEAVE, Kind.ENTER, Kind.RETURN, Kind.CATEGORY, Kind.VANISH, Kind.APPEAR}
        assert all(item.effective is None for item in adjustment.changes)
    doubtful = [item for item in compared(run, lacking).changes if item.kind is Kind.DOUBT]
    assert {cause.source for item in doubtful for cause in item.causes} >= {"残疾人证"}
    assert all(cause.department for item in doubtful for cause in item.causes)


def test_a_parameter_with_its_reference_and_a_payment_that_fades(
    run: Path, workspace: Path, three_months: Path
) -> None:
    config = workspace / "lic.yaml"
    text = config.read_text(encoding="utf-8")
    changed = text.replace(
        "农村: 7200, 依据: 示例值}]",
        "农村: 7200, 依据: 示例值}, {自: 2026-10-01, 城镇: 10800, 农村: 8400, 依据: 示例文号2026-9}]",
    )
    assert changed != text
    fading = "  渐退期: {取值: [{自: 2026-01-01, 值: 6, 依据: 示例值}]}\n"
    config.write_text(changed.replace("参数:\n", f"参数:\n{fading}"), encoding="utf-8")
    raised = decided(workspace)
    adjustment = compared(run, raised)
    assert causes(adjustment) == {(CauseKind.PARAMETER, "低保标准")}
    every = {cause.kind for item in adjustment.changes for cause in item.causes}
    assert every == {CauseKind.PARAMETER}  # also of who is decided by another row than before
    details = {
        (detail.what, detail.old, detail.new, detail.reference)
        for item in adjustment.changes
        for cause in item.causes
        if cause.kind is CauseKind.PARAMETER
        for detail in cause.details
    }
    assert ("农村", "7200", "8400", "示例文号2026-9，自 2026-10-01") in details
    month = compared(three_months / "runs" / "2026-09" / "01", raised)
    leaving = [item for item in month.changes if item.kind is Kind.LEAVE and item.until]
    assert {(item.until, item.effective) for item in leaving} == {("2027-04", "2027-05")}


def test_rules_are_named(run: Path, workspace: Path) -> None:
    pack = workspace / "rules"
    shutil.copytree(ROOT / "rules", pack)
    path = pack / "decisions" / "household.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("式: 边缘倍数 * 低保标准 * 人数}", "式: 边缘倍数 * 低保标准 * 人数 * 2}"),
        encoding="utf-8",
    )
    adjustment = compared(run, decided(workspace, rules=pack))
    assert {kind for kind, _ in causes(adjustment)} == {CauseKind.RULES}
    named = {detail.what for item in adjustment.changes for cause in item.causes for detail in cause.details}
    assert any("边缘线" in name for name in named)


def test_the_day_alone(run: Path, workspace: Path) -> None:
    adjustment = compared(decided(workspace, as_of="2026-10-14"), run)
    assert adjustment.changes
    assert {kind for kind, _ in causes(adjustment)} == {CauseKind.DATE}
    assert [item for item in adjustment.changes if item.whose is Whose.PERSON and item.kind is Kind.CATEGORY]
