"""A file of passwords for encrypted workbooks, one a line.

The passwords stay in memory: they go into no message, no log, no result and no cache.
"""

from __future__ import annotations

from pathlib import Path

from lic.errors import UsageError

_LARGEST = 1 << 20  # bytes: a workbook given by mistake is not read as passwords


def read_password_file(file: Path) -> list[str]:
    """The passwords in their order, without blank lines. Raises UsageError when they cannot be read."""
    try:
        if file.stat().st_size > _LARGEST:
            raise UsageError("W119", file=file)
        data = file.read_bytes()
    except OSError as error:
        raise UsageError("W118", file=file, reason=error.strerror or type(error).__name__) from error
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return list(dict.fromkeys(line for line in text.splitlines() if line.strip()))
    raise UsageError("W119", file=file)
