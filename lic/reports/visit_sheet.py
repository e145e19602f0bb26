"""What the sheets of a visit book have in common: formats, text that Excel takes, the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lic.reports import labels
from lic.reports import labels_audit as said
from lic.reports.sheet_rows import LINE_HEIGHT, MAX_HEIGHT
from lic.reports.visit_paper import VisitBook
from lic.reports.workbook import MARK

_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")
_MAX_TEXT = 32_000
_FOOTER_LIMIT = 120  # Excel takes 255 characters with the codes
_LINE = {"border": 1, "border_color": "#A6A6A6"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of the workbook."""

    title: Any
    note: Any
    section: Any
    head: Any
    hand_head: Any
    label: Any
    cell: Any
    number: Any
    total: Any
    hand: Any
    day: Any


def styles_of(workbook: Any) -> Styles:
    """Every format once."""
    body = {"font_name": labels.FONT_BODY, "font_size": 10, "valign": "vcenter"}
    wrap = {**body, **_LINE, "text_wrap": True}
    head = {**wrap, "bold": True, "align": "center", "bg_color": "#DDE6F0"}
    add = workbook.add_format
    return Styles(
        title=add({"font_name": labels.FONT_TITLE, "font_size": 16, "align": "center", "valign": "vcenter"}),
        note=add({**body, "text_wrap": True, "font_color": "#404040"}),
        section=add({**body, "bold": True}),
        head=add(head),
        hand_head=add({**head, "bg_color": "#FFF2CC"}),
        label=add({**wrap, "align": "center", "bg_color": "#F2F2F2"}),
        cell=add({**wrap, "num_format": "@"}),
        number=add({**wrap, "align": "center", "num_format": "0"}),
        total=add({**wrap, "align": "center", "bold": True, "num_format": "0"}),
        hand=add({**wrap, "num_format": "@", "locked": False}),
        day=add({**wrap, "num_format": "yyyy-mm-dd", "align": "center", "locked": False}),
    )


def shown(text: str) -> str:
    """Text that a cell can hold."""
    return _FORBIDDEN.sub("\ufffd", text)[:_MAX_TEXT]


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a cell so wide."""
    room = max(int(width) - 1, 4)
    return sum(max(1, -(-_width(part) // room)) for part in text.split("\n"))


def note_height(text: str, width: float) -> float:
    """The height of a row that holds a text so wide."""
    return min(LINE_HEIGHT * lines_of(text, width) + 4, MAX_HEIGHT)


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2000 else 1 for letter in text)


def page(sheet: Any, book: VisitBook, *, landscape: bool) -> None:
    """A4, with the seed and its source at the foot of every page."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.75)
    sheet.hide_gridlines(2)
    sheet.center_horizontally()
    seed = shown(book.seed)[:_FOOTER_LIMIT].replace("&", "&&")
    sheet.set_footer(f"&L&8{seed}&R&8{labels.PAGE_OF}", {"scale_with_doc": False})
    sheet.set_header(f"&R&8{said.TITLE} {MARK}", {"scale_with_doc": False})
