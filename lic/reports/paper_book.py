"""What the papers that are hung up or signed share: a workbook with lic's mark, text that has a width.

Knows XlsxWriter's options and A4. Refuses to know what a paper says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from lic.reports import labels_notice as words
from lic.reports.workbook import MARK

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed: no clock in a workbook
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60  # characters of a town in a file name
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


def file_stem(town: str | None, taken: set[str]) -> str:
    """A town as part of a file name that every system accepts; names that fall together get a number."""
    base = words.NO_TOWN_FILE if town is None else _NOT_IN_A_NAME.sub("_", town).strip(" .")[:_LONGEST]
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base}~{number}", number + 1
    taken.add(name.lower())
    return name
