"""Broken inputs: for every S code the smallest file that a department could send and that shows it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

GOOD = "610999197001011235"
OTHER = "610999195505060218"
PENSION = ["姓名", "身份证号", "险种类型", "待遇发放状态", "待遇享受开始年月", "月待遇金额"]
ROW: list[Any] = ["张三", GOOD, "企业职工", "正常", "2020-01", 1200.5]
DAYS = ["姓名", "身份证号", "单位名称", "就业登记状态", "合同开始", "合同终止", "月工资"]
JOB: list[Any] = ["张三", GOOD, "示例公司", "就业", "2020-01-01", "2026-12-31", 3000]

Sheets = dict[str, list[list[Any]]]


def book(path: Path, sheets: Sheets, *, hidden: str | None = None, mark: str | None = None) -> None:
    """Typed cells: text as text, days as days, ``=`` as formula."""
    made = xlsxwriter.Workbook(path, {"strings_to_numbers": False})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    if mark is not None:
        made.set_properties({"keywords": mark})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(row, column, cell, value="#N/A")
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
    made.close()


def csv(path: Path, lines: list[str], encoding: str = "utf-8") -> None:
    path.write_bytes("\r\n".join(lines).encode(encoding))


def wide(text: str) -> str:
    """In full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def changed(row: list[Any], index: int, value: Any) -> list[Any]:
    return [*row[:index], value, *row[index + 1 :]]


def pension(*rows: list[Any], header: list[str] = PENSION) -> Callable[[Path], None]:
    """A pension list whose first row is in order."""
    return lambda folder: book(folder / "养老待遇.xlsx", {"养老待遇": [header, ROW, *rows]})


def cell(index: int, value: Any) -> Callable[[Path], None]:
    """A pension list with one odd cell in row 3."""
    return pension(changed(changed(ROW, 0, "李四"), index, value))


def job(index: int, value: Any) -> Callable[[Path], None]:
    return lambda folder: book(
        folder / "就业登记.xlsx", {"就业登记": [DAYS, JOB, changed(JOB, index, value)]}
    )


