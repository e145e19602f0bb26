"""What the departments know of people: one function per table, each giving its rows for one person."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tests.naive.draft import Record
from tests.naive.model import Cell
from tests.naive.people import Dice, Human, date_cell, money_cell, month_cell
from tests.naive.values import Month, month_of

KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重", "多重")
GRADES = ("1", "2", "3", "3", "4")


class Departments:
    """Draws rows; every row names its person as 姓名 and 身份证号, the sheet's own words come later."""

    def __init__(self, dice: Dice, as_of: date) -> None:
        self.dice = dice
        self.as_of = as_of
        self.month = Month(as_of.year, as_of.month).serial
        self.dated_pensions = dice.chance(0.5)
        self.serial = 0

    def code(self, letter: str) -> str:
        """A number that nothing else has."""
        self.serial += 1
        return f"{letter}{self.serial:08d}"

    def edge(self) -> date:
        """A day around a 15th, or anywhere within three years."""
        if self.dice.chance(0.4):
            return self.dice.day(self.as_of - timedelta(days=900), self.as_of + timedelta(days=200))
        middle = date(*month_of(self.month - self.dice.randint(-2, 15)), 15)
        return middle + timedelta(days=self.dice.choice((-1, 0, 1)))

    def span(self) -> tuple[Cell, Cell]:
        """A beginning and an end, either of them sometimes blank."""
        first, last = sorted((self.edge(), self.edge()))
        dice = self.dice
        return (
            None if dice.chance(0.15) else date_cell(dice, first),
            None if dice.chance(0.4) else date_cell(dice, last),
        )

    def some_month(self, low: int, high: int) -> Cell:
        """A month this many before the as-of month."""
        return month_cell(self.dice, *month_of(self.month - self.dice.randint(low, high)))

    def rows(self, table: str, human: Human) -> list[Record]:
        """The rows of one table about one person; often there are none."""
        dice, age = self.dice, human.age(self.as_of)
        match table:
            case "养老待遇":
                return self.pensions() if age >= 60 and dice.chance(0.7) else []
            case "就业登记":
                return [self.job() for _ in range(dice.choice((0, 0, 1, 1, 2)))] if 16 <= age < 62 else []
            case "公益性岗位" if dice.chance(0.1):
                start, end = self.span()
                return [{"月补贴": money_cell(dice, dice.fen(300, 900)), "上岗日期": start, "离岗日期": end}]
            case "失业保险" if dice.chance(0.08):
                start, end = self.some_month(6, 15), self.some_month(-1, 8)
                return [{"失业保险金": money_cell(dice, dice.fen(500, 1500)), "领取起": start, "领取止": end}]
            case "学费资助":
                return [self.fees() for _ in range(dice.choice((0, 1, 2)))] if 15 <= age <= 25 else []
            case "残疾人证" if dice.chance(0.3):
                return [self.certificate(human) for _ in range(dice.choice((1, 1, 1, 2)))]
            case "不动产" if dice.chance(0.3):
                return [self.property_() for _ in range(dice.choice((1, 1, 2)))]
            case "机动车" if dice.chance(0.15):
                return [self.car()]
            case "市场主体" if dice.chance(0.08):
                return [self.business()]
            case "死亡" if dice.chance(0.04):
                days = (self.as_of, self.as_of + timedelta(days=1), self.as_of - timedelta(days=90))
                return [{"死亡日期": date_cell(dice, dice.choice(days)), "数据来源": "村上报"}]
            case "监所" if dice.chance(0.05):
                kind = dice.choice(("在押服刑", "强制隔离戒毒", "社区矫正", "刑满释放"))
                start, end = self.span()
                return [{"类别": kind, "开始日期": start, "结束日期": end}]
            case "儿童福利" if age < 18 and dice.chance(0.15):
                return [{"儿童类别": dice.choice(("孤儿", "事实无人抚养儿童"))}]
            case _:
                return []

    def neutral(self, table: str) -> Record:
        """A row that changes nothing, to fill a table that would be too small."""
        dice = self.dice
        zero = money_cell(dice, Fraction(0))
        fixed: dict[str, Record] = {
            "养老待遇": {"险种类型": "城乡居民养老", "待遇发放状态": "暂停", "月待遇金额": zero},
            "就业登记": {
                "单位名称": "某厂",
                "就业登记状态": "失业",
                "合同终止": None,
                "合同开始": None,
                "月工资": zero,
            },
            "公益性岗位": {"月补贴": zero, "上岗日期": None, "离岗日期": None},
            "失业保险": {"失业保险金": zero, "领取起": None, "领取止": None},
            "学费资助": {"学年": "2020", "学费": zero, "住宿费": zero, "资助金额": zero},
            "残疾人证": {"残疾人证号": None, "残疾类别": "听力", "残疾等级": "4", "状态": "有效"},
            "不动产": {
                "不动产单元号": self.code("U"),
                "用途": "车位",
                "权属状态": "现势",
                "登记日期": "2020-01-01",
            },
            "机动车": {"号牌号码": self.code("陕"), "车辆类型": "摩托车", "机动车状态": "正常"},
            "市场主体": {
                "企业名称": "某店",
                "统一社会信用代码": self.code("9"),
                "职务": "股东",
                "登记状态": "存续",
            },
            "死亡": {"死亡日期": date_cell(dice, self.as_of - timedelta(days=40)), "数据来源": "村上报"},
            "监所": {"类别": "社区矫正", "开始日期": None, "结束日期": None},
            "儿童福利": {"儿童类别": "孤儿"},
        }
        row = fixed[table]
        if table == "养老待遇":
            row["待遇享受开始年月"] = month_cell(dice, 2015, 3)
            row |= {"发放年月": self.some_month(0, 0)} if self.dated_pensions else {}
        return row

    def pensions(self) -> list[Record]:
        """One state of one insurance, or several months of it."""
        dice = self.dice
        rows = []
        for state in dice.choice((("正常",), ("正常",), ("正常", "补发"), ("终止",), ("补发",))):
            kind = dice.choice(("城乡居民养老", "企业职工"))
            start = month_cell(dice, 2015, 3) if dice.chance(0.6) else self.some_month(-1, 13)
            newest = dice.choice((0, 0, 1, 2, 3))
            for back in range(newest, newest + (dice.randint(1, 3) if self.dated_pensions else 1)):
                amount = dice.fen(120, 900)
                row: Record = {
                    "险种类型": kind,
                    "待遇发放状态": state,
                    "待遇享受开始年月": start,
                    "月待遇金额": money_cell(dice, amount),
                    "基础养老金": None if dice.chance(0.2) else money_cell(dice, dice.fen(50, 120)),
                    "高龄补贴": None if dice.chance(0.6) else money_cell(dice, dice.fen(0, 60)),
                }
                if self.dated_pensions:
                    row["发放年月"] = self.some_month(back, back)
                rows.append(row)
        return rows

    def job(self) -> Record:
        """A row of 就业登记."""
        start, end = self.span()
        state = self.dice.choice(("就业", "就业", "灵活就业", "失业", "未登记"))
        wage = money_cell(self.dice, self.dice.fen(300, 3000))
        return {"单位名称": "某厂", "就业登记状态": state, "合同开始": start, "合同终止": end, "月工资": wage}

    def fees(self) -> Record:
        """A row of 学费资助."""
        dice = self.dice
        year = self.as_of.year - dice.choice((0, 1, 1, 2))
        return {
            "学年": dice.choice((str(year), f"{year}-{year + 1}", None)),
            "学费": money_cell(dice, dice.fen(2000, 9000)),
            "住宿费": money_cell(dice, dice.fen(500, 1200)),
            "资助金额": money_cell(dice, dice.fen(0, 4000)),
        }

    def certificate(self, human: Human) -> Record:
        """A row of 残疾人证."""
        kind, grade = self.dice.choice(KINDS), self.dice.choice(GRADES)
        place = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重").index(kind) + 1
        state = self.dice.choice(("有效", "有效", "有效", "注销", "过期", "冻结"))
        return {
            "残疾人证号": f"{human.number}{place}{grade}",
            "残疾类别": kind,
            "残疾等级": grade,
            "状态": state,
        }

    def property_(self) -> Record:
        """A row of 不动产; some units belong to several people or have no number."""
        dice = self.dice
        unit = (
            None
            if dice.chance(0.1)
            else f"U{dice.randint(1, 60):04d}"
            if dice.chance(0.3)
            else self.code("U")
        )
        return {
            "不动产单元号": unit,
            "用途": dice.choice(("住宅", "住宅", "住宅", "商业", "车位")),
            "权属状态": dice.choice(("现势", "现势", "现势", "历史")),
            "登记日期": date_cell(dice, self.edge()),
        }

    def car(self) -> Record:
        """A row of 机动车."""
        kind = self.dice.choice(("小型轿车", "小型普通客车", "摩托车", "三轮车", "农用车", "电动车"))
        state = self.dice.choice(("正常", "正常", "逾期未检验", "注销", "转出", "报废"))
        return {"号牌号码": self.code("陕"), "车辆类型": kind, "机动车状态": state}

    def business(self) -> Record:
        """A row of 市场主体."""
        duty = self.dice.choice(("法定代表人", "经营者", "股东", "合作社成员"))
        state = self.dice.choice(("存续", "存续", "歇业", "注销"))
        return {"企业名称": "某店", "统一社会信用代码": self.code("9"), "职务": duty, "登记状态": state}

    def settlement(self, first: int, last: int) -> tuple[int, Record]:
        """A row of 医保结算 and its month."""
        dice = self.dice
        month = dice.randint(first, last)
        day = date(*month_of(month), dice.randint(1, 28))
        whole = dice.fen(50, 12000)
        fund = Fraction(int(whole * dice.randint(0, 90)), 100)
        sign = -1 if dice.chance(0.08) else 1
        row: Record = {
            "结算编号": self.code("S"),
            "结算日期": date_cell(dice, day),
            "有效标志": dice.choice(("1", "1", "1", "1", "0")),
            "医疗费总额": money_cell(dice, sign * whole),
            "基金支付总额": None if dice.chance(0.3) else money_cell(dice, sign * fund),
            "统筹支付": money_cell(dice, sign * fund / 2 if fund * 50 == int(fund * 50) else sign * fund),
            "医院负担": None if dice.chance(0.5) else money_cell(dice, Fraction(dice.randint(0, 40))),
        }
        for column in (
            "大病支付",
            "大额支付",
            "医疗救助支付",
            "公务员补助",
            "补充保险",
            "二次补助",
            "其他基金支付",
        ):
            row[column] = money_cell(dice, Fraction(dice.randint(0, 30))) if dice.chance(0.1) else None
        return month, row
