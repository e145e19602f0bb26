"""Canonical tables: the same rows give the same bytes and the same content hash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from lic.runs.canonical import content_sha256, file_sha256, read_table, write_table


def table() -> pa.Table:
    return pa.table(
        {
            "text": pa.array(["甲", None, "", "乙丙"]),
            "list": pa.array([["a", "b"], [], None, ["ab"]], pa.list_(pa.string())),
            "money": pa.array([Decimal("1.00"), None, Decimal("-2.50"), Decimal(0)], pa.decimal128(18, 2)),
            "flag": pa.array([True, None, False, True]),
            "day": pa.array([date(2026, 10, 31), None, None, date(1, 1, 1)]),
            "count": pa.array([1, 2, None, 4], pa.int32()),
        }
    )


def test_types_and_values_survive(tmp_path: Path) -> None:
    write_table(table(), tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").equals(table())


def test_bytes_do_not_depend_on_chunks_or_metadata(tmp_path: Path) -> None:
    chunked = pa.concat_tables([table().slice(0, 1), table().slice(1)]).replace_schema_metadata(
        {"when": "now"}
    )
    write_table(table(), tmp_path / "a.parquet")
    write_table(chunked, tmp_path / "b.parquet")
    assert file_sha256(tmp_path / "a.parquet") == file_sha256(tmp_path / "b.parquet")
    assert content_sha256(table()) == content_sha256(chunked)


def test_content_hash_is_fixed() -> None:
    """A test vector: it may only change together with the format of the manifest."""
    assert content_sha256(pa.table({"a": ["x", None], "b": pa.array([1, 2], pa.int64())})) == VECTOR


VECTOR = "f7484061f9f525d675eb336b9f893d29e5cd7dc023401168f25bc685574daf1f"


def test_every_value_and_every_null_counts() -> None:
    base = content_sha256(table())
    seen = {base}
    for name in table().column_names:
        rows = table().to_pylist()
        rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
        seen.add(content_sha256(pa.Table.from_pylist(rows, table().schema)))
    assert len(seen) == len(table().column_names) + 1
    split = pa.table({"l": pa.array([["ab"], ["c"]])}), pa.table({"l": pa.array([["a", "b"], ["c"]])})
    assert content_sha256(split[0]) != content_sha256(split[1])
    assert content_sha256(pa.table({"a": [""]})) != content_sha256(
        pa.table({"a": pa.array([None], pa.string())})
    )


def test_empty_tables_have_a_hash(tmp_path: Path) -> None:
    write_table(table().slice(0, 0), tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").num_rows == 0
    assert content_sha256(table().slice(0, 0)) != content_sha256(table())
