"""``lic audit-sample``: from a run to a bundle that anyone can recompute, or to a frozen frame.

Knows the order of things: frame, plan, register, files. The draw is entered in the register
before anything is written, so that no draw is ever without its entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lic.model.audit import (
    ERROR_KINDS,
    FORMS_FILE,
    FRAME_FILE,
    MANIFEST_FILE,
    SAMPLE_FILE,
    Draw,
    VisitResult,
)
from lic.reports import labels_audit as said
from lic.reports.audit_lines import origin_lines, seed_line
from lic.reports.book import book_head, town_order
from lic.reports.visit_book import write_visit_book
from lic.reports.visit_paper import TownCount, VisitBook
from lic.runs.canonical import file_sha256
from lic.runs.folder import Draft, draft_in
from lic.sampling.draw import draw
from lic.sampling.manifest import (
    Chance,
    draw_content,
    frozen_content,
    manifest_of,
    manifest_text,
)
from lic.sampling.register import Entry
from lic.sampling.tables import frame_text, sample_text, text_sha256
from lic.workflows.audit_ask import Asked, SampleOptions, asked_for, workspace_of
from lic.workflows.audit_bundle import Place, check_place, commit, place_of
from lic.workflows.audit_entry import chance_of, check_reason, entry_of
from lic.workflows.audit_papers import papers_of
from lic.workflows.audit_register import enter, locked, read_register, register_path
from lic.workflows.audit_words import read_seed

OUTCOMES = (VisitResult.AGREES, *ERROR_KINDS, VisitResult.NOT_VISITED)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A bundle and what it says; ``written`` False: it was there already."""

    bundle: Path
    written: bool
    register: Path
    manifest: Mapping[str, Any]
    households: tuple[tuple[str, ...], ...]  # number, town, village, category, persons, part
    towns: tuple[TownCount, ...]
    lines: tuple[str, ...]

    def hashes(self) -> list[str]:
        """Every hash that a screen may show."""
        texts: list[Any] = [self.manifest["seal"], *self.manifest["files"].values()]
        for entry in self.manifest["register"]:
            content = entry["content"]
            texts += [entry["sha256"], *content.values(), *content["plan"].values()]
        return [text for text in texts if isinstance(text, str)]

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        names = ("household_no", "town", "village", "category", "persons", "part", "certainty")
        about = ("kind", "period", "county", "frame", "plan", "chance", "sample", "files", "seal")
        return {
            "bundle": str(self.bundle),
            "written": self.written,
            "register": str(self.register),
            "entry": len(self.manifest["register"]),
            **{name: self.manifest[name] for name in about},
            "households": [dict(zip(names, row, strict=True)) for row in self.households],
            "notes": list(self.lines),
        }


def audit_sample(folder: Path, options: SampleOptions, *, progress: Callable[[str], None]) -> Sampled:
    """Freeze a frame or draw from it.

    Raises RunFolderError for a bad run or register, InputError when nobody is known to be new,
    UsageError for what the command line got wrong and for a second draw without a reason.
    """
    seed = read_seed(options.seed, freeze=options.freeze)
    asked = asked_for(folder, options, progress)
    workspace = workspace_of(asked.run.folder)
    place = place_of(asked.run.folder, workspace, asked.run.manifest.period, options.out)
    check_place(place)
    path = register_path(asked.run.folder)
    drawn = None if seed is None else _draw(asked, seed)
    with locked(path):
        entries = read_register(path)
        if drawn is None or seed is None:
            chance = None
            content = frozen_content(asked.origin, asked.frame, asked.plan)
        else:
            chance = chance_of(asked, entries, seed, options)
            content = draw_content(asked.origin, asked.frame, asked.plan, chance, drawn)
        again = entry_of(entries, content)
        if again is not None:
            register = entries[:again]
            if chance is not None and seed is not None:
                old = register[-1].content
                chance = Chance(seed, options.source.strip(), old["freeze"], old["redraw"])
        else:
            check_reason(asked, entries, chance, content)
            register = enter(path, entries, content)
        progress("sampling")
        found = _written(asked, chance, drawn, register, place, path)
    unused = options.previous is not None and asked.origin.previous is None
    return replace(found, lines=(*found.lines, said.PREVIOUS_UNUSED)) if unused else found


