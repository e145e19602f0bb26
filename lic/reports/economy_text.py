"""How a value of a run is written on a paper: amounts, days, bounds of what is not known, masked numbers.

Knows the types of columns and facts. Refuses to know which are printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lic.model.period import OPEN_END, OPEN_START
from lic.model.table import ColumnType
from lic.reports import labels
from lic.reports import labels_economy as words

_FEN = Decimal(100)
_BOUNDS = (words.LOW, words.HIGH)
_OPEN = {OPEN_START: words.LONG_SINCE, OPEN_END: words.STILL_OPEN}
_SELF_EXPLAINING = frozenset({ColumnType.WORD, ColumnType.TEXT, ColumnType.NAME})

Row = dict[str, Any]


def typed(kind: ColumnType, value: Any) -> str:
    """A value of a staged column, by its declared type."""
    match kind:
        case ColumnType.MONEY:
            return f"{Decimal(value) / _FEN:,.2f}"
        case ColumnType.FLAG:
            return labels.YES if value else labels.NO
        case ColumnType.DATE | ColumnType.MONTH | ColumnType.SCHOOL_YEAR if value in _OPEN:
            return _OPEN[value]
        case ColumnType.MONTH:
            return f"{value:%Y-%m}"
        case ColumnType.SCHOOL_YEAR:
            return f"{value:%Y}"
        case ColumnType.LIST:
            return words.JOIN.join(value)
        case ColumnType.DECIMAL:
            return f"{value.normalize():f}"
        case _:
            return str(value)


def named(kind: ColumnType, name: str, value: Any) -> str:
    """A value that explains itself, or with its column's name before it; nothing for a blank one."""
    if value is None:
        return ""
    text = typed(kind, value)
    return text if kind in _SELF_EXPLAINING else words.FACT.format(name=name, value=text)


def declared(names: Sequence[str], row: Row, types: Mapping[str, ColumnType]) -> str:
    """Declared items in one line; a blank one is said."""
    return words.SEPARATOR.join(
        words.FACT.format(name=name, value=declared_value(name, row, types)) for name in names
    )


def declared_value(name: str, row: Row, types: Mapping[str, ColumnType]) -> str:
    """One declared item, by the type of its column."""
    value = row.get(name)
    return words.BLANK if value is None else typed(types.get(name, ColumnType.TEXT), value)


def facts(names: Sequence[str], row: Row) -> str:
    """Facts of the result in one line."""
    return words.SEPARATOR.join(words.FACT.format(name=name, value=fact(name, row)) for name in names)


def fact(name: str, row: Row) -> str:
    """A fact of the result: what is known of it."""
    value = row.get(name)
    if value is not None:
        return _shown(value)
    low, high = (row.get(name + ending) for ending in _BOUNDS)
    if low is not None and high is not None:
        return words.BETWEEN.format(low=_shown(low), high=_shown(high))
    if low:  # from nothing on is no knowledge
        return words.AT_LEAST.format(low=_shown(low))
    return words.UNKNOWN if high is None else words.AT_MOST.format(high=_shown(high))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return labels.YES if value else labels.NO
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, list):
        return words.JOIN.join(value)
    return str(value)


def masked(number: str | None) -> str:
    """The first six and the last four of an ID number, as office papers show it."""
    return words.NO_NUMBER if number is None else f"{number[:6]}********{number[-4:]}"


def consent_text(consent: tuple[date, date | None] | None, as_of: date) -> str:
    """The date of the authorisation, or a blank for it and why."""
    if consent is None:
        return words.NOT_AUTHORISED
    day, until = consent
    if until is None:
        return words.AUTHORISED_ON.format(day=day)
    return (words.EXPIRED if until < as_of else words.AUTHORISED_UNTIL).format(day=day, until=until)


def evidence(row: Row) -> str:
    """Which table a finding rests on, and of which day."""
    return words.COMMA.join(
        text for text in (row["source"], None if row["data_date"] is None else str(row["data_date"])) if text
    )
