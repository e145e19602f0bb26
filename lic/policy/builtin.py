"""Facts that every pack has: the as-of date, the register, age and sex by number.

Knows the roster's fixed columns. The names are words of the rule language.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.policy import keys, months
from lic.policy.batch import Batch
from lic.policy.columns import text_value
from lic.policy.functions import age
from lic.policy.program import Compiled, Program
from lic.policy.terms import DATE, MONTH, TRUTH, Kind, Level, Type
from lic.policy.units import YEARS_OF_AGE
from lic.policy.values import FALSE, TRUE, Dates, Num, Text, Truth, V, Value


def builtin_facts(program: Program) -> dict[str, Compiled]:
    """The builtin facts of a program."""
    rosters = tuple(entry.name for entry in program.roster.entries)
    parts = tuple(dict.fromkeys(part for schema in program.schemas.values() for part in schema.parts))
    texts: list[tuple[str, Level, Type, Callable[[Batch], Value]]] = [
        (keys.AS_OF, Level.CONSTANT, DATE, _as_of),
        (keys.AS_OF_MONTH, Level.CONSTANT, MONTH, lambda batch: batch.as_of_month()),
        (keys.FIRST_DAY, Level.CONSTANT, DATE, _first_day),
        (keys.ROSTER, Level.HOUSEHOLD, Type(Kind.TEXT, words=rosters), _column(Level.HOUSEHOLD, "roster")),
        (keys.PART, Level.HOUSEHOLD, Type(Kind.TEXT, words=parts), _column(Level.HOUSEHOLD, "part")),
        (keys.NUMBER_USABLE, Level.PERSON, TRUTH, _number_usable),
        (keys.AGE, Level.PERSON, Type(Kind.NUMBER, YEARS_OF_AGE), _age),
        (keys.SEX, Level.PERSON, Type(Kind.TEXT, words=(keys.MALE, keys.FEMALE)), _sex),
        (keys.PERSON_NAME, Level.PERSON, Type(Kind.TEXT), _column(Level.PERSON, "name")),
        (keys.REGISTERS_INCOMPLETE, Level.HOUSEHOLD, TRUTH, _registers_incomplete),
    ]
    column = program.roster.number_column
    program.inputs |= {
        f"{program.own_table(number, Level.PERSON)}.{column}" for number in range(len(program.roster.entries))
    }
    return {name: Compiled(name, level, kind, run) for name, level, kind, run in texts}


def _as_of(batch: Batch) -> Value:
    return Dates(np.array([months.day_number(batch.as_of)], np.int32))


def _first_day(batch: Batch) -> Value:
    return Dates(np.array([months.day_number(batch.as_of.replace(day=1))], np.int32))


def _column(level: Level, column: str) -> Callable[[Batch], Value]:
    return lambda batch: text_value(batch.table(level).column(column))


def _number_usable(batch: Batch) -> Value:
    return Truth(batch.number_usable.astype(np.int8) * np.int8(TRUE))


def _waiting(batch: Batch, value: V) -> V:
    """Unknown for want of a usable number: wait for the roster's number column."""
    unknown = value.unknown()
    if batch.trace is None or not unknown.any():
        return value
    for table, column, mine in batch.number_cells():
        value = batch.marked(value, unknown & mine, f"{table}.{column}")
    return value


def _age(batch: Batch) -> Value:
    years: Num = age(batch, batch.birth_days())
    return years if years.bits is not None else _waiting(batch, years)


def _sex(batch: Batch) -> Value:
    digits = pc.utf8_slice_codeunits(batch.part.persons.column("id_number").combine_chunks(), 16, 17)
    odd = pc.is_in(digits, value_set=pa.array(list("13579"))).to_numpy(zero_copy_only=False)
    known = batch.number_usable & digits.is_valid().to_numpy(zero_copy_only=False)
    codes = np.where(known, np.where(odd, 0, 1), -1).astype(np.int32)
    return _waiting(batch, Text(codes, pa.array([keys.MALE, keys.FEMALE], pa.string())))


def _registers_incomplete(batch: Batch) -> Value:
    missing = bool(batch.part.linked.parts_missing)
    return Truth(np.array([TRUE if missing else FALSE], np.int8))
