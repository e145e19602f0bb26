"""What a view consists of before it is a file: workbooks, pages, and files that write themselves.

Knows names inside the view's place. Refuses to know folders.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lic.reports.table import ReportBook


@dataclass(frozen=True, slots=True)
class Page:
    """A self-contained HTML page."""

    file: str
    html: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file with its own writer (a filled official form), which is given its path and a scratch folder."""

    file: str
    write: Callable[[Path, Path], None]


Document: TypeAlias = ReportBook | Page | OwnFile
"""``file`` of each may hold ``/``: a path inside the view's place."""
