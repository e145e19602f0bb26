"""How households are numbered: as exported, with the entry's prefix, and never an ID number.

The number is the same every month: it depends on the household's own key and on clashes only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

from lic.linkage import keys
from lic.linkage.households import HouseholdKeys
from lic.linkage.reading import Codes
from lic.model.roster import RosterEntry


def number_households(
    entry: RosterEntry, found: HouseholdKeys, rank: Codes, part_order: Codes, used: set[str]
) -> tuple[str, ...]:
    """The printed number of each household of one entry.

    A number used in two parts stays with the part of the earlier category (then of the
    earlier declaration); the others are told apart by their part. ``used`` holds the numbers of
    earlier entries and grows.
    """
    digests = _digests(entry, found)
    bare = [
        value if kind == keys.BY_NUMBER else keys.UNNUMBERED + digests[value]
        for kind, value in zip(found.kinds, found.values, strict=True)
    ]
    many = {text for text, count in Counter(bare).items() if count > 1}
    clashing = [index for index, text in enumerate(bare) if text in many]
    clashing.sort(key=lambda index: (bare[index], rank[index], part_order[index], found.parts[index]))
    kept: set[str] = set()
    numbers = list(bare)
    for index in clashing:
        if bare[index] in kept:
            numbers[index] = f"{bare[index]}-{found.parts[index]}"
        kept.add(bare[index])
    return tuple(_unused(entry.prefix + number, used) for number in numbers)


def _unused(number: str, used: set[str]) -> str:
    text, count = number, 1
    while text in used:
        count += 1
        text = f"{number}-{count}"
    used.add(text)
    return text


def _digests(entry: RosterEntry, found: HouseholdKeys) -> dict[str, str]:
    """A short digest of each head's number; equal ones get a suffix in the order of the heads."""
    pairs = zip(found.kinds, found.values, strict=True)
    digests: dict[str, str] = {}
    used: Counter[str] = Counter()
    for value in sorted({value for kind, value in pairs if kind != keys.BY_NUMBER}):
        text = f"{keys.NUMBER_SPACE}\n{entry.name}\n{value}"
        short = hashlib.sha256(text.encode()).hexdigest()[: keys.DIGEST_LENGTH]
        used[short] += 1
        digests[value] = short if used[short] == 1 else f"{short}-{used[short]}"
    return digests


def order_of(words: Sequence[str | None], order: Sequence[str]) -> Codes:
    """The place of each word in ``order``; unknown words come last."""
    place = {word: index for index, word in enumerate(order)}
    last = len(order)
    return np.array([last if word is None else place.get(word, last) for word in words], dtype=np.int64)
