"""The facts of one household, each explained once and by its own declaration.

Knows the five kinds of declared facts and the builtin ones. What an expression is made of is
known by :mod:`lic.policy.explain_steps`.
"""

from __future__ import annotations

import numpy as np

from lic.model.explanation import Fact, Ground, Known, Ref, Source, Step, StepKind
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.decisions import Row
from lic.policy.declared import DecisionTable, OwnColumn, SourceField
from lic.policy.explain_steps import At, own_source, step_of
from lic.policy.known import kleene, known, one
from lic.policy.phrases import Phrases
from lic.policy.places import doubtful_rows
from lic.policy.program import Compiled, Program
from lic.policy.results import tag_lists
from lic.policy.syntax import Node
from lic.policy.terms import Level, Term
from lic.policy.values import Value, as_number

_BUILTIN = {
    keys.AS_OF: "本次运行的基准日",
    keys.AS_OF_MONTH: "窗口的最后一个月",
    keys.FIRST_DAY: "基准日所在月的第一天",
    keys.ROSTER: "本户按哪一种户册计入",
    keys.PART: "本户所在的登记册",
    keys.NUMBER_USABLE: "本人有可用的身份证号",
    keys.AGE: "到基准日的周岁，按身份证号，没有号码的按出生日期",
    keys.SEX: "性别，按身份证号",
    keys.PERSON_NAME: "姓名",
    keys.REGISTERS_INCOMPLETE: "有登记册没有报齐",
}
_BY_NUMBER = (keys.NUMBER_USABLE, keys.AGE, keys.SEX)


