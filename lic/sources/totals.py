"""Rows that are sums of the rows above: found by arithmetic, and checked where a word says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lic.sources.layout import Layout
from lic.values import Cell
from lic.values.money import read_money

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2
_MOST_CANDIDATES = 50
_PLAIN = 1e8


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A total that is not the sum of what stands above it; amounts in hundredths."""

    row: int
    column: int
    expected: int
    actual: int


def find_totals(
    rows: Sequence[Sequence[Cell]], layout: Layout, key: int, amounts: Mapping[int, int]
) -> Iterator[WrongTotal]:
    """Moves rows that are sums from data to footers, then yields totals that disagree.

    ``amounts``: the columns of numbers, each with the factor of its amounts. A row is a sum when
    it has no number in ``key`` and all its amounts, two or more, equal the sum of the rows above.
    """
    candidates = [index for index in layout.data if _is_keyless(rows[index], key)]
    if not amounts or not (layout.totals or 0 < len(candidates) <= _MOST_CANDIDATES):
        return
    asked = set(candidates if len(candidates) <= _MOST_CANDIDATES else ())
    whole, part = dict.fromkeys(amounts, 0), dict.fromkeys(amounts, 0)
    above = 0
    kept = []
    totals = set(layout.totals)
    for index in sorted((*layout.data, *layout.totals)):
        values = _amounts(rows[index], amounts)
        if index in totals:
            yield from _disagreements(index, values, whole, part)
            part = dict.fromkeys(amounts, 0)
        elif index in asked and above >= _FEWEST_ROWS and _is_sum(values, whole, part):
            totals.add(index)
            part = dict.fromkeys(amounts, 0)
        else:
            kept.append(index)
            above += 1
            for column, value in values.items():
                whole[column] += value
                part[column] += value
    layout.data = kept
    layout.footers = sorted({*layout.footers, *totals})
    layout.totals = sorted(totals)


def _is_keyless(row: Sequence[Cell], key: int) -> bool:
    cell = row[key] if key < len(row) else ""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _amounts(row: Sequence[Cell], columns: Mapping[int, int]) -> dict[int, int]:
    """Exact hundredths of the cells that hold a plain amount."""
    found = {}
    for column, factor in columns.items():
        cell = row[column] if column < len(row) else ""
        if cell == "" or cell is None:
            continue
        value = round(cell * 100) if type(cell) is float and abs(cell) < _PLAIN else None
        if value is None or factor != 1 or value / 100 != cell:
            value = read_money(cell, factor=factor).value
        if value is not None:
            found[column] = value
    return found


def _is_sum(values: Mapping[int, int], whole: Mapping[int, int], part: Mapping[int, int]) -> bool:
    filled = [column for column, value in values.items() if value]
    if len(filled) < _FEWEST_COLUMNS:
        return False
    return any(all(sums[column] == values[column] for column in values) for sums in (whole, part))


def _disagreements(
    row: int, values: Mapping[int, int], whole: Mapping[int, int], part: Mapping[int, int]
) -> Iterator[WrongTotal]:
    for column, value in sorted(values.items()):
        if value not in (whole[column], part[column]):
            yield WrongTotal(row, column, whole[column], value)
