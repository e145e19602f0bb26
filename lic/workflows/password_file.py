"""A file of passwords for encrypted workbooks, one a line.

The passwords stay in memory: they go into no message, no log, no result and no cache.
"""

from __future__ import annotations

from pathlib import Path

from lic.errors import UsageError
from lic.model.workspace import Workspace
from lic.sources.folder import Passwords

_LARGEST = 1 << 20  # bytes: a workbook given by mistake is not read as passwords


def known_passwords(given: Passwords, workspace: Workspace) -> Passwords:
    """``given`` and, after them, those of the file that ``lic.yaml`` names."""
    if workspace.password_file is None:
        return given
    own = read_password_file(workspace.password_file)
    return Passwords(list(dict.fromkeys([*given.known, *own])), given.ask)


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
