"""What must hold for every file, whatever is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq

from lic.messages import remedy, say
from lic.messages.base import mask
from lic.sources import cache

NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PERIOD = 2026 * 12 + 9


def broken(folder: Path) -> list[str]:
    """The invariants that the account in a staging folder breaks."""
    content = cache.read_meta(folder)
    if content is None:
        return ["no account was written"]
    answer = cache.answer_of(content, folder, period=PERIOD, only=None)
    found = []
    for sheet in answer.sheets:
        counts = (sheet.accepted, sheet.rejected, sheet.blank, sheet.footer)
        if sum(counts) != sheet.rows_read or min(counts) < 0:
            found.append(f"{sheet.rows_read} rows read are {counts}")
        rows = set(pq.read_table(sheet.parquet)["_row"].to_pylist())
        if len(rows) != sheet.accepted:
            found.append(f"{sheet.accepted} rows accepted, {len(rows)} staged")
    for refused in answer.refused:
        counts = (0, refused.rejected, refused.blank, refused.footer)
        if sum(counts) != refused.rows_read or min(counts) < 0:
            found.append(f"{refused.rows_read} rows of a refused sheet are {counts}")
    if not answer.sheets and not answer.findings:
        found.append("not read, and not a word said")
    for item in answer.findings:
        text = f"{say(item.code, item.params)}\n{remedy(item.code, item.params)}"
        if NUMBER.search(text) or mask(text) != text:
            found.append(f"{item.code} shows a number")
    return found


def account(folder: Path) -> dict[str, bytes]:
    """Everything that was written about a file, to compare two readings."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
