"""What is wrong with the values of a parameter: keys, citations, order, size.

Knows the words that 分 can take and which of them the formulas ask for. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from lic.declare import Map, Node, near_miss
from lic.policy import keys
from lic.policy.parameters import SINGLE, Dated, Parameter
from lic.policy.values import LIMIT


def check_keys(parameter: Parameter, words: Sequence[str], asked: Collection[str]) -> None:
    """Every key of the values must be one that 分 can take, and none that is ``asked`` for may be missing."""
    known = list(words) if parameter.by is not None else [SINGLE]
    last: dict[str, Dated] = {}
    for entry in parameter.entries:
        file = (entry.place or parameter.place).source.file
        _check_entry(parameter, entry, last.get(file))
        last[file] = entry
        place = entry.place or parameter.place
        _check_complete(parameter, entry, [key for key in known if key in asked])
        for key in entry.values:
            if known and key not in known:
                shown = "、".join(known) if parameter.by is not None else keys.VALUE
                place_of_key(place, key).fail(
                    "R046",
                    name=parameter.name,
                    key=key or keys.VALUE,
                    known=shown,
                    suggestion=near_miss(key, known),
                )
        for key, value in entry.values.items():
            if parameter.unit_text == keys.RATE and isinstance(value, Fraction) and value > 1:
                place_of_key(place, key).fail("R090", name=parameter.name, value=value)
        if _too_big(entry):
            place.fail("R018", name=parameter.name)


def _check_complete(parameter: Parameter, entry: Dated, asked: Sequence[str]) -> None:
    """A key that was written wrongly is reported as such, not as missing too."""
    place = entry.place or parameter.place
    written = set(place.entries) if isinstance(place, Map) else set(entry.values)
    asked = [key or keys.VALUE for key in asked]
    missing = [key for key in asked if key not in written and near_miss(key, written - set(asked)) is None]
    if not missing:
        return
    if parameter.by is None:
        place.fail("R003", key=keys.VALUE)
        return
    joined = keys.SHOW_LIST.join
    place.fail("R210", name=parameter.name, date=entry.since.isoformat(),
               missing=joined(missing), known=joined(asked))  # fmt: skip


def _too_big(entry: Dated) -> bool:
    """Whether a value of the entry is beyond what can be computed with."""
    numbers = [value for value in entry.values.values() if isinstance(value, Fraction)]
    return any(abs(value) * value.denominator > LIMIT // 10**6 for value in numbers)


def _check_entry(parameter: Parameter, entry: Dated, before: Dated | None) -> None:
    """A value is cited and not negative, and stands after the older ones."""
    place, name, day = entry.place or parameter.place, parameter.name, entry.since.isoformat()
    if before is not None and before.since > entry.since:
        place.fail("R208", name=name, date=day, before=before.since.isoformat())
    cited_above = place.source.layer != ""  # a layer over the pack is asked for its grounds elsewhere
    if (
        entry.reference is None
        and not cited_above
        and not (isinstance(place, Map) and keys.REFERENCE in place.entries)
    ):
        place.fail("R207", name=name, date=day)
    for key, value in entry.values.items():
        if isinstance(value, Fraction) and value < 0:
            place_of_key(place, key).fail("R209", name=name, value=value)


def place_of_key(place: Node, key: str) -> Node:
    """Where a key of an entry is written."""
    return place.keys.get(key or keys.VALUE, place) if isinstance(place, Map) else place
