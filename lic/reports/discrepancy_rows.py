"""The lines of the discrepancy report: narrow enough for A4, with all a visitor needs.

Several facts share a cell, one per line; the single values follow right of the printed page,
so that the sheet can still be sorted and filtered.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Scope
from lic.reports import labels
from lic.reports import labels_discrepancy as said
from lic.reports.book import ReportInput
from lic.reports.finding_key import printed_key
from lic.reports.frame import empty_column, looked_up, numbered
from lic.reports.table import Column, Kind, Values

Columns = list[tuple[Column, Values]]
KEY_WIDTH = 10.5
_AMOUNT = r"^-?[0-9]{1,15}\.[0-9]{2}$"
_YUAN = pa.decimal128(18, 2)
_ASIDE = 24.0  # beyond the page: what does not fit is cut off by the next cell
_WHO_WIDTH = 28.0  # a name of four letters and an ID number


def hand_columns(table: pa.Table, verdicts: Sequence[str]) -> Columns:
    """What the visitor fills in."""
    empty = empty_column(table)
    days = pa.nulls(table.num_rows, pa.date32())
    return [
        (Column(labels.VERDICT, Kind.WORD, blank=True, width=8.5, choices=tuple(verdicts)), empty),
        (Column(labels.VERIFIED_VALUE, Kind.LONG, blank=True, width=10.0), empty),
        (Column(labels.VERIFIED_DATE, Kind.DATE, blank=True, width=11.0), days),
        (Column(labels.VERIFIED_BY, Kind.LONG, blank=True, width=8.0), empty),
    ]


def printed_columns(report: ReportInput, table: pa.Table) -> Columns:
    """Level, whom, what and what to do, the values, the place with both data dates."""
    return [
        numbered(table),
        (
            Column(said.LEVEL, Kind.LONG, width=6.5, paper=True),
            _lines(table.column("severity"), table.column("code")),
        ),
        (Column(said.WHO, Kind.LONG, width=_WHO_WIDTH, paper=True), _who(table)),
        (Column(said.DOUBT_AND_TODO, Kind.LONG, width=46.0, paper=True), _doubt(table)),
        (Column(said.VALUES, Kind.LONG, width=17.0, paper=True), _values(table)),
        (Column(said.PLACE_AND_DATES, Kind.LONG, width=36.0, paper=True), _place_and_dates(report, table)),
    ]


def asked_columns(report: ReportInput, table: pa.Table) -> Columns:
    """What the department that sent the evidence must look up: whom, what it sent, where it stands.

    Two lines each; what was declared and what to do about it is the visitor's affair.
    """
    period = report.manifest.period
    dated = _labelled(said.DATED, pc.cast(table.column("data_date"), pa.string()))
    return [
        numbered(table),
        (
            Column(said.LEVEL, Kind.LONG, width=6.5, paper=True),
            _lines(table.column("severity"), table.column("code")),
        ),
        (
            Column(said.WHO_SHORT, Kind.LONG, width=_WHO_WIDTH, paper=True),
            _lines(_named(table), _home(table)),
        ),
        (Column(labels.DOUBT, Kind.LONG, width=52.0, paper=True), table.column("message")),
        (Column(labels.FOUND, Kind.LONG, width=17.0, paper=True), table.column("actual")),
        (
            Column(said.PLACE_AND_DATES, Kind.LONG, width=40.0, paper=True),
            _lines(_sheet_of(table, period), _lines(_spot(table), dated, between=" ")),
        ),
    ]


def key_column(table: pa.Table) -> Columns:
    """The key, in two short lines."""
    return [(Column(said.KEY, Kind.LONG, width=KEY_WIDTH), printed_key(table.column("key")))]


def filter_columns(table: pa.Table) -> Columns:
    """Every value on its own, beyond the page."""
    return [
        (Column(labels.SEVERITY, Kind.WORD), table.column("severity")),
        (Column(labels.CODE, Kind.WORD), table.column("code")),
        (Column(said.SCOPE, Kind.WORD), table.column("scope")),
        (Column(labels.TOWN), table.column("town")),
        (Column(labels.VILLAGE), table.column("village")),
        (Column(labels.HOUSEHOLD_NO), table.column("household_no")),
        (Column(labels.NAME), table.column("name")),
        (Column(labels.ID_NUMBER), table.column("id_number")),
        (Column(labels.DECLARED), table.column("expected")),
        (Column(labels.FOUND), table.column("actual")),
        (Column(said.DIFFERENCE, Kind.MONEY), _differences(table)),
        (Column(said.ASKED), table.column("department")),
        (Column(labels.DATA_DATE, Kind.DATE), table.column("data_date")),
        (Column(labels.DOUBT, width=_ASIDE), table.column("message")),
        (Column(labels.SUGGESTION, width=_ASIDE), table.column("suggestion")),
        *_single_places(table),
    ]


def _single_places(table: pa.Table) -> Columns:
    return [
        (Column(labels.TABLE), table.column("source")),
        (Column(labels.FILE, width=_ASIDE), table.column("file")),
        (Column(labels.SHEET), table.column("sheet")),
        (Column(labels.ROW, Kind.INTEGER), table.column("row")),
        (Column(labels.COLUMN), table.column("column")),
    ]


def problem_columns(table: pa.Table, period: str) -> Columns:
    """A data problem: what, where, what it should be; handled by whoever sent the file."""
    values = _lines(
        _labelled(said.EXPECTED_LINE, table.column("expected")),
        _labelled(said.ACTUAL_LINE, table.column("actual")),
    )
    return [
        numbered(table),
        (Column(said.LEVEL, Kind.LONG, width=6.5), _lines(table.column("severity"), table.column("code"))),
        (Column(said.ASKED, Kind.LONG, width=14.0), table.column("department")),
        (Column(said.WHO, Kind.LONG, width=_WHO_WIDTH), _who(table)),
        (Column(said.DOUBT_AND_TODO, Kind.LONG, width=56.0), _doubt(table)),
        (
            Column(said.EXPECTED_LINE.format("") + "\n" + said.ACTUAL_LINE.format(""), Kind.LONG, width=26.0),
            values,
        ),
        (Column(labels.EVIDENCE, Kind.LONG, width=36.0), _place(table, period)),
        (Column(said.HANDLED, Kind.LONG, blank=True, width=14.0), empty_column(table)),
    ]


def _lines(*columns: Values, between: str = "\n") -> Values:
    """Cells joined by line ends; what is absent or empty takes no line.

    Not by the join's own ``null_handling="skip"``: where every part is null, it drops the row
    (measured with pyarrow 26).
    """
    parts = []
    for column in columns:
        text = pc.if_else(pc.equal(column, ""), None, column)
        parts.append(pc.fill_null(pc.binary_join_element_wise(text, "", between), ""))
    joined: Values = pc.utf8_rtrim(pc.binary_join_element_wise(*parts, ""), between)
    return joined


def _labelled(template: str, values: Values) -> Values:
    before, _, after = template.partition("{}")
    text: Values = pc.binary_join_element_wise(before, pc.cast(values, pa.string()), after, "")
    return text


def _who(table: pa.Table) -> Values:
    return _lines(_named(table), _home(table), table.column("household_no"))


def _named(table: pa.Table) -> Values:
    of_household = pc.equal(table.column("scope"), Scope.HOUSEHOLD.value)
    mark = pc.if_else(of_household, said.WHOLE_HOUSEHOLD, "")
    name = pc.binary_join_element_wise(pc.fill_null(table.column("name"), ""), mark, "")
    return _lines(name, table.column("id_number"), between=" ")


def _home(table: pa.Table) -> Values:
    return _lines(table.column("town"), table.column("village"), between=" ")


def _doubt(table: pa.Table) -> Values:
    return _lines(table.column("message"), _labelled(said.TODO, table.column("suggestion")))


def _values(table: pa.Table) -> Values:
    difference = pc.cast(_differences(table), pa.string())
    return _lines(
        _labelled(said.DECLARED_LINE, table.column("expected")),
        _labelled(said.FOUND_LINE, table.column("actual")),
        _labelled(said.DIFFERENCE_LINE, difference),
    )


def _differences(table: pa.Table) -> pa.Array | pa.ChunkedArray:
    """Found less declared, where both are amounts as lic writes them.

    A count or a number of something else has no difference in yuan.
    """
    declared, found = (_amounts(table.column(name)) for name in ("expected", "actual"))
    return pc.cast(pc.subtract(found, declared), _YUAN)


def _amounts(text: pa.ChunkedArray) -> pa.ChunkedArray:
    plain = pc.match_substring_regex(text, _AMOUNT)
    return pc.cast(pc.if_else(plain, text, None), _YUAN)


def _place(table: pa.Table, period: str) -> Values:
    return _lines(_sheet_of(table, period), _spot(table))


def _sheet_of(table: pa.Table, period: str) -> Values:
    """Table and file; the folder of the month itself goes without saying."""
    file = pc.replace_substring_regex(table.column("file"), f"^{period}/", "")
    return _lines(table.column("source"), file, between=" ")


def _spot(table: pa.Table) -> Values:
    def worded(column: str, template: str) -> Values:
        text = pc.cast(table.column(column), pa.string())
        return _labelled(template, pc.if_else(pc.equal(text, ""), None, text))

    return _lines(
        worded("sheet", labels.EVIDENCE_SHEET),
        worded("row", labels.EVIDENCE_ROW),
        worded("column", labels.EVIDENCE_COLUMN),
        between=" ",
    )


def _place_and_dates(report: ReportInput, table: pa.Table) -> Values:
    """The place, then the date of the evidence and of what was declared; once when they are equal."""
    declared: Values = pa.nulls(table.num_rows, pa.date32())
    if report.declared_dates is not None:
        keys = table.column("household_no")
        declared = looked_up(keys, report.declared_dates, "household_no", "data_date")
    evidence = pc.fill_null(pc.cast(table.column("data_date"), pa.string()), said.DATE_UNKNOWN)
    other = pc.fill_null(pc.cast(declared, pa.string()), said.DATE_UNKNOWN)
    both = _lines(
        _labelled(said.EVIDENCE_DATE, evidence), _labelled(said.DECLARED_DATE, other), between=said.AND
    )
    dates = pc.if_else(pc.equal(evidence, other), _labelled(said.BOTH_DATES, evidence), both)
    return _lines(_place(table, report.manifest.period), dates)
