"""Text as people type it: invisible characters, width, wrappers, names.

Names are kept as they came but for what cannot be seen; they are compared by :func:`fold_name`.
Refuses to guess a character that an export has lost.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but line breaks and tab, zero-width characters, bidi marks and overrides.
# variation selectors, fillers that print nothing, and language tags.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_SUFFIX = re.compile(r"\([^()]*\)$")
_DOTS = re.compile("[.·•・‧∙⋅●˙᛫ㆍ⸱⸳\ua78f]")
_WRAPPED = re.compile(r'^(?:="|=|[\'\u2018\u2019`])(.*?)["\'\u2019`]?$', re.DOTALL)
_FORMULA_ERROR = re.compile(
    r"^(?:#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!"
    r"|GETTING_DATA)|ERR:\d{3})$",
    re.IGNORECASE,
)
# Glyphs that GBK put into the private-use area and that Unicode has since named: some systems still
# export the old points. The codec knows those that GB18030-2000 moved; these came later (2005, 2022).
_MOVED_LATER = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE855: 0x241FE, 0xE864: 0x9FBB, 0xE7C7: 0x1E3F, 0xE7C8: 0x01F9,
}  # fmt: skip
_MOVED_BYTES = [byte for byte in range(0x50, 0xA1) if byte != 0x7F]  # FE50 and on were U+E815 and on
_NAMED_SINCE = {
    0xE815 + index: ord(bytes((0xFE, byte)).decode("gb18030")) for index, byte in enumerate(_MOVED_BYTES)
} | _MOVED_LATER
# What a system prints where it has lost a character, or describes one it cannot print.
_LOST = re.compile("[?\ufffd\u25a1\u25a0\u3013*\u2ff0-\u2fff]")

# Anything else than these needs the slow path of :func:`clean`.
PLAIN = r"^[0-9A-Za-z\x{4e00}-\x{9fff}]*$"
# Names that :func:`fold_name` leaves as they are: Han characters and nothing else.
FOLDED = r"^[\x{4e00}-\x{9fff}]+$"


def has_invisible(text: str) -> bool:
    """Whether a text holds a character that prints nothing."""
    return _INVISIBLE.search(text) is not None


def clean(text: str) -> str:
    """Without invisible characters and outer white space; odd spaces become plain ones."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip()


def squeeze(text: str) -> str:
    """NFKC, and no white space or invisible character at all."""
    if text.isascii() and text.isprintable():
        return text.replace(" ", "")
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def unwrap(text: str) -> str:
    """Without the tricks that keep digits text: ``'610…`` and ``="610…"``."""
    while found := _WRAPPED.match(text):
        text = found[1]
    return text


def is_formula_error(text: str) -> bool:
    """Whether a text is what a spreadsheet prints for a failed formula."""
    return _FORMULA_ERROR.match(text) is not None


def fold_name(name: str) -> str:
    """The form in which two names are compared."""
    folded = squeeze(name.translate(_NAMED_SINCE))
    while (shorter := _SUFFIX.sub("", folded)) != folded:
        folded = shorter
    return _DOTS.sub("·", folded)


def comparable(folded: str) -> bool:
    """Whether a folded name says anything: not blank, no glyph that was lost or is private."""
    return folded != "" and not has_lost_glyph(folded)


def has_lost_glyph(text: str) -> bool:
    """Whether a text holds a glyph that means something else on every machine, or the mark of a lost one."""
    named = text.translate(_NAMED_SINCE)
    return _LOST.search(named) is not None or any(unicodedata.category(char) == "Co" for char in named)
