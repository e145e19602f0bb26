"""``lic audit-evaluate``: what the returned sheets say about the frame, and what goes into the
workspace's table of verified values.

Knows the bundle, the returned sheets and the store of ``lic feedback``. A bundle that does not
verify is not evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from lic.errors import InputError, RunFolderError, UsageError
from lic.messages import remedy, say
from lic.messages.base import household_digits
from lic.model.audit import (
    ERROR_KINDS,
    FRAME_FILE,
    MANIFEST_FILE,
    Bounds,
    ErrorRate,
    Part,
    Tally,
)
from lic.runs.canonical import file_sha256
from lic.runs.folder import runs_of
from lic.runs.read import Run, open_run
from lic.sampling.bounds import outward
from lic.sampling.draw import stratum_of
from lic.sampling.evaluate import NextStep, SampledCase, error_rates, next_step, tallies
from lic.sampling.verify import Recomputed, read_manifest, recompute
from lic.workflows.audit_record import keep_errors
from lic.workflows.audit_results import Returned, read_results
from lic.workflows.audit_verify import audit_verify
from lic.workflows.audit_words import read_rate
from lic.workflows.load_rules import rules_of_run
from lic.workflows.workspace import find_workspace

_PLACES = 6  # of a rate in JSON
_YEARS_LATER = 5  # a date of a visit beyond that is a slip of the pen


@dataclass(frozen=True, slots=True)
class NamedProblem:
    """A problem of a cell, worded."""

    code: str
    place: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The whole evaluation. ``kept``: the file of verified values that was added, if any."""

    bundle: Path
    households: int
    returned: int
    visited: int
    random: int  # households that carry the statistics
    strata: int
    rates: tuple[ErrorRate, ...]
    towns: tuple[Tally, ...]
    visitors: tuple[Tally, ...]
    certainty: Mapping[str, int]
    missing: tuple[str, ...]  # households of the sample that nobody saw
    step: NextStep | None
    problems: tuple[NamedProblem, ...]
    kept: Path | None
    recorded: int
    repeated: int
    keepable: bool

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs; shares as exact numbers of households and as floats."""
        step = self.step
        return {
            "bundle": str(self.bundle),
            "households": self.households,
            "returned": self.returned,
            "visited": self.visited,
            "not_visited": list(self.missing),
            "random_base": self.random,
            "strata": self.strata,
            "rates": [{"kind": item.kind or None, **_bounds_json(item.bounds)} for item in self.rates],
            "towns": [_tally_json(item) for item in self.towns],
            "visitors": [_tally_json(item) for item in self.visitors],
            "certainty": dict(self.certainty),
            "limit": None
            if step is None
            else {
                "limit": str(step.limit),
                "look": step.look,
                "confidence": round(step.confidence, _PLACES),
                "at_most": step.high,
                "of": step.total,
                "reached": step.reached,
                "next_rate": None if step.rate is None else str(step.rate),
                "more_households": step.more,
            },
            "problems": [
                {
                    "code": item.code,
                    "place": item.place,
                    "message": item.message,
                    "suggestion": item.suggestion,
                }
                for item in self.problems
            ],
            "kept": None if self.kept is None else str(self.kept),
            "recorded": self.recorded,
            "repeated": self.repeated,
        }


def _bounds_json(bounds: Bounds) -> dict[str, Any]:
    return {
        "found": bounds.found,
        "sampled": bounds.sampled,
        "not_visited": bounds.missing,
        "frame": bounds.total,
        "rate": None if bounds.rate is None else round(float(bounds.rate), _PLACES),
        "rate_low": outward(bounds.rate_low, _PLACES, up=False),
        "rate_high": outward(bounds.rate_high, _PLACES, up=True),
        "rate_high_if_missing_wrong": outward(bounds.rate_worst, _PLACES, up=True),
        "projected": round(float(bounds.estimate), _PLACES),
        "number_low": bounds.low,
        "number_high": bounds.high,
        "number_high_if_missing_wrong": bounds.worst_high,
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    counts = {"households": tally.households, "visited": tally.visited}
    return {"name": tally.name, **counts, "errors": dict(tally.errors)}


def audit_evaluate(
    bundle: Path,
    files: Sequence[Path],
    *,
    limit: str | None,
    run: Path | None,
    progress: Callable[[str], None],
) -> Evaluated:
    """Read ``files`` and say what they mean for the frame.

    Raises RunFolderError for what is no bundle or does not verify, InputError when no file can
    be read.
    """
    wanted = None if limit is None else read_rate(limit)
    progress("sampling: verify")
    found = _opened(bundle)
    origin = _run_of(bundle, found, run)
    rules = None if origin is None else rules_of_run(origin)
    sample = {item.household.household_no: item for item in _drawn(found)}
    as_of = date.fromisoformat(found.origin.as_of)
    progress("sampling: results")
    returned = read_results(
        files,
        sample,
        None if origin is None else origin.manifest.categories,
        latest=as_of.replace(year=as_of.year + _YEARS_LATER, day=1),
    )
    if returned.unreadable == len(files):
        first = returned.problems[0]
        raise InputError(first.code, **first.params)
    kept, recorded, repeated = keep_errors(found, returned, origin, rules)
    return _evaluated(bundle, found, returned, wanted, kept, recorded, repeated, keepable=rules is not None)


def _opened(bundle: Path) -> Recomputed:
    verified = audit_verify(bundle, None, progress=lambda _text: None)
    if verified.problems:
        raise RunFolderError("W650", folder=bundle, count=len(verified.problems))
    manifest = read_manifest((bundle / MANIFEST_FILE).read_bytes().decode()) or {}
    found = recompute(manifest, (bundle / FRAME_FILE).read_bytes().decode())
    if found is None or found.draw is None:
        raise RunFolderError("W649", folder=bundle)
    return found


def _drawn(found: Recomputed) -> list[Any]:
    return [] if found.draw is None else [*found.draw.random, *found.draw.on_top]


def _run_of(bundle: Path, found: Recomputed, run: Path | None) -> Run | None:
    """The run that was drawn from: as told, else found again in the workspace by its hash."""
    if run is not None:
        given = open_run(run)
        if file_sha256(given.folder / MANIFEST_FILE) != found.origin.run:
            raise RunFolderError("W648", folder=run)
        return given
    try:
        months = find_workspace(bundle.resolve()) / "runs" / found.origin.period
    except UsageError:
        return None
    for folder in runs_of(months):
        if file_sha256(folder / MANIFEST_FILE) == found.origin.run:
            return open_run(folder)
    return None


def _evaluated(
    bundle: Path,
    found: Recomputed,
    returned: Returned,
    limit: Fraction | None,
    kept: Path | None,
    recorded: int,
    repeated: int,
    *,
    keepable: bool,
) -> Evaluated:
    stratify = found.plan.stratify
    totals = Counter(stratum_of(item, stratify) for item in found.frame.households)
    cases = [
        SampledCase(
            item.household.household_no,
            stratum_of(item.household, stratify),
            item.household.town,
            item.part,
            visit.result if (visit := returned.visits.get(item.household.household_no)) else None,
            visit.visitor if visit else None,
        )
        for item in _drawn(found)
    ]
    on_top = [case for case in cases if case.part is Part.CERTAINTY]
    step = None
    if limit is not None:
        look = 1 + len(found.earlier)
        step = next_step(cases, totals, limit=limit, look=look, rate=found.plan.rate)
    return Evaluated(
        bundle=bundle,
        households=len(cases),
        returned=sum(case.result is not None for case in cases),
        visited=sum(case.visited for case in cases),
        random=sum(case.part is Part.HOUSEHOLDS for case in cases),
        strata=len(totals),
        rates=tuple(error_rates(cases, totals)),
        towns=tuple(tallies(cases, lambda case: case.town)),
        visitors=tuple(tallies((case for case in cases if case.result), lambda case: case.visitor or "")),
        certainty={
            "households": len(on_top),
            "visited": sum(case.visited for case in on_top),
            **{kind.value: sum(case.result is kind for case in on_top) for kind in ERROR_KINDS},
        },
        missing=tuple(case.household_no for case in cases if not case.visited),
        step=step,
        problems=_named(returned),
        kept=kept,
        recorded=recorded,
        repeated=repeated,
        keepable=keepable,
    )


def _named(returned: Returned) -> tuple[NamedProblem, ...]:
    numbers = (item.params["household"] for item in returned.problems if "household" in item.params)
    keep_digits = household_digits(numbers)
    return tuple(
        NamedProblem(
            item.code, item.place, say(item.code, item.params, keep_digits), remedy(item.code, item.params)
        )
        for item in returned.problems
    )