def raw(name: str, data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return write


def rezipped(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A good workbook with changed parts; None leaves a part out."""
    source, target = io.BytesIO(), io.BytesIO()
    made = xlsxwriter.Workbook(source)
    sheet = made.add_worksheet("养老待遇")
    for row, cells in enumerate([PENSION, ROW]):
        sheet.write_row(row, 0, cells)
    made.close()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry.filename))
            if data is not None:
                new.writestr(entry.filename, data)
    return target.getvalue()


def _far(name: str, data: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return data
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return data.replace(b"</sheetData>", far)


def _bomb() -> bytes:
    return rezipped(lambda name, data: data + b" " * (64 << 20) if name.endswith("styles.xml") else data)


def _entity() -> bytes:
    mark = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    return rezipped(lambda name, data: data.replace(b"?>", b"?>" + mark, 1) if "sheet1" in name else data)


def encrypted(password: str) -> bytes:
    """A good workbook behind a password."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(rezipped(lambda _, data: data))).encrypt(password, target)
    return target.getvalue()


def ods(rows: str) -> bytes:
    """An OpenDocument sheet with ``rows`` as its XML."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        spaces = " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for name in ("office", "table", "text")
        )
        made.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
            f'<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
        made.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return target.getvalue()


_REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="100"><text:p>x</text:p></table:table-cell></table:table-row>'
)
REGISTER = ["户编号", "户主身份证号", "姓名", "身份证号", "与户主关系", "人员状态", "年收入"]
DEED = ["权利人", "证件号码", "不动产单元号", "用途", "权属状态"]


def twice(folder: Path) -> None:
    for name in ("甲.csv", "养老金.csv"):
        raw(name, b"x,y\n1,2\n")(folder)


FILES: dict[str, Callable[[Path], None]] = {
    "S101": raw("养老待遇.xlsx", b""),
    "S102": raw("养老待遇.xlsx", b"%PDF-1.7 scan"),
    "S103": raw("养老待遇.xlsx", b"PK\x03\x04 cut off"),
    "S104": raw("养老待遇.xlsx", encrypted("秘密")),
    "S105": raw("养老待遇.xls", "<html><p>登录已过期</p></html>".encode()),
    "S106": raw("养老待遇.xlsx", _bomb()),
    "S107": raw("养老待遇.xlsx", _entity()),
    "S109": raw("养老待遇.ods", ods(_REPEATED)),
    "S110": raw("养老待遇.csv", b"\xff\xff\x81\xff"),
    "S112": lambda folder: book(folder / "结果.xlsx", {"汇总": [PENSION, ROW]}, mark="lic-output"),
    "S113": lambda folder: book(folder / "养老待遇.xlsx", {"说明": [["本表由人社局提供", "无"]]}),
    "S114": lambda folder: book(folder / "养老.xlsx", {"说明": [["请看第二页"]], "养老": [PENSION, ROW]}),
    "S115": lambda folder: book(folder / "a.xlsx", {"新": [PENSION, ROW], "旧": [PENSION, ROW]}, hidden="旧"),
    "S120": pension(header=[*PENSION[:5], "月发放数"]),
    "S121": pension(header=[*PENSION, "补贴类型"]),
    "S122": pension(header=[*PENSION, "天气"]),
    "S123": pension([*ROW, 50], header=[*PENSION, "高龄补贴款"]),
    "S124": pension([*ROW, 800], header=[*PENSION, "养老金"]),
    "S125": pension([*ROW, "多出来的"]),
    "S127": lambda folder: book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION]}),
    "S128": pension(header=PENSION),
    "S130": lambda folder: book(folder / "养老待遇.xlsx", {"a": [["示例县2026年3月养老待遇"], PENSION, ROW]}),
    "S131": pension(["合计", "共1人", None, None, None, 1200.5]),
    "S132": lambda folder: csv(
        folder / "养老待遇.csv", [";".join(PENSION), ";".join(map(str, ROW))], "gb18030"
    ),
    "S133": lambda folder: csv(folder / "养老待遇.xls", ["\t".join(PENSION), "\t".join(map(str, ROW))]),
    "S134": lambda folder: book(
        folder / "养老待遇.xlsx", {"a": [["单位：万元"], PENSION, changed(ROW, 5, 0.12)]}
    ),
    "S136": twice,
    "S138": lambda folder: book(
        folder / "监测.xlsx",
        {
            "a": [
                ["户编号", "姓名", "身份证号", "户类型", "风险是否已消除", "风险是否已消除"],
                ["1", "张三", GOOD, "脱贫户", "否", "否"],
            ]
        },
    ),
}

CELLS: dict[str, Callable[[Path], None]] = {
    "S201": cell(1, "111111111111111111"),
    "S202": cell(1, "61099919700101"),
    "S203": cell(1, 610999197001011235),
    "S204": cell(1, "610999197002301235"),
    "S205": cell(1, "610999203001011235"),
    "S206": cell(1, "J610999201506010018"),
    "S207": cell(1, "610999700101123"),
    "S208": cell(1, GOOD + "41"),
    "S209": cell(1, wide(GOOD) + " "),
    "S211": cell(5, "约500"),
    "S212": cell(5, -3),
    "S213": cell(5, 100.005),
    "S214": cell(5, "0.12万"),
    "S215": cell(5, 1e12),
    "S216": cell(5, "-"),
    "S217": cell(5, date(2026, 1, 31)),
    "S221": job(4, "年初"),
    "S222": job(4, "2026-02-30"),
    "S223": job(4, "26.3.1"),
    "S224": lambda folder: book(
        folder / "死亡.xlsx", {"死亡": [["姓名", "身份证号", "死亡日期"], ["张三", GOOD, "2026-11-02"]]}
    ),
    "S225": job(4, date(1900, 1, 1)),
    "S226": job(4, 46096),
    "S227": cell(4, "去年"),
    "S228": lambda folder: book(
        folder / "学费.xlsx", {"a": [["姓名", "身份证号", "学年", "学费"], ["张三", GOOD, "大二", 4000]]}
    ),
    "S231": cell(2, "别的险"),
    "S232": lambda folder: book(
        folder / "农村低保人员.xlsx",
        {"a": [[*REGISTER, "照护人"], ["1", GOOD, "张三", GOOD, "户主", "正常", 100, "也许"]]},
    ),
    "S233": lambda folder: book(
        folder / "农村低保家庭.xlsx",
        {"a": [["户编号", "户主姓名", "户主身份证号", "家庭人口"], ["1", "张三", GOOD, "几个"]]},
    ),
    "S241": cell(5, "=VLOOKUP(1,2,3)"),
    "S242": cell(0, "张\ue123"),
    "S243": lambda folder: book(
        folder / "农村低保家庭.xlsx",
        {"a": [["户编号", "户主姓名", "户主身份证号", "家庭人口"], [1234567890123456789, "张三", GOOD, 2]]},
    ),
    "S245": lambda folder: book(
        folder / "农村低保家庭.xlsx",
        {"a": [["户编号", "户主姓名", "户主身份证号", "家庭人口", "镇"], ["1", "张三", GOOD, 2, "别处镇"]]},
    ),
}

ROWS: dict[str, Callable[[Path], None]] = {
    "S244": lambda folder: book(
        folder / "不动产.xlsx", {"a": [DEED, ["张三;李四", GOOD, "U1", "住宅", "现势"]]}
    ),
    "S301": lambda folder: csv(
        folder / "养老待遇.csv",
        [",".join(PENSION), ",".join(map(str, ROW)), ",".join(map(str, [*ROW, "多"]))],
    ),
    "S302": lambda folder: book(
        folder / "农村低保人员.xlsx", {"a": [REGISTER, [None, "", "张三", "无", "户主", "正常", 100]]}
    ),
    "S303": lambda folder: book(
        folder / "农村低保人员.xlsx",
        {"a": [REGISTER, ["1", GOOD, "张三", GOOD, "户主", "", 1], ["", "", "", "", "之子", "正常", 100]]},
    ),
}

BROKEN = {**FILES, **CELLS, **ROWS}
