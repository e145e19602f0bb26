"""Receipts: the problems of a month sorted by department, with the faulty rows as they were sent.

Knows which problems a department can do something about. How a receipt looks is a report's affair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

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
from lic.workflows.staged_cells import headings_of, staged_cells
from lic.workflows.workspace import Month

# About how lic read a file, or what only the county can settle: not the department's to change.
_OURS = frozenset("S122 S123 S128 S131 S133 S134 S136 S138 L006".split())  # noqa: SIM905
_ROW_SCOPES = (Scope.ROW, Scope.CELL)
_Place: TypeAlias = tuple[str, str]  # file, sheet
_OnRows: TypeAlias = dict[int, list[tuple[Finding, int | None]]]


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
    sheets = _sheets(delivered, theirs)
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


def _sheets(delivered: Delivered, problems: Sequence[Finding]) -> dict[str, list[ReceiptSheet]]:
    """The faulty rows of every sheet, by department, in the order in which the sheets were read."""
    by_sheet: dict[_Place, list[Finding]] = defaultdict(list)
    for item in problems:
        if item.scope in _ROW_SCOPES:
            by_sheet[item.place.file or "", item.place.sheet or ""].append(item)
    kept = {(about.file, about.sheet): about for about in delivered.folder.faulty}
    staged = {(sheet.file, sheet.sheet): sheet for sheet in delivered.folder.sheets}
    found: dict[str, list[ReceiptSheet]] = defaultdict(list)
    for place in dict.fromkeys((*kept, *sorted(set(by_sheet) & set(staged)))):
        about, sheet = kept.get(place), staged.get(place)
        source = about.source if about is not None else sheet.source if sheet is not None else ""
        if source not in delivered.schemas:
            continue
        schema = delivered.schemas[source]
        headings = about.headings if about is not None else headings_of(sheet, schema) if sheet else ()
        on_row = _on_rows(by_sheet[place], headings)
        cells = {} if about is None else _kept_cells(about, on_row)
        if sheet is not None and (others := set(on_row) - set(cells)):
            cells |= staged_cells(sheet, schema, headings, others)
        rows = tuple(_faulty_row(row, cells[row], on_row[row]) for row in sorted(cells))
        if rows:
            found[schema.department].append(ReceiptSheet(*place, headings, rows))
    return found


def _on_rows(problems: Sequence[Finding], headings: Sequence[str]) -> _OnRows:
    """The problems of each row, with the column where they stand in a cell."""
    on_row: _OnRows = defaultdict(list)
    for item in problems:
        index = _column(item, headings)
        for row in item.rows():
            on_row[row].append((item, index))
    return on_row


def _kept_cells(about: FaultyRows, on_row: _OnRows) -> dict[int, tuple[str, ...]]:
    table = pq.read_table(about.parquet)
    lines = zip(table["row"].to_pylist(), table["cells"].to_pylist(), strict=True)
    return {row: tuple(cells) for row, cells in lines if row in on_row}


def _faulty_row(
    row: int, cells: tuple[str, ...], problems: Sequence[tuple[Finding, int | None]]
) -> FaultyRow:
    marks, said, advice = {}, [], []
    for item, index in problems:
        text = say(item.code, _about_this_row(item, row, cells, index))
        if index is not None:
            marks[index] = text
        said.append(text)
        advice.append(remedy(item.code, item.params))
    return FaultyRow(row, cells, marks, tuple(dict.fromkeys(said)), tuple(dict.fromkeys(advice)))


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
