"""ReportBook to .xlsx: the paper of a careful office, the same bytes every time.

Knows fonts, widths, print set-up and Excel's limits. Refuses to choose, sort or count rows.
Text is written as text (no formula can be injected); the file carries the mark by which lic
refuses its own output as an input.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import xlsxwriter

from lic.reports import labels
from lic.reports.package import Body, write_package
from lic.reports.sheet_column import TEXT_KINDS, usual, widest
from lic.reports.sheet_limits import MAX_ROWS, Part, cut, sheet_name
from lic.reports.sheet_rows import LINE_HEIGHT, MAX_HEIGHT
from lic.reports.table import Column, Kind, ReportBook, ReportTable

__all__ = ["MARK", "MAX_ROWS", "sheet_name", "write_workbook"]

MARK = "lic-output"
CLOSING_HEIGHT = 26.0
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
_MEASURED = 20_000  # rows that decide a column's width
# Narrowest and widest width of a column by kind, in half-width characters.
_WIDTHS = {
    Kind.TEXT: (5.0, 26.0),
    Kind.WORD: (6.0, 14.0),
    Kind.LONG: (9.0, 46.0),
    Kind.ORDINAL: (5.5, 9.0),
    Kind.INTEGER: (6.0, 12.0),
    Kind.MONEY: (11.0, 18.0),
    Kind.PERCENT: (8.0, 12.0),
    Kind.DATE: (11.0, 12.0),
}
# A sheet wider than this is hard to read on one page of A4; its long columns give way first.
_PAGE_WIDTH = 205.0
_LONG_AT_LEAST = 13.0
_MOST_LINES = 40
_RAGGED = 1.08  # lines do not end where the column ends
_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.WORD: "@",
    Kind.LONG: "@",
    Kind.ORDINAL: "0",
    Kind.INTEGER: "#,##0;-#,##0;\u2013",
    Kind.MONEY: labels.MONEY_FORMAT,
    Kind.PERCENT: "0.0%",
    Kind.DATE: "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Any
    subtitle: Any
    note: Any
    head: Any
    hand: Any  # heading of a column to fill in
    cells: dict[Kind, Any]
    totals: dict[Kind, Any]


def write_workbook(book: ReportBook, path: Path, *, max_rows: int = MAX_ROWS) -> None:
    """Write ``book``. A table of more than ``max_rows`` rows is cut into sheets, each of which says so."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    frame = io.BytesIO()
    bodies: dict[int, Body] = {}
    with xlsxwriter.Workbook(frame, options) as workbook:
        workbook.set_properties({"title": book.title, "author": "lic", "keywords": MARK, "created": _CREATED})
        workbook.set_custom_property(MARK, book.title, "text")
        styles = _styles(workbook)
        taken: set[str] = set()
        for table in book.sheets:
            for part in cut(table, max_rows):
                name = sheet_name(table.name, taken, tail=part.tail)
                bodies[len(bodies) + 1] = _frame_sheet(workbook.add_worksheet(name), book, part, styles)
    write_package(frame.getvalue(), bodies, path)


def _styles(workbook: Any) -> _Styles:
    body = {"font_name": labels.FONT_BODY, "font_size": 10, "valign": "vcenter"}
    line = {"border": 1, "border_color": "#A6A6A6"}
    head = {**body, **line, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDE6F0"}

    def cells(extra: dict[str, object]) -> dict[Kind, Any]:
        return {kind: workbook.add_format({**body, **line, **_cell_look(kind), **extra}) for kind in Kind}

    return _Styles(
        title=workbook.add_format(
            {"font_name": labels.FONT_TITLE, "font_size": 16, "align": "left", "valign": "vcenter"}
        ),
        subtitle=workbook.add_format({**body, "font_color": "#404040"}),
        note=workbook.add_format({**body, "font_color": "#7F3F00", "text_wrap": True, "valign": "top"}),
        head=workbook.add_format(head),
        hand=workbook.add_format({**head, "bg_color": "#FFF2CC"}),
        cells=cells({}),
        totals=cells({"bold": True, "bg_color": "#F2F2F2"}),
    )


def _cell_look(kind: Kind) -> dict[str, object]:
    look: dict[str, object] = {"num_format": _NUMBER_FORMATS[kind]}
    if kind is Kind.LONG:
        look["text_wrap"] = True
    elif kind not in (Kind.TEXT, Kind.MONEY, Kind.INTEGER):
        look["align"] = "center"
    return look


def _frame_sheet(sheet: Any, book: ReportBook, part: Part, styles: _Styles) -> Body:
    """Everything of a sheet but its rows, which are returned."""
    table, start = part.table, part.start
    rows = table.rows.slice(start, part.end - start)
    widths = _fitted([_width(table, index) for index in range(len(table.columns))], table)
    last = len(table.columns) - 1 if table.printed is None else table.printed - 1
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, table.title, styles.title)
    sheet.set_row(1, 18)
    sheet.write_string(1, 0, book.subtitle, styles.subtitle)
    line = 2
    for note in table.notes:
        _write_note(sheet, line, last, note, sum(widths[: last + 1]), styles)
        line += 1
    _write_head(sheet, line, table.columns, widths, styles)
    totals = frozenset(row - start for row in table.emphasis if start <= row < part.end)
    body = Body(line + 2, rows, table.columns, widths, totals)
    _write_patterns(sheet, body, styles)
    if start + rows.num_rows == table.rows.num_rows:
        _write_closing(sheet, line + rows.num_rows + 2, last, table.closing, styles)
    _offer_choices(sheet, table.columns, first=line + 1, last=line + rows.num_rows)
    last_row = line + rows.num_rows
    _set_up_page(sheet, book, header=line, last_row=last_row, last_column=len(table.columns) - 1)
    if table.printed is not None:
        sheet.print_area(0, 0, last_row, last)
    return body


