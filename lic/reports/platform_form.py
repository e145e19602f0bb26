"""The other system's official workbook, filled: looks, drop-downs and notes stay as they are.

Knows openpyxl. The heading row is found by the template's own headings; rows are written below
it, over blank or sample rows, every cell as text. The bytes depend on nothing but the input.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from lic.errors import InputError

_ROWS_SEARCHED = 15
_MARKS = re.compile(r"[\s*\uff0a]|[(\uff08](?:\u5fc5\u586b|\u9009\u586b)[)\uff09]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STAMP = (1980, 1, 1, 0, 0, 0)
_SAVED = b"2000-01-01T00:00:00Z"
_CORE = "docProps/core.xml"


def fill_form(form: Path, titles: Sequence[str], rows: Sequence[Sequence[str]], target: Path) -> None:
    """Write a copy of ``form`` with ``rows`` under the headings ``titles``.

    Raises InputError W432 when it cannot be opened or holds no sheet with these headings.
    """
    try:
        book = openpyxl.load_workbook(form)  # a form is filled, not read for its data
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise InputError("W432", file=form.name, reason=type(error).__name__) from error
    sheet, header, places = _find(book, titles, form)
    for offset, cells in enumerate(rows, start=1):
        for title, text in zip(titles, cells, strict=True):
            if title in places:
                _write(sheet.cell(header + offset, places[title]), text)
    _clear(sheet, header + len(rows) + 1, places)
    buffer = io.BytesIO()
    book.save(buffer)
    target.write_bytes(_stable(buffer.getvalue()))


def _find(book: Any, titles: Sequence[str], form: Path) -> tuple[Any, int, dict[str, int]]:
    """The sheet, the row of the headings and the column of each; the best match wins."""
    wanted = {_plain(title): title for title in titles}
    best: tuple[int, Any, int, dict[str, int]] | None = None
    for sheet in book.worksheets:
        for row in range(1, min(sheet.max_row, _ROWS_SEARCHED) + 1):
            places: dict[str, int] = {}
            for column in range(1, sheet.max_column + 1):
                title = wanted.get(_plain(str(sheet.cell(row, column).value or "")))
                if title is not None:
                    places.setdefault(title, column)
            if best is None or len(places) > best[0]:
                best = (len(places), sheet, row, places)
    if best is None or best[0] * 2 < len(titles):
        raise InputError("W433", file=form.name, titles=", ".join(titles))
    return best[1], best[2], best[3]


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def _write(cell: Any, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"  # never a formula, never a number
        cell.number_format = "@"


def _clear(sheet: Any, first: int, places: dict[str, int]) -> None:
    """Sample rows below the last one are emptied; their looks stay."""
    for row in range(first, sheet.max_row + 1):
        for column in places.values():
            sheet.cell(row, column).value = None


def _stable(data: bytes) -> bytes:
    """The same archive without any time in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + _SAVED + rb"\g<2>", content)
            target.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
