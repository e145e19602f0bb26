"""Joins and distinct rows: narwhals expressions on DuckDB, Arrow in, positions out.

Knows two questions, and answers both with row positions, so that nothing depends on the order
in which an engine returns rows: *which row of the other table has my key* (each join states
its multiplicity, which is checked) and *which is the first row equal to me*. Missing keys
never enter a join. Refuses to know what the columns mean.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from lic.errors import LicError
from lic.linkage.reading import Codes, known, one_array

Multiplicity = Literal["1:1", "m:1"]


@dataclass(frozen=True, slots=True)
class UniqueKeys:
    """Keys that were found to occur once each, with their positions, ready for many lookups."""

    table: pa.Table


class Engine:
    """One in-memory database without access to files; it spills to a private folder.

    Threads may ask side by side: each has its own cursor.
    """

    def __init__(self) -> None:
        """Open the database and lock it."""
        self._folder = tempfile.TemporaryDirectory(prefix="lic-", ignore_cleanup_errors=True)
        self._database = duckdb.connect(":memory:", config={"temp_directory": self._folder.name})
        self._database.execute("SET enable_progress_bar = false")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")
        self._own = threading.local()

    def __enter__(self) -> Engine:
        """Use as a context: the private folder goes when the work ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database and remove what it spilled."""
        self._database.close()
        self._folder.cleanup()

    def unique(self, columns: Sequence[pa.Array], *, join: str) -> UniqueKeys:
        """``columns`` as the right side of several lookups, checked once; raises as :meth:`lookup`."""
        other = _keys(columns, "r")
        self._check_unique(other, other.column_names[:-1], join)
        return UniqueKeys(other)

    def lookup(
        self,
        left: Sequence[pa.Array],
        right: Sequence[pa.Array] | UniqueKeys,
        *,
        many: Multiplicity,
        join: str,
    ) -> Codes:
        """For each row of ``left`` the position of the row of ``right`` with the same key, or -1.

        Raises an internal error that names ``join`` when a key occurs twice in ``right`` (with
        ``1:1`` also in ``left``): a many-to-many join is a bug, never a result.
        """
        found = np.full(len(left[0]), -1, dtype=np.int64)
        own = _keys(left, "l")
        other = (right if isinstance(right, UniqueKeys) else self.unique(right, join=join)).table
        if not own.num_rows or not other.num_rows:
            return found
        names = own.column_names[:-1]
        if many == "1:1":
            self._check_unique(own, names, join)
        pairs = self._frame(own).join(self._frame(other), on=names, how="inner").select("l", "r")
        answer = _collect(pairs)
        found[answer["l"].to_numpy()] = answer["r"].to_numpy()
        return found

    def first_equal(self, columns: Sequence[pa.Array]) -> Codes:
        """For each row the position of the first row equal in all ``columns`` (null equals null)."""
        size = len(columns[0]) if columns else 0
        first = np.arange(size, dtype=np.int64)
        if size < 2:
            return first
        table = pa.table({**_named(columns), "l": pa.array(first)})
        names = table.column_names[:-1]
        groups = _collect(
            self._frame(table)
            .group_by(names)
            .agg(nw.col("l").min().alias("first"), nw.len().alias("n"))
            .select("first", "n")
        )
        if groups.num_rows == size:
            return first
        # Only rows of groups with more than one row need to find their first.
        lone = groups["first"].to_numpy()[groups["n"].to_numpy() == 1]
        repeated = np.ones(size, dtype=np.bool_)
        repeated[lone] = False
        some = table.filter(pa.array(repeated))
        pairs = _collect(self._frame(some).select(nw.col("l"), nw.col("l").min().over(*names).alias("first")))
        first[pairs["l"].to_numpy()] = pairs["first"].to_numpy()
        return first

    def _check_unique(self, table: pa.Table, names: Sequence[str], join: str) -> None:
        if not table.num_rows:
            return
        groups = self._frame(table).group_by(names).agg(nw.len().alias("n")).filter(nw.col("n") > 1)
        twice = _collect(groups.select("n")).num_rows
        if twice:
            raise LicError("L090", join=join, count=twice)

    def _frame(self, table: pa.Table) -> nw.LazyFrame[Any]:
        cursor = getattr(self._own, "cursor", None)
        if cursor is None:
            cursor = self._own.cursor = self._database.cursor()
        return nw.from_native(cursor.from_arrow(table))


def _collect(frame: nw.LazyFrame[Any]) -> pa.Table:
    return frame.collect(backend="pyarrow").to_native()


def _named(columns: Sequence[pa.Array]) -> dict[str, pa.Array]:
    return {f"k{index}": column for index, column in enumerate(columns)}


def _keys(columns: Sequence[pa.Array], position: str) -> pa.Table:
    """The key columns with their positions, rows with a missing key left out."""
    table = pa.table({**_named(columns), position: pa.array(np.arange(len(columns[0])), pa.int64())})
    whole = np.ones(table.num_rows, dtype=np.bool_)
    for name in table.column_names[:-1]:
        whole &= known(one_array(table.column(name)))
    return table.filter(pa.array(whole))
