"""Joins state their multiplicity; missing keys never meet."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from lic.errors import LicError
from lic.linkage.engine import Engine


def test_missing_keys_never_meet() -> None:
    left, right = pa.array(["a", None, "", "b"]), pa.array(["", None, "b"])
    with Engine() as engine:
        assert engine.lookup([left], [right], many="m:1", join="x").tolist() == [-1, -1, -1, 2]


def test_many_to_many_is_refused() -> None:
    with Engine() as engine:
        with pytest.raises(LicError) as error:
            engine.lookup([pa.array(["a"])], [pa.array(["a", "a"])], many="m:1", join="rows to persons")
        assert (error.value.code, error.value.params["join"]) == ("L090", "rows to persons")
        with pytest.raises(LicError):
            engine.lookup([pa.array(["a", "a"])], [pa.array(["a"])], many="1:1", join="x")


def test_first_equal_takes_null_as_equal() -> None:
    columns = [pa.array(["a", None, "a", None, "b"]), pa.array([[1], [2], [1], [2], None])]
    with Engine() as engine:
        assert engine.first_equal(columns).tolist() == [0, 1, 0, 1, 4]


def test_no_file_is_reachable() -> None:
    with Engine() as engine, pytest.raises(duckdb.Error):
        engine._database.execute("SELECT * FROM read_text('/etc/hostname')")
