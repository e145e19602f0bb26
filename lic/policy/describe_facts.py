"""Facts and decision tables of a checked pack as items of a document.

Knows how each kind of declaration is put into words; evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from lic.model.rulebook import Item, ItemKind, Line, Ref, RowCard, Weight
from lic.model.table import TableSchema
from lic.policy import keys, syntax
from lic.policy.declared import (
    Condition,
    DecisionRow,
    DecisionTable,
    Derived,
    Fact,
    OwnColumn,
    SourceField,
    TagList,
)
from lic.policy.grammar import parse
from lic.policy.lines import (
    COLUMNS,
    FROM_TABLE,
    LEVEL_NAMES,
    METHOD,
    SAYS,
    columns_used,
    place_of,
    row_refs,
    rule_line,
    shape,
    text_line,
    words_in,
)
from lic.policy.program import Program
from lic.policy.sentence import Wording, formula_sentence, sentence, wording
from lic.policy.units import unit_name


def _common(declared: Fact) -> tuple[Line, ...]:
    return (
        *text_line(keys.REFERENCE, declared.reference, Weight.REFERENCE),
        *text_line(keys.NOTE, declared.note, Weight.WORDING),
    )


def fact_item(program: Program, declared: Fact) -> Item:
    """A declared fact as an item."""
    compiled = program.facts[declared.name]
    how = wording(program)
    columns: tuple[str, ...] = ()
    rows: tuple[RowCard, ...] = ()
    said: set[Ref] = set()
    uses = {Ref(name) for name in compiled.uses} | {Ref(name, table=True) for name in compiled.tables}
    match declared:
        case OwnColumn():
            kind, lines, own = ItemKind.FIELD, _own_column(program, declared), _own_refs(program, declared)
            uses |= own
        case SourceField():
            kind, lines = ItemKind.FIELD, _source_field(program, declared)
            uses |= row_refs(program, declared.table, declared.take)
        case Derived():
            unit = unit_name(compiled.type.unit) if compiled.type.unit else ""
            kind = ItemKind.DERIVED
            lines = (*rule_line(METHOD, declared.formula, how), *text_line(keys.UNIT, unit, Weight.RULE))
        case Condition():
            kind, lines = ItemKind.CONDITION, _condition(declared, how)
        case TagList():
            kind = ItemKind.LIST
            lines = tuple(line for word, item in declared.items for line in rule_line(word, item, how))
        case DecisionTable():
            kind, lines = ItemKind.DECISION, _members_line(declared)
            columns = tuple(formula_sentence(item, how) for item in declared.columns)
            rows = _rows(declared, how)
            said = _only_said(declared, compiled.uses)
    return Item(
        kind, declared.name, place_of(declared.place), LEVEL_NAMES[declared.level],
        lines=(*lines, *_common(declared)), columns=columns, rows=rows,
        uses=tuple(sorted(uses - said)), mentions=tuple(sorted(said)), written=_written(declared),
        layer=declared.place.source.layer,
    )  # fmt: skip


def _only_said(declared: DecisionTable, uses: frozenset[str]) -> set[Ref]:
    """What a table names in its reasons alone: it changes a text, never a decision."""
    rows = (*declared.rows, *declared.afterwards, *declared.otherwise)
    formulas = (*declared.columns, *(row.formula for row in rows if row.formula is not None))
    decisive = {word for item in formulas for word in words_in(parse(item.text))}
    if declared.members is not None:
        decisive.add(declared.members.value)
    return {Ref(name) for name in uses - decisive}


def _written(declared: Fact) -> str:
    match declared:
        case Derived() if declared.formula is not None:
            return " ".join(declared.formula.text.split())
        case SourceField() if declared.take is not None:
            return " ".join(declared.take.text.split())
        case Condition():
            return "；".join(" ".join(item.text.split()) for item in declared.formulas)
        case _:
            return ""


def _condition(declared: Condition, how: Wording) -> tuple[Line, ...]:
    nodes = tuple(parse(item.text) for item in declared.formulas)
    node = nodes[0] if len(nodes) == 1 else syntax.Logic(0, declared.both, nodes)
    return (Line(SAYS, sentence(node, how), exact=shape(node)),)


def _owners(program: Program, declared: OwnColumn) -> list[TableSchema]:
    names = dict.fromkeys(
        program.own_table(number, declared.level) for number in range(len(program.roster.entries))
    )
    schemas = [program.schemas[name] for name in names if name in program.schemas]
    return [schema for schema in schemas if declared.column in schema.columns]


def _own_refs(program: Program, declared: OwnColumn) -> set[Ref]:
    owners = _owners(program, declared)
    return {Ref(f"{schema.name}.{declared.column}", table=True) for schema in owners} | {
        Ref(schema.name, table=True) for schema in owners
    }


def _own_column(program: Program, declared: OwnColumn) -> tuple[Line, ...]:
    tables = keys.SHOW_LIST.join(f"{item.name}（{item.department}）" for item in _owners(program, declared))
    without = declared.without_column
    return (
        Line(FROM_TABLE, f"本人或本户在名册中的一行：{tables}"),
        Line(COLUMNS, declared.column),
        *text_line("没有这一栏时", None if without is None else f"按 {without.value} 计", Weight.RULE),
    )


def _source_field(program: Program, declared: SourceField) -> tuple[Line, ...]:
    schema = program.schemas[declared.table]
    part = f"，只看 {keys.SHOW_LIST.join(declared.view.parts)}" if declared.view.parts else ""
    how = wording(program, declared.table, declared.view.parts)
    used = sorted(columns_used(schema, declared.take), key=list(schema.columns).index)
    absent = declared.not_delivered
    if absent is not None:
        missing = f"按 {absent.value} 计"
    else:
        missing = "不知道，相关的人列入待核实" if schema.required else "不知道"
    return (
        Line(FROM_TABLE, f"{schema.name}（{schema.department}）{part}"),
        Line(COLUMNS, keys.SHOW_LIST.join(used), words=tuple(used)),
        *rule_line(METHOD, declared.take, how),
        *rule_line("只算这些成员的行", declared.member, wording(program)),
        *text_line("对不上的行", _DOUBT[declared.doubtful], Weight.RULE),
        *text_line("只看本人那一行", keys.YES if declared.view.own else None, Weight.RULE),
        *text_line("从零起算的列", declared.zero_column, Weight.RULE),
        Line("没有报送时", missing),
    )


_DOUBT = {
    keys.ONLY_MORE: "",
    keys.ANYTHING: "可多可少，都不知道",
    keys.FROM_ZERO: "从零起都有可能",
}


def _members_line(declared: DecisionTable) -> tuple[Line, ...]:
    members = None if declared.members is None else declared.members.value
    return text_line(keys.MEMBERS, members, Weight.RULE)


def _rows(declared: DecisionTable, how: Wording) -> tuple[RowCard, ...]:
    blocks = (
        (keys.ROW, declared.rows),
        (keys.AFTERWARDS, declared.afterwards),
        (keys.OTHERWISE, declared.otherwise),
    )
    names = [shape(parse(item.text)) for item in declared.columns]
    return tuple(
        _row(part, number, row, names, how)
        for part, rows in blocks
        for number, row in enumerate(rows, start=1)
    )


def _row(part: str, number: int, row: DecisionRow, names: Sequence[str], how: Wording) -> RowCard:
    cells = tuple(keys.NO_MATTER[0] if cell in keys.NO_MATTER else cell for cell in row.cells)
    asked = sorted(
        f"{name}={cell}" for name, cell in zip(names, cells, strict=False) if cell != keys.NO_MATTER[0]
    )
    exact = ";".join(asked) if row.formula is None else shape(parse(row.formula.text))
    condition = "" if row.formula is None else formula_sentence(row.formula, how)
    reason = "" if row.reason is None else " ".join(row.reason.text.split())
    return RowCard(part, number, row.category, row.basis or "", cells, condition, reason, exact)
