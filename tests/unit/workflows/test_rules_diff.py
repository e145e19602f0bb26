"""What changed between two packs, in policy words, and whom it moves."""
# ruff: noqa: E501, RUF001 -- the pack's own lines and its document numbers

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lic.errors import ProblemLog, UsageError
from lic.model.expectation import Expectations, Level, Limit
from lic.model.period import OPEN_END
from lic.model.rulebook import Rulebook
from lic.model.rulechange import Change
from lic.model.table import ColumnType
from lic.policy.evaluate import evaluate
from lic.runs.read import open_run, read_evidence
from lic.sources.declare import load_sources
from lic.sources.describe import table_items
from lic.sources.spec import ColumnSpec, Hidden, Negative, PartSpec, SourceSet, SourceSpec
from lic.sources.unsafe import Limits
from lic.values.words import Vocabulary
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.load_rules import rules_of_run
from lic.workflows.rule_changes import compare
from lic.workflows.rulebook import rulebook
from lic.workflows.rules_diff import diff_json, diff_rules, fit, moves
from tests.unit.workflows.county import silent

ROOT = Path(__file__).parents[3]
DAY = "2026-10-31"
Edit = Callable[[Path], None]


def edit(file: str, old: str, new: str) -> Edit:
    def apply(pack: Path) -> None:
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return rulebook(ROOT / "rules", DAY)


def changed(tmp_path: Path, shipped: Rulebook, *edits: Edit) -> list[str]:
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    for apply in edits:
        apply(pack)
    return [line(item) for item in compare(shipped, rulebook(pack, DAY))]


def line(change: Change) -> str:
    arrow = f"{change.old} → {change.new}".strip(" →") if not (change.old and change.new) else ""
    arrow = arrow or f"{change.old} → {change.new}"
    parts = (change.weight.value, change.kind.value, change.item.value, change.name, change.what, arrow)
    return " | ".join(parts)


HOUSEHOLD, PERSON, PLAN = "decisions/household.yaml", "decisions/person.yaml", "parameters/plan.yaml"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            edit(HOUSEHOLD, "家庭年收入 < 低保线,", "家庭年收入 <= 低保线,"),
            ["规则 | 改变 | 条件 | 收入低于低保标准 | 内容 | 家庭年收入 低于 低保线 → 家庭年收入 不超过 低保线"],
        ),
        (
            edit(PLAN, "值: 1.5, 依据: 石办函〔2024〕41号 附件2}", "值: 1.6, 依据: 新文}"),
            [
                "规则 | 改变 | 参数 | 边缘倍数 | 自 2024-10-30 | 1.5 → 1.6",
                "依据 | 改变 | 参数 | 边缘倍数 | 自 2024-10-30 依据 | 石办函〔2024〕41号 附件2 → 新文",
            ],
        ),
        (
            edit(PLAN, "附件2}]", "附件2}, {自: 2027-01-01, 值: 2, 依据: 新文}]"),
            ["规则 | 改变 | 参数 | 边缘倍数 | 自 2027-01-01 | 1.5 → 2（新文）"],
        ),
        (
            edit(HOUSEHOLD, "理由: 财产超过规定", "理由: 财产超过规定的限额"),
            ["文字 | 改变 | 认定 | 家庭认定 | 否则 2 理由 | 财产超过规定 → 财产超过规定的限额"],
        ),
        (
            edit("sources/pensions.yaml", "别名: [月养老金,", "别名: [退休金, 月养老金,"),
            ["规则 | 新增 | 表 | RS-Y 养老待遇 | 列 月待遇金额 别名 | 退休金"],
        ),
        (
            edit("sources/_words.yaml", "城镇: [城市, 非农业,", "城镇: [城市, 县城, 非农业,"),
            [
                f"规则 | 新增 | 表 | {table} | 列 户籍类型 等同的写法 | 县城=城镇"
                for table in ("MZ-A 申请人员", "MZ-A 申请家庭", "MZ-F 救助家庭", "MZ-P 救助人员")
            ],
        ),
        (
            edit("checks/income.yaml", "级别: 高", "级别: 中"),
            ["规则 | 改变 | 核对 | K021 财政供养未申报 | 级别 | 高 → 中"],
        ),
        (
            edit("roster.yaml", "退出原因 <> 死亡", "退出原因 属于 (死亡)"),
            None,
        ),
        (edit(HOUSEHOLD, "收入低于低保标准: {层级: 家庭, 式: 家庭年收入 < 低保线", "收入低于低保标准: {式: 低保线  >  家庭年收入, 层级: 家庭"), None),
    ],
)  # fmt: skip
def test_one_edit_is_said(change: Edit, said: list[str] | None, tmp_path: Path, shipped: Rulebook) -> None:
    found = changed(tmp_path, shipped, change)
    assert len(found) == 1 if said is None else found == said


