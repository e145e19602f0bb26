"""A checked pack as a document, and who uses what in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lic.declare import near_miss
from lic.errors import UsageError
from lic.model.layer import Override
from lic.model.rulebook import Item, ItemKind, Ref, Rulebook, ValueCard, item_json
from lic.policy import keys
from lic.policy.describe import described
from lic.policy.terms import Level
from lic.reports.rules_page import rules_page
from lic.sources.describe import table_items
from lic.workflows.open_rules import Opened, open_rules


@dataclass(frozen=True, slots=True)
class User:
    """Something that uses what was asked for.

    ``path`` leads from there to it, both ends included; ``through`` are all of its own operands
    that depend on what was asked for.
    """

    item: Item
    path: tuple[str, ...]
    through: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether nothing stands between."""
        return len(self.path) == 2


@dataclass(frozen=True, slots=True)
class WhereUsed:
    """Who uses a name, nearest first.

    ``results``: the result columns among it and its users. ``mentioned``: who names it in a
    text only.
    """

    name: str
    users: tuple[User, ...]
    results: tuple[str, ...]
    mentioned: tuple[Item, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        return {
            "name": self.name,
            "users": [
                {
                    "kind": user.item.kind.value,
                    "name": user.item.name,
                    "code": user.item.code or None,
                    "direct": user.direct,
                    "path": list(user.path),
                    "through": list(user.through),
                    "off": user.item.off or None,
                }
                for user in self.users
            ],
            "results": list(self.results),
            "mentioned": [item.title for item in self.mentioned],
        }


def rulebook(target: Path | None, as_of: str | None) -> Rulebook:
    """The rules that ``target`` stands for (see :func:`open_rules`) as a document on a day."""
    return rulebook_of(open_rules(target), as_of)


def rulebook_of(opened: Opened, as_of: str | None) -> Rulebook:
    """Opened rules as a document; without ``as_of`` on the day that they suggest."""
    day, pack = opened.day(as_of), opened.rules.pack
    items = (*described(pack, day, opened.delivered()), *table_items(opened.rules.sources))
    in_order = tuple(item for kind in ItemKind for item in items if item.kind is kind)
    outputs = pack.program.declarations.outputs
    results = {
        Ref(scalar.value)
        for level in (Level.PERSON, Level.HOUSEHOLD)
        if level in outputs
        for scalar in (*outputs[level].columns, outputs[level].counted, outputs[level].tags)
        if scalar is not None
    }
    return Rulebook(
        county=opened.county,
        pack=opened.pack.name,
        digest=opened.digest,
        as_of=day.isoformat(),
        categories=pack.roster.categories,
        items=in_order,
        overrides=(*opened.rules.overrides(day), *_local_values(in_order)),
        unset=tuple(item.name for item in pack.parameters_on(day) if not item.values),
        delivery=opened.run,
        results=tuple(sorted(results)),
    )


def _local_values(items: tuple[Item, ...]) -> tuple[Override, ...]:
    """The local values that stand on the day of the document."""
    return tuple(
        Override(
            item.layer,
            item.kind.value,
            item.name,
            keys.SHOW_LIST.join(f"{value.key} {value.text}".strip() for value in _current(item)),
            keys.SHOW_LIST.join(
                dict.fromkeys(value.reference for value in _current(item) if value.reference)
            ),
        )
        for item in items
        if item.layer == keys.ORIGIN_LOCAL and _current(item)
    )


def _current(item: Item) -> list[ValueCard]:
    return [value for value in item.values if value.current]


def find_items(book: Rulebook, name: str) -> tuple[Item, ...]:
    """Everything called ``name`` (a name, a code, or ``table.column``); UsageError with a near miss."""
    found = book.named(name) or book.named(name.upper())
    table, dot, column = name.partition(".")
    if not found and dot:
        tables = [item for item in book.of(ItemKind.TABLE) if item.name == table]
        for item in tables:
            cells = tuple(cell for cell in item.cells if cell.name == column)
            if cells:
                return (replace(item, name=name, code="", lines=item.lines[:2], cells=cells, uses=()),)
        for item in tables:
            _unknown(name, [f"{table}.{cell.name}" for cell in item.cells])
    return found or _unknown(name, book.names())


def _unknown(name: str, known: list[str] | tuple[str, ...]) -> tuple[Item, ...]:
    guess = near_miss(name, known) or next((word for word in known if name in word), None)
    if guess is None:
        raise UsageError("W141", name=name)
    raise UsageError("W142", name=name, suggestion=guess)


def where_used(book: Rulebook, name: str) -> WhereUsed:
    """Everything that decides by ``name``, directly or through others, nearest first."""
    found = find_items(book, name)
    kinds = {item.kind for item in found}
    start = [Ref(name, table=ItemKind.TABLE in kinds)]
    if len(kinds) > 1 and ItemKind.TABLE in kinds:
        start.append(Ref(name))
    paths: dict[Ref, tuple[str, ...]] = {ref: (ref.name,) for ref in start}
    users: list[User] = []
    seen: set[tuple[ItemKind, str, str]] = set()
    todo = list(start)
    while todo:
        ref = todo.pop(0)
        for item in book.items:
            mark = (item.kind, item.name, item.code)
            if item.kind is ItemKind.TABLE or mark in seen or ref not in item.uses:
                continue
            seen.add(mark)
            users.append(User(item, (*paths[ref], item.title)))
            own = Ref(item.name)
            if item.kind not in (ItemKind.CHECK, ItemKind.ROSTER) and own not in paths:
                paths[own] = users[-1].path
                todo.append(own)
    reached = {Ref(user.item.name) for user in users} | set(start)
    results = tuple(ref.name for ref in book.results if ref in reached)
    users = [
        User(user.item, user.path, tuple(ref.name for ref in user.item.uses if ref in paths))
        for user in users
    ]
    mentioned = tuple(item for item in book.items if set(start) & set(item.mentions))
    return WhereUsed(name, tuple(users), results, mentioned)


def direct_users(book: Rulebook, item: Item) -> tuple[str, ...]:
    """Who uses an item without anything between, by title."""
    ref = Ref(item.name, table=item.kind is ItemKind.TABLE)
    if item.kind in (ItemKind.CHECK, ItemKind.ROSTER):
        return ()
    return tuple(
        other.title for other in book.items if other.kind is not ItemKind.TABLE and ref in other.uses
    )


def book_json(book: Rulebook) -> dict[str, Any]:
    """The whole document for programs."""
    return {
        "county": book.county or None,
        "pack": book.pack,
        "rules_sha256": book.digest,
        "as_of": book.as_of,
        "categories": list(book.categories),
        "unset": list(book.unset),
        "delivery": book.delivery or None,
        "overrides": [item.to_dict() for item in book.overrides],
        "items": [item_json(item) for item in book.items],
    }


def items_json(book: Rulebook, items: Sequence[Item]) -> dict[str, Any]:
    """Some items for programs."""
    shown = [{**item_json(item), "used_by": list(direct_users(book, item))} for item in items]
    return {"as_of": book.as_of, "rules_sha256": book.digest, "items": shown}


def write_page(book: Rulebook, file: Path) -> Path:
    """The document as one page in ``file``."""
    try:
        file.write_text(rules_page(book), encoding="utf-8", newline="\n")
        file.chmod(0o600)
    except OSError as error:
        raise UsageError("W143", file=file, reason=error.strerror or type(error).__name__) from error
    return file
