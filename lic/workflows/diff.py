"""``lic diff``: two runs to what changed, why, and the ledger that must come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lic.diffing.changes import change_order, find_changes
from lic.diffing.ledger import ledger
from lic.diffing.match import Matching, match
from lic.diffing.states import changed_snapshots
from lic.errors import RunBlocked
from lic.messages import diff as words
from lic.model.adjustment import Adjustment, LedgerRow
from lic.model.period import Period
from lic.model.rulebook import ItemKind, Weight
from lic.model.workspace import VIEWS
from lic.reports.adjustments import adjustments
from lic.reports.workbook import write_workbook
from lic.runs.folder import Draft
from lic.runs.read import Run, open_run, read_evidence
from lic.workflows.diff_causes import with_causes
from lic.workflows.diff_effect import fading_of, with_effects
from lic.workflows.diff_exchange import Month
from lic.workflows.diff_head import RuleNews, check_comparable, head_notes, side_of
from lic.workflows.diff_named import Asked
from lic.workflows.diff_numbers import number_changes, rewritten, written_numbers
from lic.workflows.diff_since import exits_of, runs_before, with_returns
from lic.workflows.diff_words import worded
from lic.workflows.diff_write import check_out, to_json, write_diff
from lic.workflows.load_rules import Rules, rules_of_run
from lic.workflows.rules_diff import diff_rules


@dataclass(frozen=True, slots=True)
class DiffResult:
    """A comparison and where it was written."""

    adjustment: Adjustment
    folder: Path
    files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {"folder": str(self.folder), "files": list(self.files), **to_json(self.adjustment)}


def diff_runs(old: Path, new: Path, *, out: Path | None, progress: Callable[[str], None]) -> DiffResult:
    """Compare two runs and write the comparison.

    Raises RunFolderError where a folder is no run or a comparison would mislead, RunBlocked
    (after writing) where the ledger does not come out.
    """
    if out is not None:
        check_out(out)
    progress("runs")
    one, other = open_run(old), open_run(new)
    check_comparable(one, other)
    adjustment = compare_runs(one, other, progress=progress)
    folder = _default(one, other) if out is None else out
    files = write_diff(adjustment, folder, books=_writing(adjustment), progress=progress)
    if adjustment.unreconciled:
        raise RunBlocked("G045", cells=_cells(adjustment.unreconciled))
    return DiffResult(adjustment, folder, files)


def _writing(adjustment: Adjustment) -> Callable[[Draft], None]:
    book = adjustments(adjustment)

    def write(draft: Draft) -> None:
        write_workbook(book, draft.path / book.file)

    return write


def compare_runs(old: Run, new: Run, *, progress: Callable[[str], None]) -> Adjustment:
    """Everything that differs between two runs that may be compared."""
    progress("diff: changes")
    rules = rules_of_run(old), rules_of_run(new)
    numbers = [
        written_numbers(run, own.pack.roster.number_column)
        for run, own in zip((old, new), rules, strict=True)
    ]
    also = _homes(old, new, rewritten(*numbers))
    matching = match(*changed_snapshots(old.result, new.result, also))
    news = _rule_news(old, new)
    asked = _asked(old, new, rules, matching, news)
    changes = worded(find_changes(matching), matching)
    left = exits_of(asked.new.linked, asked.new.pack.adjustment, asked.new.as_of)
    changes = with_returns(changes, left, runs_before(old, new))
    changes = tuple(sorted((*changes, *number_changes(matching, *numbers)), key=change_order))
    progress("diff: causes")
    changes = with_causes(changes, asked)
    changes = with_effects(changes, _last_period(old, new), fading_of(asked.new.pack, asked.new.as_of))
    manifests = old.manifest, new.manifest
    return Adjustment(
        old=side_of(old),
        new=side_of(new),
        notes=head_notes(old, new, news),
        changes=changes,
        ledger=ledger(
            old.result,
            new.result,
            changes,
            towns=tuple(dict.fromkeys((*manifests[1].towns, *manifests[0].towns))),
            categories=tuple(dict.fromkeys((*manifests[1].categories, *manifests[0].categories))),
        ),
    )


def _last_period(old: Run, new: Run) -> Period:
    """The newer month: whatever is decided takes effect after it."""
    found = [period for run in (old, new) if (period := Period.parse(run.manifest.period)) is not None]
    return max(found)


def _rule_news(old: Run, new: Run) -> RuleNews:
    """What the rules say differently, in policy words; nothing where the files are the same."""
    if old.manifest.rules_sha256 == new.manifest.rules_sha256:
        return RuleNews(same=True)
    found = diff_rules(old.folder, new.folder, run=None, as_of=new.manifest.as_of, progress=_quiet)
    return RuleNews(same=False, changes=found.changes)


def _quiet(_text: str) -> None:
    return


def _asked(old: Run, new: Run, rules: tuple[Rules, Rules], matching: Matching, news: RuleNews) -> Asked:
    months = [
        Month(own.pack, read_evidence(run), date.fromisoformat(run.manifest.as_of))
        for run, own in zip((old, new), rules, strict=True)
    ]
    beside = tuple(
        item for item in news.changes if item.weight is Weight.RULE and item.item is not ItemKind.PARAMETER
    )
    return Asked(months[0], months[1], matching, beside, (old.manifest.lic, new.manifest.lic))


def _homes(old: Run, new: Run, numbers: frozenset[str]) -> set[str]:
    """The households of some persons, in both runs."""
    wanted = pa.array(sorted(numbers), pa.string())
    found: set[str] = set()
    for run in (old, new):
        persons = run.result.persons
        mask = pc.is_in(persons.column("id_number"), value_set=wanted)
        found.update(persons.column("household_no").filter(mask).to_pylist())
    return found


def _default(old: Run, new: Run) -> Path:
    """Beside the views of the newer run, named after the older one."""
    return new.folder / VIEWS / words.FOLDER / f"{old.manifest.period}-{old.folder.name}"


def _cells(rows: tuple[LedgerRow, ...]) -> str:
    shown = [
        words.CELL.format(
            town=row.town or words.NO_TOWN, group=row.group, whose=row.whose.value, difference=row.difference
        )
        for row in rows[: words.SHOWN_CELLS]
    ]
    return words.CELL_SEPARATOR.join(shown)
