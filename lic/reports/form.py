"""Empty workbooks for departments: the right headings, text cells for numbers that are names,
drop-downs for words, and a sheet that explains every column.

Knows XlsxWriter. A form is no output of lic: it carries no mark, for it comes back as an input.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from lic.model.form import FormColumn, FormPart, TableForm
from lic.model.table import ColumnType
from lic.reports import labels, labels_form
from lic.reports.requirements import notes_of, words_of
from lic.reports.sheet_limits import sheet_name

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
_LAST_ROW = 1_048_575
_LIST_LIMIT = 255  # characters of a drop-down that is written out
_INPUT_LIMIT = 255
_TITLE_LIMIT = 32
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)
_MOST = 10**10
_FORMATS = {ColumnType.MONEY: "0.00", ColumnType.INTEGER: "0", ColumnType.DATE: "yyyy-mm-dd"}
_LEGEND_WIDTHS = (22, 6, 26, 8, 46, 40, 46)
_WORDS_AT = 8  # the first column of long word lists on the legend


def form_columns(form: TableForm, part: FormPart | None) -> tuple[FormColumn, ...]:
    """The columns of an empty form: what a part fills in by its name is not asked."""
    filled = {name for name, _ in part.filled} if part is not None else set[str]()
    return tuple(column for column in form.columns if column.offered and column.name not in filled)


def write_form(form: TableForm, part: FormPart | None, path: Path) -> None:
    """Write the empty workbook of one table, or of one part of it."""
    columns = form_columns(form, part)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": form.table, "created": _CREATED})
        sheet = book.add_worksheet(sheet_name(form.table, set()))
        legend = book.add_worksheet(labels_form.LEGEND)
        places = _write_legend(book, legend, form, part, columns)
        _write_sheet(book, sheet, columns, places)


def _write_sheet(book: Any, sheet: Any, columns: Sequence[FormColumn], places: dict[str, str]) -> None:
    body = {"font_name": labels.FONT_BODY, "font_size": 11}
    head = {**body, "bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    needed = book.add_format({**head, "bg_color": "#FFE699"})
    other = book.add_format({**head, "bg_color": "#DDE6F0"})
    formats = {kind: book.add_format({**body, "num_format": _FORMATS.get(kind, "@")}) for kind in ColumnType}
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        width = 21 if column.kind is ColumnType.ID else max(11, 2 * len(column.name) + 4)
        sheet.set_column(index, index, width, formats[column.kind])
        title = f"*{column.name}" if column.needed else column.name
        sheet.write_string(0, index, title, needed if column.needed else other)
        rule = _rule(column, places)
        text = f"{column.kind_text}。{column.blank_text}" if column.blank_text else column.kind_text
        sheet.data_validation(
            1,
            index,
            _LAST_ROW,
            index,
            {
                "ignore_blank": True,
                "input_title": column.name[:_TITLE_LIMIT],
                "input_message": text[:_INPUT_LIMIT],
                "error_title": labels_form.ERROR_TITLE,
                **rule,
            },
        )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)


def _rule(column: FormColumn, places: dict[str, str]) -> dict[str, Any]:
    """What Excel lets be typed. An odd ID number is only warned of: old numbers have 15 digits."""
    lowest = -_MOST if column.negative_allowed else 0
    match column.kind:
        case ColumnType.WORD:
            words = [item.word for item in column.words]
            source: list[str] | str = places.get(column.name) or words
            return {"validate": "list", "source": source, "error_message": labels_form.WORD_ERROR}
        case ColumnType.FLAG:
            words = list(labels_form.FLAG_WORDS)
            return {"validate": "list", "source": words, "error_message": labels_form.WORD_ERROR}
        case ColumnType.MONEY:
            limits = {"minimum": lowest, "maximum": _MOST, "error_message": labels_form.NUMBER_ERROR}
            return {"validate": "decimal", "criteria": "between", **limits}
        case ColumnType.INTEGER:
            limits = {"minimum": 0, "maximum": _MOST, "error_message": labels_form.NUMBER_ERROR}
            return {"validate": "integer", "criteria": "between", **limits}
        case ColumnType.DATE:
            days = {"minimum": _FIRST_DAY, "maximum": _LAST_DAY, "error_message": labels_form.DATE_ERROR}
            return {"validate": "date", "criteria": "between", **days}
        case ColumnType.ID:
            text = {"value": 18, "error_message": labels_form.ID_ERROR, "error_type": "warning"}
            return {"validate": "length", "criteria": "equal to", **text}
        case _:
            return {"validate": "any"}


def _write_legend(
    book: Any, sheet: Any, form: TableForm, part: FormPart | None, columns: Sequence[FormColumn]
) -> dict[str, str]:
    """Explain the form; returns where the long word lists stand."""
    body = {"font_name": labels.FONT_BODY, "font_size": 10, "text_wrap": True, "valign": "top"}
    cell = book.add_format({**body, "border": 1, "num_format": "@"})
    head = book.add_format({**body, "border": 1, "bold": True, "bg_color": "#DDE6F0"})
    plain = book.add_format(body | {"text_wrap": False})
    title = book.add_format({"font_name": labels.FONT_TITLE, "font_size": 15})
    for index, width in enumerate(_LEGEND_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(
        0, 0, labels_form.FORM_TITLE.format(table=form.table, department=form.department), title
    )
    row = 1
    for line in (*labels_form.FORM_LINES, *notes_of(form, part)):
        sheet.write_string(row, 0, line, plain)
        row += 1
    headings = (
        labels_form.COLUMN,
        labels_form.NEEDED,
        labels_form.KIND,
        labels_form.UNIT,
        labels_form.WORDS,
        labels_form.BLANK,
        labels_form.ALIASES,
    )
    for index, text in enumerate(headings):
        sheet.write_string(row, index, text, head)
    for column in columns:
        row += 1
        texts = (
            column.name,
            labels_form.YES if column.needed else "",
            column.kind_text,
            column.unit or "",
            words_of(column),
            " ".join(text for text in (column.blank_text, column.absent_text) if text),
            labels_form.SEPARATOR.join(column.aliases),
        )
        for index, text in enumerate(texts):
            sheet.write_string(row, index, text, cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return _long_lists(sheet, columns, plain)


def _long_lists(sheet: Any, columns: Sequence[FormColumn], style: Any) -> dict[str, str]:
    """Word lists that are too long for a drop-down of their own, below each other at the right."""
    places: dict[str, str] = {}
    at = _WORDS_AT
    for column in columns:
        words = [item.word for item in column.words]
        if len(",".join(words)) <= _LIST_LIMIT:
            continue
        sheet.write_string(0, at, column.name, style)
        for row, word in enumerate(words, start=1):
            sheet.write_string(row, at, word, style)
        first = xlsxwriter.utility.xl_rowcol_to_cell(1, at, row_abs=True, col_abs=True)
        last = xlsxwriter.utility.xl_rowcol_to_cell(len(words), at, row_abs=True, col_abs=True)
        places[column.name] = f"='{labels_form.LEGEND}'!{first}:{last}"
        at += 1
    return places
