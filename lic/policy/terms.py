"""What is known about an expression before any data: kind, unit, vocabulary, level.

Knows types and compiled terms. A term is a syntax node with its type and the function that
evaluates it over a batch; its children stay reachable, so that a decision can be explained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from lic.model.table import Column, ColumnType
from lic.policy import keys
from lic.policy.syntax import Node
from lic.policy.units import PLAIN, Unit, parse_unit
from lic.policy.values import Value

if TYPE_CHECKING:
    from lic.policy.batch import Batch

Run = Callable[["Batch"], Value]


class Kind(Enum):
    """Kinds of values."""

    NUMBER = keys.KIND_NUMBER
    TRUTH = keys.KIND_TRUTH
    TEXT = keys.KIND_TEXT
    DATE = keys.KIND_DATE
    MONTH = keys.KIND_MONTH
    ANY = ""  # after a problem that was reported already


class Level(IntEnum):
    """Whom a value is about; an expression may use values of its own level and below."""

    CONSTANT = 0
    HOUSEHOLD = 1
    PERSON = 2
    ROW = 3


LEVELS = {keys.HOUSEHOLD: Level.HOUSEHOLD, keys.PERSON: Level.PERSON, keys.ROW: Level.ROW}


@dataclass(frozen=True, slots=True)
class Type:
    """Kind, unit (None: a literal, fits any), vocabulary (empty: any text), and whether a date is a month.

    ``unsure``: after a problem below; the unit is not known, and so is that of what is made of it.
    """

    kind: Kind
    unit: Unit | None = PLAIN
    words: tuple[str, ...] = ()
    monthly: bool = False
    unsure: bool = False


TRUTH = Type(Kind.TRUTH)
DATE = Type(Kind.DATE)
MONTH = Type(Kind.MONTH)
ANY = Type(Kind.ANY)
SOME_NUMBER = Type(Kind.NUMBER, None, unsure=True)


@dataclass(frozen=True, slots=True)
class View:
    """Which rows of a table a field looks at.

    ``own``: a person's own roster row counts as usable for him, and only rows speak of persons
    without a number. ``parts``: rows, doubtful ones too, of these parts (分册) only.
    """

    own: bool = False
    parts: tuple[str, ...] = ()


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Term:
    """A compiled expression."""

    node: Node
    type: Type
    run: Run
    children: tuple[Term, ...] = ()


_KINDS = {
    ColumnType.FLAG: Kind.TRUTH,
    ColumnType.MONEY: Kind.NUMBER,
    ColumnType.INTEGER: Kind.NUMBER,
    ColumnType.DECIMAL: Kind.NUMBER,
    ColumnType.DATE: Kind.DATE,
    ColumnType.MONTH: Kind.DATE,
    ColumnType.SCHOOL_YEAR: Kind.DATE,
}


def column_type(column: Column) -> Type:
    """The type of a declared column; a column without a unit fits any."""
    if column.unsure:
        return ANY
    kind = _KINDS.get(column.type, Kind.TEXT)
    unit = parse_unit(column.unit) if column.unit is not None else None
    return Type(kind, unit, column.words, column.type in (ColumnType.MONTH, ColumnType.SCHOOL_YEAR))
