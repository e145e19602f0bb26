"""The shape of one message and how its blanks are filled.

Knows that ID numbers are masked wherever a message is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# An ID number anywhere in a text: 18 or 15 digits standing alone, also at the head of a longer
# certificate number.
_ID_LIKE = re.compile(r"(?<![0-9])[0-9]{15,}[0-9Xx]?")
# The same as people type it: full-width digits, or blanks and invisible characters in between.
_WIDE = "\uff10-\uff19"
_TYPED_ID = re.compile(
    rf"(?<![0-9{_WIDE}])[0-9{_WIDE}]{{6}}(?:[\s\u00a0\u200b-\u200f\u2060\ufeff'-]{{0,2}}[0-9{_WIDE}]){{9,}}"
    r"(?:[\s\u200b]?[Xx\uff38\uff58])?"
)
_ID_LENGTHS = (15, 18)
_HASH, _SHORT_HASH = 64, 16  # hexadecimal digits
_BLANK = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One catalogue entry: a title for tables, the sentence, and what to do."""

    title: str
    text: str
    remedy: str


def mask(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Hide the middle of every ID number in ``text``: first six, stars, last four.

    ``keep``: runs of digits that are known to be no ID number (:func:`household_digits`).
    """

    def hidden(found: re.Match[str]) -> str:
        run = found[0]
        return run if run in keep else run[:6] + "*" * (len(run) - 10) + run[-4:]

    def covered(found: re.Match[str]) -> str:
        run = found[0]
        plain = run.isascii() and run.rstrip("Xx").isdigit()
        return run if plain else run[:6] + "*" * (len(run) - 10) + run[-4:]

    return _TYPED_ID.sub(covered, _ID_LIKE.sub(hidden, text))


def household_digits(numbers: Iterable[str]) -> frozenset[str]:
    """The long runs of digits in household numbers; one as long as an ID number is not among them."""
    return frozenset(
        run for number in numbers for run in _ID_LIKE.findall(number) if len(run) not in _ID_LENGTHS
    )


def hash_digits(digests: Iterable[str]) -> frozenset[str]:
    """The long runs of digits in SHA-256 hashes and in their printed beginnings: no ID numbers."""
    whole = [digest for digest in digests if len(digest) == _HASH]
    return frozenset(
        run for text in (*whole, *(item[:_SHORT_HASH] for item in whole)) for run in _ID_LIKE.findall(text)
    )


def render(template: str, params: Mapping[str, object], keep: frozenset[str] = frozenset()) -> str:
    """Fill ``{name}`` blanks from ``params`` and mask ID numbers, but for the digits in ``keep``.

    Raises KeyError for a blank without a parameter: a message must never be half said.
    """
    return _BLANK.sub(lambda m: mask(str(params[m[1]]), keep), template)
