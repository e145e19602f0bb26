"""Declarations of entry sheets: every problem with its place and a near miss."""

from __future__ import annotations

from pathlib import Path

from lic.errors import ProblemLog
from lic.messages import say
from lic.model.export import ExportTemplate, Item
from lic.model.table import Column, ColumnType, TableSchema
from lic.reports.export_declared import Nameable, read_exports
from tests.snapshots import Snapshot

_LIST = TableSchema(
    "名单表",
    "X",
    "部门",
    required=False,
    columns={
        "姓名": Column("姓名", ColumnType.NAME),
        "状态": Column("状态", ColumnType.WORD, words=("在册", "退出")),
    },
    many_rows=True,
)
NAMEABLE = Nameable({"名单表": _LIST}, ("甲类", "乙类"), ("某标识",), frozenset({"家庭年收入"}))
GOOD = """\
平台: 某平台
文件: 某平台
名单: 名单表
已录: {状态: [在册]}
范围: {标识: [某标识]}
移出: 否
列:
  - {列: 名字, 取: 姓名, 必填: 是, 比: 姓名}
  - {列: 号码, 取: 身份证号, 必填: 是}
  - {列: 收入, 取: 家庭年收入}
  - {列: 类, 取: 类别, 代码: {甲类: "01", 乙类: "02"}}
  - {列: 电话}
"""


def read(tmp_path: Path, text: str) -> tuple[tuple[ExportTemplate, ...], list[str]]:
    (tmp_path / "rules" / "exports").mkdir(parents=True)
    (tmp_path / "rules" / "exports" / "some.yaml").write_text(text, encoding="utf-8")
    log = ProblemLog()
    found = read_exports(tmp_path / "rules", NAMEABLE, log)
    told = [
        f"{item.file}:{item.line}:{item.column} {item.code} {say(item.code, dict(item.params))}"
        + (f" 是不是 {item.suggestion}？" if item.suggestion else "")
        for item in log.problems
    ]
    return found, told


def test_a_template_is_read_as_it_is_written(tmp_path: Path) -> None:
    (template,), told = read(tmp_path, GOOD)
    assert told == []
    assert [column.title for column in template.columns] == ["名字", "号码", "收入", "类", "电话"]
    assert [column.needed for column in template.columns] == [True, True, False, False, False]
    assert template.columns[3].codes == {"甲类": "01", "乙类": "02"}
    assert template.columns[4].item is None
    assert (template.tags, template.categories, template.removes) == (("某标识",), ("甲类", "乙类"), False)
    assert [column.compared for column in template.compared] == ["姓名"]
    assert template.columns[1].item == Item.ID_NUMBER


def test_every_wrong_name_is_told_with_its_place(tmp_path: Path, snapshot: Snapshot) -> None:
    text = (
        GOOD.replace("取: 家庭年收入", "取: 家庭年收如")
        .replace("比: 姓名", "比: 姓明")
        .replace("标识: [某标识]", "标识: [某标志]")
        .replace("{状态: [在册]}", "{状态: [在冊]}")
        .replace("甲类: ", "甲雷: ")
        .replace("移出: 否", "移处: 否")
        .replace("列: 电话", "列: 名字")
    )
    _, told = read(tmp_path, text)
    snapshot.matches("wrong_names.txt", "\n".join(told) + "\n")


def test_a_table_that_nobody_declares_and_a_missing_number(tmp_path: Path) -> None:
    _, told = read(tmp_path, GOOD.replace("名单: 名单表", "名单: 名单").replace("取: 身份证号, ", ""))
    assert [line.split(" ")[1] for line in told] == ["R043", "R003"]
