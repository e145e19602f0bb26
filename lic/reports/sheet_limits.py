"""What Excel refuses, met before it does: rows of a sheet, letters of a cell, names of sheets.

Knows Excel's limits, which it counts in UTF-16 units: a character beyond the BMP is two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lic.reports import labels
from lic.reports.table import ReportTable

MAX_ROWS = 1_048_000  # of 1,048,576: title, notes, heading and signatures need some
MAX_TEXT = 32_767
_NAME_LIMIT = 31
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # Excel keeps this name for itself


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table that stand on one sheet, and what its name has at the end."""

    table: ReportTable
    start: int
    end: int
    tail: str


def cut(table: ReportTable, max_rows: int) -> list[Part]:
    """The parts of a table that does not fit on one sheet, each with a note; else the table itself."""
    count = table.rows.num_rows
    parts = -(-count // max_rows)
    if parts <= 1:
        return [Part(table, 0, count, "")]
    found = []
    for number, start in enumerate(range(0, count, max_rows), start=1):
        end = min(start + max_rows, count)
        note = labels.SPLIT.format(count=count, parts=parts, number=number, first=start + 1, last=end)
        told = replace(table, notes=(note, *table.notes))
        found.append(Part(told, start, end, "" if number == 1 else f" ({number})"))
    return found


def sheet_name(wanted: str, taken: set[str], *, tail: str = "") -> str:
    """A name that Excel accepts and that no other sheet has (case does not count).

    Excel counts 31 UTF-16 units: a character beyond the BMP is two.
    """
    base = _BAD_IN_NAME.sub("_", wanted).strip("' ") or "_"
    if base.lower() == _RESERVED:
        base += "_"
    name, number = utf16_cut(base, _NAME_LIMIT - len(tail)) + tail, 2
    while name.lower() in taken:
        end = f"~{number}{tail}"
        name, number = utf16_cut(base, _NAME_LIMIT - len(end)) + end, number + 1
    taken.add(name.lower())
    return name


def utf16_cut(text: str, most: int) -> str:
    """The longest beginning of ``text`` that takes at most ``most`` UTF-16 units."""
    units = 0
    for index, letter in enumerate(text):
        units += 1 + (ord(letter) > 0xFFFF)
        if units > most:
            return text[:index]
    return text
