"""Small wrong changes to the shipped pack, each of which some case must notice.

Changes are made to the declarations in memory; the pack is then compiled again from them. Only
what a decision rests on is changed: facts that checks alone use are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from lic.declare import Map
from lic.errors import ProblemLog
from lic.policy import keys
from lic.policy.build import build_program
from lic.policy.cases import each_case
from lic.policy.declared import (
    Condition,
    DecisionRow,
    DecisionTable,
    Derived,
    Fact,
    Formula,
    SourceField,
    TagList,
)
from lic.policy.pack import Pack
from lic.policy.parameters import Dated, Parameter, filled_locally
from lic.policy.program import Program
from lic.policy.read import Reader
from lic.policy.terms import Kind
from lic.policy.units import is_money
from lic.sources.declare import load_sources

RULES = Path(__file__).parents[2] / "rules"
Parameters = Mapping[str, Parameter]

_SWAPS = {"<=": "<", ">=": ">", "<>": "=", "<": "<=", ">": ">=", "=": "<>"}
_OPERATOR = re.compile(r"<=|>=|<>|<|>|=")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?%?(?![\w.])")
_WORDS = (
    (re.compile(r"(?<=[ )）])且(?=[ (（])"), "或"),
    (re.compile(r"(?<=[ )）])或(?=[ (（])"), "且"),
    (re.compile(r"非 "), ""),
    (re.compile(r"取大(?=\()"), "取小"),
    (re.compile(r"取小(?=\()"), "取大"),
    (re.compile(r" \+ "), " - "),
    (re.compile(r" - "), " + "),
    (re.compile(r"有人(?=\()"), "每人"),
    (re.compile(r"每人(?=\()"), "有人"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what, and the declarations that result."""

    group: str
    place: str
    change: str
    fact: Fact | None = None
    parameter: Parameter | None = None
    case_parameter: Parameter | None = None


# Changes that mean the same, with the reason; everything else must break a case.
_EQUIVALENT = (
    ("个人认定", "swap rows 1, 2", "a 特困 member is never 计入核算: both rows cannot hold"),
    ("家庭认定", "swap 其后", "when all counted members are 特困, none of them is 其他困难"),
    ("登记类别", "swap rows 1, 2", "a household is on one register"),
    ("登记类别", "swap rows 2, 3", "a household is on one register"),
    ("登记类别", "swap rows 3, 4", "a household is on one register"),
    ("家庭在册类别", "swap rows 1, 2", "登记类别 has one value"),
    ("家庭在册类别", "swap rows 2, 3", "登记类别 has one value"),
    ("家庭在册类别", "swap rows 3, 4", "登记类别 has one value"),
)  # fmt: skip


def equivalent(mutant: Mutant) -> str | None:
    """Why a change means the same; None when it does not."""
    for name, change, reason in _EQUIVALENT:
        if mutant.place.endswith(f" {name}") and mutant.change == change:
            return reason
    return None


def mutants(pack: Pack) -> Iterator[Mutant]:
    """Every change, in a fixed order."""
    used = _of_decision(pack)
    for name, fact in pack.program.declarations.facts.items():
        if name in used:
            yield from _of_fact(fact)
    for parameter in pack.program.parameters.values():
        if parameter.name in used:
            yield from _of_parameter(parameter, own=True)
    for parameter in _case_parameters(pack).values():
        if parameter.name in used and pack.program.parameters[parameter.name].local:
            yield from _of_parameter(parameter, own=False)


def _of_decision(pack: Pack) -> set[str]:
    """What the outputs rest on, names of facts and parameters."""
    outputs = pack.program.declarations.outputs.values()
    todo = [
        item.value
        for output in outputs
        for item in (output.decision, output.registered, output.counted, output.tags, *output.columns)
        if item
    ]
    window = pack.program.declarations.window
    todo += [name for name in pack.program.facts if window is not None and name in window.text]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        fact = pack.program.facts.get(name)
        todo += list(fact.uses) if fact is not None else []
    return seen


def _case_parameters(pack: Pack) -> Parameters:
    given = pack.program.declarations.case_parameters
    assert given is not None
    return {
        name: item
        for name, item in filled_locally(pack.program.parameters, given).items()
        if name in given.entries
    }


