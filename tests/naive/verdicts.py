"""核实结果: what visits found (POLICY §0)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.naive.draft import Record
from tests.naive.model import Cell
from tests.naive.people import Dice, Family, date_cell


def verdicts(
    dice: Dice, as_of: date, families: list[Family], numbers: Callable[[Family], list[str]]
) -> list[Record]:
    """核实结果: mostly values, also older, later and contradicting ones, blanks and false alarms."""
    rows: list[Record] = []
    personal: dict[str, Callable[[], Cell]] = {
        "经营净收入": lambda: str(float(dice.fen(0, 9000))),
        "年收入": lambda: str(float(dice.fen(0, 9000))),
        "月收入": lambda: dice.choice(("300", "约500")),
        "人员状态": lambda: dice.choice(("正常", "死亡", "外出务工")),
        "是否保障对象": lambda: dice.choice(("是", "否")),
        "患重特大疾病": lambda: dice.choice(("是", "否")),
        "法定义务人状况": lambda: dice.choice(("无", "有")),
        "照护人": lambda: dice.choice(("是", "否")),
        "残疾支出": lambda: str(float(dice.fen(0, 9000))),
        "工资性收入": lambda: str(float(dice.fen(0, 9000))),
        "转移净收入": lambda: str(float(-dice.fen(0, 9000))),
        "实际赡养收入": lambda: str(float(dice.fen(0, 2000))),
        "年老体弱且生活遇困": lambda: dice.choice(("是", "否", "不清楚")),
        "教育支出": lambda: str(float(dice.fen(0, 9000))),
        "意外支出": lambda: str(float(dice.fen(0, 9000))),
        "出生日期": lambda: dice.choice(("1950-01-01", "1990-02-30")),
        "K021": lambda: dice.choice(("1000", None)),
    }
    shared: dict[str, Callable[[], Cell]] = {
        "金融资产总额": lambda: str(float(dice.fen(0, 30000))),
        "拥有产权住房套数": lambda: dice.choice(("0", "1", "2")),
        "机动车数量": lambda: dice.choice(("0", "1")),
        "户籍类型": lambda: dice.choice(("城镇", "农村")),
        "经营主体数量": lambda: dice.choice(("0", "1", "若干")),
        "申请日期": lambda: date_cell(dice, as_of - timedelta(days=dice.randint(-5, 300))),
        "申请类别": lambda: dice.choice(("特困人员", "特困", "最低生活保障对象")),
        "K063": lambda: "2",
    }
    for family in families:
        by_person = dice.chance(0.6)
        items = personal if by_person else shared
        item = dice.choice(list(items))
        code = dice.choice(numbers(family))
        human = dice.choice(family.people)
        for _ in range(dice.choice((1, 1, 2, 3))):
            day = dice.choice((as_of, as_of, as_of - timedelta(days=20), as_of + timedelta(days=1)))
            rows.append(
                {
                    "户编号": code,
                    "身份证号": human.number if by_person else None,
                    "事项": item,
                    "核实值": None if dice.chance(0.1) else items[item](),
                    "结论": dice.choice(("属实", "已更正", "已更正", "误报", "已处置")),
                    "核实日期": date_cell(dice, day),
                    "核实人": "某某",
                    "依据": "入户",
                }
            )
    return rows
