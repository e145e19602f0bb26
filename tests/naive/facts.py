"""What is known of one member: counted, income, spending (POLICY §1-§3)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.naive import interval as iv
from tests.naive.interval import Interval, Truth
from tests.naive.links import Links
from tests.naive.roster import MONITORED, Member
from tests.naive.tables import INCOMES, Row
from tests.naive.values import Gap, Month, Value, birth_date
from tests.naive.windows import Settlements, Window, months_in, school_year_in

NOT_COUNTED = (
    "义务兵",
    "服刑",
    "强制隔离戒毒",
    "失踪满两年",
    "宣告失踪",
    "宗教教职满三年",
    "外嫁未迁户口",
    "死亡",
)
FUNDS = (
    "统筹支付",
    "大病支付",
    "大额支付",
    "医疗救助支付",
    "公务员补助",
    "补充保险",
    "二次补助",
    "其他基金支付",
)
PENSION_MONTHS = 2


class MemberFacts:
    """The facts of one member, over the window of his household."""

    def __init__(self, *, member: Member, links: Links, settlements: Settlements, window: Window) -> None:
        self.member = member
        self.links = links
        self.tables = links.tables
        self.as_of = links.tables.county.as_of
        self.settlements = settlements
        self.window = window

    def declared(self, column: str) -> Value:
        """His own cell, or what 核实结果 puts in its place."""
        if self.member.number is not None:
            said = self.tables.override(self.member.number, "申请人员", column)
            if said is not None:
                return said
        row = self.member.row
        return row.get(column) if row.table in ("救助人员", "申请人员") else Gap.ABSENT

    def declared_amount(self, column: str, absent: Interval = iv.UNKNOWN) -> Interval:
        """A declared amount; "A negative declared income counts 0"."""
        value = self.declared(column)
        if isinstance(value, Fraction):
            return iv.exact(max(value, Fraction(0)))
        return absent if value is Gap.ABSENT else iv.UNKNOWN

    def declared_yes(self, column: str) -> Truth:
        """照护人, 年老体弱且生活遇困, 患重特大疾病: no such column is 否, a blank is unknown."""
        value = self.declared(column)
        if isinstance(value, bool):
            return value
        return False if value is Gap.ABSENT else None

    # POLICY §1

    def counted(self) -> Truth:
        """计入共同生活."""
        value = self.declared("人员状态")
        if isinstance(value, str):
            stays: Truth = value not in NOT_COUNTED
        else:
            stays = None if value is Gap.REFUSED else True
        if self.member.number is None:
            return stays  # "he is counted by his 人员状态 alone"
        dead = self.links.any("死亡", self.member, self._died) if self.tables.delivered("死亡") else False
        held = self.links.any("监所", self.member, self._held) if self.tables.delivered("监所") else False
        return iv.all_of(stays, iv.negate(dead), iv.negate(held))

    def _died(self, row: Row) -> Truth:
        day = row.get("死亡日期")
        return day <= self.as_of if isinstance(day, date) else None

    def _held(self, row: Row) -> Truth:
        start, end = row.get("开始日期"), row.get("结束日期")
        begun = start <= self.as_of if isinstance(start, date) else True if row.empty("开始日期") else None
        running = self.as_of <= end if isinstance(end, date) else True if row.empty("结束日期") else None
        return iv.all_of(row.one_of("类别", "在押服刑", "强制隔离戒毒"), begun, running)

    def age(self) -> int | None:
        """POLICY: "年龄 is in full years on the as-of date, from the ID number, else 出生日期"."""
        if self.member.number is not None:
            born: Value | None = birth_date(self.member.number)
        else:
            born = self.declared("出生日期")
        if not isinstance(born, date):
            return None
        had_birthday = (self.as_of.month, self.as_of.day) >= (born.month, born.day)
        return self.as_of.year - born.year - (0 if had_birthday else 1)

    # POLICY §2

    def wages(self) -> Interval:
        """Verified 工资性."""
        jobs = self.links.sum("就业登记", self.member, self._job, iv.UNKNOWN)
        return jobs + self.links.sum("公益性岗位", self.member, self._post, iv.UNKNOWN)

    def _job(self, row: Row) -> Interval:
        amount = row.amount("月工资") * months_in(self.window, row.get("合同开始"), row.get("合同终止"))
        if row.empty("合同终止"):  # "counts only with 就业登记状态 就业 or 灵活就业"
            return iv.choose(row.one_of("就业登记状态", "就业", "灵活就业"), amount, iv.ZERO)
        return amount

    def _post(self, row: Row) -> Interval:
        return row.amount("月补贴") * months_in(self.window, row.get("上岗日期"), row.get("离岗日期"))

    def pensions(self) -> tuple[Interval, Interval]:
        """Verified 养老待遇, and Σ 基础养老金 × 月数 over the same 正常 rows."""
        linked = self.links.find("养老待遇", self.member)
        if linked is None:
            return iv.UNKNOWN + iv.UNKNOWN, iv.UNKNOWN
        dated = any("发放年月" in row.values for row in self.tables.rows["养老待遇"])
        rows, doubtful = linked.rows, linked.doubtful
        if dated:  # a row whose 发放年月 cannot be read is a row that cannot be used
            doubtful = doubtful or any(not isinstance(row.get("发放年月"), Month) for row in rows)
            rows = self._newest(rows)
        regular = iv.total(
            iv.choose(row.one_of("待遇发放状态", "正常"), self._pension(row), iv.ZERO) for row in rows
        )
        once = iv.total(
            iv.choose(row.one_of("待遇发放状态", "补发"), row.amount("月待遇金额"), iv.ZERO) for row in rows
        )
        basic = iv.total(
            iv.choose(row.one_of("待遇发放状态", "正常"), self._basic(row), iv.ZERO) for row in rows
        )
        if doubtful and dated:
            regular = once = basic = iv.UNKNOWN  # "of 养老待遇 with 发放年月 [0, ∞)"
        elif doubtful:
            regular, once, basic = iv.at_least(regular), iv.at_least(once), iv.at_least(basic)
        return regular + once, basic

    def _newest(self, rows: list[Row]) -> list[Row]:
        """POLICY: "of each person, 险种类型 and state … the newest rows, if within two months"."""
        months = [row.get("发放年月") for row in self.tables.rows["养老待遇"]]
        newest = max((month.serial for month in months if isinstance(month, Month)), default=0)
        groups: dict[tuple[str, str], list[tuple[int, Row]]] = {}
        for row in rows:
            month = row.get("发放年月")
            if isinstance(month, Month):
                key = (row.text("险种类型"), row.text("待遇发放状态"))
                groups.setdefault(key, []).append((month.serial, row))
        kept: list[Row] = []
        for dated in groups.values():
            last = max(index for index, _ in dated)
            if newest - last <= PENSION_MONTHS:
                kept.extend(row for index, row in dated if index == last)
        return kept

    def _months_paid(self, row: Row) -> Interval:
        return months_in(self.window, row.get("待遇享受开始年月"), Gap.BLANK)

    def _pension(self, row: Row) -> Interval:
        return (row.amount("月待遇金额") - row.amount("高龄补贴", iv.ZERO)) * self._months_paid(row)

    def _basic(self, row: Row) -> Interval:
        return row.amount("基础养老金", iv.ZERO) * self._months_paid(row)

    def _benefit(self, row: Row) -> Interval:
        return row.amount("失业保险金") * months_in(self.window, row.get("领取起"), row.get("领取止"))

    def incomes(self) -> dict[str, Interval]:
        """核查额 of the kinds that matter, 总收入, 核定年收入, 就业成本."""
        wages = self.wages()
        pension, basic = self.pensions()
        transfers = pension + self.links.sum("失业保险", self.member, self._benefit, iv.UNKNOWN)
        exempt = iv.choose(self.tables.yes("基础养老金豁免"), basic, iv.ZERO)
        net = transfers - exempt
        five = self.member.row.table in ("救助人员", "申请人员") and all(
            k in self.member.row.values for k in INCOMES
        )
        if five:
            work = iv.larger(self.declared_amount("工资性收入"), wages)
            transfer = iv.larger(iv.larger(self.declared_amount("转移净收入"), net), iv.ZERO)
            business, property_ = self.declared_amount("经营净收入"), self.declared_amount("财产净收入")
            other = self.declared_amount("其他收入")
            gross = work + business + property_ + transfer + other
        else:
            work, transfer = wages, iv.larger(net, iv.ZERO)
            business = property_ = other = iv.ZERO
            gross = iv.larger(self._one_figure(), work + transfer)
        cost = self.tables.rate("就业成本扣减比例")
        weak = self.declared_yes("年老体弱且生活遇困")
        supported = iv.choose(weak, iv.smaller(self.declared_amount("实际赡养收入"), transfer), iv.ZERO)
        carer = iv.choose(
            self.declared_yes("照护人"), iv.ONE - self.tables.rate("照护人收入豁免比例"), iv.ONE
        )
        earned = work * (iv.ONE - cost) * carer
        if five:
            net_income = earned + business + property_ + (transfer - supported) + other
        else:
            net_income = gross - (work - earned) - supported
        return {
            "总收入": gross,
            "核定年收入": iv.larger(iv.ZERO, net_income),
            "就业成本": work * cost,
            "工资性核查额": work,
            "转移净核查额": transfer,
            "医疗自付": self.medical(),
            "教育负担": self.education(),
        }

    def _one_figure(self) -> Interval:
        """F: 年收入 if the sheet has it, else 月收入 × 12; in JC- 人均纯收入; else unknown."""
        household = self.member.household
        if not household.judged:
            linked = self.links.find("防返贫监测", self.member) if household.kind == MONITORED else None
            said = {row.amount("人均纯收入") for row in linked.rows} if linked is not None else set()
            if linked is None or len(said) != 1:
                return iv.UNKNOWN
            return iv.at_least(said.pop()) if linked.doubtful else said.pop()
        if self.declared("年收入") is not Gap.ABSENT:
            return self.declared_amount("年收入")
        return self.declared_amount("月收入") * iv.exact(12)

    # POLICY §3

    def medical(self) -> Interval:
        """医疗自付."""
        member = self.member
        if not self.tables.delivered("医保结算") or (member.number is None and not member.newborn):
            return iv.larger(iv.ZERO, iv.ANY)
        months = self.settlements.months(self.window)
        amount, doubtful = iv.ZERO, False
        for period in self.settlements.deliveries:
            for how, row in self.links.near(f"医保结算 {period}", member):
                if not self.settlements.used(row, period, months):
                    continue
                if how == "fits" and isinstance(row.get("结算日期"), date):
                    valid = iv.negate(row.one_of("有效标志", "0"))
                    amount = amount + iv.choose(valid, self._own_part(row), iv.ZERO)
                else:
                    doubtful = True
        if not self.settlements.complete(months):
            amount = iv.at_least(amount)
        return iv.larger(iv.ZERO, iv.ANY if doubtful else amount)

    @staticmethod
    def _own_part(row: Row) -> Interval:
        if row.empty("基金支付总额"):
            fund = iv.total(row.amount(column, iv.ZERO, iv.ANY) for column in FUNDS)
        else:
            fund = row.amount("基金支付总额", iv.ZERO, iv.ANY)
        return row.amount("医疗费总额", iv.ANY, iv.ANY) - fund - row.amount("医院负担", iv.ZERO, iv.ANY)

    def education(self) -> Interval:
        """教育负担."""
        linked = self.links.find("学费资助", self.member)
        fees = iv.ANY if linked is None or linked.doubtful else linked.sum(self._fees)
        return iv.larger(self.declared_amount("教育支出", iv.ZERO), iv.larger(iv.ZERO, fees))

    def _fees(self, row: Row) -> Interval:
        amount = row.amount("学费") + row.amount("住宿费") - row.amount("资助金额")
        return iv.choose(school_year_in(self.window, row.get("学年")), amount, iv.ZERO)

    def spending(self, work_cost: Interval) -> Interval:
        """His part of 刚性支出."""
        declared = self.declared_amount("残疾支出", iv.ZERO) + self.declared_amount("意外支出", iv.ZERO)
        return self.medical() + self.education() + declared + work_cost
