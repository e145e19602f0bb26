"""Random counties that walk into as many corners of POLICY.md as they can."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.declared import LAYOUTS, Clerk
from tests.naive.departments import Departments
from tests.naive.draft import Record, make_sheets
from tests.naive.model import REGISTERS, County, Sheet
from tests.naive.people import (
    TOWNS,
    Dice,
    Family,
    Human,
    Population,
    name_cell,
    number_cell,
    unusable_number,
    wrong_name,
)
from tests.naive.values import month_of
from tests.naive.verdicts import verdicts

__all__ = ["County", "Sheet", "random_county"]

PERIOD = "2026-10"
REQUIRED = ("养老待遇", "就业登记", "公益性岗位", "失业保险", "学费资助", "残疾人证", "不动产", "儿童福利")
OPTIONAL = ("机动车", "市场主体", "死亡", "监所")
NAMED = {
    "不动产": ("权利人", "证件号码"),
    "机动车": ("机动车所有人", "身份证明号码"),
    "市场主体": ("法定代表人", "证件号码"),
}
SMALLEST = 6


def random_county(seed: int, households: int, *, dirt: float) -> County:
    """A county of about this many households; `dirt` from 0 to 0.3 is how much is wrong in its exports."""
    return _Builder(Dice(seed), households, dirt).build()


class _Builder:
    """One county in the making."""

    def __init__(self, dice: Dice, households: int, dirt: float) -> None:
        self.dice = dice
        self.dirt = dirt
        self.as_of = date(2026, 10, 31) if dice.chance(0.7) else date(2026, 10, dice.randint(10, 30))
        if dice.chance(0.05):
            self.as_of = dice.choice((date(2026, 9, 30), date(2026, 9, 12), date(2026, 11, 5)))
        self.settings = random_settings(dice, self.as_of, dirt)
        population = Population(dice, self.as_of, dirt)
        self.families = [population.family(f"{1000 + place}") for place in range(households)]
        self.strangers = [population.human(18, 80) for _ in range(households // 4)]
        self.clerk = Clerk(dice=dice, as_of=self.as_of, dirt=dirt, standards=_standards(self.settings))
        self.departments = Departments(dice, self.as_of)
        self.complete = dice.chance(0.45)
        self.sheets: list[Sheet] = []
        self.earlier: dict[str, list[Sheet]] = {}
        self.rostered: list[Human] = []

    def came(self, share: float = 0.85) -> bool:
        """Whether a department sent its table."""
        return self.complete or self.dice.chance(share)

    def build(self) -> County:
        """Deals the families out to the tables and fills these."""
        dice = self.dice
        dealt = {place: [] for place in (*REGISTERS, "申请", "监测", "其他", "停保")}  # type: dict[str, list[Family]]
        for family in self.families:
            alone = len(family.people) == 1 and family.head.age(self.as_of) >= 59 and dice.chance(0.6)
            place = "特困" if alone else dice.choices(list(dealt), (9, 4, 5, 4, 3, 9, 5, 4, 4))[0]
            dealt[place].append(family)
        self.rostered = [human for family in self.families for human in family.people]
        also = {
            "申请": [one for part in REGISTERS for one in dealt[part] if dice.chance(0.06)],
            "监测": [one for one in self.families if dice.chance(0.2)],
            "其他": [one for one in self.families if dice.chance(0.05)],
            "停保": [one for one in self.families if dice.chance(0.06)],
            **{part: [one for one in self.families if dice.chance(0.02)] for part in REGISTERS},
        }
        for place, more in also.items():
            dealt[place] += [self._part_of(one) for one in more if one not in dealt[place]]
        for family in dealt["低保边缘"]:  # 单人保: alone on the 低保 register, with the family on another
            if dice.chance(0.15):
                single = dice.choice(family.people)
                own = "农村低保" if family.rural else "城市低保"
                dealt[own].append(Family(f"{family.code}7", family.town, [single], family.rural))
        for part in REGISTERS:
            self._register(part, dealt[part])
        self._applications(dealt["申请"])
        for table, maker, place in (
            ("防返贫监测", self.clerk.monitored, "监测"),
            ("其他困难人员", self.clerk.others, "其他"),
            ("停保", self.clerk.stopped, "停保"),
        ):
            if self.came() and dealt[place]:
                self._add(table, self._spoil(maker(dealt[place]), names=dice.chance(0.5)))
        for table in (*REQUIRED, *OPTIONAL):
            if self.came(0.85 if table in REQUIRED else 0.6) and (table in REQUIRED or dice.chance(0.7)):
                self._department(table)
        self._settlements()
        if dice.chance(0.7):
            chosen = [one for one in self.families if dice.chance(0.15) and not one.code.endswith("0")]
            self._add(
                "核实结果",
                verdicts(
                    dice,
                    self.as_of,
                    chosen,
                    lambda one: [f"H{one.code}", f"SQ-A{one.code}", f"H{one.code}", f"JC-J{one.code}"],
                ),
            )
        return County(PERIOD, self.as_of, self.settings, {**self.earlier, PERIOD: self.sheets})

    def _part_of(self, family: Family) -> Family:
        """The family, or only some of it (the same people under another household)."""
        if self.dice.chance(0.5):
            return family
        people = [human for human in family.people if self.dice.chance(0.6)] or family.people[:1]
        return Family(family.code, family.town, people, family.rural, family.aim, family.delta)

    def _add(self, table: str, records: list[Record], part: str = "", stem: str = "") -> None:
        if records:
            self.dice.shuffle(records)
            self.sheets += make_sheets(
                dice=self.dice, table=table, part=part, records=records, dirt=self.dirt, stem=stem or table
            )

    def _register(self, part: str, families: list[Family]) -> None:
        """One pair of files; sometimes only one of them, or a register that the county does not keep."""
        dice = self.dice
        if not families or not self.came(0.8):
            if dice.chance(0.5):
                self.settings["不设登记"].append(part)
                return
            if not families:
                return
            half = dice.choice((0, 1, 2))
        else:
            half = 3
        homes, people = self.clerk.register_pair(families, part=part, layout=dice.choice(LAYOUTS))
        kind = "特困人员" if part == "特困" else part
        if half in (1, 3):
            self._add("救助家庭", homes, part, f"{kind}家庭查询")
        if half in (2, 3):
            self._add("救助人员", people, part, f"{kind}人员查询")

    def _applications(self, families: list[Family]) -> None:
        if families and self.came():
            layout = self.dice.choice(("五项", "五项", "五项", "年收入"))
            homes, people = self.clerk.applications(families, layout=layout)
            self._add("申请家庭", homes)
            self._add("申请人员", people)

    def _named(self, table: str, human: Human, row: Record) -> Record:
        """The row with its person's name and number, as this table calls them."""
        name, number = NAMED.get(table, ("姓名", "身份证号"))
        written = name_cell(self.dice, human.name, self.dirt)
        return {name: written, number: number_cell(self.dice, human.number, self.dirt), **row}

    def _spoil(self, records: list[Record], table: str = "", *, names: bool = True) -> list[Record]:
        """Names that do not fit and numbers that are lost, in a small share of the rows."""
        name, number = NAMED.get(table, ("姓名", "身份证号"))
        for record in records:
            if not self.dice.chance(self.dirt * 0.35):
                continue
            if names and self.dice.chance(0.5):
                record[name] = wrong_name(self.dice, str(record[name]))
            elif isinstance(record[number], str) and len(str(record[number])) == 18:
                record[number] = unusable_number(self.dice, str(record[number]).upper())
        return records

    def _department(self, table: str) -> None:
        dice = self.dice
        records = []
        for human in self.rostered:
            if not human.quiet or table in ("残疾人证", "儿童福利"):
                records += [self._named(table, human, row) for row in self.departments.rows(table, human)]
        for human in self.strangers[: len(records) // 10]:
            records += [self._named(table, human, row) for row in self.departments.rows(table, human)]
        while len(records) < SMALLEST:
            records.append(self._named(table, dice.choice(self.rostered), self.departments.neutral(table)))
        if table == "不动产":
            self._share(records)
        self._add(table, self._spoil(records, table))

    def _share(self, records: list[Record]) -> None:
        """Some units get a second owner in the same cells."""
        for record in records:
            if self.dice.chance(0.15) and record["不动产单元号"] is not None:
                other, mark = self.dice.choice(self.rostered), self.dice.choice("、，;")
                record["权利人"] = f"{record['权利人']}{mark}{other.name}"
                record["证件号码"] = f"{record['证件号码']}{mark}{other.number}"

    def _settlements(self) -> None:
        """One delivery with everything, or several month folders that overlap and disagree."""
        dice, last = self.dice, self.departments.month
        people = [human for human in self.rostered if not human.quiet] or self.rostered
        made = [
            (*self.departments.settlement(last - 16, last), dice.choice(people))
            for _ in range(len(people) // 2)
        ]
        lag = dice.choice((0, 0, 1, 2, 4))
        for month in range(last - 16, last - lag + 1) if dice.chance(0.7) else ():
            made += [(*self.departments.settlement(month, month), dice.choice(people)) for _ in range(2)]
        made = [one for one in made if one[0] <= last - lag]
        if dice.chance(0.5):
            deliveries = [(last, last - 16, last)]
        else:
            deliveries = [(month, month - dice.randint(2, 8), month) for month in range(last - 9, last + 1)]
        if not self.came():
            deliveries = deliveries[:-1]
        for folder, first, newest in deliveries:
            rows = [
                self._named("医保结算", human, dict(row))
                for month, row, human in made
                if first <= month <= newest
            ]
            rows = [row for row in rows if not dice.chance(0.05)]
            for row in rows:
                if dice.chance(0.1):
                    row["有效标志"] = "0"
            if len(rows) < 3:
                continue
            rows = self._spoil(rows, "医保结算")
            dice.shuffle(rows)
            sheets = make_sheets(
                dice=dice, table="医保结算", part="", records=rows, dirt=self.dirt, stem="医保结算"
            )
            if folder == last:
                self.sheets += sheets
            else:
                year, month = month_of(folder)
                self.earlier[f"{year}-{month:02d}"] = sheets


def _standards(settings: dict[str, Any]) -> dict[str, Fraction]:
    """The amounts that some families are made to meet, whatever is in force."""
    given = settings["参数"]
    low = given["低保标准"]["取值"][-1] if "低保标准" in given else {"城镇": 9600, "农村": 7200}
    mean = (
        given["上年度居民可支配收入"]["取值"][-1]
        if "上年度居民可支配收入" in given
        else {"城镇": 49053, "农村": 19286}
    )
    both = ("城镇", "农村")
    return {
        **{one: Fraction(low[one]) for one in both},
        **{f"可支配{one}": Fraction(mean[one]) for one in both},
    }


def random_settings(dice: Dice, as_of: date, dirt: float) -> dict[str, Any]:
    """The values of lic.yaml in the shape of POLICY §6; some parameters unset or not yet in force."""
    near = as_of + timedelta(days=dice.choice((-1, 0, 61)))
    end = date(as_of.year, as_of.month, calendar.monthrange(as_of.year, as_of.month)[1])
    values: dict[str, dict[str, Any]] = {
        "低保标准": dice.choice(({"城镇": 9600, "农村": 7200}, {"城镇": 9000, "农村": 6130})),
        "上年度居民可支配收入": {"城镇": 49053, "农村": 19286},
        "货币财产月数": {
            "特困人员": 24,
            "最低生活保障对象": 24,
            "最低生活保障边缘家庭成员": 36,
            "刚性支出困难家庭成员": 36,
        },
        "住房套数上限": {"值": 1},
        "商业用房上限": {"值": dice.choice((0, 0, 1))},
        "机动车上限": {"值": dice.choice((0, 1))},
        "经营主体上限": {"值": dice.choice((0, 1))},
        "就业成本扣减比例": {"值": dice.choice(("10%", "12.5%", "0%"))},
        "照护人收入豁免比例": {"值": dice.choice(("50%", "100%"))},
        "基础养老金豁免": {"值": dice.choice(("是", "否"))},
        "过渡期截止": {"值": near},
        "收入差异容差": {"值": 600},
        "医疗支出预警线": {"值": 20000},
        "防返贫监测收入线": {"值": 8000},
    }
    parameters = {}
    gaps = dice.chance(0.4)
    for name, value in values.items():
        entries = [{"自": date(2026, 1, 1), **value, "依据": "示例值"}]
        if gaps and dice.chance(0.15):
            if dice.chance(0.5):
                continue
            entries = [{"自": end + timedelta(days=1), **value, "依据": "示例值"}]
        elif dice.chance(0.2) and name not in ("基础养老金豁免", "过渡期截止"):
            entries.append({**entries[0], "自": as_of})
        parameters[name] = {"取值": entries}
    return {"县": "示例县", "镇": list(TOWNS), "不设登记": [], "参数": parameters}
