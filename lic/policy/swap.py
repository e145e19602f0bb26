"""Households of one month decided with parts of another: whose rows, whose parameters, which day.

Knows how to cut the same households out of two linked months and to lay one month's rows under
the other's persons. Judges nothing: who compares decisions asks for one exchange after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa

from lic.model.linked import Linked, LinkedTable
from lic.policy.batch import Batch
from lic.policy.parameters import Resolved
from lic.policy.parts import Index, Slices, numbers
from lic.policy.program import Program
from lic.policy.render import shown
from lic.policy.results import household_table, person_table
from lic.policy.terms import Level
from lic.policy.values import Bools, spread, take

_PLACES = frozenset({"hid", "pid", "sheet", "_file", "_sheet", "_row", "_raw"})


def pick(linked: Linked, households: Index) -> tuple[Linked, Index]:
    """The households at these places, in this order, numbered anew; and the old number of each person."""
    place = np.full(linked.households.num_rows, -1, np.int64)
    place[households] = np.arange(len(households))
    home = place[numbers(linked.persons, "hid")]
    kept = np.flatnonzero(home >= 0)
    kept = kept[np.argsort(home[kept], kind="stable")]
    number = np.full(linked.persons.num_rows, -1, np.int64)
    number[kept] = np.arange(len(kept))
    persons = _put(linked.persons.take(pa.array(kept)), "hid", home[kept])
    tables = {name: _moved(table, number, home[kept]) for name, table in linked.tables.items()}
    picked = replace(
        linked, persons=persons, households=linked.households.take(pa.array(households)), tables=tables
    )
    return picked, kept


def _moved(table: LinkedTable, number: Index, home: Index) -> LinkedTable:
    """A table's rows under new numbers; rows of persons without one are left out."""
    person = number[numbers(table.rows, "pid")]
    kept = np.flatnonzero(person >= 0)
    kept = kept[np.argsort(person[kept], kind="stable")]
    rows = _put(table.rows.take(pa.array(kept)), "pid", person[kept])
    return replace(table, rows=_put(rows, "hid", home[person[kept]]))


def _put(rows: pa.Table, name: str, values: Index) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, pa.array(values.astype(np.int32)))


def laid_under(base: Linked, other: Linked, to_base: Index, names: Sequence[str]) -> Linked:
    """``base`` with these tables of ``other``; ``to_base``: the number of other's persons in base, or -1."""
    home = numbers(base.persons, "hid")
    tables = dict(base.tables)
    for name in names:
        if name in other.tables:
            tables[name] = _moved(other.tables[name], to_base, home)
    return replace(base, tables=tables)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision is made with."""

    program: Program
    parameters: Mapping[str, Resolved]
    as_of: date


class Decided:
    """Some households decided on one basis; facts on demand."""

    def __init__(self, linked: Linked, basis: Basis) -> None:
        """Decide everybody in ``linked``."""
        part = Slices(linked).part(0, linked.households.num_rows)
        self.program = basis.program
        self._batch = Batch(part, basis.program, basis.parameters, basis.as_of)
        self.hid = part.hid

    @cached_property
    def households(self) -> pa.Table:
        """The households as the result shows them, but for what they wait for."""
        return household_table(self.program, self._batch, self._nothing(Level.HOUSEHOLD))

    @cached_property
    def persons(self) -> pa.Table:
        """The persons, likewise."""
        return person_table(self.program, self._batch, self._nothing(Level.PERSON))

    def _nothing(self, level: Level) -> pa.Array:
        return pa.array([[]] * self._batch.size(level), pa.list_(pa.string()))

    def texts(self, name: str, level: Level, index: Index) -> list[str]:
        """A fact of some entities as people read it."""
        value = spread(self._batch.fact(name), self._batch.size(level))
        texts: list[str] = shown(take(value, index), self.program.facts[name].type).to_pylist()
        return texts


def decisive_facts(program: Program) -> frozenset[str]:
    """The facts that decisions and marks rest on, directly or not."""
    todo = [
        item.value
        for output in program.declarations.outputs.values()
        for item in (output.decision, output.tags, output.counted)
        if item is not None
    ]
    seen = set(todo)
    while todo:
        fresh = {name for name in program.facts[todo.pop()].uses if name in program.facts} - seen
        seen |= fresh
        todo.extend(fresh)
    return frozenset(seen)


def decisive_tables(program: Program, facts: frozenset[str]) -> frozenset[str]:
    """The tables that these facts look at."""
    return frozenset(table for name in facts for table in program.facts[name].tables)


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact whose value differs while everything that it is made of is equal."""

    name: str
    member: int | None  # position among the compared persons; None: the household's
    household: int
    old: str
    new: str
    table: str | None = None
    column: str | None = None


