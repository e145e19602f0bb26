"""Rows that are sums of the rows above: found by arithmetic, and checked where a word says so."""

from __future__ import annotations

from bisect import bisect
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
    candidates = [index for index in layout.loose if _is_keyless(rows[index], key)]
    if not amounts or not (layout.totals or 0 < len(candidates) <= _MOST_CANDIDATES):
        return
    asked = set(candidates if len(candidates) <= _MOST_CANDIDATES else ())
    totals = set(layout.totals)
    special = sorted(asked | totals)
    plain = [index for index in layout.data if index not in asked]
    sums = _Sums(rows, plain, amounts)
    whole, part = dict.fromkeys(amounts, 0), dict.fromkeys(amounts, 0)
    above = begin = 0
    for index in special:
        end = bisect(plain, index)
        for column in amounts:
            more = sums.between(column, begin, end)
            whole[column] += more
            part[column] += more
        above += end - begin
        begin = end
        values = _amounts(rows[index], amounts)
        if index in totals:
            yield from _disagreements(index, values, whole, part)
            part = dict.fromkeys(amounts, 0)
        elif above >= _FEWEST_ROWS and _is_sum(values, whole, part):
            totals.add(index)
            part = dict.fromkeys(amounts, 0)
        else:
            above += 1
            for column, value in values.items():
                whole[column] += value
                part[column] += value
    layout.data = [index for index in layout.data if index not in totals]
    layout.footers = sorted({*layout.footers, *totals})
    layout.totals = sorted(totals)


class _Sums:
    """Running sums of the amounts of many rows, each different cell read once."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], plain: Sequence[int], amounts: Mapping[int, int]
    ) -> None:
        self._running: dict[int, list[int]] = {}
        for column, factor in amounts.items():
            known: dict[Cell, int] = {}
            running = [0]
            for index in plain:
                row = rows[index]
                cell = row[column] if column < len(row) else ""
                value = 0 if isinstance(cell, bool) else known.get(cell)
                if value is None:
                    value = known[cell] = _amount(cell, factor) or 0
                running.append(running[-1] + value)
            self._running[column] = running

    def between(self, column: int, begin: int, end: int) -> int:
        """The sum of a column over some of the rows, by their places."""
        return self._running[column][end] - self._running[column][begin]


def _is_keyless(row: Sequence[Cell], key: int) -> bool:
    cell = row[key] if key < len(row) else ""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _amounts(row: Sequence[Cell], columns: Mapping[int, int]) -> dict[int, int]:
    """Exact hundredths of the cells that hold a plain amount."""
    found = {}
    for column, factor in columns.items():
        value = _amount(row[column] if column < len(row) else "", factor)
        if value is not None:
            found[column] = value
    return found


def _amount(cell: Cell, factor: int) -> int | None:
    if cell == "" or cell is None:
        return None
    if (
        type(cell) is float
        and factor == 1
        and abs(cell) < _PLAIN
        and (value := round(cell * 100)) / 100 == cell
    ):
        return value
    return read_money(cell, factor=factor).value


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
