"""The list for a town panel's meeting: one row per household, all categories together, with room to decide.

Knows the result and which household facts the pack wants shown. Refuses to propose anything that
the run does not propose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction
from lic.model.result import Action, Status
from lic.reports import labels
from lic.reports import labels_meeting as words
from lic.reports.book import BookHead, ReportInput, book_head, town_order
from lic.reports.economy_text import fact as known
from lic.reports.frame import by_place, empty_column, numbered, rank, share
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_TALK = (Action.ENTER, Action.MOVE, Action.LEAVE, Action.VERIFY)
_ORDER = (*_TALK, Action.NOTHING, Action.KEEP)  # asked and not met, then who stays
_DOUBTS = 4
_NAMES = 2  # of members that are named in one doubt


def meeting_book(report: ReportInput, shown: Sequence[str], aside: Sequence[str] = ()) -> ReportBook:
    """A sheet for every town; ``shown`` are the household facts that the pack names.

    Whom nobody proposes is on the list only where his family asked: ``aside`` are the beginnings
    of the numbers of families that did not.
    """
    head = book_head(report.manifest, file=words.FILE, title=words.TITLE)
    households = report.result.households
    proposed = pc.or_(
        pc.not_equal(households.column("status"), Status.NOT_MET.value),
        pc.is_in(households.column("action"), pa.array([action.value for action in _TALK])),
    )
    asked = pa.array(
        [not number.startswith(tuple(aside)) for number in households["household_no"].to_pylist()]
    )
    concerned = households.filter(pc.or_(proposed, asked))
    covered, doubts = _covered(report), _doubts(report)
    towns: list[str | None] = [*town_order(report.manifest, concerned.column("town"))]
    if concerned.column("town").null_count:
        towns.append(None)
    return head.book(
        [_sheet(head, report, _of(concerned, town), town, covered, doubts, shown) for town in towns]
    )


def _of(table: pa.Table, town: str | None) -> pa.Table:
    column = table.column("town")
    return table.filter(column.is_null() if town is None else pc.fill_null(pc.equal(column, town), False))


def _sheet(
    head: BookHead,
    report: ReportInput,
    rows: pa.Table,
    town: str | None,
    covered: Mapping[str, str],
    doubts: Mapping[str, str],
    shown: Sequence[str],
) -> ReportTable:
    table = _ordered(rows)
    numbers = table.column("household_no").to_pylist()
    moves = sum(action != Action.KEEP.value for action in table.column("action").to_pylist())
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(words.HEAD, Kind.LONG, width=18.0), _lines(table, "head_name", "household_no")),
        (Column(words.PLACE, Kind.LONG, width=13.0), table.column("village")),
        (Column(words.MEMBERS, Kind.INTEGER, width=6.0), table.column("members")),
        (Column(words.COUNTED, Kind.INTEGER, width=6.0), table.column("counted_members")),
        (Column(labels.ACTION, Kind.WORD, width=8.0), table.column("action")),
        (Column(words.COVERED, Kind.LONG, width=20.0), _texts(covered, numbers)),
        (Column(labels.REGISTERED, Kind.LONG, width=16.0), table.column("registered_category")),
        (Column(words.FIGURES, Kind.LONG, width=31.0), _figures(report, table, shown)),
        (Column(labels.REASON, Kind.LONG, width=24.0), table.column("reason")),
        (Column(words.DOUBTS, Kind.LONG, width=33.0), _texts(doubts, numbers)),
        (Column(words.OPINION, blank=True, width=9.0, choices=words.OPINIONS), empty_column(table)),
        (Column(words.REMARK, blank=True, width=11.0), empty_column(table)),
        (Column(words.SIGNED, blank=True, width=11.0), empty_column(table)),
    ]
    notes = [
        words.HERE.format(households=table.num_rows, moves=moves, kept=table.num_rows - moves),
        words.HOW,
        labels.DOUBT_IS_NO_BREACH,
    ]
    name = words.NO_TOWN if town is None else town
    return head.sheet(name, columns, notes=notes, closing=words.CLOSING)


def _texts(texts: Mapping[str, str], numbers: Sequence[str]) -> pa.Array:
    return pa.array([texts.get(number) for number in numbers], pa.string())


def _lines(table: pa.Table, *names: str) -> pa.ChunkedArray:
    """Several columns in one cell, each on its line."""
    return pc.binary_join_element_wise(*(table.column(name) for name in names), "\n", null_handling="skip")


def _ordered(table: pa.Table) -> pa.Table:
    """What is to be decided first, then by village and household."""
    placed = by_place(table, ())
    keys = pa.table(
        {
            "action": rank(placed.column("action"), [action.value for action in _ORDER]),
            "position": pa.array(range(placed.num_rows), pa.int64()),
        }
    )
    return placed.take(pc.sort_indices(keys, sort_keys=[("action", "ascending"), ("position", "ascending")]))


def _figures(report: ReportInput, table: pa.Table, shown: Sequence[str]) -> pa.Array:
    """The facts that the pack names, a line each; beside an amount its share of the line, as on the roll."""
    ratios = {
        ratio.numerator: (ratio.title, share(table.column(ratio.numerator), table.column(ratio.denominator)))
        for ratio in report.roll_ratios
        if not ratio.categories and {ratio.numerator, ratio.denominator} <= set(table.column_names)
    }
    shares = {name: (title, column.to_pylist()) for name, (title, column) in ratios.items()}
    cells = []
    for index, row in enumerate(table.to_pylist()):
        lines = []
        for name in shown:
            text = words.FIGURE.format(name=name, value=known(name, row))
            title, parts = shares.get(name, ("", []))
            if parts and parts[index] is not None:
                text += words.SHARE.format(title=title, percent=f"{parts[index] * 100:.1f}")
            lines.append(text)
        cells.append("\n".join(lines))
    return pa.array(cells, pa.string())


def _covered(report: ReportInput) -> dict[str, str]:
    """For each household its members by category, in the order of the categories; doubts last."""
    persons = report.result.persons
    counts: dict[str, Counter[str]] = {}
    columns = [persons.column(name).to_pylist() for name in ("household_no", "status", "category")]
    for number, status, category in zip(*columns, strict=True):
        group = category if status == Status.RECOGNISED else status
        counts.setdefault(number, Counter())[group] += 1
    order = [*report.manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value]
    return {
        number: words.SEPARATOR.join(
            words.COVERED_ITEM.format(group=group, count=count[group]) for group in order if count[group]
        )
        for number, count in counts.items()
    }


def _doubts(report: ReportInput) -> dict[str, str]:
    """For each household its discrepancies in the order of the findings; the same of several members once."""
    findings = report.result.findings
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    columns = [
        findings.column(name).to_pylist() for name in ("household_no", "direction", "code", "name", "message")
    ]
    for number, direction, code, name, message in zip(*columns, strict=True):
        if number is not None and direction != Direction.DATA:
            names = found.setdefault(number, {}).setdefault((code, message), [])
            if name and name not in names:
                names.append(name)
    return {number: "\n".join(_first(items)) for number, items in found.items()}


def _first(items: Mapping[tuple[str, str], Sequence[str]]) -> list[str]:
    lines = []
    for (code, message), names in list(items.items())[:_DOUBTS]:
        whom = labels.LIST_SEPARATOR.join(names[:_NAMES])
        form = words.DOUBT if not names else words.DOUBT_OF if len(names) <= _NAMES else words.DOUBT_OF_MANY
        lines.append(form.format(code=code, name=whom, message=message, count=len(names)))
    rest = len(items) - _DOUBTS
    return [*lines, *([words.MORE.format(count=rest)] if rest > 0 else [])]
