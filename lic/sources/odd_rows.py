"""Rows and columns that are not what they seem: merged, hidden, far away, or of another width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lic.sources.grid import Grid
from lic.sources.header import Header
from lic.sources.layout import Layout
from lic.sources.report import SEPARATOR, Report, letters
from lic.sources.shape import Shape
from lic.sources.spec import Hidden
from lic.values import Cell

_SHOWN = 3
_FAR_ROWS = 1000


def fill_merged(grid: Grid, header: Header, shape: Shape, report: Report) -> None:
    """Gives every row under a merged cell the value that people see beside it."""
    used = {place.index for place in shape.places.values()}
    filled: set[int] = set()
    for box in grid.merged:
        if box.top <= header.row or box.left not in used or box.top >= len(grid.rows):
            continue
        value = grid.rows[box.top][box.left]
        for index in range(box.top + 1, min(box.bottom + 1, len(grid.rows))):
            row = grid.rows[index]
            if (
                value not in ("", None)
                and row[box.left] in ("", None)
                and any(cell not in ("", None) for cell in row)
            ):
                row[box.left] = value
                filled.add(index)
    report.rows("S148", [grid.number(index) for index in sorted(filled)])


def refuse_hidden(grid: Grid, layout: Layout, shape: Shape, report: Report) -> bool:
    """Says what is hidden and does with it what the source declares; True: the sheet is refused."""
    columns = [place for place in shape.places.values() if place.index in grid.hidden_columns]
    if columns:
        report.add("S141", columns=SEPARATOR.join(place.heading for place in columns))
    hidden = set(grid.hidden_rows)
    rows = [index for index in layout.data if index in hidden] if hidden else []
    if not rows:
        return False
    numbers = [grid.number(index) for index in rows]
    match shape.source.hidden:
        case Hidden.READ:
            report.rows("S140", numbers)
        case Hidden.SKIPPED:
            report.rows("S305", numbers)
            layout.data = [index for index in layout.data if index not in hidden]
        case Hidden.REFUSED:
            report.rows("S306", numbers)
            return True
    return False


def stray_data(grid: Grid, layout: Layout, shape: Shape, report: Report) -> bool:
    """Data under an empty heading refuses the sheet; cells far from the table are only said."""
    width = shape.named_width
    rows = [grid.rows[index] for index in layout.data]
    beside = {
        column
        for column in shape.nameless
        if any(column < len(row) and row[column] not in ("", None) for row in rows)
    }
    apart = {column for column in beside if column >= width and _is_apart(width, beside, grid)}
    far = [
        (index, column)
        for column in sorted(apart)
        for index in layout.data
        if column < len(grid.rows[index]) and grid.rows[index][column] not in ("", None)
    ]
    far += [(index, _first_filled(grid.rows[index])) for index in layout.beside]
    far += [(index, _first_filled(grid.rows[index])) for index in _far_below(grid, layout.data)]
    if far:
        cells = [f"{letters(grid.column(column))}{grid.number(index)}" for index, column in far[:_SHOWN]]
        more = "\u2026" if len(far) > _SHOWN else ""
        report.add("S139", cells=SEPARATOR.join(cells) + more, count=len(far))
    under = sorted(beside - apart)
    if under:
        report.add("S125", position=grid.column(under[0]) + 1)
    return bool(under)


def _first_filled(row: Sequence[Cell]) -> int:
    return next(column for column, cell in enumerate(row) if cell not in ("", None))


def _is_apart(width: int, beside: set[int], grid: Grid) -> bool:
    """Whether an empty column stands between the table and what is beside it."""
    first = min(other for other in beside if other >= width)
    return grid.column(first) > grid.column(width - 1) + 1


def _far_below(grid: Grid, data: Sequence[int]) -> list[int]:
    """Rows with very many empty ones above them."""
    if not grid.addressed or not data or grid.number(data[-1]) - grid.number(data[0]) < _FAR_ROWS + len(data):
        return []
    return [index for before, index in pairwise(data) if grid.number(index) - grid.number(before) > _FAR_ROWS]


def even_rows(grid: Grid, layout: Layout, shape: Shape, report: Report) -> tuple[list[list[Cell]], list[int]]:
    """The data rows, all as wide as the heading; rows of another width are refused (text files)."""
    width = shape.width
    data = _paired(grid, layout.data, report)
    rows = [grid.rows[index] for index in data]
    numbers = grid.numbers_of(data)
    widths = set(map(len, rows))
    if widths == {width}:
        return rows, numbers
    if len(widths) == 1 and min(widths) > width and not _has_surplus(rows, width):
        return [row[:width] for row in rows], numbers
    good, kept, bad = [], [], []
    for row, index, number in zip(rows, data, numbers, strict=True):
        if len(row) == width or grid.addressed:
            whole = row[:width] if len(row) > width else row
            good.append(whole if len(whole) == width else [*whole, *[""] * (width - len(whole))])
            kept.append(number)
        else:
            bad.append(index)
    if bad:
        found = sorted({len(grid.rows[index]) for index in bad})
        report.rows(
            "S301",
            [grid.number(index) for index in bad],
            expected=width,
            found=SEPARATOR.join(map(str, found)),
        )
    return good, kept


def _has_surplus(rows: Sequence[Sequence[Cell]], width: int) -> bool:
    return any(len(row) > width and any(cell not in ("", None) for cell in row[width:]) for row in rows)


def _paired(grid: Grid, data: Sequence[int], report: Report) -> list[int]:
    """Rows of a text file but those with a quotation mark that is never closed."""
    broken = set(grid.broken)
    if not broken:
        return list(data)
    report.rows("S304", [grid.number(index) for index in data if grid.number(index) in broken])
    return [index for index in data if grid.number(index) not in broken]
