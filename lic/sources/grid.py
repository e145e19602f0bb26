"""One sheet as rows of typed cells under the row numbers that people see."""

from __future__ import annotations

from dataclasses import dataclass

from lic.values import Cell


@dataclass(slots=True)
class Grid:
    """``numbers`` None: row i has the number i + 1. Rows of a CSV may differ in length."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    numbers: list[int] | None = None
    note: str | None = None  # how a text file was read

    @property
    def addressed(self) -> bool:
        """Whether cells have addresses as in Excel."""
        return self.numbers is None

    def number(self, index: int) -> int:
        """The number of a row as people see it."""
        return index + 1 if self.numbers is None else self.numbers[index]
