"""Putting one layer of declarations over another: only what outranks, only with its grounds.

Knows trees of keys, ranks and places. Refuses to know which keys there are: an item that a layer
states is laid over the item of the same name key by key; what it does not state stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lic.declare import Map, Node, Scalar, Seq, near_miss
from lic.model.layer import Layer, Override

REFERENCE = "依据"
NEW = "新增"
_SILENT = (REFERENCE, NEW)


@dataclass(slots=True)
class Layering:
    """Who stands for each item so far, and everything that was replaced; ``base`` is the pack."""

    base: Layer
    overrides: list[Override] = field(default_factory=list)
    standing: dict[tuple[str, str], Layer] = field(default_factory=dict)

    def outranks(self, layer: Layer, kind: str, name: str, place: Node) -> Layer | None:
        """The layer that ``layer`` replaces for an item; None when it may not (the problem is logged)."""
        other = self.standing.get((kind, name), self.base)
        if layer.rank is other.rank:
            place.fail("R123", name=name, rank=layer.rank.value, one=layer.name, other=other.name)
            return None
        if layer.rank.order < other.rank.order:
            place.fail(
                "R124",
                name=name,
                layer=layer.name,
                rank=layer.rank.value,
                other=other.name,
                other_rank=other.rank.value,
            )
            return None
        self.standing[kind, name] = layer
        return other

    def is_new(self, layer: Layer, kind: str, key: Scalar, body: Map, known: Collection[str]) -> bool | None:
        """Whether an item is added (it says so and is not there); None when it may be neither."""
        new = body.flag(NEW)
        if new and key.value in known:
            key.fail("R128", name=key.value, kind=kind)
            return None
        if not new and key.value not in known:
            key.fail("R121", name=key.value, kind=kind, suggestion=near_miss(key.value, known))
            return None
        if new:
            self.standing[kind, key.value] = layer
        return new

    def added(self, layer: Layer, kind: str, name: str, body: Map) -> None:
        """Remember an item that stands in this layer only."""
        self.overrides.append(
            Override(layer.label, kind, name, written(without(body, _SILENT)), grounds(body) or "")
        )

    def lay(
        self, layer: Layer, other: Layer, kind: str, name: str, base: Map, over: Map, *,
        what: str = "", apart: Collection[str] = (), instead: Collection[str] = (),
        reference: str | None = None,
    ) -> Map:  # fmt: skip
        """``over`` laid over ``base``, each changed key remembered.

        ``apart``: keys that the caller lays himself. ``instead``: keys of which one replaces the
        others. ``reference``: the grounds where ``over`` states none of its own.
        """
        stated = grounds(over) or reference or ""
        dropped = set(instead) - set(over.entries) if set(instead) & set(over.entries) else set()
        before = Map(base.source, base.line, base.column)
        for key, node in base.entries.items():
            if key not in dropped:
                before.entries[key], before.keys[key] = node, base.keys[key]
        for key, node in over.entries.items():
            if key == NEW or key in apart:
                continue
            old = _old(base, key, dropped)
            new = written(node)
            if key != REFERENCE and old != new:
                part = " ".join(filter(None, (what, key)))
                self.overrides.append(
                    Override(layer.label, kind, name, new, stated, part, old, replaced=other.label)
                )
            before.entries[key], before.keys[key] = node, over.keys[key]
        return Map(over.source, over.line, over.column, before.entries, before.keys)


def _old(base: Map, key: str, dropped: Collection[str]) -> str:
    """How the pack says what ``key`` now says: the same key, or the one that gives way to it."""
    if key in base.entries:
        return written(base.entries[key])
    gone = [name for name in base.entries if name in dropped]
    return "；".join(f"{name}: {written(base.entries[name])}" for name in gone)


def grounds(body: Map) -> str | None:
    """The 依据 that an item states, without taking the key."""
    node = body.entries.get(REFERENCE)
    return node.value if isinstance(node, Scalar) and not node.blank else None


def require_grounds(key: Scalar, body: Map) -> bool:
    """An item of a higher layer must say on what grounds it stands."""
    if grounds(body) is None:
        key.fail("R120", name=key.value)
        return False
    return True


def without(body: Map, names: Collection[str]) -> Map:
    """A mapping less some keys."""
    entries: Mapping[str, Node] = {key: node for key, node in body.entries.items() if key not in names}
    keys = {key: body.keys[key] for key in entries}
    return Map(body.source, body.line, body.column, dict(entries), keys)


def written(node: Node) -> str:
    """A declaration on one line, as it could stand in a file."""
    match node:
        case Scalar():
            return " ".join(node.value.split())
        case Seq():
            return f"[{', '.join(written(item) for item in node.items)}]"
        case Map():
            return f"{{{', '.join(f'{key}: {written(item)}' for key, item in node.entries.items())}}}"
        case _:
            return ""


def entries_of(nodes: Collection[Node]) -> Iterator[tuple[Map, Scalar, Map]]:
    """The named bodies of some mappings, each with the mapping that holds it; others are left alone."""
    for node in nodes:
        if isinstance(node, Map):
            for name, body in node.entries.items():
                if isinstance(body, Map):
                    yield node, node.keys[name], body
