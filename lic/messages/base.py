"""The shape of one message and how its blanks are filled.

Knows that ID numbers are masked wherever a message is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# An ID number anywhere in a text: 18 or 15 digits standing alone, also at the head of a longer
# certificate number.
_ID_LIKE = re.compile(r"(?<![0-9])[0-9]{15,}[0-9Xx]?")
_BLANK = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One catalogue entry: a title for tables, the sentence, and what to do."""

    title: str
    text: str
    remedy: str


def mask(text: str) -> str:
    """Hide the middle of every ID number in ``text``: first six, stars, last four."""
    return _ID_LIKE.sub(lambda m: m[0][:6] + "*" * (len(m[0]) - 10) + m[0][-4:], text)


def render(template: str, params: Mapping[str, object]) -> str:
    """Fill ``{name}`` blanks from ``params`` and mask ID numbers.

    Raises KeyError for a blank without a parameter: a message must never be half said.
    """
    return _BLANK.sub(lambda m: mask(str(params[m[1]])), template)
