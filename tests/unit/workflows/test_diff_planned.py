"""Three months whose every move the generator wrote down: each found with its cause, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import pytest

from lic.declare import read_document
from lic.errors import ProblemLog
from lic.model.adjustment import Adjustment, Cause, CauseKind, Change, Kind
from lic.runs.read import open_run
from lic.samples.moves import PLANNED, YEARS
from lic.samples.scripted import LIMIT, MOVES, read_stories
from lic.workflows.diff import compare_runs
from tests.unit.workflows.county import silent

LAYOUTS = Path(__file__).parents[3] / "rules" / "samples"
STORIES = {  # the five of sample_data/README.md: household, kind, table
    "SQ-202609000001": (Kind.ENTER, "机动车"),
    "61099902000002": (Kind.CATEGORY, "死亡"),
    "61099903000003": (Kind.LEAVE, "就业登记"),
    "61099904000004": (Kind.ENTER, "医保结算"),
    "61099905000005": (Kind.CATEGORY, "残疾人证"),
}
Moves = dict[str, list[tuple[str, tuple[str, ...]]]]  # by any of a household's numbers: what, files


@pytest.fixture(scope="module")
def compared(three_months: Path) -> dict[str, Adjustment]:
    runs = [open_run(three_months / "runs" / f"2026-{month:02d}" / "01") for month in (8, 9, 10)]
    return {new.manifest.period: compare_runs(old, new, progress=silent) for old, new in pairwise(runs)}


@pytest.fixture(scope="module")
def planned(three_months: Path) -> dict[str, Moves]:
    top = read_document(three_months / PLANNED, ProblemLog())
    assert top is not None
    found: dict[str, Moves] = {}
    for month in ("2026-09", "2026-10"):
        moves: Moves = defaultdict(list)
        for node in top.maps(month, required=True):
            for number in {node.text("household") or "", *node.texts("numbers")}:
                moves[number].append((node.text("what") or "", node.texts("files")))
        found[month] = moves
    return found


def numbers_of(change: Change) -> set[str]:
    states = (change.old, change.new)
    return {state.household_no.split("-")[-1] for state in states if state is not None}


def moves_of(change: Change, moves: Moves) -> list[tuple[str, tuple[str, ...]]]:
    return [move for number in numbers_of(change) for move in moves.get(number, [])]


def files_in(cause: Cause) -> Iterator[str]:
    for detail in cause.details:
        for text in (detail.old, detail.new, detail.place):
            if text and text.startswith("2026-") and "/" in text:
                yield text.split("/", 1)[1].split(" 第 ")[0].rsplit(" ", 1)[0]


def test_every_change_was_planned(compared: dict[str, Adjustment], planned: dict[str, Moves]) -> None:
    for month, adjustment in compared.items():
        assert adjustment.unreconciled == ()
        unplanned = [item for item in adjustment.changes if not moves_of(item, planned[month])]
        assert unplanned == [], month


def test_every_change_has_its_planned_cause(
    compared: dict[str, Adjustment], planned: dict[str, Moves]
) -> None:
    for month, adjustment in compared.items():
        for change in adjustment.changes:
            moves = moves_of(change, planned[month])
            assert change.causes, change
            for cause in change.causes:
                if cause.kind is CauseKind.DATE:
                    assert any(what == YEARS for what, _ in moves), change
                    continue
                assert cause.kind in (CauseKind.INPUT, CauseKind.LISTED), change
                patterns = [pattern for _, files in moves for pattern in files]
                named = set(files_in(cause))
                assert named, change
                assert any(fnmatch(file, pattern) for file in named for pattern in patterns), (
                    change,
                    patterns,
                )


def test_the_stories_are_told(compared: dict[str, Adjustment]) -> None:
    for number, (kind, table) in STORIES.items():
        mine = [item for item in compared["2026-10"].changes if number in item.state.household_no]
        found = {(item.kind, cause.source) for item in mine for cause in item.causes}
        assert (kind, table) in found, number
        assert {source for _, source in found} == {table}, number


def test_every_kind_of_move_is_found_as_that_and_nothing_else(compared: dict[str, Adjustment]) -> None:
    for story in read_stories(LAYOUTS, MOVES, LIMIT):
        wanted = set(story.node.texts("expected"))
        month = "2026-09" if story.node.text("month") == "-1" else "2026-10"
        for period, adjustment in compared.items():
            found = {
                item.kind.value
                for item in adjustment.changes
                for number in numbers_of(item)
                if int(number[-6:]) % 800000 == story.index
            }
            assert found == (wanted if period == month else set()), (story.node.text("title"), period)


def test_who_comes_back_is_said_since_when(compared: dict[str, Adjustment]) -> None:
    back = [item for item in compared["2026-10"].changes if item.kind is Kind.RETURN]
    assert {item.since for item in back} == {"2026-04-12"}
