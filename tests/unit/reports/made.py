"""A small made-up result for the report tests: every status, action, direction, odd text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from lic.model.manifest import (
    CheckInfo,
    DisabledCheck,
    Funnel,
    Manifest,
    NotCompared,
    NotDelivered,
    ParameterUsed,
)
from lic.model.result import FINDING_SCHEMA, HOUSEHOLD_SCHEMA, INPUT_SCHEMA, PERSON_SCHEMA, Result
from lic.reports.book import ReportInput, RollRatio

CATEGORIES = ("甲类", "乙类", "丙类")
_FACTS = [pa.field("年入", pa.decimal128(18, 2)), pa.field("线", pa.decimal128(18, 2))]


def household(number: str, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "household_no": number,
        "head_id": None,
        "head_name": "张三",
        "town": "东镇",
        "village": "一村",
        "members": 1,
        "counted_members": 1,
        "tags": [],
        "possible": [],
        "missing": [],
        "status": "不符合",
        "action": "无",
        "年入": Decimal("5400.00"),
        "线": Decimal("7200.00"),
    }
    return row | values


def person(number: str, id_number: str | None, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "household_no": number,
        "id_number": id_number,
        "name": "张三",
        "relation": "户主",
        "town": "东镇",
        "village": "一村",
        "counted": True,
        "tags": [],
        "possible": [],
        "missing": [],
        "status": "不符合",
        "action": "无",
    }
    return row | values


_CASES: list[tuple[str, str | None, dict[str, Any]]] = [
    (
        "H1",
        "610999199001010024",
        {
            "status": "认定",
            "category": "甲类",
            "action": "新增",
            "reason": "年入 5400.00 元，低于线 7200.00 元",
        },
    ),
    (
        "H2",
        "61099919900101003X",
        {
            "status": "认定",
            "category": "乙类",
            "action": "转类",
            "registered_category": "甲类",
            "tags": ["标识一", "标识二"],
            "town": "西镇",
        },
    ),
    (
        "H3",
        None,
        {
            "status": "待核实",
            "possible": ["甲类", "乙类"],
            "missing": ["丁表", "参数:线", "戊表.金额"],
            "action": "待核实",
        },
    ),
    (
        "H4",
        "610999199001010059",
        {"registered_category": "丙类", "action": "退出", "town": None, "name": "=1+1"},
    ),
    ("H5", "610999199001010067", {"name": "<买买提>&·艾力" + "长" * 30}),
]


def made_result() -> Result:
    persons = [person(number, id_number, **values) for number, id_number, values in _CASES]
    shared = (
        "status",
        "category",
        "action",
        "reason",
        "registered_category",
        "tags",
        "town",
        "possible",
        "missing",
    )
    households = [
        household(number, **{name: value for name, value in values.items() if name in shared})
        for number, _, values in _CASES
    ]
    households[2] |= {"年入": None}
    findings: list[dict[str, Any]] = [
        {
            "code": "K001",
            "severity": "高",
            "direction": "应退未退",
            "scope": "个人",
            "household_no": "H1",
            "id_number": "610999199001010024",
            "name": "张三",
            "town": "东镇",
            "village": "一村",
            "message": "发放 100.00 元，申报 0.00 元",
            "expected": "0.00 元",
            "actual": "100.00 元",
            "source": "丁表",
            "file": "2026-10/丁.xlsx",
            "sheet": "Sheet1",
            "row": 7,
            "column": "金额",
            "data_date": date(2026, 10, 20),
            "reference": "某办函",
            "suggestion": "入户核实",
        },
        {
            "code": "S001",
            "severity": "错误",
            "direction": "数据问题",
            "scope": "单元格",
            "message": "不是金额",
            "actual": "=1+1",
            "source": "丁表",
            "file": "2026-10/丁.xlsx",
            "sheet": "",
            "row": 9,
            "column": "金额",
            "suggestion": "更正后重报",
        },
    ]
    inputs: list[dict[str, Any]] = [
        {
            "table": "丁表",
            "department": "甲局",
            "required": True,
            "result": "已报送",
            "file": "2026-10/丁.xlsx",
            "sheet": "Sheet1",
            "header_row": 2,
            "rows_read": 10,
            "accepted": 7,
            "rejected": 1,
            "blank": 1,
            "footer": 1,
            "linked": 3,
            "data_date": date(2026, 10, 20),
            "sha256": "0" * 64,
        },
        {"table": "戊表", "department": "乙局", "required": True, "result": "未报送"},
    ]
    return Result(
        pa.Table.from_pylist(persons, PERSON_SCHEMA),
        pa.Table.from_pylist(households, pa.schema([*HOUSEHOLD_SCHEMA, *_FACTS])),
        pa.Table.from_pylist(findings, FINDING_SCHEMA),
        pa.Table.from_pylist(inputs, INPUT_SCHEMA),
    )


def made_manifest() -> Manifest:
    statuses = {"认定": 2, "待核实": 1, "不符合": 2}
    return Manifest(
        lic="0",
        county="示例&县",
        period="2026-10",
        as_of="2026-10-31",
        question="q",
        rules_sha256="r",
        result="完成",
        sheets=(),
        not_delivered=(
            NotDelivered("戊表", None, "乙局", "未报送"),
            NotDelivered("丁表", "上册", "甲局", "拒收"),
        ),
        not_compared=(NotCompared("己表", "丙局"),),
        checks_disabled=(DisabledCheck("K002", "某核对", "未报送：己表"),),
        checks=(CheckInfo("K001", "少报", "应退未退"), CheckInfo("K003", "漏报", "应保未保")),
        parameters=(
            ParameterUsed("线", "农村", "7200", "元", "2026-07-01", "某文号", local=True),
            ParameterUsed("倍", None, None, "倍", None, None, local=False),
        ),
        categories=CATEGORIES,
        towns=("西镇", "东镇", "空镇"),
        funnel=Funnel(1, 1, 10, 7, 1, 1, 1, 3, 4, 5, 5, statuses, statuses),
        counts=(),
        problems={"错误": 1},
        findings={"K001": 1},
        silenced=0,
        corrections=0,
    )


def made_report() -> ReportInput:
    return ReportInput(made_manifest(), made_result(), (RollRatio("占线", "年入", "线"),))
