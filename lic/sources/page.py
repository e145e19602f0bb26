"""Reads tables that web systems export under a workbook's name: HTML, and HTML in a letter (MHTML).

Cells of a page are texts as they stand there; an ID keeps all its digits. Nothing is fetched.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lic.sources.grid import Box, Grid, pad
from lic.sources.unsafe import Limits, Unsafe
from lic.values.read import Cell

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MAX_SPAN = 1000
_BREAKS = ("br", "p", "div", "li")
_SILENT = ("script", "style", "head", "comment")


def read_page(data: bytes, limits: Limits) -> Iterator[Grid]:
    """Every table of a web page. Raises :class:`Unsafe` when there is none."""
    grids = _tables(_decode(data), limits)
    if not grids:
        raise Unsafe("S105")
    yield from grids


def read_mail(data: bytes, limits: Limits) -> Iterator[Grid]:
    """The tables of a web archive, which is a letter with pages in it."""
    letter = email.message_from_bytes(data, policy=email.policy.default)
    grids: list[Grid] = []
    for part in letter.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            grids += _tables(_decode(content if isinstance(content, bytes) else b""), limits)
    if not grids:
        raise Unsafe("S105")
    yield from grids


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, (encoding,))
    said = _CHARSET.search(data[:4096])
    name = said[1].decode("ascii").lower() if said else ""
    # A page that says GB2312 is often GBK or more, and one that says nothing may be either.
    return _strictly(data, ("gb18030", "utf-8") if name.startswith("gb") else ("utf-8", "gb18030"))


def _strictly(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unsafe("S110", line=0)


def _tables(text: str, limits: Limits) -> list[Grid]:
    reader = _PageReader(limits)
    reader.feed(text)
    reader.close()
    return [table.grid() for table in reader.tables if table.rows]


class _Table:
    """One table while it is read; ``taken`` are places that a cell above or before covers."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: list[list[Cell]] = []
        self.hidden: list[int] = []
        self.merged: list[Box] = []
        self.caption: list[str] = []
        self._below: dict[int, int] = {}  # column -> how many more rows it is covered
        self._places = 0

    def open_row(self, *, hidden: bool) -> None:
        if hidden:
            self.hidden.append(len(self.rows))
        self.rows.append([])
        for column in sorted(self._below):
            self._cover(column)

    def _cover(self, column: int) -> None:
        row = self.rows[-1]
        if self._below.get(column, 0) > 0 and len(row) == column:
            self._below[column] -= 1
            row.append("")

    def put(self, text: str, across: int, down: int) -> None:
        if not self.rows:
            self.open_row(hidden=False)
        row = self.rows[-1]
        while self._below.get(len(row), 0) > 0:
            self._cover(len(row))
        left = len(row)
        self._places += across
        if self._places > self.limits.cells:
            raise Unsafe("S109", rows=len(self.rows), columns=len(row))
        row += [text, *[""] * (across - 1)]
        if down > 1:
            self._below |= dict.fromkeys(range(left, left + across), down - 1)
        if down > 1 or across > 1:
            top = len(self.rows) - 1
            self.merged.append(Box(top, left, top + down - 1, left + across - 1))

    def grid(self) -> Grid:
        width = max(map(len, self.rows))
        pad(self.rows, width)
        caption = "".join(self.caption).strip()
        grid = Grid("", self.rows, hidden_rows=self.hidden, merged=self.merged, addressed=False)
        if caption:
            grid.rows.insert(0, [caption, *[""] * (width - 1)])
            grid.merged = [Box(box.top + 1, box.left, box.bottom + 1, box.right) for box in self.merged]
            grid.hidden_rows = [row + 1 for row in self.hidden]
        return grid


class _PageReader(HTMLParser):
    """Tables in the order in which they begin; a table inside a cell is one of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cells: list[tuple[_Table, list[str], int, int]] = []
        self._silent = 0
        self._caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            table = _Table(self.limits)
            self.tables.append(table)
            self._open.append(table)
        elif not self._open:
            return
        elif tag == "tr":
            self._finish_cell()
            style = values.get("style", "").replace(" ", "").lower()
            self._open[-1].open_row(hidden="display:none" in style or "hidden" in values)
        elif tag in ("td", "th"):
            self._finish_cell()
            self._cells.append(
                (self._open[-1], [], _span(values.get("colspan")), _span(values.get("rowspan")))
            )
        elif tag == "caption":
            self._caption = True
        elif tag in _BREAKS and self._cells and self._cells[-1][1]:
            self._cells[-1][1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr"):
            self._finish_cell()
        elif tag == "caption":
            self._caption = False
        elif tag == "table" and self._open:
            self._finish_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._caption and self._open:
            self._open[-1].caption.append(data)
        elif self._cells and self._open and self._cells[-1][0] is self._open[-1]:
            self._cells[-1][1].append(data)

    def close(self) -> None:
        super().close()
        while self._cells:
            self._put(self._cells.pop())

    def _finish_cell(self) -> None:
        if self._cells and self._open and self._cells[-1][0] is self._open[-1]:
            self._put(self._cells.pop())

    def _put(self, cell: tuple[_Table, list[str], int, int]) -> None:
        table, texts, across, down = cell
        table.put("".join(texts).strip(" \t\r\n"), across, down)


def _span(text: str | None) -> int:
    plain = (text or "").strip()
    return min(max(int(plain), 1), _MAX_SPAN) if plain.isascii() and plain.isdigit() else 1
