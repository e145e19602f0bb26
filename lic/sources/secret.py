"""Opens workbooks that need a password, in memory.

Passwords come from the caller and go nowhere: not into messages, not into the cache, not into
names. No plain copy of the file is written.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from zipfile import BadZipFile

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from lic.sources.unsafe import Unsafe

# Excel opens a workbook that is merely write-protected with this one, and never asks.
_BUILT_IN = "VelvetSweatshop"
_WRONG = (InvalidKeyError, DecryptionError, UnicodeEncodeError)
_DAMAGED = (FileFormatError, ParseError, struct.error, ValueError, LookupError, OSError, EOFError, BadZipFile)
_DAMAGED_MORE = (AttributeError, TypeError, AssertionError, OverflowError)  # seen with mutilated headers


def is_encrypted(data: bytes) -> bool:
    """Whether a compound file is a workbook behind a password. Damage counts as no."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except (*_DAMAGED, *_DAMAGED_MORE):
        return False


def decrypt(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook behind the password. Raises :class:`Unsafe` when no password fits."""
    for password in (_BUILT_IN, *passwords):
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            file.load_key(password=password)
            plain = io.BytesIO()
            file.decrypt(plain)
        except _WRONG:
            continue
        except (*_DAMAGED, *_DAMAGED_MORE) as error:
            raise Unsafe("S103") from error
        opened = plain.getvalue()
        if opened.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            return opened
    raise Unsafe("S116" if passwords else "S104")
