"""A notice to .xlsx: a sheet for each village, A4 upright, as it is pinned to the board.

Knows XlsxWriter and the look of an official notice. Sees a :class:`lic.reports.notice.Notice`
and nothing of the run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lic.reports import labels
from lic.reports import labels_notice as words
from lic.reports.notice import Notice, NoticeList, NoticeRow
from lic.reports.paper_book import A4, LINE, lines_of, open_paper
from lic.reports.sheet_rows import MAX_HEIGHT
from lic.reports.workbook import sheet_name

_HEADINGS = (words.NUMBER, words.HEAD, words.PLACE, words.MEMBERS, words.COVERED, words.CATEGORY)
_WIDTHS = (6.0, 15.0, 25.0, 9.5, 9.5, 28.0)
_LAST = len(_WIDTHS) - 1
_LEAD_WIDTH = int(sum(_WIDTHS) * 0.86)  # half-width characters of 12 points on one line


def write_notice(notice: Notice, path: Path, scratch: Path) -> None:
    """Write the workbook; a town that has nobody to name gets one sheet that says so."""
    with open_paper(path, notice.title, scratch=scratch) as book:
        styles = _styles(book)
        taken: set[str] = set()
        lists = notice.lists or (NoticeList("", (), ()),)
        for item in lists:
            sheet = book.add_worksheet(sheet_name(item.village or words.FOLDER, taken))
            _write_list(sheet, notice, item, styles)


def _styles(book: Any) -> dict[str, Any]:
    body = {"font_name": labels.FONT_BODY, "font_size": 12, "valign": "vcenter"}
    line = {"border": 1}
    looks = {
        "title": {"font_name": labels.FONT_TITLE, "font_size": 20, "align": "center", "valign": "vcenter",
                  "text_wrap": True},
        "village": {**body, "font_size": 14, "align": "center"},
        "lead": {**body, "text_wrap": True, "indent": 0, "valign": "top"},
        "head": {**body, **line, "bold": True, "align": "center", "text_wrap": True},
        "text": {**body, **line, "text_wrap": True, "indent": 1, "num_format": "@"},
        "middle": {**body, **line, "text_wrap": True, "align": "center", "num_format": "@"},
        "number": {**body, **line, "align": "center", "num_format": "0"},
        "note": {**body, "font_size": 10, "text_wrap": True, "valign": "top"},
        "foot": {**body, "text_wrap": True},
        "signed": {**body, "align": "right", "text_wrap": True},
    }  # fmt: skip
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_list(sheet: Any, notice: Notice, item: NoticeList, styles: dict[str, Any]) -> None:
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    row = _across(sheet, 0, notice.title, styles["title"], 30.0 * lines_of(notice.title, 52))
    if item.village:
        row = _across(sheet, row, words.LIST_TITLE.format(village=item.village), styles["village"], 24.0)
    for text in notice.lead:
        indented = f"　　{text}"
        row = _across(sheet, row, indented, styles["lead"], LINE * lines_of(indented, _LEAD_WIDTH) + 4)
    header = row
    if item.rows:
        sheet.set_row(row, 26)
        for index, heading in enumerate(_HEADINGS):
            sheet.write_string(row, index, heading, styles["head"])
        for number, entry in enumerate(item.rows, start=1):
            _write_row(sheet, row + number, number, entry, styles)
        row += len(item.rows) + 1
    if item.notes:
        text = words.NOTES.format(notes="".join(item.notes))
        row = _across(sheet, row, text, styles["note"], 15.0 * lines_of(text, int(sum(_WIDTHS))) + 4)
    row = _across(sheet, row, notice.phone, styles["foot"], LINE * lines_of(notice.phone, _LEAD_WIDTH) + 12)
    for text in (notice.signed, notice.dated):
        row = _across(sheet, row, text, styles["signed"], LINE * lines_of(text, _LEAD_WIDTH) + 10)
    _set_up(sheet, notice, header=header if item.rows else None, last=row - 1)


def _across(sheet: Any, row: int, text: str, style: Any, height: float) -> int:
    """One line over the whole width; returns the next row."""
    sheet.set_row(row, min(height, MAX_HEIGHT))
    sheet.merge_range(row, 0, row, _LAST, "", style)
    sheet.write_string(row, 0, text, style)
    return row + 1


def _write_row(sheet: Any, row: int, number: int, entry: NoticeRow, styles: dict[str, Any]) -> None:
    texts = {1: entry.head, 2: entry.place, _LAST: entry.category}
    lines = max(lines_of(text, int(_WIDTHS[index] * 0.88)) for index, text in texts.items())
    sheet.set_row(row, min(LINE * lines + 7, MAX_HEIGHT))
    sheet.write_number(row, 0, number, styles["number"])
    sheet.write_string(row, 1, entry.head, styles["middle"])
    sheet.write_string(row, 2, entry.place, styles["text"])
    sheet.write_number(row, 3, entry.members, styles["number"])
    sheet.write_number(row, 4, entry.covered, styles["number"])
    sheet.write_string(row, _LAST, entry.category, styles["middle"])


def _set_up(sheet: Any, notice: Notice, *, header: int | None, last: int) -> None:
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.7, top=0.9, bottom=0.8)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, last, _LAST)
    if header is not None:
        sheet.repeat_rows(header)
    title = notice.title.replace("&", "&&")
    sheet.set_footer(f"&L&9{title}&R&9{labels.PAGE_OF}", {"scale_with_doc": False})
