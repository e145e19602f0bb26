"""Parameters without a value on a day, and what is therefore unknown.

Knows which conditions, decisions and checks rest on a parameter. Judges nothing: an unset
parameter is no mistake, its users are unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lic.declare import Node
from lic.errors import Problem, problem
from lic.policy import keys
from lic.policy.declared import Condition, DecisionTable
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter
from lic.policy.program import Program

_SHOWN = 4


def unset_notes(pack: Pack, as_of: date, local: Node) -> Iterator[Problem]:
    """One note for each parameter that the pack asks for and that has no value on ``as_of``.

    ``local``: where the county's own values stand, and so where one that was never set belongs.
    """
    for name in sorted(pack.unset(as_of)):
        parameter = pack.program.parameters[name]
        if parameter.purpose == keys.CHECKS:
            continue  # the check that needs it says so itself
        blocked = waiting(pack.program, name)
        if blocked:
            yield _note(parameter, as_of, blocked, local)


def _note(parameter: Parameter, as_of: date, blocked: list[str], local: Node) -> Problem:
    shown = keys.SHOW_LIST.join(blocked[:_SHOWN])
    if len(blocked) > _SHOWN:
        shown = keys.SHOW_AND_MORE.format(shown=shown, count=len(blocked))
    place = parameter.place if parameter.entries else local
    at = (place.source.file, place.line, place.column)
    if not parameter.entries:
        return problem(*at, "R212", name=parameter.name, blocked=shown)
    since = min(entry.since for entry in parameter.entries)
    return problem(
        *at, "R211", name=parameter.name, blocked=shown,
        as_of=as_of.isoformat(), since=since.isoformat(),
    )  # fmt: skip


def waiting(program: Program, parameter: str) -> list[str]:
    """The nearest conditions and decisions that use a parameter, and the checks that do so themselves."""
    found: dict[str, None] = {}
    todo, seen = [parameter], {parameter}
    while todo:
        name = todo.pop(0)
        for user in program.facts.values():
            if name not in user.uses or user.name in seen:
                continue
            seen.add(user.name)
            if isinstance(user.declared, Condition | DecisionTable):
                found[user.name] = None
            else:
                todo.append(user.name)
    checks = [item.check.name for item in program.checks if item.uses & (seen - set(found))]
    return [*found, *sorted(checks)]
