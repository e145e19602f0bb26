"""The smallest county that can be judged, for examples worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.naive.decide import decide
from tests.naive.model import Cell, County, HouseholdResult, PersonResult, Sheet
from tests.naive.tables import INCOMES
from tests.naive.values import check_digit

AS_OF = date(2026, 10, 31)
EMPTY = (
    "停保", "儿童福利", "其他困难人员", "防返贫监测", "养老待遇", "就业登记", "公益性岗位", "失业保险",
    "学费资助", "医保结算", "不动产", "残疾人证",
)  # fmt: skip
Rows = list[dict[str, Cell]]


def number(serial: int, born: str = "19800101") -> str:
    first17 = f"610999{born}{serial:03d}"
    return first17 + check_digit(first17)


A, B, C = number(1), number(3), number(5)
OLD = number(7, "19500101")


def values(**changed: Any) -> dict[str, Any]:
    """The values of POLICY §6."""
    given: dict[str, Any] = {
        "低保标准": {"城镇": 9600, "农村": 7200},
        "上年度居民可支配收入": {"城镇": 49053, "农村": 19286},
        "货币财产月数": {
            "特困人员": 24, "最低生活保障对象": 24, "最低生活保障边缘家庭成员": 36, "刚性支出困难家庭成员": 36
        },
        "住房套数上限": {"值": 1}, "商业用房上限": {"值": 0}, "机动车上限": {"值": 0},
        "经营主体上限": {"值": 0},
        "就业成本扣减比例": {"值": "10%"}, "照护人收入豁免比例": {"值": "50%"},
        "基础养老金豁免": {"值": "是"},
        "过渡期截止": {"值": date(2026, 12, 31)},
    }  # fmt: skip
    given.update(changed)
    return {
        name: {"取值": [{"自": date(2026, 1, 1), **one}]} for name, one in given.items() if one is not None
    }


def sheet(table: str, rows: Rows, part: str = "") -> Sheet:
    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["姓名", "身份证号"]
    return Sheet(
        f"{part}{table}.xlsx", table, table, part, columns, [[row.get(c) for c in columns] for row in rows]
    )


def person(name: str, id_number: Cell, income: Cell = 0, **more: Cell) -> dict[str, Cell]:
    row: dict[str, Cell] = {"户编号": "H1", "姓名": name, "身份证号": id_number, **dict.fromkeys(INCOMES, 0)}
    return {**row, "经营净收入": income, **more}


def county(
    people: Rows, homes: Rows | None = None, *, part: str = "农村低保", without: tuple[str, ...] = (),
    parameters: dict[str, Any] | None = None, earlier: dict[str, Rows] | None = None, **tables: Rows,
) -> County:  # fmt: skip
    """One register, and every other required table delivered without a row about anybody."""
    settled: Rows = [
        {"姓名": "某", "身份证号": C, "结算日期": f"2026-{month:02d}-20", "医疗费总额": 0, "有效标志": 1}
        for month in range(1, 11)
    ]
    settled += [{**settled[0], "结算日期": f"2025-{month}-20"} for month in (11, 12)]
    rows: dict[str, Rows] = (
        {table: [] for table in EMPTY if table not in without} | {"医保结算": settled} | tables
    )
    sheets = [sheet(table, found) for table, found in rows.items() if table not in without]
    sheets += [sheet("救助家庭", homes or [{"户编号": "H1"}], part), sheet("救助人员", people, part)]
    others = [one for one in ("农村低保", "城市低保", "低保边缘", "刚性支出", "特困") if one != part]
    settings = {"不设登记": others, "参数": parameters or values()}
    folders = {period: [sheet("医保结算", found)] for period, found in (earlier or {}).items()}
    return County("2026-10", AS_OF, settings, {**folders, "2026-10": sheets})


def first(given: County) -> tuple[HouseholdResult, PersonResult]:
    household = decide(given).households[0]
    return household, household.members[0]
