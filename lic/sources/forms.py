"""Workbooks that lic wrote and people filled in: their cells, read as carefully as any export.

Knows files and cells. Refuses to know what a form asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lic.sources import keys
from lic.sources.grid import Grid
from lic.sources.sniff import Kind, other_name, sniff
from lic.sources.unsafe import Limits, Unsafe
from lic.sources.workbook import Opening, read_workbook


class UnreadableForm(Exception):
    """A form that cannot be read; ``code`` and ``params`` say why, as for an export."""

    def __init__(self, code: str, params: Mapping[str, int | str]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_form(path: Path) -> list[Grid]:
    """Every worksheet of a workbook, lic's own mark notwithstanding. Raises :class:`UnreadableForm`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableForm("S111", {"reason": error.strerror or type(error).__name__}) from error
    if sniff(data) not in (Kind.ARCHIVE, Kind.COMPOUND):
        what = other_name(data) if data else None
        raise UnreadableForm("S102", {"what": what or keys.UNKNOWN_DOCUMENT})
    try:
        return list(read_workbook(data, Opening(Limits())))
    except Unsafe as error:
        raise UnreadableForm(error.code, error.params) from error
