"""The bytes of a column of strings as Arrow holds them, one string after another, without a copy."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def letters(text: pa.StringArray | pa.LargeStringArray) -> memoryview:
    """UTF-8 of all strings of ``text`` joined; a null adds nothing."""
    _, offsets, data = text.buffers()
    if data is None or not len(text):
        return memoryview(b"")
    wide = pa.types.is_large_string(text.type)
    ends = np.frombuffer(offsets, np.int64 if wide else np.int32)[[text.offset, text.offset + len(text)]]
    return memoryview(data)[ends[0] : ends[1]]
