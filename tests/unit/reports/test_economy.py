"""The economic report of a household: its three parts, what is not known, one sheet each."""
# ruff: noqa: E501 -- Chinese counts double and rows stay on one line

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from lic.model.linked import Linked, LinkedTable
from lic.model.papers import Authorisation, EconomyRules
from lic.model.period import OPEN_END, OPEN_START
from lic.model.result import FINDING_SCHEMA, HOUSEHOLD_SCHEMA, INPUT_SCHEMA, PERSON_SCHEMA, Result
from lic.model.table import Column, ColumnType, TableSchema
from lic.reports.economy import EconomyReports, EconomySource, economy_towns
from lic.reports.economy_page import economy_pages
from lic.reports.economy_text import fact, masked, typed
from tests.snapshots import Snapshot
from tests.unit.reports.made import household, made_manifest, person

FIRST, SECOND = "610999199001010024", "610999201501010032"
_FACTS = [pa.field("收入", pa.decimal128(18, 2)), pa.field("收入_下限", pa.decimal128(18, 2))]
RULES = EconomyRules(
    authorisation=Authorisation("台账", "授权日", "到期"),
    declared_household=("存款", "房屋"),
    declared_person=("工资", "其他"),
    found_household=("收入",),
    found_person=("收入",),
    tables={
        "养老": ("险种", "月额", "起"),
        "车辆": ("号牌",),
        "结算": (),
        "死亡": ("日",),
        "公积金": ("额",),
    },
)


def schema(name: str, **columns: ColumnType) -> TableSchema:
    return TableSchema(
        name, "X", f"{name}的部门", True, {key: Column(key, kind) for key, kind in columns.items()}, True
    )


SCHEMAS = {
    item.name: item
    for item in (
        schema("户", 存款=ColumnType.MONEY, 房屋=ColumnType.INTEGER),
        schema("人", 工资=ColumnType.MONEY, 其他=ColumnType.MONEY),
        schema("养老", 险种=ColumnType.WORD, 月额=ColumnType.MONEY, 起=ColumnType.MONTH),
        schema("车辆", 号牌=ColumnType.CODE),
        schema("结算", 金额=ColumnType.MONEY),
        schema("死亡", 日=ColumnType.DATE),
        schema("公积金", 额=ColumnType.MONEY),
        schema("台账", 授权日=ColumnType.DATE, 到期=ColumnType.DATE),
    )
}


def linked_table(name: str, *rows: dict[str, Any], delivered: bool = True) -> LinkedTable:
    fields = [("hid", pa.int32()), ("pid", pa.int32()), ("doubt", pa.int8())]
    types = {ColumnType.MONEY: pa.int64(), ColumnType.MONTH: pa.date32(), ColumnType.DATE: pa.date32()}
    fields += [(key, types.get(column.type, pa.string())) for key, column in SCHEMAS[name].columns.items()]
    return LinkedTable(
        name,
        delivered=delivered,
        rows=pa.Table.from_pylist([{"doubt": 0, **row} for row in rows], pa.schema(fields)),
    )


def source(
    *, consent: date | None = date(2026, 9, 1), until: date | None = None, vehicles: int = 8
) -> EconomySource:
    """Two households: one with everything, one with odd texts and nothing found."""
    households = [
        {
            "household_no": "H1",
            "roster": "申请",
            "town": "东镇",
            "village": "一村",
            "head_name": "张三",
            "存款": 123456,
        },
        {"household_no": "H2", "roster": "在册", "town": "东镇", "village": "一村", "head_name": "=1+1<b>&"},
        {"household_no": "H3", "roster": "监测", "town": "东镇", "village": "一村", "head_name": "不出报告"},
    ]
    people = [
        {"hid": 0, "name": "张三", "id_number": FIRST, "relation": "户主", "工资": 1_200_000},
        {"hid": 0, "name": "张小三", "id_number": SECOND, "relation": "子女"},
        {"hid": 1, "name": "=1+1<b>&", "id_number": None, "relation": "户主"},
        {"hid": 2, "name": "不出报告", "id_number": None, "relation": "户主"},
    ]
    linked = Linked(
        persons=pa.Table.from_pylist(
            [{"其他": None, **row} for row in people],
            pa.schema([("hid", pa.int32()), ("name", pa.string()), ("id_number", pa.string()),
                       ("relation", pa.string()), ("工资", pa.int64()), ("其他", pa.int64())]),
        ),
        households=pa.Table.from_pylist(
            households,
            pa.schema([("household_no", pa.string()), ("roster", pa.string()), ("town", pa.string()),
                       ("village", pa.string()), ("head_name", pa.string()), ("存款", pa.int64())]),
        ),
        person_present=(), household_present=(), parts_missing=frozenset(), corrections=0, events=pa.table({}),
        tables={
            "养老": linked_table(
                "养老",
                {"hid": 0, "pid": 0, "险种": "城乡居民", "月额": 20000, "起": date(2025, 3, 1)},
                {"hid": 0, "pid": 0, "doubt": 1, "险种": "城镇职工", "月额": 99999, "起": None},
            ),
            "车辆": linked_table("车辆", *({"hid": 0, "pid": 1, "号牌": f"示A{n:04d}"} for n in range(vehicles))),
            "结算": linked_table("结算", {"hid": 0, "pid": 0, "金额": 1}, {"hid": 0, "pid": 0, "金额": 2}),
            "死亡": linked_table("死亡"),
            "公积金": linked_table("公积金", delivered=False),
            "台账": linked_table(
                "台账",
                {"hid": 0, "pid": 0, "授权日": date(2025, 1, 1), "到期": None},
                {"hid": 0, "pid": 0, "授权日": consent, "到期": until},
            ),
        },
    )  # fmt: skip
    findings = [
        {"code": "K022", "direction": "应退未退", "household_no": "H1", "name": "张三", "message": "养老金少报",
         "expected": "0.00", "actual": "2400.00", "source": "养老", "data_date": date(2026, 10, 20),
         "suggestion": "入户核实"},
        {"code": "S001", "direction": "数据问题", "household_no": "H1", "message": "不印在这里"},
    ]  # fmt: skip
    result = Result(
        pa.Table.from_pylist(
            [person("H1", FIRST, 收入=Decimal("14400.00")), person("H1", SECOND, name="张小三", counted=None),
             person("H2", None, name="=1+1<b>&", counted=False), person("H3", None)],
            pa.schema([*PERSON_SCHEMA, *_FACTS]),
        ),
        pa.Table.from_pylist(
            [household("H1", 收入=Decimal("14400.00")), household("H2", registered_category="甲类",
             收入_下限=Decimal("500.00")), household("H3")],
            pa.schema([*HOUSEHOLD_SCHEMA, *_FACTS]),
        ),
        pa.Table.from_pylist(findings, FINDING_SCHEMA),
        pa.Table.from_pylist(
            [{"table": "养老", "result": "已报送", "data_date": date(2026, 10, 20)}], INPUT_SCHEMA
        ),
    )  # fmt: skip
    dates = {"H1": date(2026, 9, 30)}
    return EconomySource(made_manifest(), result, linked, SCHEMAS, RULES, frozenset({"申请", "在册"}), dates)


