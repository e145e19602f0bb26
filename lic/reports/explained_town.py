"""A town's undecided households as a list of what to fetch, by department.

Knows one line per household and missing input. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from lic.model.explanation import HouseholdExplanation
from lic.model.page import Paper, Section
from lic.reports import labels_explain as labels
from lic.reports.explained import missing_cells


class TownRow(NamedTuple):
    """One thing to fetch for one household."""

    department: str
    household_no: str
    data: str
    head: str
    whom: str
    where: str
    blocks: str


def town_rows(explanation: HouseholdExplanation) -> Iterator[TownRow]:
    """What one household waits for."""
    for item in explanation.missing:
        department, data, whom, where, blocks = missing_cells(explanation, item)
        head = explanation.head_name or labels.EMPTY
        yield TownRow(department, explanation.household_no, data, head, whom, where, blocks)


def town_paper(town: str, households: int, persons: int, rows: Sequence[TownRow], *, subtitle: str) -> Paper:
    """The list by department."""
    sections = tuple(
        Section(
            department,
            labels.TOWN_HEADINGS,
            tuple((row.household_no, row.head, row.whom, row.data, row.where, row.blocks) for row in some),
        )
        for department, some in groupby(rows, key=lambda row: row.department)
    )
    said = labels.TOWN_NONE.format(town=town)
    if households:
        said = labels.TOWN_SUMMARY.format(households=households, persons=persons, items=len(rows))
    return Paper(
        labels.TOWN_TITLE.format(town=town),
        subtitle,
        ((labels.RESULT, said),),
        sections,
        (labels.CAUTION,),
    )
