"""A compiled pack: facts by name, each with level, type and the function that computes it.

Knows what names mean and what they depend on; holds no data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lic.model.roster import Roster
from lic.model.table import Column, TableSchema
from lic.policy.declared import Declarations, Fact
from lic.policy.parameters import Parameter
from lic.policy.terms import Level, Run, Term, Type

if TYPE_CHECKING:
    from lic.policy.checks import CompiledCheck
    from lic.policy.decisions import Table


@dataclass(frozen=True, slots=True)
class Compiled:
    """One fact that can be computed. ``uses``: names of facts, ``表:``-less tables and parameters."""

    name: str
    level: Level
    type: Type
    run: Run
    declared: Fact | None = None
    terms: tuple[Term, ...] = ()
    uses: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    is_list: bool = False


@dataclass(slots=True)
class Program:
    """Everything that evaluation needs to know; built once per pack."""

    declarations: Declarations
    schemas: Mapping[str, TableSchema]
    roster: Roster
    parameters: Mapping[str, Parameter]
    facts: dict[str, Compiled] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    checks: list[CompiledCheck] = field(default_factory=list)
    own_columns: dict[tuple[Level, str], Column] = field(default_factory=dict)
    fact_of_column: dict[tuple[Level, str], str] = field(default_factory=dict)
    window: Term | None = None
    counts_as_absent: Term | None = None
    masks: dict[str, Term] = field(default_factory=dict)
    inputs: set[str] = field(default_factory=set)

    @property
    def birth_column(self) -> str | None:
        """The roster column with birth dates, if the pack names one."""
        return self.declarations.birth_column

    def own_table(self, number: int, level: Level) -> str:
        """The table that an entry's own rows of a level come from."""
        entry = self.roster.entries[number]
        return entry.household_table or entry.person_table if level is Level.HOUSEHOLD else entry.person_table

    def own_column(self, level: Level, name: str) -> Column | None:
        """The declaration of a roster column: the first table of the 户册 that has it."""
        if (level, name) not in self.own_columns:
            for number in range(len(self.roster.entries)):
                schema = self.schemas.get(self.own_table(number, level))
                if schema is not None and name in schema.columns:
                    self.own_columns[level, name] = schema.columns[name]
                    break
        return self.own_columns.get((level, name))

    def knows_roster(self, level: Level) -> bool:
        """Whether every table of the 户册 is declared."""
        return all(
            self.own_table(number, level) in self.schemas for number in range(len(self.roster.entries))
        )

    def own_column_names(self, level: Level) -> set[str]:
        """All roster columns of a level."""
        names: set[str] = set()
        for number in range(len(self.roster.entries)):
            schema = self.schemas.get(self.own_table(number, level))
            names.update(schema.columns if schema is not None else ())
        return names

    def rests_on(self, name: str, inputs: frozenset[str]) -> bool:
        """Whether a fact uses one of ``inputs`` (facts or tables), directly or not."""
        todo, seen = [name], {name}
        while todo:
            fact = self.facts[todo.pop()]
            if fact.tables & inputs or fact.uses & inputs:
                return True
            fresh = {use for use in fact.uses if use in self.facts} - seen
            seen |= fresh
            todo.extend(fresh)
        return False
