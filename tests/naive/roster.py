"""Who is looked at, and in which household (POLICY §1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.naive.interval import Truth, all_of, negate
from tests.naive.model import ALLOWANCE, CATEGORIES, DESTITUTE, REGISTER_CATEGORY, REGISTERS
from tests.naive.tables import Row, Tables
from tests.naive.values import Gap, Value, add_months, fold_name, names_fit, read_id

APPLICATION, REGISTER, MONITORED, OTHERS, STOPPED = "SQ-", "", "JC-", "QT-", "TC-"
EXIT_MONTHS = 24  # POLICY §6: 退出监测期 24 月


@dataclass
class Member:
    """One person of one household; `rows` are the rows that name him there, `row` is what they agree on."""

    household: Household
    number: str | None
    rows: list[Row]
    row: Row

    @property
    def name(self) -> str:
        """The name as written."""
        return self.row.text("姓名")

    @property
    def folded(self) -> str:
        """The name as compared."""
        return fold_name(self.name)

    @property
    def newborn(self) -> bool:
        """Without a number, but with the defaults of every table (POLICY §1)."""
        return self.number is None and self.row.get("人员状态") == "新生儿"


@dataclass
class Household:
    """A household of one kind; `number` is None where lic chooses one itself."""

    kind: str
    part: str
    key: str
    number: str | None
    row: Row
    members: list[Member] = field(default_factory=list)
    size: int = 0

    @property
    def judged(self) -> bool:
        """In 申请家庭 or 在册."""
        return self.kind in (APPLICATION, REGISTER)


@dataclass
class Roster:
    """The households, and every member row of every delivered register whether he is counted there or not."""

    households: list[Household]
    registered: dict[str, list[Member]]


# POLICY §0: 人员状态 (正常), 是否保障对象 (是), blank or absent.
MEANINGFUL_BLANKS: dict[str, Value] = {"人员状态": "正常", "是否保障对象": True}
# POLICY §0: "户籍类型 blank: what the file's name says".
FILE_SAYS = {"农村低保": "农村", "城市低保": "城镇"}
# POLICY §0: "Only when the column is absent … nothing declared: 0, 否".
MEANINGFUL_ABSENCES: dict[str, Value] = {
    **dict.fromkeys(("教育支出", "残疾支出", "意外支出"), Fraction(0)),
    **dict.fromkeys(("照护人", "年老体弱且生活遇困", "患重特大疾病"), False),
}


def merge(rows: list[Row]) -> Row:
    """Rows of the same key that disagree give one member or household whose differing columns are unknown."""
    first = rows[0]
    merged: dict[str, Value] = {}
    for column in sorted({name for row in rows for name in row.values}):
        found = {row.get(column) for row in rows}
        if column == "户籍类型" and first.part in FILE_SAYS:
            hint = FILE_SAYS[first.part]
            found = {hint if value in (Gap.BLANK, Gap.ABSENT) else value for value in found}
        if column in MEANINGFUL_ABSENCES:
            found = {MEANINGFUL_ABSENCES[column] if value is Gap.ABSENT else value for value in found}
        if column in MEANINGFUL_BLANKS:  # a blank says the same as the word it stands for
            found = {
                MEANINGFUL_BLANKS[column] if value in (Gap.BLANK, Gap.ABSENT) else value for value in found
            }
        merged[column] = found.pop() if len(found) == 1 else Gap.REFUSED
    row = Row(first.table, first.part, merged, first.number)
    row.folded = fold_name(row.text("姓名"))
    return row


def _usable_key(text: str, last_day: date) -> bool:
    """A 户编号 that is there and does not pass as an ID number."""
    return text != "" and not isinstance(read_id(text, last_day), str)


def _numbers_first(key: str) -> tuple[bool, str]:
    return key.startswith("head:"), key


def _own_head(row: Row, in_place: str | Gap = Gap.BLANK) -> str | None:
    """The head's number that a row names: blank means the row is the head.

    A head without a usable number may still have it where 户编号 should stand.
    """
    head = row.get("户主身份证号")
    if head in (Gap.BLANK, Gap.ABSENT):
        head = row.number if isinstance(row.number, str) else in_place
    return head if isinstance(head, str) else None


def build_households(
    *, kind: str, part: str, key_column: str, homes: list[Row], people: list[Row], tables: Tables
) -> list[Household]:
    """Households of one file pair.

    "A member without a valid number stays a member": a row of a register or an application that names no
    household stands alone; one of the other lists enrols nobody.
    """
    last_day = tables.county.last_day
    grouped_homes: dict[str, list[Row]] = {}
    by_head: dict[str, str] = {}
    for row in homes:
        text, head = row.text(key_column), row.get("户主身份证号")
        if not _usable_key(text, last_day):
            if not isinstance(head, str):
                continue
            text = f"head:{head}"
        grouped_homes.setdefault(text, []).append(row)
        if isinstance(head, str):  # of several the smallest, whatever the order of the rows
            by_head[head] = min(by_head.get(head, text), text, key=_numbers_first)
    if not homes:  # 防返贫监测 has no household table: its person rows name the head
        for row in people:
            named = _own_head(row)
            if (
                _usable_key(row.text(key_column), last_day)
                and named is not None
                and "户主身份证号" in row.values
            ):
                text = row.text(key_column)
                by_head[named] = min(by_head.get(named, text), text)
    grouped: dict[str, list[Row]] = {}
    for place, row in enumerate(people):
        text = row.text(key_column)
        if not _usable_key(text, last_day):
            named = _own_head(row, read_id(text, last_day))
            if named is None and (kind not in (APPLICATION, REGISTER) or row.text("姓名") == ""):
                continue
            text = f"head:row {place}" if named is None else by_head.get(named, f"head:{named}")
        grouped.setdefault(text, []).append(row)
    households = []
    for key, rows in grouped.items():
        number = None if key.startswith("head:") else kind + key
        empty = Row(homes[0].table if homes else "", part, {})
        household = Household(
            kind, part, key, number, merge(grouped_homes[key]) if key in grouped_homes else empty
        )
        _add_members(household, rows)
        households.append(household)
    return households


def _add_members(household: Household, rows: list[Row]) -> None:
    """One member for each usable number, and one for each row without."""
    by_number: dict[str, list[Row]] = {}
    for row in rows:
        if isinstance(row.number, str):
            by_number.setdefault(row.number, []).append(row)
        else:
            household.members.append(Member(household, None, [row], row))
    for number, own in by_number.items():
        household.members.append(Member(household, number, own, merge(own)))
    household.size = len(household.members)


def valid_listing(row: Row, as_of: date) -> Truth:
    """其他困难人员: 认定日期 ≤ as-of ≤ 有效期至, a blank 有效期至 is still running (POLICY §0, §5)."""
    start, end = row.get("认定日期"), row.get("有效期至")
    begun = start <= as_of if isinstance(start, date) else None
    running = as_of <= end if isinstance(end, date) else True if row.empty("有效期至") else None
    return all_of(begun, running)


def recent_exit(row: Row, as_of: date) -> Truth:
    """退出不满两年: 原类别, and 停保日期 ≤ as-of < 停保日期 + 退出监测期 (POLICY §5)."""
    day = row.get("停保日期")
    recent = day <= as_of < add_months(day, EXIT_MONTHS) if isinstance(day, date) else None
    return all_of(row.one_of("原类别", ALLOWANCE, DESTITUTE), recent)


def _enrols(row: Row, table: str, as_of: date) -> bool:
    """Which rows of 其他困难人员 and 停保 put a person on the roster (POLICY §1)."""
    if table == "其他困难人员":
        return valid_listing(row, as_of) is not False
    left_by_death: Truth = False if row.empty("退出原因") else row.one_of("退出原因", "死亡")
    return recent_exit(row, as_of) is True and negate(left_by_death) is not False


def build_roster(tables: Tables) -> Roster:
    """The households of POLICY §1, in its order, "one person, one household"."""
    roster = Roster([], {})
    taken: set[str] = set()
    applied = build_households(
        kind=APPLICATION, part="", key_column="申请编号", homes=tables.rows.get("申请家庭", []),
        people=tables.rows.get("申请人员", []), tables=tables,
    )  # fmt: skip
    _settle(roster, applied, taken)
    on_registers: list[Household] = []
    for part in REGISTERS:
        if not tables.register_delivered(part):
            continue
        homes, people = tables.registers[("救助家庭", part)], tables.registers[("救助人员", part)]
        found = build_households(
            kind=REGISTER, part=part, key_column="户编号", homes=homes, people=people, tables=tables
        )
        roster.registered[part] = [member for household in found for member in household.members]
        on_registers.extend(found)
    _number_registers(on_registers)
    _settle(roster, on_registers, taken)
    taken |= _held_back(tables)
    for kind, table in ((MONITORED, "防返贫监测"), (OTHERS, "其他困难人员"), (STOPPED, "停保")):
        rows = tables.rows.get(table, [])
        if table != "防返贫监测":
            rows = [row for row in rows if _enrols(row, table, tables.county.as_of)]
        found = build_households(
            kind=kind, part="", key_column="户编号", homes=[], people=rows, tables=tables
        )
        _settle(roster, found, taken)
    return roster


def _number_registers(households: list[Household]) -> None:
    """POLICY: "a number used on two registers is kept by the earlier one of §5"."""
    by_number: dict[str, list[Household]] = {}
    for household in households:
        if household.number is not None:
            by_number.setdefault(household.number, []).append(household)
    for same in by_number.values():
        places = [CATEGORIES.index(REGISTER_CATEGORY[household.part]) for household in same]
        for household, place in zip(same, places, strict=True):
            if place != min(places) or places.count(place) > 1:
                household.number = None


def _settle(roster: Roster, households: list[Household], taken: set[str]) -> None:
    """Gives each person one household of this kind, unless an earlier kind has him."""

    def rank(household: Household) -> tuple[int, int, str]:
        category = CATEGORIES.index(REGISTER_CATEGORY[household.part]) if household.part else 0
        return (-household.size, category, household.number or household.key)

    owner: dict[str, Household] = {}
    for household in sorted(households, key=rank):
        for member in household.members:
            if member.number is not None and member.number not in taken:
                owner.setdefault(member.number, household)
    names = {one.number: one.folded for home in roster.households for one in home.members}
    for household in households:
        for member in household.members:
            # "a row that does not fit is not used": who he is, nobody knows (POLICY §0)
            if not household.judged and not names_fit(member.folded, names.get(member.number, "")):
                member.number = None
        kept = [m for m in household.members if m.number is None or owner.get(m.number) is household]
        if not household.judged and not any(member.number is not None for member in kept):
            kept = []  # "Such rows … enrol nobody unless their household has another member there"
        if kept:
            household.members = kept
            roster.households.append(household)
    taken |= set(owner)


def _held_back(tables: Tables) -> set[str]:
    """POLICY: "a file that did come still keeps its persons from being enrolled under JC-, QT-, TC-"."""
    numbers = set()
    for (table, part), rows in tables.registers.items():
        if tables.register_delivered(part):
            continue
        for row in rows:
            number = row.number if table == "救助人员" else row.get("户主身份证号")
            if isinstance(number, str):
                numbers.add(number)
    return numbers
