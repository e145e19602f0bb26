"""The trees that expressions become.

Knows shapes, not names. Every node carries its offset in the text, so that a problem can be
shown at its column.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Node:
    """Part of an expression; ``at`` is its offset in the text."""

    at: int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal number or percentage."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A literal date."""

    value: date


@dataclass(frozen=True, slots=True)
class Quoted(Node):
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Flag(Node):
    """True (2), unknown (1) or false (0); ``column``: the row's column that an unknown waits for."""

    value: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A bare word: a fact, a parameter, a column, or a literal beside a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``parameter[key]``."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function call; ``when`` is the condition after 当, if there is one."""

    name: str
    args: tuple[Node, ...]
    when: Node | None


@dataclass(frozen=True, slots=True)
class Dash(Node):
    """An open end in 月数(起, －)."""


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``+ - * /``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """A negative."""

    item: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``< <= > >= = <>``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``x 属于 (a, b)``."""

    item: Node
    words: tuple[Quoted, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """``x 为空``."""

    item: Node
    negated: bool


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """且 (``both``) or 或 over two or more items."""

    both: bool
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """非."""

    item: Node


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """若 … 则 … 否则 …."""

    test: Node
    then: Node
    other: Node
