"""Compiles everything that a pack declares and checks what only the whole shows.

Knows unused names, shadowed rows, outputs that do not exist and formulas that could overflow.
"""

from __future__ import annotations

from datetime import date

from lic.declare import Scalar, near_miss
from lic.errors import ProblemLog
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.builtin import builtin_facts
from lic.policy.checks import CompiledCheck
from lic.policy.compiler import Scope
from lic.policy.declared import Check, DecisionTable, Output
from lic.policy.empty import empty_linked
from lic.policy.facts import Facts
from lic.policy.lint import lint_declarations, mentioned
from lic.policy.lint_cases import lint_cases
from lic.policy.lint_conditions import lint_conditions
from lic.policy.lint_names import lint_names
from lic.policy.parts import batches
from lic.policy.program import Program
from lic.policy.read import Reader
from lic.policy.terms import Kind, Level, Run, Term
from lic.policy.values import RangeError

_USING = (
    keys.ROSTER, keys.WINDOW, keys.NO_NUMBER, keys.PARAMETERS, keys.FIELDS, keys.DERIVED, keys.CONDITIONS,
    keys.LISTS, keys.DECISIONS, keys.RESULT, keys.CHECKS,
)  # fmt: skip
_SOME_DAY = date(2026, 1, 31)  # overflow does not depend on the day: bounds are over all dated values


def build_program(program: Program, reader: Reader, *, check_all: bool, strict: bool = True) -> None:
    """Compile all facts, checks and frame expressions of a program."""
    program.facts.update(builtin_facts(program))
    for name, declared in list(program.declarations.facts.items()):
        if name in program.facts or name in program.parameters:
            declared.place.fail("R011", name=name)
    facts = Facts(program, strict=strict)
    for name, declared in program.declarations.facts.items():
        if name not in program.facts:
            facts.build(declared)
    _frame(program, facts)
    for check in program.declarations.checks.values():
        program.checks.append(_check(program, facts, check))
    _outputs(program, facts)
    for declared in program.declarations.facts.values():
        if isinstance(declared, DecisionTable):
            _check_table(program, declared)
    if check_all and program.knows_roster(Level.PERSON) and program.knows_roster(Level.HOUSEHOLD):
        _try_all(program)
    if strict:
        lint_declarations(program.declarations)
        lint_conditions(program)
        lint_names(program, reader)
        lint_cases(program)
    _unused(program, facts, reader)


def _log(reader: Reader) -> ProblemLog | None:
    nodes = [node for nodes in reader.sections.values() for node in nodes]
    return nodes[0].source.log if nodes else None


def _frame(program: Program, facts: Facts) -> None:
    declarations, compiler = program.declarations, facts.compiler
    if declarations.window is not None:
        program.window = compiler.compile(declarations.window, Scope(Level.HOUSEHOLD), Kind.MONTH)
    if declarations.counts_as_absent is not None:
        program.counts_as_absent = compiler.compile(
            declarations.counts_as_absent, Scope(Level.PERSON), Kind.TRUTH
        )
    for entry in program.roster.entries:
        condition = declarations.roster_conditions.get(entry.name)
        if condition is not None and entry.person_table in program.schemas:
            scope = Scope(Level.ROW, table=entry.person_table, bare=True)
            program.masks[entry.name] = compiler.compile(condition, scope, Kind.TRUTH)
    if declarations.birth_column is not None:
        program.own_column(Level.PERSON, declarations.birth_column)
        for number in range(len(program.roster.entries)):
            table = program.own_table(number, Level.PERSON)
            program.inputs.add(f"{table}.{declarations.birth_column}")
    facts.used |= compiler.uses


def _check(program: Program, facts: Facts, check: Check) -> CompiledCheck:
    table = check.table.value if check.table is not None else None
    for scalar in (check.table, check.evidence):
        if scalar is not None and scalar.value not in (*program.schemas, keys.ROSTER):
            scalar.fail("R043", name=scalar.value, suggestion=near_miss(scalar.value, program.schemas))
    for need in check.needs:
        _check_need(program, check, need)
    if check.event is not None or (check.level is Level.ROW and table not in program.schemas):
        return CompiledCheck(check, None, None, None, None)
    scope = Scope(check.level, table=table if check.level is Level.ROW else None)
    compiler = facts.compiler
    outer = compiler.uses, compiler.tables
    compiler.uses, compiler.tables = set(), set()
    terms = [
        None if formula is None else compiler.compile(formula, scope, kind)
        for formula, kind in ((check.condition, Kind.TRUTH), (check.declared, None), (check.found, None))
    ]
    message = facts.template(check.message, scope)
    uses, tables = frozenset(compiler.uses), frozenset(compiler.tables)
    facts.used |= uses
    compiler.uses, compiler.tables = outer
    return CompiledCheck(check, terms[0], terms[1], terms[2], message, uses, tables)


