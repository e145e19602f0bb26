"""Tables as files whose bytes depend on nothing but their rows, and hashes of what they say.

Two hashes are kept apart: that of the bytes (equal for one lic build and platform) and that of
the content (equal on every machine, whatever wrote the Parquet).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.values.letters import letters

_ROW_GROUP = 131_072
_CHUNK = 1 << 20


def write_table(table: pa.Table, path: Path) -> None:
    """Write ``table`` with fixed options: no metadata of the writer's surroundings in the file."""
    bare = table.replace_schema_metadata(None).combine_chunks()
    pq.write_table(
        bare,
        path,
        compression="zstd",
        compression_level=3,
        version="2.6",
        data_page_version="1.0",
        row_group_size=_ROW_GROUP,
        use_dictionary=True,
        write_statistics=True,
        store_schema=False,
    )


def read_table(path: Path) -> pa.Table:
    """Read one Parquet file as it is."""
    return pq.read_table(path)


def file_sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def content_sha256(table: pa.Table) -> str:
    """Hash of names, types and values, column by column; independent of chunks and of Parquet."""
    digest = hashlib.sha256()
    digest.update(f"{table.num_rows}\n".encode())
    for field, column in zip(table.schema, table.columns, strict=True):
        digest.update(f"{field.name}\n{_type_name(field.type)}\n".encode())
        for chunk in _even_chunks(column):
            _feed(digest, chunk)
    return digest.hexdigest()


def _type_name(kind: pa.DataType) -> str:
    """The type without what differs between writers (Arrow and Parquet name list items differently)."""
    return f"list<{_type_name(kind.value_type)}>" if pa.types.is_list(kind) else str(kind)


def _even_chunks(column: pa.ChunkedArray) -> list[pa.Array]:
    """Chunks of a fixed length, so that the hash does not see how the column was built."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], column.type)
    return [whole.slice(start, _ROW_GROUP) for start in range(0, len(whole), _ROW_GROUP)]


def _feed(digest: hashlib._Hash, array: pa.Array) -> None:
    valid = array.is_valid()
    digest.update(pc.cast(valid, pa.uint8()).to_numpy(zero_copy_only=False).tobytes())
    if pa.types.is_list(array.type):
        lengths = pc.fill_null(pc.list_value_length(array), 0)
        digest.update(pc.cast(lengths, pa.int32()).to_numpy(zero_copy_only=False).astype("<i4").tobytes())
        _feed(digest, array.flatten())
        return
    text = pc.fill_null(pc.cast(array, pa.large_string()), "")
    lengths = pc.cast(pc.binary_length(text), pa.int64())
    digest.update(lengths.to_numpy(zero_copy_only=False).astype("<i8").tobytes())
    digest.update(letters(text))
