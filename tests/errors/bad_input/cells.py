"""Builders of cells that are odd, and of rows that are there twice: B43 to B57."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lic.values.idnumber import check_digit
from tests.errors.bad_input.sheets import THIRD
from tests.errors.inputs import DAYS, GOOD, JOB, OTHER, PENSION, REGISTER, ROW, book, changed, csv, wide

HOME = ["户编号", "户主姓名", "户主身份证号", "家庭人口"]


def column(index: int, values: Sequence[Any]) -> Callable[[Path], None]:
    """A pension list with one odd cell in each row."""
    rows = [changed(ROW, index, value) for value in values]
    return lambda folder: book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, *rows]})


def days(values: Sequence[Any]) -> Callable[[Path], None]:
    rows = [changed(JOB, 4, value) for value in values]
    return lambda folder: book(folder / "就业登记.xlsx", {"就业登记": [DAYS, *rows]})


def codes(folder: Path) -> None:
    home: list[list[Any]] = [["0012", "张三", f"'{GOOD}", 2], ["'0013", "李四", f"\t{OTHER}", 2]]
    book(folder / "农村低保家庭.xlsx", {"a": [HOME, *home]})
    csv(folder / "农村低保家庭二.csv", [",".join(HOME), f'="0014",王五,="{THIRD}",2'])


def registers(folder: Path) -> None:
    """Two rows alike, a person in two households, a household with two heads."""
    home = [["1", "张三", GOOD, 2], ["2", "李四", OTHER, 2]]
    people = [
        ["1", GOOD, "张三", GOOD, "户主", "正常", 100],
        ["1", GOOD, "张三", GOOD, "户主", "正常", 100],
        ["2", OTHER, "李四", OTHER, "户主", "正常", 100],
        ["2", OTHER, "王五", THIRD, "配偶", "正常", 100],
        ["1", GOOD, "王五", THIRD, "户主", "正常", 300],
    ]
    book(folder / "农村低保家庭.xlsx", {"a": [HOME, *home]})
    book(folder / "农村低保人员.xlsx", {"a": [REGISTER, *people]})


def numbers(area: str, count: int) -> list[str]:
    """Different numbers of one area."""
    firsts = [f"{area}1970{1 + index // 28:02d}{1 + index % 28:02d}001" for index in range(count)]
    return [first + check_digit(first) for first in firsts]


def nobody(folder: Path) -> None:
    """A pension list of another county."""
    people = [
        [str(index), number, "张三", number, "户主", "正常", 1]
        for index, number in enumerate(numbers("610999", 60))
    ]
    book(folder / "农村低保家庭.xlsx", {"a": [HOME, *([row[0], row[2], row[1], 1] for row in people)]})
    book(folder / "农村低保人员.xlsx", {"a": [REGISTER, *people]})
    others = [changed(ROW, 1, number) for number in numbers("610998", 60)]
    book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, *others]})


CELLS: dict[str, Callable[[Path], None]] = {
    "B43": column(1, [610999197001011235, 610999197001011000, 6.10999197001011e17, "6.10999197001011E+17"]),
    "B44": codes,
    "B45": column(1, ["61099919350203002x", wide(GOOD), "610999 1970 0101 1235", f"\u200b{GOOD}\u00a0"]),
    "B46": column(1, ["610999700101123", "610999350203996"]),
    "B47": column(1, [*numbers("999999", 1), *numbers("610998", 1)]),  # areas that belong to nobody
    "B48": column(1, ["0", "无", "不详", "/", "111111111111111111", 0]),
    "B49": column(5, ["=VLOOKUP(1,2,3)", "#REF!", "#DIV/0!"]),
    "B50": column(0, ["None", "NA", "null", "nan", "N/A"]),
    "B51": days(
        [
            "2024.1.5",
            "2024年1月5日",
            "20240105",
            45296,
            date(2024, 1, 5),
            "2024/1/1 11:00",
            "24.1.5",
            "2024-02-30",
            "2024年1月",
            date(1900, 1, 1),
            "年初",
        ]
    ),
    "B52": column(
        5,
        [
            "1,200.50元",
            "￥300",
            "300 ",
            "1.2万",
            "约500",
            "三百",
            "500左右",
            "-",
            "(500.00)",
            "1 200.50",
            "300 5",
            wide("1200"),
            100.005,
            -3,
            1e12,
            True,
        ],
    ),
    "B53": column(0, [" 张三 ", "　张三", "张\u00a0三"]),
    "B54": column(0, ["买买提•艾力", "买买提．艾力", "张\ue863", "张\ue123", "张?", "𠀀三", "张\U00030000"]),
    "B55": column(0, ["＝1+1", "+86", "-", "@张", "'=1+1"]),
    "B56": registers,
    "B57": nobody,
}
