"""Entry workbooks for other systems, and what a reconciliation with their list came to.

Knows the order of a template's columns and how differences are said. Judges nothing: what is to
be entered, changed or removed is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from lic.model.export import ExportColumn, ExportTemplate, Item
from lic.model.manifest import Manifest
from lic.model.platform import Pair, PlatformList, Reconciled, Subject
from lic.reports import labels_export as said
from lic.reports.book import BookHead, book_head
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_WHY_WIDTH = 44  # one change in two lines at most: narrower, the rows of a page grow tall

Coded = Callable[[ExportColumn, Subject], str]


@dataclass(frozen=True, slots=True)
class PlatformReport:
    """One system: its template, its list, and what the two sides come to; ``coded`` writes a cell.

    ``before``: what last month's run came to, by ID number; None without such a run.
    """

    template: ExportTemplate
    listed: PlatformList
    found: Reconciled
    coded: Coded
    before: Mapping[str, str] | None = None


_WHY_WIDTH = 44  # one change in two lines at most: narrower, the rows of a page grow tall


def entry_book(manifest: Manifest, report: PlatformReport) -> ReportBook:
    """The workbook whose sheets are entered: new rows, changed rows, rows to take out."""
    template, found = report.template, report.found
    head = book_head(
        manifest,
        file=f"{template.file}{said.ENTER}.xlsx",
        title=said.ENTRY_TITLE.format(platform=template.name),
    )
    return head.book(
        [
            _summary(head, report),
            _entries(head, said.ENTER, report, found.enter, None),
            _entries(head, said.CHANGE, report, found.change, (said.WHAT_CHANGES, _changes)),
            _entries(head, said.REMOVE, report, found.remove, (said.WHY, _why)),
            _lacking(head, report),
        ]
    )


def reconcile_book(manifest: Manifest, report: PlatformReport) -> ReportBook:
    """The workbook of ``lic reconcile``: missing there, too many there, different, then the same to enter."""
    template, found = report.template, report.found
    head = book_head(
        manifest,
        file=said.RECONCILE_FILE.format(file=template.file),
        title=said.RECONCILE_TITLE.format(platform=template.name),
    )
    return head.book(
        [
            _summary(head, report),
            _who(head, said.MISSING_THERE, found.enter),
            _who(head, said.MISSING_HERE, found.remove),
            _differences(head, found.change),
            _lacking(head, report),
        ]
    )


def _summary(head: BookHead, report: PlatformReport) -> ReportTable:
    found = report.found
    rows = [
        (said.ENTER, len(found.enter), said.MISSING_THERE),
        (said.CHANGE, len(found.change), said.DIFFERENT),
        (said.REMOVE, len(found.remove), said.MISSING_HERE),
        (said.LACKING, len(_lacking_rows(report)), said.LACKING_ITEMS),
    ]
    columns = [
        (Column(said.ACTION, Kind.WORD), _texts(row[0] for row in rows)),
        (Column(said.NUMBER_ROWS, Kind.INTEGER), pa.array([row[1] for row in rows], pa.int64())),
        (Column(said.REASON, Kind.LONG, width=70), _texts(row[2] for row in rows)),
    ]
    return head.sheet(said.SUMMARY, columns, notes=_notes(report))


def _notes(report: PlatformReport) -> list[str]:
    listed, found, template = report.listed, report.found, report.template
    if not listed.delivered:
        return [said.NO_LIST_NOTHING.format(table=template.table)]
    notes = [said.ORDER_NOTE, said.HAND_NOTE]
    if listed.derived:
        notes.insert(0, said.NO_LIST.format(table=template.table))
    else:
        files = said.SEPARATOR.join(listed.files)
        dates = said.SEPARATOR.join(listed.dates) or said.NO_DATE
        notes.insert(0, said.LIST_OF.format(table=template.table, files=files, date=dates))
    notes.append(said.KEPT_NOTE.format(count=found.same))
    if found.undecided:
        notes.append(said.DOUBT_NOTE.format(count=found.undecided))
    if found.uncompared and not listed.derived:
        notes.append(said.NOT_COMPARED.format(columns=said.SEPARATOR.join(found.uncompared)))
    return notes


def _entries(
    head: BookHead,
    name: str,
    report: PlatformReport,
    pairs: Sequence[Pair],
    last: tuple[str, Callable[[Pair], str]] | None,
) -> ReportTable:
    """Rows in the template's own order; a last column says why."""
    columns: list[tuple[Column, Values]] = []
    for column in report.template.columns:
        texts = [cell_of(report, column, pair) for pair in pairs]
        columns.append((Column(column.title, Kind.TEXT, blank=column.item is None), _texts(texts)))
    if last is not None:
        why = Column(last[0], Kind.LONG, width=_WHY_WIDTH)
        columns.append((why, _texts(last[1](pair) for pair in pairs)))
    if report.before is not None:
        then = [report.before.get(_number(pair), said.NOT_THEN) for pair in pairs]
        columns.append((Column(said.LAST_MONTH), _texts(then)))
    return head.sheet(name, columns)


