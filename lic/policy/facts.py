"""From declared facts to compiled ones: fields, formulas, conditions, lists, tables.

Knows the declarations of a pack and compiles each when it is first asked for, so that cycles
show themselves with their path.
"""

from __future__ import annotations

import numpy as np

from lic.declare import Scalar, near_miss, read_date, read_flag, read_number
from lic.policy import intervals, keys, logic
from lic.policy.batch import Batch, mixed
from lic.policy.compiler import Compiler, Scope
from lic.policy.decisions import Row, Table, all_categories, decide
from lic.policy.declared import (
    Condition,
    DecisionRow,
    DecisionTable,
    Derived,
    Fact,
    Formula,
    OwnColumn,
    SourceField,
    TagList,
)
from lic.policy.months import day_number
from lic.policy.program import Compiled, Program
from lic.policy.render import Template, template_pieces
from lic.policy.rows import doubt_columns
from lic.policy.terms import ANY, SOME_NUMBER, TRUTH, Kind, Level, Run, Term, Type, column_type
from lic.policy.units import PLAIN, fits, parse_unit, unit_name
from lic.policy.values import FALSE, TRUE, UNKNOWN, Dates, Num, Truth, Value, as_truth, constant_text


class Facts:
    """Compiles the facts of a program on demand."""

    def __init__(self, program: Program, *, strict: bool = True) -> None:
        """Facts of ``program``; compiled ones go into ``program.facts``. ``strict``: see ``load_pack``."""
        self.program, self.strict = program, strict
        self.compiler = Compiler(program, self.need)
        self._open: list[str] = []
        self.used: set[str] = set()

    def need(self, name: str, asked: Formula, at: int) -> None:
        """Make sure that ``name`` is compiled."""
        if name in self._open:
            path = [*self._open[self._open.index(name) :], name]
            asked.fail(at, "R014", path=" → ".join(path))
            self.program.facts.setdefault(name, Compiled(name, Level.CONSTANT, ANY, _never))
        elif name not in self.program.facts:
            self.build(self.program.declarations.facts[name])

    def build(self, declared: Fact) -> None:
        """Compile one fact."""
        compiler = self.compiler
        if declared.name in self.program.declarations.broken:
            self.program.facts[declared.name] = Compiled(declared.name, Level.CONSTANT, ANY, _never, declared)
            return
        outer = compiler.uses, compiler.tables
        compiler.uses, compiler.tables = set(), set()
        self._open.append(declared.name)
        kind, run, terms = self._compiled(declared)
        if declared.name not in self.program.facts:
            self.program.facts[declared.name] = Compiled(
                declared.name,
                declared.level,
                kind,
                run,
                declared,
                terms,
                frozenset(compiler.uses),
                frozenset(compiler.tables),
                is_list=isinstance(declared, TagList),
            )
        self._open.pop()
        self.used |= compiler.uses
        compiler.uses, compiler.tables = outer

    def _compiled(self, declared: Fact) -> tuple[Type, Run, tuple[Term, ...]]:
        match declared:
            case OwnColumn():
                return self._own_column(declared)
            case SourceField():
                return self._source_field(declared)
            case Derived():
                return self._derived(declared)
            case Condition():
                scope = Scope(declared.level)
                terms = [self.compiler.compile(formula, scope, Kind.TRUTH) for formula in declared.formulas]
                join = logic.conjunction if declared.both else logic.disjunction
                return TRUTH, lambda batch: join([as_truth(term.run(batch)) for term in terms]), tuple(terms)
            case TagList():
                return self._tags(declared)
            case DecisionTable():
                return self._table(declared)

    def _own_column(self, declared: OwnColumn) -> tuple[Type, Run, tuple[Term, ...]]:
        program, level, name = self.program, declared.level, declared.column
        column = program.own_column(level, name)
        if column is None:
            place = declared.column_place or declared.place
            known = program.own_column_names(level)
            elsewhere = any(name in schema.columns for schema in program.schemas.values())
            if elsewhere and not program.knows_roster(level):
                return ANY, _never, ()  # a table of the 户册 is not known, which is reported
            place.fail("R044", name=name, table=keys.ROSTER, suggestion=near_miss(name, known))
            return ANY, _never, ()
        for number in range(len(program.roster.entries)):
            program.inputs.add(f"{program.own_table(number, level)}.{name}")
        program.fact_of_column[level, name] = declared.name
        kind = column_type(column)
        if declared.without_column is None:
            return kind, lambda batch: batch.own_column(level, name), ()
        other = constant_value(declared.without_column, kind)

        def run(batch: Batch) -> Value:
            value = batch.own_column(level, name)
            # A verified value that nobody can read is written there, too: it is no absent column.
            blank = batch.left_blank(level, name).value == TRUE
            absent = value.unknown() & ~batch.defines_column(level, name) & blank
            return mixed(absent, other, value) if other is not None and absent.any() else value

        return kind, run, ()

    def _source_field(self, declared: SourceField) -> tuple[Type, Run, tuple[Term, ...]]:
        program, table = self.program, declared.table
        if table not in program.schemas:
            place = declared.table_place or declared.place
            place.fail("R043", name=table, suggestion=near_miss(table, program.schemas))
            return ANY, _never, ()
        schema = program.schemas[table]
        program.inputs.add(table)
        placing = schema.indispensable[0] if schema.indispensable else schema.month_column
        for _, column in doubt_columns(schema.number_column, schema.name_column, placing):
            program.inputs.add(f"{table}.{column}")
        if declared.take is None:
            return ANY, _never, ()
        scope = Scope(
            declared.level,
            source=table,
            view=declared.view,
            member=self._member(declared),
            doubtful=declared.doubtful,
            zero_column=declared.zero_column,
        )
        term = self.compiler.compile(declared.take, scope)
        self.compiler.tables.add(table)
        if declared.not_delivered is None or term.type.kind is Kind.ANY:
            return term.type, term.run, (term,)
        fallback = constant_value(declared.not_delivered, term.type)

        def run(batch: Batch) -> Value:
            if fallback is not None and not batch.rows(table, view=declared.view).delivered:
                return fallback
            return term.run(batch)

        return term.type, run, (term,)

    def _member(self, declared: SourceField) -> str | None:
        if declared.member is None:
            return None
        text = declared.member.text.strip()
        facts = self.program.declarations.facts
        meant = facts.get(text)
        if meant is None or meant.level is not Level.PERSON or declared.level is not Level.HOUSEHOLD:
            known = [name for name, item in facts.items() if item.level is Level.PERSON]
            declared.member.fail(0, "R062", name=text, suggestion=near_miss(text, known))
            return None
        self.compiler.compile(declared.member, Scope(Level.PERSON), Kind.TRUTH)
        return text

    def _derived(self, declared: Derived) -> tuple[Type, Run, tuple[Term, ...]]:
        if declared.formula is None:
            return ANY, _never, ()
        term = self.compiler.compile(declared.formula, Scope(declared.level))
        kind = term.type
        if self.strict and sum(power > 0 for _, power in kind.unit or ()) > 1:
            declared.formula.fail(0, "R234", unit=unit_name(kind.unit))
            return SOME_NUMBER, _never, ()
        if declared.unit is not None and kind.kind is Kind.NUMBER:
            unit = parse_unit(declared.unit.value)
            if unit is None:
                declared.unit.fail(
                    "R047",
                    unit=declared.unit.value,
                    suggestion=near_miss(declared.unit.value, keys.BASE_UNITS),
                )
            elif not fits(kind.unit, unit):
                declared.unit.fail("R016", left=unit_name(kind.unit), right=unit_name(unit))
            else:
                kind = Type(Kind.NUMBER, unit)
        return kind, term.run, (term,)

    def _tags(self, declared: TagList) -> tuple[Type, Run, tuple[Term, ...]]:
        scope = Scope(declared.level)
        terms = tuple(self.compiler.compile(formula, scope, Kind.TRUTH) for _, formula in declared.items)

        def run(batch: Batch) -> Value:
            mask = np.zeros(batch.size(declared.level), np.int64)
            for number, term in enumerate(terms):
                mask |= (as_truth(term.run(batch)).value == TRUE).astype(np.int64) << number
            return Num(mask, None, 1, 1 << len(terms))

        return Type(Kind.NUMBER, PLAIN), run, terms

    def _table(self, declared: DecisionTable) -> tuple[Type, Run, tuple[Term, ...]]:
        scope, compiler = Scope(declared.level), self.compiler
        columns = [compiler.compile(formula, scope, Kind.TRUTH) for formula in declared.columns]
        members = declared.members.value if declared.members is not None else None
        tables = [declared]
        if members is not None:
            inner = self.program.declarations.facts.get(members)
            if not isinstance(inner, DecisionTable) or inner.level is not Level.PERSON:
                declared.place.fail("R063", name=members)
                return ANY, _never, ()
            self.need(members, Formula(members, declared.members or declared.place), 0)
            compiler.uses.add(members)
            tables.append(inner)
        categories = all_categories(tables, self.program.declarations.categories)
        rows = tuple(self._row(row, columns, categories, scope) for row in declared.rows)
        after = tuple(self._row(row, columns, categories, scope) for row in declared.afterwards)
        otherwise = tuple(self._row(row, columns, categories, scope) for row in declared.otherwise)
        table = Table(declared, categories, rows, members, after, otherwise)
        self.program.tables[declared.name] = table
        terms = (
            *columns,
            *(row.condition for row in (*rows, *after, *otherwise) if row.condition is not None),
        )

        def run(batch: Batch) -> Value:
            decision = decide(batch, table)
            batch.remember(declared.name, decision)
            return decision.text()

        return Type(Kind.TEXT, words=categories), run, terms

    def _row(self, row: DecisionRow, columns: list[Term], categories: tuple[str, ...], scope: Scope) -> Row:
        cells = []
        if row.cells and len(row.cells) != len(columns):
            row.when.fail("R049", found=len(row.cells), expected=len(columns))
        for cell, column in zip(row.cells, columns, strict=False):
            if cell in (keys.YES, keys.NO):
                cells.append((column, cell == keys.YES))
            elif cell not in keys.NO_MATTER:
                row.when.fail("R052", value=cell, key=keys.WHEN, known="是、否、－")
        condition = None if row.formula is None else self.compiler.compile(row.formula, scope, Kind.TRUTH)
        category = categories.index(row.category) if row.category in categories else -1
        reason = None if row.reason is None else self.template(row.reason, scope)
        return Row(category, condition, tuple(cells), row.basis, reason)

    def template(self, formula: Formula, scope: Scope) -> Template:
        """A reason or message with its expressions compiled."""
        parts: list[str | Term] = []
        for piece in template_pieces(formula):
            if isinstance(piece, str):
                parts.append(piece)
                continue
            text, at = piece
            padded = Formula(" " * at + text, formula.place)
            parts.append(self.compiler.compile(padded, scope))
        return Template(tuple(parts))


def constant_value(node: Scalar, kind: Type) -> Value | None:
    """A value written in the pack, of a known type."""
    match kind.kind:
        case Kind.NUMBER:
            number = read_number(node)
            return None if number is None else intervals.constant(number)
        case Kind.TRUTH:
            flag = read_flag(node) if node.value != keys.UNKNOWN else None
            code = UNKNOWN if flag is None else TRUE if flag else FALSE
            return Truth(np.array([code], np.int8))
        case Kind.DATE:
            day = read_date(node)
            return None if day is None else Dates(np.array([day_number(day)], np.int32))
        case _:
            if kind.words and node.value not in kind.words:
                known = "、".join(kind.words)
                node.fail("R017", word=node.value, known=known, suggestion=near_miss(node.value, kind.words))
            return constant_text(node.value)


def _never(_: Batch) -> Value:
    raise TypeError
