"""Whom another system lists and the county's month does not know at all.

Knows which lists the pack's entry sheets are held against, and who is of the month. Such rows are
linked to nobody, so a run keeps them apart: they are what must be taken out over there.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.export import ExportTemplate
from lic.workflows.inputs import Delivered, whole_table


def strangers_in_lists(
    delivered: Delivered, templates: Iterable[ExportTemplate], persons: pa.Table
) -> dict[str, pa.Table]:
    """For each list that came, its rows with a number that none of ``persons`` has."""
    tables = sorted({template.table for template in templates if template.removes})
    found = {table: _strangers(delivered, table, persons) for table in tables}
    return {table: rows for table, rows in found.items() if rows is not None}


def _strangers(delivered: Delivered, table: str, persons: pa.Table) -> pa.Table | None:
    rows, number = whole_table(delivered, table), delivered.schemas[table].number_column
    if rows is None or number is None or number not in rows.column_names:
        return None
    numbers = rows.column(number)
    known = pc.is_in(numbers, value_set=persons.column("id_number").combine_chunks())
    return _once(rows.filter(pc.and_(pc.is_valid(numbers), pc.invert(known))))


def _once(rows: pa.Table) -> pa.Table:
    """Of rows that say the same the first one, as everywhere in a run."""
    said = [name for name in rows.column_names if not name.startswith("_")]
    at = pa.array(range(rows.num_rows), pa.int64())
    first = rows.append_column("_at", at).group_by(said).aggregate([("_at", "min")])
    return rows.take(first.column("_at_min").combine_chunks().sort())
