"""A bundle judged from itself alone: everything in it is computed again and compared.

Knows texts and values, no files. Every disagreement is a named problem; an empty list is a yes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lic.model.audit import (
    METHOD,
    SAMPLE_FILE,
    Draw,
    EntryKind,
    Frame,
    FrameKind,
    FrameOrigin,
)
from lic.sampling.draw import draw
from lic.sampling.manifest import (
    FORMAT,
    SEAL,
    Chance,
    Origin,
    Plan,
    draw_content,
    entries_of,
    frozen_content,
    manifest_of,
    manifest_text,
    plan_of,
    seal_of,
)
from lic.sampling.register import Entry, draws_of_period, first_break
from lic.sampling.tables import SAMPLE_COLUMNS, TableError, read_frame, read_sample, sample_rows, sample_text

_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing in a bundle that is not as it must be."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A bundle understood: what it says of itself and what comes out when it is done again."""

    manifest: Mapping[str, Any]
    origin: Origin
    frame: Frame
    plan: Plan
    chance: Chance | None
    draw: Draw | None
    register: tuple[Entry, ...]

    @property
    def entry(self) -> Entry | None:
        """The bundle's own entry in the register: the last."""
        return self.register[-1] if self.register else None

    @property
    def freeze(self) -> int | None:
        """The number of the freeze that the draw refers to."""
        wanted = None if self.chance is None else self.chance.freeze
        return next((n for n, entry in enumerate(self.register, 1) if entry.sha256 == wanted), None)

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """Draws of the same period and kind of frame before this one."""
        return tuple(draws_of_period(self.register[:-1], self.origin.period, self.plan.kind.value))


def read_manifest(text: str) -> Mapping[str, Any] | None:
    """The manifest in a text; None for what is none of this format."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("format") != FORMAT or found.get("method") != METHOD:
        return None
    return found


def seal_problems(text: str, manifest: Mapping[str, Any]) -> Iterator[Disagreement]:
    """The manifest is spelled and sealed as lic does it."""
    if manifest_text(manifest) != text or seal_of(manifest) != manifest.get(SEAL):
        yield Disagreement("W621")


def recompute(manifest: Mapping[str, Any], frame_file: str) -> Recomputed | None:
    """Everything again from the frame, the plan and the seed; None when they make no sense."""
    try:
        about = manifest["frame"]
        frame = Frame(
            FrameKind(about["kind"]),
            FrameOrigin(about["origin"]),
            read_frame(frame_file),
            tuple(about["doubtful"]),
            tuple(about["outside"]),
            about["nameless"],
        )
        origin = Origin(**{name: manifest[name] for name in Origin.__dataclass_fields__})
        plan = plan_of(manifest)
        chance = None if manifest["chance"] is None else Chance(**manifest["chance"])
        register = tuple(entries_of(manifest))
        known = {item.household_no for item in frame.households} | set(plan.others)
        if (
            not isinstance(manifest["files"], dict)
            or not 0 < plan.rate <= 1
            or any(item.household_no not in known for item in plan.certainty)
        ):
            return None
        drawn = None if chance is None else _draw(frame, plan, chance)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        return None
    return Recomputed(manifest, origin, frame, plan, chance, drawn, register)


def _draw(frame: Frame, plan: Plan, chance: Chance) -> Draw:
    return draw(
        frame,
        seed=chance.seed,
        rate=plan.rate,
        stratify=plan.stratify,
        certainty=plan.certainty,
        others=plan.others,
    )


def sample_problems(found: Recomputed, sample_file: str) -> Iterator[Disagreement]:
    """Which household is too many, missing or changed."""
    if found.draw is None or sample_file == sample_text(found.draw):
        return
    try:
        rows = read_sample(sample_file)
    except TableError:
        yield Disagreement("W623", {"file": SAMPLE_FILE})
        return
    number = SAMPLE_COLUMNS.index("household_no")
    mine = {row[number]: row for row in sample_rows(found.draw)}
    theirs = {row[number]: row for row in rows}
    problems = [Disagreement("W624", {"household": name}) for name in sorted(set(theirs) - set(mine))]
    problems += [Disagreement("W625", {"household": name}) for name in sorted(set(mine) - set(theirs))]
    for name in sorted(set(mine) & set(theirs)):
        for column, expected, actual in zip(SAMPLE_COLUMNS, mine[name], theirs[name], strict=True):
            if expected != actual:
                params = {"household": name, "column": column, "expected": expected, "actual": actual}
                problems.append(Disagreement("W626", params))
    yield from problems[:_MOST_NAMED]
    if len(rows) != len(theirs) or not problems:
        yield Disagreement("W623", {"file": SAMPLE_FILE})


def account_problems(found: Recomputed) -> Iterator[Disagreement]:
    """The counts, hashes and the register in the manifest follow from the frame, plan and seed."""
    manifest = found.manifest
    again = manifest_of(
        found.origin,
        found.frame,
        found.plan,
        chance=found.chance,
        draw=found.draw,
        register=found.register,
        files=manifest["files"],
    )
    for key in sorted(set(again) | set(manifest)):
        if key != SEAL and again.get(key) != manifest.get(key):
            yield Disagreement("W627", {"key": key})
    yield from _register_problems(found)


def _register_problems(found: Recomputed) -> Iterator[Disagreement]:
    broken = first_break(found.register)
    if broken is not None:
        yield Disagreement("W628", {"number": str(broken)})
    if found.entry is None or found.entry.content != _content(found):
        yield Disagreement("W629")
    if found.chance is None or found.chance.freeze is None:
        return
    number = found.freeze
    if number is None or number >= len(found.register) or found.register[number - 1].kind != EntryKind.FREEZE:
        yield Disagreement("W630")


def _content(found: Recomputed) -> dict[str, Any]:
    if found.chance is None or found.draw is None:
        return frozen_content(found.origin, found.frame, found.plan)
    return draw_content(found.origin, found.frame, found.plan, found.chance, found.draw)


def form_problems(found: Recomputed, listed: Sequence[str] | None) -> Iterator[Disagreement]:
    """The households listed in the workbook are those of the sample; None: it cannot be read."""
    if found.draw is None:
        return
    if listed is None:
        yield Disagreement("W631")
        return
    mine = [item.household.household_no for item in (*found.draw.random, *found.draw.on_top)]
    for name in sorted(set(listed) - set(mine))[:_MOST_NAMED]:
        yield Disagreement("W632", {"household": name})
    for name in sorted(set(mine) - set(listed))[:_MOST_NAMED]:
        yield Disagreement("W633", {"household": name})


def frame_problems(found: Recomputed, frame: Frame) -> Iterator[Disagreement]:
    """The frame is that of the run, household by household."""
    theirs = {item.household_no: item for item in found.frame.households}
    mine = {item.household_no: item for item in frame.households}
    for name in sorted(set(theirs) - set(mine))[:_MOST_NAMED]:
        yield Disagreement("W634", {"household": name})
    for name in sorted(set(mine) - set(theirs))[:_MOST_NAMED]:
        yield Disagreement("W635", {"household": name})
    for name in sorted(set(mine) & set(theirs)):
        if mine[name] != theirs[name]:
            yield Disagreement("W636", {"household": name})
