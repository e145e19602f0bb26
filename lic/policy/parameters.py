"""Parameters: dated, cited, chosen by the as-of date, filled locally where the pack says so.

Knows start dates, keys and units. Refuses to fall back: without a value on the as-of date a
parameter is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np

from lic.declare import Map, Node, Scalar, near_miss, read_date, read_flag, read_map, read_number
from lic.policy import keys
from lic.policy.months import day_number
from lic.policy.terms import Kind
from lic.policy.units import PLAIN, Unit, parse_unit
from lic.policy.values import FALSE, INF, NO_DATE, TRUE, UNKNOWN, Dates, Num, Text, Truth, Value

Scalars = Fraction | bool | date
SINGLE = ""  # the key of a parameter without 分
_KINDS = {keys.TYPE_NUMBER: Kind.NUMBER, keys.TYPE_FLAG: Kind.TRUTH, keys.TYPE_DATE: Kind.DATE}


@dataclass(frozen=True, slots=True)
class Dated:
    """Values from a day on."""

    since: date
    values: Mapping[str, Scalars]
    reference: str | None
    layer: str = ""  # which layer over the pack states it; empty: the parameter's own origin
    place: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter with its history.

    ``entries`` are in force; ``upper`` are those among them that higher layers state, ``own`` what
    the pack or the county states, also where a higher layer took its place.
    """

    name: str
    place: Node
    kind: Kind
    unit: Unit
    unit_text: str
    by: str | None
    local: bool
    purpose: str | None
    note: str | None
    entries: tuple[Dated, ...] = ()
    origin: str = keys.ORIGIN_PACK
    upper: tuple[Dated, ...] = ()
    own: tuple[Dated, ...] = ()

    def on(self, as_of: date) -> Resolved:
        """The parameter as of a day."""
        valid = [entry for entry in self.entries if entry.since <= as_of]
        newest = max(valid, key=lambda entry: entry.since) if valid else None
        numbers = [v for entry in self.entries for v in entry.values.values() if isinstance(v, Fraction)]
        scale = lcm(*(number.denominator for number in numbers)) if numbers else 1
        bound = max((abs(int(number * scale)) for number in numbers), default=1)
        return Resolved(self, newest, scale, max(1, bound))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parameter on the as-of date; ``entry`` None: no value."""

    parameter: Parameter
    entry: Dated | None
    scale: int
    bound: int

    @property
    def origin(self) -> str:
        """Which layer the value comes from."""
        stated = "" if self.entry is None else self.entry.layer
        return stated or self.parameter.origin

    @property
    def values(self) -> Mapping[str, Scalars]:
        """The values by key; empty when there is none."""
        return self.entry.values if self.entry is not None else {}

    def ends(self, key: str) -> tuple[int, int]:
        """The interval of a number, scaled; unset is [0, inf), a rate [0, 1]."""
        value = self.values.get(key)
        if isinstance(value, Fraction):
            exact = int(value * self.scale)
            return exact, exact
        return 0, self.scale if self.parameter.unit_text == keys.RATE else INF

    def single(self, key: str = SINGLE) -> Value:
        """The value of one key, for everybody."""
        match self.parameter.kind:
            case Kind.TRUTH:
                flag = self.values.get(key)
                code = UNKNOWN if flag is None else TRUE if flag else FALSE
                return Truth(np.array([code], np.int8))
            case Kind.DATE:
                day = self.values.get(key)
                number = day_number(day) if isinstance(day, date) else NO_DATE
                return Dates(np.array([number], np.int32))
            case _:
                lo, hi = self.ends(key)
                if lo == hi:
                    return Num(np.array([lo], np.int64), None, self.scale, self.bound)
                return Num(np.array([lo], np.int64), np.array([hi], np.int64), self.scale, self.bound)

    def chosen(self, text: Text, words: Sequence[str]) -> Num:
        """The value chosen by a text; an unknown text gives the hull of all values."""
        spans = {word: self.ends(word) for word in words}
        hull = (min(s[0] for s in spans.values()), max(s[1] for s in spans.values())) if spans else (0, INF)
        table = [spans.get(word, hull) for word in text.words.to_pylist()] + [hull]
        low, high = (np.array(ends, np.int64) for ends in zip(*table, strict=True))
        lo = low[text.codes]
        if not (low != high)[text.codes].any():
            return Num(lo, None, self.scale, self.bound)
        return Num(lo, high[text.codes], self.scale, self.bound)

    def unset(self, key: str) -> bool:
        """Whether ``key`` has no value."""
        return key not in self.values


def read_parameter(name: str, place: Node, body: Map) -> Parameter:
    """One parameter of the pack."""
    kind_text = body.text(keys.TYPE) or keys.TYPE_NUMBER
    kind = _KINDS.get(kind_text)
    if kind is None:
        body.fail(
            "R052",
            value=kind_text,
            key=keys.TYPE,
            known="、".join(_KINDS),
            suggestion=near_miss(kind_text, _KINDS),
        )
        kind = Kind.NUMBER
    unit_text = body.text(keys.UNIT, required=kind is Kind.NUMBER) or ""
    unit = parse_unit(unit_text)
    if unit is None:
        body.entries[keys.UNIT].fail("R047", unit=unit_text, suggestion=near_miss(unit_text, keys.BASE_UNITS))
        unit = PLAIN
    by, local = body.text(keys.BY), body.flag(keys.LOCAL)
    parameter = Parameter(
        name, place, kind, unit, unit_text, by, local, body.text(keys.PURPOSE), body.text(keys.NOTE)
    )
    if body.take(keys.VALUES) is not None:
        parameter = replace(parameter, entries=read_entries(body, parameter))
    elif not local:
        body.fail("R003", key=keys.VALUES)
    body.finish()
    return parameter


def read_entries(body: Map, parameter: Parameter) -> tuple[Dated, ...]:
    """The dated values under 取值."""
    entries: list[Dated] = []
    for item in body.maps(keys.VALUES):
        since = read_date(item.require(keys.FROM))
        values: dict[str, Scalars] = {}
        single = item.take(keys.VALUE)
        reference = item.text(keys.REFERENCE)
        if single is not None:
            _put(values, SINGLE, single, parameter)
        for key, node in list(item.pairs()):
            if key.value not in (keys.FROM, keys.VALUE, keys.REFERENCE):
                _put(values, key.value, node, parameter)
        if since is not None:
            if any(entry.since == since for entry in entries):
                item.fail("R053", name=parameter.name, date=since.isoformat())
            entries.append(Dated(since, values, reference, item.source.layer, item))
    return tuple(entries)


def _put(values: dict[str, Scalars], key: str, node: Node, parameter: Parameter) -> None:
    value: Scalars | None
    match parameter.kind:
        case Kind.TRUTH:
            value = read_flag(node)
        case Kind.DATE:
            value = read_date(node)
        case _:
            value = read_number(node)
    if value is not None:
        values[key] = value


def under(parameter: Parameter, upper: Sequence[Dated]) -> Parameter:
    """A parameter under the values of a higher layer: from the first of them on only those stand."""
    if not upper:
        return parameter
    first = min(entry.since for entry in upper)
    own = parameter.entries if not parameter.upper else parameter.own
    kept = tuple(entry for entry in parameter.entries if entry.since < first)
    above = tuple(entry for entry in parameter.upper if entry.since < first)
    return replace(parameter, entries=(*kept, *upper), upper=(*above, *upper), own=own)


def filled_locally(
    parameters: Mapping[str, Parameter], local: Map | None, *, bound: bool = True
) -> dict[str, Parameter]:
    """The pack's parameters with the values of ``lic.yaml``; cited ones may not be replaced.

    What a higher layer states stands above them; with ``bound`` a value that it takes the place
    of is a problem.
    """
    result = dict(parameters)
    if local is None:
        return result
    for key, node in local.pairs():
        parameter = parameters.get(key.value)
        if parameter is None:
            key.fail("R045", name=key.value, suggestion=near_miss(key.value, parameters))
            continue
        if not parameter.local:
            key.fail("R019", name=key.value)
            continue
        body = read_map(node)
        if body is None:
            continue
        body.require(keys.VALUES)
        entries = read_entries(body, parameter)
        body.finish()
        if bound:
            _check_bound(parameter, entries)
        bare = replace(parameter, entries=entries, origin=keys.ORIGIN_LOCAL, place=key, upper=(), own=())
        result[key.value] = under(bare, parameter.upper)
    return result


def _check_bound(parameter: Parameter, entries: Sequence[Dated]) -> None:
    """No local value may start on or after the day from which a higher layer states the parameter."""
    first = min(parameter.upper, key=lambda entry: entry.since, default=None)
    for entry in entries:
        if first is not None and entry.since >= first.since and entry.place is not None:
            entry.place.fail(
                "R125",
                name=parameter.name,
                date=first.since.isoformat(),
                layer=first.layer,
                own=entry.since.isoformat(),
            )


def overridden(parameter: Parameter, node: Node) -> Parameter:
    """A parameter with the value that a test case gives it."""
    if isinstance(node, Scalar) and node.value == keys.UNKNOWN:
        return replace(parameter, entries=())
    values: dict[str, Scalars] = {}
    if isinstance(node, Map) and keys.VALUES in node.entries:
        return replace(parameter, entries=read_entries(node, parameter))
    if isinstance(node, Map):
        for key, item in node.pairs():
            _put(values, key.value, item, parameter)
    else:
        _put(values, SINGLE, node, parameter)
    return replace(parameter, entries=(Dated(date.min, values, None),))
