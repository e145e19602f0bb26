"""What is said about the cells of one column: refused values, repairs by name, blanks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from lic.model.table import ColumnType
from lic.sources.column import CleanColumn
from lic.sources.report import SEPARATOR, Report
from lic.sources.shape import Place
from lic.values import Cell
from lic.values.read import cell_text
from lic.values.repairs import repairs_of

_QUIET = frozenset({ColumnType.ID, ColumnType.NAME, ColumnType.CODE})  # never shown in a message
_REPAIRED = "S209"
_KEPT_AS_IT_IS = "S245"  # the value is not changed: no raw text needed
_FEWEST_ROWS = 3


@dataclass(slots=True)
class Teller:
    """``index`` is the column as people see it, ``numbers`` the rows' numbers."""

    report: Report
    place: Place
    index: int
    numbers: Sequence[int]

    def tell(self, clean: CleanColumn, cells: Sequence[Cell], raw: list[dict[str, str] | None]) -> None:
        """Findings about a column's cells; their raw text goes to ``raw``."""
        column = self.place.column
        grouped: dict[tuple[str, str], list[int]] = {}
        for row, code in clean.notes:
            for how in self._names(code, cells[row]):
                grouped.setdefault((code, how), []).append(row)
            if code != _KEPT_AS_IT_IS:
                raw[row] = (raw[row] or {}) | {column.name: cell_text(cells[row])}
        for (code, how), rows in sorted(grouped.items()):
            said = {"how": how} if how else {"known": SEPARATOR.join(column.words)} if code == "S231" else {}
            example = None if column.type in _QUIET else _shown(cells, rows)
            self._cells(code, rows, example, **said)

    def numbers_usable(self, clean: CleanColumn, *, old: bool, told: Collection[int] = ()) -> bool:
        """Says which rows have no ID; False when the whole column of an old workbook has none.

        Rows that were ``told`` of already are left out. A known fault of readers puts foreign
        numbers into the first columns of some old files.
        """
        missing = np.array(pc.is_null(clean.values))
        if old and len(missing) >= _FEWEST_ROWS and missing.all():
            self.report.add("S151", heading=self.place.heading)
            return False
        missing[[row for row, _ in clean.notes]] = False
        self._cells(
            "S246", [row for row in np.flatnonzero(missing).tolist() if self.numbers[row] not in told], None
        )
        return True

    def _names(self, code: str, cell: Cell) -> tuple[str, ...]:
        if code != _REPAIRED:
            return ("",)
        kind = self.place.column.type
        return repairs_of(cell_text(cell), amount=kind is ColumnType.MONEY, upper=kind is ColumnType.ID)

    def _cells(self, code: str, rows: Sequence[int], example: str | None, **said: object) -> None:
        if rows:
            self.report.cells(
                code,
                [self.numbers[row] for row in rows],
                heading=self.place.heading,
                index=self.index,
                example=example,
                **said,
            )


def _shown(cells: Sequence[Cell], rows: Sequence[int]) -> str:
    texts = dict.fromkeys(cell_text(cells[row]) for row in rows)
    return SEPARATOR.join(text[:20] for text in list(texts)[:3])
