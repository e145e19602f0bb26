"""Sheets to rows, what was delivered, 核实结果 and parameters (POLICY §0, §6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.naive import values
from tests.naive.headings import TABLES, Column, find_column
from tests.naive.interval import RATE, UNKNOWN, Interval, Truth, exact, hull
from tests.naive.model import Cell, County, Sheet
from tests.naive.values import Gap, Value

NAME_COLUMNS = ("姓名", "权利人", "机动车所有人", "法定代表人")
ID_COLUMNS = ("身份证号", "证件号码", "身份证明号码")
INCOMES = ("工资性收入", "经营净收入", "财产净收入", "转移净收入", "其他收入")


@dataclass
class Row:
    """One row under canonical names; `number` and `folded` are what links it to a person."""

    table: str
    part: str
    values: dict[str, Value]
    number: str | Gap = Gap.BLANK
    folded: str = ""

    def get(self, column: str) -> Value:
        """The cell; ABSENT where the sheet has no such column."""
        return self.values.get(column, Gap.ABSENT)

    def text(self, column: str) -> str:
        """A text cell; empty where there is none."""
        value = self.get(column)
        return value if isinstance(value, str) else ""

    def amount(self, column: str, empty: Interval = UNKNOWN, refused: Interval = UNKNOWN) -> Interval:
        """A money or count cell; `empty` is what a blank or an absent column means."""
        value = self.get(column)
        if isinstance(value, Fraction):
            return exact(value)
        return refused if value is Gap.REFUSED else empty

    def one_of(self, column: str, *words: str) -> Truth:
        """Whether the cell is one of these words; blank or refused is unknown."""
        value = self.get(column)
        return value in words if isinstance(value, str) else None

    def empty(self, column: str) -> bool:
        """Blank, or no such column."""
        return self.get(column) in (Gap.BLANK, Gap.ABSENT)


def read_word(cell: Cell, column: Column) -> str | Gap:
    """The canonical word, BLANK, or REFUSED for "a word outside the vocabulary"."""
    text = unicodedata.normalize("NFKC", values.text_of(cell)).replace(" ", "")
    if text == "":
        return Gap.BLANK
    for word, aliases in column.words.items():
        if text == word or text in aliases:
            return word
    return Gap.REFUSED


def read_cell(cell: Cell, column: Column, last_day: date) -> Value:
    """One cell by the kind of its column."""
    match column.kind:
        case "id":
            return values.read_id(cell, last_day)
        case "money":
            value = values.read_money(cell)
            negative_is_error = column.name in (
                "月工资",
                "月补贴",
                "失业保险金",
                "月待遇金额",
                "基础养老金",
                "高龄补贴",
            )
            return Gap.REFUSED if negative_is_error and isinstance(value, Fraction) and value < 0 else value
        case "count":
            return values.read_count(cell)
        case "bool":
            return values.read_bool(cell)
        case "date":
            return values.read_date(cell)
        case "past" | "birth":
            return values.read_date(cell, last_day)
        case "month":
            return values.read_month(cell)
        case "school_year":
            return values.read_school_year(cell)
        case "word":
            return read_word(cell, column)
        case _:
            return values.text_of(cell) or Gap.BLANK


def _owners(cells: dict[str, Cell]) -> list[dict[str, Cell]]:
    """POLICY §0: "several owners in one cell: one row each", matched by position."""
    split = {}
    for column in ("权利人", "证件号码"):
        text = unicodedata.normalize("NFKC", values.text_of(cells.get(column)))
        for mark in ";、,":
            text = text.replace(mark, "\n")
        split[column] = text.split("\n")
    if len(split["权利人"]) != len(split["证件号码"]) or len(split["权利人"]) == 1:
        return [cells]
    return [
        {**cells, "权利人": name, "证件号码": number}
        for name, number in zip(split["权利人"], split["证件号码"], strict=True)
    ]


def read_rows(sheets: Iterable[Sheet], last_day: date) -> list[Row]:
    """All rows of one table and part; "Identical rows: one is used"."""
    rows = []
    seen = set()
    for sheet in sheets:
        found = [find_column(sheet.table, heading) for heading in sheet.headings]
        for raw in sheet.rows:
            cells = {column.name: cell for column, cell in zip(found, raw, strict=True) if column is not None}
            for one in _owners(cells) if sheet.table == "不动产" else [cells]:
                row = _read_row(sheet, one, last_day)
                key = tuple(
                    (name, str(one[name]) if value is Gap.REFUSED else str(_meant(sheet.table, name, value)))
                    for name, value in sorted(row.values.items())
                )
                if (sheet.part, key) not in seen:
                    seen.add((sheet.part, key))
                    rows.append(row)
    return rows


# What a blank says by itself (POLICY §0): a row that leaves it out is identical to one that writes it.
SPOKEN_BLANKS: dict[tuple[str, str], Value] = {
    **{(table, "人员状态"): "正常" for table in ("救助人员", "申请人员")},
    **{(table, "是否保障对象"): True for table in ("救助人员", "申请人员")},
    **{("养老待遇", column): Fraction(0) for column in ("高龄补贴", "基础养老金")},
    **{
        ("医保结算", column): Fraction(0)
        for column in (
            "医院负担",
            "统筹支付",
            "大病支付",
            "大额支付",
            "医疗救助支付",
            "公务员补助",
            "补充保险",
            "二次补助",
            "其他基金支付",
        )
    },
}


def _meant(table: str, column: str, value: Value) -> Value:
    return SPOKEN_BLANKS.get((table, column), value) if value is Gap.BLANK else value


def _read_row(sheet: Sheet, cells: dict[str, Cell], last_day: date) -> Row:
    columns = TABLES[sheet.table]
    row = Row(
        sheet.table,
        sheet.part,
        {name: read_cell(cell, columns[name], last_day) for name, cell in cells.items()},
    )
    for name in NAME_COLUMNS:
        if name in row.values:
            row.folded = values.fold_name(row.text(name))
    for name in ID_COLUMNS:
        if name in row.values:
            row.number = values.read_id(cells[name], last_day)
    return row


@dataclass
class Tables:
    """Everything that was read, under the names of POLICY §0."""

    county: County
    rows: dict[str, list[Row]] = field(default_factory=dict)
    registers: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    settlements: dict[str, list[Row]] = field(default_factory=dict)
    verified: dict[tuple[str, str], list[tuple[date, Cell]]] = field(default_factory=dict)

    def delivered(self, table: str) -> bool:
        """POLICY §0: "Delivered means: in this period's folder"."""
        return table in self.rows

    def register_delivered(self, part: str) -> bool:
        """POLICY: without its household or person file "the whole register counts as not delivered"."""
        return ("救助家庭", part) in self.registers and ("救助人员", part) in self.registers

    def register_missing(self, part: str) -> bool:
        """A register that is required and did not come."""
        return not self.register_delivered(part) and part not in self.county.settings.get("不设登记", [])

    def override(self, subject: str, table: str, item: str) -> Value | None:
        """What 核实结果 says of a person (number) or a household (household_no), or None.

        POLICY §0: "from 核实日期 (the latest ≤ as-of; two different ones of one day: unknown …)".
        """
        found = self.verified.get((subject, item), [])
        if not found:
            return None
        newest = max(day for day, _ in found)
        column = TABLES[table][item]
        read = {read_cell(cell, column, self.county.last_day) for day, cell in found if day == newest}
        return read.pop() if len(read) == 1 else Gap.REFUSED

    def parameter(self, name: str) -> dict[str, object] | None:
        """The entry in force; "No value on the as-of date is never a fallback" (DESIGN §4)."""
        entries = self.county.settings["参数"].get(name, {"取值": []})["取值"]
        started = [entry for entry in entries if _as_date(entry["自"]) <= self.county.as_of]
        return max(started, key=lambda entry: _as_date(entry["自"])) if started else None

    def number(self, name: str, key: str = "值", unset: Interval = UNKNOWN) -> Interval:
        """A parameter as an interval."""
        entry = self.parameter(name)
        if entry is None:
            return unset
        text = str(entry[key])
        return exact(Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text))

    def rate(self, name: str) -> Interval:
        """A rate; unset it is [0, 1]."""
        return self.number(name, unset=RATE)

    def by_residence(self, name: str, residence: str | None) -> Interval:
        """POLICY: "a parameter that depends on it is the interval of its values"."""
        if residence is not None:
            return self.number(name, residence)
        return hull(self.number(name, "城镇"), self.number(name, "农村"))

    def day(self, name: str) -> date | None:
        """A parameter that is a date, or None."""
        entry = self.parameter(name)
        return None if entry is None else _as_date(entry["值"])

    def yes(self, name: str) -> Truth:
        """A parameter that is 是 or 否, or unknown."""
        entry = self.parameter(name)
        return None if entry is None else entry["值"] in ("是", True)


def _as_date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def read_tables(county: County) -> Tables:
    """Reads the period's folder, and 医保结算 of the earlier ones too."""
    tables = Tables(county)
    grouped: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in county.folders[county.period]:
        grouped.setdefault((sheet.table, sheet.part), []).append(sheet)
    for (table, part), sheets in grouped.items():
        read = read_rows(sheets, county.last_day)
        if part:
            tables.registers[(table, part)] = read
        else:
            tables.rows[table] = read
    for period, sheets in county.folders.items():
        settled = [sheet for sheet in sheets if sheet.table == "医保结算"]
        if settled and period <= county.period:
            tables.settlements[period] = read_rows(settled, county.last_day)
    _read_verified(tables)
    return tables


def _read_verified(tables: Tables) -> None:
    """Rows of 核实结果 that replace a declared value, by whom they speak of."""
    for row in tables.rows.get("核实结果", []):
        day, item = row.get("核实日期"), row.text("事项")
        if row.one_of("结论", "属实", "已更正") is not True or not isinstance(day, date):
            continue
        if day > tables.county.as_of or row.empty("核实值"):
            continue  # "a blank 核实值 is ignored with a warning"
        if item in TABLES["申请人员"] and item not in TABLES["申请家庭"]:
            subject = row.number if isinstance(row.number, str) else ""
        else:
            subject = row.text("户编号")
        if subject:
            tables.verified.setdefault((subject, item), []).append((day, row.text("核实值")))
