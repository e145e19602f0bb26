"""A crash file for the maintainers: the traceback without values, masked.

It goes into the current folder's workspace (``.lic``) when there is one, else beside the user.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import lic
from lic.messages.base import mask
from lic.model.workspace import WORKSPACE_FILE


def write_crash(error: BaseException) -> Path:
    """Write the masked traceback and say where; the last resort is the current folder."""
    folder = _folder()
    number = 1
    while (path := folder / f"lic-crash-{number:02d}.txt").exists():
        number += 1
    text = "".join(traceback.format_exception(error))
    path.write_text(f"lic {lic.__version__}\n{mask(text)}", encoding="utf-8")
    path.chmod(0o600)
    return path


def _folder() -> Path:
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / WORKSPACE_FILE).is_file():
            private = candidate / ".lic"
            private.mkdir(mode=0o700, exist_ok=True)
            return private
    return here
