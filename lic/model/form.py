"""What a department must send, as a value: one form per table, for screens and for empty workbooks.

Knows names, kinds and words as they are declared. Refuses to know where they are declared.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from lic.model.table import ColumnType


@dataclass(frozen=True, slots=True)
class FormWord:
    """One word of a vocabulary and what else is understood as it."""

    word: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its name, other names it is known by, and what may stand in it.

    ``kind_text``, ``blank_text`` and ``absent_text`` are said in words; ``absent_text`` is empty
    where an absent column means the same as a blank cell.
    """

    name: str
    aliases: tuple[str, ...]
    kind: ColumnType
    kind_text: str
    unit: str | None
    needed: bool
    words: tuple[FormWord, ...]
    blank_text: str
    absent_text: str
    negative_allowed: bool
    offered: bool  # part of an empty form


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part (分册) of a table: sent as a file of its own; ``filled`` columns need not be sent."""

    name: str
    file_hint: str
    filled: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table. ``one_of``: groups of columns of which one must be there; ``keys``: of which every
    row must fill one."""

    table: str
    code: str
    department: str
    required: bool
    several_rows: bool
    may_be_empty: bool
    monthly: bool
    file_hints: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    parts: tuple[FormPart, ...]
    columns: tuple[FormColumn, ...]
    ignored: tuple[str, ...]
    expected: tuple[str, ...]
    declared_in: str

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)
