"""The key by which a filled-in line is known again, wherever somebody moved it."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
_ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", np.uint8)
_PLACES = np.array([16, 8, 4, 2, 1], np.uint8)


def finding_keys(findings: pa.Table) -> pa.Array:
    """One key per finding, the same in every run that says the same; none occurs twice.

    Made of everything a finding says; of equal findings the later ones count on.
    """
    said = [pc.fill_null(pc.cast(findings.column(name), pa.string()), "") for name in _SAID]
    seen: Counter[str] = Counter()
    digests = []
    for text in pc.binary_join_element_wise(*said, "\x1f").to_pylist():
        seen[text] += 1
        digests.append(hashlib.sha256(f"{text}\x1f{seen[text]}".encode()).digest()[:_BYTES])
    return pa.array(_base32(b"".join(digests)), pa.string())


def _base32(data: bytes) -> list[str]:
    """RFC 4648 of every ``_BYTES`` bytes, which need no padding; all at once, for there are many."""
    bits = np.unpackbits(np.frombuffer(data, np.uint8)).reshape(-1, 5)
    text = _ALPHABET[bits @ _PLACES].tobytes().decode("ascii")
    return [text[at : at + LENGTH] for at in range(0, len(text), LENGTH)]


def printed_key(keys: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Keys as the narrow column shows them."""
    half = LENGTH // 2
    halves = pc.utf8_slice_codeunits(keys, 0, half), pc.utf8_slice_codeunits(keys, half)
    return pc.binary_join_element_wise(*halves, "\n")


def read_key(text: str) -> str | None:
    """The key that a cell holds, however it was broken into lines; None when it holds none."""
    found = "".join(text.split()).upper()
    return found if len(found) == LENGTH and found.isalnum() and found.isascii() else None
