"""The grammar of expressions: how one is written (lark, LALR).

Knows operators and punctuation, half and full width. Understands no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from lic.policy.syntax import (
    Arithmetic,
    Blank,
    Call,
    Choose,
    Compare,
    Dash,
    Day,
    Flag,
    Index,
    Logic,
    Member,
    Minus,
    Name,
    Negate,
    Node,
    Number,
    Quoted,
)

_GRAMMAR = r"""
start: expr
?expr: IF expr THEN expr ELSE expr                    -> choose
     | disjunction
?disjunction: conjunction | disjunction OR conjunction -> either
?conjunction: negation | conjunction AND negation      -> both
?negation: comparison | NOT negation                   -> negate
?comparison: sum
           | sum COMPARE sum                           -> compare
           | sum IN _OPEN word (_COMMA word)* _CLOSE   -> member
           | sum NOT_IN _OPEN word (_COMMA word)* _CLOSE -> member
           | sum BLANK                                 -> blank
           | sum NOT_BLANK                             -> blank
?sum: product | sum PLUS product -> arithmetic | sum MINUS product -> arithmetic
?product: unary | product TIMES unary -> arithmetic | product OVER unary -> arithmetic
?unary: atom | MINUS unary -> minus
?atom: NUMBER -> number
     | DATE -> day
     | STRING -> string
     | YES -> flag | NO -> flag | UNKNOWN -> flag
     | UNKNOWN _OPEN NAME _CLOSE                         -> waiting
     | NAME -> name
     | NAME "[" NAME "]" -> index
     | NAME _OPEN (argument (_COMMA argument)*)? _CLOSE -> call
     | _OPEN expr _CLOSE
?argument: expr | WHEN expr -> when | DASH -> dash
!word: NAME | STRING | NUMBER | YES | NO

