"""What Excel would not open, or would open only after a repair, in a workbook as it lies on the disk."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.utils import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_ROWS, _COLUMNS, _TEXT, _CHOICES = 1_048_576, 16_384, 32_767, 255
# The order that the schema of a worksheet prescribes for the parts that lic writes.
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing",
    "legacyDrawing", "tableParts",
)  # fmt: skip


def workbook_faults(path: Path) -> list[str]:
    """Every fault; an empty list is a workbook that opens without a word."""
    with zipfile.ZipFile(path) as book:
        names = Counter(book.namelist())
        faults = [f"{name} twice" for name, times in names.items() if times > 1]
        if book.testzip() is not None:
            faults.append("a part is damaged")
        root = ET.fromstring(book.read("xl/workbook.xml"))
        parts = _parts(book)
        sheets = [(item.get("name") or "", parts[item.get(_ID) or ""]) for item in root.iter(f"{_MAIN}sheet")]
        shared = _shared(book)
        formats = len(_all(ET.fromstring(book.read("xl/styles.xml")), "cellXfs/xf"))
        faults += _name_faults([name for name, _ in sheets], root)
        for name, part in sheets:
            sheet = ET.fromstring(book.read(part))
            faults += [f"{name}: {fault}" for fault in _sheet_faults(sheet, len(shared), formats)]
        faults += [f"shared text of {len(text)} units" for text in shared if _units(text) > _TEXT]
    return faults


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _all(element: ET.Element, path: str) -> list[ET.Element]:
    return element.findall("/".join(_MAIN + part for part in path.split("/")))


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    relations = ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    return {item.get("Id") or "": f"xl/{item.get('Target')}" for item in relations}


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ET.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(item.itertext()) for item in root]
    assert int(root.get("uniqueCount") or -1) == len(texts)
    return texts


def _name_faults(names: list[str], root: ET.Element) -> list[str]:
    faults = [f"sheet name {name!r}" for name in names if not 0 < _units(name) <= 31]
    faults += [
        f"sheet name {name!r}" for name in names if _FORBIDDEN.search(name) or name[:1] + name[-1:] == "'"
    ]
    faults += [f"sheet {name} twice" for name, times in Counter(map(str.lower, names)).items() if times > 1]
    for item in root.iter(f"{_MAIN}definedName"):
        at = int(item.get("localSheetId") or 0)
        sheet = (item.text or "").partition("!")[0].strip("'").replace("''", "'")
        if at >= len(names) or sheet != names[at]:
            faults.append(f"name {item.get('name')} points at {sheet}")
    return faults


def _sheet_faults(sheet: ET.Element, shared: int, formats: int) -> list[str]:
    order = [_ORDER.index(child.tag.removeprefix(_MAIN)) for child in sheet]
    faults = [] if order == sorted(order) else ["parts in the wrong order"]
    rows = [int(row.get("r") or 0) for row in _all(sheet, "sheetData/row")]
    if rows != sorted(set(rows)) or (rows and rows[-1] > _ROWS):
        faults.append("rows out of order or too many")
    for row in _all(sheet, "sheetData/row"):
        faults += _row_faults(row, shared, formats)
    ranges = [item.get("ref") or "" for item in _all(sheet, "mergeCells/mergeCell")]
    faults += _overlaps(ranges)
    for item in _all(sheet, "dataValidations/dataValidation"):
        formula = item.find(f"{_MAIN}formula1")
        text = "" if formula is None or formula.text is None else formula.text.strip('"')
        if _units(text) > _CHOICES:
            faults.append("choices too long")
        if any(_units(item.get(name) or "") > most for name, most in (("promptTitle", 32), ("prompt", 255))):
            faults.append("prompt too long")
    for part in ("oddHeader", "oddFooter"):
        for item in _all(sheet, f"headerFooter/{part}"):
            if _units(item.text or "") > _CHOICES:
                faults.append(f"{part} too long")
    for item in _all(sheet, "cols/col"):
        if not 0 <= float(item.get("width") or 0) <= 255:
            faults.append("column too wide")
    return faults


def _row_faults(row: ET.Element, shared: int, formats: int) -> list[str]:
    faults = []
    if float(row.get("ht") or 0) > 409.5:
        faults.append(f"row {row.get('r')} too high")
    columns = []
    for cell in row:
        place = cell.get("r") or ""
        column, line, *_ = range_boundaries(place)
        columns.append(int(column or 0))
        if str(line) != row.get("r"):
            faults.append(f"{place} in row {row.get('r')}")
        value = cell.find(f"{_MAIN}v")
        if cell.get("t") == "s" and not 0 <= int((value.text if value is not None else None) or -1) < shared:
            faults.append(f"{place}: no such text")
        if cell.get("t") in (None, "n") and value is not None and value.text is not None:
            float(value.text)
        if int(cell.get("s") or 0) >= formats:
            faults.append(f"{place}: no such format")
        if cell.find(f"{_MAIN}f") is not None:
            faults.append(f"{place}: a formula")
        if cell.get("t") == "inlineStr" and _units("".join(cell.itertext())) > _TEXT:
            faults.append(f"{place}: text too long")
    if columns != sorted(set(columns)) or (columns and columns[-1] > _COLUMNS):
        faults.append(f"row {row.get('r')}: cells out of order")
    return faults


def _overlaps(ranges: list[str]) -> list[str]:
    boxes = [[int(edge or 0) for edge in range_boundaries(item)] for item in ranges]
    return [
        f"{ranges[one]} and {ranges[other]} overlap"
        for one in range(len(boxes))
        for other in range(one)
        if boxes[one][0] <= boxes[other][2]
        and boxes[other][0] <= boxes[one][2]
        and boxes[one][1] <= boxes[other][3]
        and boxes[other][1] <= boxes[one][3]
    ]
