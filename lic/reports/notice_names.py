"""How a head of household is named in public.

Knows what may be said: the name, or the surname of whoever may be a child, and the last four
digits of an ID number where two heads on one list would be the same. Refuses anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lic.reports import labels_notice as words

_OPEN, _CLOSE = r"(（\[【\u3014", r")）\]】\u3015"
_SUFFIX = re.compile(rf"\s*[{_OPEN}][^{_OPEN}{_CLOSE}]*[{_CLOSE}]?\s*$")
_DIGITS = re.compile(r"\d{4,}[Xx]?")
_LONG_DIGITS = re.compile(r"\d{6,}[Xx]?")
_LATIN = re.compile(r"[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LAST = 4


@dataclass(frozen=True, slots=True)
class Head:
    """A head of household, before he has a public name. ``adult`` None: nobody knows."""

    household_no: str
    name: str | None
    number: str | None
    adult: bool | None


@dataclass(frozen=True, slots=True)
class PublicNames:
    """Names by household, and which notes they need."""

    by_household: Mapping[str, str]
    with_digits: bool
    surname_only: int


def public_names(heads: Sequence[Head]) -> PublicNames:
    """Names of the heads of one list, each different from the others as far as may be.

    A head who is a child, or may be one, is his surname alone; several of one surname are
    counted in the order of the list, never told apart by digits.
    """
    plain = {head.household_no: _plain(head.name) for head in heads}
    hidden = [head.household_no for head in heads if head.adult is not True and plain[head.household_no]]
    names = {number: name or words.NO_NAME for number, name in plain.items()}
    for number in hidden:
        names[number] = words.SURNAME_ONLY.format(surname=names[number][0])
    shared = _shared(names)
    counted: dict[str, int] = {}
    digits = False
    for head in heads:
        number, name = head.household_no, names[head.household_no]
        if name not in shared or not plain[number]:
            continue
        if number in set(hidden):
            counted[name] = counted.get(name, 0) + 1
            names[number] = words.NUMBERED.format(name=name, number=_ordinal(counted[name]))
        elif head.number:
            names[number] = words.WITH_DIGITS.format(name=name, digits=head.number[-_LAST:])
            digits = True
    return PublicNames(names, digits, len(hidden))


def public_place(*parts: str | None) -> str:
    """Town, village and group in one; a number of a person or a telephone that strayed in is left out."""
    text = "".join(part for part in parts if part)
    return _LONG_DIGITS.sub("", _CONTROL.sub(" ", text)).strip()


def _plain(name: str | None) -> str:
    """A name without remarks in brackets and without digits."""
    text = _DIGITS.sub("", _CONTROL.sub("", name or "")).strip()
    while (shorter := _SUFFIX.sub("", text)) != text:
        text = shorter
    # blanks part the letters of a Chinese name on some sheets, and the words of a foreign one on all
    return " ".join(text.split()) if _LATIN.search(text) else "".join(text.split())


def _shared(names: Mapping[str, str]) -> set[str]:
    return {name for name, count in Counter(names.values()).items() if count > 1}


def _ordinal(number: int) -> str:
    return words.ORDINALS[number - 1] if number <= len(words.ORDINALS) else str(number)
