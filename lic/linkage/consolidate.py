"""Several rows of one key become one: where they disagree, the value is unknown.

Knows rows and groups. None of the rows is chosen in silence: a column whose rows differ is
null and is named in ``_raw``, so that it does not pass as blank; only a name keeps its
smallest text, because rows are compared by it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.linkage.reading import Codes, column_of


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row left out, the row kept for it, and the columns in which the group's rows differ."""

    kept: int
    left: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consolidated:
    """``rows``: one for each group, ``origin`` the position of the kept row among those given."""

    rows: pa.Table
    origin: Codes
    group: Codes  # for each given row the index of its group's row in ``rows``
    disagreements: tuple[Disagreement, ...]


def consolidate(rows: pa.Table, first: Codes, columns: list[str], *, name: str | None) -> Consolidated:
    """One row for each distinct value of ``first`` (the position of the group's first row)."""
    origin, group, size = np.unique(first, return_inverse=True, return_counts=True)
    kept = rows.take(pa.array(origin)) if len(origin) < rows.num_rows else rows
    several = np.flatnonzero(size[group] > 1)
    if not len(several):
        return Consolidated(kept, origin, group, ())
    order = several[np.argsort(group[several], kind="stable")]
    some, owner = rows.take(pa.array(order)), group[order]
    start = np.flatnonzero(np.diff(owner, prepend=-1))
    differing: dict[int, dict[str, str]] = {}
    for column in columns:
        values = _codes(column_of(some, column))
        differs = np.minimum.reduceat(values, start) != np.maximum.reduceat(values, start)
        if not differs.any():
            continue
        groups = owner[start[differs]]
        texts = _texts(column_of(some, column), start, differs)
        for index, text in zip(groups.tolist(), texts, strict=True):
            differing.setdefault(index, {})[column] = " / ".join(text)
        if column == name:
            smallest = {
                index: min(text, default=None) for index, text in zip(groups.tolist(), texts, strict=True)
            }
            kept = _replaced(kept, column, smallest)
        else:
            kept = _replaced(kept, column, dict.fromkeys(groups.tolist()))
    kept = _marked(kept, differing, name)
    disagreements = tuple(
        Disagreement(int(origin[index]), int(row), tuple(sorted(differing[index])))
        for row, index in zip(order.tolist(), owner.tolist(), strict=True)
        if index in differing and row != origin[index]
    )
    return Consolidated(kept, origin, group, disagreements)


def _codes(column: pa.Array) -> Codes:
    if pa.types.is_nested(column.type):
        column = pa.array(
            [None if item is None else "\x1f".join(map(str, item)) for item in column.to_pylist()]
        )
    indices = column.cast(pa.string()).dictionary_encode().indices
    return np.asarray(indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _texts(column: pa.Array, start: Codes, differs: np.ndarray) -> list[list[str]]:
    end = np.append(start[1:], len(column))
    spans = zip(start[differs].tolist(), end[differs].tolist(), strict=True)
    return [
        sorted({str(value) for value in column[low:high].to_pylist() if value is not None})
        for low, high in spans
    ]


def _replaced(table: pa.Table, column: str, values: dict[int, str | None]) -> pa.Table:
    """``table`` with new values of one column at some rows."""
    kind = table.schema.field(column).type
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    mask[list(values)] = True
    fresh = pa.array([values[index] for index in sorted(values)], kind)
    new = pc.replace_with_mask(column_of(table, column), pa.array(mask), fresh)
    return table.set_column(table.column_names.index(column), column, new)


def _marked(table: pa.Table, differing: dict[int, dict[str, str]], name: str | None) -> pa.Table:
    marks = {
        index: {column: text for column, text in cells.items() if column != name}
        for index, cells in differing.items()
    }
    return mark_raw(table, marks)


def mark_raw(table: pa.Table, marks: dict[int, dict[str, str]]) -> pa.Table:
    """Name columns in ``_raw`` of some rows, keeping what is there."""
    marks = {index: cells for index, cells in marks.items() if cells}
    if not marks:
        return table
    raw = column_of(table, "_raw")
    texts: dict[int, str | None] = {}
    for index, cells in marks.items():
        old = raw[index].as_py()
        merged = {**(json.loads(old) if old else {}), **cells}
        texts[index] = json.dumps(merged, ensure_ascii=False, sort_keys=True)
    return _replaced(table, "_raw", texts)
