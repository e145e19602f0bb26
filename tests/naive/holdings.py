"""What a household owns, and whether that is within the limits (POLICY §4)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.naive import interval as iv
from tests.naive.facts import MemberFacts
from tests.naive.interval import Interval, Truth
from tests.naive.roster import FILE_SAYS, REGISTER, Household
from tests.naive.tables import Row, Tables
from tests.naive.values import Gap, Value

NO_CAR = ("摩托车", "三轮车", "电动车", "残疾人代步车", "农用车")
NOT_OWNED = ("注销", "强制注销", "报废", "转出")


class Holdings:
    """The property of one household; its members stand beside their truth of 计入共同生活."""

    def __init__(
        self, *, household: Household, members: list[tuple[MemberFacts, Truth]], tables: Tables
    ) -> None:
        self.household = household
        self.members = members
        self.tables = tables

    def declared(self, column: str) -> Value:
        """The household's own cell, or what 核实结果 puts in its place."""
        said = self.tables.override(self.household.number or "", "申请家庭", column)
        return self.household.row.get(column) if said is None else said

    def carried_over(self, column: str) -> bool:
        """在册沿用: what the register leaves blank or lacks "stands as at the last confirmation"."""
        return self.household.kind == REGISTER and self.declared(column) in (Gap.BLANK, Gap.ABSENT)

    def residence(self) -> str | None:
        """户籍类型; None where its parameters are "the interval of its values"."""
        if not self.household.judged:
            return "农村"
        value = self.declared("户籍类型")
        if isinstance(value, str):
            return value
        hint = FILE_SAYS.get(self.household.part)
        return None if value is Gap.REFUSED else hint

    def _amount(self, column: str) -> Interval:
        value = self.declared(column)
        return iv.exact(max(value, Fraction(0))) if isinstance(value, Fraction) else iv.UNKNOWN

    def compliant(self, category: str, people: Interval) -> Truth:
        """财产符合规定(c, n)."""
        return iv.all_of(
            self._savings(category, people),
            self._dwellings(),
            iv.at_most(self._units("商业"), self.tables.number("商业用房上限")),
            self._cars(),
            self._businesses(),
        )

    def _savings(self, category: str, people: Interval) -> Truth:
        if self.carried_over("金融资产总额"):
            return True
        monthly = self.tables.by_residence("低保标准", self.residence()) * iv.exact(Fraction(1, 12))
        limit = self.tables.number("货币财产月数", category) * monthly * people
        return iv.at_most(self._amount("金融资产总额"), limit)

    def _dwellings(self) -> Truth:
        declared = iv.ZERO if self.carried_over("拥有产权住房套数") else self._amount("拥有产权住房套数")
        return iv.at_most(iv.larger(declared, self._units("住宅")), self.tables.number("住房套数上限"))

    def _units(self, use: str) -> Interval:
        """POLICY: "the number of distinct 不动产单元号 … (a row without 不动产单元号 adds [0, 1])"."""
        units: dict[str, Truth] = {}
        unnumbered: list[Truth] = []
        endless = False
        for facts, counted in self.members:
            if counted is False:
                continue
            linked = facts.links.find("不动产", facts.member)
            if linked is None or linked.doubtful:
                endless = True
            for row in linked.rows if linked is not None else []:
                holds = iv.all_of(counted, row.one_of("权属状态", "现势"), row.one_of("用途", use))
                unit = row.text("不动产单元号")
                if unit:
                    units[unit] = iv.any_of(units.get(unit, False), holds)
                elif holds is not False:
                    unnumbered.append(None)
        found = iv.how_many([*units.values(), *unnumbered])
        return iv.at_least(found) if endless else found

    def _count(self, table: str, test: Callable[[Row], Truth]) -> Interval:
        """How many rows of a table the members 计入共同生活 have."""
        result = iv.ZERO
        for facts, counted in self.members:
            linked = facts.links.find(table, facts.member)
            found = iv.UNKNOWN if linked is None else iv.how_many(test(row) for row in linked.rows)
            if linked is not None and linked.doubtful:
                found = iv.at_least(found)
            result = result + iv.choose(counted, found, iv.ZERO)
        return result

    def _cars(self) -> Truth:
        limit = self.tables.number("机动车上限")
        if self.tables.delivered("机动车"):
            return iv.at_most(self._count("机动车", _is_car), limit)
        return True if self.carried_over("机动车数量") else iv.at_most(self._amount("机动车数量"), limit)

    def _businesses(self) -> Truth:
        limit = self.tables.number("经营主体上限")
        if self.tables.delivered("市场主体"):
            return iv.at_most(self._count("市场主体", _is_business), limit)
        return True if self.carried_over("经营主体数量") else iv.at_most(self._amount("经营主体数量"), limit)


def _is_car(row: Row) -> Truth:
    """POLICY: "in a state other than 注销, 强制注销, 报废, 转出, whose 车辆类型 is not …"."""
    return iv.all_of(
        iv.negate(row.one_of("机动车状态", *NOT_OWNED)), iv.negate(row.one_of("车辆类型", *NO_CAR))
    )


def _is_business(row: Row) -> Truth:
    """POLICY: "登记状态 存续 where such a member is 法定代表人 or 经营者"."""
    return iv.all_of(row.one_of("登记状态", "存续"), row.one_of("职务", "法定代表人", "经营者"))
