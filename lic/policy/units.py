"""Units as products of base units: what may be added, compared and multiplied.

Knows dimensions, not amounts. A literal number has no unit of its own (None) and fits any.
"""

from __future__ import annotations

from lic.policy import keys

# Sorted (base unit, power) pairs; () is a plain number.
Unit = tuple[tuple[str, int], ...]

PLAIN: Unit = ()


def parse_unit(text: str) -> Unit | None:
    """``元/人·年`` as a unit, or None when a word in it is no unit."""
    if text in keys.PLAIN_UNITS:
        return PLAIN
    powers: dict[str, int] = {}
    for index, side in enumerate(text.split("/")):
        for word in side.replace("*", "·").split("·"):
            base = keys.UNIT_ALIASES.get(word, word)
            if base not in keys.BASE_UNITS:
                return None
            powers[base] = powers.get(base, 0) + (1 if index == 0 else -1)
    return _unit(powers)


def _unit(powers: dict[str, int]) -> Unit:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def times(left: Unit | None, right: Unit | None, sign: int = 1) -> Unit | None:
    """The unit of a product (``sign`` -1: of a quotient); two literals give a literal."""
    if left is None and right is None:
        return None
    powers = dict(left or PLAIN)
    for base, power in right or PLAIN:
        powers[base] = powers.get(base, 0) + sign * power
    return _unit(powers)


def replaced(unit: Unit, old: str, new: str) -> Unit | None:
    """``unit`` with one ``1/old`` turned into ``1/new``; None when it has none."""
    if dict(unit).get(old, 0) >= 0:
        return None
    return times(times(unit, ((old, 1),)), ((new, 1),), -1)


def fits(left: Unit | None, right: Unit | None) -> bool:
    """Whether two numbers may be added or compared."""
    return left is None or right is None or left == right


def unit_name(unit: Unit | None) -> str:
    """How a unit is written in a message."""
    if not unit:
        return keys.NO_UNIT

    def side(sign: int) -> str:
        words = [base for base, power in unit for _ in range(power * sign)]
        return "·".join(sorted(words, key=keys.BASE_UNITS.index))

    below = side(-1)
    return (side(1) or "1") + (f"/{below}" if below else "")


def is_money(unit: Unit | None) -> bool:
    """Whether amounts of this unit are shown in yuan."""
    return dict(unit or PLAIN).get(keys.YUAN, 0) == 1


MONEY: Unit = ((keys.YUAN, 1),)
PEOPLE: Unit = ((keys.HEADS, 1),)
PIECES: Unit = ((keys.PIECES, 1),)
MONTHS: Unit = ((keys.MONTH, 1),)
DAYS: Unit = ((keys.DAYS, 1),)
YEARS_OF_AGE: Unit = ((keys.AGE_YEARS, 1),)
