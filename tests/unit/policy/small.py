"""A small pack and little rosters for the tests of the rule language."""
# ruff: noqa: E501 -- Chinese counts double and YAML rows stay on one line

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from lic.declare import read_document
from lic.errors import ProblemLog
from lic.model.linked import Linked, LinkedTable
from lic.model.table import Column, ColumnType, TableSchema
from lic.policy.batch import Batch
from lic.policy.empty import EVENT_FIELDS, row_schema
from lic.policy.pack import Pack, load_pack
from lic.policy.parts import batches

AS_OF = date(2026, 10, 31)
HEAD = """
户册:
  - {名: 册, 家庭: 户表, 人员: 人表, 编号: 户号}
列名: {户主号码: 户主号, 户主姓名: 户主名, 姓名: 姓名, 号码: 身份证号, 关系: 关系, 镇: 镇, 村: 村, 户主: 户主, 配偶: 配偶, 人口: 人口}
类别: [甲类, 乙类]
"""
ENOUGH = """
认定:
  人认定: {层级: 个人, 命中: 依次取先, 行: [{类别: 甲类, 据: 人, 当: 收入 < 标准, 理由: "收入 {收入} 元"}], 否则: [{理由: 收入高}]}
  户认定: {层级: 家庭, 命中: 依次取先, 行: [{类别: 乙类, 据: 户, 当: "合计(收入) < 标准"}], 成员: 人认定, 其后: [{类别: 甲类, 当: 每人(人认定 = 甲类)}]}
  人在册: {层级: 个人, 命中: 依次取先, 行: [{类别: 甲类, 当: 在册标记}]}
  户在册: {层级: 家庭, 命中: 依次取先, 行: [{类别: 不明, 当: 有人(非 已知(人在册))}, {类别: 甲类, 当: 有人(人在册 = 甲类)}]}
结果:
  个人: {认定: 人认定, 在册类别: 人在册, 列: [收入]}
  家庭: {认定: 户认定, 在册类别: 户在册}
参数:
  标准: {单位: 元/年, 取值: [{自: 2020-01-01, 值: 1000, 依据: 文}, {自: 2027-01-01, 值: 2000, 依据: 文}]}
字段:
  收入: {层级: 个人, 来源: 户册}
  在册标记: {层级: 个人, 来源: 户册, 列: 标记}
"""


def column(name: str, kind: ColumnType, unit: str | None = None, **more: Any) -> tuple[str, Column]:
    return name, Column(name, kind, unit, **more)


SCHEMAS = {
    "户表": TableSchema(
        "户表", "H", "某局", required=True, many_rows=False,
        columns=dict([column("户号", ColumnType.CODE), column("区", ColumnType.WORD, words=("城", "乡")),
            column("户主号", ColumnType.CODE), column("户主名", ColumnType.NAME), column("镇", ColumnType.TEXT),
            column("村", ColumnType.TEXT), column("人口", ColumnType.INTEGER)]),
    ),
    "人表": TableSchema(
        "人表", "P", "某局", required=True, many_rows=False, number_column="身份证号", name_column="姓名",
        columns=dict([
            column("户号", ColumnType.CODE), column("姓名", ColumnType.NAME), column("身份证号", ColumnType.ID),
            column("收入", ColumnType.MONEY, "元/年"), column("标记", ColumnType.FLAG),
            column("状态", ColumnType.WORD, words=("常", "亡")), column("关系", ColumnType.TEXT),
        ]),
    ),
    "养": TableSchema(
        "养", "Y", "某局", required=True, many_rows=True, number_column="身份证号", name_column="姓名",
        indispensable=("期",),
        columns=dict([
            column("姓名", ColumnType.NAME), column("身份证号", ColumnType.ID),
            column("月额", ColumnType.MONEY, "元/月"), column("起", ColumnType.MONTH), column("止", ColumnType.DATE),
            column("期", ColumnType.MONTH), column("种", ColumnType.WORD, words=("一", "二")),
            column("件号", ColumnType.CODE),
        ]),
    ),
    "医": TableSchema(
        "医", "J", "某局", required=True, many_rows=True, number_column="身份证号", name_column="姓名",
        month_column="日", month_lag=3,
        columns=dict([
            column("姓名", ColumnType.NAME), column("身份证号", ColumnType.ID),
            column("额", ColumnType.MONEY, "元", negative_allowed=True), column("日", ColumnType.DATE),
        ]),
    ),
}  # fmt: skip


def load(folder: Path, text: str, *, local: str | None = None) -> tuple[Pack | None, ProblemLog]:
    """A pack of one file; the head comes with it unless the text has its own."""
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "pack.yaml").write_text(text if "户册:" in text else HEAD + text, encoding="utf-8")
    log = ProblemLog()
    given = None
    if local is not None:
        path = folder / "lic.yaml"
        path.write_text(local, encoding="utf-8")
        given = read_document(path, log)
    return load_pack(rules, schemas=SCHEMAS, local=given, log=log), log


def good(folder: Path, text: str, *, local: str | None = None) -> Pack:
    pack, log = load(folder, text, local=local)
    assert pack is not None, log.problems
    return pack


def linked(
    pack: Pack,
    households: Sequence[Sequence[Mapping[str, Any]]],
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    houses: Sequence[Mapping[str, Any]] = (),
    absent: Sequence[str] = (),
    months: Sequence[int] = (),
) -> Linked:
    """Persons by household; rows name their person by ``pid``."""
    from lic.policy.empty import roster_schema
    from lic.policy.terms import Level

    persons = [
        {"hid": hid, "roster": "册", "number_usable": True, "sheet": 0, "name": f"人{hid}{index}",
         "id_number": f"61099919700101{hid:02d}{index:02d}", **person}
        for hid, members in enumerate(households) for index, person in enumerate(members)
    ]  # fmt: skip
    hid_of = [person["hid"] for person in persons]
    house_rows = [
        {
            "household_no": f"{hid:03d}",
            "roster": "册",
            "sheet": 0,
            **(houses[hid] if hid < len(houses) else {}),
        }
        for hid in range(len(households))
    ]
    built = {}
    for name, schema in SCHEMAS.items():
        rows = [
            {
                "hid": hid_of[row["pid"]],
                "doubt": 0,
                "sheet": 0,
                "_file": "f.xlsx",
                "_sheet": "s",
                "_row": n,
                **row,
            }
            for n, row in enumerate((tables or {}).get(name, ()), start=2)
        ]
        arrow = row_schema(schema)
        arrow = arrow.append(pa.field("_raw", pa.string()))
        present = frozenset(key for row in rows for key in row)
        newest = {"期": max((r["期"].year * 12 + r["期"].month - 1 for r in rows if r.get("期")), default=0)}
        table = LinkedTable(name, delivered=name not in absent, rows=pa.Table.from_pylist(rows, arrow),
                            present=(present,), newest=newest)  # fmt: skip
        built[name] = replace(table, months=frozenset(months)) if schema.month_column else table
    columns = frozenset({"收入", "标记", "状态", "区"})
    return Linked(
        persons=pa.Table.from_pylist(persons, roster_schema(pack.program, Level.PERSON)),
        households=pa.Table.from_pylist(house_rows, roster_schema(pack.program, Level.HOUSEHOLD)),
        person_present=(columns,),
        household_present=(columns,),
        tables=built,
        events=pa.schema(EVENT_FIELDS).empty_table(),
        parts_missing=frozenset(),
        corrections=0,
    )


def batch(pack: Pack, month: Linked, as_of: date = AS_OF) -> Batch:
    part = next(batches(month, 1000))[2]
    return Batch(part, pack.program, pack.resolved(as_of), as_of)
