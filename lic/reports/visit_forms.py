"""One printable form per household: what was declared, what was found, what the visitor sees.

Knows where each line stands on A4. One sheet per town, every household on a page of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lic.reports import labels_audit as said
from lic.reports.sheet_rows import LINE_HEIGHT
from lic.reports.visit_paper import VisitBook, VisitPaper
from lic.reports.visit_sheet import Styles, lines_of, page, shown
from lic.reports.workbook import sheet_name

_WIDTHS = (13.0, 9.0, 21.0, 17.0, 17.0, 18.0)
_LAST = len(_WIDTHS) - 1
_MOST_BREAKS = 1000  # Excel takes 1023 page breaks on a sheet
_MOST_FINDINGS = 10
_PEN = 24.0  # points of height that a pen needs
_Span = tuple[int, int]
_WHOLE: _Span = (0, _LAST)
_FACTS: tuple[_Span, ...] = ((0, 1), (2, 2), (3, 3), (4, 5))
_FINDINGS: tuple[_Span, ...] = ((0, 2), (3, 3), (4, 4), (5, 5))
_SEEN: tuple[_Span, ...] = ((0, 1), (2, _LAST))
_MEMBERS: tuple[_Span, ...] = tuple((index, index) for index in range(len(_WIDTHS)))


def write_forms(workbook: Any, book: VisitBook, styles: Styles) -> None:
    """The forms of every town; numbered as in the results."""
    taken = {sheet.name.lower() for sheet in workbook.worksheets()}
    towns: dict[str, list[tuple[int, VisitPaper]]] = {}
    for number, item in enumerate(book.papers, start=1):
        towns.setdefault(item.town, []).append((number, item))
    for town, papers in sorted(towns.items()):
        ordered = sorted(papers, key=lambda pair: (pair[1].village, pair[0]))
        for start in range(0, len(ordered), _MOST_BREAKS):
            name = sheet_name(f"{said.FORMS} {town or said.NO_TOWN}", taken)
            _write_sheet(workbook.add_worksheet(name), book, ordered[start : start + _MOST_BREAKS], styles)


def _write_sheet(
    sheet: Any, book: VisitBook, papers: Sequence[tuple[int, VisitPaper]], styles: Styles
) -> None:
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    breaks: list[int] = []
    form = _Form(sheet, styles)
    for number, item in papers:
        if form.line:
            breaks.append(form.line)
        _write_form(form, book, number, item)
    sheet.set_h_pagebreaks(breaks)
    page(sheet, book, landscape=False)
    sheet.fit_to_pages(1, 0)


class _Form:
    """Writes one line after the other."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.line = 0

    def row(
        self,
        texts: Sequence[str],
        spans: Sequence[_Span],
        styles: Sequence[Any],
        *,
        least: float = LINE_HEIGHT + 4,
    ) -> None:
        """Texts side by side; the row is as high as the longest needs."""
        height = least
        for text, (first, last), style in zip(texts, spans, styles, strict=True):
            width = sum(_WIDTHS[first : last + 1])
            height = max(height, LINE_HEIGHT * lines_of(text, width) + 4)
            if first == last:
                self.sheet.write_string(self.line, first, shown(text), style)
            else:
                self.sheet.merge_range(self.line, first, self.line, last, shown(text), style)
        self.sheet.set_row(self.line, min(height, 400.0))
        self.line += 1

    def whole(self, text: str, style: Any, *, least: float = LINE_HEIGHT + 4) -> None:
        """One text over the whole width."""
        self.row((text,), (_WHOLE,), (style,), least=least)

    def heads(self, texts: Sequence[str], spans: Sequence[_Span]) -> None:
        """Headings; the last is of what is written by hand."""
        looks = [self.styles.head] * (len(texts) - 1) + [self.styles.hand_head]
        self.row(texts, spans, looks)

    def cells(self, texts: Sequence[str], spans: Sequence[_Span]) -> None:
        """Printed texts, and at the end room for a pen."""
        looks = [self.styles.cell] * len(texts) + [self.styles.hand]
        self.row((*texts, ""), spans, looks, least=_PEN)


def _write_form(form: _Form, book: VisitBook, number: int, item: VisitPaper) -> None:
    styles = form.styles
    form.whole(said.FORM_TITLE.format(county=book.head.county), styles.title, least=30.0)
    heading = said.FORM_NUMBER.format(
        number=number, count=len(book.papers), period=book.head.period, household_no=item.household_no
    )
    form.whole(heading, styles.note)
    pairs = (
        (said.HEAD, item.head, said.HEAD_ID, item.head_id),
        (said.PLACE, f"{item.town} {item.village}".strip(), said.CATEGORY, item.category),
        (said.PART_LABEL, item.part, said.CERTAINTY, item.certainty),
    )
    looks = (styles.label, styles.cell, styles.label, styles.cell)
    for pair in pairs:
        form.row(pair, ((0, 0), (1, 2), (3, 3), (4, 5)), looks)
    form.row((said.REASON, item.reason), ((0, 0), (1, _LAST)), (styles.label, styles.cell))
    if not item.known:
        form.whole(said.OUT_OF_RUN, styles.note)
    form.whole(said.MEMBERS, styles.section)
    form.heads(said.MEMBER_HEADINGS, _MEMBERS)
    for member in item.members:
        texts = (member.name, member.relation, member.id_number, member.declared, member.found)
        form.cells(texts, _MEMBERS)
    if item.facts:
        form.whole(said.FACTS, styles.section)
        form.heads(said.FACT_HEADINGS, _FACTS)
        for fact in item.facts:
            form.cells((fact.name, fact.declared, fact.found), _FACTS)
    _write_findings(form, item)
    form.whole(said.TO_SEE, styles.section)
    for text in book.to_see:
        form.row((text, ""), _SEEN, (styles.label, styles.hand), least=_PEN)
    form.whole(said.OUTCOME, styles.section)
    for text in said.OUTCOMES:
        form.whole(text, styles.cell, least=_PEN)
    for text in said.SIGNATURES:
        form.whole(text, styles.note, least=30.0)


def _write_findings(form: _Form, item: VisitPaper) -> None:
    form.whole(said.FINDINGS, form.styles.section)
    if not item.findings:
        form.whole(said.NO_FINDINGS, form.styles.cell)
        return
    form.heads(said.FINDING_HEADINGS, _FINDINGS)
    for finding in item.findings[:_MOST_FINDINGS]:
        form.cells((finding.name, finding.declared, finding.found), _FINDINGS)
    more = len(item.findings) - _MOST_FINDINGS
    if more > 0:
        form.whole(said.MORE_FINDINGS.format(count=more), form.styles.note)
