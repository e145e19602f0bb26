"""``lic rules test``: the cases beside the rules, what they show, and the lines to sign.

Knows which parts were asked for. A broken case stops everything; a case that comes out otherwise
is a result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.errors import ProblemLog
from lic.model.page import Paper
from lic.policy.boundary import boundaries
from lic.policy.boundary_shape import Boundary, Point
from lic.policy.cases import CaseResult, CaseRun, each_case
from lic.policy.coverage import Shown, coverage
from lic.policy.explain import explain_case
from lic.policy.pack import Pack
from lic.reports import labels_cases as labels
from lic.reports.case_paper import FailedCase, case_paper
from lic.workflows.explain_json import plain
from lic.workflows.open_rules import open_rules


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What the cases came to; ``shown`` and ``lines`` None: not asked."""

    pack: str
    results: tuple[CaseResult, ...]
    failed: tuple[FailedCase, ...]
    shown: tuple[Shown, ...] | None
    lines: tuple[Boundary, ...] | None
    layers: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every case came out as written, and all was seen when that was asked."""
        return not self.failed and not any(item.lacking for item in self.shown or ())

    def paper(self) -> Paper:
        """The text for people."""
        shown = self.shown
        return case_paper(
            self.pack,
            len(self.results),
            self.failed,
            uncovered=None if shown is None else [_uncovered(item) for item in shown if item.lacking],
            items=len(shown or ()),
            boundary=None if self.lines is None else [_line(item) for item in self.lines],
            layers=self.layers,
        )

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "rules": self.pack,
            "passed": self.passed,
            "cases": [
                {
                    "name": item.name,
                    "file": item.file,
                    "line": item.line,
                    "passed": item.passed,
                    "differences": [plain(found) for found in item.differences],
                }
                for item in self.results
            ],
            "failed": [
                {"name": item.name, "place": item.place, "explanation": plain(item.explanation)}
                for item in self.failed
            ],
            "coverage": None if self.shown is None else [_shown_json(item) for item in self.shown],
            "boundary": None if self.lines is None else [plain(item) for item in self.lines],
        }


def run_rules_test(
    target: Path | None, *, with_coverage: bool, with_boundary: bool, progress: Callable[[str], None]
) -> CaseReport:
    """Run the cases of a pack. Raises RulesError for a broken pack or broken cases."""
    opened = open_rules(target)
    pack, log = opened.rules.pack, ProblemLog()
    runs: list[CaseRun] = []
    for number, run in enumerate(each_case(pack, log), start=1):
        progress(f"{number} {run.result.name}")
        runs.append(run)
    log.raise_if_any()
    failed = tuple(_failed(pack, run) for run in runs if not run.result.passed)
    shown = coverage(pack, [run.batch for run in runs]) if with_coverage else None
    lines = boundaries(pack) if with_boundary else None
    results = tuple(run.result for run in runs)
    layers = tuple(sorted({item.layer for item in opened.rules.overrides(opened.day(None))}))
    return CaseReport(opened.pack.as_posix(), results, failed, shown, lines, layers)


def _failed(pack: Pack, run: CaseRun) -> FailedCase:
    result = run.result
    return FailedCase(
        result.name,
        labels.PLACE.format(file=result.file, line=result.line),
        tuple((item.what, item.expected, item.actual) for item in result.differences),
        explain_case(pack, run.batch),
    )


def _uncovered(item: Shown) -> tuple[str, ...]:
    row = labels.EMPTY if item.row is None else labels.ROW.format(row=item.row, category=item.category)
    lacking = "、".join(truth.value for truth in item.lacking)
    return labels.PLACE.format(file=item.file, line=item.line), item.name, row, lacking


def _shown_json(item: Shown) -> dict[str, Any]:
    return {
        "name": item.name, "row": item.row, "category": item.category, "file": item.file, "line": item.line,
        "seen": sorted(truth.value for truth in item.seen),
        "lacking": [truth.value for truth in item.lacking],
    }  # fmt: skip


def _line(item: Boundary) -> tuple[str, ...]:
    reference = item.reference or ""
    name = f"{item.name}（{reference}）" if reference else item.name
    return (
        name,
        item.sentence,
        "、".join(item.parameters) or labels.BY_RULE,
        item.line,
        *(_point(point) for point in item.points),
    )


def _point(point: Point | None) -> str:
    if point is None:
        return labels.NO_POINT
    differs = point.condition is not point.truth
    whole = labels.WHOLE.format(truth=point.condition.value) if differs else ""
    return labels.POINT.format(
        value=point.value, truth=point.truth.value, whole=whole, category=point.category
    )
