"""What is asked of an audit sample: the run, the frame, the plan, all before any seed counts.

Knows the command line's words and where the run before is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import lic
from lic.errors import RunFolderError, UsageError
from lic.model.audit import MANIFEST_FILE, AuditRules, Frame, FrameKind
from lic.model.period import Period
from lic.runs.canonical import file_sha256
from lic.runs.folder import runs_of
from lic.runs.read import Run, open_run, read_ledger
from lic.sampling.manifest import Origin, Plan
from lic.workflows.audit_certainty import certainty_of
from lic.workflows.audit_frame import AuditRun, frame_of
from lic.workflows.audit_words import read_rate, read_stratify
from lic.workflows.load_rules import Rules, rules_of_run
from lic.workflows.workspace import find_workspace


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """What the command line asked for; ``rate`` None: as the pack says."""

    seed: str | None = None
    source: str = ""
    rate: str | None = None
    kind: FrameKind = FrameKind.CONFIRMED
    stratify: str = ""
    previous: Path | None = None
    risk: str | None = None
    freeze: bool = False
    redraw: str | None = None
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A run, its rules, its frame and the plan."""

    run: Run
    rules: Rules
    audit: AuditRules
    origin: Origin
    frame: Frame
    plan: Plan


def workspace_of(run: Path) -> Path | None:
    """The workspace that a run lies in, if it does."""
    try:
        return find_workspace(run)
    except UsageError:
        return None


def asked_for(folder: Path, options: SampleOptions, progress: Callable[[str], None]) -> Asked:
    """Run, rules, frame and plan; nothing is written yet."""
    asked_rate = None if options.rate is None else read_rate(options.rate)
    stratify = read_stratify(options.stratify)
    progress("runs: read")
    run = open_run(folder)
    rules = rules_of_run(run)
    audit = rules.pack.audit
    if audit is None:
        raise RunFolderError("W614")
    mine = AuditRun(run, rules.pack, audit)
    floor = _floor(mine)
    rate = asked_rate or floor
    if rate is None:
        raise UsageError("W606", parameter=audit.rate)
    previous = _previous(mine, options)
    frame = frame_of(mine, options.kind, previous)
    cases = certainty_of(run, rules.pack, audit, frame, options.risk)
    origin = Origin(
        lic=lic.__version__,
        county=run.manifest.county,
        period=run.manifest.period,
        as_of=run.manifest.as_of,
        floor=None if floor is None else str(floor),
        run=file_sha256(run.folder / MANIFEST_FILE),
        previous=None if previous is None else file_sha256(previous.folder / MANIFEST_FILE),
    )
    plan = Plan(options.kind, rate, stratify, cases.certainty, cases.others)
    return Asked(run, rules, audit, origin, frame, plan)


def _floor(mine: AuditRun) -> Fraction | None:
    """The least rate that the pack allows on the day of the run."""
    found = next((item for item in mine.run.manifest.parameters if item.name == mine.rules.rate), None)
    return None if found is None or found.value is None else read_rate(found.value)


def _previous(mine: AuditRun, options: SampleOptions) -> Run | None:
    """The run before, where it is needed: as told, else the newest of the month before."""
    if options.previous is not None:
        given = open_run(options.previous)
        period = Period.parse(given.manifest.period)
        if period is None or period >= mine.period:
            raise UsageError("W603", previous=given.manifest.period, period=mine.run.manifest.period)
        return given if _needed(mine, options) else None
    if not _needed(mine, options):
        return None
    workspace = workspace_of(mine.run.folder)
    runs = [] if workspace is None else runs_of(workspace / "runs" / str(mine.period.previous))
    return open_run(runs[-1]) if runs else None


def _needed(mine: AuditRun, options: SampleOptions) -> bool:
    return options.kind is FrameKind.CONFIRMED and read_ledger(mine.run) is None
