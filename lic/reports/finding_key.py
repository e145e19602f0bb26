"""The key by which a filled-in line is known again, wherever somebody moved it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter

import pyarrow as pa

_SAID = (
    "code",
    "scope",
    "household_no",
    "id_number",
    "name",
    "message",
    "expected",
    "actual",
    "source",
    "file",
    "sheet",
    "row",
)
_BYTES = 10  # 16 letters, printed as two lines of eight
LENGTH = 16


def finding_keys(findings: pa.Table) -> pa.Array:
    """One key per finding, the same in every run that says the same; none occurs twice.

    Made of everything a finding says; of equal findings the later ones count on.
    """
    seen: Counter[str] = Counter()
    keys = []
    for values in zip(*(findings.column(name).to_pylist() for name in _SAID), strict=True):
        text = "\x1f".join("" if value is None else str(value) for value in values)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).digest()
        keys.append(base64.b32encode(digest[:_BYTES]).decode("ascii"))
    return pa.array(keys, pa.string())


def printed_key(keys: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Keys as the narrow column shows them."""
    return pa.array([f"{key[:8]}\n{key[8:]}" for key in keys.to_pylist()], pa.string())


def read_key(text: str) -> str | None:
    """The key that a cell holds, however it was broken into lines; None when it holds none."""
    found = "".join(text.split()).upper()
    return found if len(found) == LENGTH and found.isalnum() and found.isascii() else None
