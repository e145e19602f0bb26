"""Real files with some of their bytes changed, as disks, gateways and home-made writers change them.

Every choice comes from a hash of the seed, so that a file can be made again.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_TOKENS = (
    b'<|>|&|&#0;|\x00|\xff\xfe|"|,|\r|1e999|-1|NaN|65536|1048577|XFE1|t="e"|t="s"|t="d"|<v>|</v>'
    b"|</row>|<!DOCTYPE a>|\xe5\xbc|99999999999999999999"
).split(b"|")
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError)


class Dice:
    """Numbers that follow from a text."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.count = 0

    def bytes(self) -> bytes:
        self.count += 1
        return hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()

    def below(self, limit: int) -> int:
        return int.from_bytes(self.bytes()[:8], "big") % max(1, limit)

    def of(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]


def damaged(data: bytes, dice: Dice) -> bytes:
    """The file with one to three changes; of an archive mostly inside one part, packed anew."""
    if data.startswith(b"PK") and dice.below(4):
        try:
            data = _inside(data, dice)
        except _NO_ARCHIVE:
            pass  # broken before
        else:
            if dice.below(8):
                return data
    for _ in range(1 + dice.below(3)):
        data = _changed(data, dice)
    return data


def _inside(data: bytes, dice: Dice) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    chosen = dice.below(len(parts))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(parts):
            kept = content
            if index == chosen:
                if not dice.below(12):
                    continue
                for _ in range(1 + dice.below(3)):
                    kept = _changed(kept, dice)
            archive.writestr(name, kept)
    return target.getvalue()


def _changed(data: bytes, dice: Dice) -> bytes:
    at = dice.below(len(data))
    size = 1 + dice.below(min(len(data), 1 << dice.below(10)))
    match dice.below(8):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + size :]
        case 2:
            return data[: at + size] + data[at:]
        case 3:
            return data[:at] + dice.bytes()[:size] + data[at + min(size, 32) :]
        case 4:
            return data[:at] + bytes([dice.of([0, 255, 32])]) * size + data[at + size :]
        case 5:
            return data[:at] + dice.of(_TOKENS) + data[at:]
        case 6:
            return data[:at] + bytes([data[at] ^ 1 << dice.below(8)]) + data[at + 1 :] if data else b""
        case _:
            token = dice.of(_TOKENS)
            return data[:at] + token + data[at + len(token) :]
