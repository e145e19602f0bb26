"""One entry of the 户册 as households and members, before anybody is chosen.

Knows keys, numbers, ranks and sizes. Refuses to know other entries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lic.linkage.consolidate import consolidate
from lic.linkage.corrections import Verified, replace_values
from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered
from lic.linkage.households import HouseholdKeys, key_households
from lic.linkage.numbering import number_households, order_of
from lic.linkage.parts import Delivered
from lic.linkage.reading import Codes, Mask, Reading, known
from lic.model.finding import Place
from lic.model.roster import Roster, RosterEntry


@dataclass(frozen=True, slots=True)
class Clash:
    """A row left out because it disagrees with the row of the same key that was kept."""

    household_no: str
    kept: Place
    left: Place
    columns: tuple[str, ...]
    id_number: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Houses:
    """The households of one entry, one index for all of it: printed number, part ("" none),
    category (None unknown) and its rank, and the household's row in ``rows`` (-1: none)."""

    numbers: tuple[str, ...]
    parts: tuple[str, ...]
    categories: tuple[str | None, ...]
    rank: Codes
    rows: Gathered | None
    row_of: Codes
    delivered_rows: tuple[Gathered, Codes] | None  # rows as delivered and their households


@dataclass(frozen=True, slots=True)
class Register:
    """``members``: one row for each member; ``household`` his household, ``size`` members by
    household. ``source``: the person rows as a source table, with their households;
    ``source_of`` the source row of each member."""

    entry: RosterEntry
    delivered: bool
    houses: Houses
    members: Gathered
    household: Codes
    size: Codes
    source: Gathered
    source_household: Codes
    source_of: Codes
    corrected: int
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What every entry is built with. ``used`` grows with the household numbers given out."""

    engine: Engine
    roster: Roster
    reading: Reading
    verified: Verified
    used: set[str]


def build_register(
    setting: Setting,
    entry: RosterEntry,
    found: Delivered,
    persons: Gathered,
    mask: Mask | None,
    apart: pa.Array,
) -> Register:
    """Key, number and consolidate one entry. ``persons`` are the rows of ``found`` with verified
    values; ``mask`` says where the entry's condition holds. Rows of one number whose texts in
    ``apart`` differ are different persons."""
    keyed = key_households(setting.engine, entry, setting.roster, found.households, persons, setting.reading)
    houses, corrected, clashes = _houses(setting, entry, found.households, keyed)
    at = np.arange(persons.rows.num_rows) if mask is None else np.flatnonzero(mask)
    chosen = persons if mask is None else persons.with_rows(persons.rows.take(pa.array(at)))
    household, numbers = keyed.of_person[at], chosen.text(setting.roster.number_column)
    one = consolidate(
        chosen.rows,
        _first_of_member(setting.engine, numbers, household, apart.take(pa.array(at))),
        list(persons.schema.columns),
        name=setting.roster.name_column,
    )
    members, owner = chosen.with_rows(one.rows), household[one.origin]
    # Of a table with one row per person the members are its rows as a source, too.
    consolidated = mask is None and not persons.schema.many_rows
    if not persons.schema.many_rows:
        names = chosen.text(setting.roster.name_column)
        clashes += tuple(
            Clash(
                houses.numbers[household[item.left]],
                place(chosen, item.kept),
                place(chosen, item.left),
                item.columns,
                numbers[item.left].as_py(),
                names[item.left].as_py(),
            )
            for item in one.disagreements
        )
    return Register(
        entry,
        found.delivered,
        houses,
        members,
        owner,
        np.bincount(owner, minlength=len(houses.numbers)).astype(np.int64),
        members if consolidated else persons,
        owner if consolidated else keyed.of_person,
        np.arange(len(owner)) if consolidated else at[one.origin],
        corrected,
        clashes,
    )


def correct_persons(setting: Setting, entry: RosterEntry, persons: Gathered) -> tuple[Gathered, int]:
    """Verified personal values, in the tables of those who applied or are registered."""
    if entry.household_table is None:
        return persons, 0
    return replace_values(
        setting.engine,
        persons,
        persons.text(setting.roster.number_column),
        setting.verified.personal,
        setting.verified,
        setting.roster.together,
    )


def place(table: Gathered, index: int) -> Place:
    """Where a row stands."""
    sheet = table.sheets[int(table.rows["sheet"][index].as_py())]
    row = int(table.rows["_row"][index].as_py())
    return Place(sheet.file, sheet.sheet, row, source=table.schema.name)


def _first_of_member(engine: Engine, numbers: pa.Array, household: Codes, apart: pa.Array) -> Codes:
    """The first row of each member; every row without a number is a member of its own."""
    own = np.where(known(numbers), -1, np.arange(len(numbers)))
    return engine.first_equal([pa.array(household), numbers, apart, pa.array(own)])


def _houses(
    setting: Setting, entry: RosterEntry, table: Gathered | None, keyed: HouseholdKeys
) -> tuple[Houses, int, tuple[Clash, ...]]:
    """Consolidate household rows, number the households, put verified values in."""
    row_of = np.full(len(keyed.parts), -1, dtype=np.int64)
    if table is None:
        return _numbered(setting, entry, None, keyed, row_of), 0, ()
    placed = np.flatnonzero(keyed.of_household >= 0)
    household = keyed.of_household[placed]
    usable = table.with_rows(table.rows.take(pa.array(placed)))
    _, first, group = np.unique(household, return_index=True, return_inverse=True)
    one = consolidate(usable.rows, first[group], list(table.schema.columns), name=None)
    row_of[household[one.origin]] = np.arange(len(one.origin))
    rows = usable.with_rows(one.rows)
    houses = _numbered(setting, entry, rows, keyed, row_of)
    clashes = tuple(
        Clash(
            houses.numbers[household[item.left]],
            place(usable, item.kept),
            place(usable, item.left),
            item.columns,
        )
        for item in one.disagreements
    )
    printed = pa.array(houses.numbers, pa.string()).take(pa.array(household[one.origin]))
    verified = setting.verified
    rows, count = replace_values(setting.engine, rows, printed, verified.household, verified, ())
    complete = Houses(
        houses.numbers,
        houses.parts,
        houses.categories,
        houses.rank,
        rows,
        row_of,
        (table, keyed.of_household),
    )
    return complete, count, clashes


def _numbered(
    setting: Setting, entry: RosterEntry, rows: Gathered | None, keyed: HouseholdKeys, row_of: Codes
) -> Houses:
    categories = tuple(_categories(entry, rows, keyed.parts, row_of))
    rank = order_of(categories, setting.roster.categories)
    part_order = order_of(keyed.parts, rows.schema.parts if rows is not None else ())
    numbers = number_households(entry, keyed, rank, part_order, setting.used)
    return Houses(numbers, keyed.parts, categories, rank, rows, row_of, None)


def _categories(
    entry: RosterEntry, rows: Gathered | None, parts: tuple[str, ...], row_of: Codes
) -> list[str | None]:
    """What a household is registered as: its part says so, else its own row."""
    column = entry.category_column
    if column is None or rows is None:
        return [None] * len(parts)
    fill = {part: cells.get(column) for part, cells in rows.schema.part_fill.items()}
    stated = rows.text(column).to_pylist()
    said = [stated[row] if row >= 0 else None for row in row_of.tolist()]
    return [fill.get(part) or word for word, part in zip(said, parts, strict=True)]
