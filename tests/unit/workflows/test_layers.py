"""A month under higher rules, and on dates around a change, from the exports to the explanation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lic.errors import RulesError
from lic.policy.evaluate import evaluate
from lic.runs.read import open_run, read_evidence
from lic.workflows.classify import ClassifyOptions, ClassifyResult, classify_month
from lic.workflows.explain import explain_one
from lic.workflows.load_rules import rules_of_run
from lic.workflows.rulebook import rulebook
from lic.workflows.rules_diff import diff_rules
from tests.unit.workflows.county import silent

LAYER = "规则层: {名: 示例省办法, 位阶: 省}\n"
STANDARD = "  低保标准: {取值: [{自: 2026-07-01, 城镇: 9600, 农村: 7200, 依据: 示例值}]}"


def classify(month: Path, as_of: str | None = None) -> ClassifyResult:
    return classify_month(month, ClassifyOptions(as_of=as_of), progress=silent)


def replace(month: Path, old: str, new: str) -> None:
    config = month.parent / "lic.yaml"
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new), encoding="utf-8")


def under(month: Path, **files: str) -> None:
    """Put the workspace under a province's rules, named as a Windows user would."""
    folder = month.parent.parent / "上级" / "省级规则"
    for name, text in files.items():
        path = folder / f"{name}.yaml" if name == "layer" else folder / name / "p.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    replace(month, "参数:\n", "上级规则: ..\\上级\\省级规则\n参数:\n")


def rows(made: ClassifyResult) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = open_run(made.run).result.households.to_pylist()
    return found


def lines(made: ClassifyResult) -> set[object]:
    return {
        row["低保线"] / row["人数"]
        for row in rows(made)
        if row["户籍"] == "农村" and row["低保线"] is not None and row["人数"]
    }


def test_a_run_under_higher_rules(month: Path) -> None:
    under(
        month,
        layer=LAYER,
        parameters="参数:\n  边缘倍数: {取值: [{自: 2026-10-01, 值: 2, 依据: 省文 三}]}\n",
        decisions="条件:\n  收入低于低保标准: {式: 家庭年收入 <= 低保线, 依据: 省文 二}\n",
    )
    made = classify(month)
    told = [(item.name, item.old, item.text, item.reference) for item in made.manifest.overrides]
    assert told == [
        ("收入低于低保标准", "家庭年收入 < 低保线", "家庭年收入 <= 低保线", "省文 二"),
        ("边缘倍数", "1.5", "2", "省文 三"),
    ]
    assert all(item.layer == "示例省办法（省）" for item in made.manifest.overrides)
    checked = [row for row in rows(made) if row["边缘线"] is not None and row["低保线"] is not None]
    assert checked
    assert all(row["边缘线"] == 2 * row["低保线"] for row in checked)
    # the run alone decides again what it decided, and says who stands behind it
    run = open_run(made.run)
    decided = evaluate(rules_of_run(run).pack, read_evidence(run), date.fromisoformat(run.manifest.as_of))
    assert decided.households.column("category").equals(run.result.households.column("category"))
    number = next(row["household_no"] for row in rows(made) if row["registered_category"])
    explained = explain_one(number, made.run)
    assert explained.matches
    assert [item.name for item in explained.explanation.overrides] == ["收入低于低保标准", "边缘倍数"]
    shown = str(explained.paper(full=False))
    assert "上级规则改写的" in shown
    assert "1.5（规则包（县））" in shown
    assert "2 2026-10-01 起" in shown
    # the rules of the workspace and those kept in the run are the same rules
    assert not diff_rules(month.parent, made.run, run=None, as_of=None, progress=silent).changes
    book = rulebook(month.parent, "2026-09-30")
    assert "边缘倍数" not in {item.name for item in book.overrides}


def test_a_pack_beside_a_workspace_shows_what_higher_rules_change(month: Path) -> None:
    under(
        month,
        layer=LAYER,
        decisions="条件:\n  收入低于低保标准: {式: 家庭年收入 <= 低保线, 依据: 省文 二}\n",
    )
    pack = Path(__file__).parents[3] / "rules"
    changed = diff_rules(pack, month.parent, run=None, as_of=None, progress=silent).changes
    assert {item.name for item in changed} == {"收入低于低保标准"}
    assert [(item.what, item.new) for item in changed] == [
        ("内容", "家庭年收入 不超过 低保线"),
        ("依据", "省文 二"),
    ]


def test_a_local_value_above_which_the_province_stands_is_refused(month: Path) -> None:
    under(
        month,
        layer=LAYER,
        parameters="参数:\n  低保标准: {取值: [{自: 2026-07-01, 城镇: 9900, 农村: 7900, 依据: 省文}]}\n",
    )
    with pytest.raises(RulesError) as caught:
        classify(month)
    (problem,) = caught.value.problems
    assert (problem.file, problem.code, dict(problem.params)["name"]) == ("lic.yaml", "R125", "低保标准")


def test_a_folder_that_is_not_there_is_named_with_its_place(month: Path) -> None:
    replace(month, "参数:\n", "上级规则: [..\\没有的]\n参数:\n")
    with pytest.raises(RulesError) as caught:
        classify(month)
    assert [(item.file, item.code) for item in caught.value.problems] == [("lic.yaml", "R129")]


def test_the_as_of_date_chooses_the_value(month: Path) -> None:
    changed = (
        "  低保标准: {取值: [{自: 2026-10-10, 城镇: 9600, 农村: 7200, 依据: 甲}, "
        "{自: 2026-10-20, 城镇: 9900, 农村: 7560, 依据: 乙}]}"
    )
    replace(month, STANDARD, changed)
    for day, standard in (("2026-10-19", 7200), ("2026-10-20", 7560), ("2026-10-21", 7560)):
        made = classify(month, day)
        assert lines(made) == {standard}, day
        (used,) = [i for i in made.manifest.parameters if i.name == "低保标准" and i.key == "农村"]
        assert (used.value, used.since) == (str(standard), "2026-10-10" if standard == 7200 else "2026-10-20")


def test_before_the_first_value_a_parameter_is_unknown_and_named(month: Path) -> None:
    replace(month, STANDARD, STANDARD.replace("2026-07-01", "2026-10-20"))
    made = classify(month, "2026-10-19")
    waiting = [row for row in rows(made) if "参数:低保标准" in row["missing"]]
    assert waiting
    assert lines(made) == set()
    explained = explain_one(waiting[0]["household_no"], made.run).explanation
    (missing,) = [item for item in explained.missing if item.parameter == "低保标准"]
    assert "收入低于低保标准" in missing.blocks
