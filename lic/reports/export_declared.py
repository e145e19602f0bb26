"""The declarations of entry sheets (``exports/*.yaml``), read and checked.

Knows their keys and what they may name: tables and columns of the sources, categories, tags
and facts of the pack. Every problem has its place. Refuses to know any platform.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lic.declare import Map, Node, near_miss, read_document, read_text, read_texts
from lic.errors import ProblemLog
from lic.model import export_shape as keys
from lic.model.export import TAG, ExportColumn, ExportTemplate, Item
from lic.model.shape import judge
from lic.model.table import TableSchema

FOLDER = "exports"


@dataclass(frozen=True, slots=True)
class Nameable:
    """What a declaration may name."""

    schemas: Mapping[str, TableSchema]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    facts: frozenset[str]

    @property
    def items(self) -> frozenset[str]:
        """Everything that a column may take."""
        return frozenset({*Item, *self.facts, *(f"{TAG}{tag}" for tag in self.tags)})


def read_exports(pack: Path, nameable: Nameable, log: ProblemLog) -> tuple[ExportTemplate, ...]:
    """Every declaration of a pack in the order of file names; problems are logged."""
    found: list[ExportTemplate] = []
    files: set[str] = set()
    for path in sorted((pack / FOLDER).glob("*.yaml")):
        top = read_document(path, log, name=f"{pack.name}/{FOLDER}/{path.name}")
        if top is None:
            continue
        template = _template(top, nameable)
        if template.file in files and keys.FILE in top.entries:
            top.entries[keys.FILE].fail("R011", name=template.file)
        files.add(template.file)
        found.append(template)
    return tuple(found)


def _template(top: Map, nameable: Nameable) -> ExportTemplate:
    judge(keys.EXPORT, top)
    name = top.text(keys.PLATFORM, required=True) or ""
    file = top.text(keys.FILE, required=True) or ""
    table = top.text(keys.LIST, required=True) or ""
    schema = nameable.schemas.get(table)
    if schema is None and keys.LIST in top.entries:
        top.entries[keys.LIST].fail("R043", name=table, suggestion=near_miss(table, nameable.schemas))
    entered = _entered(top.map(keys.ENTERED), schema)
    categories, tags = _scope(top.map(keys.SCOPE), nameable)
    removes = top.flag(keys.REMOVES, default=True)
    columns = [_column(body, nameable, schema) for body in top.maps(keys.COLUMNS, required=True)]
    _check_titles(top.entries.get(keys.COLUMNS), columns)
    top.finish()
    return ExportTemplate(
        name=name,
        file=file,
        table=table,
        columns=tuple(columns),
        entered=entered,
        categories=categories or nameable.categories,
        tags=tags,
        removes=removes,
        place=top.source.file,
    )


def _check_titles(node: Node | None, columns: list[ExportColumn]) -> None:
    titles = [column.title for column in columns]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        if node is not None:
            node.fail("R011", name=title)
    wanted = {column.item for column in columns}
    if node is not None and Item.ID_NUMBER not in wanted:
        node.fail("R003", key=Item.ID_NUMBER.value)


def _entered(body: Map | None, schema: TableSchema | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, node in body.pairs() if body is not None else ():
        words = read_texts(node)
        column = None if schema is None else schema.columns.get(key.value)
        if schema is not None and column is None:
            key.fail(
                "R044", name=key.value, table=schema.name, suggestion=near_miss(key.value, schema.columns)
            )
        for word in words if column is not None and column.words else ():
            if word not in column.words:  # type: ignore[union-attr]  # checked in the line above
                _unknown(node, word, key.value, column.words)  # type: ignore[union-attr]
        found[key.value] = words
    return found


def _scope(body: Map | None, nameable: Nameable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if body is None:
        return (), ()
    found = []
    for key, known in ((keys.CATEGORIES, nameable.categories), (keys.TAGS, nameable.tags)):
        words = body.texts(key)
        for word in words:
            if word not in known:
                _unknown(body.entries[key], word, key, known)
        found.append(words)
    body.finish()
    return found[0], found[1]


def _column(body: Map, nameable: Nameable, schema: TableSchema | None) -> ExportColumn:
    title = body.text(keys.TITLE, required=True) or ""
    item, compared, table = body.text(keys.TAKE), body.text(keys.COMPARED), body.text(keys.TABLE)
    if item is not None and item not in nameable.items:
        body.entries[keys.TAKE].fail("R012", name=item, suggestion=near_miss(item, nameable.items))
    if compared is not None and schema is not None and compared not in schema.columns:
        body.entries[keys.COMPARED].fail(
            "R044", name=compared, table=schema.name, suggestion=near_miss(compared, schema.columns)
        )
    if table is not None and table not in nameable.schemas:
        body.entries[keys.TABLE].fail("R043", name=table, suggestion=near_miss(table, nameable.schemas))
    column = ExportColumn(
        title=title,
        item=item,
        codes=_codes(body.map(keys.CODES), item, nameable),
        needed=body.flag(keys.NEEDED),
        compared=compared,
        blank=body.text(keys.BLANK),
        table=table,
    )
    body.finish()
    return column


def _codes(body: Map | None, item: str | None, nameable: Nameable) -> dict[str, str]:
    if body is None:
        return {}
    known = nameable.categories if item in (Item.CATEGORY, Item.REGISTERED) else ()
    found: dict[str, str] = {}
    for key, node in body.pairs():
        if known and key.value not in known:
            _unknown(key, key.value, keys.CODES, known)
        found[key.value] = read_text(node) or ""
    return found


def _unknown(node: Node, word: str, key: str, known: tuple[str, ...]) -> None:
    text = keys.SEPARATOR.join(known)
    node.fail("R052", value=word, key=key, known=text, suggestion=near_miss(word, known))
