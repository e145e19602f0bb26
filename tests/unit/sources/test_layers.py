"""Higher rules about tables: keys and columns replaced, headings added, tables added."""

from __future__ import annotations

from pathlib import Path

from lic.errors import ProblemLog
from lic.model.layer import Layer, Rank
from lic.model.layering import Layering
from lic.sources.declare import load_sources
from lic.sources.spec import SourceSet

RULES = Path(__file__).parents[3] / "rules" / "sources"
PROVINCE = Layer("省规范", Rank.PROVINCE)


def layered(folder: Path, text: str) -> tuple[SourceSet, Layering, list[str]]:
    log = ProblemLog()
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    layering = Layering(Layer("规则包", Rank.COUNTY))
    sources = load_sources(RULES, None, log, layers=[(PROVINCE, folder)], layering=layering)
    return sources, layering, [item.code for item in log.problems]


def test_a_heading_is_added_and_what_is_not_said_stays(tmp_path: Path) -> None:
    text = "表: 养老待遇\n依据: 省文\n必需: 否\n列:\n  月待遇金额: {别名: 省平台待遇}\n"
    sources, layering, problems = layered(tmp_path, text)
    assert problems == []
    (table,) = [item for item in sources.sources if item.name == "养老待遇"]
    (column,) = [item for item in table.columns if item.name == "月待遇金额"]
    assert {"省平台待遇", "月养老金"} <= set(column.headings)
    assert not table.required
    told = {(item.what, item.text, item.reference) for item in layering.overrides}
    assert ("必需", "否", "省文") in told
    assert {what for what, _, _ in told} == {"必需", "列 月待遇金额 别名"}


def test_a_column_or_table_that_is_not_there_must_be_said_to_be_new(tmp_path: Path) -> None:
    column = "表: 养老待遇\n依据: 省文\n列:\n  取暖补贴: {%s类型: 金额, 单位: 元/月}\n"
    assert layered(tmp_path, column % "")[2] == ["R121"]
    sources, _, problems = layered(tmp_path, column % "新增: 是, ")
    assert problems == []
    (table,) = [item for item in sources.sources if item.name == "养老待遇"]
    assert "取暖补贴" in {item.name for item in table.columns}
    table_text = (
        "表: 省补助\n%s依据: 省文\n代码: SB\n部门: 省厅\n特征: {须有: [[省补助批次]]}\n"
        "列: {身份证号: {必填: 是}, 省补助批次: {类型: 文本}}\n号码: 身份证号\n"
    )
    assert layered(tmp_path, table_text % "")[2] == ["R121"]
    sources, layering, problems = layered(tmp_path, table_text % "新增: 是\n")
    assert problems == []
    assert "省补助" in sources.schemas
    assert [(item.kind, item.name, item.replaced) for item in layering.overrides] == [("表", "省补助", "")]


def test_tables_need_grounds_and_shared_files_stay_the_packs(tmp_path: Path) -> None:
    assert layered(tmp_path, "表: 养老待遇\n必需: 否\n")[2] == ["R120"]
    (tmp_path / "_words.yaml").write_text("词表: {}\n", encoding="utf-8")
    assert "R126" in layered(tmp_path, "表: 养老待遇\n依据: 省文\n必需: 否\n")[2]
