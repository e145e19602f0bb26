"""The shape of a declaration file, declared once: readers are held to it, editors are told it.

Knows keys, what may stand under them, and which must be there. :func:`judge` holds a tree to it
and binds each mapping to its keys, so that a reader cannot ask for a key that is not declared;
:mod:`lic.model.schema` says the same shape as JSON Schema. Refuses to know what a value means: a
reader takes it, from the same word lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lic.declare import (
    Map,
    Node,
    Scalar,
    Seq,
    near_miss,
    read_date,
    read_flag,
    read_map,
    read_number,
    read_seq,
    read_text,
)

_LIST = "、"


@dataclass(frozen=True, slots=True)
class Text:
    """A text; one of ``words`` where there are any."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number, also in percent."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Judged elsewhere."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list; ``alone``: one text may stand without brackets."""

    item: Shape
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping with keys of the author's choice; ``blank``: nothing may stand there as well."""

    item: Shape
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what stands under it, in a sentence for the person who writes it."""

    shape: Shape
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with fixed keys. ``one_of``: exactly one of these. ``others``: further free keys."""

    keys: Mapping[str, Key]
    one_of: tuple[str, ...] = ()
    others: Shape | None = None


@dataclass(frozen=True, slots=True)
class When:
    """Two shapes of one mapping, told apart by a key: it is there, or it is one of ``words``."""

    key: str
    then: Shape
    otherwise: Shape
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Shapes told apart by what is written: a text, a list or a mapping."""

    options: tuple[Shape, ...] = field(default=())


Shape = Text | Flag | Number | Day | Anything | Many | Named | Keys | When | Either
TEXT, FLAG, NUMBER, DAY, ANYTHING = Text(), Flag(), Number(), Day(), Anything()
TEXTS = Many(TEXT, alone=True)
_PLAIN = (Text, Flag, Number, Day)
_READ: Mapping[type, Callable[[Node | None], object]] = {
    Text: read_text, Flag: read_flag, Number: read_number, Day: read_date,
}  # fmt: skip


def judge(shape: Shape, node: Node | None) -> None:
    """Report unknown and missing keys, and what is of the wrong kind, at every depth of a tree.

    Words and names are left to the reader, who knows better what else was meant.
    """
    match shape:
        case Keys() | When() | Named():
            _judge_map(shape, node)
        case Many():
            items = [node] if shape.alone and isinstance(node, Scalar) else read_seq(node)
            for item in items:
                judge(shape.item, item)
        case Either():
            option = next((option for option in shape.options if fits(option, node)), ANYTHING)
            judge(ANYTHING if isinstance(option, _PLAIN) else option, node)
        case Anything():
            pass
        case _:
            _READ[type(shape)](node)


def _judge_map(shape: Keys | When | Named, node: Node | None) -> None:
    if isinstance(shape, Named) and shape.blank and isinstance(node, Scalar) and node.blank:
        return
    body = read_map(node)
    if body is None:
        return
    match shape:
        case Keys():
            _judge_keys(shape, body)
        case When():
            judge(shape.then if _holds(shape, body) else shape.otherwise, body)
        case Named():
            for item in body.entries.values():
                judge(shape.item, item)


def fits(shape: Shape, node: Node | None) -> bool:
    """Whether a node is of the kind that a shape wants: a text, a list or a mapping."""
    match shape:
        case Text() | Flag() | Number() | Day():
            return isinstance(node, Scalar)
        case Many():
            return isinstance(node, Seq) or (shape.alone and isinstance(node, Scalar))
        case Keys() | Named() | When():
            return isinstance(node, Map)
        case Either():
            return any(fits(option, node) for option in shape.options)
        case _:
            return True


def _holds(shape: When, node: Map) -> bool:
    found = node.entries.get(shape.key)
    if not shape.words:
        return found is not None
    return isinstance(found, Scalar) and found.value in shape.words


def _judge_keys(shape: Keys, node: Map) -> None:
    """A typo explains why a key is missing: said once."""
    if shape.others is None:
        node.declared = {name: key.required for name, key in shape.keys.items()}
        absent = [name for name in shape.keys if name not in node.entries]
        for name in node.entries:
            if name not in shape.keys:
                hint, known = (
                    near_miss(name, absent) or near_miss(name, shape.keys),
                    _LIST.join(sorted(shape.keys)),
                )
                node.keys[name].fail("R004", suggestion=hint, key=name, known=known)
                absent = [other for other in absent if other != hint]
        for name in absent:
            if shape.keys[name].required:
                node.fail("R003", key=name)
    for name, item in node.entries.items():
        found = shape.keys.get(name)
        judge(shape.others or ANYTHING if found is None else found.shape, item)


def partial(shape: Shape, more: Mapping[str, Key]) -> Shape:
    """The same shape for a layer above: nothing is required again, ``more`` keys say why."""
    match shape:
        case Keys():
            return Keys({**_all_keys(shape), **more}, (), shape.others)
        case When():
            return Keys({**_all_keys(shape), **more})
        case Named():
            return Named(partial(shape.item, more), shape.blank)
        case _:
            return shape


def _all_keys(shape: Shape) -> dict[str, Key]:
    """The keys of every variant, none of them required."""
    match shape:
        case When():
            return {**_all_keys(shape.otherwise), **_all_keys(shape.then)}
        case Keys():
            return {name: Key(key.shape, key.help) for name, key in shape.keys.items()}
        case _:
            return {}
