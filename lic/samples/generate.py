"""Writes a sample: months of exports, and the workspace's ``lic.yaml``.

Knows the order of work: one pass over all households a month, every file open at once, so
that memory does not grow with their number. Refuses to know anything about a household.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lic.errors import UsageError
from lic.model.period import Period, month_name
from lic.samples.change import as_of, at_start
from lic.samples.clock import Clock
from lic.samples.export import Export
from lic.samples.households import Household
from lic.samples.identity import Registrar
from lic.samples.layout import Layout, read_layouts
from lic.samples.moves import PLANNED, Move, moves, write_planned
from lic.samples.ordinary import ordinary
from lic.samples.scripted import LIMIT, MOVES, Story, hide_absent, planted, read_stories, scripted
from lic.samples.stage import household_no, number_lists
from lic.samples.usual import finish_people
from lic.samples.world import World, read_world

_SETTINGS = "lic.yaml"
_RULES_BLANK = "{rules}"
_EVERY = 2000
_MONTHS_OF_MOVES = 3


def write_sample_data(
    out: Path,
    *,
    households: int,
    seed: int,
    period: str,
    months: int,
    layouts: Path,
    progress: Callable[[str], None],
    rules: str | None = None,
) -> None:
    """Write ``months`` folders, the last of them ``period``, and ``lic.yaml`` into ``out``.

    ``layouts`` is the folder of declarations (``rules/samples``); ``rules`` is what
    ``lic.yaml`` says about the pack's place, nothing by default. Equal arguments give equal
    bytes.

    Raises:
        UsageError: ``period`` is no month, a number is not positive, or a month's folder
            exists and is not empty.
        RulesError: a declaration is wrong.
    """
    last = _last_month(period, households, months)
    folders = _month_folders(out, last, months)
    world = read_world(layouts)
    files = read_layouts(layouts, world.words)
    stories = _stories(layouts, households, months)
    planned: dict[str, list[Move]] = {}
    for place, folder in enumerate(folders):
        folder.mkdir(parents=True, exist_ok=True)
        clock = Clock(last - months + 1, last, last - months + 1 + place)
        people = month_of(clock, count=households, seed=seed, world=world, stories=stories, files=files)
        _write_month(folder, people, files, world, clock, households, progress)
        if place:
            earlier = Clock(clock.first, clock.last, clock.month - 1)
            pairs = (
                month_of(one, count=households, seed=seed, world=world, stories=stories, files=files)
                for one in (earlier, clock)
            )
            planned[clock.name] = [
                move for before, after in zip(*pairs, strict=True) for move in moves(before, after, clock)
            ]
    _write_settings(out, world, rules)
    if planned:
        write_planned(out / PLANNED, planned, files)


def _stories(layouts: Path, households: int, months: int) -> tuple[Story, ...]:
    """Households with a story; those that only show a move from month to month need three months."""
    if households < LIMIT:
        return ()
    stories = read_stories(layouts)
    if months < _MONTHS_OF_MOVES:
        return stories
    return (*stories, *read_stories(layouts, MOVES, LIMIT))


def month_of(
    clock: Clock,
    *,
    count: int,
    seed: int,
    world: World,
    stories: tuple[Story, ...],
    files: tuple[Layout, ...],
) -> Iterator[Household]:
    """Every household of the sample as it is in one month, in the order of their numbers."""
    registrar = Registrar()
    for story in stories:
        household = finish_people(
            scripted(story, clock), key="story", registrar=registrar, world=world, clock=clock
        )
        yield hide_absent(story, household, clock)
    tables = tuple(file.name for file in files if file.rows.endswith(".members"))
    first = max([LIMIT, *(story.index + 1 for story in stories)])
    for index in range(first, first + count - len(stories)):
        family = ordinary(index, seed=seed, clock=at_start(clock), tables=tables)
        family = finish_people(family, key=str(seed), registrar=registrar, world=world, clock=at_start(clock))
        yield number_lists(as_of(family, clock, seed), clock)


def planted_cases(layouts: Path) -> dict[str, tuple[str, ...]]:
    """The household numbers planted for each code, for samples that have the scripted ones."""
    found: dict[str, list[str]] = {}
    for code, index in planted(read_stories(layouts)):
        found.setdefault(code, []).append(household_no(index - 1, index))
    return {code: tuple(found[code]) for code in sorted(found)}


def _last_month(period: str, households: int, months: int) -> int:
    last = Period.parse(period)
    if last is None:
        raise UsageError("W104", value=period)
    if months < 1 or households < 1:
        raise UsageError("W091", reason=f"households={households}, months={months}")
    return last.index


def _month_folders(out: Path, last: int, months: int) -> list[Path]:
    """The months' folders, oldest first; each is new or empty."""
    folders = [out / month_name(last - back) for back in reversed(range(months))]
    for folder in folders:
        if folder.exists() and any(folder.iterdir()):
            raise UsageError("W092", folder=folder)
    return folders


def _write_month(
    folder: Path,
    people: Iterator[Household],
    files: tuple[Layout, ...],
    world: World,
    clock: Clock,
    count: int,
    progress: Callable[[str], None],
) -> None:
    exports = [Export(file, folder, world, clock) for file in files]
    for done, household in enumerate(people):
        if done % _EVERY == 0:
            progress(f"{clock.name} {done}/{count}")
        for export in exports:
            export.add(household)
    progress(f"{clock.name} {count}/{count}")
    for export in exports:
        export.close()


def _write_settings(out: Path, world: World, rules: str | None) -> None:
    lines = []
    for line in world.notes:
        if _RULES_BLANK not in line:
            lines.append(line)
        elif rules is not None:
            lines.append(line.replace(_RULES_BLANK, rules))
    text = "\n".join(lines).replace("{towns}", ", ".join(world.lists["towns"]))
    (out / _SETTINGS).write_text(text + "\n", encoding="utf-8", newline="\n")
