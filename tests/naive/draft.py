"""Rows under canonical names, and how they become sheets with the headings and the dirt of real exports."""

from __future__ import annotations

from tests.naive.headings import TABLES, Column
from tests.naive.model import Cell, Sheet
from tests.naive.people import Dice
from tests.naive.tables import INCOMES

Record = dict[str, Cell]

# Columns whose absence means something (POLICY §0), or that 在册沿用 and 户籍类型 provide for.
MAY_BE_ABSENT = {
    "救助家庭": ("户籍类型", "金融资产总额", "拥有产权住房套数", "机动车数量", "经营主体数量"),
    "救助人员": (
        "人员状态",
        "是否保障对象",
        "照护人",
        "年老体弱且生活遇困",
        "患重特大疾病",
        "法定义务人状况",
        "教育支出",
        "残疾支出",
        "意外支出",
    ),
    "申请人员": (
        "人员状态",
        "照护人",
        "年老体弱且生活遇困",
        "患重特大疾病",
        "教育支出",
        "残疾支出",
        "意外支出",
    ),
    "就业登记": ("合同开始", "合同终止"),
    "公益性岗位": ("上岗日期", "离岗日期"),
    "失业保险": ("领取起", "领取止"),
    "养老待遇": ("高龄补贴", "基础养老金", "待遇享受开始年月"),
    "其他困难人员": ("有效期至",),
    "监所": ("开始日期", "结束日期"),
    "停保": ("退出原因",),
    "学费资助": ("学年",),
    "防返贫监测": ("监测对象类别",),
    "医保结算": (
        "基金支付总额",
        "大额支付",
        "公务员补助",
        "补充保险",
        "二次补助",
        "其他基金支付",
        "医院负担",
    ),
}
# Columns whose absence means nothing, so that what they say is unknown of everybody.
MAY_BE_MISSED = {
    "救助人员": ("出生日期", "实际赡养收入", "年收入", "月收入", *INCOMES),
    "申请家庭": ("户籍类型", "申请类别", "金融资产总额", "拥有产权住房套数", "机动车数量", "经营主体数量"),
    "申请人员": ("出生日期", "实际赡养收入", "法定义务人状况", *INCOMES),
    "就业登记": ("就业登记状态",),
    "养老待遇": ("险种类型",),
    "不动产": ("用途",),
    "残疾人证": ("状态",),
    "医保结算": ("有效标志", "统筹支付"),
    "学费资助": ("资助金额", "住宿费"),
    "防返贫监测": ("人均纯收入",),
}
STEADY = (
    "姓名",
    "身份证号",
    "户编号",
    "户主身份证号",
    "申请编号",
    "权利人",
    "证件号码",
    "机动车所有人",
    "身份证明号码",
)
STEADY_TABLES = ("核实结果",)
_REFUSED: dict[str, tuple[str, ...]] = {
    "money": ("约500", "三百", "500左右"),
    "count": ("两套", "若干"),
    "bool": ("看不清",),
    "date": ("2026-02-30", "2025-13-01"),
    "past": ("2026-02-30", "2025-13-01"),
    "birth": ("1960-02-30",),
    "month": ("2026-13", "二月"),
    "school_year": ("二〇二六",),
    "word": ("看不清", "？？"),
}


def heading(dice: Dice, column: Column) -> str:
    """The canonical heading, an alias, or one of them with decoration."""
    name = column.name if dice.chance(0.6) else dice.choice((column.name, *column.aliases))
    throw = dice.random()
    if throw < 0.05:
        return f"*{name}"
    if throw < 0.08:
        return f"{name}（必填）"
    if throw < 0.11:
        return f"{name[0]} {name[1:]}"
    return name.replace("(", "（").replace(")", "）") if throw < 0.2 else name


def soil(dice: Dice, column: Column, cell: Cell, dirt: float) -> Cell:
    """Now and then a blank, something that cannot be taken, or another word for the same."""
    if dice.chance(dirt * 0.25):
        return None
    if column.kind in _REFUSED and dice.chance(dirt * 0.15):
        return dice.choice(_REFUSED[column.kind])
    if isinstance(cell, str) and column.words.get(cell) and dice.chance(0.4):
        return dice.choice(column.words[cell])
    if isinstance(cell, bool):
        return dice.choice(("是", "有", "1", "√", "Y") if cell else ("否", "无", "0", "×", "N"))
    return cell


def make_sheets(
    *, dice: Dice, table: str, part: str, records: list[Record], dirt: float, stem: str
) -> list[Sheet]:
    """One sheet, or two of one workbook with the same columns; the last row of each has a good number."""
    columns = [TABLES[table][name] for name in TABLES[table] if any(name in record for record in records)]
    optional = MAY_BE_ABSENT.get(table, ())
    columns = [one for one in columns if one.name not in optional or not dice.chance(0.15 + dirt)]
    if dice.chance(dirt):
        missed = dice.choice(MAY_BE_MISSED.get(table, ("",)))
        columns = [one for one in columns if one.name != missed]
    split = [records]
    if len(records) > 12 and dice.chance(0.2):
        half = len(records) // 2
        split = [records[:half], records[half:]]
    suffix = dice.choice((".xlsx", ".xlsx", ".csv")) if len(split) == 1 else ".xlsx"
    sheets = []
    for place, some in enumerate(split):
        order = columns[:]
        if place and dice.chance(dirt * 2):  # the second sheet is of another template
            order = [one for one in order if one.name not in optional or not dice.chance(0.3)]
        dice.shuffle(order)
        steady = table in STEADY_TABLES
        rows = [
            [
                record.get(one.name)
                if steady or one.name in STEADY
                else soil(dice, one, record.get(one.name), dirt)
                for one in order
            ]
            for record in some
        ]
        again = [list(row) for row in rows if dice.chance(dirt * 0.2)]
        rows = again + rows
        _good_row_last(rows, [number for number, one in enumerate(order) if one.kind in ("id", "ids")])
        headings = [heading(dice, one) for one in order]
        page = table if len(split) == 1 else f"{table}{place + 1}"
        sheets.append(Sheet(f"{stem}{'_1' if part else ''}{suffix}", page, table, part, headings, rows))
    return sheets


def _good_row_last(rows: list[list[Cell]], id_places: list[int]) -> None:
    """A last row without a number would pass for a footer (bad-input B36)."""
    for number, row in enumerate(rows):
        if id_places and all(
            isinstance(row[place], str) and len(str(row[place])) == 18 for place in id_places
        ):
            rows.append(rows.pop(number))
            return
