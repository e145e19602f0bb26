"""Finds the heading row of a sheet and the source it belongs to.

Among the first rows the one whose headings fit a fingerprint and are best known wins; between
two sources that fit equally the words found in their columns decide. No fit: the nearest
source is named, so that a renamed heading is said and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lic.sources.grid import Box
from lic.sources.headings import HeadingMap, clean_heading, money_stem
from lic.sources.stacked import DEEPEST, joint, levels_of
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.text import clean, squeeze

_HEAD_ROWS = 20
_SAMPLE_ROWS = 50
LOOKED_AT = _HEAD_ROWS + _SAMPLE_ROWS  # rows of a sheet that decide whose it is
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Header:
    """A heading: its last row, its cleaned headings by column, and whose it is.

    ``top`` is the first of its rows. ``rivals``: other sources that fit as well. ``fits`` False:
    only the nearest source.
    """

    row: int
    headings: tuple[str, ...]
    source: HeadingMap
    top: int
    shown: tuple[str, ...]
    fits: bool = True
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, or several joined, that may be the heading."""

    score: int
    row: int
    top: int
    texts: tuple[str, ...]
    shown: tuple[str, ...]
    fuller: bool = False  # joined, no better known than one row alone, but fewer columns have no name

    @property
    def filled(self) -> int:
        """How many columns have a name."""
        return sum(text != "" for text in self.texts)


class HeaderFinder:
    """Recognises the sheets of every declared source."""

    def __init__(self, maps: Sequence[HeadingMap]) -> None:
        self.maps = maps
        self.known = frozenset[str]().union(*(item.universe for item in maps))

    def find(self, rows: Sequence[Sequence[Cell]], merged: Sequence[Box] = ()) -> Header | None:
        """The heading row, or None when nothing here looks like one."""
        single = [self._line(row, index) for index, row in enumerate(rows[:_HEAD_ROWS])]
        lines = [*single, *self._joined_lines(rows, single, merged)]
        likely = sorted(
            (line for line in lines if line.score >= 2),
            key=lambda line: (-line.score, not line.fuller, line.row - line.top, line.row),
        )
        for line in likely:
            fitting = [item for item in self.maps if item.fits(set(line.texts) - {""})]
            if fitting:
                return self._choose(fitting, line, rows)
        return self._nearest(likely)

    def _knows(self, text: str) -> bool:
        return text in self.known or money_stem(text)[0] in self.known

    def _line(self, row: Sequence[Cell], index: int) -> _Line:
        texts = headings_of(row)
        shown = tuple(clean(cell_text(cell)) for cell in row)
        return _Line(sum(text != "" and self._knows(text) for text in texts), index, index, texts, shown)

    def _joined_lines(
        self, rows: Sequence[Sequence[Cell]], single: Sequence[_Line], merged: Sequence[Box]
    ) -> Iterator[_Line]:
        """Rows joined that are better known than any row alone, or as well and with fewer gaps."""
        best = max((line.score for line in single), default=0)
        for depth in range(2, DEEPEST + 1):
            for last in range(depth - 1, len(single)):
                line = self._joined(rows, last, depth, merged)
                if line is None or line.score < max(best, 2):
                    continue
                if line.score > best:
                    yield line
                elif single[line.top].score and line.filled > single[last].filled:
                    yield replace(line, fuller=True)

    def _joined(
        self, rows: Sequence[Sequence[Cell]], last: int, depth: int, merged: Sequence[Box]
    ) -> _Line | None:
        levels = levels_of(rows, last, depth, merged)
        if levels is None:
            return None
        texts = tuple(joint(column, self._knows) for column in levels)
        score = sum(text != "" and self._knows(text) for text in texts)
        return _Line(score, last, last - depth + 1, texts, tuple("/".join(column) for column in levels))

    def _choose(self, fitting: list[HeadingMap], line: _Line, rows: Sequence[Sequence[Cell]]) -> Header:
        sample = rows[line.row + 1 : line.row + 1 + _SAMPLE_ROWS]
        known = set(line.texts) - {""}
        ranked = sorted(
            ((item.known(known), _words_found(item, line.texts, sample), item) for item in fitting),
            key=lambda entry: (-entry[0], -entry[1], entry[2].source.name),
        )
        best = ranked[0]
        rivals = tuple(entry[2].source.name for entry in ranked[1:] if entry[:2] == best[:2])
        return Header(line.row, line.texts, best[2], line.top, line.shown, rivals=rivals)

    def _nearest(self, likely: list[_Line]) -> Header | None:
        for line in likely[:1]:
            texts = set(line.texts) - {""}
            ranked = sorted(((item.known(texts), item) for item in self.maps), key=lambda entry: -entry[0])
            if line.score >= _NEAR and ranked[0][0] * 2 >= len(texts) and ranked[0][0] > ranked[1][0]:
                return Header(line.row, line.texts, ranked[0][1], line.top, line.shown, fits=False)
        return None


def headings_of(row: Sequence[Cell]) -> tuple[str, ...]:
    """A row as cleaned headings."""
    return tuple(clean_heading(cell_text(cell)) if cell not in ("", None) else "" for cell in row)


def _words_found(source: HeadingMap, line: tuple[str, ...], sample: Sequence[Sequence[Cell]]) -> float:
    """The share of words in the sample that the source's vocabularies know."""
    seen = found = 0
    for index, heading in enumerate(line):
        meaning = source.find(heading) if heading else None
        vocabulary = meaning.column.vocabulary if meaning is not None and meaning.column is not None else None
        if vocabulary is None:
            continue
        for row in sample:
            text = squeeze(cell_text(row[index])).upper() if index < len(row) else ""
            seen += text != ""
            found += text != "" and vocabulary.find(text) is not None
    return found / seen if seen else 0.0
