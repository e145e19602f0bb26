"""Frozen values as plain ones for JSON: exact numbers as text, dates in ISO form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from lic.model.explanation import Ref
from lic.workflows.parameter_text import value_text


def plain(value: Any) -> Any:
    """A value of :mod:`lic.model.explanation` as lists, dictionaries and texts.

    Facts, which are kept by reference, become a list. Absent parts are left out.
    """
    if isinstance(value, Ref):
        return {"name": value.name, "member": value.member}
    if is_dataclass(value) and not isinstance(value, type):
        named = {item.name: getattr(value, item.name) for item in fields(value)}
        return {name: plain(item) for name, item in named.items() if item not in (None, ())}
    if isinstance(value, Mapping):
        if value and all(isinstance(key, Ref) for key in value):
            return [plain(item) for item in value.values()]
        return {str(key): plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | str | None):
        return value
    if isinstance(value, Fraction):
        return value_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return [plain(item) for item in value]
