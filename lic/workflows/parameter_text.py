"""Resolved parameters as the manifest and the papers show them."""

from __future__ import annotations

from datetime import date

from lic.messages.words import NO, YES
from lic.model.manifest import ParameterUsed
from lic.policy import keys
from lic.policy.pack import ResolvedParameter
from lic.policy.parameters import Scalars


def parameters_used(item: ResolvedParameter) -> list[ParameterUsed]:
    """One line per key; a parameter without a value is one line that says so."""
    since = None if item.since is None else item.since.isoformat()
    local = item.origin == keys.ORIGIN_LOCAL
    unit = item.unit or None
    if not item.values:
        return [ParameterUsed(item.name, None, None, unit, None, None, local)]
    return [
        ParameterUsed(item.name, key or None, value_text(value), unit, since, item.reference, local)
        for key, value in sorted(item.values.items())
    ]


def value_text(value: Scalars) -> str:
    """A value as it is written in a declaration; a fraction without a finite decimal stays a fraction."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 10):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole, rest = divmod(abs(scaled.numerator), 10**places)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole}.{rest:0{places}d}"
    return f"{value.numerator}/{value.denominator}"
