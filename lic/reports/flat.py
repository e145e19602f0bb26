"""A sheet as a plain table for other programs: CSV that survives Excel, and Parquet.

Titles, notes and signature lines stay out: one heading row, then the rows. In CSV
(UTF-8 with BOM, Windows line ends) what Excel would turn into a number or a date is text with a
Tab behind it, and what it would run as a formula has an apostrophe before it. Readers that trim
cells, lic's own among them, get the number back as it was. In Parquet values are untouched.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.reports.sheet_column import TEXT_KINDS
from lic.reports.table import Column, Kind, ReportTable, Values

_BATCH = 50_000
# What a spreadsheet may run when it opens the file.
_FORMULA = "^[\\s\\x00]*[=+\\-@\uff1d\uff0b\uff0d\uff20]"
# What a spreadsheet takes for a number, a date or a time: it would lose zeros or digits.
_NUMBER_LIKE = r"^[\s]*[0-9][0-9.,:/\-\sEe+%]*[xX]?[\s]*$"


def write_csv(table: ReportTable, path: Path) -> None:
    """Write one list; the same bytes every time."""
    columns, table_rows = _for_programs(table)
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\r\n")
        writer.writerow(headings(columns))
        for start in range(0, table_rows.num_rows, _BATCH):
            rows = table_rows.slice(start, _BATCH)
            cells = [_csv_cells(rows.column(index), column.kind) for index, column in enumerate(columns)]
            writer.writerows(zip(*cells, strict=True))


def write_parquet(table: ReportTable, path: Path) -> None:
    """Write one list with its types: identifiers as text, money as decimal, days as days."""
    columns, rows = _for_programs(table)
    rows = rows.rename_columns(headings(columns))
    pq.write_table(rows, path, compression="zstd", version="2.6", store_schema=False)


def _for_programs(table: ReportTable) -> tuple[list[Column], pa.Table]:
    """Columns and rows without what only joins others for paper."""
    kept = [index for index, column in enumerate(table.columns) if not column.paper]
    return [table.columns[index] for index in kept], table.rows.select(kept)


def headings(columns: Sequence[Column]) -> list[str]:
    """One line each, no two alike."""
    taken: set[str] = set()
    names = []
    for column in columns:
        base = " ".join(column.title.split())
        name, number = base, 2
        while name in taken:
            name, number = f"{base} {number}", number + 1
        taken.add(name)
        names.append(name)
    return names


def _csv_cells(values: Values, kind: Kind) -> list[str]:
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, "\u3001")
    text = pc.fill_null(pc.cast(values, pa.string()), "")
    if kind in TEXT_KINDS:
        numeric = pc.match_substring_regex(text, _NUMBER_LIKE)
        text = pc.if_else(numeric, pc.binary_join_element_wise(text, "\t", ""), text)
        formula = pc.match_substring_regex(text, _FORMULA)
        text = pc.if_else(formula, pc.binary_join_element_wise("'", text, ""), text)
    found: list[str] = text.to_pylist()
    return found
