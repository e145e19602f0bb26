"""Snapshots: what a person would see, as text in a file beside the test.

``pytest --snapshot-update`` writes them; without it a difference fails with a diff. The option
is added by ``tests/conftest.py``. Nothing personal may stand in a snapshot but made-up numbers.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import openpyxl

FOLDER = "__snapshots__"


class Snapshot:
    """Compares a text with the file of the test that asks."""

    def __init__(self, test: Path, *, update: bool) -> None:
        self._folder = test.parent / FOLDER
        self._update = update

    def matches(self, name: str, text: str) -> None:
        """Fail with a diff unless ``text`` is what ``name`` holds."""
        path = self._folder / name
        if self._update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"no snapshot {path}; run pytest --snapshot-update"
        kept = path.read_text(encoding="utf-8")
        diff = "\n".join(
            difflib.unified_diff(kept.splitlines(), text.splitlines(), "kept", "now", lineterm="", n=2)
        )
        assert text == kept, diff


def workbook_text(path: Path) -> str:
    """A workbook as text: sheets, print set-up, and every cell as it is stored."""
    book = openpyxl.load_workbook(path)
    lines: list[str] = []
    for sheet in book.worksheets:
        lines.append(f"== {sheet.title}")
        lines.append(
            f"   {sheet.page_setup.orientation} paper {sheet.page_setup.paperSize}"
            f" freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref} repeat {sheet.print_title_rows}"
        )
        for row in sheet.iter_rows(values_only=True):
            cells = [_shown(value) for value in row]
            while cells and cells[-1] == "":
                cells.pop()
            lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\n", "⏎")
    return f"<{value}>"
