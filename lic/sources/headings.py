"""Headings: cleaning them, and what each means in one source.

Headings are compared after NFKC, without white space, marks of obligation and case. Units in
a heading are meaning: ``(元)`` is optional for an amount, ``(万元)`` multiplies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from lic.model.table import ColumnType
from lic.sources import keys
from lic.sources.spec import ColumnSpec, SourceSpec
from lic.values.text import squeeze

_KEPT = 1 << 14  # the same few hundred headings are asked about again and again


@lru_cache(maxsize=_KEPT)
def clean_heading(text: str) -> str:
    """A heading in the form in which headings are compared."""
    return squeeze(text).lstrip("*").removesuffix(keys.REQUIRED_MARK).upper()


@lru_cache(maxsize=_KEPT)
def money_stem(heading: str) -> tuple[str, int]:
    """A heading without its unit of money, and by what its amounts are multiplied."""
    for suffix in keys.TEN_THOUSAND_SUFFIXES:
        if heading.endswith(suffix):
            return heading.removesuffix(suffix), 10000
    for suffix in keys.MONEY_SUFFIXES:
        if heading.endswith(suffix):
            return heading.removesuffix(suffix), 1
    return heading, 1


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one heading means in a source: a column (and its factor), or knowingly nothing."""

    column: ColumnSpec | None
    factor: int = 1


class HeadingMap:
    """All headings of one source.

    ``groups`` are the headings behind each group of the fingerprint, ``universe`` all that the
    source knows as they are declared.
    """

    __slots__ = ("_columns", "_ignored", "_patterns", "groups", "source", "universe")

    def __init__(self, source: SourceSpec) -> None:
        self.source = source
        self._columns: Mapping[str, ColumnSpec] = {
            heading: column for column in source.columns for heading in column.headings
        }
        self._ignored = frozenset(text for text in source.ignored if "*" not in text)
        self._patterns = tuple(text for text in source.ignored if "*" in text)
        self.universe = frozenset(self._columns) | self._ignored
        named = {column.name: frozenset(column.headings) for column in source.columns}
        self.groups = tuple(
            frozenset[str]().union(*(named.get(text, frozenset((text,))) for text in group))
            for group in source.must
        )

    def find(self, heading: str) -> Meaning | None:
        """What a cleaned heading means, or None."""
        column = self._columns.get(heading)
        if column is not None:
            return Meaning(column)
        stem, factor = money_stem(heading)
        column = self._columns.get(stem) if stem != heading else None
        if column is not None and column.type is ColumnType.MONEY:
            return Meaning(column, factor)
        if heading in self._ignored or stem in self._ignored:
            return Meaning(None)
        if any(fnmatchcase(heading, pattern) for pattern in self._patterns):
            return Meaning(None)
        return None

    def known(self, headings: Collection[str]) -> int:
        """How many headings the source knows."""
        return sum(self.find(heading) is not None for heading in headings)

    def forbids(self, heading: str) -> bool:
        """Whether a sheet with this heading cannot be the source."""
        return heading in self.source.must_not

    def fits(self, headings: Collection[str]) -> bool:
        """Whether the fingerprint of the source fits a row of headings."""
        spelled = {*headings, *(money_stem(heading)[0] for heading in headings)}
        if any(self.forbids(heading) for heading in spelled):
            return False
        return all(spelled.intersection(group) for group in self.groups)
