"""The shape of one export file, as declared in ``rules/samples``.

Knows the keys of a layout and the kinds of columns. Refuses to know any heading or word:
they are data. A layout says which records become rows (``rows``), which of them (``where``,
``events``), and for every heading where its cell comes from (``columns``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lic.declare import Map, Node, Scalar, read_document, read_number, read_text, read_texts
from lic.errors import ProblemLog
from lic.samples import world as county
from lic.samples.world import word_map

_NOT_LAYOUTS = (county.FILE, "scripted.yaml", "moves.yaml")


@dataclass(frozen=True, slots=True)
class Column:
    """One heading and where its cells come from."""

    heading: str
    path: str | None = None
    words: Mapping[str, str] | None = None
    listed: str | None = None
    pattern: str | None = None
    fixed: str | None = None
    digits: int | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """Rows of whole months: ``lead`` months in the first folder, then one month a folder."""

    by: str
    lead: int
    lag: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One export file."""

    name: str
    file: str
    sheet: str
    encoding: str | None
    title: tuple[str, ...]
    footer: tuple[tuple[str, ...], ...]
    rows: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    events: Events | None
    columns: tuple[Column, ...]


def read_layouts(folder: Path, words: Mapping[str, Mapping[str, str]]) -> tuple[Layout, ...]:
    """Every layout of a folder, in the order of file names and then as written.

    Raises:
        RulesError: with every problem of every file.
    """
    log = ProblemLog()
    found: list[Layout] = []
    for path in sorted(folder.glob("*.yaml")):
        top = None if path.name in _NOT_LAYOUTS else read_document(path, log)
        if top is not None:
            found.extend(_layout(item, words) for item in top.maps("files", required=True))
            top.finish()
    log.raise_if_any()
    return tuple(found)


def _layout(node: Map, words: Mapping[str, Mapping[str, str]]) -> Layout:
    layout = Layout(
        name=node.text("name", required=True) or "",
        file=node.text("file", required=True) or "",
        sheet=node.text("sheet") or "Sheet1",
        encoding=node.text("encoding"),
        title=node.texts("title"),
        footer=tuple(read_texts(item) for item in _nodes(node, "footer")),
        rows=node.text("rows", required=True) or "",
        where=_where(node.map("where")),
        events=_events(node.map("events")),
        columns=_columns(node.map("columns", required=True), words),
    )
    node.finish()
    return layout


def _nodes(node: Map, key: str) -> list[Node]:
    value = node.take(key)
    return list(getattr(value, "items", []))


def _where(node: Map | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if node is None:
        return ()
    return tuple((key.value, read_texts(value)) for key, value in node.pairs())


def _events(node: Map | None) -> Events | None:
    if node is None:
        return None
    events = Events(
        by=node.text("by", required=True) or "",
        lead=int(read_number(node.require("lead")) or 0),
        lag=int(read_number(node.require("lag")) or 0),
    )
    node.finish()
    return events


def _columns(node: Map | None, words: Mapping[str, Mapping[str, str]]) -> tuple[Column, ...]:
    if node is None:
        return ()
    return tuple(_column(key, value, words) for key, value in node.pairs())


def _column(key: Scalar, node: Node, words: Mapping[str, Mapping[str, str]]) -> Column:
    if not isinstance(node, Map):
        return Column(key.value, path=read_text(node))
    digits = read_number(node.take("digits"))
    column = Column(
        key.value,
        path=node.text("from"),
        words=_vocabulary(node, words),
        listed=node.text("list"),
        pattern=node.text("pattern"),
        fixed=node.text("fixed"),
        digits=None if digits is None else int(digits),
        lead=node.text("lead") or "",
    )
    node.finish()
    return column


def _vocabulary(node: Map, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, str] | None:
    """A shared vocabulary by name, or one written out in place."""
    value = node.take("words")
    if value is None or isinstance(value, Map):
        return None if value is None else word_map(value)
    name = read_text(value) or ""
    if name not in words:
        value.fail("R004", key=name, known=", ".join(sorted(words)))
        return None
    return words[name]
