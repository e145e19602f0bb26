"""``lic explain``: from a run folder alone, why a household or person came out as it did.

Knows how what a person typed becomes a household of the run, and compares what comes out of a
second evaluation with what the run recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

import lic
from lic.declare import near_miss
from lic.errors import UsageError
from lic.model.explanation import HouseholdExplanation
from lic.model.linked import Linked
from lic.model.page import Paper
from lic.model.period import Period
from lic.model.result import Status
from lic.policy.explain import Explainer, Recomputed
from lic.reports import labels_explain as labels
from lic.reports.explained import explained
from lic.reports.explained_page import explanation_page
from lic.reports.explained_town import TownRow, town_paper, town_rows
from lic.runs.folder import runs_of
from lic.runs.read import Run, open_run, read_evidence
from lic.workflows.asked_for import counted_elsewhere, find_asked
from lic.workflows.explain_json import plain
from lic.workflows.load_rules import rules_of_run
from lic.workflows.workspace import find_workspace

_SHOWN = 3  # differences that are worded


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that the run recorded otherwise than it comes out now."""

    whom: str
    column: str
    recorded: str
    now: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One household (or its member ``whom``) explained from a run."""

    run: Run
    explanation: HouseholdExplanation
    whom: int | None
    differences: tuple[Difference, ...]
    elsewhere: tuple[tuple[str, ...], ...]

    @property
    def household_numbers(self) -> tuple[str, ...]:
        """The household numbers that the text shows."""
        return (self.explanation.household_no,)

    @property
    def matches(self) -> bool:
        """Whether the replay came out as recorded."""
        return not self.differences

    def paper(self, *, full: bool) -> Paper:
        """The text for people."""
        return explained(
            self.explanation,
            whom=self.whom,
            full=full,
            subtitle=_subtitle(self.run),
            checked=labels.SAME if self.matches else "",
            alarm="" if self.matches else self._alarm(),
            elsewhere=self.elsewhere,
        )

    def _alarm(self) -> str:
        items = "；".join(
            labels.DIFFERENT_ITEM.format(
                whom=item.whom, column=item.column, recorded=item.recorded, now=item.now
            )
            for item in self.differences[:_SHOWN]
        )
        return labels.DIFFERENT.format(
            count=len(self.differences), items=items, then=self.run.manifest.lic, now=lic.__version__
        )

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "run": self.run.folder.as_posix(),
            "lic": self.run.manifest.lic,
            "rules_sha256": self.run.manifest.rules_sha256,
            "matches": self.matches,
            "differences": [plain(item) for item in self.differences],
            "member": self.whom,
            "counted_elsewhere": [list(item) for item in self.elsewhere],
            "explanation": plain(self.explanation),
            "inputs": [plain(item) for item in self.explanation.inputs()],
            "parameters": [plain(item) for item in self.explanation.parameters()],
        }


@dataclass(frozen=True, slots=True)
class TownExplained:
    """What a town's undecided households wait for."""

    run: Run
    town: str
    households: int
    persons: int
    rows: tuple[TownRow, ...]
    matches: bool = True

    @property
    def household_numbers(self) -> tuple[str, ...]:
        """The household numbers that the text shows."""
        return tuple(row.household_no for row in self.rows)

    def paper(self, *, full: bool = False) -> Paper:  # noqa: ARG002  # a list has no longer form
        """The list to fetch, by department."""
        return town_paper(self.town, self.households, self.persons, self.rows, subtitle=_subtitle(self.run))

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "run": self.run.folder.as_posix(),
            "town": self.town,
            "households": self.households,
            "persons": self.persons,
            "missing": [row._asdict() for row in self.rows],
        }


def _subtitle(run: Run) -> str:
    manifest = run.manifest
    name = "/".join(run.folder.parts[-2:])
    return labels.BASIS.format(as_of=manifest.as_of, county=manifest.county, period=manifest.period, run=name)


def newest_run(folder: Path) -> Path:
    """The newest run of the newest period of the workspace around ``folder``."""
    try:
        root = find_workspace(folder.resolve())
    except UsageError:
        raise UsageError("W152", folder=folder) from None
    found = [
        (period.index, runs[-1])
        for item in (sorted((root / "runs").iterdir()) if (root / "runs").is_dir() else [])
        if (period := Period.parse(item.name)) is not None and (runs := runs_of(item))
    ]
    if not found:
        raise UsageError("W152", folder=folder)
    return max(found, key=lambda item: item[0])[1]


