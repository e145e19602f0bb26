"""A tiny county for linkage tests: tables as lists of dicts, staged as Parquet files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lic.linkage import LinkCounts, Reading, link
from lic.model.finding import Finding
from lic.model.linked import Linked
from lic.model.period import Period
from lic.model.roster import CorrectionTable, Roster, RosterEntry
from lic.model.staging import StagedFolder, StagedSheet
from lic.model.table import ARROW_TYPES, Column, ColumnType, TableSchema

NOW = 2026 * 12 + 9  # 2026-10
RURAL, URBAN, DEEP = "农村低保", "城市低保", "特困"
REGISTERS = (RURAL, URBAN, DEEP)
_FILL = {
    RURAL: {"救助类别": "低保", "户籍类型": "农村"},
    URBAN: {"救助类别": "低保", "户籍类型": "城镇"},
    DEEP: {"救助类别": "特困", "户籍类型": "农村"},
}
_T, _I, _N, _M, _D = ColumnType.TEXT, ColumnType.ID, ColumnType.NAME, ColumnType.MONEY, ColumnType.DATE


def _schema(name: str, many: bool, columns: Mapping[str, ColumnType], **more: Any) -> TableSchema:
    declared = {key: Column(key, kind) for key, kind in columns.items()}
    number = next((key for key, kind in columns.items() if kind == _I), None)
    named = next((key for key, kind in columns.items() if kind == _N), None)
    settings = {"number_column": number, "name_column": named, **more}
    return TableSchema(name, "X", "部门", True, declared, many, **settings)


_HOUSE = {
    "户主身份证号": _I,
    "户主姓名": _N,
    "镇": _T,
    "村": _T,
    "家庭人口": ColumnType.INTEGER,
    "账号": ColumnType.CODE,
    "金融资产总额": _M,
}
_PERSON = {
    "户主身份证号": _I,
    "姓名": _N,
    "身份证号": _I,
    "与户主关系": _T,
    "工资性收入": _M,
    "其他收入": _M,
    "年收入": _M,
}
_OWN = {"number_column": "身份证号", "name_column": "姓名"}
SCHEMAS = {
    schema.name: schema
    for schema in (
        _schema("申请家庭", False, {"申请编号": _T, **_HOUSE}),
        _schema("申请人员", False, {"申请编号": _T, **_PERSON}, **_OWN),
        _schema(
            "救助家庭",
            False,
            {"户编号": _T, "救助类别": _T, "户籍类型": _T, **_HOUSE},
            parts=REGISTERS,
            part_fill=_FILL,
        ),
        _schema("救助人员", False, {"户编号": _T, **_PERSON}, parts=REGISTERS, part_fill=_FILL, **_OWN),
        _schema(
            "监测",
            True,
            {"户编号": _T, "户主身份证号": _I, "姓名": _N, "身份证号": _I, "与户主关系": _T, "镇": _T},
            **_OWN,
        ),
        _schema("困难", True, {"户编号": _T, "姓名": _N, "身份证号": _I, "镇": _T, "有效": ColumnType.FLAG}),
        _schema(
            "核实",
            False,
            {"户编号": _T, "身份证号": _I, "事项": _T, "核实值": _T, "结论": _T, "核实日期": _D, "依据": _T},
        ),
        _schema(
            "养老",
            True,
            {"姓名": _N, "身份证号": _I, "月待遇": _M, "发放年月": ColumnType.MONTH},
            indispensable=("发放年月",),
        ),
        _schema("结算", True, {"姓名": _N, "身份证号": _I, "日期": _D, "金额": _M}, month_column="日期"),
    )
}
ROSTER = Roster(
    entries=(
        RosterEntry("申请", "申请人员", "申请编号", "申请家庭", prefix="SQ-"),
        RosterEntry("在册", "救助人员", "户编号", "救助家庭", category_column="救助类别"),
        RosterEntry("监测", "监测", "户编号", prefix="JC-", fresh_only=True, fill={"户籍类型": "农村"}),
        RosterEntry(
            "困难",
            "困难",
            "户编号",
            prefix="QT-",
            fresh_only=True,
            lone_without_key=True,
            condition="有效",
            fill={"户籍类型": "农村"},
        ),
    ),
    categories=("特困", "低保"),
    correction=CorrectionTable(
        "核实",
        "户编号",
        "身份证号",
        "事项",
        "核实值",
        "核实日期",
        "结论",
        ("属实", "已更正"),
        "误报",
        reference_column="依据",
    ),
    head_number_column="户主身份证号",
    head_name_column="户主姓名",
    name_column="姓名",
    number_column="身份证号",
    relation_column="与户主关系",
    town_column="镇",
    village_column="村",
    head_relation="户主",
    spouse_relation="配偶",
    household_size_column="家庭人口",
    together=("工资性收入", "其他收入"),
)


def number(index: int) -> str:
    """A usable number of area 610999; the last digit 0 stands for a check digit that holds."""
    return f"6109991980010{index:04d}0"


def _parse(column: Column, text: str) -> object | None:
    if column.type == ColumnType.MONEY:
        return int(text) * 100 if re.fullmatch(r"-?\d+", text) else None
    return text


READING = Reading(
    parse=_parse,
    fold_name=lambda text: text.replace(" ", "") or None,
    same_name=lambda text: text.replace(" ", "") or None,
    id_number=lambda text: text if re.fullmatch(r"\d{17}[\dX]", text) else None,
    no_id_number=r"^[ -~]{0,14}$",
    folded_name="^[a-z]$",
    check_digits_hold=lambda numbers: np.array(
        [text is not None and text.endswith("0") for text in numbers.to_pylist()], np.bool_
    ),
)

Row = Mapping[str, Any]


@dataclass(slots=True)
class County:
    """Sheets are added one by one; :meth:`link` runs the stage over them."""

    folder: Path
    sheets: dict[int, list[StagedSheet]] = field(default_factory=dict)

    def add(
        self,
        source: str,
        rows: Sequence[Row],
        *,
        part: str | None = None,
        file: str | None = None,
        period: int = NOW,
        columns: Sequence[str] | None = None,
    ) -> County:
        schema = SCHEMAS[source]
        present = list(columns) if columns is not None else list(schema.columns)
        table: dict[str, pa.Array] = {
            "_row": pa.array([row.get("_row", at + 2) for at, row in enumerate(rows)], pa.int64()),
            "_part": pa.array([row.get("_part", part) for row in rows], pa.string()),
            "_raw": pa.array([row.get("_raw") for row in rows], pa.string()),
        }
        for name in present:
            kind = ARROW_TYPES[schema.columns[name].type]
            table[name] = pa.array([row.get(name) for row in rows], kind)
        found = self.sheets.setdefault(period, [])
        path = self.folder / f"{period}-{len(found)}.parquet"
        pq.write_table(pa.table(table), path)
        size = len(rows)
        name = f"{Period(period)}/{file or source + (part or '')}.xlsx"
        found.append(
            StagedSheet(
                source,
                name,
                "Sheet1",
                period,
                part,
                1,
                size,
                size,
                0,
                0,
                0,
                frozenset(present),
                None,
                "",
                path,
            )
        )
        return self

    def register(self, part: str, households: Sequence[Row], persons: Sequence[Row]) -> County:
        filled = [{**_FILL[part], **row} for row in households]
        return self.add("救助家庭", filled, part=part).add("救助人员", persons, part=part)

    def others(self, *parts: str) -> County:
        """Registers that came with a heading only."""
        for part in parts:
            self.register(part, [], [])
        return self

    def link(
        self,
        *,
        unkept: frozenset[str] = frozenset(),
        as_of: date = date(2026, 10, 31),
        roster: Roster = ROSTER,
    ) -> tuple[Linked, tuple[Finding, ...], LinkCounts]:
        periods = sorted(self.sheets, reverse=True)
        folders = [StagedFolder(period, tuple(self.sheets[period]), (), (), ()) for period in periods]
        return link(
            folders, schemas=SCHEMAS, roster=roster, masks=_masks, reading=READING, as_of=as_of, unkept=unkept
        )


def _masks(entry: RosterEntry, rows: pa.Table) -> np.ndarray[Any, np.dtype[np.bool_]]:
    assert entry.condition is not None
    return np.asarray(rows[entry.condition].fill_null(False).to_numpy(), dtype=np.bool_)


def people(linked: Linked) -> list[tuple[str, str | None, str | None]]:
    """(household_no, id_number, name) of everybody, in the order of the result."""
    numbers = linked.households["household_no"].to_pylist()
    rows = linked.persons.select(["hid", "id_number", "name"]).to_pylist()
    return [(numbers[row["hid"]], row["id_number"], row["name"]) for row in rows]


def events(linked: Linked, kind: str) -> list[dict[str, Any]]:
    return [row for row in linked.events.to_pylist() if row["kind"] == kind]


def rows_of(linked: Linked, table: str) -> list[dict[str, Any]]:
    return linked.tables[table].rows.to_pylist()  # type: ignore[no-any-return]


Make = Callable[[], County]
