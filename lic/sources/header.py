"""Finds the heading row of a sheet and the source it belongs to.

Among the first rows the one whose headings fit a fingerprint and are best known wins; between
two sources that fit equally the words found in their columns decide. No fit: the nearest
source is named, so that a renamed heading is said and not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lic.sources.headings import HeadingMap, clean_heading, money_stem
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.text import squeeze

_HEAD_ROWS = 20
_SAMPLE_ROWS = 50
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Header:
    """A heading row: its index, its cleaned headings by column, and whose it is.

    ``rivals``: other sources that fit as well. ``fits`` False: only the nearest source.
    """

    row: int
    headings: tuple[str, ...]
    source: HeadingMap
    fits: bool = True
    rivals: tuple[str, ...] = ()


class HeaderFinder:
    """Recognises the sheets of every declared source."""

    def __init__(self, maps: Sequence[HeadingMap]) -> None:
        self.maps = maps
        self.known = frozenset[str]().union(*(item.universe for item in maps))

    def find(self, rows: Sequence[Sequence[Cell]]) -> Header | None:
        """The heading row, or None when nothing here looks like one."""
        lines = [(index, headings_of(row)) for index, row in enumerate(rows[:_HEAD_ROWS])]
        scored = [
            (
                sum(text in self.known or money_stem(text)[0] in self.known for text in line if text),
                index,
                line,
            )
            for index, line in lines
        ]
        likely = sorted((item for item in scored if item[0] >= 2), key=lambda item: (-item[0], item[1]))
        for _, index, line in likely:
            fitting = [item for item in self.maps if item.fits(set(line) - {""})]
            if fitting:
                return self._choose(fitting, index, line, rows)
        return self._nearest(likely)

    def _choose(
        self, fitting: list[HeadingMap], index: int, line: tuple[str, ...], rows: Sequence[Sequence[Cell]]
    ) -> Header:
        sample = rows[index + 1 : index + 1 + _SAMPLE_ROWS]
        ranked = sorted(
            ((item.known(set(line)), _words_found(item, line, sample), item) for item in fitting),
            key=lambda entry: (-entry[0], -entry[1], entry[2].source.name),
        )
        best = ranked[0]
        rivals = tuple(entry[2].source.name for entry in ranked[1:] if entry[:2] == best[:2])
        return Header(index, line, best[2], rivals=rivals)

    def _nearest(self, likely: list[tuple[int, int, tuple[str, ...]]]) -> Header | None:
        for count, index, line in likely[:1]:
            texts = set(line) - {""}
            ranked = sorted(((item.known(texts), item) for item in self.maps), key=lambda entry: -entry[0])
            if count >= _NEAR and ranked[0][0] * 2 >= len(texts) and ranked[0][0] > ranked[1][0]:
                return Header(index, line, ranked[0][1], fits=False)
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
