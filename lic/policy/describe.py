"""A checked pack as items of a document: facts, decisions, parameters, checks, roster.

Knows how parameters, checks and the roster are put into words, and the order of the whole. What
departments call their columns is not known here; nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from lic.model.roster import RosterEntry
from lic.model.rulebook import Item, ItemKind, Line, Ref, ValueCard, Weight
from lic.policy import keys
from lic.policy.checks import unmet
from lic.policy.declared import Check
from lic.policy.describe_facts import fact_item
from lic.policy.grammar import parse
from lic.policy.lines import FROM_TABLE, LEVEL_NAMES, place_of, row_refs, rule_line, text_line, words_in
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter, Scalars
from lic.policy.program import Program
from lic.policy.sentence import number_text, wording
from lic.policy.terms import Level

WHEN = "条件"


def value_text(value: Scalars, *, rate: bool = False) -> str:
    """A value as it is written in a declaration; a rate in percent."""
    if isinstance(value, bool):
        return keys.YES if value else keys.NO
    if isinstance(value, Fraction):
        return f"{number_text(value * 100)}%" if rate else number_text(value)
    return value.isoformat()


def described(pack: Pack, as_of: date, delivered: Mapping[str, bool]) -> tuple[Item, ...]:
    """Every item of a pack but its tables; ``delivered`` says which tables came."""
    program = pack.program
    facts = [fact_item(program, fact) for fact in program.declarations.facts.values()]
    parameters = [_parameter(program, item, as_of) for item in program.parameters.values()]
    unset = pack.unset(as_of)
    checks = [_check(pack, check, unmet(check, delivered, unset) or "") for check in pack.checks]
    listed = [
        Item(ItemKind.CHECK, item.name, "", code=item.code, off=item.reason)
        for item in program.declarations.disabled
    ]
    in_order = sorted([*checks, *listed], key=lambda item: (item.code, item.name))
    return (*_roster(program), *_frame(pack), *facts, *parameters, *in_order)


def _parameter(program: Program, item: Parameter, as_of: date) -> Item:
    current = item.on(as_of).entry
    rate = item.unit_text == keys.RATE
    values = tuple(
        ValueCard(
            entry.since.isoformat(),
            key,
            value_text(value, rate=rate),
            entry.reference or "",
            current=entry is current,
            layer=entry.layer,
        )
        for entry in sorted(item.entries, key=lambda entry: entry.since)
        for key, value in sorted(entry.values.items())
    )
    by = () if item.by is None or item.by not in program.facts else (Ref(item.by),)
    return Item(
        ItemKind.PARAMETER,
        item.name,
        place_of(item.place),
        layer=_layer(item, as_of),
        lines=(
            *text_line(keys.UNIT, item.unit_text, Weight.RULE),
            *text_line(keys.BY, item.by, Weight.RULE),
            *text_line(keys.LOCAL, "由本县在 lic.yaml 中写明" if item.local else None, Weight.RULE),
            *text_line(keys.PURPOSE, item.purpose, Weight.WORDING),
            *text_line(keys.NOTE, item.note, Weight.WORDING),
        ),
        values=values,
        uses=by,
    )


def _layer(item: Parameter, as_of: date) -> str:
    origin = item.on(as_of).origin
    return origin if origin != keys.ORIGIN_PACK else ""


def _check(pack: Pack, check: Check, off: str) -> Item:
    program = pack.program
    table = check.table.value if check.table is not None else None
    how = wording(program, table) if check.level is Level.ROW else wording(program)
    compiled = next(item for item in program.checks if item.check is check)
    uses = {Ref(name) for name in compiled.uses} | {Ref(name, table=True) for name in compiled.tables}
    if check.level is Level.ROW and table is not None:
        uses |= {Ref(table, table=True)} | row_refs(program, table, check.condition)
    needs = [need.removeprefix(keys.PARAMETER_INPUT) for need in check.needs]
    decisive = set(needs) if check.condition is None else {*needs, *words_in(parse(check.condition.text))}
    said = {Ref(name) for name in compiled.uses - decisive}
    uses |= {Ref(name, table=name in program.schemas) for name in needs}
    evidence = keys.SHOW_LIST.join(
        text for text in (check.evidence.value if check.evidence is not None else None, check.column) if text
    )
    return Item(
        ItemKind.CHECK, check.name, place_of(check.place), LEVEL_NAMES[check.level], check.code,
        lines=(
            Line(keys.DIRECTION, check.direction.value),
            Line(keys.SEVERITY, check.severity.value),
            *text_line(keys.EVENT, check.event, Weight.RULE),
            *text_line(FROM_TABLE, table, Weight.RULE),
            *rule_line(WHEN, check.condition, how),
            *rule_line(keys.DECLARED, check.declared, how),
            *rule_line(keys.FOUND, check.found, how),
            *text_line(keys.NOTE, check.message.text, Weight.WORDING),
            *text_line(keys.SUGGESTION, check.suggestion, Weight.WORDING),
            *text_line(keys.REFERENCE, check.reference, Weight.REFERENCE),
            *text_line(keys.EVIDENCE, evidence, Weight.WORDING),
            *text_line(keys.NEEDS, keys.SHOW_LIST.join(check.needs), Weight.RULE),
        ),
        uses=tuple(sorted(uses - said)),
        mentions=tuple(sorted(said)),
        off=off,
        layer=check.place.source.layer,
        written="" if check.condition is None else " ".join(check.condition.text.split()),
    )  # fmt: skip


def _roster(program: Program) -> Iterator[Item]:
    """The roster's entries in order, then what else stands once, as items."""
    for number, entry in enumerate(program.roster.entries, start=1):
        yield _entry(program, number, entry)
    frame = (
        (keys.WINDOW, program.declarations.window, "十二个月的最后一个月"),
        (keys.NO_NUMBER, program.declarations.counts_as_absent, "没有号码而视同各部门查无的成员"),
    )
    for name, formula, what in frame:
        if formula is not None:
            words = set(words_in(parse(formula.text))) & {*program.facts, *program.parameters}
            words -= {entry.name for entry in program.roster.entries}  # beside 户册 it is its entry
            yield Item(
                ItemKind.ROSTER,
                name,
                place_of(formula.place),
                lines=rule_line(what, formula, wording(program)),
                uses=tuple(sorted(Ref(word) for word in words)),
            )


