"""``lic classify``: a month of exports to decided lists, as one list of calls.

Knows the order of the stages and nothing of what they compute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import lic
from lic.errors import RunBlocked
from lic.model.manifest import Manifest
from lic.reports import labels_views
from lic.runs.evidence import rule_files, rules_sha256
from lic.runs.folder import answers, check_destination, find_answer
from lic.runs.journal import Journal
from lic.runs.manifest import question_sha256, read_manifest
from lic.sources.folder import Passwords
from lic.workflows.beside import Beside
from lic.workflows.blocked import blocked, keep_blocked
from lic.workflows.decide import decide_month
from lic.workflows.examine import examine
from lic.workflows.last_month import profile_before
from lic.workflows.load_rules import load_rules
from lic.workflows.password_file import known_passwords
from lic.workflows.recall import compare_and_remember
from lic.workflows.required import check_names, not_there, with_findings
from lic.workflows.stage_month import require_roster, stage_month, staging_cache
from lic.workflows.verdicts import earlier_runs
from lic.workflows.workspace import Month, open_month
from lic.workflows.write_run import write_run

__all__ = ["ClassifyOptions", "ClassifyResult", "classify_month"]


@dataclass(frozen=True, slots=True)
class ClassifyOptions:
    """What the command line may choose."""

    out: Path | None = None
    rules: Path | None = None
    as_of: str | None = None
    period: str | None = None
    force: bool = False
    use_cache: bool = True
    by_town: bool = False
    require: tuple[str, ...] = ()
    passwords: Passwords = field(default_factory=Passwords, repr=False)


@dataclass(frozen=True, slots=True)
class ClassifyResult:
    """Where the answer is, whether it was there before, and its account."""

    run: Path
    repeated: bool
    manifest: Manifest
    views: tuple[Path, ...] = ()
    beside: tuple[Beside, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        account = self.manifest.to_dict()
        left_out = ("sheets", "checks", "content", "outputs", "format", "towns")
        return {
            "run": str(self.run),
            "repeated": self.repeated,
            **{name: value for name, value in account.items() if name not in left_out},
            "files": sorted(self.manifest.outputs),
            "views": [path.relative_to(self.run).as_posix() for path in self.views],
        }


def classify_month(
    folder: Path, options: ClassifyOptions, *, progress: Callable[[str], None]
) -> ClassifyResult:
    """Decide every person and household of a month's folder and write a run.

    The same question again (inputs, rules, as-of date, lic version) writes nothing and names
    the run that answered it.  Raises LicError when the run cannot or must not go on.
    """
    journal = Journal()

    def report(text: str) -> None:
        journal.note(text)
        progress(text)

    month = open_month(folder, period=options.period, as_of=options.as_of, rules=options.rules)
    if options.out is not None and not _same_question_possible(options.out):
        check_destination(options.out, force=options.force, month=month.folder)
    rules = load_rules(month)
    check_names(rules, options.require)
    passwords = known_passwords(options.passwords, month.workspace)
    with staging_cache(month, use_cache=options.use_cache) as cache:
        delivered = stage_month(month, rules, cache=cache, progress=report, passwords=passwords)
        files = rule_files(month.pack, month.workspace)
        rules_hash = rules_sha256(files)
        runs = earlier_runs(month.workspace.runs, month.as_of)
        question = question_sha256(
            {
                "lic": lic.__version__,
                "period": str(month.period),
                "as_of": month.as_of.isoformat(),
                "rules": rules_hash,
                "inputs": delivered.fingerprints(),
                "earlier_runs": [run.question for run in runs],
            }
        )
        earlier = _answered(month, options, question)
        if earlier is not None and not not_there(delivered, rules, options.require):
            return _with_views(earlier, options, report)
        if options.out is not None:
            check_destination(options.out, force=options.force, month=month.folder)
        examined = examine(delivered, rules, profile_before(runs, month), month.workspace.towns)
        require_roster(examined.delivered.folder, rules.pack.roster, month)
        compare_and_remember(month, examined.delivered, rules.sources)
        lacking = not_there(examined.delivered, rules, options.require)
        if blocking := (*examined.blocking, *lacking):
            kept = keep_blocked(
                month,
                rules,
                with_findings(examined.delivered, lacking),
                profile=examined.profile,
                question=question_sha256({"question": question, "require": sorted(options.require)}),
                rules_sha256=rules_hash,
                files=files,
                journal=journal,
            )
            raise blocked(blocking, kept)
        decided = decide_month(month, rules, examined.delivered, runs=runs, progress=report)
        manifest = decided.manifest(question=question, rules_sha256=rules_hash)
        broken = manifest.funnel.problems()
        if broken:
            raise RunBlocked("G003", steps=", ".join(broken))
        run = write_run(
            month,
            decided,
            manifest,
            profile=examined.profile,
            rules=files,
            out=options.out,
            runs=runs,
            journal=journal,
            progress=report,
        )
    finished = read_manifest(run)
    result = ClassifyResult(
        run,
        repeated=False,
        manifest=manifest if finished is None else finished,
        beside=_beside(options.out, run),
    )
    return _with_views(result, options, report)


def _beside(wanted: Path | None, run: Path) -> tuple[Beside, ...]:
    """What is to be said when the folder that was asked for is held open."""
    return () if wanted is None or run == wanted else (Beside(wanted.name, run.name),)


def _with_views(
    result: ClassifyResult, options: ClassifyOptions, progress: Callable[[str], None]
) -> ClassifyResult:
    """The same answer, with the views that the command line asked for beside it."""
    if not options.by_town:
        return result
    # every view there is, with the readers of official forms: not before it is asked for
    from lic.workflows.report import find_view, write_view
    from lic.workflows.views import open_source

    written = write_view(find_view(labels_views.TOWNS), open_source(result.run), progress=progress)
    return replace(result, views=written.files, beside=(*result.beside, *written.beside))


def _same_question_possible(out: Path) -> bool:
    """A folder that holds a run may be the answer already; it is judged when the question is known."""
    return read_manifest(out) is not None


def _answered(month: Month, options: ClassifyOptions, question: str) -> ClassifyResult | None:
    if options.out is None:
        run = find_answer(month.workspace.runs / str(month.period), question)
    else:
        run = options.out if not options.force and answers(options.out, question) else None
    manifest = None if run is None else read_manifest(run)
    if run is None or manifest is None:
        return None
    return ClassifyResult(run, repeated=True, manifest=manifest)