def cell_of(report: PlatformReport, column: ExportColumn, pair: Pair) -> str:
    """What goes into the cell: our word, else what the list says already."""
    ours = "" if pair.subject is None else report.coded(column, pair.subject)
    if ours or pair.row is None:
        return ours
    if column.item == Item.ID_NUMBER:
        return pair.row.id_number or ""
    return pair.row.values.get(column.compared or column.title, "")


def _changes(pair: Pair) -> str:
    return said.CHANGED_SEPARATOR.join(
        said.CHANGED_ITEM.format(title=item.title, old=item.there or said.BLANK_SHOWN, new=item.here)
        for item in pair.differences
    )


def _why(pair: Pair) -> str:
    if pair.twice:
        return said.TWICE
    return said.NOT_OURS if pair.subject is None else said.NOT_MET.format(reason=pair.subject.reason)


def _lacking_rows(report: PlatformReport) -> list[tuple[Subject, str]]:
    """Who cannot be entered as he stands, and for want of what."""
    found = [(subject, said.NO_NUMBER) for subject in report.found.numberless]
    for pair in (*report.found.enter, *report.found.change):
        gaps = [
            column.title
            for column in report.template.columns
            if column.needed and not cell_of(report, column, pair)
        ]
        if gaps and pair.subject is not None:
            found.append((pair.subject, said.SEPARATOR.join(gaps)))
    return found


def _lacking(head: BookHead, report: PlatformReport) -> ReportTable:
    rows = _lacking_rows(report)
    subjects = [subject for subject, _ in rows]
    columns = _named(subjects)
    columns.append((Column(said.LACKING_ITEMS, Kind.LONG), _texts(gaps for _, gaps in rows)))
    return head.sheet(said.LACKING, columns)


def _who(head: BookHead, name: str, pairs: Sequence[Pair]) -> ReportTable:
    columns: list[tuple[Column, Values]] = [
        (Column(said.NAME), _texts(_name(pair) for pair in pairs)),
        (Column(said.ID_NUMBER), _texts(_number(pair) for pair in pairs)),
        (Column(said.CATEGORY), _texts(_item(pair, Item.CATEGORY) for pair in pairs)),
        (Column(said.TOWN), _texts(_item(pair, Item.TOWN) for pair in pairs)),
        (Column(said.REASON, Kind.LONG), _texts(_reason(pair) for pair in pairs)),
        (Column(said.WHERE, Kind.LONG), _texts(_where(pair) for pair in pairs)),
    ]
    return head.sheet(name, columns)


def _differences(head: BookHead, pairs: Sequence[Pair]) -> ReportTable:
    lines = [(pair, item) for pair in pairs for item in pair.differences]
    columns: list[tuple[Column, Values]] = [
        (Column(said.NAME), _texts(_name(pair) for pair, _ in lines)),
        (Column(said.ID_NUMBER), _texts(_number(pair) for pair, _ in lines)),
        (Column(said.COLUMN), _texts(item.title for _, item in lines)),
        (Column(said.HERE), _texts(item.here for _, item in lines)),
        (Column(said.THERE), _texts(item.there or said.BLANK_SHOWN for _, item in lines)),
        (Column(said.WHERE, Kind.LONG), _texts(_where(pair) for pair, _ in lines)),
    ]
    return head.sheet(said.DIFFERENT, columns)


def _named(subjects: Sequence[Subject]) -> list[tuple[Column, Values]]:
    return [
        (Column(said.NAME), _texts(subject.items.get(Item.NAME, "") for subject in subjects)),
        (Column(said.ID_NUMBER), _texts(subject.id_number or "" for subject in subjects)),
        (Column(said.TOWN), _texts(subject.items.get(Item.TOWN, "") for subject in subjects)),
    ]


def _name(pair: Pair) -> str:
    ours = _item(pair, Item.NAME)
    return ours or (pair.row.name if pair.row is not None else None) or ""


def _number(pair: Pair) -> str:
    source = pair.subject if pair.subject is not None else pair.row
    return "" if source is None else source.id_number or ""


def _item(pair: Pair, item: Item) -> str:
    return "" if pair.subject is None else pair.subject.items.get(item, "")


def _reason(pair: Pair) -> str:
    if pair.row is None:
        return "" if pair.subject is None else pair.subject.reason
    return _why(pair)


def _where(pair: Pair) -> str:
    if pair.row is None or pair.row.place is None:
        return ""
    file, sheet, row = pair.row.place
    return said.WHERE_TEXT.format(file=file, sheet=sheet, row=row)


def _texts(values: object) -> pa.Array:
    return pa.array(list(values), pa.string())  # type: ignore[call-overload]  # any iterable of texts
