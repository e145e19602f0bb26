"""What a dense reader of cells does not tell about a sheet, found before it is let loose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lic.sources.grid import Box

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_ADDRESS = re.compile(r"^([A-Z]+)(\d+)$")


@dataclass(slots=True)
class SheetScan:
    """Error cells by (row, column), hidden rows and columns, merged ranges, all counted from 0.

    ``rows`` and ``columns`` are the extent, ``filled`` about how many cells hold something.
    ``mac``: days are counted from 1904. ``shares_text``: some texts stand in another part.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Box] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    filled: int = 0
    mac: bool = False
    shares_text: bool = False


def column_number(text: str) -> int:
    """The number of column letters, counted from 1."""
    number = 0
    for char in text:
        number = number * 26 + ord(char) - 64
    return number


def cell_place(address: str) -> tuple[int, int] | None:
    """Row and column of an address such as C18, counted from 0; None when it is none."""
    found = _ADDRESS.match(address)
    return None if found is None else (int(found[2]) - 1, column_number(found[1]) - 1)


def box_of(reference: str) -> Box | None:
    """The cells of a range such as A1:C3."""
    first, _, last = reference.partition(":")
    one, other = cell_place(first), cell_place(last or first)
    return None if one is None or other is None else Box(*one, *other)
