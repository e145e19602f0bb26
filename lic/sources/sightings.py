"""Where a number stands in the sheets that were staged: for a person who is on no list.

Knows the staging cache. Refuses to say what such a row means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.sources.cache import META


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row of a staged sheet; the sheet is known by its table, name and row accounts."""

    table: str
    sheet: str
    rows_read: int
    accepted: int
    row: int


def sightings(cache: Path, number: str) -> Iterator[Sighting]:
    """The staged rows that bear an ID number; nothing when there is no cache."""
    for meta in sorted(cache.glob(f"*/*/{META}")):
        try:
            content = json.loads(meta.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        for item in content["staged"]:
            path = meta.parent / item["parquet"]
            for row in _rows(path, number) if path.is_file() else ():
                yield Sighting(item["source"], item["sheet"], item["rows_read"], item["accepted"], row)


def _rows(path: Path, number: str) -> list[int]:
    schema = pq.read_schema(path)
    names = [field.name for field in schema if pa.types.is_string(field.type) and field.name[0] != "_"]
    if not names or "_row" not in schema.names:
        return []
    table = pq.read_table(path, columns=[*names, "_row"])
    hits = [pc.fill_null(pc.equal(table.column(name), number), False) for name in names]
    found = hits[0]
    for hit in hits[1:]:
        found = pc.or_(found, hit)
    return [int(row) for row in table.column("_row").filter(found).to_pylist()]
