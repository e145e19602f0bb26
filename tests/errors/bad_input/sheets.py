"""Builders of sheets whose headings, rows or encodings are odd: B25 to B42."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.errors.bad_input.files import LI
from tests.errors.inputs import OTHER, PENSION, REGISTER, ROW, book, changed, csv, raw

THIRD = "610999198803070018"
WANG: list[Any] = ["王五", THIRD, "企业职工", "正常", "2021-03", 1000]
SHORT = ["姓名", "身份证号", "待遇发放状态", "月待遇金额", "基础养老金"]


def short(name: str, number: str, amount: float, base: float) -> list[Any]:
    return [name, number, "正常", amount, base]


def one(*rows: list[Any]) -> Callable[[Path], None]:
    return lambda folder: book(folder / "养老待遇.xlsx", {"养老待遇": list(rows)})


def text(
    *rows: list[Any], mark: str = ",", end: str = "\r\n", encoding: str = "utf-8"
) -> Callable[[Path], None]:
    data = end.join(mark.join(map(str, row)) for row in rows).encode(encoding)
    return raw("养老待遇.csv", data)


def stacked(folder: Path) -> None:
    """A register with group titles merged over the kinds of income."""
    made = xlsxwriter.Workbook(folder / "农村低保人员.xlsx")
    sheet = made.add_worksheet("农村低保")
    sheet.merge_range(0, 0, 0, 9, "示例县2026年10月农村低保人员花名册")
    for column, name in enumerate(REGISTER[:6]):
        sheet.merge_range(1, column, 3, column, name)
    sheet.merge_range(1, 6, 1, 9, "家庭收入")
    sheet.merge_range(2, 6, 2, 8, "收入")
    for column, name in enumerate(["工资性", "经营净", "财产净"]):
        sheet.write(3, 6 + column, name)
    sheet.merge_range(2, 9, 3, 9, "转移净收入")
    for row, number in enumerate((OTHER, THIRD), 4):
        sheet.write_row(row, 0, ["1", OTHER, "李四", number, "户主", "正常", 100, 200, 300, 400])
    made.close()


def hidden(folder: Path) -> None:
    made = xlsxwriter.Workbook(folder / "养老待遇.xlsx")
    sheet = made.add_worksheet("养老待遇")
    for row, cells in enumerate([PENSION, ROW, LI, WANG]):
        sheet.write_row(row, 0, cells)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(5, 5, None, None, {"hidden": True})
    made.close()


def sheets(folder: Path) -> None:
    book(
        folder / "养老待遇.xlsx",
        {"说明": [["请看后面各页"]], "城关": [PENSION, ROW], "饶峰": [PENSION, LI], "旧": [PENSION, WANG]},
        hidden="旧",
    )


def totals(folder: Path) -> None:
    rows = [short("张三", ROW[1], 100, 50), short("李四", OTHER, 200, 60), short("王五", THIRD, 300, 70)]
    book(
        folder / "养老待遇.xlsx",
        {
            "城关": [SHORT, *rows, ["小计", None, None, 600, 180]],
            "饶峰": [SHORT, *rows, ["城关镇", None, None, 600, 180]],
            "两行": [SHORT, short("张三", ROW[1], 100, 50), ["李四", None, "正常", 100, 50]],
            "错": [SHORT, *rows, ["合 计", None, None, 610, 180]],
        },
    )


def mojibake(folder: Path) -> None:
    lines = [",".join(PENSION), ",".join(map(str, ROW))]
    csv(folder / "养老待遇.csv", lines, "gb18030")
    raw("养老金.csv", "\r\n".join(lines).encode().decode("gb18030", "replace").encode("gb18030"))(folder)


def wide(folder: Path) -> None:
    lines = "\r\n".join(",".join(map(str, row)) for row in (PENSION, ROW))
    raw("养老待遇.csv", lines.encode("utf-16"))(folder)
    raw("养老金.csv", lines.replace("张三", "李四").replace(ROW[1], OTHER).encode("utf-16-le"))(folder)
    raw("养老发放.csv", "甲,乙\r\n1,2".encode("utf-16-le"))(folder)


SHEETS: dict[str, Callable[[Path], None]] = {
    "B25": one(
        ["示例县2026年3月养老待遇发放表"],
        ["填报单位：示例县人社局", None, None, None, None, "单位：万元"],
        PENSION,
        changed(ROW, 5, 0.12),
    ),
    "B26": stacked,
    "B27": one([*PENSION[:1], "本人身份证件号", *PENSION[2:]], ROW),
    "B28": one(
        [
            "姓\u00a0名",
            "身份\n证号",
            "险种\u200b类型",
            "待遇　发放状态",
            "待遇享受开始年月",
            "月待遇金额（元）",
        ],
        ROW,
    ),
    "B29": one([*PENSION, "月待遇金额"], [*ROW, 800]),
    "B30": one([*PENSION, None], [*ROW, "多出来的"]),
    "B31": one(list(reversed(PENSION)), list(reversed(ROW))),
    "B32": one(["姓名", "险种类型", "待遇发放状态", "待遇享受开始年月", "发放金额"], ["张三", *ROW[2:]]),
    "B33": sheets,
    "B34": hidden,
    "B35": totals,
    "B36": one(
        PENSION, ROW, LI, [None], ["填表人：示例甲", None, "审核：示例乙"], ["2026年10月31日"], ["（盖章）"]
    ),
    "B37": text(PENSION, ROW, [*LI, "多"], WANG[:4]),
    "B38": text(PENSION, ROW, LI, end="\r"),
    "B39": text(PENSION, ROW, LI, mark=";"),
    "B40": text(PENSION, ROW, encoding="utf-8-sig"),
    "B41": mojibake,
    "B42": wide,
}
