"""What the cases beside the rules came to, as a text for people.

Knows the order: totals, what failed with its whole tree, what was not seen, the table to sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lic.model.explanation import HouseholdExplanation
from lic.model.page import Branch, Paper, Section
from lic.reports import labels_cases as labels
from lic.reports.explained_tree import fact_tree


class FailedCase(NamedTuple):
    """A case that came out otherwise: where it stands, what differs, and why it came out so."""

    name: str
    place: str
    differences: tuple[tuple[str, str, str], ...]
    explanation: HouseholdExplanation


def case_paper(
    pack: str,
    count: int,
    failed: Sequence[FailedCase],
    *,
    uncovered: Sequence[tuple[str, ...]] | None,
    items: int,
    boundary: Sequence[tuple[str, ...]] | None,
    layers: Sequence[str] = (),
) -> Paper:
    """The whole text; ``uncovered`` and ``boundary`` None: not asked."""
    said = labels.FAILED if failed else labels.PASSED
    lead = [(labels.RESULT, said.format(count=count, failed=len(failed)))]
    if layers:
        note = labels.UPPER_FAILED if failed else labels.UPPER_PASSED
        lead.append((labels.UPPER, note.format(names="、".join(layers))))
    sections: list[Section] = []
    for case in failed:
        tree = tuple(branch for section in fact_tree(case.explanation) for branch in _with_title(section))
        title = labels.FAILURE.format(name=case.name)
        sections.append(Section(title, labels.FAILURE_HEADINGS, case.differences, note=case.place))
        sections.append(Section(labels.TREE.format(name=case.name), tree=tree))
    if uncovered is not None:
        full = items - len(uncovered)
        text = labels.COVERED_SOME if uncovered else labels.COVERED_ALL
        lead.append(
            (labels.COVERED, text.format(count=items, full=full, percent=full * 100 // max(1, items)))
        )
        sections.append(Section(labels.NOT_COVERED, labels.NOT_COVERED_HEADINGS, tuple(uncovered)))
    if boundary is not None:
        sections.append(
            Section(labels.BOUNDARY, labels.BOUNDARY_HEADINGS, tuple(boundary), note=labels.BOUNDARY_NOTE)
        )
    return Paper(
        labels.TITLE,
        labels.PACK.format(pack=pack),
        tuple(lead),
        tuple(section for section in sections if section.rows or section.tree),
        () if boundary is None else (labels.SIGN,),
    )


def _with_title(section: Section) -> tuple[Branch, ...]:
    return (Branch(0, section.title), *section.tree)