class Replay:
    """A run opened to be decided again, household by household."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` None: the newest run of the workspace around here."""
        self.run = open_run(newest_run(Path.cwd()) if folder is None else folder)
        self.linked: Linked = read_evidence(self.run)
        day = date.fromisoformat(self.run.manifest.as_of)
        rules = rules_of_run(self.run)
        self.overrides = rules.overrides(day)
        self.checks = {check.code: check.name for check in rules.pack.checks}
        self.explainer = Explainer(rules.pack, self.linked, day)

    def explain(self, household_no: str) -> tuple[HouseholdExplanation, tuple[Difference, ...]]:
        """One household with its findings, and where the record differs."""
        made = self.explainer.recompute(household_no)
        findings = self.run.result.findings
        own = findings.filter(pc.equal(findings.column("household_no"), household_no)).to_pylist()
        explanation = replace(made.explanation, findings=tuple(own))
        explanation = replace(explanation, overrides=explanation.overridden(self.overrides, self.checks))
        return explanation, tuple(_differences(self.run, made))


def explain_one(asked: str, folder: Path | None) -> Explained:
    """The household or person that ``asked`` names. Raises UsageError when there is none."""
    replay = Replay(folder)
    household_no, number = find_asked(replay.run, replay.linked, asked)
    explanation, differences = replay.explain(household_no)
    whom = next((member.number for member in explanation.members if member.id_number == number), None)
    elsewhere = tuple(_elsewhere(replay.linked, household_no))
    return Explained(replay.run, explanation, whom if number else None, differences, elsewhere)


def explain_town(town: str, folder: Path | None, *, progress: Callable[[str], None]) -> TownExplained:
    """What the undecided households of a town wait for."""
    replay = Replay(folder)
    result = replay.run.result
    towns = sorted({name for name in result.households.column("town").to_pylist() if name})
    if town not in towns:
        hint = near_miss(town, towns)
        raise UsageError("W153", town=town, known="、".join([hint] if hint else towns))
    undecided = [
        row["household_no"]
        for table in (result.households, result.persons)
        for row in table.select(["household_no", "town", "status"]).to_pylist()
        if row["town"] == town and row["status"] == Status.UNDECIDED
    ]
    numbers = sorted(set(undecided))
    rows: list[TownRow] = []
    for count, household_no in enumerate(numbers, start=1):
        progress(f"{count}/{len(numbers)}")
        rows += town_rows(replay.explain(household_no)[0])
    persons = sum(
        1
        for row in result.persons.select(["household_no", "status"]).to_pylist()
        if row["household_no"] in set(numbers) and row["status"] == Status.UNDECIDED
    )
    return TownExplained(replay.run, town, len(numbers), persons, tuple(sorted(rows)))


def write_page(paper: Paper, file: Path, *, shown: Callable[[str], str]) -> Path:
    """The text as one page in ``file``; ``shown`` masks what may not be seen."""
    try:
        file.write_text(shown(explanation_page(paper)), encoding="utf-8", newline="\n")
        file.chmod(0o600)
    except OSError as error:
        raise UsageError("W155", file=file, reason=error.strerror or type(error).__name__) from error
    return file


def _elsewhere(linked: Linked, household_no: str) -> Iterator[tuple[str, ...]]:
    for row in counted_elsewhere(linked, household_no):
        yield str(row["name"]), str(row["id_number"] or labels.NO_NUMBER), str(row["expected"])


def _differences(run: Run, made: Recomputed) -> Iterator[Difference]:
    result, number = run.result, made.explanation.household_no
    yield from _compared(result.households, made.household, number, "head_name")
    yield from _compared(result.persons, made.persons, number, "name")


def _compared(recorded: pa.Table, now: pa.Table, household_no: str, name: str) -> Iterator[Difference]:
    """Row by row and column by column; both sides in one order."""
    own = recorded.filter(pc.equal(recorded.column("household_no"), household_no))
    columns = [column for column in own.column_names if column in now.column_names]
    then_rows, now_rows = (_ordered(table.select(columns).to_pylist()) for table in (own, now))
    if len(then_rows) != len(now_rows):
        yield Difference(household_no, "rows", str(len(then_rows)), str(len(now_rows)))
        return
    for old, new in zip(then_rows, now_rows, strict=True):
        for column in columns:
            if old[column] != new[column]:
                yield Difference(str(old[name]), column, str(old[column]), str(new[column]))


def _ordered(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (str(row.get("id_number")), str(row.get("name"))))
