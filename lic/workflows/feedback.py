"""``lic feedback``: filled discrepancy sheets back into the workspace's table of verified values.

Knows which finding a key stands for and what was collected before. The next month reads what
is kept here; nothing of the run itself is changed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lic.errors import InputError, RunFolderError
from lic.messages import remedy, say
from lic.model.finding import Scope
from lic.model.roster import CorrectionTable
from lic.reports.finding_key import finding_keys
from lic.runs.read import Run, open_run
from lic.workflows.feedback_store import Kept, Verdict, feedback_folder, keep, read_kept
from lic.workflows.filled_sheets import Filled, SheetProblem, read_filled
from lic.workflows.load_rules import rules_of_run
from lic.workflows.report_input import verdict_words
from lic.workflows.workspace import find_workspace

_CHECK_CODE = re.compile("[A-Z][0-9]{1,3}")
_YEARS_LATER = 5  # a date of verification beyond that is a slip of the pen


@dataclass(frozen=True, slots=True)
class NamedProblem:
    """A problem of a cell, worded."""

    code: str
    place: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How often one check got one verdict in one town, in this call."""

    code: str
    name: str
    town: str | None
    verdict: str
    count: int


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a check was right: over all months (``period`` None) and in each."""

    code: str
    name: str
    period: str | None
    confirmed: int
    refuted: int


@dataclass(frozen=True, slots=True)
class FeedbackResult:
    """What came back, what was kept, what must be put right, and how good the checks are."""

    run: Path
    kept: Path | None
    recorded: int
    repeated: int
    blank: int
    problems: tuple[NamedProblem, ...]
    counts: tuple[CheckCount, ...]
    precision: tuple[Precision, ...]

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        data = asdict(self)
        return {**data, "run": str(self.run), "kept": None if self.kept is None else str(self.kept)}


def take_feedback(folder: Path, files: Sequence[Path], *, progress: Callable[[str], None]) -> FeedbackResult:
    """Read ``files`` filled for the run in ``folder`` and keep what is new.

    Raises InputError when none of the files can be read, RunFolderError for a bad run.
    """
    run = open_run(folder)
    workspace = find_workspace(run.folder)
    rules = rules_of_run(run)
    spec = rules.pack.roster.correction
    if spec is None:
        raise RunFolderError("W410")
    as_of = date.fromisoformat(run.manifest.as_of)
    latest = as_of.replace(year=as_of.year + _YEARS_LATER, day=1)
    progress("feedback")
    reading = read_filled(files, verdict_words(rules.pack, rules.sources.schemas), latest=latest)
    if reading.unreadable == len(files):
        first = reading.problems[0]
        raise InputError(first.code, file=first.place, **first.params)
    findings = _findings(run)
    verdicts, problems = _agreed(reading.filled, findings, run.manifest.period)
    store = feedback_folder(workspace / "runs", spec)
    before = list(read_kept(store, spec))
    new, repeated, contradictions = _new(verdicts, before, told_apart=spec.reference_column is not None)
    kept = keep(store, spec, run.manifest.period, [item for _, item in new]) if new else None
    names = {item.code: item.name for item in run.manifest.checks}
    after = [*before, *(Kept(run.manifest.period, item) for _, item in new)]
    return FeedbackResult(
        run=run.folder,
        kept=kept,
        recorded=len(new),
        repeated=repeated,
        blank=len(reading.blank - {item.key for item in reading.filled}),
        problems=_named([*reading.problems, *problems, *contradictions]),
        counts=_counts([(findings[key], item) for key, item in new], names),
        precision=_precision(after, spec, names),
    )


_Finding = Mapping[str, Any]


def _findings(run: Run) -> dict[str, _Finding]:
    """The run's findings by their key."""
    table = run.result.findings
    columns = table.select(["code", "scope", "household_no", "id_number", "town"]).to_pylist()
    return dict(zip(finding_keys(table).to_pylist(), columns, strict=True))


