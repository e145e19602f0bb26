"""报送要求: what every department must send, a sheet for each, to be printed or sent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pyarrow as pa

from lic.model.form import FormColumn, FormPart, TableForm
from lic.reports import labels_form
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values, report_rows


def requirements(forms: Sequence[TableForm], county: str) -> ReportBook:
    """The workbook; ``forms`` are sorted by department."""
    sheets = [
        _sheet(department, list(own)) for department, own in groupby(forms, key=lambda form: form.department)
    ]
    return ReportBook(
        file=labels_form.REQUIREMENTS_FILE,
        title=f"{county}{labels_form.REQUIREMENTS}",
        subtitle=labels_form.REQUIREMENTS_LINE,
        footer=f"{county}  {labels_form.REQUIREMENTS}",
        sheets=tuple(sheets),
    )


def _sheet(department: str, forms: Sequence[TableForm]) -> ReportTable:
    rows = [(form, column) for form in forms for column in form.columns]

    def texts(values: Sequence[str]) -> Values:
        return pa.array(values, pa.string())

    columns: list[tuple[Column, Values]] = [
        (Column(labels_form.TABLE), texts([form.table for form, _ in rows])),
        (Column(labels_form.REQUIRED, Kind.WORD), texts([_duty(form) for form, _ in rows])),
        (Column(labels_form.COLUMN), texts([column.name for _, column in rows])),
        (
            Column(labels_form.NEEDED, Kind.WORD),
            texts([labels_form.YES if column.needed else "" for _, column in rows]),
        ),
        (Column(labels_form.KIND, Kind.LONG), texts([column.kind_text for _, column in rows])),
        (Column(labels_form.UNIT, Kind.WORD), texts([column.unit or "" for _, column in rows])),
        (Column(labels_form.WORDS, Kind.LONG), texts([words_of(column) for _, column in rows])),
        (Column(labels_form.BLANK, Kind.LONG), texts([meaning_of(column) for _, column in rows])),
        (
            Column(labels_form.ALIASES, Kind.LONG),
            texts([labels_form.SEPARATOR.join(column.aliases) for _, column in rows]),
        ),
    ]
    heads, table = report_rows(columns)
    notes = [f"{form.table}：{''.join(notes_of(form, None))}" for form in forms]
    title = labels_form.FORM_TITLE.format(table=labels_form.REQUIREMENTS, department=department)
    return ReportTable(department, title, heads, table, tuple(notes))


def _duty(form: TableForm) -> str:
    return labels_form.MUST if form.required else labels_form.MAY


def notes_of(form: TableForm, part: FormPart | None) -> tuple[str, ...]:
    """What must be known about a table as a whole; ``part`` None: about all of its parts."""
    notes = [labels_form.SEVERAL_ROWS if form.several_rows else labels_form.ONE_ROW]
    if form.may_be_empty:
        notes.append(labels_form.EMPTY_ALLOWED)
    if form.one_of:
        groups = [labels_form.GROUP_SEPARATOR.join(group) for group in form.one_of]
        notes.append(labels_form.ONE_OF.format(groups=labels_form.GROUPS_SEPARATOR.join(groups)))
    if form.keys:
        notes.append(labels_form.KEYS.format(columns=labels_form.GROUP_SEPARATOR.join(form.keys)))
    hints = [part.file_hint] if part is not None else [item.file_hint for item in form.parts]
    if hints:
        hint = labels_form.GROUP_SEPARATOR.join(hints)
        notes.append(labels_form.PART_FILE.format(hint=hint))
    if form.expected:
        notes.append(labels_form.EXPECTED.format(items=labels_form.GROUPS_SEPARATOR.join(form.expected)))
    return tuple(notes)


def words_of(column: FormColumn) -> str:
    """The words that may stand in a column."""
    if column.words:
        return labels_form.SEPARATOR.join(item.word for item in column.words)
    return ""


def meaning_of(column: FormColumn) -> str:
    """What a blank cell and an absent column mean."""
    return " ".join(text for text in (column.blank_text, column.absent_text) if text)
