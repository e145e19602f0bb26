"""What the command line says about a sample, read strictly: rate, strata, seed.

Knows how people write them. Refuses what could mean two things.
"""

from __future__ import annotations

import re
from fractions import Fraction

from lic.errors import UsageError
from lic.model.audit import Stratum

_PERCENT = re.compile(r"^([0-9]{1,3}(?:\.[0-9]{1,6})?)[%\uff05]$")
_PART = re.compile(r"^([01](?:\.[0-9]{1,8})?|\.[0-9]{1,8}|[0-9]{1,6}/[0-9]{1,6})$")
_JOINED = re.compile(r"[,\uff0c\u3001;\uff1b\s]+")
_SEED_LIMIT = 500


def read_rate(text: str) -> Fraction:
    """``30%``, ``0.3`` or ``3/10``; more than nothing, at most everything. Raises UsageError W601."""
    plain = text.strip()
    found = _PERCENT.match(plain)
    try:
        if found is not None:
            rate = Fraction(found[1]) / 100
        elif _PART.match(plain):
            rate = Fraction(plain)
        else:
            raise UsageError("W601", value=text)
    except ZeroDivisionError as error:
        raise UsageError("W601", value=text) from error
    if not 0 < rate <= 1:
        raise UsageError("W601", value=text)
    return rate


def read_stratify(text: str) -> tuple[Stratum, ...]:
    """Towns, categories or both, once each, in a fixed order. Raises UsageError W602."""
    words = [word for word in _JOINED.split(text.strip()) if word]
    known = {item.value: item for item in Stratum}
    for word in words:
        if word not in known:
            raise UsageError("W602", value=word)
    return tuple(item for item in Stratum if item.value in words)


def read_seed(text: str | None, *, freeze: bool) -> str | None:
    """One line of text; none with a freeze, which must not know it. Raises UsageError W607 to W609."""
    if freeze:
        if text is not None:
            raise UsageError("W607")
        return None
    seed = "" if text is None else text.strip()
    if not seed:
        raise UsageError("W608")
    if len(seed) > _SEED_LIMIT or not seed.isprintable():
        raise UsageError("W609")
    return seed