class FactBook:
    """Explains facts on demand; :attr:`facts` holds them in the order in which they were done."""

    def __init__(self, batch: Batch, phrases: Phrases) -> None:
        """``batch``: one household, its inputs traced."""
        self.batch = batch
        self.program: Program = batch.program
        self._phrases = phrases
        self._values: dict[int, Value] = {}
        self.grounds: dict[tuple[str, int, bool, bool], tuple[Ground, ...]] = {}
        self.facts: dict[Ref, Fact] = {}
        self.member_names: list[str] = [name or "" for name in batch.part.persons.column("name").to_pylist()]

    def run(self, term: Term) -> Value:
        """A term over the household, once; the program keeps its terms, so identity is a key."""
        if id(term) not in self._values:
            self._values[id(term)] = term.run(self.batch)
        return self._values[id(term)]

    def phrase(self, node: Node, at: At) -> str:
        """A part of an expression in words."""
        return self._phrases.of_node(node, at.source)

    def need(self, name: str, member: int | None) -> Ref:
        """Make sure that a fact is explained."""
        compiled = self.program.facts[name]
        ref = Ref(name, member if compiled.level is Level.PERSON else None)
        if ref not in self.facts:
            self.facts[ref] = self._fact(compiled, ref)
        return ref

    def waits(self, value: Value, index: int) -> tuple[str, ...]:
        """The unknown inputs that one entity's value waits for."""
        trace = self.batch.trace
        if trace is None or value.bits is None:
            return ()
        single = one(value, index)
        if single.bits is None or not single.unknown()[0]:
            return ()
        return tuple(trace.names(single.bits[0].tolist()))

    def _fact(self, compiled: Compiled, ref: Ref) -> Fact:
        index = ref.member or 0
        value = self.batch.fact(ref.name)
        shown = self._list(compiled, index) if compiled.is_list else known(value, index, compiled.type)
        waits = () if compiled.is_list else self.waits(value, index)
        declared = compiled.declared
        if declared is None:
            given = self._given(ref.name, index)
            sources = () if given else self._builtin(ref)
            said = _BUILTIN.get(ref.name, ref.name)
            return Fact(ref, shown, said, given=given, sources=sources, waits_for=waits)
        given = self._given(ref.name, index)
        at = At(compiled.level, index)
        steps: tuple[Step, ...] = ()
        sources = ()
        doubts: tuple[Source, ...] = ()
        delivered = None
        if not given:
            match declared:
                case OwnColumn():
                    found = own_source(self, declared.column, at)
                    sources = () if found is None else (found,)
                case SourceField():
                    delivered = self.batch.rows(declared.table, view=declared.view).delivered
                    inner = At(compiled.level, index, declared)
                    steps = tuple(step_of(self, term, inner) for term in compiled.terms) if delivered else ()
                    doubts = self._doubts(declared, ref)
                case DecisionTable():
                    steps = self._decision(ref.name, at)
                case _:
                    steps = tuple(step_of(self, term, at) for term in compiled.terms)
        return Fact(
            ref, shown, self._phrases.of_fact(declared),
            place=f"{declared.place.source.file}:{declared.place.line}",
            reference=declared.reference, note=declared.note,
            table=declared.table if isinstance(declared, SourceField) else None,
            delivered=delivered, given=given, steps=steps, sources=sources, doubts=doubts, waits_for=waits,
        )  # fmt: skip

    def _given(self, name: str, index: int) -> bool:
        fixed = self.batch.fixed.get(name)
        if fixed is None:
            return False
        return fixed.given is None or bool(fixed.given[0 if len(fixed.given) == 1 else index])

    def _list(self, compiled: Compiled, index: int) -> Known:
        mask = as_number(self.batch.fact(compiled.name)).lo
        words = tag_lists(compiled.declared, np.broadcast_to(mask, max(len(mask), index + 1)))[index].as_py()
        return Known(keys.SHOW_LIST.join(words), exact=keys.SHOW_LIST.join(words))

    def _builtin(self, ref: Ref) -> tuple[Source, ...]:
        """The number (and birth date) that a person's builtin facts are read from."""
        if ref.name not in _BY_NUMBER or ref.member is None:
            return ()
        at = At(Level.PERSON, ref.member)
        columns = [self.program.roster.number_column]
        if ref.name == keys.AGE and not self.batch.number_usable[ref.member] and self.program.birth_column:
            columns.append(self.program.birth_column)
        found = [own_source(self, column, at) for column in columns]
        return tuple(source for source in found if source is not None)

    def _doubts(self, declared: SourceField, ref: Ref) -> tuple[Source, ...]:
        rows = self.batch.rows(declared.table, view=declared.view)
        if rows.part is None or not len(rows.part.doubt):
            return ()
        concerned = rows.doubtful[0]
        part, schema = rows.part, self.program.schemas[declared.table]
        found: list[Source] = []
        for member in range(len(self.member_names)) if ref.member is None else [ref.member]:
            mine = (part.pid == member) & (part.doubt != 0)
            if concerned[member] and mine.any():
                kinds = {index: int(part.doubt[index]) for index in np.flatnonzero(mine).tolist()}
                found += doubtful_rows(part.rows, kinds, schema, member=member)
        return tuple(found)

    def _decision(self, name: str, at: At) -> tuple[Step, ...]:
        """The rows of a decision table up to the first true one, as steps."""
        steps = []
        for row in self.program.tables[name].rows:
            truth = kleene(row.truth(self.batch), at.index)
            steps.append(
                Step(
                    StepKind.DECISION,
                    self.category(name, row) or keys.UNSURE,
                    Known(truth.value, truth=truth),
                    counts=truth,
                    steps=self.row_steps(row, at),
                )
            )
            if truth is truth.TRUE:
                break
        return tuple(steps)

    def row_steps(self, row: Row, at: At) -> tuple[Step, ...]:
        """The conditions that a row asks for."""
        terms = [] if row.condition is None else [row.condition]
        terms += [term for term, _ in row.cells]
        return tuple(step_of(self, term, at) for term in terms)

    def category(self, table: str, row: Row) -> str | None:
        """The category of a row, None for 不明."""
        names = self.program.tables[table].categories
        return names[row.category] if 0 <= row.category < len(names) else None
