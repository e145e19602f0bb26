"""What goes back to one department: its faulty rows as it sent them, and what to change.

Holds personal data of that department's own export and of nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """One row. ``marks``: what is wrong with a cell, by its place in the row."""

    row: int
    cells: tuple[str, ...]
    marks: Mapping[int, str]
    problems: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """The faulty rows of one sheet under its own headings, in its own order."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[FaultyRow, ...]


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One line of the cover: where, what is wrong, how often, what to do."""

    severity: str
    code: str
    file: str
    place: str
    problem: str
    count: int
    advice: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything for one department. ``missing``: required tables that did not come."""

    department: str
    county: str
    period: str
    contact: str | None
    missing: tuple[str, ...]
    items: tuple[ReceiptItem, ...]
    sheets: tuple[ReceiptSheet, ...]
