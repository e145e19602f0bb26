"""What a visit book is made of: one value per household, and how the sample came about.

Knows texts that are ready to be printed. Refuses to know runs, evidence or amounts.
"""

from __future__ import annotations

from dataclasses import dataclass

from lic.reports.book import BookHead


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household."""

    name: str
    relation: str
    id_number: str
    declared: str
    found: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact or finding: as declared and as found."""

    name: str
    declared: str
    found: str


@dataclass(frozen=True, slots=True)
class VisitPaper:
    """What is printed about one household; ``known``: it is in the run."""

    household_no: str
    head: str
    head_id: str
    town: str
    village: str
    category: str
    persons: int
    part: str
    certainty: str
    reason: str
    known: bool
    members: tuple[Member, ...] = ()
    facts: tuple[Compared, ...] = ()
    findings: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class TownCount:
    """One town: the frame and what was drawn of it."""

    town: str
    households: int
    persons: int
    drawn: int
    drawn_persons: int
    on_top: int


@dataclass(frozen=True, slots=True)
class VisitBook:
    """The whole workbook; ``origin`` lines stand on the summary, ``seed`` on every page."""

    head: BookHead
    seed: str
    origin: tuple[str, ...]
    towns: tuple[TownCount, ...]
    papers: tuple[VisitPaper, ...]  # in the order of the sample
    categories: tuple[str, ...]
    outcomes: tuple[str, ...]
    to_see: tuple[str, ...]
