"""What the three workbooks have in common: the head of every sheet and the order of towns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.manifest import Manifest
from lic.model.profile import QualityDetail
from lic.model.result import Result
from lic.reports import labels
from lic.reports.table import Column, ReportBook, ReportTable, Values, report_rows


@dataclass(frozen=True, slots=True)
class RollRatio:
    """A ratio that the roll shows under the pack's name: of two household facts, or of two facts
    of the person himself on the sheets of these ``categories``."""

    title: str
    numerator: str
    denominator: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What the run of the month before came to.

    ``persons`` and ``households`` have ``group`` (category or status), ``town``, ``action`` and
    ``count``; ``moves`` has ``before`` and ``after`` (groups; null: not on that month's roster)
    with ``persons`` and the ``households`` they live in.
    """

    period: str
    persons: pa.Table
    households: pa.Table
    moves: pa.Table


@dataclass(frozen=True, slots=True)
class ReportInput:
    """Everything that a report may look at.

    ``last_month`` is None when the workspace has no run of the month before. ``leaving_since``
    has a row for each person whose leaving was proposed before: his key (:func:`person_keys`)
    and the first of the consecutive periods. ``silenced`` holds findings that a visit refuted,
    with ``verdict_date``; ``declared_dates`` the data date of each household's own file;
    ``verdicts`` the words that a visitor chooses from.
    """

    manifest: Manifest
    result: Result
    roll_ratios: tuple[RollRatio, ...] = ()
    last_month: LastMonth | None = None
    leaving_since: pa.Table | None = None
    silenced: pa.Table | None = None
    declared_dates: pa.Table | None = None
    verdicts: tuple[str, ...] = ()
    quality: QualityDetail | None = None


@dataclass(frozen=True, slots=True)
class BookHead:
    """What stands on every page of one workbook."""

    file: str
    title: str
    county: str
    period: str
    as_of: str

    def book(self, sheets: Sequence[ReportTable]) -> ReportBook:
        """The workbook of ``sheets``."""
        return ReportBook(
            file=self.file,
            title=f"{self.county}{self.title}",
            subtitle=labels.SUBTITLE.format(county=self.county, period=self.period, as_of=self.as_of),
            footer=labels.FOOTER.format(county=self.county, title=self.title, period=self.period),
            sheets=tuple(sheets),
        )

    def sheet(
        self,
        name: str,
        columns: list[tuple[Column, Values]],
        *,
        notes: Sequence[str] = (),
        emphasis: frozenset[int] = frozenset(),
        closing: Sequence[str] = (),
        printed: int | None = None,
    ) -> ReportTable:
        """One sheet; an empty one says so, and has nothing to sign."""
        heads, rows = report_rows(columns)
        said = tuple(notes) if rows.num_rows else (*notes, labels.NOTHING_HERE)
        title = labels.SHEET_TITLE.format(county=self.county, book=self.title, sheet=name)
        signed = tuple(closing) if rows.num_rows else ()
        return ReportTable(name, title, heads, rows, said, emphasis, closing=signed, printed=printed)


def book_head(manifest: Manifest, *, file: str, title: str) -> BookHead:
    """The head of a workbook, with the period in words."""
    return BookHead(
        file=file,
        title=title,
        county=manifest.county,
        period=period_text(manifest.period),
        as_of=manifest.as_of,
    )


def period_text(period: str) -> str:
    """``YYYY-MM`` in words."""
    year, month = period.split("-")
    return labels.PERIOD.format(year=int(year), month=int(month))


def person_keys(persons: pa.Table) -> pa.ChunkedArray:
    """Who a row is, in any month: the ID number, else household and name."""
    fallback = pc.binary_join_element_wise(
        persons.column("household_no"), pc.fill_null(persons.column("name"), ""), "\n"
    )
    return pc.coalesce(persons.column("id_number"), fallback)


def town_order(manifest: Manifest, *columns: pa.ChunkedArray) -> list[str]:
    """The county's towns as ``lic.yaml`` lists them, then others found in the data."""
    found = {town for column in columns for town in column.unique().to_pylist() if town is not None}
    return [*manifest.towns, *sorted(found - set(manifest.towns))]


def delivery_notes(manifest: Manifest) -> tuple[str, ...]:
    """First of all: what did not come and what was not compared."""
    missing = [
        labels.COUNTED_ITEM.format(table=item.table, part=item.part) if item.part else item.table
        for item in manifest.not_delivered
    ]
    notes = [
        labels.NOT_DELIVERED.format(items=labels.LIST_SEPARATOR.join(missing))
        if missing
        else labels.ALL_DELIVERED
    ]
    optional = [item.table for item in manifest.not_compared]
    if optional:
        notes.append(labels.NOT_COMPARED.format(items=labels.LIST_SEPARATOR.join(optional)))
    return tuple(notes)
