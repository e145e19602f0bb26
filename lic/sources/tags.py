"""Where the tags stand in a piece of a sheet's XML, told apart by their first bytes, with numpy.

Knows bytes only: which cells stand far out, what is unusual enough for an exact walk. Refuses to
understand XML; whoever asks walks the sheet exactly when :attr:`Tags.unusual` says so.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Positions: TypeAlias = npt.NDArray[np.intp]

AHEAD = 32  # bytes: tags that begin nearer to the end of a piece are left to the next piece
_NINE, _ZERO, _A, _Z = ord("9"), ord("0"), ord("A"), ord("Z")
_CELL_NUMBER = 6  # where the letters begin in '<c r="A1"'
_ROW_NUMBER = 8  # where the digits begin in '<row r="1"'
_MILLION = 7  # digits of a million
_NO_COLUMN = 1 << 24


class Tags:
    """The tags of one piece, but for those that begin in its last ``AHEAD`` bytes."""

    def __init__(self, piece: bytes) -> None:
        self._bytes = np.frombuffer(piece, np.uint8)
        self._at: Positions = np.flatnonzero(self._bytes[:-AHEAD] == ord("<"))
        self._first = self._bytes[self._at + 1]
        cells = self._starting("c")
        rows = self._starting("row")
        usual_cell, usual_row = self._like(cells, ' r="', 2), self._like(rows, ' r="', 4)
        self._cells, self._rows, others = cells[usual_cell], rows[usual_row], rows[~usual_row]
        self.unusual = self._odd_cell(cells[~usual_cell]) or self._odd_row(others)
        self.other_rows: list[int] = others.tolist()

    def count(self, name: str, start: int) -> int:
        """How many tags begin with ``name`` at or after ``start``."""
        return int(np.count_nonzero(self._starting(name) >= start))

    @property
    def definitions(self) -> list[int]:
        """Where ``<!`` stands."""
        at: list[int] = self._starting("!").tolist()
        return at

    @property
    def has_formula(self) -> bool:
        """Whether an element ``<f>`` begins somewhere."""
        after = self._bytes[self._starting("f") + 2]
        return bool(np.isin(after, np.frombuffer(b" />", np.uint8)).any())

    def last_column(self) -> int:
        """The highest column of a cell from AA on, counted from 1; 0 when there is none."""
        start = self._cells + _CELL_NUMBER
        start = start[self._is(start + 1, _A, _Z)]
        number = np.zeros(len(start), np.int64)
        highest = 0
        while len(start):
            letter = self._is(start, _A, _Z)
            highest = max(highest, int(number[~letter].max(initial=0)))
            number = number[letter] * 26 + (self._bytes[start[letter]] - (_A - 1))
            start = start[letter] + 1
            if number.max(initial=0) > _NO_COLUMN:
                return int(number.max())
        return highest

    def far_cells(self) -> list[int]:
        """Cells whose row has seven digits or more."""
        digits = self._cells + _CELL_NUMBER
        for _ in range(3):  # three letters at most, and whatever has more is far enough
            digits = digits + self._is(digits, _A, _Z)
        return self._long(digits, self._cells)

    def far_rows(self) -> list[int]:
        """Rows, written as usual, whose number has seven digits or more."""
        return self._long(self._rows + _ROW_NUMBER, self._rows)

    def _long(self, digits: Positions, tags: Positions) -> list[int]:
        for ahead in range(_MILLION - 1, -1, -1):
            kept = self._is(digits + ahead, _ZERO, _NINE)
            digits, tags = digits[kept], tags[kept]
        found: list[int] = tags.tolist()
        return found

    def _is(self, at: Positions, low: int, high: int) -> npt.NDArray[np.bool_]:
        byte = self._bytes[at]
        return (byte >= low) & (byte <= high)

    def _starting(self, name: str) -> Positions:
        at: Positions = self._at[self._first == ord(name[0])]
        for ahead, char in enumerate(name[1:], 2):
            at = at[self._bytes[at + ahead] == ord(char)]
        return at

    def _like(self, at: Positions, text: str, ahead: int) -> npt.NDArray[np.bool_]:
        same = np.ones(len(at), np.bool_)
        for index, char in enumerate(text, ahead):
            same &= self._bytes[at + index] == ord(char)
        return same

    def _odd_cell(self, at: Positions) -> bool:
        """Whether one of these is no definition of columns."""
        return not bool(self._like(at, "ol", 2).all())

    def _odd_row(self, at: Positions) -> bool:
        after = self._bytes[at + 4]
        if bool(np.isin(after, np.frombuffer(b">\r\n\t", np.uint8)).any()):
            return True
        return bool(self._like(at, " r='", 4).any())
