"""Which part (分册) of a source a sheet or a row belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

import pyarrow as pa
import pyarrow.compute as pc

from lic.sources.spec import PartSpec, SourceSpec
from lic.values.text import squeeze


def part_of(source: SourceSpec, *names: str) -> PartSpec | None:
    """The part that a file name, or else a sheet name, says."""
    for name in names:
        plain = squeeze(name)
        for part in source.parts:
            if any(fnmatchcase(plain, hint) for hint in part.hints):
                return part
    return None


def hinted_source(sources: tuple[SourceSpec, ...], file: str) -> SourceSpec | None:
    """The only source whose file hints fit a name, for messages about files that cannot be read."""
    fitting = hinted_sources(sources, file)
    return fitting[0] if len(fitting) == 1 else None


def hinted_sources(sources: tuple[SourceSpec, ...], file: str) -> list[SourceSpec]:
    """Every source whose file hints fit a name."""
    plain = squeeze(file)
    return [source for source in sources if any(fnmatchcase(plain, hint) for hint in source.file_hints)]


def part_by_words(source: SourceSpec, columns: Mapping[str, pa.Array], length: int) -> pa.Array:
    """The part of each row by the words of the columns that parts fill in; null where none fits."""
    result = pa.nulls(length, pa.string())
    for part in source.parts:
        if not all(name in columns for name, _ in part.fill):
            continue
        fits = pa.array([True] * length, pa.bool_())
        for name, word in part.fill:
            fits = pc.and_(fits, pc.fill_null(pc.equal(columns[name], word), fill_value=False))
        result = pc.if_else(pc.and_(fits, pc.is_null(result)), part.name, result)
    return result
