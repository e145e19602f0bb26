"""Sheets that were delivered twice: equal content under two names, or mostly the same rows.

Knows staged sheets and compares them; refuses to choose between two that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.model.finding import Finding, Place, Scope
from lic.model.staging import RefusedSheet, StagedSheet
from lic.sources.report import severity
from lic.sources.spec import SourceSet, SourceSpec

_SHARED = 2  # one in so many rows of the smaller file
_FEWEST = 5  # rows: fewer may be shared by chance


class Doubles:
    """Sorts out what must not be used twice; ``findings`` and ``refused`` say what was left."""

    def __init__(self, sources: SourceSet) -> None:
        self.sources = {source.name: source for source in sources.sources}
        self.findings: list[Finding] = []
        self.refused: list[RefusedSheet] = []

    def sort_out(self, sheets: Sequence[StagedSheet]) -> list[StagedSheet]:
        """The sheets that may be used."""
        groups: dict[tuple[str, str | None], list[StagedSheet]] = {}
        kept = self._same_content(sheets)
        for sheet in kept:
            groups.setdefault((sheet.source, sheet.part), []).append(sheet)
        bad: dict[StagedSheet, StagedSheet] = {}
        for (name, _), group in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            for one, other in combinations(group, 2):
                if one.file != other.file and self._overlap(self.sources[name], one, other):
                    bad.setdefault(one, other)
                    bad.setdefault(other, one)
        for sheet, other in bad.items():
            self._refuse(sheet, "S137", other=PurePosixPath(other.file).name)
        return [sheet for sheet in kept if sheet not in bad]

    def _same_content(self, sheets: Sequence[StagedSheet]) -> list[StagedSheet]:
        """Of equal files (one of them in an archive) the first."""
        first: dict[str, str] = {}
        kept = []
        for sheet in sheets:
            file = first.setdefault(sheet.sha256, sheet.file)
            if file == sheet.file:
                kept.append(sheet)
            else:
                self._say(sheet, "S136", other=PurePosixPath(file).name)
        return kept

    def _overlap(self, source: SourceSpec, one: StagedSheet, other: StagedSheet) -> bool:
        """Whether half of the smaller sheet stands in the other too.

        Where a person has one row, the same numbers are the same rows; else all columns must agree.
        """
        if not source.several_files:
            return True
        number = source.number
        fewest = min(one.accepted, other.accepted)
        if number is None or fewest < _FEWEST:
            return False
        mine, theirs = (
            pq.read_table(sheet.parquet, columns=[number]).column(number) for sheet in (one, other)
        )
        if not _shares(mine, theirs, fewest):
            return False
        if not source.many_rows:
            return True
        names = [column.name for column in source.columns]
        rows = [
            set(map(str, pq.read_table(sheet.parquet, columns=names).to_pylist())) for sheet in (one, other)
        ]
        return len(rows[0] & rows[1]) * _SHARED >= min(map(len, rows))

    def _refuse(self, sheet: StagedSheet, code: str, **params: object) -> None:
        self._say(sheet, code, **params)
        self.refused.append(
            RefusedSheet(
                sheet.file,
                sheet.sheet,
                sheet.source,
                sheet.part,
                sheet.sha256,
                rows_read=sheet.rows_read,
                header_row=sheet.header_row,
                rejected=sheet.rows_read - sheet.blank - sheet.footer,
                blank=sheet.blank,
                footer=sheet.footer,
            )
        )

    def _say(self, sheet: StagedSheet, code: str, **params: object) -> None:
        place = Place(file=sheet.file, sheet=sheet.sheet or None, source=sheet.source)
        self.findings.append(Finding(code, severity(code), Scope.FILE, place, params))


def _shares(mine: pa.ChunkedArray, theirs: pa.ChunkedArray, fewest: int) -> bool:
    if not (pa.types.is_string(mine.type) and pa.types.is_string(theirs.type)):
        return False
    known = pc.drop_null(mine)
    found = pc.sum(pc.is_in(known, value_set=pc.drop_null(theirs))).as_py() or 0
    return int(found) * _SHARED >= fewest
