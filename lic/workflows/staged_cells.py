"""Rows of a sheet as a department would know them, made again from what was staged.

For rows that nothing was wrong with when their sheet was read, so that no raw cells were kept:
a row is a repetition only when another file has it too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.model.staging import StagedSheet
from lic.model.table import ColumnType, TableSchema
from lic.reports import labels

_MARK = "_"  # of columns that are lic's own


def headings_of(sheet: StagedSheet, schema: TableSchema) -> tuple[str, ...]:
    """What the sheet calls the columns that lic knows, in the order of the source."""
    return tuple(sheet.headings.get(name, name) for name in schema.columns if name in sheet.present)


def staged_cells(
    sheet: StagedSheet, schema: TableSchema, headings: Sequence[str], rows: Collection[int]
) -> Mapping[int, tuple[str, ...]]:
    """The cells of ``rows`` under ``headings``; empty where lic does not use the column."""
    names = {sheet.headings.get(name, name): name for name in schema.columns if name in sheet.present}
    wanted = [names[heading] for heading in headings if heading in names]
    table = pq.read_table(sheet.parquet, columns=["_row", *wanted])
    table = table.filter(pc.field("_row").isin(sorted(rows)))
    return {
        line["_row"]: tuple(
            _shown(line[names[heading]], schema.columns[names[heading]].type) if heading in names else ""
            for heading in headings
        )
        for line in table.to_pylist()
    }


def _shown(value: object, kind: ColumnType) -> str:
    match value:
        case None:
            return ""
        case bool():
            return labels.YES if value else labels.NO
        case int() if kind is ColumnType.MONEY:
            return f"{Decimal(value) / 100:.2f}"
        case list():
            return labels.LIST_SEPARATOR.join(map(str, value))
        case date() if kind in (ColumnType.MONTH, ColumnType.SCHOOL_YEAR):
            return f"{value:%Y-%m}"
        case _:
            return str(value)
