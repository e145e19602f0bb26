"""Names in test cases: facts, tables, columns, parameters, codes and categories that do not exist.

Knows how a case is laid out. Runs none (:mod:`lic.policy.cases` does). Each name is reported once,
where it stands first: what one change of the rules makes unknown may stand in a hundred cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lic.declare import Map, Node, Scalar, Seq, near_miss, scalars
from lic.errors import Problem, ProblemLog
from lic.model.result import Status
from lic.policy import keys
from lic.policy.declared import Declarations
from lic.policy.program import Program
from lic.policy.terms import Level

_NOBODY = (Status.UNDECIDED.value, Status.NOT_MET.value)


def lint_cases(program: Program) -> None:
    """Report every name of a 基准家庭 or a case that means nothing."""
    log = _log(program.declarations)
    if log is None:
        return
    before = len(log.problems)
    _look(program)
    said: dict[object, Problem] = {}
    for item in log.problems[before:]:
        said.setdefault((item.code, item.params), item)
    log.problems[before:] = said.values()


def _log(declarations: Declarations) -> ProblemLog | None:
    first = next(iter((*declarations.bases.values(), *declarations.cases)), None)
    return None if first is None else first.source.log


def _look(program: Program) -> None:
    declarations = program.declarations
    for base in declarations.bases.values():
        _facts(program, base.entries.get(keys.HOUSEHOLD), Level.HOUSEHOLD)
        for member in (base.entries.get(keys.EACH), *_items(base.entries.get(keys.MEMBERS))):
            _facts(program, member, Level.PERSON)
    codes = declarations.codes
    for case in declarations.cases:
        entries = case.entries
        _facts(program, entries.get(keys.HOUSEHOLD), Level.HOUSEHOLD)
        for member in _items(entries.get(keys.MEMBERS)):
            _facts(program, member, Level.PERSON)
        for key in (keys.GOT, keys.MEMBERS_GOT, keys.POSSIBLE, keys.MEMBERS_POSSIBLE):
            _categories(program, entries.get(key))
        for key in (keys.CHECKS, keys.NO_CHECKS):
            _words(entries.get(key), codes)
        _words(entries.get(keys.BASE), declarations.bases)
        _keys(entries.get(keys.DELIVERIES), program.schemas, "R043")
        _keys(entries.get(keys.PARAMETERS), program.parameters, "R045")


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Seq) else []


def _facts(program: Program, node: Node | None, level: Level) -> None:
    for key, item in _pairs(node):
        if key.value == keys.SOURCES and level is Level.PERSON:
            _rows(program, item)
            continue
        fact = program.facts.get(key.value)
        if key.value in program.declarations.broken:
            continue
        if fact is None or (fact.declared is not None and fact.declared.level is not level):
            known = [name for name, item in program.facts.items() if item.level is level]
            key.fail("R054", name=key.value, suggestion=near_miss(key.value, known))


def _rows(program: Program, node: Node) -> None:
    for table, rows in _pairs(node):
        schema = program.schemas.get(table.value)
        if schema is None:
            table.fail("R043", name=table.value, suggestion=near_miss(table.value, program.schemas))
            continue
        for row in _items(rows):
            for column, _ in _pairs(row):
                if column.value not in schema.columns:
                    guess = near_miss(column.value, schema.columns)
                    column.fail("R044", name=column.value, table=schema.name, suggestion=guess)


def _pairs(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    if isinstance(node, Map):
        for name, item in node.entries.items():
            yield node.keys[name], item


def _keys(node: Node | None, known: Collection[str], code: str) -> None:
    for key, _ in _pairs(node):
        if key.value not in known:
            key.fail(code, name=key.value, suggestion=near_miss(key.value, known))


def _words(node: Node | None, known: Collection[str]) -> None:
    for word in scalars(node):
        if word.value not in known:
            word.fail("R054", name=word.value, suggestion=near_miss(word.value, known))


def _categories(program: Program, node: Node | None) -> None:
    known = (*program.declarations.categories, *_NOBODY)
    for item in (node, *_items(node)):
        for word in scalars(item):
            if word.value not in known:
                shown = keys.SHOW_LIST.join(known)
                word.fail("R055", category=word.value, known=shown, suggestion=near_miss(word.value, known))
