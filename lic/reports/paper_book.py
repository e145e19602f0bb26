"""What the papers that are hung up or signed share: a workbook with lic's mark, text that has a width.

Knows XlsxWriter's options and A4. Refuses to know what a paper says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from lic.reports.workbook import MARK

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
A4 = 9
LINE = 17.0  # points of a line of 12-point text


@contextmanager
def open_paper(path: Path, title: str, *, scratch: Path) -> Iterator[Any]:
    """A new workbook whose text stays text; its row files live in ``scratch`` and are gone afterwards."""
    options = {
        "constant_memory": True,
        "tmpdir": str(scratch),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "author": "lic", "keywords": MARK, "created": _CREATED})
        book.set_custom_property(MARK, title, "text")
        yield book


def text_width(text: str) -> int:
    """Width in half-width characters: a Chinese character counts two."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def lines_of(text: str, width: float) -> int:
    """How many lines of ``width`` half-width characters a text takes; its own line ends count."""
    return sum(max(1, -(-text_width(part) // max(int(width), 2))) for part in text.split("\n"))
