"""Opens workbooks that need a password, in memory.

Passwords come from the caller and go nowhere: not into messages, not into the cache, not into
names. No plain copy of the file is written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from lic.sources.unsafe import Unsafe

# Excel opens a workbook that is merely write-protected with this one, and never asks.
_BUILT_IN = "VelvetSweatshop"
_WRONG = (InvalidKeyError, DecryptionError, UnicodeEncodeError)


def is_encrypted(data: bytes) -> bool:
    """Whether a compound file is a workbook behind a password. Damage counts as no."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # noqa: BLE001 - mutilated headers make the library fail in any way
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
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise Unsafe("S103") from error
        opened = plain.getvalue()
        if opened.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            return opened
    raise Unsafe("S116" if passwords else "S104")
