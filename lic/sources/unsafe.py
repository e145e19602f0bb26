"""Why a file, or one sheet of it, cannot be read; and how much reading may cost.

Knows codes, never sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


class Unsafe(Exception):
    """The file must not, or cannot, be handed to a parser."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, int | str] = params


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. A source may raise each for the files that its name hints at."""

    seconds: int = 60  # and 8 more for each megabyte of the file
    memory_mb: int = 4096
    unpacked_mb: int = 1024
    ratio: int = 200  # unpacked to packed
    cells: int = 50_000_000  # rows times columns of one sheet

    def at_least(self, other: Limits) -> Limits:
        """The larger of both, limit by limit."""
        return Limits(
            **{one.name: max(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        )
