"""Receipts: the problems of a month sorted by department, with the faulty rows as they were sent.

Knows which problems a department can do something about. How a receipt looks is a report's affair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from lic.messages import remedy, say
from lic.model.finding import Finding, Scope, Severity
from lic.model.receipt import FaultyRow, Receipt, ReceiptItem, ReceiptSheet
from lic.model.staging import Delivery, FaultyRows
from lic.model.workspace import VIEWS
from lic.reports.labels_receipt import FOLDER
from lic.reports.receipt import receipt_file, write_receipt
from lic.workflows.inputs import Delivered, not_delivered
from lic.workflows.problems import worded
from lic.workflows.workspace import Month

# About how lic read a file, or what only the county can settle: not the department's to change.
_OURS = frozenset("S122 S123 S128 S131 S133 S134 S136 S138 L006".split())  # noqa: SIM905
_ROW_SCOPES = (Scope.ROW, Scope.CELL)


def receipts_of(month: Month, delivered: Delivered, problems: Sequence[Finding]) -> tuple[Receipt, ...]:
    """A receipt for every department that has something to correct or to send, sorted by name."""
    departments = {name: schema.department for name, schema in delivered.schemas.items()}
    theirs = [item for item in problems if _is_theirs(item)]
    missing: dict[str, list[str]] = defaultdict(list)
    for absent in not_delivered(delivered):
        if absent.result == Delivery.ABSENT:
            name = absent.table if absent.part is None else f"{absent.table} {absent.part}"
            missing[absent.department].append(name)
    items: dict[str, list[ReceiptItem]] = defaultdict(list)
    for problem in worded(theirs, departments):
        if problem.department is not None:
            items[problem.department].append(
                ReceiptItem(
                    problem.severity.value,
                    problem.code,
                    problem.file or "",
                    problem.place(),
                    problem.message,
                    problem.count,
                    problem.suggestion,
                )
            )
    sheets = _sheets(delivered.folder.faulty, theirs, departments)
    return tuple(
        Receipt(
            department=name,
            county=month.workspace.county,
            period=str(month.period),
            contact=month.workspace.contact,
            missing=tuple(missing.get(name, ())),
            items=tuple(items.get(name, ())),
            sheets=tuple(sheets.get(name, ())),
        )
        for name in sorted({*missing, *items})
    )


def _is_theirs(item: Finding) -> bool:
    return item.severity is not Severity.NOTE and item.code not in _OURS


def _sheets(
    faulty: Iterable[FaultyRows], problems: Sequence[Finding], departments: Mapping[str, str]
) -> dict[str, list[ReceiptSheet]]:
    by_sheet: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for item in problems:
        if item.scope in _ROW_SCOPES:
            by_sheet[item.place.file, item.place.sheet].append(item)
    found: dict[str, list[ReceiptSheet]] = defaultdict(list)
    for about in faulty:
        rows = tuple(_rows(about, by_sheet[about.file, about.sheet]))
        if rows and about.source in departments:
            found[departments[about.source]].append(
                ReceiptSheet(about.file, about.sheet, about.headings, rows)
            )
    return found


def _rows(about: FaultyRows, problems: Sequence[Finding]) -> Iterable[FaultyRow]:
    on_row: dict[int, list[tuple[Finding, int | None]]] = defaultdict(list)
    for item in problems:
        index = _column(item, about.headings)
        for row in item.rows():
            on_row[row].append((item, index))
    if not on_row:
        return
    table = pq.read_table(about.parquet)
    for row, cells in zip(table["row"].to_pylist(), table["cells"].to_pylist(), strict=True):
        if row not in on_row:
            continue
        marks, said, advice = {}, [], []
        for item, index in on_row[row]:
            text = say(item.code, _about_this_row(item, row, cells, index))
            if index is not None:
                marks[index] = text
            said.append(text)
            advice.append(remedy(item.code, item.params))
        yield FaultyRow(row, tuple(cells), marks, tuple(dict.fromkeys(said)), tuple(dict.fromkeys(advice)))


def _about_this_row(item: Finding, row: int, cells: Sequence[str], index: int | None) -> dict[str, object]:
    """The parameters of a folded problem as they are in one of its rows."""
    params = {**item.params, "rows": str(row), "count": 1}
    if index is not None and params.get("value"):
        params["value"] = cells[index] if index < len(cells) else ""
    return params


def _column(item: Finding, headings: Sequence[str]) -> int | None:
    """Where the cell stands: by its address, else by its heading."""
    if item.place.cell is not None:
        letters = item.place.cell.rstrip("0123456789")
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - ord("A") + 1
        return index - 1
    if item.place.column is None:
        return None
    for index, heading in enumerate(headings):
        if heading.strip() == item.place.column:
            return index
    return None


def write_receipts_of_run(receipts: Sequence[Receipt], run: Path, scratch: Path) -> None:
    """Among the views of a run, when there is something to hand back."""
    if receipts:
        folder = run / VIEWS / FOLDER
        folder.mkdir(mode=0o700, parents=True)
        write_receipts(receipts, folder, scratch)


def write_receipts(receipts: Sequence[Receipt], folder: Path, scratch: Path) -> tuple[str, ...]:
    """Write each receipt as ``<department>.xlsx``; returns the names."""
    names = []
    for receipt in receipts:
        name = receipt_file(receipt.department)
        write_receipt(receipt, folder / name, scratch=scratch)
        names.append(name)
    return tuple(names)
