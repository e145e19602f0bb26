"""Whose rows a problem is about: the first few, by name and number as the export has them.

Asked for only with ``--show-ids``; nothing here is kept or written.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeAlias

import pyarrow.parquet as pq

from lic.messages.run import IN_ROWS
from lic.model.finding import Finding
from lic.sources.headings import HeadingMap, clean_heading
from lic.sources.spec import SourceSet
from lic.workflows.inputs import Delivered

People: TypeAlias = Callable[[Finding], tuple[str, ...]]
_SHOWN = 5


def people_of(delivered: Delivered, sources: SourceSet) -> People:
    """A function that says whose the first rows of a problem are."""
    by_name = {source.name: source for source in sources.sources}
    faulty = {(item.file, item.sheet): item for item in delivered.folder.faulty}
    known: dict[tuple[str, str], dict[int, str]] = {}

    def rows_of(place: tuple[str, str]) -> dict[int, str]:
        about = faulty[place]
        source = by_name[about.source]
        headings = HeadingMap(source)
        wanted = []
        for index, text in enumerate(about.headings):
            meaning = headings.find(clean_heading(text))
            column = None if meaning is None else meaning.column
            if column is not None and column.name in (source.name_column, source.number):
                wanted.append(index)
        table = pq.read_table(about.parquet)
        return {
            row: " ".join(cells[index] for index in wanted if index < len(cells) and cells[index])
            for row, cells in zip(table["row"].to_pylist(), table["cells"].to_pylist(), strict=True)
        }

    def people(item: Finding) -> tuple[str, ...]:
        place = (item.place.file or "", item.place.sheet or "")
        if place not in faulty:
            return ()
        if place not in known:
            known[place] = rows_of(place)
        first = islice((row for row in item.rows() if row in known[place]), _SHOWN)
        return tuple(f"{IN_ROWS.format(rows=row)} {known[place][row]}" for row in first)

    return people
