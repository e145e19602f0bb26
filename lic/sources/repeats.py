"""Rows of one sheet that may say the same as another: kept with the faulty ones for the receipt.

Linking decides what a repeated row is, over all sheets of a table. Here no such row of one sheet
is missed; a few more may be named.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.sources.spec import SourceSpec


def repeated(table: pa.Table, source: SourceSpec) -> list[int]:
    """The numbers of the rows that have the same values as another row."""
    names = [
        column.name for column in source.columns if not pa.types.is_list(table.schema.field(column.name).type)
    ]
    names.sort(key=lambda name: name != source.number)  # the number tells most rows apart
    at = np.arange(table.num_rows)
    group = np.zeros(table.num_rows, dtype=np.int64)
    for name in names:
        if not len(at):
            break
        column = table.column(name).take(pa.array(at)).combine_chunks().dictionary_encode()
        code = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
        _, group, size = np.unique(
            group * (len(column.dictionary) + 1) + code, return_inverse=True, return_counts=True
        )
        several = size[group] > 1
        at, group = at[several], group[several]
    return [int(number) for number in np.unique(np.array(table.column("_row"))[at])]
