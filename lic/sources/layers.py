"""Higher rules about tables: a table's keys and columns replaced, or a table added.

Knows that a table is known by its name and a column by its. Shared files (words, common columns)
are the pack's alone.
"""

from __future__ import annotations

from lic.declare import Map, Node, Scalar, Seq, near_miss, read_map
from lic.model.layer import Layer
from lic.model.layering import Layering, entries_of, grounds, require_grounds, without
from lic.sources import keys

_SHARED = "_"


def lay_sources(
    documents: dict[str, Map], upper: dict[str, Map], layer: Layer, layering: Layering | None
) -> None:
    """Lay the documents of a layer over the pack's, in place."""
    if layering is None:
        return
    by_table = {_table(document): name for name, document in documents.items() if not _is_shared(name)}
    for name, document in upper.items():
        table = document.entries.get(keys.TABLE)
        if _is_shared(name):
            document.fail("R126", section=name, known=keys.TABLE)
        elif not isinstance(table, Scalar):
            document.require(keys.TABLE)
        else:
            key = Scalar(table.source, table.line, table.column, table.value)
            new = layering.is_new(layer, keys.TABLE, key, document, by_table)
            if not require_grounds(key, document) or new is None:
                continue
            if new:
                plain = without(document, (keys.NEW, keys.REFERENCE))
                layering.added(layer, keys.TABLE, key.value, _brief(document))
                documents[f"{layer.name}/{name}"] = plain
                continue
            other = layering.outranks(layer, keys.TABLE, key.value, key)
            if other is not None:
                at = by_table[key.value]
                documents[at] = _laid(layer, other, key.value, documents[at], document, layering)


def _is_shared(name: str) -> bool:
    return name.startswith(_SHARED)


def _table(document: Map) -> str:
    node = document.entries.get(keys.TABLE)
    return node.value if isinstance(node, Scalar) else ""


def _brief(document: Map) -> Map:
    """What an added table is called and who has it; its columns are in the file."""
    named = (keys.CODE, keys.DEPARTMENT, keys.REFERENCE)
    return without(document, [key for key in document.entries if key not in named])


def _laid(layer: Layer, other: Layer, table: str, base: Map, over: Map, layering: Layering) -> Map:
    whole = layering.lay(layer, other, keys.TABLE, table, base, over, apart=(keys.COLUMNS,))
    below, above = base.entries.get(keys.COLUMNS), read_map(over.entries.get(keys.COLUMNS))
    if above is not None and isinstance(below, Map):
        columns = without(below, ())
        for _, key, body in entries_of([above]):
            old = columns.entries.get(key.value)
            new = body.flag(keys.NEW)
            if new == (old is not None):
                code = "R128" if new else "R121"
                hint = None if new else near_miss(key.value, columns.entries)
                key.fail(code, name=key.value, kind=table, suggestion=hint)
                continue
            empty = Map(key.source, key.line, key.column)
            _keep_aliases(old, body)
            columns.entries[key.value] = layering.lay(
                layer, other, keys.TABLE, table, old if isinstance(old, Map) else empty, body,
                what=f"{keys.COLUMNS} {key.value}", reference=grounds(over),
            )  # fmt: skip
            columns.keys[key.value] = key
        whole.entries[keys.COLUMNS] = columns
    return _without_grounds(whole)


def _without_grounds(document: Map) -> Map:
    """The declaration as a source reads it: grounds belong to the layer, not to the table."""
    plain = without(document, (keys.REFERENCE,))
    columns = plain.entries.get(keys.COLUMNS)
    for _, key, body in list(entries_of([] if columns is None else [columns])):
        if isinstance(columns, Map):
            columns.entries[key.value] = without(body, (keys.REFERENCE,))
    return plain


def _keep_aliases(base: Node | None, over: Map) -> None:
    """Headings are added to those already known: a department's old export must still be read."""
    known = base.entries.get(keys.ALIASES) if isinstance(base, Map) else None
    more = over.entries.get(keys.ALIASES)
    if known is None or more is None:
        return
    both = [*(known.items if isinstance(known, Seq) else [known])]
    said = {item.value for item in both if isinstance(item, Scalar)}
    for item in more.items if isinstance(more, Seq) else [more]:
        if not isinstance(item, Scalar) or item.value not in said:
            both.append(item)
    over.entries[keys.ALIASES] = Seq(more.source, more.line, more.column, both)