def _of_fact(fact: Fact) -> Iterator[Mutant]:
    match fact:
        case SourceField() if fact.take is not None:
            for change, text in _texts(fact.take.text):
                yield _changed(fact, change, replace(fact, take=Formula(text, fact.take.place)))
        case Derived() if fact.formula is not None:
            for change, text in _texts(fact.formula.text):
                yield _changed(fact, change, replace(fact, formula=Formula(text, fact.formula.place)))
        case Condition():
            yield from _of_condition(fact)
        case TagList():
            for number, (word, formula) in enumerate(fact.items):
                for change, text in _texts(formula.text):
                    items = list(fact.items)
                    items[number] = (word, Formula(text, formula.place))
                    yield _changed(fact, f"{word}: {change}", replace(fact, items=tuple(items)))
        case DecisionTable():
            yield from _of_table(fact)


def _of_condition(fact: Condition) -> Iterator[Mutant]:
    for number, formula in enumerate(fact.formulas):
        for change, text in _texts(formula.text):
            formulas = list(fact.formulas)
            formulas[number] = Formula(text, formula.place)
            yield _changed(fact, change, replace(fact, formulas=tuple(formulas)))
        if len(fact.formulas) > 1:
            rest = (*fact.formulas[:number], *fact.formulas[number + 1 :])
            yield _changed(fact, f"drop {formula.text}", replace(fact, formulas=rest))
    if len(fact.formulas) > 1:
        yield _changed(fact, "全部 <-> 任一", replace(fact, both=not fact.both))


def _of_table(fact: DecisionTable) -> Iterator[Mutant]:
    rows = fact.rows
    for number, row in enumerate(rows):
        rest = (*rows[:number], *rows[number + 1 :])
        if rest:
            yield _changed(fact, f"drop row {number + 1}", replace(fact, rows=rest))
        if number + 1 < len(rows):
            swapped = (*rows[:number], rows[number + 1], row, *rows[number + 2 :])
            yield _changed(fact, f"swap rows {number + 1}, {number + 2}", replace(fact, rows=swapped))
        for change, other in _of_row(row):
            changed = (*rows[:number], other, *rows[number + 1 :])
            yield _changed(fact, f"row {number + 1}: {change}", replace(fact, rows=changed))
    for number in range(len(fact.afterwards)):
        rest = (*fact.afterwards[:number], *fact.afterwards[number + 1 :])
        yield _changed(fact, f"drop 其后 {number + 1}", replace(fact, afterwards=rest))
    if len(fact.afterwards) > 1:
        yield _changed(fact, "swap 其后", replace(fact, afterwards=tuple(reversed(fact.afterwards))))


def _of_row(row: DecisionRow) -> Iterator[tuple[str, DecisionRow]]:
    for at, cell in enumerate(row.cells):
        if cell in (keys.YES, keys.NO):
            other = keys.NO if cell == keys.YES else keys.YES
            for name, word in ((f"cell {at + 1} {cell} -> {other}", other), (f"drop cell {at + 1}", "－")):
                yield name, replace(row, cells=(*row.cells[:at], word, *row.cells[at + 1 :]))
    if row.formula is not None:
        for change, text in _texts(row.formula.text):
            yield change, replace(row, formula=Formula(text, row.formula.place))


def _texts(text: str) -> Iterator[tuple[str, str]]:
    """A formula with one thing changed, and what."""
    for found in _OPERATOR.finditer(text):
        other = _SWAPS[found[0]]
        yield _told(text, found, other), text[: found.start()] + other + text[found.end() :]
    for pattern, other in _WORDS:
        for found in pattern.finditer(text):
            yield _told(text, found, other), text[: found.start()] + other + text[found.end() :]
    for found in _NUMBER.finditer(text):
        number, tail = found[0].rstrip("%"), "%" if found[0].endswith("%") else ""
        other = f"{int(Fraction(number) + 1)}{tail}"
        yield _told(text, found, other), text[: found.start()] + other + text[found.end() :]


def _told(text: str, found: re.Match[str], other: str) -> str:
    near = text[max(0, found.start() - 8) : found.end() + 8].replace("\n", " ")
    return f"{found[0]} -> {other or '(none)'} in …{near}…"


