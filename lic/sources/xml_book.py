"""Reads XML workbooks of Excel 2003. No definition is expanded, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from lic.sources.grid import Box, Grid, pad
from lic.sources.page import read_page
from lic.sources.unsafe import Limits, Unsafe
from lic.values.read import Cell, ErrorCell

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_MARKS = (_SPREADSHEET.encode(), _SPREADSHEET.encode("utf-16-le"))
_HEAD = 1 << 16


def read_xml(data: bytes, limits: Limits) -> Iterator[Grid]:
    """Every sheet of an XML workbook of Excel 2003; other XML that holds tables is read as a page."""
    if not any(mark in data[:_HEAD] for mark in _MARKS):
        yield from read_page(data, limits)
        return
    book = _XmlBook(limits)
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            values = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
            if event == "start":
                book.start(tag, values)
            elif book.end(tag, values, element):
                element.clear()
    except DefusedXmlException as error:
        raise Unsafe("S107") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unsafe("S103") from error
    if not book.grids:
        raise Unsafe("S103")
    yield from book.grids


class _XmlBook:
    """Sheets of an XML workbook, as they pass by."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self._hidden: list[int] = []
        self._merged: list[Box] = []
        self._places = 0
        self._row: list[Cell] = []

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "Worksheet":
            self._hidden, self._merged = [], []
            self.grids.append(Grid(values.get("Name", ""), [], merged=self._merged, hidden_rows=self._hidden))
        elif tag == "Row" and self.grids:
            rows = self.grids[-1].rows
            while len(rows) < int(values.get("Index", len(rows) + 1)) - 1:
                self._count(1)
                rows.append([])
            self._row = []
            if values.get("Hidden") == "1":
                self._hidden.append(len(rows))
            rows.append(self._row)

    def end(self, tag: str, values: dict[str, str], element: Any) -> bool:
        if tag == "Cell" and self.grids:
            self._cell(values, element)
        elif tag == "Table" and self.grids:
            rows = self.grids[-1].rows
            width = max(map(len, rows), default=0)
            self._count(width * len(rows))
            pad(rows, width)
        return tag in ("Row", "Cell", "Worksheet")

    def _cell(self, values: dict[str, str], element: Any) -> None:
        place = int(values.get("Index", len(self._row) + 1)) - 1
        self._count(max(0, place - len(self._row)) + 1)
        self._row += [""] * (place - len(self._row))
        across, down = int(values.get("MergeAcross", 0)), int(values.get("MergeDown", 0))
        data = next((child for child in element if child.tag.rpartition("}")[2] == "Data"), None)
        self._row.append("" if data is None else _xml_cell(data))
        if across or down:
            top = len(self.grids[-1].rows) - 1
            self._merged.append(Box(top, place, top + down, place + across))
        self._count(across)
        self._row += [""] * across

    def _count(self, places: int) -> None:
        self._places += places
        if self._places > self.limits.cells:
            rows = len(self.grids[-1].rows)
            raise Unsafe("S109", rows=rows, columns=len(self._row))


def _xml_cell(data: Any) -> Cell:
    text = "".join(data.itertext())
    kind = next((value for name, value in data.attrib.items() if name.rpartition("}")[2] == "Type"), "String")
    match kind:
        case "Number":
            return float(text)
        case "DateTime":
            return datetime.fromisoformat(text.strip())
        case "Boolean":
            return text.strip() == "1"
        case "Error":
            return ErrorCell(text)
        case _:
            return text
