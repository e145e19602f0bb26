"""Builders of files that are wrong as files: B1 to B24."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwt

from tests.errors.inputs import GOOD, OTHER, PENSION, ROW, book, changed, encrypted, raw, rezipped

LI: list[Any] = ["李四", OTHER, "企业职工", "正常", "2020-01", 800]
Change = Callable[[bytes], bytes]


def part(end: str, change: Change) -> bytes:
    """A good workbook in which one part is changed."""
    return rezipped(lambda name, data: change(data) if name.endswith(end) else data)


def without(end: str) -> bytes:
    """A good workbook in which one part is missing."""
    return rezipped(lambda name, data: None if name.endswith(end) else data)


def sheet(change: Change) -> bytes:
    return part("worksheets/sheet1.xml", change)


def page(rows: list[list[Any]]) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = '<html><head><meta charset="gb2312"></head><body>'
    return f"{head}<table border=1>{lines}</table></body></html>".encode("gb18030")


def strict(data: bytes) -> bytes:
    """What Excel calls Strict Open XML differs in its namespaces."""
    return data.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def inline(data: bytes) -> bytes:
    """The heading's strings written into the cells."""
    cells = "".join(
        f'<c r="{chr(65 + index)}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for index, text in enumerate(PENSION)
    )
    return re.sub(rb'<row r="1".*?</row>', f'<row r="1">{cells}</row>'.encode(), data, flags=re.DOTALL)


RUNS = (
    "<si><r><t>买买提</t></r><r><rPr><b/></rPr><t>·艾力</t></r>"
    '<rPh sb="0" eb="1"><t>mai</t></rPh><phoneticPr fontId="1"/></si>'
)


def old_numbers(folder: Path) -> None:
    """A workbook of before 2007 whose first columns hold numbers that are not theirs."""
    made = xlwt.Workbook()
    page = made.add_sheet("养老待遇")
    for row, cells in enumerate([PENSION, *([12.0 + index, 7.5, *ROW[2:]] for index in range(4))]):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    made.save(str(folder / "养老待遇.xls"))


def owner_files(folder: Path) -> None:
    for name in ("~$名单.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini"):
        raw(name, b"x")(folder)
    book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, ROW]})


def open_in_excel(folder: Path) -> None:
    book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, ROW]})
    raw("~$养老待遇.xlsx", b"clerk")(folder)


def foreign(folder: Path) -> None:
    pupils = ["姓名", "身份证号", "学校名称", "学段", "学籍状态"]
    book(folder / "人社局养老待遇.xlsx", {"学籍": [pupils, ["张三", GOOD, "示例小学", "小学", "在读"]]})
    book(folder / "核对差异.xlsx", {"汇总": [PENSION, ROW]}, mark="lic-output")


def password(folder: Path) -> None:
    raw("养老待遇.xlsx", encrypted("秘密"))(folder)


def docx(folder: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w/>")
    raw("养老待遇.xlsx", target.getvalue())(folder)
    raw("就业登记.csv", b"%PDF-1.7")(folder)
    raw("学籍.xlsx", b"\xff\xd8\xff\xe0 JFIF")(folder)
    raw("医保参保.xlsx", b"Rar!\x1a\x07")(folder)


def blank_rows(data: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 60_000))
    return data.replace(b"</sheetData>", rows + b"</sheetData>")


def bomb(data: bytes) -> bytes:
    return data + b" " * (64 << 20)


def far(row: int, column: str) -> Change:
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'.encode()
    return lambda data: data.replace(b"</sheetData>", cell)


FILES: dict[str, Callable[[Path], None]] = {
    "B1": raw("养老待遇.xlsx", b""),
    "B2": lambda folder: book(
        folder / "农村低保家庭.xlsx", {"a": [["户编号", "户主姓名", "户主身份证号", "家庭人口"]]}
    ),
    "B3": raw("养老待遇.xls", page([PENSION, ROW, changed(LI, 1, "6.10999195505060E+17")])),
    "B4": raw(
        "养老待遇.xls", "\r\n".join("\t".join(map(str, row)) for row in (PENSION, ROW)).encode("gb18030")
    ),
    "B5": raw("养老待遇.csv", rezipped(lambda _, data: data)),
    "B6": docx,
    "B7": raw("养老待遇.xlsx", rezipped(lambda _, data: data)[:2000]),
    "B8": password,
    "B9": raw("养老待遇.xlsx", rezipped(lambda _, data: strict(data))),
    "B10": raw(
        "养老待遇.xlsx",
        sheet(lambda data: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', data)),
    ),
    "B11": raw("养老待遇.xlsx", sheet(far(1048576, "XFD"))),
    "B12": raw("养老待遇.xlsx", sheet(far(1, "XFE"))),
    "B13": raw("养老待遇.xlsx", sheet(blank_rows)),
    "B14": raw("养老待遇.xlsx", part("styles.xml", bomb)),
    "B15": raw(
        "养老待遇.xlsx",
        sheet(
            lambda data: data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', 1)
        ),
    ),
    "B16": raw(
        "养老待遇.xlsx",
        part("styles.xml", lambda data: re.sub(rb"<fill>.*?</fill>", b"<fill/>", data, count=1)),
    ),
    "B17": raw("养老待遇.xlsx", without("sharedStrings.xml")),
    "B18": raw(
        "养老待遇.xlsx",
        rezipped(
            lambda name, data: (
                data.replace(b"<si><t>%s</t></si>" % "企业职工".encode(), b"<si/>")
                if name.endswith("sharedStrings.xml")
                else data
            )
        ),
    ),
    "B19": raw("养老待遇.xlsx", sheet(inline)),
    "B20": raw(
        "养老待遇.xlsx",
        part("sharedStrings.xml", lambda data: data.replace("<si><t>张三</t></si>".encode(), RUNS.encode())),
    ),
    "B21": owner_files,
    "B22": open_in_excel,
    "B23": old_numbers,
    "B24": foreign,
}
