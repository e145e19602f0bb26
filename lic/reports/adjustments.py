"""动态调整.xlsx: what changed by kind, why and where that stands, from which month, and the ledger.

A view of a comparison; nothing is compared or decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa

from lic.model.adjustment import Adjustment, Change, Column, Kind, LedgerRow, PersonState, Whose
from lic.reports import labels
from lic.reports import labels_adjustments as own
from lic.reports.adjustments_text import advice, causes_text, evidence_text, outcome_text
from lic.reports.book import BookHead, period_text
from lic.reports.table import Column as Heading
from lic.reports.table import Kind as Shape
from lic.reports.table import ReportBook, ReportTable, Values

_SIGNED = (own.OPINION,)
_OUTCOMES = frozenset(  # what happened is said by the two outcomes
    {Kind.ENTER, Kind.RETURN, Kind.LEAVE, Kind.CATEGORY, Kind.DOUBT, Kind.SETTLED, Kind.APPEAR, Kind.VANISH}
)


def adjustments(adjustment: Adjustment) -> ReportBook:
    """The workbook: summary, ledger, and a sheet for every kind that occurs."""
    new = adjustment.new
    head = BookHead(own.FILE, own.TITLE, new.county, period_text(new.period), new.as_of)
    kinds = [kind for kind in Kind if any(item.kind is kind for item in adjustment.changes)]
    return head.book(
        [
            _summary(head, adjustment),
            _ledger(head, adjustment),
            *(
                _kind(head, kind, [item for item in adjustment.changes if item.kind is kind])
                for kind in kinds
            ),
        ]
    )


def _notes(adjustment: Adjustment) -> list[str]:
    old, new = adjustment.old, adjustment.new
    compared = own.PERIODS.format(
        old=old.name, old_period=period_text(old.period), old_as_of=old.as_of,
        new=new.name, new_period=period_text(new.period), new_as_of=new.as_of,
    )  # fmt: skip
    return [compared, *(own.NOTICE.format(text=note) for note in adjustment.notes), own.NOT_A_VERDICT]


def _summary(head: BookHead, adjustment: Adjustment) -> ReportTable:
    counted = Counter((item.kind, item.whose) for item in adjustment.changes)
    rows = [kind for kind in Kind if counted[kind, Whose.HOUSEHOLD] or counted[kind, Whose.PERSON]]
    columns: list[tuple[Heading, Values]] = [
        (Heading(own.KIND), _texts([kind.value for kind in rows])),
        (Heading(labels.HOUSEHOLDS, Shape.INTEGER), _counts(counted[kind, Whose.HOUSEHOLD] for kind in rows)),
        (Heading(labels.PERSONS, Shape.INTEGER), _counts(counted[kind, Whose.PERSON] for kind in rows)),
        (Heading(own.HOW, Shape.LONG, width=70), _texts([own.KIND_HOW[kind.value] for kind in rows])),
    ]
    return head.sheet(
        labels.SUMMARY, columns, notes=[*_notes(adjustment), _verdict(adjustment), own.HOW_COUNTED],
        closing=_SIGNED,
    )  # fmt: skip


def _verdict(adjustment: Adjustment) -> str:
    broken = adjustment.unreconciled
    if broken:
        return own.LEDGER_BROKEN.format(count=len(broken))
    return own.LEDGER_HOLDS.format(cells=len(adjustment.ledger))


def _ledger(head: BookHead, adjustment: Adjustment) -> ReportTable:
    rows: list[LedgerRow] = []
    totals: set[int] = set()
    for whose in Whose:
        mine = [row for row in adjustment.ledger if row.whose is whose]
        rows += mine
        if mine:
            totals.add(len(rows))
            rows.append(_total(whose, mine))
    used = [column for column in Column if any(row.came.get(column) or row.went.get(column) for row in rows)]
    columns: list[tuple[Heading, Values]] = [
        (Heading(own.WHOSE, Shape.WORD), _texts([row.whose.value for row in rows])),
        (Heading(labels.TOWN), _texts([row.town or labels.NO_TOWN for row in rows])),
        (Heading(own.GROUP), _texts([row.group for row in rows])),
        (Heading(own.OLD, Shape.INTEGER), _counts(row.before for row in rows)),
    ]
    for column in used:
        for sign, moved in (("－", "went"), ("＋", "came")):
            counts = [getattr(row, moved).get(column, 0) for row in rows]
            if any(counts):
                columns.append((Heading(f"{sign}{column.value}", Shape.INTEGER), _counts(counts)))
    columns += [
        (Heading(own.NEW, Shape.INTEGER), _counts(row.after for row in rows)),
        (Heading(own.DIFFERENCE, Shape.INTEGER), _counts(row.difference for row in rows)),
    ]
    return head.sheet(
        own.LEDGER, columns, notes=[own.LEDGER_HOW, _verdict(adjustment)], emphasis=frozenset(totals),
        closing=_SIGNED,
    )  # fmt: skip


def _total(whose: Whose, rows: Sequence[LedgerRow]) -> LedgerRow:
    came: Counter[Column] = Counter()
    went: Counter[Column] = Counter()
    for row in rows:
        came.update(row.came)
        went.update(row.went)
    before, after = (sum(getattr(row, name) for row in rows) for name in ("before", "after"))
    return LedgerRow(whose, labels.GRAND_TOTAL, "", before, came, went, after)


def _kind(head: BookHead, kind: Kind, changes: Sequence[Change]) -> ReportTable:
    def texts(make: Callable[[Change], str | None]) -> Values:
        return _texts([make(item) for item in changes])

    columns: list[tuple[Heading, Values]] = [
        (Heading(labels.NUMBER, Shape.ORDINAL), pa.array(range(1, len(changes) + 1), pa.int64())),
        (Heading(own.WHOSE, Shape.WORD), texts(lambda item: item.whose.value)),
        (Heading(labels.HOUSEHOLD_NO), texts(lambda item: item.state.household_no)),
        (Heading(labels.NAME), texts(_name)),
        (Heading(labels.ID_NUMBER), texts(_number)),
        (Heading(labels.TOWN, Shape.LONG), texts(lambda item: item.state.town)),
        (Heading(labels.VILLAGE, Shape.LONG), texts(lambda item: item.state.village)),
        (Heading(own.OLD, Shape.LONG), texts(lambda item: outcome_text(item.old))),
        (Heading(own.NEW, Shape.LONG), texts(lambda item: outcome_text(item.new))),
    ]
    if kind not in _OUTCOMES:
        columns.append((Heading(own.CHANGE, Shape.LONG, width=30), texts(lambda item: item.text)))
    if any(item.since for item in changes):
        columns.append((Heading(own.SINCE, Shape.WORD, width=11), texts(lambda item: item.since)))
    columns += [
        (Heading(own.CAUSE, Shape.LONG), texts(causes_text)),
        (Heading(own.EVIDENCE, Shape.LONG, width=40), texts(evidence_text)),
        (Heading(own.ADVICE, Shape.LONG), texts(advice)),
    ]
    if any(item.proposed for item in changes):
        mark = texts(lambda item: own.PROPOSED if item.proposed else None)
        columns.append((Heading(own.MARK, Shape.WORD, width=11), mark))
    return head.sheet(kind.value, columns, notes=[own.KIND_HOW[kind.value]], closing=_SIGNED)


def _name(item: Change) -> str | None:
    state = item.state
    return state.name if isinstance(state, PersonState) else state.head_name


def _number(item: Change) -> str | None:
    state = item.state
    return state.id_number if isinstance(state, PersonState) else state.head_id


def _texts(values: Sequence[str | None]) -> pa.Array:
    return pa.array(list(values), pa.string())


def _counts(values: Iterable[int]) -> pa.Array:
    return pa.array(list(values), pa.int64())
