"""One batch of whole households under evaluation: facts on demand, each computed once.

Knows sizes, levels, the roster's own rows and the builtin facts; asks the program for what a
name means. No loop over persons or households.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lic.policy import keys, months
from lic.policy.columns import column_value, text_value, unknown_value
from lic.policy.parameters import Resolved
from lic.policy.parts import Part
from lic.policy.rows import Rows, blank_cells
from lic.policy.segments import Segments
from lic.policy.terms import WHOLE, Level, View
from lic.policy.trace import Trace, union
from lic.policy.values import TRUE, Bits, Bools, Dates, Small, Truth, V, Value, spread, take

if TYPE_CHECKING:
    from lic.policy.program import Program

GIVEN, LEFT_BLANK, NO_COLUMN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fact that is given instead of computed; ``states`` say how an unknown one is unknown.

    ``given``: for whom; the rest is computed. None: for all.
    """

    value: Value
    states: npt.NDArray[np.int8] | None = None
    given: Bools | None = None


class Batch:
    """Facts of one batch."""

    def __init__(
        self,
        part: Part,
        program: Program,
        parameters: Mapping[str, Resolved],
        as_of: date,
        *,
        fixed: Mapping[str, Fixed] | None = None,
        trace: Trace | None = None,
    ) -> None:
        """A batch over ``part``; ``fixed`` facts are not computed."""
        self.part = part
        self.program = program
        self.parameters = parameters
        self.as_of = as_of
        self.fixed = fixed or {}
        self.trace = trace
        self._facts: dict[tuple[str, Level], Value] = {}
        self._own: dict[tuple[Level, str], Value] = {}
        self._rows: dict[tuple[str, View], Rows] = {}
        self._other: dict[str, object] = {}

    def size(self, level: Level) -> int:
        """How many entities a level has (rows: not here)."""
        if level is Level.HOUSEHOLD:
            return int(self.part.households.num_rows)
        return int(self.part.persons.num_rows) if level is Level.PERSON else 1

    @cached_property
    def members(self) -> Segments:
        """Persons by household."""
        return Segments.of(self.part.hid, self.size(Level.HOUSEHOLD))

    def fact(self, name: str) -> Value:
        """A fact at its own level."""
        compiled = self.program.facts[name]
        key = (name, compiled.level)
        if key not in self._facts:
            size = self.size(compiled.level)
            given = self.fixed.get(name)
            if given is None:
                value = spread(compiled.run(self), size)
            elif given.given is None:
                value = self._waiting(spread(given.value, size), name)
            else:
                fixed = self._waiting(spread(given.value, size), name)
                value = mixed(given.given, fixed, spread(compiled.run(self), size))
            self._facts[key] = value
        return self._facts[key]

    def _waiting(self, value: V, name: str) -> V:
        return self.marked(value, value.unknown(), name)

    def at(self, name: str, level: Level, table: str | None = None, *, view: View = WHOLE) -> Value:
        """A fact for the entities of ``level`` (its own or a higher one)."""
        source = self.program.facts[name].level
        if source is level or source is Level.CONSTANT:
            return self.fact(name)
        if level is Level.ROW:
            rows = self.rows(table or "", view=view)
            return take(self.fact(name), rows.pid if source is Level.PERSON else rows.hid)
        key = (name, level)
        if key not in self._facts:
            self._facts[key] = take(self.fact(name), self.part.hid)
        return self._facts[key]

    def remember(self, key: str, value: object) -> None:
        """Keep a decision beside its text."""
        self._other[key] = value

    def remembered(self, key: str) -> object:
        """A decision kept before; computes its fact first."""
        if key not in self._other:
            self.program.facts[key].run(self)
        return self._other[key]

    def rows(self, table: str, *, view: View = WHOLE) -> Rows:
        """The rows of a source table."""
        if (table, view) not in self._rows:
            self._rows[table, view] = Rows(self, table, view)
        return self._rows[table, view]

    def window(self) -> Small:
        """The last month of each household's twelve."""
        term = self.program.window
        size = self.size(Level.HOUSEHOLD)
        value = self.as_of_month() if term is None else term.run(self)
        if not isinstance(value, Dates):
            raise TypeError(keys.WINDOW)
        return np.broadcast_to(value.at, size)

    def as_of_month(self) -> Dates:
        """The as-of month; the one before unless the as-of date is its last day."""
        at = np.array([months.day_number(self.as_of)], np.int32)
        last = bool((months.last_days(at) == at)[0])
        return Dates(months.month_of(at) - np.int32(0 if last else 1))

    def mark(self, mask: Bools, name: str) -> Bits | None:
        """Bits of an unknown input, when inputs are traced."""
        return None if self.trace is None else self.trace.mark(mask, name)

    def marked(self, value: V, mask: Bools, name: str) -> V:
        """``value`` waiting for the input ``name`` where ``mask``."""
        if self.trace is None:
            return value
        return replace(value, bits=union(value.bits, self.mark(mask, name)))

    # The roster's own rows.

    def table(self, level: Level) -> pa.Table:
        """The roster's rows of a level."""
        return self.part.persons if level is Level.PERSON else self.part.households

    def roster_masks(self, level: Level) -> list[tuple[int, Bools]]:
        """Which entities come from which entry of the 户册."""
        text = text_value(self.table(level).column("roster"))
        return [
            (number, text.codes == text.code_of(entry.name))
            for number, entry in enumerate(self.program.roster.entries)
        ]

    def is_roster_table(self, table: str) -> Bools:
        """Persons whose own row is of ``table``."""
        mask = np.zeros(self.size(Level.PERSON), np.bool_)
        for number, mine in self.roster_masks(Level.PERSON):
            if self.program.roster.entries[number].person_table == table:
                mask |= mine
        return mask

    def own_column(self, level: Level, column: str) -> Value:
        """A column of the roster's own rows; unknown where a table does not have it."""
        key = (level, column)
        if key not in self._own:
            self._own[key] = self._read_own(level, column)
        return self._own[key]

    def _read_own(self, level: Level, column: str) -> Value:
        table, declared = self.table(level), self.program.own_columns[level, column]
        if column in table.column_names:
            value = column_value(table.column(column), declared)
        else:
            value = unknown_value(declared, table.num_rows)
        if self.trace is not None:
            # a column that the table does not declare cannot be delivered by anybody: nothing to fetch
            unknown = value.unknown() & self.defines_column(level, column)
            for number, mine in self.roster_masks(level):
                source = self.program.own_table(number, level)
                value = self.marked(value, unknown & mine, f"{source}.{column}")
        return value

    def defines_column(self, level: Level, column: str) -> Bools:
        """Where the roster's table declares the column (or 填 gives it)."""
        mask = np.zeros(self.size(level), np.bool_)
        for number, mine in self.roster_masks(level):
            entry = self.program.roster.entries[number]
            schema = self.program.schemas.get(self.program.own_table(number, level))
            if column in entry.fill or (schema is not None and column in schema.columns):
                mask |= mine
        return mask

    def has_column(self, level: Level, column: str) -> Truth:
        """有列 of the own row."""
        states = self._states(level, column)
        if states is not None:
            return Truth((states != NO_COLUMN).astype(np.int8) * np.int8(TRUE))
        table = self.table(level)
        linked = self.part.linked
        present = linked.person_present if level is Level.PERSON else linked.household_present
        known = np.array([column in columns for columns in present] or [False], np.bool_)
        sheet = table.column("sheet").fill_null(-1).to_numpy()
        return Truth((known[sheet] & (sheet >= 0)).astype(np.int8) * np.int8(TRUE))

    def left_blank(self, level: Level, column: str) -> Truth:
        """留空 of the own row: nothing is written there, or there is no such column."""
        states = self._states(level, column)
        if states is not None:
            return Truth((states != GIVEN).astype(np.int8) * np.int8(TRUE))
        return blank_cells(self.table(level), column)

    def _states(self, level: Level, column: str) -> npt.NDArray[np.int8] | None:
        fact = self.program.fact_of_column.get((level, column))
        given = self.fixed.get(fact) if fact is not None else None
        if given is None or given.states is None:
            return None
        return given.states

    # Builtin facts about numbers.

    @cached_property
    def number_usable(self) -> Bools:
        """Whose ID number can be used."""
        given = self.fixed.get(keys.NUMBER_USABLE)
        if given is not None and isinstance(given.value, Truth):
            return np.broadcast_to(given.value.value == TRUE, self.size(Level.PERSON))
        usable: Bools = self.part.persons.column("number_usable").fill_null(False).to_numpy()
        return usable

    def without_number(self) -> Bools:
        """Persons about whom departments cannot be asked, and for whom that is no zero."""
        mask = ~self.number_usable
        term = self.program.counts_as_absent
        if term is None or not mask.any():
            return mask
        value = term.run(self)
        return mask & (value.value != TRUE) if isinstance(value, Truth) else mask

    def number_cells(self) -> list[tuple[str, str, Bools]]:
        """Where each person's own number stands: table, column, whose."""
        column = self.program.roster.number_column
        return [
            (self.program.own_table(number, Level.PERSON), column, mine)
            for number, mine in self.roster_masks(Level.PERSON)
        ]

    def birth_days(self) -> Dates:
        """Birth dates from the ID number, else from the column that 列名 calls 出生."""
        numbers = self.part.persons.column("id_number").combine_chunks()
        text = pc.utf8_slice_codeunits(numbers, 6, 14)
        stamps = pc.strptime(text, format="%Y%m%d", unit="s", error_is_null=True).cast(pa.date32())
        usable = self.number_usable
        at = stamps.cast(pa.int32()).fill_null(-(1 << 31)).to_numpy(zero_copy_only=False)
        column = self.program.birth_column
        if column is None or (usable & (at != -(1 << 31))).all():
            return Dates(at)
        own = self.own_column(Level.PERSON, column)
        if not isinstance(own, Dates):
            raise TypeError(column)
        from_number = usable & (at != -(1 << 31))
        bits = None if own.bits is None else np.where(from_number[:, None], np.uint64(0), own.bits)
        return Dates(np.where(from_number, at, own.at), bits)


def mixed(given: Bools, fixed: Value, computed: Value) -> Value:
    """Fixed values where given, computed ones elsewhere."""
    from lic.policy.logic import choose

    return choose(Truth(given.astype(np.int8) * np.int8(TRUE)), fixed, computed)
