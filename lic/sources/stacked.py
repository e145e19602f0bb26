"""Headings of two or three rows: group titles above, names below, joined per column.

Group titles are spread over the columns they stand above: over the merged cells where the file
says so, else to the right over empty cells. Which joint is meant is decided by what the sources
know; nothing is guessed from the look of a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lic.sources import keys
from lic.sources.grid import Box
from lic.sources.headings import clean_heading
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.text import clean

DEEPEST = 3


def levels_of(
    rows: Sequence[Sequence[Cell]], last: int, depth: int, merged: Sequence[Box]
) -> list[tuple[str, ...]] | None:
    """The texts above each column, topmost first; None when these rows cannot be headings."""
    first = last - depth + 1
    if first < 0:
        return None
    if any(not isinstance(cell, str) for cell in rows[last] if cell not in ("", None)):
        return None
    lines = [[clean(cell_text(cell)) for cell in rows[index]] for index in range(first, last + 1)]
    width = max(map(len, lines))
    lines = [[*line, *[""] * (width - len(line))] for line in lines]
    for offset in range(depth - 1):
        _spread(lines[offset], lines[offset + 1], first + offset, merged)
    return [tuple(dict.fromkeys(line[column] for line in lines if line[column])) for column in range(width)]


def _spread(line: list[str], below: Sequence[str], row: int, merged: Sequence[Box]) -> None:
    here = [box for box in merged if box.top == row and box.right > box.left]
    for box in here:
        if box.left < len(line):
            for column in range(box.left + 1, min(box.right + 1, len(line))):
                line[column] = line[column] or line[box.left]
    if here:
        return
    for column in range(1, len(line)):
        named = column < len(below) and below[column]
        if not line[column] and named and line[column - 1] and below[column - 1]:
            line[column] = line[column - 1]


def joint(levels: Sequence[str], knows: Callable[[str], bool]) -> str:
    """The cleaned heading of one column: the first way of joining its levels that is known."""
    ways = [clean_heading(text) for text in _ways(levels)]
    return next((text for text in ways if knows(text)), ways[0] if ways else "")


def _ways(levels: Sequence[str]) -> list[str]:
    if len(levels) < 2:
        return list(levels)
    upper, leaf = levels[-2], levels[-1]
    if leaf.strip("()\uff08\uff09") in keys.UNIT_ROW:
        return [f"{upper}({leaf})", upper]
    ways = ["/".join(levels), "".join(levels)]
    if len(levels) > 2:
        ways += [f"{upper}/{leaf}", upper + leaf]
    # "income / wages" is often called "wages income" where it stands alone
    return [*ways, leaf + upper, leaf]
