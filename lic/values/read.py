"""The shape of a cell as it was read, and of an answer about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds an error (``#N/A``) or a formula that was never calculated (empty text)."""

    text: str


@dataclass(frozen=True, slots=True)
class TruthCell:
    """A boolean cell; its own type, because True equals 1 in Python."""

    value: bool


Cell: TypeAlias = str | int | float | date | datetime | time | timedelta | ErrorCell | TruthCell | None


class Read(NamedTuple, Generic[T]):
    """``value`` None: unknown. ``code`` None: nothing to say (a blank cell, or a plain value)."""

    value: T | None
    code: str | None = None


def cell_text(cell: Cell) -> str:
    """The cell as text: whole numbers without ``.0``, days as ``YYYY-MM-DD``."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, ErrorCell):
        return cell.text
    if isinstance(cell, TruthCell):
        return str(cell.value).upper()
    return "" if cell is None else str(cell)
