"""From a row to the values of its cells.

Knows how a column's declaration becomes a function. Refuses to know workbooks. A cell is a
text, a number, a day or nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import TypeAlias

from lic.errors import InputError
from lic.samples.layout import Column
from lic.samples.rows import Row, token
from lic.samples.world import World

Cell: TypeAlias = str | int | float | date | None
Filler: TypeAlias = Callable[[Row], Cell]


def filler(column: Column, world: World) -> Filler:
    """The function that gives the cells of a column."""
    if column.digits is not None:
        return _digits(column, column.digits)
    if column.path is None:
        return lambda _row: column.fixed
    value = attrgetter(column.path)
    if column.listed is not None:
        name = column.listed
        return lambda row: _entry(world, name, value(row))
    if column.path.endswith("_fen"):
        return _money(column, value)
    flags = world.words["flag"]
    return lambda row: _cell(column, flags, value(row))


def _entry(world: World, name: str, index: int | None) -> Cell:
    return None if index is None else world.text(name, index)


def _money(column: Column, value: Callable[[Row], int | None]) -> Filler:
    pattern = column.pattern

    def cell(row: Row) -> Cell:
        fen = value(row)
        if fen is None:
            return None
        yuan = fen // 100 if fen % 100 == 0 else fen / 100
        return yuan if pattern is None else pattern.format(yuan)

    return cell


def _cell(column: Column, flags: Mapping[str, str], value: object) -> Cell:
    words = flags if column.words is None and isinstance(value, bool) else column.words
    if words is not None:
        return _worded(column, words, value)
    if value is None:
        return None
    if isinstance(value, date):
        if column.pattern is None:
            return value
        return column.pattern.format(y=value.year, m=value.month, d=value.day)
    if isinstance(value, str | int):
        return value if column.pattern is None else column.pattern.format(value)
    raise TypeError(column.heading)


def _worded(column: Column, words: Mapping[str, str], value: object) -> Cell:
    if isinstance(value, tuple):
        return ",".join(_word(column, words, one) for one in value)
    if value is None and "none" not in words:
        return None
    return _word(column, words, value)


def _word(column: Column, words: Mapping[str, str], value: object) -> str:
    key = token(value)
    if key not in words:
        raise InputError("R003", key=f"{column.heading}: {key}")
    return words[key]


def _digits(column: Column, length: int) -> Filler:
    """Digits that stay the same for a person and mean nothing."""

    def cell(row: Row) -> Cell:
        person = row.person if row.person is not None else row.head
        seed = zlib.crc32(f"{column.heading}{person.id_number}{row.household.index}".encode())
        rest = length - len(column.lead)
        return column.lead + f"{seed * 2654435761 % 10**rest:0{rest}d}"

    return cell