def _changed(fact: Fact, change: str, other: Fact) -> Mutant:
    groups = {SourceField: "字段", Derived: "推算", Condition: "条件", TagList: "列表", DecisionTable: "认定"}
    place = f"{fact.place.source.file}:{fact.place.line} {fact.name}"
    return Mutant(groups[type(fact)], place, change, fact=other)


def _of_parameter(parameter: Parameter, *, own: bool) -> Iterator[Mutant]:
    for number, entry in enumerate(parameter.entries):
        for key, value in entry.values.items():
            if isinstance(value, bool):
                others: list[object] = [not value]
            elif isinstance(value, Fraction):
                others = [value + _unit(parameter), value - _unit(parameter)]
            else:
                others = [value + timedelta(days=1), value - timedelta(days=1)]
            for other in others:
                if isinstance(other, Fraction) and other < 0:
                    continue
                changed = Dated(entry.since, {**entry.values, key: other}, entry.reference)  # type: ignore[dict-item]
                entries = (*parameter.entries[:number], changed, *parameter.entries[number + 1 :])
                made = replace(parameter, entries=entries)
                place = f"{parameter.name}{f'[{key}]' if key else ''}"
                yield Mutant(
                    "参数", place, f"{value} -> {other}",
                    parameter=made if own else None, case_parameter=None if own else made,
                )  # fmt: skip


def _unit(parameter: Parameter) -> Fraction:
    """One fen, one piece, one month; 0.01 % of a rate or a factor."""
    if parameter.kind is Kind.NUMBER and is_money(parameter.unit):
        return Fraction(1, 100)
    return Fraction(1) if parameter.unit else Fraction(1, 10000)


def shipped() -> Pack:
    """The shipped pack, unchanged."""
    log = ProblemLog()
    sources = load_sources(RULES / "sources", None, log)
    pack = load_pack_of(sources.schemas, log)
    assert pack is not None
    assert not log.problems
    return pack


def load_pack_of(schemas: Mapping[str, object], log: ProblemLog) -> Pack | None:
    """The pack in ``rules/``."""
    from lic.policy.pack import load_pack

    return load_pack(RULES, schemas=schemas, local=None, log=log)  # type: ignore[arg-type]


def changed_pack(pack: Pack, mutant: Mutant) -> Pack | None:
    """The pack with one change; None when ``lic rules check`` refuses it."""
    program = pack.program
    facts = dict(program.declarations.facts)
    if mutant.fact is not None:
        facts[mutant.fact.name] = mutant.fact
    parameters = dict(program.parameters)
    for made in (mutant.parameter, mutant.case_parameter):
        if made is not None:
            parameters[made.name] = made
    declarations = replace(program.declarations, facts=facts)
    fresh = Program(declarations, program.schemas, program.roster, parameters)
    log = next(iter(facts.values())).place.source.log
    before = len(log.problems)
    build_program(fresh, Reader({}), check_all=False)
    unused = log.problems[before:]
    del log.problems[before:]
    return None if any(problem.code != "R051" for problem in unused) else Pack(fresh, pack.layering)


def noticed(pack: Pack, mutant: Mutant) -> str | None:
    """The first case that fails (or that the change is refused), or None: the mutant survives."""
    changed = changed_pack(pack, mutant)
    if changed is None:
        return "refused"
    given = changed.program.declarations.case_parameters
    if mutant.case_parameter is not None and given is not None:
        changed = _without(changed, given, mutant.case_parameter.name)
    try:
        for run in each_case(changed, ProblemLog()):
            if not run.result.passed:
                return run.result.name
    except (ArithmeticError, TypeError) as error:
        return type(error).__name__
    return None


def _without(pack: Pack, given: Map, name: str) -> Pack:
    """The cases' parameters without one, so that the changed value of the pack is used."""
    entries = {key: node for key, node in given.entries.items() if key != name}
    names = {key: node for key, node in given.keys.items() if key != name}
    other = Map(given.source, given.line, given.column, entries, names)
    declarations = replace(pack.program.declarations, case_parameters=other)
    pack.program.declarations = declarations
    return pack
