"""A declared source as a value: what its headings are called and what its cells may hold.

Knows the declaration after it was checked. Everything is hashable text and tuples, so that
:attr:`SourceSet.digest` names exactly what a staged file was read by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fnmatch import fnmatchcase
from typing import TypeAlias

from lic.model.expectation import Expectations
from lic.model.table import Column, ColumnType, TableSchema
from lic.sources.unsafe import Limits
from lic.values.words import Vocabulary

Default: TypeAlias = int | bool | str | date | Decimal


class Negative(Enum):
    """What a negative amount means."""

    REFUSED = "refused"
    ZERO = "zero"
    ALLOWED = "allowed"


class Hidden(Enum):
    """What becomes of hidden rows."""

    READ = "read"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its headings (cleaned, upper case) and how its cells are read.

    ``blank`` is what an empty cell and an absent column mean, ``absent`` what only an absent
    column means; None: unknown.
    """

    name: str
    type: ColumnType
    headings: tuple[str, ...]
    unit: str | None = None
    needed: bool = False
    words: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None
    negative: Negative = Negative.REFUSED
    blank: Default | None = None
    absent: Default | None = None
    not_after_period: bool = False
    town: bool = False
    repeatable: bool = False
    # Said on forms; no part of the digest, for they do not change how a cell is read.
    blank_reason: str = field(default="", repr=False)
    absent_reason: str = field(default="", repr=False)
    unsure: bool = field(default=False, repr=False)  # its declaration is wrong, which was reported

    @property
    def schema(self) -> Column:
        """What other stages see."""
        negative = self.negative is Negative.ALLOWED
        return Column(self.name, self.type, self.unit, self.words, negative, self.unsure)


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part (分册) of a source: how a file or sheet name says it, and what it fills in."""

    name: str
    hints: tuple[str, ...]
    fill: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One table. ``must`` and ``must_not`` are headings: one of each group, none of the others."""

    name: str
    code: str
    department: str
    file: str
    required: bool
    columns: tuple[ColumnSpec, ...]
    ignored: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...] = ()
    file_hints: tuple[str, ...] = ()
    many_rows: bool = False
    may_be_empty: bool = False
    number: str | None = None
    name_column: str | None = None
    month_column: str | None = None
    month_lag: int = 0
    indispensable: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    parts: tuple[PartSpec, ...] = ()
    several_files: bool = field(default=False, repr=False)
    not_offered: tuple[str, ...] = field(default=(), repr=False)  # columns left out of an empty form
    # No part of the digest: an expectation does not change how a file is read.
    expected: Expectations = field(default_factory=Expectations, repr=False)
    hidden: Hidden = Hidden.READ
    sheets: tuple[str, ...] = ()  # patterns of sheet names; none: every sheet that fits
    limits: Limits = field(default=Limits(), repr=False)  # what may be read, not how it is read

    @property
    def filled_columns(self) -> tuple[str, ...]:
        """The columns whose fill rate is an expectation."""
        return tuple(name for name, _ in self.expected.fills)

    @property
    def digest(self) -> str:
        """A hash of everything that is declared about this table."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def column(self, name: str) -> ColumnSpec:
        """A column by its canonical name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def schema(self) -> TableSchema:
        """What other stages see."""
        return TableSchema(
            name=self.name,
            code=self.code,
            department=self.department,
            required=self.required,
            columns={column.name: column.schema for column in self.columns},
            many_rows=self.many_rows,
            number_column=self.number,
            name_column=self.name_column,
            month_column=self.month_column,
            month_lag=self.month_lag,
            indispensable=self.indispensable,
            parts=tuple(part.name for part in self.parts),
            part_fill={part.name: dict(part.fill) for part in self.parts},
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Word lists that are the same for every table (``_reading.yaml``)."""

    skipped_files: tuple[str, ...] = ()
    own_output: tuple[str, ...] = ()
    own_marks: tuple[str, ...] = ()
    note_sheets: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    placeholders: frozenset[str] = frozenset()
    dashes: frozenset[str] = frozenset()
    data_date_columns: frozenset[str] = frozenset()
    mojibake: tuple[str, ...] = ()
    owner_files: tuple[str, ...] = ()  # how the names of owner files of open workbooks begin

    def skips(self, name: str) -> bool:
        """Whether a file is passed over on purpose."""
        return any(fnmatchcase(name, pattern) for pattern in self.skipped_files)

    @property
    def digest(self) -> str:
        """A hash of every word list."""
        lists = [
            sorted(value) if isinstance(value, frozenset) else value
            for value in (getattr(self, name) for name in Reading.__slots__)
        ]
        return hashlib.sha256(repr(lists).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SourceSet:
    """Every declared source."""

    sources: tuple[SourceSpec, ...]
    reading: Reading = field(default_factory=Reading)

    @property
    def schemas(self) -> Mapping[str, TableSchema]:
        """Every table as other stages see it, by name."""
        return {source.name: source.schema for source in self.sources}

    @property
    def digest(self) -> str:
        """A hash of everything that is declared."""
        return hashlib.sha256(repr((self.sources, self.reading.digest)).encode()).hexdigest()

    @property
    def hints_digest(self) -> str:
        """A hash of what file names promise."""
        hints = [(source.name, source.department, source.file_hints) for source in self.sources]
        return hashlib.sha256(repr(hints).encode()).hexdigest()

    def limits_for(self, file: str) -> Limits:
        """What reading a file may cost: what the sources raise whose hints fit its name."""
        limits = Limits()
        for source in self.sources:
            if any(fnmatchcase(file, hint) for hint in source.file_hints):
                limits = limits.at_least(source.limits)
        return limits