def _frame(pack: Pack) -> Iterator[Item]:
    """The columns that linkage goes by, verified values, and what the result shows."""
    roster, declared = pack.roster, pack.program.declarations
    names = (
        (keys.HEAD_NUMBER, roster.head_number_column),
        (keys.HEAD_NAME, roster.head_name_column),
        (keys.PERSON_NAME, roster.name_column),
        (keys.NUMBER, roster.number_column),
        (keys.RELATION, roster.relation_column),
        (keys.TOWN, roster.town_column),
        (keys.VILLAGE, roster.village_column),
        (keys.HEAD, roster.head_relation),
        (keys.SPOUSE, roster.spouse_relation),
        (keys.SIZE, roster.household_size_column),
        (keys.BIRTH, declared.birth_column or ""),
        (keys.TOGETHER, keys.SHOW_LIST.join(roster.together)),
    )
    yield Item(ItemKind.ROSTER, keys.COLUMN_NAMES, "", lines=_texts(names))
    table = roster.correction
    if table is not None:
        corrections = (
            (keys.TABLE, table.table),
            (keys.HOUSEHOLD_KEY, table.household_column),
            (keys.NUMBER, table.number_column),
            (keys.ITEM, table.item_column),
            (keys.VALUE, table.value_column),
            (keys.DATE, table.date_column),
            (keys.VERDICT, table.verdict_column),
            (keys.ACCEPTED, keys.SHOW_LIST.join(table.accepted)),
            (keys.FALSE_ALARM, table.false_alarm),
        )
        used = (Ref(table.table, table=True),)
        yield Item(ItemKind.ROSTER, keys.CORRECTION, "", lines=_texts(corrections), uses=used)
    yield Item(ItemKind.ROSTER, keys.RESULT, "", lines=_texts(_outputs(pack)))


def _texts(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(line for label, text in pairs for line in text_line(label, text, Weight.RULE))


def _outputs(pack: Pack) -> Iterator[tuple[str, str]]:
    for level, output in sorted(pack.program.declarations.outputs.items(), reverse=True):
        name = LEVEL_NAMES[level]
        yield f"{name}{keys.DECISION}", output.decision.value
        yield f"{name}{keys.REGISTERED}", output.registered.value
        yield f"{name}{keys.COUNTED}", output.counted.value if output.counted is not None else ""
        yield f"{name}{keys.TAGS}", output.tags.value if output.tags is not None else ""
        yield f"{name}{keys.COLUMN}", keys.SHOW_LIST.join(item.value for item in output.columns)
    for ratio in pack.roster_columns:
        yield ratio.name, f"{ratio.numerator} ÷ {ratio.denominator}"


def _entry(program: Program, number: int, entry: RosterEntry) -> Item:
    condition = program.declarations.roster_conditions.get(entry.name)
    how = wording(program, entry.person_table)
    tables = [name for name in (entry.household_table, entry.person_table) if name is not None]
    schemas = [program.schemas[name] for name in tables if name in program.schemas]
    fill = keys.SHOW_LIST.join(f"{name}：{value}" for name, value in entry.fill.items())
    words = set() if condition is None else set(words_in(parse(condition.text)))
    uses = {Ref(name, table=True) for name in tables}
    uses |= {Ref(word) for word in words & {*program.parameters}}
    return Item(
        ItemKind.ROSTER,
        entry.name,
        "",
        lines=(
            Line("次序", str(number)),
            Line(FROM_TABLE, keys.SHOW_LIST.join(f"{item.name}（{item.department}）" for item in schemas)),
            Line("户编号", f"{entry.prefix} ＋ {entry.key_column}" if entry.prefix else entry.key_column),
            *text_line(keys.ONLY, keys.ONLY_FRESH if entry.fresh_only else None, Weight.RULE),
            *rule_line(WHEN, condition, how),
            *text_line(keys.FILL, fill, Weight.RULE),
            *text_line(keys.LONE, keys.YES if entry.lone_without_key else None, Weight.RULE),
        ),
        uses=tuple(sorted(uses)),
    )
