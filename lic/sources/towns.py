"""Town names as a county configured them, from the ways in which exports shorten them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lic.sources import keys
from lic.values.text import squeeze

_SHORTEST = 2


def stem(name: str) -> str:
    """A town's name without white space and without what kind of town it is."""
    plain = squeeze(name)
    for suffix in keys.TOWN_SUFFIXES:
        if plain.endswith(suffix) and len(plain) > len(suffix):
            return plain.removesuffix(suffix)
    return plain


def town_stems(towns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The configured towns by their stems."""
    return tuple((stem(town), town) for town in towns)


@lru_cache(maxsize=4096)
def find_town(name: str, towns: tuple[tuple[str, str], ...]) -> str | None:
    """The configured town that a name means, if exactly one does."""
    plain = stem(name)
    exact = [town for known, town in towns if known == plain]
    if len(exact) == 1:
        return exact[0]
    if len(plain) < _SHORTEST:
        return None
    near = [town for known, town in towns if known.endswith(plain) or plain.endswith(known)]
    return near[0] if len(near) == 1 else None
