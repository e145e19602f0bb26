"""Whether the headings of one source could be taken for another's: a static proof.

Source A can be confused with B when some set of A's own headings fits the fingerprints of
both. The largest such set is all of A's headings but those that either forbids, so one check
of that set decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lic.sources.headings import HeadingMap
from lic.sources.spec import SourceSpec


def confusable(sources: Sequence[SourceSpec]) -> Iterator[tuple[SourceSpec, SourceSpec]]:
    """Pairs of sources that one sheet could fit."""
    maps = [HeadingMap(source) for source in sources]
    for mine in maps:
        for other in maps:
            if mine is other or not _could_fit(mine.universe, other):
                continue
            allowed = frozenset(
                heading
                for heading in mine.universe
                if not mine.forbids(heading) and not other.forbids(heading)
            )
            if _could_fit(allowed, mine) and _could_fit(allowed, other):
                yield mine.source, other.source


def _could_fit(headings: frozenset[str], other: HeadingMap) -> bool:
    return all(headings.intersection(group) for group in other.groups)