def page(made: EconomySource) -> str:
    found = economy_towns(made)
    assert list(found) == ["东镇"]
    reports = EconomyReports(made).reports(found["东镇"])
    return "".join(economy_pages("东镇核对报告", "示例县民政局", reports))


def test_the_page(snapshot: Snapshot) -> None:
    text = page(source())
    body = text.split("</style>", 1)[1]
    snapshot.matches("economy.html.txt", body.replace("><", ">\n<"))
    assert text == page(source())
    assert text.count("<section>") == 2  # who never declared anything has no report
    assert "break-after: page" in text
    assert FIRST not in text
    assert "610999********0024" in text


@pytest.mark.parametrize(
    ("consent", "until", "said"),
    [
        (date(2026, 9, 1), None, "2026-09-01"),
        (date(2026, 9, 1), date(2027, 8, 31), "2026-09-01（有效期至 2027-08-31）"),
        (date(2025, 9, 1), date(2026, 8, 31), "2025-09-01（有效期至 2026-08-31，基准日时已过期）"),
        (None, None, "2025-01-01"),  # the newest that there is
    ],
)
def test_the_date_of_the_authorisation(consent: date | None, until: date | None, said: str) -> None:
    text = page(source(consent=consent, until=until))
    assert f"<dd>{said}</dd>" in text
    assert "台账未载，请查验授权书后填写" in text  # the other household is in no ledger


def test_long_lists_are_cut_and_say_so() -> None:
    assert "另有 2 条" in page(source(vehicles=8))
    assert "另有 " not in page(source(vehicles=6)).replace("另有 1 条号码", "")


def test_rows_that_could_not_be_used_are_counted_not_printed() -> None:
    text = page(source())
    assert "另有 1 条号码或姓名对不上，未采用" in text
    assert "999.99" not in text


def test_nothing_found_and_not_delivered_are_two_things() -> None:
    first, second = page(source()).split("<section>")[1:]
    assert "查无记录：死亡。" in first
    assert "查无记录：养老、车辆、结算、死亡。" in second
    assert all("未报送，不能认为没有：公积金。" in part for part in (first, second))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ColumnType.MONEY, -123456, "-1,234.56"),
        (ColumnType.MONEY, 5, "0.05"),
        (ColumnType.FLAG, False, "否"),
        (ColumnType.DATE, date(2026, 1, 2), "2026-01-02"),
        (ColumnType.DATE, OPEN_END, "未填（至今）"),
        (ColumnType.MONTH, OPEN_START, "未填（早已开始）"),
        (ColumnType.MONTH, date(2026, 1, 1), "2026-01"),
        (ColumnType.SCHOOL_YEAR, date(2026, 9, 1), "2026"),
        (ColumnType.LIST, ["甲", "乙"], "甲、乙"),
        (ColumnType.DECIMAL, Decimal("10.5000"), "10.5"),
        (ColumnType.INTEGER, 3, "3"),
    ],
)
def test_how_values_are_written(kind: ColumnType, value: object, text: str) -> None:
    assert typed(kind, value) == text


def test_how_facts_are_written() -> None:
    low, high = Decimal("5.00"), Decimal("9.00")
    assert fact("甲", {"甲": low}) == "5.00"
    assert fact("甲", {"甲": None, "甲_下限": low, "甲_上限": high}) == "5.00～9.00"
    assert fact("甲", {"甲": None, "甲_下限": low, "甲_上限": None}) == "不低于 5.00"
    assert fact("甲", {"甲": None, "甲_下限": Decimal("0.00")}) == "不明"
    assert fact("甲", {"甲": None, "甲_上限": high}) == "不高于 9.00"
    assert masked(None) == "（无号码）"


def test_pages_are_written_household_by_household() -> None:
    made = source()
    pieces = economy_pages("t", "i", EconomyReports(made).reports(economy_towns(made)["东镇"]))
    assert [bool(re.search("<section>", piece)) for piece in pieces] == [False, True, True, False]
