"""The texts of a new workspace's files: ``lic.yaml`` with its comments, and the guide.

Knows how values are written in YAML and what stands as a comment. Writes no file.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lic.messages import new_workspace as text
from lic.policy import keys
from lic.policy.lines import keys_asked
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter
from lic.sources.spec import SourceSet
from lic.workflows.load_rules import Rules

PACK = "rules"
_PLAIN = re.compile(r"^[^\W\d_][\w（）\u3014\u3015《》·.-]*$")
Departments = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a slot, with its day and document."""

    name: str
    key: str
    value: str
    since: str
    reference: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the new workspace shall say."""

    county: str
    period: str
    towns: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    copy_rules: bool = False


def local_parameters(pack: Pack) -> list[Parameter]:
    """The parameters that a county fills in, in the order of the pack."""
    return [item for item in pack.program.parameters.values() if item.local]


def keys_of(pack: Pack, item: Parameter) -> tuple[str, ...]:
    """The keys under which a parameter has values; one empty key without 分."""
    if item.by is None:
        return ("",)
    fact = pack.program.facts.get(item.by)
    if fact is not None:
        return fact.type.words
    asked = keys_asked(pack.program, item.name)
    return tuple(name for name in pack.roster.categories if name in asked) or pack.roster.categories


def names_given(wishes: Wishes) -> set[str]:
    """The parameters that get a value."""
    return {item.name for item in wishes.given}


def _scalar(value: str) -> str:
    """A text as YAML reads it back unchanged inside a flow."""
    plain = _PLAIN.match(value) and value.lower() not in ("null", "true", "false", "yes", "no", "on", "off")
    return value if plain else json.dumps(value, ensure_ascii=False)


def _value(text_of: str) -> str:
    """A number, rate, date or flag as it stands; anything else in quotes, for the reader to refuse."""
    return text_of if re.fullmatch(r"[\w.%-]+", text_of) else json.dumps(text_of, ensure_ascii=False)


def _flow(words: Sequence[str]) -> str:
    return f"[{', '.join(_scalar(word) for word in words)}]"


def config_text(wishes: Wishes, rules: Rules) -> str:
    """The whole ``lic.yaml``."""
    parts = sorted({part for schema in rules.sources.schemas.values() for part in schema.parts})
    own = text.RULES_OWN.format(folder=PACK) if wishes.copy_rules else text.RULES_SHIPPED
    head = text.CONFIG_HEAD.format(
        county=wishes.county,
        county_value=_scalar(wishes.county),
        towns=_flow(wishes.towns),
        rules=own,
        parts=text.SEPARATOR.join(parts),
        absent=_flow(wishes.absent),
    )
    blocks = [_parameter(rules.pack, item, wishes) for item in local_parameters(rules.pack)]
    return head + "".join(f"{block}\n" for block in blocks)


def _parameter(pack: Pack, item: Parameter, wishes: Wishes) -> str:
    unit = text.PARAMETER_UNIT.format(unit=item.unit_text) if item.unit_text else ""
    by = text.PARAMETER_BY.format(by=item.by) if item.by is not None else ""
    note = text.PARAMETER.format(note=item.note or item.name, unit=unit, by=by)
    given = [value for value in wishes.given if value.name == item.name]
    if not given:
        blank = [key or keys.VALUE for key in keys_of(pack, item)]
        values = ", ".join(f"{key}: " for key in blank)
        entry = f"{{{keys.FROM}: , {values}, {keys.REFERENCE}: }}"
        return f"{note}\n  # {item.name}: {{{keys.VALUES}: [{entry}]}}"
    groups: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for value in given:
        groups[value.since, value.reference].append(value)
    entries = ", ".join(
        f"{{{keys.FROM}: {since}, "
        + ", ".join(f"{value.key or keys.VALUE}: {_value(value.value)}" for value in values)
        + f", {keys.REFERENCE}: {_scalar(reference)}}}"
        for (since, reference), values in sorted(groups.items())
    )
    return f"{note}\n  {item.name}: {{{keys.VALUES}: [{entries}]}}"


def tables_by_department(
    sources: SourceSet,
) -> tuple[Departments, Departments]:
    """The tables by department: those that every county needs, and those used when they come."""
    groups: dict[bool, dict[str, list[str]]] = {True: defaultdict(list), False: defaultdict(list)}
    for source in sorted(sources.sources, key=lambda item: (item.code, item.name)):
        groups[source.required][source.department].append(source.name)
    required, optional = (
        tuple((name, tuple(tables)) for name, tables in groups[kind].items()) for kind in (True, False)
    )
    return required, optional


def guide_text(wishes: Wishes, rules: Rules) -> str:
    """The whole guide."""
    required, optional = tables_by_department(rules.sources)
    lines = [
        text.TABLE_REQUIRED.format(department=name, tables=text.SEPARATOR.join(tables))
        for name, tables in required
    ]
    lines += [
        text.TABLE_OPTIONAL.format(department=name, tables=text.SEPARATOR.join(tables))
        for name, tables in optional
    ]
    local = local_parameters(rules.pack)
    unset = [
        text.UNSET_LINE.format(
            name=item.name,
            unit=text.PARAMETER_UNIT.format(unit=item.unit_text) if item.unit_text else "",
            note=item.note or "",
        )
        for item in local
        if item.name not in names_given(wishes)
    ]
    return text.GUIDE.format(
        county=wishes.county,
        period=wishes.period,
        unset="\n".join(unset) or text.UNSET_NONE,
        tables="\n".join(lines),
        example=_dated_example(rules.pack, local[0]) if local else "",
    )


def _dated_example(pack: Pack, item: Parameter) -> str:
    values = [", ".join(f"{key or keys.VALUE}: …" for key in keys_of(pack, item))] * 2
    entries = ", ".join(
        f"{{{keys.FROM}: {year}-07-01, {value}, {keys.REFERENCE}: …}}"
        for year, value in zip((2026, 2027), values, strict=True)
    )
    return f"{item.name}: {{{keys.VALUES}: [{entries}]}}"
