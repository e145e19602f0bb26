"""数据质量: the account of every delivered sheet, then everything that was wrong in them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction, Severity
from lic.reports import labels
from lic.reports.book import BookHead, ReportInput, book_head, delivery_notes
from lic.reports.frame import fact, numbered, rank, where
from lic.reports.table import Column, Kind, ReportBook, ReportTable, Values

_COUNTS = (
    (labels.HEADER_ROW, "header_row"),
    (labels.ROWS_READ, "rows_read"),
    (labels.ACCEPTED, "accepted"),
    (labels.REJECTED, "rejected"),
    (labels.BLANK, "blank"),
    (labels.FOOTER_ROWS, "footer"),
    (labels.LINKED, "linked"),
)


def data_quality(report: ReportInput) -> ReportBook:
    """The workbook: what was delivered, and all problems, worst first."""
    head = book_head(report.manifest, file=labels.QUALITY_FILE, title=labels.QUALITY)
    problems = where(report.result.findings, "direction", Direction.DATA.value)
    return head.book([_delivery(head, report), _problems(head, _worst_first(problems))])


def _delivery(head: BookHead, report: ReportInput) -> ReportTable:
    inputs = report.result.inputs
    columns: list[tuple[Column, Values]] = [
        (Column(labels.DEPARTMENT), inputs.column("department")),
        (Column(labels.TABLE), inputs.column("table")),
        fact(labels.REQUIRED, inputs.column("required")),
        (Column(labels.RESULT, Kind.WORD), inputs.column("result")),
        (Column(labels.FILE, Kind.LONG), inputs.column("file")),
        (Column(labels.SHEET, Kind.LONG), inputs.column("sheet")),
        *((Column(title, Kind.INTEGER), inputs.column(name)) for title, name in _COUNTS),
        (Column(labels.DATA_DATE, Kind.DATE), inputs.column("data_date")),
    ]
    return head.sheet(labels.DELIVERY, columns, notes=[*delivery_notes(report.manifest), labels.ROW_IDENTITY])


def _worst_first(problems: pa.Table) -> pa.Table:
    keys = pa.table(
        {
            "severity": rank(problems.column("severity"), [item.value for item in Severity]),
            "file": problems.column("file"),
            "sheet": problems.column("sheet"),
            "code": problems.column("code"),
            "row": problems.column("row"),
            "position": pa.array(range(problems.num_rows), pa.int64()),
        }
    )
    return problems.take(pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]))


def _problems(head: BookHead, table: pa.Table) -> ReportTable:
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(labels.SEVERITY, Kind.WORD), table.column("severity")),
        (Column(labels.CODE, Kind.WORD), table.column("code")),
        (Column(labels.TABLE), table.column("source")),
        (Column(labels.FILE, Kind.LONG), table.column("file")),
        (Column(labels.SHEET), table.column("sheet")),
        (Column(labels.ROW, Kind.INTEGER), table.column("row")),
        (Column(labels.COLUMN), table.column("column")),
        (Column(labels.PROBLEM, Kind.LONG), table.column("message")),
        (Column(labels.ACTUAL, Kind.LONG), table.column("actual")),
        (Column(labels.EXPECTED, Kind.LONG), table.column("expected")),
        (Column(labels.REMEDY, Kind.LONG), table.column("suggestion")),
    ]
    return head.sheet(labels.PROBLEMS, columns, notes=[labels.WORST_FIRST])