def _write_note(sheet: Any, line: int, last: int, note: str, width: float, styles: _Styles) -> None:
    lines = max(1, -(-_text_width(note) // max(int(width) - 2, 10)))
    sheet.set_row(line, min(LINE_HEIGHT * lines + 3, MAX_HEIGHT))
    if last > 0:
        sheet.merge_range(line, 0, line, last, note, styles.note)
    else:
        sheet.write_string(line, 0, note, styles.note)


def _write_closing(sheet: Any, line: int, last: int, lines: Sequence[str], styles: _Styles) -> None:
    """Lines to sign, one blank row below the table, high enough for a pen."""
    for offset, text in enumerate(lines):
        sheet.set_row(line + offset, CLOSING_HEIGHT)
        if last > 0:
            sheet.merge_range(line + offset, 0, line + offset, last, text, styles.subtitle)
        else:
            sheet.write_string(line + offset, 0, text, styles.subtitle)


def _offer_choices(sheet: Any, columns: Sequence[Column], *, first: int, last: int) -> None:
    """Drop-down lists in the cells of columns that have choices."""
    for index, column in enumerate(columns):
        if column.choices and last >= first:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(first, index, last, index, rule)


def _write_head(
    sheet: Any, line: int, columns: Sequence[Column], widths: Sequence[float], styles: _Styles
) -> None:
    lines = max(
        sum(max(1, -(-_text_width(part) // max(int(width) - 1, 2))) for part in column.title.split("\n"))
        for column, width in zip(columns, widths, strict=True)
    )
    sheet.set_row(line, min(LINE_HEIGHT * lines + 6, MAX_HEIGHT))
    for index, column in enumerate(columns):
        sheet.write_string(line, index, column.title, styles.hand if column.blank else styles.head)


def _write_patterns(sheet: Any, body: Body, styles: _Styles) -> None:
    """A plain row and a row of totals, from which the rows take their styles."""
    for row, look in zip(body.patterns, (styles.cells, styles.totals), strict=True):
        if row is not None:
            for index, column in enumerate(body.columns):
                sheet.write_blank(row - 1, index, None, look[column.kind])


def _width(table: ReportTable, index: int) -> float:
    column = table.columns[index]
    if column.width is not None:
        return column.width
    low, high = _WIDTHS[column.kind]
    values = table.rows.column(index).slice(0, _MEASURED)
    broadest = 0.0
    if column.kind in TEXT_KINDS and len(values):
        broadest = widest(values)
    elif column.kind is not Kind.DATE and len(values):
        largest = pc.max(pc.utf8_length(pc.cast(values, "string"))).as_py() or 0
        broadest = largest * 1.34 + (2 if column.kind is Kind.MONEY else 0)
    if column.blank:
        low = 10.0
    # A long heading may break into two lines.
    heading = _text_width(column.title)
    needed = max(broadest + 1.6, (heading if heading <= 8 else -(-heading // 2)) + 2.5)
    return min(max(needed, low), high)


def _fitted(widths: list[float], table: ReportTable) -> list[float]:
    """Take what is too wide for a page from the long columns.

    As few lines a row as the page allows: every long column is as wide as its texts need in that
    many lines, and what is left over goes to those that gave up most.
    """
    printed = len(widths) if table.printed is None else table.printed
    excess = sum(widths[:printed]) - _PAGE_WIDTH
    long = [
        index
        for index, column in enumerate(table.columns[:printed])
        if column.kind is Kind.LONG and column.width is None and widths[index] > _LONG_AT_LEAST
    ]
    if excess <= 0 or not long:
        return widths
    needs = {index: usual(table.rows.column(index).slice(0, _MEASURED)) for index in long}
    narrow = dict.fromkeys(long, _LONG_AT_LEAST)
    for lines in range(1, _MOST_LINES):
        wanted = {
            index: min(max(needs[index] * _RAGGED / lines + 2, _LONG_AT_LEAST), widths[index])
            for index in long
        }
        if sum(widths[index] - wanted[index] for index in long) >= excess:
            narrow = wanted
            break
    given = {index: widths[index] - narrow[index] for index in long}
    kept = max(1 - excess / sum(given.values()), 0.0)  # of what was given up, on a page that has room
    fitted = {index: round(narrow[index] + given[index] * kept, 1) for index in long}
    return [fitted.get(index, width) for index, width in enumerate(widths)]


def _text_width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2000 else 1 for letter in text)


def _set_up_page(sheet: Any, book: ReportBook, *, header: int, last_row: int, last_column: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header)
    sheet.freeze_panes(header + 1, 0)
    sheet.autofilter(header, 0, max(last_row, header), last_column)
    sheet.hide_gridlines(2)
    sheet.center_horizontally()
    county = book.footer.replace("&", "&&")
    sheet.set_footer(f"&L&9{county}&C&9{labels.PAGE_OF}&R&9{MARK}", {"scale_with_doc": False})
