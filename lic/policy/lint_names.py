"""Names that stand in a pack as mere text: parts, columns of the roster and of findings, ratios.

Knows where such names stand and what they may be. Formulas are checked where they are compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lic.declare import Map, Node, Scalar, Seq, near_miss, scalars
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.declared import Check, SourceField
from lic.policy.program import Program
from lic.policy.read import Reader
from lic.policy.shapes import PURPOSES
from lic.policy.terms import Level

_OF_PERSONS = (
    keys.HEAD_NUMBER, keys.HEAD_NAME, keys.PERSON_NAME, keys.NUMBER, keys.RELATION, keys.TOWN, keys.VILLAGE,
    keys.SIZE, keys.ACCOUNT, keys.BIRTH, keys.TOGETHER, keys.DECLARED_ONLY,
)  # fmt: skip
_OF_CORRECTIONS = (
    keys.HOUSEHOLD_KEY, keys.NUMBER, keys.ITEM, keys.VALUE, keys.DATE, keys.VERDICT, keys.VERIFIED_BY,
    keys.REFERENCE,
)  # fmt: skip


def lint_names(program: Program, reader: Reader) -> None:
    """Report every such name that means nothing."""
    for fact in program.declarations.facts.values():
        if isinstance(fact, SourceField) and fact.table in program.schemas:
            _field(fact, program.schemas[fact.table])
    for check in program.declarations.checks.values():
        _column(program, check)
    for node in reader.sections.get(keys.ROSTER, []):
        for item in maps(node):
            _entry(program, item)
    for node in reader.sections.get(keys.PARAMETERS, []):
        for parameter in maps(node):
            _by(program, parameter)
            _purpose(parameter)
    _sections(program, reader)
    _ratios(program, reader)


def maps(node: Node | None) -> Iterator[Map]:
    """The mappings directly below: items of a list, or values of a mapping."""
    below = node.items if isinstance(node, Seq) else node.entries.values() if isinstance(node, Map) else ()
    yield from (item for item in below if isinstance(item, Map))


def _by(program: Program, parameter: Map) -> None:
    """分 is a fact or the pack's categories."""
    known = {*program.facts, *program.declarations.facts, keys.CATEGORIES}
    for by in scalars(parameter.entries.get(keys.BY)):
        if by.value not in known:
            by.fail("R012", name=by.value, suggestion=near_miss(by.value, known))


def _purpose(parameter: Map) -> None:
    """用途 is a use that lic knows: what it does not know would be a parameter nobody asks for."""
    for node in scalars(parameter.entries.get(keys.PURPOSE)):
        if node.value not in PURPOSES:
            known, hint = keys.SHOW_LIST.join(PURPOSES), near_miss(node.value, PURPOSES)
            node.fail("R052", value=node.value, key=keys.PURPOSE, known=known, suggestion=hint)


def _field(fact: SourceField, schema: TableSchema) -> None:
    body = fact.body
    if body is None:
        return
    for node in scalars(body.entries.get(keys.PART)):
        if node.value not in schema.parts:
            known = keys.SHOW_LIST.join(schema.parts) or keys.SHOW_BLANK
            node.fail("R017", word=node.value, known=known, suggestion=near_miss(node.value, schema.parts))
    for node in scalars(body.entries.get(keys.FROM_ZERO_COLUMN)):
        _known_column(node, schema.name, schema.columns)


def _column(program: Program, check: Check) -> None:
    """The column that a finding points at is one of its evidence."""
    if check.body is None or keys.COLUMN not in check.body.entries:
        return
    source = check.table if check.level is Level.ROW else check.evidence
    name = keys.ROSTER if source is None else source.value
    if name == keys.ROSTER:
        known = program.own_column_names(Level.PERSON) | program.own_column_names(Level.HOUSEHOLD)
    elif name in program.schemas:
        known = set(program.schemas[name].columns)
    else:
        return
    for node in scalars(check.body.entries[keys.COLUMN]):
        _known_column(node, name, known)


def _entry(program: Program, body: Map) -> None:
    """The columns that an entry of the 户册 names are those of its tables."""
    tables = [node.value for key in (keys.PERSONS, keys.HOUSEHOLD) for node in scalars(body.entries.get(key))]
    known = {
        column for table in tables if table in program.schemas for column in program.schemas[table].columns
    }
    if not known:
        return
    for key in (keys.KEY, keys.CATEGORY_COLUMN):
        for node in scalars(body.entries.get(key)):
            _known_column(node, tables[0], known)
    for node in scalars(body.entries.get(keys.LONE_CATEGORY)):
        _category(program, node)


def _sections(program: Program, reader: Reader) -> None:
    persons = program.own_column_names(Level.PERSON) | program.own_column_names(Level.HOUSEHOLD)
    for section, names, known in (
        (keys.COLUMN_NAMES, _OF_PERSONS, persons),
        (keys.CORRECTION, _OF_CORRECTIONS, _corrections(program, reader)),
    ):
        for body in reader.sections.get(section, []):
            if not isinstance(body, Map) or not known:
                continue
            for key in names:
                for node in scalars(body.entries.get(key)):
                    _known_column(node, section, known)


def _corrections(program: Program, reader: Reader) -> Collection[str]:
    for body in reader.sections.get(keys.CORRECTION, []):
        for node in scalars(body.entries.get(keys.TABLE) if isinstance(body, Map) else None):
            if node.value in program.schemas:
                return program.schemas[node.value].columns
            node.fail("R043", name=node.value, suggestion=near_miss(node.value, program.schemas))
    return ()


def _ratios(program: Program, reader: Reader) -> None:
    """名册列 divides two facts of the result."""
    for result in reader.sections.get(keys.RESULT, []):
        for ratio in maps(result.entries.get(keys.ROSTER_COLUMNS) if isinstance(result, Map) else None):
            for key in (keys.NUMERATOR, keys.DENOMINATOR):
                for node in scalars(ratio.entries.get(key)):
                    if node.value not in program.facts:
                        node.fail("R012", name=node.value, suggestion=near_miss(node.value, program.facts))
            for node in scalars(ratio.entries.get(keys.CATEGORIES)):
                _category(program, node)


def _category(program: Program, node: Scalar) -> None:
    known = program.declarations.categories
    if node.value not in known:
        shown = keys.SHOW_LIST.join(known)
        node.fail("R055", category=node.value, known=shown, suggestion=near_miss(node.value, known))


def _known_column(node: Scalar, table: str, known: Collection[str]) -> None:
    if node.value not in known:
        node.fail("R044", name=node.value, table=table, suggestion=near_miss(node.value, known))
