"""The rows of POLICY §5: persons and households to categories, status, basis, action."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.naive import interval as iv
from tests.naive.facts import MemberFacts
from tests.naive.holdings import Holdings
from tests.naive.interval import Interval, Truth
from tests.naive.model import (
    ALLOWANCE,
    BURDEN,
    CATEGORIES,
    DESTITUTE,
    MARGIN,
    OTHER,
    REGISTER_CATEGORY,
    REGISTERS,
)
from tests.naive.roster import APPLICATION, REGISTER, Household, recent_exit, valid_listing
from tests.naive.tables import Row
from tests.naive.values import Gap

MARGIN_FACTOR = iv.exact(Fraction(3, 2))  # POLICY §6: 边缘倍数 1.5
BURDEN_SHARE = iv.exact(Fraction(6, 10))  # POLICY §6: 刚性支出比例 60%


@dataclass
class Standing:
    """One member while his household is being decided."""

    facts: MemberFacts
    counted: Truth
    incomes: dict[str, Interval]
    destitute: Truth = False
    in_account: Truth = False


def has_certificate(facts: MemberFacts, grades: dict[str, int], mixed: tuple[str, ...]) -> Truth:
    """A 有效 certificate of a kind up to its grade; 多重 of the grades in `mixed` is unknown."""

    def test(row: Row) -> Truth:
        kinds = []
        for kind, worst in grades.items():
            levels = tuple(str(level) for level in range(1, worst + 1))
            named: Truth = True if kind == "" else row.one_of("残疾类别", kind)
            kinds.append(iv.all_of(named, row.one_of("残疾等级", *levels)))
        unclear = iv.all_of(row.one_of("残疾类别", "多重"), row.one_of("残疾等级", *mixed))
        kinds.append(None if unclear is not False else False)
        return iv.all_of(row.one_of("状态", "有效"), iv.any_of(*kinds))

    return facts.links.any("残疾人证", facts.member, test)


def unable_to_work(facts: MemberFacts) -> Truth:
    """无劳动能力."""
    age = facts.age()
    by_age: Truth = None if age is None else age >= 60 or age < 16
    grades = {"智力": 3, "精神": 3, "肢体": 2, "视力": 1}
    return iv.any_of(by_age, has_certificate(facts, grades, ("1", "2", "3")))


def monitored(facts: MemberFacts) -> Truth:
    """监测对象 ∧ 过渡期内."""

    def test(row: Row) -> Truth:
        kind = row.get("监测对象类别")
        named: Truth = True if isinstance(kind, str) else None if kind is Gap.REFUSED else False
        cleared = row.get("风险是否已消除")
        return iv.all_of(named, not cleared if isinstance(cleared, bool) else None)

    until = facts.tables.day("过渡期截止")
    transition: Truth = None if until is None else facts.as_of <= until
    return iv.all_of(facts.links.any("防返贫监测", facts.member, test), transition)


def listed_other(facts: MemberFacts) -> Truth:
    """On 其他困难人员, valid on the as-of date."""
    return facts.links.any("其他困难人员", facts.member, lambda row: valid_listing(row, facts.as_of))


def tags_of(facts: MemberFacts) -> list[str]:
    """标识, "whenever certainly true"."""
    former = facts.links.any("防返贫监测", facts.member, lambda row: row.one_of("户类型", "脱贫户"))
    left = facts.links.any("停保", facts.member, lambda row: recent_exit(row, facts.as_of))
    found = {"防止返贫监测对象": monitored(facts), "退出不满两年": left, "脱贫人口": former}
    return [tag for tag, truth in found.items() if truth is True]


class HouseholdCase:
    """One household before its decision."""

    def __init__(self, household: Household, members: list[MemberFacts]) -> None:
        self.household = household
        self.tables = members[0].tables
        self.standings = [Standing(facts, facts.counted(), facts.incomes()) for facts in members]
        pairs = [(standing.facts, standing.counted) for standing in self.standings]
        self.holdings = Holdings(household=household, members=pairs, tables=self.tables)
        self.standard = self.tables.by_residence("低保标准", self.holdings.residence())
        living = iv.how_many(standing.counted for standing in self.standings)
        within = self.holdings.compliant(DESTITUTE, living)
        for standing in self.standings:
            standing.destitute = self._destitute(standing, within)
            standing.in_account = iv.all_of(standing.counted, iv.negate(standing.destitute))
        self.people = iv.how_many(standing.in_account for standing in self.standings)
        self.gross = self._sum("总收入")
        self.net = self._sum("核定年收入")
        self.spending = iv.total(
            iv.choose(one.in_account, one.facts.spending(one.incomes["就业成本"]), iv.ZERO)
            for one in self.standings
        )
        self.rows = self._household_rows()

    def _sum(self, fact: str) -> Interval:
        """POLICY: "A member who is counted with truth *unknown* adds the hull of nothing and his amount"."""
        return iv.total(iv.choose(one.in_account, one.incomes[fact], iv.ZERO) for one in self.standings)

    def _destitute(self, standing: Standing, within: Truth) -> Truth:
        """Row 1."""
        facts = standing.facts
        asked = facts.links.on_part("特困", facts.member)
        if self.household.kind == APPLICATION:
            value = self.holdings.declared("申请类别")
            asked = iv.any_of(asked, value == DESTITUTE if isinstance(value, str) else None)
        child = facts.links.any("儿童福利", facts.member, lambda row: True)
        return iv.all_of(
            asked,
            standing.counted,
            unable_to_work(facts),
            iv.less(standing.incomes["核定年收入"], self.standard),
            within,
            self._supporters(facts),
            iv.negate(child),
        )

    def _supporters(self, facts: MemberFacts) -> Truth:
        """义务人条件."""
        value = facts.declared("法定义务人状况")
        if isinstance(value, str):
            return value in ("无", "无履行能力")
        if value is Gap.REFUSED or self.household.kind != REGISTER:
            return None
        return True

    def _household_rows(self) -> dict[str, Truth]:
        """Rows 2, 3 and 4; false for a household that neither applied nor is on a register."""
        if not self.household.judged:
            return {ALLOWANCE: False, MARGIN: False, BURDEN: False}
        disposable = self.tables.by_residence("上年度居民可支配收入", self.holdings.residence())
        lines = {
            ALLOWANCE: self.standard * self.people,
            MARGIN: MARGIN_FACTOR * self.standard * self.people,
            BURDEN: disposable * self.people,
        }
        rows = {}
        for category, line in lines.items():
            rows[category] = iv.all_of(
                iv.less(self.net, line), self.holdings.compliant(category, self.people)
            )
        rows[BURDEN] = iv.all_of(rows[BURDEN], iv.less(BURDEN_SHARE * self.gross, self.spending))
        return rows

    def person_rows(self, standing: Standing) -> list[tuple[str, str, Truth]]:
        """1; 2 ∧ 计入核算; 单人保; 3 ∧ 计入核算; 4 ∧ 计入核算; 5, with their basis."""
        facts, held = standing.facts, standing.in_account
        severe = iv.any_of(
            has_certificate(facts, {"": 2, "智力": 3, "精神": 3}, ("3",)), facts.declared_yes("患重特大疾病")
        )
        listed = iv.any_of(*(listed_other(one.facts) for one in self.standings))
        return [
            (DESTITUTE, "人", standing.destitute),
            (ALLOWANCE, "户", iv.all_of(self.rows[ALLOWANCE], held)),
            (ALLOWANCE, "人", iv.all_of(self.rows[MARGIN], held, severe)),
            (MARGIN, "户", iv.all_of(self.rows[MARGIN], held)),
            (BURDEN, "户", iv.all_of(self.rows[BURDEN], held)),
            (OTHER, "人", iv.all_of(standing.counted, iv.any_of(listed, monitored(facts)))),
        ]

    def registered(self, standing: Standing) -> Registered:
        """registered_category of a person, and whether it is known."""
        links, member = standing.facts.links, standing.facts.member
        found_anywhere = False
        on: dict[str, list[Truth]] = {category: [] for category in CATEGORIES}
        for part in REGISTERS:
            found, protected = links.on_register(part, member)
            found_anywhere = found_anywhere or found
            on[REGISTER_CATEGORY[part]].append(protected)
        truths = [(category, iv.any_of(*on[category])) for category in CATEGORIES if category != OTHER]
        if not found_anywhere and any(self.tables.register_missing(part) for part in REGISTERS):
            return Registered(None, False)
        truths.append((OTHER, listed_other(standing.facts)))
        for category, truth in truths:
            if truth is not False:
                return Registered(category if truth else None, truth is True)
        return Registered(None, True)


@dataclass(frozen=True)
class Registered:
    """A registered category; None and known is "none", None and not known is unknown."""

    category: str | None
    known: bool


def decide_rows(rows: list[tuple[str, str, Truth]]) -> tuple[str, str | None, str | None, list[str]]:
    """Status, category, basis, possible: "The first true row decides if every row before it is false"."""
    open_rows: list[str] = []
    for category, basis, truth in rows:
        if truth is True and not open_rows:
            return "认定", category, basis, []
        if truth is not False and category not in open_rows:
            open_rows.append(category)
        if truth is True:
            break
    return ("待核实" if open_rows else "不符合"), None, None, in_order(open_rows)


def in_order(categories: list[str]) -> list[str]:
    """Each once, in the order of §5."""
    return [category for category in CATEGORIES if category in categories]


def action_of(registered: Registered, status: str, category: str | None) -> str:
    """新增 维持 转类 退出 待核实 无."""
    if status == "待核实" or not registered.known:
        return "待核实"
    if registered.category is None:
        return "无" if category is None else "新增"
    if category is None:
        return "退出"
    return "维持" if category == registered.category else "转类"
