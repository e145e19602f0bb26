"""The rows of one source table in a batch: usable ones, doubtful ones, missing months.

Knows which rows may be summed and for whom something may be missing (POLICY §0, "A row that
cannot be used is an unknown part, not nothing"). Refuses to know what is summed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.linked import Doubt
from lic.policy import keys, logic, months
from lic.policy.columns import column_value, text_value, unknown_value
from lic.policy.segments import Segments
from lic.policy.terms import Level, View
from lic.policy.trace import union
from lic.policy.values import FALSE, NO_DATE, TRUE, UNKNOWN, Bits, Bools, Dates, Num, Small, Truth, Value

if TYPE_CHECKING:
    from lic.policy.batch import Batch

Concern = tuple[Bools, Bits | None]


class Rows:
    """One table's rows of a batch, as far as ``view`` looks."""

    def __init__(self, batch: Batch, table: str, view: View) -> None:
        """The rows of ``table`` in ``batch``."""
        self.batch = batch
        self.name = table
        self.own = view.own
        self.schema = batch.program.schemas[table]
        self.part = batch.part.tables.get(table)
        if self.part is not None and view.parts:
            self.part = self.part.of_parts(view.parts)
        self.delivered = self.part is not None and self.part.table.delivered
        self._columns: dict[str, Value] = {}

    @cached_property
    def _usable(self) -> Bools:
        if self.part is None:
            return np.zeros(0, np.bool_)
        usable: Bools = np.equal(self.part.doubt, int(Doubt.NONE))
        return np.logical_or(usable, self._own_rows()) if self.own else usable

    def _own_rows(self) -> Bools:
        """Rows that are the very row by which the person stands in the roster."""
        part = self.part
        if part is None or not len(part.pid) or not self.batch.is_roster_table(self.name).any():
            return np.zeros(0 if part is None else len(part.pid), np.bool_)
        persons = self.batch.part.persons
        index = pa.array(part.pid)
        same = self.batch.is_roster_table(self.name)[part.pid]
        for column in ("_file", "_sheet", "_row"):
            equal = pc.equal(part.rows.column(column), persons.column(column).take(index))
            same = same & equal.fill_null(False).to_numpy()  # pyarrow's own signature
        return same

    @cached_property
    def data(self) -> pa.Table:
        """The usable rows."""
        if self.part is None:
            return pa.table({})
        return self.part.rows if self._usable.all() else self.part.rows.filter(pa.array(self._usable))

    @cached_property
    def pid(self) -> npt.NDArray[np.int64]:
        """The person of each usable row."""
        return self.part.pid[self._usable] if self.part is not None else np.zeros(0, np.int64)

    @cached_property
    def hid(self) -> npt.NDArray[np.int64]:
        """The household of each usable row."""
        return self.part.hid[self._usable] if self.part is not None else np.zeros(0, np.int64)

    @cached_property
    def by_person(self) -> Segments:
        """Usable rows by person."""
        return Segments.of(self.pid, self.batch.size(Level.PERSON))

    @cached_property
    def by_household(self) -> Segments:
        """Usable rows by household."""
        return Segments.of(self.hid, self.batch.size(Level.HOUSEHOLD))

    def segments(self, level: Level) -> Segments:
        """Usable rows by owner."""
        return self.by_person if level is Level.PERSON else self.by_household

    def column(self, name: str) -> Value:
        """A column of the usable rows."""
        if name not in self._columns:
            self._columns[name] = self._read(name)
        return self._columns[name]

    def _read(self, name: str) -> Value:
        if name == keys.PART and name not in self.schema.columns:
            if "_part" in self.data.column_names:
                return text_value(self.data.column("_part"))
            return text_value(pa.nulls(len(self.pid), pa.string()))
        column = self.schema.columns[name]
        # Only tables of events hold rows that take earlier ones back (POLICY §0, 医保结算).
        reversals = column.negative_allowed and self.schema.month_column is not None
        if name not in self.data.column_names:
            value = unknown_value(column, len(self.pid), reversals=reversals)
        else:
            value = column_value(self.data.column(name), column, reversals=reversals)
        return self.batch.marked(value, value.unknown(), f"{self.name}.{name}")

    def has_column(self, name: str) -> Truth:
        """有列: whether the sheet of each row has the column."""
        present = [] if self.part is None else self.part.table.present
        known = np.array([name in columns for columns in present] or [False], np.bool_)
        if "sheet" not in self.data.column_names:
            return Truth(np.full(len(self.pid), TRUE, np.int8))
        return Truth(known[self.data.column("sheet").to_numpy()].astype(np.int8) * np.int8(TRUE))

    def left_blank(self, name: str) -> Truth:
        """留空: whether nothing is written in the cell."""
        return blank_cells(self.data, name)

    def newest_of_group(self, name: str, groups: tuple[str, ...]) -> Truth:
        """组内最新: whether the row's date is the newest of its person's rows of equal groups."""
        at = self._dates(name).at
        key = self.pid
        for group in groups:
            codes = group_codes(self.column(group))
            key = np.unique(key * (int(codes.max(initial=0)) + 2) + codes + 1, return_inverse=True)[
                1
            ].reshape(-1)
        newest = np.full(int(key.max(initial=-1)) + 1, NO_DATE, np.int32)
        np.maximum.at(newest, key, at)
        unknown = at == NO_DATE
        return logic.decided(at == newest[key], unknown, self._dates(name))

    def months_behind(self, name: str) -> Num:
        """距表新: months between the row's date and the newest of the whole table."""
        dates = self._dates(name)
        newest = (
            None if self.part is None or self.part.table.newest is None else self.part.table.newest.get(name)
        )
        unknown = dates.unknown() if newest is not None else np.ones(len(dates.at), np.bool_)
        lo = np.where(unknown, 0, (newest or 0) - months.month_of(dates.at)).astype(np.int64)
        hi = np.where(unknown, np.int64(12000), lo) if unknown.any() else None
        return Num(lo, hi, 1, 12000, dates.bits)

    def _dates(self, name: str) -> Dates:
        value = self.column(name)
        if not isinstance(value, Dates):
            raise TypeError(name)
        return value

    @cached_property
    def event_months(self) -> tuple[Small, Bools]:
        """Per household: the last of the table's twelve months, and whether one has no rows."""
        window = self.batch.window()
        have = np.array(sorted(self.part.table.months) if self.part is not None else [], np.int64)
        last = np.empty(len(window), np.int32)
        gap = np.zeros(len(window), np.bool_)
        for end in np.unique(window).tolist():
            inside = have[(have > end - months.WINDOW) & (have <= end)]
            newest = int(inside.max()) if len(inside) else 0
            stop = max(newest, end - self.schema.month_lag)
            covered = ((have > stop - months.WINDOW) & (have <= stop)).sum()
            last[window == end] = stop
            gap[window == end] = covered < months.WINDOW
        return last, gap

    def within_months(self, at: Small, hid: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
        """期内月 of dates of households: false, unknown (no date) or true."""
        last = self.event_months[0][hid]
        month = months.month_of(at)
        inside = (month <= last) & (month > last - months.WINDOW)
        return np.where(at == NO_DATE, np.int8(UNKNOWN), inside.astype(np.int8) * np.int8(TRUE))

    def _delivery_used(self) -> Bools:
        """Rows whose delivery is the used one for a month of their household's twelve."""
        part = self.part
        if part is None or not part.table.used_for:
            return np.ones(0 if part is None else len(part.hid), np.bool_)
        last = self.event_months[0]
        sheet = part.rows.column("sheet").to_numpy()
        used = np.zeros((len(part.table.used_for), len(last)), np.bool_)
        for number, months_used in enumerate(part.table.used_for):
            for month in months_used:
                used[number] |= (month <= last) & (month > last - months.WINDOW)
        mine: Bools = used[sheet, part.hid]
        return mine

    @cached_property
    def gap(self) -> Concern | None:
        """Households for which a month of a monthly table has no rows."""
        if self.schema.month_column is None or not self.delivered:
            return None
        mask = self.event_months[1]
        return (mask, self.batch.mark(mask, self.name)) if mask.any() else None

    @cached_property
    def doubtful(self) -> Concern:
        """Persons for whom rows of this table may be missing, and why."""
        mask, bits = self._without_number()
        part = self.part
        if part is None or not len(part.doubt):
            return mask, bits
        doubt = ~self._usable
        if doubt.any() and self.schema.month_column is not None:
            dates = part.rows.column(self.schema.month_column).cast(pa.int32()).fill_null(NO_DATE).to_numpy()
            doubt = doubt & (self.within_months(dates, part.hid) != FALSE)
            doubt = doubt & ((dates != NO_DATE) | self._delivery_used())
        for kind, column in self._doubt_columns():
            touched = np.zeros(len(mask), np.bool_)
            touched[part.pid[doubt & (part.doubt == kind)]] = True
            mask = mask | touched
            bits = union(bits, self.batch.mark(touched, f"{self.name}.{column}"))
        return mask, bits

    def _without_number(self) -> Concern:
        batch = self.batch
        mask = batch.without_number()
        if self.own:  # a roster table names its persons by their own rows
            return np.zeros(len(mask), np.bool_), None
        bits: Bits | None = None
        if mask.any() and batch.trace is not None:
            for table, column, mine in batch.number_cells():
                bits = union(bits, batch.mark(mask & mine, f"{table}.{column}"))
        return mask, bits

    def _doubt_columns(self) -> list[tuple[Doubt, str]]:
        return doubt_columns(self.schema.number_column, self.schema.name_column, self._placing_column())

    def _placing_column(self) -> str | None:
        return self.schema.indispensable[0] if self.schema.indispensable else self.schema.month_column


def doubt_columns(number: str | None, name: str | None, placing: str | None) -> list[tuple[Doubt, str]]:
    """The column to mend for each kind of doubt."""
    number = number or ""
    return [(Doubt.NAME, name or number), (Doubt.NUMBER, number), (Doubt.MISSING, placing or number)]


def group_codes(value: Value) -> npt.NDArray[np.int64]:
    """Equal numbers for equal values; unknown is a group of its own."""
    match value:
        case Num():
            return np.unique(value.lo, return_inverse=True)[1].reshape(-1)
        case Truth():
            return value.value.astype(np.int64)
        case Dates():
            return np.unique(value.at, return_inverse=True)[1].reshape(-1)
        case _:
            return value.codes.astype(np.int64)


def blank_cells(table: pa.Table, column: str) -> Truth:
    """Cells that are empty and were not refused: null, and no raw text kept."""
    size = table.num_rows
    if column not in table.column_names:
        return Truth(np.full(size, TRUE, np.int8))
    blank = table.column(column).combine_chunks().is_null().to_numpy(zero_copy_only=False)
    if "_raw" in table.column_names and blank.any():
        kept = pc.match_substring(table.column("_raw").cast(pa.string()).combine_chunks(), f'"{column}":')
        blank = blank & ~kept.fill_null(False).to_numpy(zero_copy_only=False)
    return Truth(blank.astype(np.int8) * np.int8(TRUE))