def _agreed(
    filled: Sequence[Filled], findings: Mapping[str, _Finding], period: str
) -> tuple[list[tuple[Filled, Verdict]], list[SheetProblem]]:
    """One verdict per finding; unknown keys and copies that disagree are problems."""
    by_key: dict[str, list[Filled]] = defaultdict(list)
    problems: list[SheetProblem] = []
    for item in filled:
        if item.key in findings:
            by_key[item.key].append(item)
        else:
            problems.append(SheetProblem("W404", item.place, {"key": item.key}))
    agreed = []
    for key, items in by_key.items():
        other = next((item for item in items if item.said != items[0].said), None)
        if other is not None:
            params = {"other": items[0].place, "value": items[0].verdict}
            problems.append(SheetProblem("W408", other.place, params))
        else:
            agreed.append((items[0], _verdict(items[0], findings[key], period)))
    return agreed, problems


def _verdict(item: Filled, finding: _Finding, period: str) -> Verdict:
    of_household = finding["scope"] == Scope.HOUSEHOLD.value
    return Verdict(
        household_no=finding["household_no"] or "",
        id_number=None if of_household else finding["id_number"],
        code=finding["code"],
        value=item.value,
        verdict=item.verdict,
        day=item.day,
        by=item.by,
        reference=f"{period} {item.key}",
    )


def _new(
    verdicts: Iterable[tuple[Filled, Verdict]], before: Sequence[Kept], *, told_apart: bool
) -> tuple[list[tuple[str, Verdict]], int, list[SheetProblem]]:
    """What is not kept yet, how much is, and what contradicts it.

    ``told_apart``: the table has room for the key, so that two findings of one check about one
    person are two.
    """
    known = {(item.verdict.subject, item.verdict.reference): item.verdict for item in before}
    new: list[tuple[str, Verdict]] = []
    repeated, problems = 0, []
    for filled, verdict in verdicts:
        old = known.get((verdict.subject, verdict.reference if told_apart else ""))
        if old is None:
            new.append((filled.key, verdict))
        elif (old.verdict, old.value) == (verdict.verdict, verdict.value):
            repeated += 1
        else:
            problems.append(SheetProblem("W409", filled.place, {"value": old.verdict}))
    return sorted(new, key=lambda pair: (pair[1].code, pair[1].household_no, pair[0])), repeated, problems


def _named(problems: Sequence[SheetProblem]) -> tuple[NamedProblem, ...]:
    return tuple(
        NamedProblem(item.code, item.place, say(item.code, item.params), remedy(item.code, item.params))
        for item in problems
    )


def _counts(new: Iterable[tuple[_Finding, Verdict]], names: Mapping[str, str]) -> tuple[CheckCount, ...]:
    counted = Counter((item.code, finding["town"], item.verdict) for finding, item in new)
    order = sorted(counted.items(), key=lambda pair: (pair[0][0], pair[0][1] or "", pair[0][2]))
    return tuple(
        CheckCount(code, names.get(code, ""), town, verdict, count) for (code, town, verdict), count in order
    )


def _precision(
    kept: Iterable[Kept], spec: CorrectionTable, names: Mapping[str, str]
) -> tuple[Precision, ...]:
    """The last verdict on a finding counts; one that is not a false alarm confirms it."""
    last: dict[tuple[str, str, str | None, str], Verdict] = {}
    for item in kept:
        verdict = item.verdict
        if not _CHECK_CODE.fullmatch(verdict.code):
            continue  # put on record by an audit: it says nothing about a check
        key = (item.period, verdict.code, verdict.id_number, f"{verdict.household_no} {verdict.reference}")
        if key not in last or last[key].day <= verdict.day:
            last[key] = verdict
    counted: Counter[tuple[str, str | None, bool]] = Counter()
    for (period, code, _, _), verdict in last.items():
        refuted = verdict.verdict == spec.false_alarm
        counted[code, None, refuted] += 1
        counted[code, period, refuted] += 1
    places = sorted(
        {(code, period) for code, period, _ in counted}, key=lambda pair: (pair[0], pair[1] or "")
    )
    return tuple(
        Precision(
            code, names.get(code, ""), period, counted[code, period, False], counted[code, period, True]
        )
        for code, period in places
    )
