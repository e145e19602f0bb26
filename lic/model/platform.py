"""Two registers side by side: what another system lists and what a run came to.

Knows persons, rows and differences as values. Refuses to know where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of the other system's list: its cells as canonical text, where it stands.

    ``present``: the columns that its sheet has.
    """

    id_number: str | None
    name: str | None
    values: Mapping[str, str]
    entered: bool
    present: frozenset[str] = frozenset()
    place: tuple[str, str, int] | None = None  # file, sheet, row


@dataclass(frozen=True, slots=True)
class PlatformList:
    """The other system's list; ``derived``: guessed from the registers."""

    rows: tuple[ListedRow, ...]
    files: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    derived: bool = False
    delivered: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """One person of the run: what a template may ask about him.

    ``belongs``: he is to be listed; None: that is not decided yet.
    """

    id_number: str | None
    items: Mapping[str, str]
    belongs: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column on which the two do not agree; blank is empty."""

    title: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A person and his row: either may be missing, never both."""

    subject: Subject | None
    row: ListedRow | None
    differences: tuple[Difference, ...] = ()
    twice: bool = False  # the list has another row of his


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What must be done so that both say the same.

    ``enter``: to be listed and not listed; ``change``: listed otherwise; ``remove``: listed and
    not to be; ``same``: nothing to do; ``undecided``: not compared; ``numberless``: cannot be entered.
    """

    enter: tuple[Pair, ...]
    change: tuple[Pair, ...]
    remove: tuple[Pair, ...]
    numberless: tuple[Subject, ...] = ()
    same: int = 0
    undecided: int = 0
    uncompared: tuple[str, ...] = field(default_factory=tuple)  # columns that the list lacks

    @property
    def agree(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.enter or self.change or self.remove)
