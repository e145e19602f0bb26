"""One declaration file spoiled at one place: a key dropped, added, or given something of the wrong kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import yaml

from lic.model.shape import Day, Either, Flag, Keys, Many, Named, Number, Shape, Text, When
from lic.workflows.shapes import SHAPES

Path_ = tuple[str | int, ...]


def resolved(shape: Shape, node: yaml.Node) -> Shape:
    """The variant that a node is judged by."""
    if isinstance(shape, When) and isinstance(node, yaml.MappingNode):
        found = {key.value: value.value for key, value in node.value}
        holds = shape.key in found and (not shape.words or found[shape.key] in shape.words)
        return resolved(shape.then if holds else shape.otherwise, node)
    if isinstance(shape, Either):
        kinds = {
            yaml.MappingNode: (Keys, Named, When),
            yaml.SequenceNode: (Many,),
            yaml.ScalarNode: (Text, Flag, Number, Day),
        }
        for option in shape.options:
            if isinstance(option, kinds[type(node)]):
                return resolved(option, node)
    return shape


def places(shape: Shape, node: yaml.Node, path: Path_ = ()) -> Iterator[tuple[Path_, Keys, yaml.MappingNode]]:
    """Every mapping with fixed keys, with the way to it."""
    shape = resolved(shape, node)
    if isinstance(node, yaml.MappingNode):
        if isinstance(shape, Keys):
            yield path, shape, node
        for key, value in node.value:
            if isinstance(shape, Keys) and key.value in shape.keys:
                yield from places(shape.keys[key.value].shape, value, (*path, key.value))
            elif isinstance(shape, Named):
                yield from places(shape.item, value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode) and isinstance(shape, Many):
        for index, value in enumerate(node.value):
            yield from places(shape.item, value, (*path, index))


def at(root: yaml.Node, path: Path_) -> yaml.Node:
    for step in path:
        root = root.value[step] if isinstance(step, int) else {k.value: v for k, v in root.value}[step]
    return root


def scalar(text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text)


def mapping(key: str, value: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", [(scalar(key), value)])


def wrong(shape: Shape) -> yaml.Node | None:
    """Something that may not stand under a key of this shape."""
    match shape:
        case Text():
            return scalar("没有这个词") if shape.words else mapping("甲", scalar("乙"))
        case Flag():
            return scalar("也许")
        case Number():
            return scalar("很多")
        case Day():
            return scalar("2026-02-30")
        case Many() if shape.alone:
            return mapping("甲", scalar("乙"))
        case Many() | Named() | Keys() | When():
            return scalar("甲")
        case _:
            return None


Change = Callable[[yaml.Node], None]


def changes(kind: str, root: yaml.Node, seen: set[tuple[object, ...]]) -> Iterator[tuple[str, Change]]:
    """Each kind of spoiling once for every key of every shape."""

    def fresh(*mark: object) -> bool:
        new = (kind, *mark) not in seen
        seen.add((kind, *mark))
        return new

    for path, shape, node in places(SHAPES[kind], root):
        mark = tuple(sorted(shape.keys))
        if shape.others is None and fresh(mark):
            yield f"{path} 错键", partial(_add, path)
        for key, value in node.value:
            known = shape.keys.get(key.value)
            if known is None:
                continue
            if known.required and fresh(mark, key.value):
                yield f"{path} 缺 {key.value}", partial(_drop, path, key.value)
            bad = wrong(resolved(known.shape, value) if isinstance(known.shape, When) else known.shape)
            if bad is not None and fresh(mark, key.value, "wrong"):
                yield f"{path} 错 {key.value}", partial(_put, path, key.value, bad)


def _add(path: Path_, tree: yaml.Node) -> None:
    at(tree, path).value.append((scalar("没有这个键"), scalar("甲")))


def _drop(path: Path_, name: str, tree: yaml.Node) -> None:
    node = at(tree, path)
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _put(path: Path_, name: str, bad: yaml.Node, tree: yaml.Node) -> None:
    node = at(tree, path)
    node.value = [(key, bad if key.value == name else value) for key, value in node.value]
