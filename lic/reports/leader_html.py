"""Pieces of the leader's page: accessible tables, charts with captions, cards.

Knows HTML. Refuses to know what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lic.reports import labels_leader as said
from lic.reports.disclosure import Shown
from lic.reports.leader_figures import Figure


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading; ``number``: its cells are counts."""

    text: str
    number: bool = False


Cell = str | Figure
_SHORT = 6  # letters that stay on one line
_ONE_PIECE = 18  # rows of a table that a printed page does not break


def shown(figure: Figure) -> str:
    """A figure as plain text."""
    if figure.value is not None:
        return f"{figure.value:,}"
    if figure.state is Shown.SMALL:
        return said.SMALL_HOMES if figure.countable else said.SMALL
    return said.WITHHELD


def section(name: str, title: str, *parts: str) -> str:
    """A part of the page under its heading."""
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(title)}</h2>{"".join(parts)}</section>'


def paragraph(text: str, look: str = "") -> str:
    """A paragraph, or nothing for no text."""
    mark = f' class="{look}"' if look else ""
    return f"<p{mark}>{escape(text)}</p>" if text else ""


def figure(title: str, note: str, svg: str, look: str = "") -> str:
    """A chart with its caption."""
    small = f"<span>{escape(note)}</span>" if note else ""
    mark = f' class="{look}"' if look else ""
    return f"<figure{mark}><figcaption><strong>{escape(title)}</strong>{small}</figcaption>{svg}</figure>"


def pair(left: str, right: str) -> str:
    """Two things side by side where there is room."""
    return f'<div class="pair"><div>{left}</div><div>{right}</div></div>'


def card(label: str, number: str, unit: str, note: str, look: str = "") -> str:
    """A key figure."""
    mark = f' class="{look}"' if look else ""
    return (
        f'<li{mark}><span class="k">{escape(label)}</span>'
        f'<span class="n">{escape(number)}<small>{escape(unit)}</small></span>'
        f'<span class="s">{escape(note)}</span></li>'
    )


def table(
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    *,
    sums: frozenset[int] = frozenset(),
    framed: frozenset[tuple[int, int]] = frozenset(),
) -> str:
    """A table whose first column names the row; ``sums`` are rows of totals, ``framed`` single cells."""
    head = "".join(
        f'<th scope="col" class="{"n" if item.number else "w"}">{escape(item.text)}</th>' for item in heads
    )
    body = []
    for index, row in enumerate(rows):
        first, *others = row
        cells = "".join(
            _cell(cell, heads[place], framed=(index, place) in framed)
            for place, cell in enumerate(others, start=1)
        )
        mark = ' class="sum"' if index in sums else ""
        body.append(f'<tr{mark}><th scope="row" class="long">{escape(str(first))}</th>{cells}</tr>')
    label = escape(said.SCROLL.format(title=caption))
    keep = " short" if len(rows) <= _ONE_PIECE else ""
    return (
        f'<div class="wide{keep}" role="region" tabindex="0" aria-label="{label}"><table>'
        f'<caption class="sr">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(cell: Cell, head: Head, *, framed: bool) -> str:
    if isinstance(cell, str):
        look = "n" if head.number else "k" if len(cell) <= _SHORT else "long"
        return f'<td class="{look}">{escape(cell)}</td>'
    looks = ["n", *(["zero"] if cell.value == 0 else []), *(["same"] if framed else [])]
    text = escape(shown(cell))
    if cell.value is None:
        meaning = said.SMALL_SAID if cell.state is Shown.SMALL else said.WITHHELD_SAID
        text = f'<abbr title="{escape(meaning)}">{text}</abbr>'
    return f'<td class="{" ".join(looks)}">{text}</td>'
