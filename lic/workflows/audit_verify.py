"""``lic audit-verify``: a bundle against itself, and where asked against the run it was drawn from.

Knows files; what must agree is in :mod:`lic.sampling.verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.errors import RunFolderError, UsageError
from lic.messages import remedy, say
from lic.messages.base import household_digits
from lic.model.audit import FORMS_FILE, FRAME_FILE, MANIFEST_FILE, SAMPLE_FILE, FrameOrigin
from lic.model.period import Period
from lic.reports import labels
from lic.reports import labels_audit as said
from lic.reports.audit_lines import origin_lines
from lic.runs.canonical import file_sha256
from lic.runs.folder import runs_of
from lic.runs.read import Run, open_run
from lic.sampling.register import draws_of_period
from lic.sampling.tables import text_sha256
from lic.sampling.verify import (
    Disagreement,
    Recomputed,
    account_problems,
    form_problems,
    frame_problems,
    read_manifest,
    recompute,
    sample_problems,
    seal_problems,
)
from lic.sources.forms import UnreadableForm, read_form
from lic.values.read import cell_text
from lic.workflows.audit_frame import AuditRun, frame_of
from lic.workflows.audit_register import read_register, register_path
from lic.workflows.load_rules import rules_of_run
from lic.workflows.workspace import find_workspace

_FILES = (FRAME_FILE, SAMPLE_FILE, MANIFEST_FILE, FORMS_FILE)


@dataclass(frozen=True, slots=True)
class NamedProblem:
    """One disagreement, worded."""

    code: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found; no problem means yes. ``compared``: also with the run."""

    bundle: Path
    problems: tuple[NamedProblem, ...]
    lines: tuple[str, ...]
    compared: bool
    households: tuple[str, ...] = ()  # numbers of those that are named

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        return {
            "bundle": str(self.bundle),
            "verified": not self.problems,
            "compared_with_run": self.compared,
            "problems": [
                {"code": item.code, "message": item.message, "suggestion": item.suggestion}
                for item in self.problems
            ],
            "notes": list(self.lines),
        }


def audit_verify(bundle: Path, run: Path | None, *, progress: Callable[[str], None]) -> Verified:
    """Recompute everything. Raises RunFolderError for what is no bundle or no run."""
    progress("sampling: verify")
    if not (bundle / MANIFEST_FILE).is_file():
        raise RunFolderError("W620", folder=bundle)
    lines: list[str] = []
    text = _text(bundle / MANIFEST_FILE)
    manifest = None if text is None else read_manifest(text)
    if text is None or manifest is None:
        problems = [Disagreement("W622")]
    else:
        problems = [*seal_problems(text, manifest), *_file_problems(bundle, manifest)]
        found = recompute(manifest, _text(bundle / FRAME_FILE) or "")
        if found is None:
            problems.append(Disagreement("W639"))
        else:
            problems += _recomputed_problems(bundle, found)
            if not problems:
                lines = origin_lines(manifest, text_sha256(_text(bundle / FRAME_FILE) or ""))
            if run is not None:
                problems += _run_problems(found, open_run(run), lines)
    numbers = tuple(item.params["household"] for item in problems if "household" in item.params)
    keep = household_digits(numbers)
    extra = sorted(item.name for item in bundle.iterdir() if item.name not in _FILES)
    if extra:
        lines.append(said.EXTRA_FILES.format(names=labels.LIST_SEPARATOR.join(extra)))
    named = [
        NamedProblem(item.code, say(item.code, item.params, keep), remedy(item.code, item.params))
        for item in problems
    ]
    return Verified(bundle, tuple(dict.fromkeys(named)), tuple(lines), run is not None, numbers)


def _text(path: Path) -> str | None:
    """The text of a file as it stands; None when there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


def _file_problems(bundle: Path, manifest: Mapping[str, Any]) -> Iterator[Disagreement]:
    files = manifest.get("files")
    wanted = {FRAME_FILE} if manifest.get("chance") is None else {FRAME_FILE, SAMPLE_FILE, FORMS_FILE}
    listed = set(files) if isinstance(files, dict) else set()
    if listed != wanted:
        yield Disagreement("W627", {"key": "files"})
    for name in sorted(wanted & listed):
        path = bundle / name
        if not path.is_file():
            yield Disagreement("W637", {"file": name})
        elif file_sha256(path) != manifest["files"][name]:
            yield Disagreement("W638", {"file": name})


def _recomputed_problems(bundle: Path, found: Recomputed) -> Iterator[Disagreement]:
    yield from account_problems(found)
    if found.draw is not None:
        yield from sample_problems(found, _text(bundle / SAMPLE_FILE) or "")
        forms = bundle / FORMS_FILE
        if forms.is_file() and file_sha256(forms) == found.manifest["files"].get(FORMS_FILE):
            yield from form_problems(found, _listed(forms))  # one that was changed is not even opened


def _listed(path: Path) -> list[str] | None:
    """The household numbers on the sheet of results; None when it cannot be read."""
    try:
        grids = read_form(path)
    except UnreadableForm:
        return None
    for grid in grids:
        if grid.name != said.RESULTS:
            continue
        rows = [[cell_text(cell).strip() for cell in row] for row in grid.rows]
        heads = [index for index, row in enumerate(rows) if said.HOUSEHOLD_NO in row]
        if heads:
            at = rows[heads[0]].index(said.HOUSEHOLD_NO)
            return [row[at] for row in rows[heads[0] + 1 :] if at < len(row) and row[at]]
    return None


def _run_problems(found: Recomputed, run: Run, lines: list[str]) -> Iterator[Disagreement]:
    """The frame is the run's, and the workspace's register knows this draw."""
    rules = rules_of_run(run)
    if rules.pack.audit is None:
        raise RunFolderError("W614")
    mine = AuditRun(run, rules.pack, rules.pack.audit)
    if run.manifest.period != found.origin.period:
        yield Disagreement("W646", {"mine": run.manifest.period, "bundle": found.origin.period})
        return
    previous = _previous(found, run, mine.period)
    if found.frame.origin is FrameOrigin.PREVIOUS_RUN and previous is None:
        yield Disagreement("W643")
    else:
        yield from frame_problems(found, frame_of(mine, found.plan.kind, previous))
    if file_sha256(run.folder / MANIFEST_FILE) != found.origin.run:
        lines.append(said.OTHER_RUN)
    path = register_path(run.folder)
    entries = read_register(path)
    number = len(found.register)
    if len(entries) < number or entries[number - 1] != found.entry:
        yield Disagreement("W644", {"file": str(path), "number": str(number)})
        return
    later = draws_of_period(entries[number:], found.origin.period, found.plan.kind.value)
    if later:
        lines.append(said.LATER.format(count=len(later)))


def _previous(found: Recomputed, run: Run, period: Period) -> Run | None:
    """The earlier run that the frame was compared with, found again by its hash."""
    try:
        folder = find_workspace(run.folder) / "runs"
    except UsageError:
        return None
    months = sorted(item for item in folder.iterdir() if Period.parse(item.name) is not None)
    for month in months:
        for candidate in runs_of(month) if month.name < str(period) else ():
            if file_sha256(candidate / MANIFEST_FILE) == found.origin.previous:
                return open_run(candidate)
    return None
