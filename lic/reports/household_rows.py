"""Rows of Arrow tables by household: picked by position, grouped, or found again.

Knows that linked tables are sorted by household and results by household number. Refuses to know
what the rows are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.model.finding import Direction
from lic.model.staging import Delivery
from lic.reports.economy_text import Row

Positions = npt.NDArray[np.int64]


def grouped(table: pa.Table, positions: Positions, names: Sequence[str]) -> list[list[Row]]:
    """For each household the rows of a table that is sorted by household."""
    hids = table.column("hid").to_numpy()
    first, last = np.searchsorted(hids, positions, "left"), np.searchsorted(hids, positions, "right")
    taken = [np.arange(a, b, dtype=np.int64) for a, b in zip(first, last, strict=True)]
    rows = picked(table, np.concatenate(taken), names)
    ends = np.cumsum(last - first)
    return [rows[end - size : end] for end, size in zip(ends, last - first, strict=True)]


def picked(table: pa.Table, positions: Positions, names: Sequence[str]) -> list[Row]:
    """Rows with the columns that the table has; the others are None."""
    have = [name for name in dict.fromkeys(names) if name in table.column_names]
    lacking = dict.fromkeys(name for name in names if name not in have)
    taken = table.select(have).take(pa.array(positions, pa.int64()))
    return [row | lacking for row in taken.to_pylist()]


def first_rows(hids: pa.ChunkedArray, positions: Positions) -> list[int]:
    """The number of each household's first person."""
    return [int(item) for item in np.searchsorted(hids.to_numpy(), positions, "left")]


def spans(numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where each household's rows start and how many they are; equal numbers stand together."""
    found: dict[str, tuple[int, int]] = {}
    for position, number in enumerate(numbers):
        start, length = found.get(number, (position, 0))
        found[number] = (start, length + 1)
    return found


def discrepancies_of(findings: pa.Table) -> dict[str, list[int]]:
    """The positions of each household's discrepancies; problems of the data are another paper."""
    found: dict[str, list[int]] = {}
    columns = [findings.column(name).to_pylist() for name in ("household_no", "direction")]
    for position, (number, direction) in enumerate(zip(*columns, strict=True)):
        if number is not None and direction != Direction.DATA:
            found.setdefault(number, []).append(position)
    return found


def table_dates(inputs: pa.Table) -> dict[str, str]:
    """The newest data date of each delivered table."""
    dates: dict[str, date] = {}
    columns = [inputs.column(name).to_pylist() for name in ("table", "result", "data_date")]
    for table, result, day in zip(*columns, strict=True):
        if result == Delivery.DELIVERED and day is not None:
            dates[table] = max(day, dates.get(table, day))
    return {table: day.isoformat() for table, day in dates.items()}
