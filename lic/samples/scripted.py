"""The households whose story is written down in ``scripted.yaml``.

Knows how a story becomes a household of one month: what is always so, overlaid with what is
so ``before`` the last month or in it (``now``). Refuses to know which cases exist.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.declare import Map, read_document, read_number
from lic.errors import ProblemLog
from lic.samples.clock import Clock
from lic.samples.households import Household
from lic.samples.people import Person
from lic.samples.plain import values
from lic.samples.stage import number_lists

FILE = "scripted.yaml"
MOVES = "moves.yaml"
LIMIT = 100
"""Sample indexes below this are the scripted ones, so that their numbers never change."""

_SKIPPED = ("members", "before", "now", "story", "title", "present", "month", "expected")


@dataclass(frozen=True, slots=True)
class Story:
    """A scripted household's place in the file, and what it is there to show."""

    index: int
    node: Map

    def moved(self, clock: Clock) -> bool:
        """Whether the story's move has come by the month of ``clock``."""
        month = read_number(self.node.take("month"))
        return clock.offset >= (0 if month is None else int(month))


def read_stories(layouts: Path, name: str = FILE, first: int = 1) -> tuple[Story, ...]:
    """The scripted households of a file, numbered from ``first`` in the order of the file.

    Raises:
        RulesError: the file cannot be read.
    """
    log = ProblemLog()
    top = read_document(layouts / name, log)
    nodes = list(top.maps("households", required=True)) if top is not None else []
    log.raise_if_any()
    return tuple(Story(index, node) for index, node in enumerate(nodes, start=first))


def scripted(story: Story, clock: Clock) -> Household:
    """The household as it is in the month of ``clock``, still without names and numbers.

    Members keep their order in every month; one who is not ``present`` in a month is left
    out only after numbering, by :func:`hide_absent`, so that nobody's number changes.
    """
    log = story.node.source.log
    overlay = story.node.map("now" if story.moved(clock) else "before")
    fields = values(Household, story.node, clock, skip=_SKIPPED)
    if overlay is not None:
        fields.update(values(Household, overlay, clock, skip=_SKIPPED))
    members = tuple(
        Person(**_member(node, _override(overlay, place), story.index * 7 + place, clock))
        for place, node in enumerate(story.node.maps("members", required=True), start=1)
    )
    log.raise_if_any()
    fields.setdefault("town", story.index - 1)
    return number_lists(Household(index=story.index, members=members, **fields), clock)


def hide_absent(story: Story, household: Household, clock: Clock) -> Household:
    """Drop the members who are not there in this month."""
    present = "now" if story.moved(clock) else "before"
    kept = tuple(
        person
        for person, node in zip(household.members, story.node.maps("members"), strict=True)
        if (node.text("present") or present) == present
    )
    return household if len(kept) == len(household.members) else dataclasses.replace(household, members=kept)


def planted(stories: tuple[Story, ...]) -> Iterator[tuple[str, int]]:
    """Every planted case: its code and the index of the household."""
    for story in stories:
        for code in story.node.texts("planted"):
            yield code, story.index


def _override(overlay: Map | None, place: int) -> Map | None:
    """What a month changes about the member at ``place``."""
    members = None if overlay is None else overlay.map("members")
    return None if members is None else members.map(str(place))


def _member(node: Map, override: Map | None, spread: int, clock: Clock) -> dict[str, Any]:
    fields: dict[str, Any] = values(Person, node, clock, skip=("age", "present"))
    age = read_number(node.require("age"))
    fields.setdefault("birth", clock.birth(int(age or 0), spread * 37))
    if override is not None:
        fields.update(values(Person, override, clock))
    return fields