def test_writing_is_no_change(tmp_path: Path, shipped: Rulebook) -> None:
    def rewrite(pack: Path) -> None:
        for path in sorted(pack.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            path.write_text("# 说明\n" + text.replace("\n", "\r\n") + "\n# 完\n", encoding="utf-8")

    tight = edit(HOUSEHOLD, "式: 边缘倍数 * 低保标准 * 人数", "式: （边缘倍数 × 低保标准）× 人数")
    order = edit(HOUSEHOLD, "{层级: 家庭, 式: 刚性支出 >", "{式: 刚性支出＞")
    level = edit(HOUSEHOLD, "依据: 石办函〔2024〕41号 附件2 二（四）}\n  符合低保", "层级: 家庭, 依据: 石办函〔2024〕41号 附件2 二（四）}\n  符合低保")  # fmt: skip
    assert changed(tmp_path, shipped, tight, order, level, rewrite) == []


def test_rows_are_moved_dropped_and_added(tmp_path: Path, shipped: Rulebook) -> None:
    def swap(pack: Path) -> None:
        text = (pack / PERSON).read_text(encoding="utf-8")
        cuts = [text.index(f"      - 类别: {name}") for name in ("刚性支出困难家庭成员", "其他困难人员")]
        end = text.index("    否则:")
        first, second = text[cuts[0] : cuts[1]], text[cuts[1] : end]
        moved = text[: cuts[0]] + second + first + text[end:]
        (pack / PERSON).write_text(moved, encoding="utf-8")

    found = changed(tmp_path / "a", shipped, swap)
    assert len(found) == 1
    assert "规则 | 移动 | 认定 | 个人认定 | 行" in found[0]
    less = edit("decisions/registered.yaml", "      - {类别: 特困人员, 当: 登记类别 = 特困人员}\n", "")
    found = changed(tmp_path / "b", shipped, less)
    assert found == ["规则 | 删除 | 认定 | 家庭在册类别 | 行 | 1 特困人员（登记类别 是 特困人员）"]
    cell = edit(PERSON, "当: [－, －, 是, －, 是, －, 是, －]", "当: [－, －, 是, －, 是, －, －, －]")
    found = changed(tmp_path / "c", shipped, cell)
    assert found == [
        (
            "规则 | 改变 | 认定 | 个人认定 | 行 | 3 最低生活保障对象（符合边缘 是、单人保对象 是、计入核算 是） → "
            "3 最低生活保障对象（符合边缘 是、单人保对象 是）"
        )
    ]


def test_things_come_go_and_are_renamed(tmp_path: Path, shipped: Rulebook) -> None:
    def rename(pack: Path) -> None:
        for path in sorted(pack.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("危房未改造", "危房没有改造"), encoding="utf-8")

    found = changed(tmp_path, shipped, rename)
    assert "文字 | 改名 | 核对 | K073 危房没有改造 |  | 危房未改造 → 危房没有改造" in found
    assert any(text.startswith("文字 | 改名 | 字段 | 危房没有改造") for text in found)


def test_the_same_pack_does_not_differ(shipped: Rulebook) -> None:
    assert compare(shipped, shipped) == ()


@pytest.fixture(scope="module")
def sources() -> SourceSet:
    log = ProblemLog()
    return load_sources(ROOT / "rules" / "sources", None, log)


def other_value(value: Any, name: str) -> Any:
    """Some different value of the same kind."""
    known: dict[str, Any] = {
        "must": (("别",),), "vocabulary": Vocabulary({"别": "甲"}), "words": ("甲",), "blank": OPEN_END,
        "absent": OPEN_END, "negative": Negative.ZERO, "type": ColumnType.DATE, "month_lag": 9,
        "expected": Expectations(least_rows=Limit(Fraction(9), Level.WARN)),
        "parts": (PartSpec("别", ("*别*",), ()),), "limits": Limits(seconds=700), "hidden": Hidden.REFUSED,
    }  # fmt: skip
    if name in known:
        return known[name]
    match value:
        case bool():
            return not value
        case tuple():
            return (*value, "别的一个")
        case str() | None:
            return "别的"
    raise AssertionError(name)


INNER = {"columns", "file"}  # compared one by one; a place


@pytest.mark.parametrize("name", [item.name for item in fields(SourceSpec) if item.name not in INNER])
def test_every_part_of_a_source_is_compared(name: str, sources: SourceSet) -> None:
    source = next(item for item in sources.sources if item.month_column is not None)
    if name == "name":
        return
    other = replace(source, **{name: other_value(getattr(source, name), name)})
    assert table_items(SourceSet((source,))) != table_items(SourceSet((other,))), name


BROKEN = {"unsure"}  # marks a declaration that was refused: such a pack is never compared


@pytest.mark.parametrize("name", [item.name for item in fields(ColumnSpec) if item.name not in BROKEN])
def test_every_part_of_a_column_is_compared(name: str, sources: SourceSet) -> None:
    source = next(item for item in sources.sources if item.name == "养老待遇")
    column = source.column("月待遇金额")
    other = replace(column, **{name: other_value(getattr(column, name), name)})
    columns = tuple(other if item is column else item for item in source.columns)
    assert table_items(SourceSet((source,))) != table_items(SourceSet((replace(source, columns=columns),)))


@pytest.fixture(scope="module")
def run(county: Path) -> Path:
    return classify_month(county, ClassifyOptions(), progress=silent).run


def test_a_run_is_decided_under_both_packs(run: Path, tmp_path: Path) -> None:
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    edit(PLAN, "值: 1.5", "值: 2.5")(pack)
    diff = diff_rules(run, pack, run=run, as_of=None, progress=silent)
    assert [change.name for change in diff.changes] == ["边缘倍数"]
    replay = diff.replay
    assert replay is not None
    assert replay.not_kept == replay.reading_changed == ()
    assert replay.moved_households
    assert sum(count for _, _, count in moves(replay.moved_persons)) == len(replay.moved_persons)
    opened = open_run(run)
    from lic.workflows.open_rules import open_rules, with_values

    new = with_values(open_rules(pack, around=False), run / "rules")
    again = evaluate(new.rules.pack, read_evidence(opened), date.fromisoformat(DAY))
    before = dict(zip(*(opened.result.households.column(n).to_pylist() for n in ("household_no", "category")), strict=True))  # fmt: skip
    after = dict(zip(*(again.households.column(n).to_pylist() for n in ("household_no", "category")), strict=True))  # fmt: skip
    differing = {no for no, category in before.items() if after[no] != category}
    assert differing <= {item.household_no for item in replay.moved_households}
    assert diff_json(diff)["replay"]["moves"]["households"]


def test_what_the_run_did_not_keep_is_named(run: Path, tmp_path: Path) -> None:
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    edit("sources/pensions.yaml", "  高龄补贴:", "  养老加发: {类型: 金额, 单位: 元/月}\n  高龄补贴:")(pack)
    edit("facts/income.yaml", "合计((月待遇金额 -", "合计((月待遇金额 + 养老加发 -")(pack)
    replay = diff_rules(run, pack, run=run, as_of=None, progress=silent).replay
    assert replay is not None
    assert replay.not_kept == ("养老待遇.养老加发",)
    assert {item.new for item in replay.moved_households} <= {"待核实"}


def test_another_roster_cannot_be_replayed(run: Path, tmp_path: Path) -> None:
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    edit("roster.yaml", "前缀: JC-", "前缀: FP-")(pack)
    with pytest.raises(UsageError) as caught:
        diff_rules(run, pack, run=run, as_of=None, progress=silent)
    assert caught.value.code == "W145"


def test_a_pack_that_fits_is_left_alone(run: Path) -> None:
    opened = open_run(run)
    linked = read_evidence(opened)
    pack = rules_of_run(opened).pack
    fitted, lacking = fit(linked, pack, pack.program.schemas)
    assert lacking == set()
    assert fitted.persons.equals(linked.persons)
    assert all(fitted.tables[name].rows.equals(table.rows) for name, table in linked.tables.items())
