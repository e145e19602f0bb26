"""From a tree of declarations to frozen dataclasses, by the types of their fields.

Knows how a text becomes a number, a day or a record. Refuses to know what any field means.
A day is written as months from the last month and, after a colon, the day: ``-3:12``. Money
is written in yuan and kept in fen wherever the field's name ends in ``_fen``.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from lic.declare import Map, Node, Scalar, Seq, read_number, read_text
from lic.samples.clock import Clock

T = TypeVar("T")
NOTHING = "none"
_TRUE, _FALSE = "yes", "no"


def build(cls: type[T], node: Map, clock: Clock, *, skip: Collection[str] = ()) -> T:
    """A record of ``cls`` from a mapping; unknown keys are problems (R004)."""
    return cls(**values(cls, node, clock, skip=skip))


def values(cls: type[Any], node: Map, clock: Clock, *, skip: Collection[str] = ()) -> dict[str, Any]:
    """The fields that a mapping states, by name."""
    hints = typing.get_type_hints(cls)
    found: dict[str, Any] = {}
    for key, value in node.pairs():
        if key.value in skip:
            continue
        if key.value not in hints:
            key.fail("R004", key=key.value, known=", ".join(sorted(hints)))
            continue
        found[key.value] = _value(hints[key.value], key.value, value, clock)
    return found


def _value(hint: Any, name: str, node: Node, clock: Clock) -> Any:
    if isinstance(hint, types.UnionType):
        if isinstance(node, Scalar) and node.value == NOTHING:
            return None
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if typing.get_origin(hint) is tuple:
        return _items(typing.get_args(hint)[0], name, node, clock)
    if dataclasses.is_dataclass(hint) and isinstance(node, Map) and isinstance(hint, type):
        return build(hint, node, clock)
    return _scalar(hint, name, node, clock)


def _items(hint: Any, name: str, node: Node, clock: Clock) -> tuple[Any, ...]:
    items = node.items if isinstance(node, Seq) else [node]
    return tuple(_value(hint, name, item, clock) for item in items)


def _scalar(hint: Any, name: str, node: Node, clock: Clock) -> Any:
    if hint is int:
        number = read_number(node)
        return None if number is None else int(number * (100 if name.endswith("_fen") else 1))
    text = read_text(node)
    if hint is bool:
        if text not in (_TRUE, _FALSE):
            node.fail("R005", expected=f"{_TRUE} / {_FALSE}")
        return text == _TRUE
    if hint is date and text is not None:
        return _day(text, node, clock)
    return text


def _day(text: str, node: Node, clock: Clock) -> date | None:
    months, _, day = text.partition(":")
    try:
        return clock.day(int(months), int(day or "1"))
    except ValueError:
        node.fail("R005", expected="MONTHS:DAY")
        return None
