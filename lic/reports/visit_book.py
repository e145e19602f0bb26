"""The workbook for the visits: a summary that counts itself, the results to fill in, the forms.

Knows XlsxWriter. The same bytes every time; the file carries the mark by which lic refuses its
own output as an export. Text is written as text: the only formulas are the summary's counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from lic.reports import labels
from lic.reports import labels_audit as said
from lic.reports.visit_forms import write_forms
from lic.reports.visit_paper import VisitBook, VisitPaper
from lic.reports.visit_sheet import Styles, note_height, page, shown, styles_of
from lic.reports.workbook import MARK

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
_LAST_DAY = date(9999, 12, 31)
_SUMMARY_WIDTHS = (16, 9, 9, 8, 8, 8, 9, 8, 8, 9, 9, 9, 9)
_LIST_LIMIT = 255


def write_visit_book(book: VisitBook, path: Path) -> None:
    """Write the workbook of one sample."""
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": said.TITLE, "author": "lic", "keywords": MARK, "created": _CREATED})
        workbook.set_custom_property(MARK, said.TITLE, "text")
        styles = styles_of(workbook)
        _summary(workbook.add_worksheet(said.SUMMARY), book, styles)
        _results(workbook.add_worksheet(said.RESULTS), book, styles)
        write_forms(workbook, book, styles)


def _title(sheet: Any, book: VisitBook, last: int, styles: Styles) -> None:
    sheet.set_row(0, 28)
    sheet.merge_range(0, 0, 0, last, said.FORM_TITLE.format(county=book.head.county), styles.title)
    subtitle = labels.SUBTITLE.format(county=book.head.county, period=book.head.period, as_of=book.head.as_of)
    sheet.merge_range(1, 0, 1, last, subtitle, styles.note)


def _summary(sheet: Any, book: VisitBook, styles: Styles) -> None:
    last = len(said.TOWN_HEADINGS) - 1
    for index, width in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(index, index, width)
    _title(sheet, book, last, styles)
    line = 2
    for text in book.origin:
        sheet.merge_range(line, 0, line, last, shown(text), styles.note)
        sheet.set_row(line, note_height(text, sum(_SUMMARY_WIDTHS)))
        line += 1
    line = _by_town(sheet, book, line + 1, styles)
    line = _by_visitor(sheet, book, line + 1, styles)
    sheet.merge_range(line + 1, 0, line + 1, last, said.SUMMARY_SIGN, styles.note)
    page(sheet, book, landscape=True)
    sheet.fit_to_pages(1, 0)


def _by_town(sheet: Any, book: VisitBook, line: int, styles: Styles) -> int:
    sheet.write_string(line, 0, said.BY_TOWN, styles.section)
    line += 1
    for index, text in enumerate(said.TOWN_HEADINGS):
        sheet.write_string(line, index, text, styles.head)
    sheet.set_row(line, 30)
    first = line + 1
    for item in book.towns:
        line += 1
        sheet.write_string(line, 0, item.town or said.NO_TOWN, styles.cell)
        numbers = (item.households, item.persons, item.drawn, item.drawn_persons, item.on_top)
        for index, number in enumerate((*numbers, item.drawn + item.on_top), start=1):
            sheet.write_number(line, index, number, styles.number)
        town = '""' if not item.town else f"$A{line + 1}"
        where = f"{_column(book, said.TOWN)},{town}"
        for index, formula in enumerate(_counts(book, where), start=len(numbers) + 2):
            sheet.write_formula(line, index, formula, styles.number, 0)
    line += 1
    sheet.write_string(line, 0, said.TOTAL, styles.head)
    for index in range(1, len(said.TOWN_HEADINGS)):
        name = xl_col_to_name(index)
        total = sum(_town_numbers(book, index))
        if book.towns:
            sheet.write_formula(line, index, f"=SUM({name}{first + 1}:{name}{line})", styles.total, total)
        else:
            sheet.write_number(line, index, 0, styles.total)
    return line + 1


def _town_numbers(book: VisitBook, index: int) -> list[int]:
    columns = [
        (item.households, item.persons, item.drawn, item.drawn_persons, item.on_top, item.drawn + item.on_top)
        for item in book.towns
    ]
    return [row[index - 1] for row in columns] if index <= 6 else [0]


def _by_visitor(sheet: Any, book: VisitBook, line: int, styles: Styles) -> int:
    sheet.write_string(line, 0, said.BY_VISITOR, styles.section)
    line += 1
    for index, text in enumerate(said.VISITOR_HEADINGS):
        sheet.write_string(line, index, text, styles.head)
    for _ in range(said.VISITOR_ROWS):
        line += 1
        sheet.write_blank(line, 0, None, styles.hand)
        where = f"{_column(book, said.VISITOR)},$A{line + 1}"
        for index, formula in enumerate(_counts(book, where), start=1):
            sheet.write_formula(line, index, f'=IF($A{line + 1}="","",{formula[1:]})', styles.number, "")
    return line + 1


def _counts(book: VisitBook, where: str) -> list[str]:
    """How many have a result at all, then how many have each one."""
    results = _column(book, said.RESULT)
    return [
        f'=COUNTIFS({where},{results},"?*")',
        *(f'=COUNTIFS({where},{results},"{word}")' for word in book.outcomes),
    ]


def _column(book: VisitBook, heading: str) -> str:
    """The cells of one column of the results."""
    name = xl_col_to_name(said.RESULT_HEADINGS.index(heading))
    first = _RESULT_HEAD + 2
    return f"{said.RESULTS}!${name}${first}:${name}${first + max(len(book.papers), 1) - 1}"


_RESULT_HEAD = 3  # the row of the headings, from 0


def _results(sheet: Any, book: VisitBook, styles: Styles) -> None:
    last = len(said.RESULT_HEADINGS) - 1
    for index, width in enumerate(said.RESULT_WIDTHS):
        sheet.set_column(index, index, width)
    _title(sheet, book, last, styles)
    sheet.merge_range(2, 0, 2, last, said.FILL_HOW, styles.note)
    by_hand = said.RESULT_HEADINGS.index(said.RESULT)
    sheet.set_row(_RESULT_HEAD, 30)
    for index, text in enumerate(said.RESULT_HEADINGS):
        sheet.write_string(_RESULT_HEAD, index, text, styles.head if index < by_hand else styles.hand_head)
    for number, item in enumerate(book.papers, start=1):
        line = _RESULT_HEAD + number
        sheet.set_row(line, max(_row_height(item), 16.0))
        sheet.write_number(line, 0, number, styles.number)
        texts = (item.household_no, item.head, item.town, item.village, item.category)
        for index, text in enumerate(texts, start=1):
            sheet.write_string(line, index, shown(text), styles.cell)
        sheet.write_number(line, 6, item.persons, styles.number)
        sheet.write_string(line, 7, item.part, styles.cell)
        sheet.write_string(line, 8, shown(item.certainty), styles.cell)
        for index in range(by_hand, last + 1):
            day = said.RESULT_HEADINGS[index] == said.DAY
            sheet.write_blank(line, index, None, styles.day if day else styles.hand)
    _choices(sheet, book)
    sheet.freeze_panes(_RESULT_HEAD + 1, 2)
    sheet.autofilter(_RESULT_HEAD, 0, _RESULT_HEAD + max(len(book.papers), 1), last)
    sheet.repeat_rows(_RESULT_HEAD)
    page(sheet, book, landscape=True)
    sheet.fit_to_pages(1, 0)


def _row_height(item: VisitPaper) -> float:
    """High enough for the longest of the texts that may break."""
    texts = {said.VILLAGE: item.village, said.CATEGORY: item.category, said.CERTAINTY: item.certainty}
    return max(
        note_height(text, said.RESULT_WIDTHS[said.RESULT_HEADINGS.index(heading)])
        for heading, text in texts.items()
    )


def _choices(sheet: Any, book: VisitBook) -> None:
    if not book.papers:
        return
    first, last = _RESULT_HEAD + 1, _RESULT_HEAD + len(book.papers)

    def rule(heading: str, **options: object) -> None:
        at = said.RESULT_HEADINGS.index(heading)
        sheet.data_validation(first, at, last, at, options)

    rule(said.RESULT, validate="list", source=list(book.outcomes))
    categories: Sequence[str] = (*book.categories, said.NO_CATEGORY)
    if len(",".join(categories)) <= _LIST_LIMIT:
        rule(said.RIGHT_CATEGORY, validate="list", source=list(categories))
    rule(said.DAY, validate="date", criteria="between", minimum=date(2000, 1, 1), maximum=_LAST_DAY)