def _check_need(program: Program, check: Check, need: str) -> None:
    place = check.needs_place or check.place
    name = need.removeprefix(keys.PARAMETER_INPUT)
    known = program.parameters if name != need else program.schemas
    if name not in known:
        code = "R012" if name != need else "R043"
        place.fail(code, name=name, suggestion=near_miss(name, known))


def _outputs(program: Program, facts: Facts) -> None:
    for level, output in program.declarations.outputs.items():
        for scalar in (output.decision, output.registered):
            broken = scalar.value in program.declarations.broken
            if _named(program, facts, scalar) and scalar.value not in program.tables and not broken:
                scalar.fail("R063", name=scalar.value)
        for item in _plain_outputs(output):
            if (
                _named(program, facts, item)
                and program.facts[item.value].level > level
                and item is not output.tags
            ):
                item.fail("R042", name=item.value)
    for ratio in program.declarations.roster_columns:
        facts.used |= {ratio.numerator, ratio.denominator}


def _plain_outputs(output: Output) -> list[Scalar]:
    return [item for item in (output.counted, output.tags, *output.columns) if item is not None]


def _named(program: Program, facts: Facts, item: Scalar) -> bool:
    facts.used.add(item.value)
    if item.value in program.facts:
        return True
    item.fail("R012", name=item.value, suggestion=near_miss(item.value, program.facts))
    return False


def _check_table(program: Program, declared: DecisionTable) -> None:
    """Categories must be the pack's; a row may not ask for all that an earlier row asks for."""
    known = (*program.declarations.categories, keys.UNSURE)
    for row in (*declared.rows, *declared.afterwards):
        if row.category not in known:
            row.place.fail(
                "R055",
                category=row.category,
                known="、".join(known),
                suggestion=near_miss(row.category, known),
            )
    for index, column in enumerate(declared.columns):
        cells = [row.cells[index] for row in declared.rows if index < len(row.cells)]
        if cells and all(cell in keys.NO_MATTER for cell in cells):
            column.fail(0, "R217", name=declared.name, column=column.text)


def _unused(program: Program, facts: Facts, reader: Reader) -> None:
    """Names that nothing uses; where a formula is wrong, a word in it may be such a name."""
    used = set(facts.used)
    log = _log(reader)
    if log is not None and log.problems:
        sections = [node for name in _USING for node in reader.sections.get(name, [])]
        used |= mentioned(sections) | {item.suggestion for item in log.problems if item.suggestion}
    for name, declared in program.declarations.facts.items():
        if name not in used:
            declared.place.fail("R051", name=name)
    for name, parameter in program.parameters.items():
        if name not in used and parameter.purpose is None:
            parameter.place.fail("R051", name=name)


def _try_all(program: Program) -> None:
    """Run everything over nobody: bounds are static, so an overflow shows without data."""
    linked = empty_linked(program)
    _, _, part = next(batches(linked, 1))
    parameters = {name: item.on(_SOME_DAY) for name, item in program.parameters.items()}
    batch = Batch(part, program, parameters, _SOME_DAY)
    broken: set[str] = set()  # what is too large; what is made of it is only an echo
    for name, fact in program.facts.items():
        if fact.declared is not None and not _fits(batch, lambda one, name=name: one.fact(name)):  # type: ignore[misc]
            if not fact.uses & broken:
                fact.declared.place.fail("R018", name=name)
            broken.add(name)
    for compiled in program.checks:
        terms = (compiled.condition, compiled.declared, compiled.found, *_terms(compiled))
        whole = all(_fits(batch, term.run) for term in terms if term is not None)
        if not whole and not compiled.uses & broken:
            compiled.check.place.fail("R018", name=compiled.check.name)


def _terms(compiled: CompiledCheck) -> list[Term]:
    parts = () if compiled.message is None else compiled.message.parts
    return [part for part in parts if isinstance(part, Term)]


def _fits(batch: Batch, run: Run) -> bool:
    try:
        run(batch)
    except RangeError:
        return False
    except (TypeError, KeyError, IndexError, AttributeError):
        pass  # it rests on something that was reported
    return True
