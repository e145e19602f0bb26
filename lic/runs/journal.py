"""``run.log``: the only place of a run that knows what time it is.

It is not part of the hashed run and holds no personal data: every line is masked.
"""

from __future__ import annotations

import platform
import time
from datetime import datetime
from pathlib import Path

from lic.messages.base import mask
from lic.runs.manifest import JOURNAL


class Journal:
    """Collects timed lines while a run is made and writes them at its end."""

    def __init__(self) -> None:
        """Start the clock."""
        self._started = time.monotonic()
        self._lines: list[str] = []
        # The one clock of lic: when a run was made is said here and nowhere else.
        now = datetime.now().astimezone()  # noqa: TID251
        self._lines.append(
            f"{now.isoformat(timespec='seconds')} {platform.system()} {platform.python_version()}"
        )

    def note(self, text: str) -> None:
        """Add one line with the seconds since the start."""
        self._lines.append(f"{time.monotonic() - self._started:9.2f}s {mask(text)}")

    def write(self, folder: Path) -> None:
        """Write the lines into a run."""
        path = folder / JOURNAL
        path.write_text("\n".join(self._lines) + "\n", encoding="utf-8", newline="\n")
