"""A county in, every decision out: the naive reading of POLICY.md from §0 to §6."""

from __future__ import annotations

from tests.naive import interval as iv
from tests.naive.decision import (
    HouseholdCase,
    Registered,
    Standing,
    action_of,
    decide_rows,
    in_order,
    tags_of,
)
from tests.naive.facts import MemberFacts
from tests.naive.links import Links
from tests.naive.model import (
    ALLOWANCE,
    BURDEN,
    CATEGORIES,
    DESTITUTE,
    MARGIN,
    OTHER,
    REGISTER_CATEGORY,
    County,
    HouseholdResult,
    PersonResult,
    Result,
)
from tests.naive.roster import APPLICATION, REGISTER, Household, build_roster
from tests.naive.tables import Tables, read_tables
from tests.naive.values import Gap
from tests.naive.windows import Settlements, window_of


def decide(county: County) -> Result:
    """Every household of the roster, decided."""
    tables = read_tables(county)
    roster = build_roster(tables)
    links = Links(tables, roster)
    settlements = Settlements(tables)
    return Result([_household(one, links, settlements) for one in roster.households])


def _household(household: Household, links: Links, settlements: Settlements) -> HouseholdResult:
    tables = links.tables
    applied = None
    if household.kind == APPLICATION:
        said = tables.override(household.number or "", "申请家庭", "申请日期")
        applied = household.row.get("申请日期") if said is None else said
    window = window_of(tables.county.as_of, Gap.BLANK if applied is None else applied)
    members = [
        MemberFacts(member=member, links=links, settlements=settlements, window=window)
        for member in household.members
    ]
    case = HouseholdCase(household, members)
    registered = [case.registered(standing) for standing in case.standings]
    persons = [_person(case, standing, one) for standing, one in zip(case.standings, registered, strict=True)]
    living = iv.how_many(standing.counted for standing in case.standings)
    result = HouseholdResult(
        household_no=household.number,
        members=persons,
        counted_members=int(living.lo) if living.known else None,
        tags=sorted({tag for person in persons for tag in person.tags}),
        facts={
            "家庭总收入": case.gross,
            "家庭年收入": case.net,
            "刚性支出": case.spending,
            "人数": case.people,
        },
    )
    _decide_household(result, case)
    known = _registered(household, registered)
    result.registered_category = known.category
    result.action = action_of(known, result.status, result.category)
    if result.status == "待核实":
        result.missing = unknown_inputs(tables)
    return result


def _person(case: HouseholdCase, standing: Standing, registered: Registered) -> PersonResult:
    status, category, basis, possible = decide_rows(case.person_rows(standing))
    member = standing.facts.member
    return PersonResult(
        household_no=case.household.number,
        id_number=member.number,
        name=member.name,
        counted=standing.counted,
        category=category,
        basis=basis,
        tags=tags_of(standing.facts),
        status=status,
        possible=possible,
        missing=unknown_inputs(case.tables) if status == "待核实" else [],
        registered_category=registered.category,
        action=action_of(registered, status, category),
        facts=standing.incomes,
    )


def _decide_household(result: HouseholdResult, case: HouseholdCase) -> None:
    """POLICY §5, "Household."."""
    rows = [(category, "户", case.rows[category]) for category in (ALLOWANCE, MARGIN, BURDEN)]
    status, category, _, possible = decide_rows(rows)
    of_members = [one for person in result.members for one in person.possible]
    if status == "认定":
        result.status, result.category = status, category
    elif status == "待核实":
        result.status, result.possible = status, in_order(possible + of_members)
    elif any(person.status == "待核实" for person in result.members):
        result.status, result.possible = "待核实", in_order(of_members)
    else:
        staying = [person for person in result.members if person.counted is not False]
        if staying and all(person.category == DESTITUTE for person in staying):
            result.status, result.category = "认定", DESTITUTE
        elif any(person.category == OTHER for person in result.members):
            result.status, result.category = "认定", OTHER


def _registered(household: Household, members: list[Registered]) -> Registered:
    """POLICY: "Of a household on a register: that; of any other the earliest among its members …"."""
    if household.kind == REGISTER:
        return Registered(REGISTER_CATEGORY[household.part], True)
    if not all(one.known for one in members):
        return Registered(None, False)
    found = [one.category for one in members]
    return Registered(next((category for category in CATEGORIES if category in found), None), True)


def unknown_inputs(tables: Tables) -> list[str]:
    """Whole tables and parameters that are not there: the coarse part of `missing`."""
    parameters = [f"参数:{name}" for name in PARAMETERS if tables.parameter(name) is None]
    absent = [table for table in REQUIRED if not tables.delivered(table)]
    return sorted(parameters + absent)


PARAMETERS = (
    "低保标准",
    "上年度居民可支配收入",
    "货币财产月数",
    "住房套数上限",
    "商业用房上限",
    "机动车上限",
    "经营主体上限",
    "就业成本扣减比例",
    "照护人收入豁免比例",
    "基础养老金豁免",
    "过渡期截止",
)
REQUIRED = (
    "停保",
    "儿童福利",
    "其他困难人员",
    "防返贫监测",
    "养老待遇",
    "就业登记",
    "公益性岗位",
    "失业保险",
    "学费资助",
    "医保结算",
    "不动产",
    "残疾人证",
)