def _draw(asked: Asked, seed: str) -> Draw:
    return draw(
        asked.frame,
        seed=seed,
        rate=asked.plan.rate,
        stratify=asked.plan.stratify,
        certainty=asked.plan.certainty,
        others=asked.plan.others,
    )


def _written(
    asked: Asked,
    chance: Chance | None,
    drawn: Draw | None,
    register: Sequence[Entry],
    place: Place,
    path: Path,
) -> Sampled:
    texts = {FRAME_FILE: frame_text(asked.frame.households)}
    if drawn is not None:
        texts[SAMPLE_FILE] = sample_text(drawn)
    towns = _towns(asked, drawn)
    with draft_in(place.parent) as draft:
        for name, text in texts.items():
            (draft.path / name).write_bytes(text.encode())
        manifest = _manifest(asked, chance, drawn, register, {})
        lines = origin_lines(manifest, text_sha256(texts[FRAME_FILE]))
        if drawn is not None:
            _write_forms(asked, drawn, draft, towns, manifest, lines)
        files = {item.name: file_sha256(item) for item in sorted(draft.path.iterdir()) if item.is_file()}
        manifest = _manifest(asked, chance, drawn, register, files)
        (draft.path / MANIFEST_FILE).write_bytes(manifest_text(manifest).encode())
        bundle, written = commit(draft, place)
    rows = () if drawn is None else (*drawn.random, *drawn.on_top)
    households = tuple(
        (
            item.household.household_no,
            item.household.town,
            item.household.village,
            item.household.category,
            str(item.household.persons),
            item.part.value,
            item.certainty or "",
        )
        for item in rows
    )
    return Sampled(bundle, written, path, manifest, households, towns, tuple(lines))


def _manifest(
    asked: Asked,
    chance: Chance | None,
    drawn: Draw | None,
    register: Sequence[Entry],
    files: Mapping[str, str],
) -> dict[str, Any]:
    return manifest_of(
        asked.origin, asked.frame, asked.plan, chance=chance, draw=drawn, register=register, files=files
    )


def _towns(asked: Asked, drawn: Draw | None) -> tuple[TownCount, ...]:
    """Frame and sample by town, in the county's order."""
    frame = asked.frame.households
    random = () if drawn is None else drawn.random
    on_top = () if drawn is None else drawn.on_top
    found = {item.town for item in frame} | {item.household.town for item in (*random, *on_top)}
    order = [town for town in town_order(asked.run.manifest) if town in found]
    names = [*order, *sorted(found - set(order))]
    return tuple(
        TownCount(
            town,
            sum(item.town == town for item in frame),
            sum(item.persons for item in frame if item.town == town),
            sum(item.household.town == town for item in random),
            sum(item.household.persons for item in random if item.household.town == town),
            sum(item.household.town == town for item in on_top),
        )
        for town in names
    )


def _write_forms(
    asked: Asked,
    drawn: Draw,
    draft: Draft,
    towns: tuple[TownCount, ...],
    manifest: Mapping[str, Any],
    lines: Sequence[str],
) -> None:
    papers = papers_of(asked.run, asked.rules.pack, asked.audit, asked.rules.sources.schemas, drawn)
    book = VisitBook(
        head=book_head(asked.run.manifest, file=FORMS_FILE, title=said.TITLE),
        seed=seed_line(manifest),
        origin=tuple(lines),
        towns=towns,
        papers=papers,
        categories=asked.run.manifest.categories,
        outcomes=tuple(item.value for item in OUTCOMES),
        to_see=asked.audit.form.to_see,
    )
    write_visit_book(book, draft.path / FORMS_FILE)
