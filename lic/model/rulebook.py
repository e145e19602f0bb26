"""A rule pack as a document: every named thing with what it says, in words, as plain values.

The common ground of the printed pack, of the comparison of two packs and of the question who
uses what. Knows no expression and no file format; texts are ready to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lic.model.layer import Override


class ItemKind(StrEnum):
    """The kinds of named things in a pack, in the order in which a document shows them."""

    ROSTER = "户册"
    DECISION = "认定"
    CONDITION = "条件"
    DERIVED = "推算"
    LIST = "列表"
    FIELD = "字段"
    PARAMETER = "参数"
    CHECK = "核对"
    TABLE = "表"
    READING = "读表用语"


class Weight(StrEnum):
    """What a change of a line means."""

    RULE = "规则"
    REFERENCE = "依据"
    WORDING = "文字"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One thing that is used: a fact or parameter (``name``), a table, or a table's column."""

    name: str
    table: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled statement.

    ``exact``: what is compared instead of ``text``, where given. ``words``: the statement is
    this list, in no order.
    """

    label: str
    text: str
    weight: Weight = Weight.RULE
    exact: str = ""
    words: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """What two packs are compared by."""
        return self.exact or self.text


@dataclass(frozen=True, slots=True)
class RowCard:
    """One row of a decision: ``cells`` by column, or one ``condition``. ``part``: which block of rows."""

    part: str
    number: int
    category: str
    basis: str
    cells: tuple[str, ...]
    condition: str
    reason: str
    exact: str

    @property
    def identity(self) -> str:
        """What makes it the same row in another pack, wherever it stands."""
        return repr((self.part, self.category, self.basis, self.exact))


@dataclass(frozen=True, slots=True)
class ValueCard:
    """One value of a parameter: from when, for which key, on what grounds; ``current``: on the as-of date.

    ``layer``: which higher layer states it; empty: the pack or the county.
    """

    since: str
    key: str
    text: str
    reference: str
    current: bool
    layer: str = ""


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """One column of a table: how departments call it and how its cells are read."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One named thing of the pack.

    ``place`` is file and line; ``layer`` where it comes from when that is not the pack itself;
    ``off`` why a check is not carried out; ``written`` the formula as it stands in the file;
    ``mentions`` what only its texts name.
    """

    kind: ItemKind
    name: str
    place: str
    level: str = ""
    code: str = ""
    layer: str = ""
    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[RowCard, ...] = ()
    values: tuple[ValueCard, ...] = ()
    cells: tuple[ColumnCard, ...] = ()
    uses: tuple[Ref, ...] = ()
    mentions: tuple[Ref, ...] = ()
    off: str = ""
    written: str = ""

    def line(self, label: str) -> str:
        """The text under a label; empty when there is none."""
        return next((line.text for line in self.lines if line.label == label), "")

    @property
    def title(self) -> str:
        """Its name, for a check with its code."""
        return f"{self.code} {self.name}" if self.code else self.name


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The whole pack on one day. ``delivery``: whose deliveries decided which checks are off."""

    county: str
    pack: str
    digest: str
    as_of: str
    categories: tuple[str, ...]
    items: tuple[Item, ...]
    overrides: tuple[Override, ...] = ()
    unset: tuple[str, ...] = ()
    delivery: str = ""
    results: tuple[Ref, ...] = field(default_factory=tuple)

    def of(self, kind: ItemKind) -> Iterator[Item]:
        """The items of a kind, in the order of the pack."""
        return (item for item in self.items if item.kind is kind)

    def named(self, name: str) -> tuple[Item, ...]:
        """Everything called ``name``: by name or by code."""
        return tuple(item for item in self.items if name in (item.name, item.code))

    def names(self) -> tuple[str, ...]:
        """Every name and code, sorted."""
        return tuple(sorted({word for item in self.items for word in (item.name, item.code) if word}))


def item_json(item: Item) -> dict[str, Any]:
    """An item for programs."""
    return {
        "kind": item.kind.value,
        "name": item.name,
        "code": item.code or None,
        "level": item.level or None,
        "place": item.place,
        "layer": item.layer or None,
        "off": item.off or None,
        "written": item.written or None,
        "lines": {line.label: line.text for line in item.lines},
        "columns": list(item.columns),
        "rows": [
            {
                "part": row.part,
                "number": row.number,
                "category": row.category or None,
                "basis": row.basis or None,
                "cells": list(row.cells),
                "condition": row.condition or None,
                "reason": row.reason or None,
            }
            for row in item.rows
        ],
        "values": [
            {
                "since": value.since,
                "key": value.key or None,
                "value": value.text,
                "reference": value.reference or None,
                "current": value.current,
                "layer": value.layer or None,
            }
            for value in item.values
        ],
        "table_columns": [
            {
                "name": cell.name,
                "headings": list(cell.headings),
                "lines": {line.label: line.text for line in cell.lines},
            }
            for cell in item.cells
        ],
        "uses": [ref.name for ref in item.uses],
        "mentions": [ref.name for ref in item.mentions],
    }
