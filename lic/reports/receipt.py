"""A receipt to .xlsx: a cover in plain words, then the faulty rows as the department sent them.

Knows XlsxWriter. Every cell of the export is written as text, so that no digit of a number is
lost and no text becomes a formula; faulty cells are coloured and commented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from lic.model.receipt import FaultyRow, Receipt, ReceiptSheet
from lic.reports import labels
from lic.reports import labels_receipt as words
from lic.reports.book import period_text
from lic.reports.sheet_limits import MAX_ROWS, sheet_name
from lic.reports.sheet_rows import MAX_HEIGHT
from lic.reports.workbook import MARK

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
_COMMENTS = 2_000  # on one sheet; the columns at the end say everything
_FRONT = 3
_PAGE_WIDTH = 230  # half-width characters across A4 landscape that can still be read
_COVER_WIDTHS = (6, 6, 34, 26, 52, 8, 46, 8)
_WIDEST, _NARROWEST = 30, 8
_NOTE_WIDTH = 150
_WHY_WIDTH = 44


def receipt_file(department: str) -> str:
    """The name of a department's workbook."""
    return words.FILE.format(department=department)


def write_receipt(receipt: Receipt, path: Path, *, scratch: Path) -> None:
    """Write the workbook; XlsxWriter's row files live in ``scratch``."""
    options = {
        "constant_memory": True,
        "tmpdir": str(scratch),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        title = words.TITLE.format(period=period_text(receipt.period))
        book.set_properties({"title": title, "author": "lic", "keywords": MARK, "created": _CREATED})
        book.set_custom_property(MARK, title, "text")
        styles = _styles(book)
        taken = {words.COVER.lower()}
        _write_cover(book.add_worksheet(words.COVER), receipt, title, styles)
        for sheet in receipt.sheets:
            wanted = sheet.sheet or PurePosixPath(sheet.file).stem
            for start in range(0, len(sheet.rows), MAX_ROWS):
                part = sheet.rows[start : start + MAX_ROWS]
                _write_rows(book.add_worksheet(sheet_name(wanted, taken)), sheet, part, styles)


def _styles(book: Any) -> dict[str, Any]:
    body = {"font_name": labels.FONT_BODY, "font_size": 10, "valign": "top", "num_format": "@"}
    line = {"border": 1, "border_color": "#A6A6A6"}
    head = {**body, **line, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
    looks = {
        "title": {"font_name": labels.FONT_TITLE, "font_size": 16},
        "to": {**body, "font_size": 12, "bold": True},
        "text": {**body, "font_size": 11, "text_wrap": True},
        "urgent": {**body, "font_size": 11, "text_wrap": True, "bold": True, "font_color": "#C00000"},
        "head": {**head, "bg_color": "#DDE6F0"},
        "front": {**head, "bg_color": "#EDEDED"},
        "end": {**head, "bg_color": "#FCE4D6"},
        "cell": {**body, **line},
        "wrapped": {**body, **line, "text_wrap": True},
        "number": {**body, **line, "num_format": "0", "align": "center"},
        "faulty": {**body, **line, "bg_color": "#FFD966"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_cover(sheet: Any, receipt: Receipt, title: str, styles: dict[str, Any]) -> None:
    for index, width in enumerate(_COVER_WIDTHS):
        sheet.set_column(index, index, width)
    last = len(_COVER_WIDTHS) - 1
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, words.TO.format(department=receipt.department), styles["to"])
    row = 2
    lines = [(text, "text") for text in words.HOW]
    if receipt.missing:
        text = words.MISSING.format(tables="\u3001".join(receipt.missing))
        lines.insert(0, (text, "urgent"))
    contact = words.CONTACT.format(contact=receipt.contact) if receipt.contact else None
    lines.append((contact or words.NO_CONTACT.format(county=receipt.county), "text"))
    for text, style in lines:
        sheet.set_row(row, min(16 * -(-_width(text) // _NOTE_WIDTH), MAX_HEIGHT))
        sheet.merge_range(row, 0, row, last, text, styles[style])
        row += 1
    sheet.write_string(row, 0, words.FROM.format(county=receipt.county), styles["to"])
    row += 2
    if receipt.items:
        _write_items(sheet, row, receipt, styles)
    _set_up(sheet, row, pages=1)


def _write_items(sheet: Any, row: int, receipt: Receipt, styles: dict[str, Any]) -> None:
    headings = (
        words.NUMBER,
        words.SEVERITY,
        words.FILE_HEADING,
        words.PLACE,
        words.PROBLEM,
        words.COUNT,
        words.ADVICE,
        words.CODE,
    )
    for index, text in enumerate(headings):
        sheet.write_string(row, index, text, styles["head"])
    for number, item in enumerate(receipt.items, start=1):
        line = row + number
        name = PurePosixPath(item.file).name
        texts = (item.severity, name, item.place, item.problem, item.count, item.advice, item.code)
        lines = max(
            -(-_width(str(text)) // (_COVER_WIDTHS[index] - 1)) for index, text in enumerate(texts, start=1)
        )
        sheet.set_row(line, min(14 * lines + 4, MAX_HEIGHT))
        sheet.write_number(line, 0, number, styles["number"])
        for index, value in enumerate(texts, start=1):
            if isinstance(value, int):
                sheet.write_number(line, index, value, styles["number"])
            else:
                sheet.write_string(line, index, value, styles["wrapped"])


def _write_rows(sheet: Any, about: ReceiptSheet, rows: Sequence[FaultyRow], styles: dict[str, Any]) -> None:
    width = max([len(about.headings), *(len(row.cells) for row in rows)])
    headings = [*about.headings, *([""] * (width - len(about.headings)))]
    front = (words.ORIGINAL_FILE, words.ORIGINAL_SHEET, words.ORIGINAL_ROW)
    end = (words.PROBLEM, words.ADVICE_HEADING)
    widths = _set_widths(sheet, about, rows, width)
    sheet.set_row(0, 32)
    for index, heading in enumerate((*front, *headings, *end)):
        style = "front" if index < _FRONT else "end" if index >= _FRONT + width else "head"
        sheet.write_string(0, index, heading, styles[style])
    name = PurePosixPath(about.file).name
    commented = 0
    for line, row in enumerate(rows, start=1):
        why = [words.SEPARATOR.join(texts) for texts in (row.problems, row.advice)]
        lines = max(-(-_width(text) // (_WHY_WIDTH - 1)) for text in why)
        sheet.set_row(line, min(14 * lines + 4, MAX_HEIGHT))
        sheet.write_string(line, 0, name, styles["cell"])
        sheet.write_string(line, 1, about.sheet, styles["cell"])
        sheet.write_number(line, 2, row.row, styles["number"])
        for index in range(width):
            text = row.cells[index] if index < len(row.cells) else ""
            style = styles["faulty" if index in row.marks else "cell"]
            sheet.write_string(line, _FRONT + index, text, style)
            if index in row.marks and commented < _COMMENTS:
                sheet.write_comment(line, _FRONT + index, row.marks[index], {"x_scale": 1.6})
                commented += 1
        for index, text in enumerate(why, start=_FRONT + width):
            sheet.write_string(line, index, text, styles["wrapped"])
    sheet.freeze_panes(1, _FRONT)
    sheet.autofilter(0, 0, len(rows), _FRONT + width + 1)
    _set_up(sheet, 0, pages=_pages_across(widths))


def _set_widths(sheet: Any, about: ReceiptSheet, rows: Sequence[FaultyRow], width: int) -> list[int]:
    """Set and return the width of every column, the front ones and the last two included."""
    widths = [_WIDEST, 14, 7]
    for index in range(width):
        texts = [about.headings[index]] if index < len(about.headings) else []
        texts += [row.cells[index] for row in rows[:200] if index < len(row.cells)]
        widest = max((_width(text) for text in texts), default=0) + 2
        widths.append(min(max(widest, _NARROWEST), _WIDEST))
    widths += [_WHY_WIDTH, _WHY_WIDTH]
    for index, each in enumerate(widths):
        sheet.set_column(index, index, each)
    return widths


def _pages_across(widths: Sequence[int]) -> int:
    """Pages side by side on which the columns can be read, each with the front columns again."""
    front, rest = sum(widths[:_FRONT]), sum(widths[_FRONT:])
    return -(-rest // (_PAGE_WIDTH - front))


def _set_up(sheet: Any, header: int, *, pages: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, _FRONT - 1)
    sheet.repeat_rows(header)
    sheet.set_footer(f"&C{labels.PAGE_OF}")


def _width(text: str) -> int:
    """Width in half-width characters."""
    return sum(1 if char.isascii() else 2 for char in text)
