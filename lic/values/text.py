"""Text as people type it: invisible characters, width, wrappers, names.

Names are kept as they came but for what cannot be seen; they are compared by :func:`fold_name`.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but line breaks and tab, zero-width characters, bidi marks and overrides.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_SUFFIX = re.compile(r"\([^()]*\)$")
_DOTS = re.compile("[.·•・‧∙⋅●]")
_WRAPPED = re.compile(r'^(?:="?|\')(.*?)"?$', re.DOTALL)
_FORMULA_ERROR = re.compile(r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$")

# Anything else than these needs the slow path of :func:`clean`.
PLAIN = r"^[0-9A-Za-z\x{4e00}-\x{9fff}]*$"
# Names that :func:`fold_name` leaves as they are: Han characters and nothing else.
FOLDED = r"^[\x{4e00}-\x{9fff}]+$"


def clean(text: str) -> str:
    """Without invisible characters and outer white space; odd spaces become plain ones."""
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip()


def squeeze(text: str) -> str:
    """NFKC, and no white space or invisible character at all."""
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def unwrap(text: str) -> str:
    """Without the tricks that keep digits text: ``'610…`` and ``="610…"``."""
    found = _WRAPPED.match(text)
    return found[1] if found else text


def is_formula_error(text: str) -> bool:
    """Whether a text is what a spreadsheet prints for a failed formula."""
    return _FORMULA_ERROR.match(text) is not None


def fold_name(name: str) -> str:
    """The form in which two names are compared."""
    folded = squeeze(name)
    while (shorter := _SUFFIX.sub("", folded)) != folded:
        folded = shorter
    return _DOTS.sub("·", folded)


def comparable(folded: str) -> bool:
    """Whether a folded name says anything: not blank, no private-use glyph."""
    return folded != "" and not has_private_use(folded)


def has_private_use(text: str) -> bool:
    """Whether a text holds a glyph that means something else on every machine."""
    return any(unicodedata.category(char) == "Co" for char in text)
