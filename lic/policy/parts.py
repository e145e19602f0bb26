"""A batch of whole households cut out of what linkage hands over.

Knows row numbers and slices; refuses to know any column's meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.linked import Linked, LinkedTable

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table that concern this batch; ``hid`` and ``pid`` count within it."""

    table: LinkedTable
    rows: pa.Table
    hid: Index
    pid: Index
    doubt: npt.NDArray[np.int8]

    def of_parts(self, parts: tuple[str, ...]) -> TablePart:
        """Only the rows of these parts (分册), and those of which it is not known."""
        if "_part" not in self.rows.column_names:
            return self
        part = self.rows.column("_part").combine_chunks()
        wanted = pc.is_in(part, value_set=pa.array(parts, pa.string()))
        keep = pc.or_(wanted, part.is_null()).to_numpy(zero_copy_only=False)
        return TablePart(
            self.table, self.rows.filter(pa.array(keep)), self.hid[keep], self.pid[keep], self.doubt[keep]
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Whole households with their members and rows."""

    linked: Linked
    households: pa.Table
    persons: pa.Table
    hid: Index  # of each person, within the batch
    tables: Mapping[str, TablePart]

    def subset(self, keep: npt.NDArray[np.bool_]) -> Part:
        """Only the households in ``keep``."""
        number = np.cumsum(keep) - 1
        members = keep[self.hid]
        person_number = np.cumsum(members) - 1
        tables = {}
        for name, part in self.tables.items():
            rows = keep[part.hid]
            tables[name] = TablePart(
                part.table,
                part.rows.filter(pa.array(rows)),
                number[part.hid[rows]],
                person_number[part.pid[rows]],
                part.doubt[rows],
            )
        return Part(
            self.linked,
            self.households.filter(pa.array(keep)),
            self.persons.filter(pa.array(members)),
            number[self.hid[members]],
            tables,
        )


def numbers(table: pa.Table, column: str) -> Index:
    """An integer column without nulls as int64."""
    found: Index = table.column(column).cast(pa.int64()).to_numpy()
    return found


class Slices:
    """Cuts runs of households out of a linked month; the owners of rows are read once."""

    def __init__(self, linked: Linked) -> None:
        """Index everybody in ``linked``."""
        self.linked = linked
        self._hid = numbers(linked.persons, "hid")
        self._keyed = {
            name: (numbers(table.rows, "hid"), numbers(table.rows, "pid"))
            for name, table in linked.tables.items()
        }

    def first_person(self, household: int) -> int:
        """The number of the first person of ``household`` or of a later one."""
        return int(np.searchsorted(self._hid, household))

    def part(self, first: int, stop: int) -> Part:
        """The households from ``first`` up to ``stop`` with their members and rows."""
        linked = self.linked
        low, high = self.first_person(first), self.first_person(stop)
        tables = {}
        for name, table in linked.tables.items():
            row_hid, row_pid = self._keyed[name]
            start, end = (int(x) for x in np.searchsorted(row_hid, [first, stop]))
            rows = table.rows.slice(start, end - start)
            doubt = rows.column("doubt").cast(pa.int8()).to_numpy()
            tables[name] = TablePart(table, rows, row_hid[start:end] - first, row_pid[start:end] - low, doubt)
        households = linked.households.slice(first, stop - first)
        persons = linked.persons.slice(low, high - low)
        return Part(linked, households, persons, self._hid[low:high] - first, tables)


def batches(linked: Linked, size: int) -> Iterator[tuple[int, int, Part]]:
    """The whole roster, ``size`` households at a time, with the first household and person."""
    slices = Slices(linked)
    for first in range(0, max(1, linked.households.num_rows), size):
        stop = min(first + size, linked.households.num_rows)
        yield first, slices.first_person(first), slices.part(first, stop)
