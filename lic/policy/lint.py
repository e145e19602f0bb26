"""What can be read but cannot be meant: codes used twice, blanks that nothing fills, no 依据.

Knows declarations as text. What only the meaning of a formula shows is in
:mod:`lic.policy.constant`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lic.declare import Map, Node, Scalar, near_miss
from lic.policy import keys
from lic.policy.declared import Check, Condition, DecisionTable, Declarations, Formula
from lic.policy.grammar import NAME_END
from lic.policy.lines import place_of

_CODE = re.compile(r"^([A-Z])(\d{3})$")
_OWN_LETTERS = "GLRSW"
_BLANK = re.compile(r"\{([^{}]*)\}")
_BRACES = re.compile("[{}\uff5b\uff5d]")
_PROSE = frozenset({keys.REFERENCE, keys.WHY, keys.SUGGESTION})


def lint_declarations(declarations: Declarations) -> None:
    """Report everything that shows without compiling."""
    _codes(declarations)
    for check in declarations.checks.values():
        _texts(check)
    for fact in declarations.facts.values():
        if isinstance(fact, Condition) and not fact.reference and not fact.note:
            fact.place.fail("R206", name=fact.name)
        if isinstance(fact, DecisionTable):
            for row in (*fact.rows, *fact.afterwards, *fact.otherwise):
                _balanced(row.reason)


def _codes(declarations: Declarations) -> None:
    """A code stands for one item of the catalogue; further cases of it say so."""
    groups: dict[str, list[Check]] = {}
    checks = list(declarations.checks.values())
    taken = {check.code for check in checks} | {item.code for item in declarations.disabled}
    free = _free(taken)
    for check in checks:
        found = _CODE.match(check.code)
        if check.code and (found is None or found[1] in _OWN_LETTERS):
            check.at(keys.KEY).fail("R202", number=check.code, free=free)
        groups.setdefault(check.code, []).append(check)
    for code, group in groups.items():
        _group(code, group, free)
    first: dict[str, tuple[str, Node]] = {
        code: (group[0].name, group[0].place) for code, group in groups.items()
    }
    for item in declarations.disabled:
        if item.code in first:
            _taken(item.place, item.name, item.code, *first[item.code], free)
        first.setdefault(item.code, (item.name, item.place))


def _group(code: str, group: list[Check], free: str) -> None:
    names = {check.name for check in group}
    alone = [check for check in group if check.same_item is None]
    for check in group:
        same = check.same_item
        if same is not None and same.value not in names - {check.name}:
            others = names - {check.name}
            same.fail("R233", number=code, name=same.value, suggestion=near_miss(same.value, others))
    for check in alone[1:]:
        _taken(check.at(keys.KEY), check.name, code, alone[0].name, alone[0].place, free)


def _taken(at: Node, name: str, code: str, other: str, place: Node, free: str) -> None:
    at.fail("R201", name=name, number=code, other=other, place=place_of(place), free=free)


def _free(taken: set[str]) -> str:
    """The number after the last one that the pack's catalogue uses."""
    last = max((code for code in taken if _CODE.match(code) and code[0] not in _OWN_LETTERS), default="K000")
    return f"{last[0]}{min(int(last[1:]) + 1, 999):03d}"


def _texts(check: Check) -> None:
    place = check.at(keys.SUGGESTION)
    for found in _BLANK.finditer(check.suggestion or ""):
        place.fail("R203", key=keys.SUGGESTION, text=found[0])
    _balanced(check.message)
    if check.event is None:
        return
    known = (keys.EXPECTED, keys.ACTUAL)
    for found in _BLANK.finditer(check.message.text):
        if found[1] and found[1] not in known:
            shown = keys.SHOW_LIST.join(known)
            at, suggestion = found.start(1), near_miss(found[1], known)
            check.message.fail(at, "R205", name=found[1], known=shown, suggestion=suggestion)


def _balanced(template: Formula | None) -> None:
    """Every brace of a template belongs to a pair with a name in it."""
    if template is None:
        return
    text = template.text
    rest = _BLANK.sub(lambda found: " " * len(found[0]) if found[1].strip() else found[0], text)
    found = _BRACES.search(rest)
    if found is not None:
        near = text[found.start() : found.start() + 12]
        template.fail(found.start(), "R204", text=near, open="{", close="}")


def mentioned(nodes: list[Node]) -> set[str]:
    """Every word that stands alone somewhere in the values of sections, prose left out."""
    return {word for text in _values(nodes) for word in NAME_END.split(text) if word}


def _values(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Scalar):
            yield node.value
        elif isinstance(node, Map):
            yield from _values([item for key, item in node.entries.items() if key not in _PROSE])
        else:
            yield from _values(list(getattr(node, "items", ())))
