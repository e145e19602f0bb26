"""Charts of the leader's page as inline SVG: drawn from figures, told in words beside them.

Every chart has a title and a description, writes its numbers out, and never says anything by
colour alone. A hidden figure has no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 400
_ROW = 40
_BAR = 14
_TILE = (96, 62)
_GAP = 4
_COLUMNS = 4
_SHADES = 5
_STRIPES = (
    '<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<rect width="3" height="6" class="s{index}"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, the text of its number, its length (None: not shown)."""

    label: str
    text: str
    value: int | None


def bar_chart(name: str, title: str, bars: Sequence[Bar]) -> str:
    """Horizontal bars, label above, number at the end; falls below zero are striped."""
    largest = max((abs(bar.value) for bar in bars if bar.value is not None), default=0) or 1
    room = WIDTH - 96
    parts = []
    for index, bar in enumerate(bars):
        top = index * _ROW
        parts.append(f'<text x="0" y="{top + 14}" class="l">{escape(_cut(bar.label, 30))}</text>')
        length = 0 if bar.value is None else round(abs(bar.value) * room / largest)
        if bar.value:
            length = max(length, 2)
            look = "b" if bar.value > 0 else "d"
            parts.append(
                f'<rect x="0" y="{top + 20}" width="{length}" height="{_BAR}" class="{look}"'
                + (f' fill="url(#{name}-p)"' if bar.value < 0 else "")
                + "/>"
            )
        parts.append(f'<text x="{length + 6}" y="{top + 32}" class="v">{escape(bar.text)}</text>')
    described = "\uff1b".join(f"{bar.label} {bar.text}" for bar in bars)
    stripes = ""
    if any(bar.value is not None and bar.value < 0 for bar in bars):
        stripes = "<defs>" + _STRIPES.format(name=f"{name}-p", index=1) + "</defs>"
    return _svg(name, title, described, WIDTH, len(bars) * _ROW, stripes + "".join(parts))


def share_bar(name: str, title: str, bars: Sequence[Bar]) -> str:
    """One bar cut into shares; each part has its own pattern and its number in the legend."""
    whole = sum(bar.value or 0 for bar in bars) or 1
    parts, at = [], 0.0
    defs = "".join(_STRIPES.format(name=f"{name}-{index}", index=index) for index in range(1, len(bars)))
    for index, bar in enumerate(bars):
        width = WIDTH * (bar.value or 0) / whole
        fill = ' class="b"' if index == 0 else f' class="o{index}" fill="url(#{name}-{index})"'
        if width:
            parts.append(f'<rect x="{at:.1f}" y="0" width="{width:.1f}" height="26"{fill}/>')
        at += width
        key = 34 + index * 22
        parts.append(f'<rect x="0" y="{key}" width="14" height="14"{fill}/>')
        parts.append(
            f'<text x="22" y="{key + 12}" class="l">{escape(bar.label)}</text>'
            f'<text x="{WIDTH}" y="{key + 12}" class="v e">{escape(bar.text)}</text>'
        )
    described = "\uff1b".join(f"{bar.label} {bar.text}" for bar in bars)
    height = 34 + len(bars) * 22
    return _svg(name, title, described, WIDTH, height, f"<defs>{defs}</defs>{''.join(parts)}")


def tile_map(name: str, title: str, tiles: Sequence[Bar]) -> str:
    """A square for each town in the county's order; the shade follows the number written in it."""
    known = [tile.value for tile in tiles if tile.value]
    least, largest = min(known, default=0), max(known, default=0)
    parts = []
    for index, tile in enumerate(tiles):
        row, column = divmod(index, _COLUMNS)
        x, y = column * (_TILE[0] + _GAP), row * (_TILE[1] + _GAP)
        shade = 0
        if tile.value:
            shade = 1 + (tile.value - least) * (_SHADES - 1) // max(largest - least, 1)
        first, second = _two_lines(tile.label)
        middle = x + _TILE[0] / 2
        lines = f'<text x="{middle}" y="{y + 22}" class="l m">{escape(first)}</text>'
        if second:
            lines += f'<text x="{middle}" y="{y + 36}" class="l m">{escape(second)}</text>'
        parts.append(
            f'<g class="t{shade}"><title>{escape(tile.label)} {escape(tile.text)}</title>'
            f'<rect x="{x}" y="{y}" width="{_TILE[0]}" height="{_TILE[1]}" rx="3"/>{lines}'
            f'<text x="{middle}" y="{y + 54}" class="v m">{escape(tile.text)}</text></g>'
        )
    described = "\uff1b".join(f"{tile.label} {tile.text}" for tile in tiles)
    rows = -(-len(tiles) // _COLUMNS)
    return _svg(name, title, described, WIDTH, max(rows * (_TILE[1] + _GAP) - _GAP, 1), "".join(parts))


def _svg(name: str, title: str, described: str, width: int, height: int, body: str) -> str:
    return (
        f'<svg role="img" aria-labelledby="{name}-t {name}-d" viewBox="0 0 {width} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(described)}</desc>{body}</svg>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "\u2026"


def _two_lines(text: str) -> tuple[str, str]:
    """Seven characters fit into a tile."""
    return (text, "") if len(text) <= 7 else (text[:7], _cut(text[7:], 7))
