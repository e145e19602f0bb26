"""Yes and no, words of a vocabulary, whole numbers, decimals, codes, plain texts and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from lic.values.read import Cell, ErrorCell, Read, TruthCell, cell_text
from lic.values.text import clean, has_lost_glyph, is_formula_error, squeeze, unwrap

COUNT_LIMIT = 10**6
_YES = frozenset({"是", "有", "1", "√", "✓", "✔", "Y", "YES", "TRUE", "对"})
_NO = frozenset({"否", "无", "0", "×", "✗", "✘", "N", "NO", "FALSE", "没有"})
_COUNT = re.compile(r"^\+?(\d+)(?:\.0+)?[人口个套辆处岁年月天次]?$", re.ASCII)
_DECIMAL = re.compile(r"^[+-]?\d{1,12}(?:\.\d+)?$", re.ASCII)
_SPLIT = re.compile(r"[;；、,，\n\r]+")
_SAFE_DIGITS = 1e15


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a column: ``exact`` maps every plain spelling, ``patterns`` those with ``*``.

    ``letters``: a cell may hold several code letters; the first in this order decides.
    """

    exact: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...] = ()
    letters: tuple[tuple[str, str], ...] = ()

    def find(self, text: str) -> str | None:
        """The canonical word of a squeezed, upper-case text."""
        found = self.exact.get(text)
        if found is not None:
            return found
        for pattern, word in self.patterns:
            if fnmatchcase(text, pattern):
                return word
        known = {letter for letter, _ in self.letters}
        if self.letters and set(text) - set(",/、 ") <= known:
            return next(word for letter, word in self.letters if letter in text)
        return None


def _special(cell: Cell) -> Read[None] | None:
    """The answer for blank and error cells, None for a cell that holds something."""
    if cell is None or cell == "":
        return Read(None)
    if isinstance(cell, ErrorCell) or (isinstance(cell, str) and is_formula_error(clean(cell))):
        return Read(None, "S241")
    return None


def read_word(cell: Cell, vocabulary: Vocabulary, *, dashes: frozenset[str] = frozenset()) -> Read[str]:
    """A canonical word."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    text = squeeze(cell_text(cell)).upper()
    word = vocabulary.find(text) if text else None
    if word is None:
        return Read(None, "S231" if text and text not in dashes else "S216" if text else None)
    return Read(word)


def read_flag(cell: Cell, *, dashes: frozenset[str] = frozenset()) -> Read[bool]:
    """Yes or no."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    if isinstance(cell, TruthCell):
        return Read(cell.value)
    text = squeeze(cell_text(cell)).upper()
    if text in _YES or text in _NO:
        return Read(text in _YES)
    return Read(None, "S232" if text and text not in dashes else "S216" if text else None)


def read_count(cell: Cell, *, dashes: frozenset[str] = frozenset()) -> Read[int]:
    """A whole number from 0."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    text = unwrap(squeeze(cell_text(cell)))
    if not text:
        return Read(None)
    found = None if isinstance(cell, TruthCell) else _COUNT.match(text)
    if found is None or int(found[1]) > COUNT_LIMIT:
        return Read(None, "S216" if text.upper() in dashes else "S233")
    return Read(int(found[1]))


def read_decimal(cell: Cell, *, dashes: frozenset[str] = frozenset()) -> Read[Decimal]:
    """A number with up to four decimals."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    text = squeeze(cell_text(cell)).replace(",", "")
    if not text:
        return Read(None)
    if isinstance(cell, TruthCell) or not _DECIMAL.match(text):
        return Read(None, "S216" if text.upper() in dashes else "S234")
    return Read(Decimal(text).quantize(Decimal("0.0001")))


def read_code(cell: Cell) -> Read[str]:
    """A number that is a name: digits lost in a numeric cell are refused, leading zeros stay."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    if isinstance(cell, int | float) and (not abs(cell) < _SAFE_DIGITS or cell != int(cell)):
        return Read(None, "S243")
    raw = cell_text(cell)
    text = unwrap(squeeze(raw))
    return Read(text or None, None if text == raw or not text else "S209")


def read_text(cell: Cell) -> Read[str]:
    """Any text, trimmed and without what cannot be seen."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    raw = cell_text(cell)
    text = clean(raw)
    return Read(text or None, None if text == raw or not text else "S209")


def read_name(cell: Cell) -> Read[str]:
    """A person's name; a glyph that was lost or is private is kept and said."""
    read = read_text(cell)
    if read.value is not None and has_lost_glyph(read.value):
        return Read(read.value, "S242")
    return read


def split_list(text: str) -> list[str]:
    """The items of a list cell, cleaned; empty items are left out."""
    return [item for part in _SPLIT.split(text) if (item := clean(part))]


def read_list(cell: Cell) -> Read[Sequence[str]]:
    """Several words in one cell."""
    special = _special(cell)
    if special is not None:
        return Read(None, special.code)
    return Read(split_list(cell_text(cell)) or None)
