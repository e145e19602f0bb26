"""Who is looked at and in which order: the 户册 of the pack, and verified corrections, as values.

Knows the shape; the tables, prefixes and columns are the pack's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One line of the 户册.

    ``household_table`` None: households are made from the person rows alone. ``condition`` is
    the text of 当 (evaluated by policy over the rows of ``person_table``); ``fresh_only``: only
    persons that no earlier entry knows; ``lone_without_key``: rows without a household number
    stand alone; ``fill``: columns with a fixed value; ``category_column``: the household column
    by which registers (parts) are ranked in the order of the pack's categories;
    ``lone_category``: in which one person may stand alone while his family is registered as
    something else, so that he is not reported as being in two households.
    """

    name: str
    person_table: str
    key_column: str
    household_table: str | None = None
    prefix: str = ""
    fresh_only: bool = False
    lone_without_key: bool = False
    condition: str | None = None
    category_column: str | None = None
    lone_category: str | None = None
    fill: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorrectionTable:
    """The table of verified values (核实) and the names of its columns."""

    table: str
    household_column: str
    number_column: str
    item_column: str
    value_column: str
    date_column: str
    verdict_column: str
    accepted: tuple[str, ...]
    false_alarm: str
    by_column: str | None = None  # who verified
    reference_column: str | None = None  # on what it rests


@dataclass(frozen=True, slots=True)
class Kin:
    """The words by which a table relates a spouse and children to its own head."""

    spouse: tuple[str, ...]
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A table that has households of its own (同户).

    ``kin``: for the relation under which our head stands there, who is his spouse and who his
    child; ``of_age``: from which age a child need not be named; ``except_words``: rows with one
    of these words in a column are left out; ``most``: a number shared by more is no family's.
    """

    table: str
    key_column: str
    relation_column: str | None = None
    kin: Mapping[str, Kin] = field(default_factory=dict)
    of_age: int = 18
    except_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: int = 20


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole 户册: entries in order, category order, words that linkage needs."""

    entries: tuple[RosterEntry, ...]
    categories: tuple[str, ...]
    correction: CorrectionTable | None
    head_number_column: str
    head_name_column: str
    name_column: str
    number_column: str
    relation_column: str
    town_column: str
    village_column: str
    head_relation: str
    spouse_relation: str
    household_size_column: str
    together: tuple[str, ...] = ()  # columns that count only where the sheet has all of them
    account_column: str | None = None  # the bank account that a household's money goes to
    together_elsewhere: tuple[Together, ...] = ()  # tables with households of their own
    declared_only: tuple[str, ...] = ()  # columns that count only for those who applied or are registered