IF: "若"
THEN: "则"
ELSE: "否则"
OR: "或"
AND: "且"
NOT: "非"
IN: "属于"
NOT_IN: "不属于"
BLANK: "为空"
NOT_BLANK: "不为空"
WHEN: "当"
YES: "是"
NO: "否"
UNKNOWN: "未知"
COMPARE: /<=|>=|<>|!=|[<>=≤≥≠＜＞＝]/
PLUS: /[+＋]/
MINUS: /[-\u2212]/
TIMES: /[*×]/
OVER: /[\/÷]/
DASH: /[－—]/
_OPEN: /[(（]/
_CLOSE: /[)）]/
_COMMA: /[,，]/
DATE.2: /\d{4}-\d{2}-\d{2}/
NUMBER.1: /\d+(\.\d+)?[%％]?/
STRING: /"[^"]*"|“[^”]*”/
NAME: /[^\dNEVER][^NEVER]*/
%ignore /\s+/
"""
# What can stand in no name: punctuation and operators, half and full width.
_NEVER = r"\s()（）,，+＋\-\u2212*×\/÷<>=≤≥≠＜＞＝!\"“”\[\]{}－—%％:："

NAME_END = re.compile(f"[{_NEVER}]+")

_SAME = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "＜": "<", "＞": ">", "＝": "="}
_SAME |= {"＋": "+", "\u2212": "-", "×": "*", "÷": "/"}


@dataclass(frozen=True, slots=True)
class _When(Node):
    item: Node


class ExpressionError(Exception):
    """The text is no expression; ``at`` is where it stops making sense."""

    def __init__(self, at: int, found: str) -> None:
        """``found`` is what stands there."""
        super().__init__(found)
        self.at = at
        self.found = found


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR.replace("NEVER", _NEVER), parser="lalr", propagate_positions=False)


class _Build(Transformer[Token, Any]):
    """Turns lark's trees into ours."""

    def start(self, c: list[Any]) -> Node:
        return c[0]  # type: ignore[no-any-return]  # lark hands children over untyped

    def number(self, c: list[Any]) -> Node:
        text = str(c[0]).replace("％", "%")
        value = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        return Number(c[0].start_pos, value)

    def day(self, c: list[Any]) -> Node:
        try:
            return Day(c[0].start_pos, date.fromisoformat(str(c[0])))
        except ValueError as error:
            raise ExpressionError(c[0].start_pos, str(c[0])) from error

    def string(self, c: list[Any]) -> Node:
        return Quoted(c[0].start_pos, str(c[0])[1:-1])

    def flag(self, c: list[Any]) -> Node:
        return Flag(c[0].start_pos, {"NO": 0, "UNKNOWN": 1, "YES": 2}[c[0].type])

    def waiting(self, c: list[Any]) -> Node:
        return Flag(c[0].start_pos, 1, str(c[1]))

    def name(self, c: list[Any]) -> Node:
        return Name(c[0].start_pos, str(c[0]))

    def index(self, c: list[Any]) -> Node:
        return Index(c[0].start_pos, str(c[0]), str(c[1]))

    def when(self, c: list[Any]) -> Node:
        return _When(c[0].start_pos, c[1])

    def dash(self, c: list[Any]) -> Node:
        return Dash(c[0].start_pos)

    def call(self, c: list[Any]) -> Node:
        conditions = [item.item for item in c[1:] if isinstance(item, _When)]
        if len(conditions) > 1 or (conditions and not isinstance(c[-1], _When)):
            raise ExpressionError(c[0].start_pos, str(c[0]))
        args = tuple(item for item in c[1:] if not isinstance(item, _When))
        return Call(c[0].start_pos, str(c[0]), args, conditions[0] if conditions else None)

    def word(self, c: list[Any]) -> Node:
        text = str(c[0])[1:-1] if c[0].type == "STRING" else str(c[0])
        return Quoted(c[0].start_pos, text)

    def arithmetic(self, c: list[Any]) -> Node:
        return Arithmetic(c[1].start_pos, _SAME.get(c[1], str(c[1])), c[0], c[2])

    def minus(self, c: list[Any]) -> Node:
        return Minus(c[0].start_pos, c[1])

    def compare(self, c: list[Any]) -> Node:
        return Compare(c[1].start_pos, _SAME.get(c[1], str(c[1])), c[0], c[2])

    def member(self, c: list[Any]) -> Node:
        return Member(c[1].start_pos, c[0], tuple(c[2:]), c[1].type == "NOT_IN")

    def blank(self, c: list[Any]) -> Node:
        return Blank(c[1].start_pos, c[0], c[1].type == "NOT_BLANK")

    def negate(self, c: list[Any]) -> Node:
        return Negate(c[0].start_pos, c[1])

    def both(self, c: list[Any]) -> Node:
        return _logic(c[0], c[1].start_pos, c[2], both=True)

    def either(self, c: list[Any]) -> Node:
        return _logic(c[0], c[1].start_pos, c[2], both=False)

    def choose(self, c: list[Any]) -> Node:
        return Choose(c[0].start_pos, c[1], c[3], c[5])


def _logic(left: Node, at: int, right: Node, *, both: bool) -> Node:
    if isinstance(left, Logic) and left.both == both:
        return Logic(left.at, both, (*left.items, right))
    return Logic(at, both, (left, right))


def parse(text: str) -> Node:
    """The tree of an expression; raises :class:`ExpressionError`."""
    try:
        node = _Build().transform(_parser().parse(text))
    except UnexpectedInput as error:
        ended = getattr(getattr(error, "token", None), "type", "") == "$END"
        at = None if ended else error.pos_in_stream
        at = len(text) if at is None or at < 0 else at
        raise ExpressionError(at, text[at : at + 12]) from error
    except VisitError as error:
        if isinstance(error.orig_exc, ExpressionError):
            raise error.orig_exc from error
        raise
    return node  # type: ignore[no-any-return]  # lark hands the result over untyped