def fact_changes(
    old: Decided, new: Decided, people: tuple[Index, Index], facts: frozenset[str]
) -> list[FactChange]:
    """Where two decisions of the same households part: the deepest facts that differ.

    ``people``: positions of the persons that both have, in one order.
    """
    return list(_Comparison(old, new, people, facts).leaves())


class _Comparison:
    def __init__(
        self, old: Decided, new: Decided, people: tuple[Index, Index], facts: frozenset[str]
    ) -> None:
        self._old, self._new, self._people = old, new, people
        self._facts = sorted(
            name for name in facts if name in old.program.facts and name in new.program.facts
        )
        self._home = new.hid[people[1]]
        self._households = new.households.num_rows
        self._masks: dict[str, tuple[Level, Bools, list[str], list[str]]] = {}
        for name in self._facts:
            self._compare(name)

    def _compare(self, name: str) -> None:
        one, other = self._old.program.facts[name], self._new.program.facts[name]
        level = other.level
        if one.level is not level or level not in (Level.PERSON, Level.HOUSEHOLD) or other.is_list:
            return
        everybody = np.arange(self._households)
        index = self._people if level is Level.PERSON else (everybody, everybody)
        before = self._old.texts(name, level, index[0])
        after = self._new.texts(name, level, index[1])
        mask = np.array([a != b for a, b in zip(before, after, strict=True)], np.bool_)
        if mask.any():
            self._masks[name] = level, mask, before, after

    def leaves(self) -> Iterator[FactChange]:
        """Differences with no difference below them."""
        for name, (level, mask, before, after) in self._masks.items():
            fact = self._new.program.facts[name]
            below = np.zeros(len(mask), np.bool_)
            for use in fact.uses:
                if use in self._masks and use != name:
                    below |= self._at(use, level)
            declared = fact.declared
            table = next(iter(sorted(fact.tables)), None)
            column = getattr(declared, "column", None)
            for at in np.flatnonzero(mask & ~below).tolist():
                person = level is Level.PERSON
                home = int(self._home[at]) if person else at
                yield FactChange(name, at if person else None, home, before[at], after[at], table, column)

    def _at(self, name: str, level: Level) -> Bools:
        own, mask, _, _ = self._masks[name]
        if own is level:
            return mask
        if own is Level.HOUSEHOLD:
            return mask[self._home]
        some = np.zeros(self._households, np.bool_)
        some[self._home[mask]] = True
        return some


def same_rows(one: Linked, other: Linked, people: tuple[Index, Index], name: str, households: int) -> Bools:
    """For each household: whether a table says the same of its people in both months."""
    texts = [_texts(linked, name) for linked in (one, other)]
    homes = numbers(other.persons, "hid")[people[1]]
    same = np.ones(households, np.bool_)
    for left, right, home in zip(people[0].tolist(), people[1].tolist(), homes.tolist(), strict=True):
        if texts[0].get(left) != texts[1].get(right):
            same[home] = False
    return same


def _texts(linked: Linked, name: str) -> dict[int, list[str]]:
    """What a table says of each person, whatever file and row it stands in."""
    found: dict[int, list[str]] = {}
    if name not in linked.tables:
        return found
    rows = linked.tables[name].rows
    columns = [column for column in rows.column_names if column not in _PLACES]
    for person, row in zip(rows.column("pid").to_pylist(), rows.select(columns).to_pylist(), strict=True):
        found.setdefault(person, []).append(
            repr(sorted((key, value) for key, value in row.items() if value is not None))
        )
    return {person: sorted(texts) for person, texts in found.items()}


def same_table(one: Linked, other: Linked, name: str) -> bool:
    """Whether what is true of a table as a whole is the same: came, months, columns."""
    left, right = one.tables.get(name), other.tables.get(name)
    if left is None or right is None:
        return left is right
    return (left.delivered, left.months, left.newest, frozenset(left.present)) == (
        right.delivered, right.months, right.newest, frozenset(right.present),
    )  # fmt: skip
