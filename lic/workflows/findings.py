"""All findings of a run in one table: the pack's checks and the data problems.

Knows how a :class:`Finding` becomes a row and how verified false alarms are silenced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from lic.messages import remedy, say
from lic.messages.base import mask
from lic.messages.run import COUNT_ONLY, COUNT_ROWS
from lic.model.finding import Direction, Finding
from lic.model.result import FINDING_SCHEMA, with_leading

_ORDER = ("code", "household_no", "id_number", "name", "source", "file", "sheet", "row", "column", "message")


def finding_table(
    checks: pa.Table,
    problems: Iterable[Finding],
    *,
    households: pa.Table,
    data_dates: Mapping[tuple[str, str], date],
    declaring: pa.Table | None = None,
) -> pa.Table:
    """``findings.parquet``: both kinds, in the canonical order, with the data date of their file.

    ``declaring``: each household's own row, so that a check also says of which day the declaration is.
    """
    rows = [problem_row(item) for item in problems]
    known = with_leading(checks, FINDING_SCHEMA).select(FINDING_SCHEMA.names)
    if declaring is not None:
        known = _declared_on(known, declaring, data_dates)
    both = pa.concat_tables([known, _placed(pa.Table.from_pylist(rows, FINDING_SCHEMA), households)])
    dated = _dated(both, data_dates)
    order = pc.sort_indices(dated, sort_keys=[(name, "ascending") for name in _ORDER])
    return dated.take(order)


def problem_row(item: Finding) -> dict[str, object]:
    """One data problem as a row; its sentence is masked where it is built."""
    message = say(item.code, item.params)
    if item.count > 1 and item.place.row is not None and item.last_row is not None:
        message = COUNT_ROWS.format(
            message=message, first=item.place.row, last=item.last_row, count=item.count
        )
    elif item.count > 1:
        message = COUNT_ONLY.format(message=message, count=item.count)
    return {
        "code": item.code,
        "severity": item.severity.value,
        "direction": Direction.DATA.value,
        "scope": item.scope.value,
        "household_no": item.household_no,
        "id_number": item.id_number,
        "name": item.name,
        "message": message,
        "expected": item.expected,
        "actual": None if item.actual is None else mask(item.actual),
        "source": item.place.source,
        "file": item.place.file,
        "sheet": item.place.sheet,
        "row": item.place.row,
        "column": item.place.column,
        "suggestion": remedy(item.code, item.params),
    }


def _placed(problems: pa.Table, households: pa.Table) -> pa.Table:
    """Town and village of the household that a problem concerns (many to one)."""
    numbers = households.column("household_no").combine_chunks()
    position = pc.index_in(problems.column("household_no"), value_set=numbers, skip_nulls=True)
    for name in ("town", "village"):
        place = problems.schema.get_field_index(name)
        problems = problems.set_column(
            place, FINDING_SCHEMA.field(name), households.column(name).take(position)
        )
    return problems


def _declared_on(
    checks: pa.Table, declaring: pa.Table, data_dates: Mapping[tuple[str, str], date]
) -> pa.Table:
    """The data date of the file that declares the household of each finding (many to one)."""
    places = zip(declaring["_file"].to_pylist(), declaring["_sheet"].to_pylist(), strict=True)
    days = pa.array([data_dates.get((file or "", sheet or "")) for file, sheet in places], pa.date32())
    numbers = declaring.column("household_no").combine_chunks()
    position = pc.index_in(checks.column("household_no"), value_set=numbers, skip_nulls=True)
    index = checks.schema.get_field_index("declared_date")
    return checks.set_column(index, FINDING_SCHEMA.field("declared_date"), days.take(position))


def _dated(findings: pa.Table, data_dates: Mapping[tuple[str, str], date]) -> pa.Table:
    keys = [f"{file}\n{sheet}" for file, sheet in data_dates]
    dates = pa.array(list(data_dates.values()), pa.date32())
    place = pc.binary_join_element_wise(
        findings.column("file"), pc.fill_null(findings.column("sheet"), ""), "\n"
    )
    position = pc.index_in(place, value_set=pa.array(keys, pa.string()), skip_nulls=True)
    found = pc.coalesce(findings.column("data_date"), pa.chunked_array([dates]).take(position))
    index = findings.schema.get_field_index("data_date")
    return findings.set_column(index, FINDING_SCHEMA.field("data_date"), found)
