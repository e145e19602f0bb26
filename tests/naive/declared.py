"""What households declare: registers, applications, the three lists of 民政 and 防返贫监测, 核实结果."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tests.naive.draft import Record
from tests.naive.headings import TABLES
from tests.naive.model import REGISTER_CATEGORY, Cell
from tests.naive.people import (
    Dice,
    Family,
    Human,
    date_cell,
    money_cell,
    month_cell,
    name_cell,
    number_cell,
    unusable_number,
)
from tests.naive.tables import INCOMES
from tests.naive.values import add_months

LINES = {"低保": Fraction(1), "边缘": Fraction(3, 2)}
NORMAL = ("正常", "正常", "正常", "正常", "外出务工", "在校学生", "军官士官", "刑满释放")
GONE = ("义务兵", "服刑", "失踪满两年", "死亡", "外嫁未迁户口")
LAYOUTS = ("五项", "五项", "年收入", "月收入", "年月", "都有", "无")


class Clerk:
    """Fills in rows; `standards` are the yearly amounts that some families are made to meet exactly."""

    def __init__(self, *, dice: Dice, as_of: date, dirt: float, standards: dict[str, Fraction]) -> None:
        self.dice = dice
        self.as_of = as_of
        self.dirt = dirt
        self.standards = standards

    def identity(self, human: Human) -> Record:
        """姓名 and 身份证号 as a roster file has them."""
        lost = self.dice.chance(self.dirt * 0.25)
        number = (
            unusable_number(self.dice, human.number)
            if lost
            else number_cell(self.dice, human.number, self.dirt)
        )
        return {"姓名": name_cell(self.dice, human.name, self.dirt), "身份证号": number}

    def near(self, *days: date) -> Cell:
        """One of these days or one to either side."""
        return date_cell(self.dice, self.dice.choice(days) + timedelta(days=self.dice.choice((-1, 0, 0, 1))))

    def _income_line(self, family: Family) -> Fraction:
        residence = "农村" if family.rural else "城镇"
        standard, people = self.standards[residence], len(family.people)
        if family.aim in LINES:
            return LINES[family.aim] * standard * people + family.delta
        if family.aim == "可支配":
            return self.standards[f"可支配{residence}"] * people + family.delta
        return standard * people * 2 if family.aim == "支出" else Fraction(0)

    def member(self, family: Family, human: Human, *, layout: str) -> Record:
        """A row of 救助人员 or 申请人员 without its household."""
        dice = self.dice
        head = human is family.head
        kinds = dict.fromkeys(INCOMES, Fraction(0))
        if family.aim:
            if head:
                kinds["经营净收入"] = self._income_line(family)
        else:
            for kind in INCOMES:
                if dice.chance(0.35):
                    kinds[kind] = dice.fen(0, 9000)
            if dice.chance(0.04):
                kinds["经营净收入"] = -dice.fen(1, 3000)
        year = sum(kinds.values(), Fraction(0))
        state = dice.choice(NORMAL) if family.aim or dice.chance(0.92) else dice.choice(GONE)
        if human.age(self.as_of) == 0:
            state = "新生儿"
        record: Record = {
            **self.identity(human),
            "出生日期": date_cell(dice, human.born),
            "与户主关系": "户主" if head else dice.choice(("配偶", "之子", "之女", "之父", "其他")),
            "人员状态": None if dice.chance(0.3) else state,
            "是否保障对象": None if dice.chance(0.3) else not dice.chance(0.1),
            "照护人": dice.chance(0.1),
            "年老体弱且生活遇困": human.age(self.as_of) > 65 and dice.chance(0.5),
            "实际赡养收入": money_cell(dice, dice.fen(0, 3000)),
            "法定义务人状况": dice.choice(("无", "无履行能力", "有", None)),
            "患重特大疾病": dice.chance(0.12),
            "教育支出": money_cell(
                dice, dice.fen(0, 8000) if dice.chance(0.1) and not family.aim else Fraction(0)
            ),
            "残疾支出": money_cell(
                dice, dice.fen(0, 9000) if dice.chance(0.1) and not family.aim else Fraction(0)
            ),
            "意外支出": money_cell(
                dice, dice.fen(0, 9000) if dice.chance(0.1) and not family.aim else Fraction(0)
            ),
        }
        if head and family.aim == "支出":
            record["残疾支出"] = money_cell(dice, year * Fraction(6, 10) + family.delta)
        if layout in ("五项", "都有"):
            record |= {kind: money_cell(dice, amount) for kind, amount in kinds.items()}
        if layout in ("年收入", "年月", "都有"):
            record["年收入"] = money_cell(dice, year)
        if layout in ("月收入", "年月"):
            record["月收入"] = money_cell(dice, Fraction(int(year / 12 * 100), 100))
        return record

    def household(self, family: Family, *, number: str | None) -> Record:
        """A row of 救助家庭 or 申请家庭."""
        dice = self.dice
        people = len(family.people)
        savings = dice.fen(0, 30000)
        if family.aim == "存款":
            savings = self.standards["农村" if family.rural else "城镇"] * 2 * people + family.delta
        elif family.aim:
            savings = Fraction(0)
        own = bool(family.aim) or dice.chance(0.7)
        return {
            "户编号": number,
            "户籍类型": ("农村" if family.rural else "城镇") if family.aim or dice.chance(0.85) else None,
            "户主姓名": family.head.name,
            "户主身份证号": number_cell(dice, family.head.number, self.dirt),
            "镇": family.town,
            "村": dice.choice(("一村", "二村", "三村")),
            "家庭人口": people,
            "保障人口": people,
            "金融资产总额": money_cell(dice, savings) if own else None,
            "拥有产权住房套数": dice.choice((0, 1, 1)) if family.aim else dice.choice((0, 1, 1, 2, None)),
            "机动车数量": 0 if family.aim else dice.choice((0, 0, 1, None)),
            "经营主体数量": 0 if family.aim else dice.choice((0, 0, 1, None)),
        }

    def register_pair(
        self, families: list[Family], *, part: str, layout: str
    ) -> tuple[list[Record], list[Record]]:
        """The household and the person rows of one register."""
        dice, homes, people = self.dice, [], []
        with_category = dice.chance(0.5)
        for family in families:
            number: str | None = f"H{family.code}"
            throw = dice.random()
            if throw < self.dirt * 0.15:
                number = None
            elif throw < self.dirt * 0.25:
                number = family.head.number
            elif throw < self.dirt * 0.35:
                number = (
                    f"H{int(family.code) // 10 * 10}"  # shared with neighbours, perhaps on another register
                )
            home = self.household(family, number=number)
            if with_category:
                home["救助类别"] = REGISTER_CATEGORY[part]
            lost_head = number is not None and number != family.head.number and dice.chance(self.dirt * 0.1)
            own = number is not None and number.startswith("H")
            left_out = own and (lost_head or str(number).endswith("0") or dice.chance(self.dirt * 0.1))
            if not left_out:
                homes.append(home)
            for human in family.people:
                row = {**self.member(family, human, layout=layout), "户编号": number}
                row["户主身份证号"] = None if human is family.head else family.head.number
                if (
                    number is not None
                    and number.startswith("H")
                    and home in homes
                    and dice.chance(self.dirt * 0.15)
                ):
                    row["户编号"] = None
                people.append(row)
        self.contradict(homes, ("金融资产总额", "拥有产权住房套数", "户籍类型"))
        self.contradict(people, ("人员状态", "患重特大疾病", "是否保障对象"))
        return homes, people

    def contradict(self, records: list[Record], columns: tuple[str, ...]) -> None:
        """Second rows of the same key that say something else."""
        for record in [one for one in records if self.dice.chance(self.dirt * 0.1)]:
            column = self.dice.choice(columns)
            words = list(TABLES["救助家庭" if column in TABLES["救助家庭"] else "救助人员"][column].words)
            records.append({**record, column: self.dice.choice(words or ["1"])})

    def applications(self, families: list[Family], *, layout: str) -> tuple[list[Record], list[Record]]:
        """申请家庭 and 申请人员."""
        dice, homes, people = self.dice, [], []
        for family in families:
            code: str | None = None if dice.chance(self.dirt * 0.15) else f"A{family.code}"
            home = self.household(family, number=None)
            applied = dice.day(self.as_of - timedelta(days=200), self.as_of)
            home |= {
                "申请编号": code,
                "申请日期": dice.choice(
                    (date_cell(dice, applied), date_cell(dice, applied), self.near(self.as_of))
                ),
                "申请类别": dice.choice(("特困人员", "最低生活保障对象", "刚性支出困难家庭成员", None)),
                "申请渠道": "线下",
            }
            home.pop("户编号")
            homes.append(home)
            for human in family.people:
                row = {**self.member(family, human, layout=layout), "申请编号": code}
                row["户主身份证号"] = None if human is family.head else family.head.number
                row.pop("是否保障对象")
                people.append(row)
        self.contradict(homes, ("金融资产总额", "户籍类型"))
        return homes, people

    def monitored(self, families: list[Family]) -> list[Record]:
        """防返贫监测."""
        dice, rows = self.dice, []
        for family in families:
            kind = dice.choice(("脱贫不稳定户", "边缘易致贫户", "突发严重困难户", None, None))
            cleared = dice.chance(0.4)
            income = money_cell(dice, dice.fen(3000, 20000))
            without = dice.chance(self.dirt * 0.3)
            for human in family.people:
                row = self.identity(human) | {
                    "户编号": None if without else f"J{family.code}",
                    "镇": family.town,
                }
                row |= {"户主身份证号": None if human is family.head else family.head.number, "村": "一村"}
                row |= {
                    "户类型": dice.choice(("脱贫户", "一般农户")),
                    "监测对象类别": kind,
                    "风险是否已消除": cleared,
                }
                row |= {"识别监测时间": month_cell(dice, 2024, 5), "人均纯收入": income, "与户主关系": "其他"}
                rows.append(row)
        return rows

    def others(self, families: list[Family]) -> list[Record]:
        """其他困难人员."""
        dice, rows = self.dice, []
        old = self.as_of - timedelta(days=300)
        for family in families:
            code = None if dice.chance(0.2) else f"Q{family.code}"
            for human in family.people:
                ends = dice.choice((None, None, self.near(self.as_of), date_cell(dice, date(2027, 6, 30))))
                starts = dice.choice((date_cell(dice, old), date_cell(dice, old), self.near(self.as_of)))
                rows.append(
                    self.identity(human)
                    | {
                        "户编号": code,
                        "镇": family.town,
                        "村": "二村",
                        "认定日期": starts,
                        "有效期至": ends,
                        "认定依据": "会议",
                    }
                )
        return rows

    def stopped(self, families: list[Family]) -> list[Record]:
        """停保."""
        dice, rows = self.dice, []
        edge = add_months(self.as_of, -24)
        for family in families:
            code = None if dice.chance(0.2) else f"T{family.code}"
            for human in family.people:
                day = dice.choice(
                    (self.near(edge), self.near(self.as_of), date_cell(dice, edge + timedelta(days=200)))
                )
                rows.append(
                    self.identity(human)
                    | {"户编号": code, "镇": family.town, "村": "三村", "停保日期": day}
                    | {"原类别": dice.choice(("最低生活保障对象", "特困人员", "最低生活保障边缘家庭成员"))}
                    | {"退出原因": dice.choice(("收入超标", "自愿", None, "死亡"))}
                )
        return rows
