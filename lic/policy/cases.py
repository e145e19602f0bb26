"""测试: the cases that the policy office writes beside the rules, run one by one.

Knows how a case is laid out: facts fixed at their level, the rest from a 基准家庭, rows of
source tables, and what must come out. What lies below a fixed fact is not computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lic.declare import Map, Node, Scalar, near_miss, read_date, read_flag, read_map, read_seq
from lic.errors import ProblemLog
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.case_rows import case_part
from lic.policy.compare import Difference, differences
from lic.policy.declared import SourceField
from lic.policy.given import fixed_from_nodes
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter, Resolved, filled_locally, overridden
from lic.policy.terms import Level

Facts = dict[str, Node]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case; no ``differences`` means that it passed."""

    name: str
    file: str
    line: int
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the case says."""
        return not self.differences


@dataclass(slots=True)
class _Layout:
    """A case with its base filled in."""

    household: Facts = field(default_factory=dict)
    members: list[Facts] = field(default_factory=list)
    rows: list[Mapping[str, Node]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)  # facts that the case itself gives
    tables: set[str] = field(default_factory=set)


def run_cases(pack: Pack, log: ProblemLog) -> list[CaseResult]:
    """Run every case of the pack; mistakes in the cases themselves are logged."""
    results = []
    before = len(log.problems)
    for case, name, batch in case_batches(pack):
        found = () if batch is None else differences(pack, batch, case)
        result = CaseResult(name, case.source.file, case.line, tuple(found))
        case.finish()
        if len(log.problems) == before:
            results.append(result)
        before = len(log.problems)
    return results


def case_batches(pack: Pack) -> Iterator[tuple[Map, str, Batch | None]]:
    """Every case that can be laid out, its name, and its household ready to be evaluated."""
    declarations = pack.program.declarations
    parameters = dict(pack.program.parameters)
    if declarations.case_parameters is not None:
        parameters = filled_locally(parameters, declarations.case_parameters)
    bases = {name: _plain(body) for name, body in declarations.bases.items()}
    for case in declarations.cases:
        name = case.text(keys.NAME, required=True) or ""
        as_of = read_date(case.require(keys.DATE))
        base = _base(case, bases)
        if as_of is not None and base is not None:
            values = _parameters(case, parameters, as_of)
            yield case, name, prepared(pack, case, _laid_out(case, base), values, as_of)


def _plain(body: Map) -> _Layout:
    layout = _Layout(household=_facts(body.take(keys.HOUSEHOLD)))
    each = _facts(body.take(keys.EACH))
    layout.members = [{**each, **_facts(item)} for item in read_seq(body.take(keys.MEMBERS))] or [each]
    layout.members.append(each)  # any further member
    body.finish()
    return layout


def _facts(node: Node | None) -> Facts:
    body = read_map(node)
    return {} if body is None else {key.value: item for key, item in body.pairs()}


def _base(case: Map, bases: Mapping[str, _Layout]) -> _Layout | None:
    name = case.text(keys.BASE)
    if name is None:
        return next(iter(bases.values()), _Layout(members=[{}]))
    if name not in bases:
        case.entries[keys.BASE].fail("R054", name=name, suggestion=near_miss(name, bases))
        return None
    return bases[name]


def _laid_out(case: Map, base: _Layout) -> _Layout:
    own = _facts(case.take(keys.HOUSEHOLD))
    layout = _Layout(household={**base.household, **own}, own=set(own))
    members = [_facts(item) for item in read_seq(case.take(keys.MEMBERS))]
    if not members:
        members = [{} for _ in base.members[:-1]]
    for number, facts in enumerate(members):
        rows = _facts(facts.pop(keys.SOURCES, None))
        layout.rows.append(rows)
        layout.tables |= set(rows)
        layout.own |= set(facts)
        usual = base.members[min(number, len(base.members) - 1)]
        layout.members.append({**usual, **facts})
    return layout


def _parameters(case: Map, declared: Mapping[str, Parameter], as_of: date) -> dict[str, Resolved]:
    result = dict(declared)
    for name, node in _facts(case.take(keys.PARAMETERS)).items():
        if name in result:
            result[name] = overridden(result[name], node)
        else:
            node.fail("R045", name=name, suggestion=near_miss(name, result))
    return {name: item.on(as_of) for name, item in result.items()}


def prepared(
    pack: Pack, case: Map, layout: _Layout, parameters: Mapping[str, Resolved], as_of: date
) -> Batch | None:
    """A batch of the one household of a case; None when the case names what does not exist."""
    program = pack.program
    absent = [name for name, node in _facts(case.take(keys.DELIVERIES)).items() if read_flag(node) is False]
    part = case_part(pack, layout.rows, as_of, absent=absent, roster=_roster(layout))
    if part is None:
        return None
    fixed = {}
    inputs = frozenset(layout.own)
    known = True
    for level, entities in ((Level.HOUSEHOLD, [layout.household]), (Level.PERSON, layout.members)):
        for name in dict.fromkeys(name for facts in entities for name in facts):
            nodes = [facts.get(name) for facts in entities]
            fact = program.facts.get(name)
            if fact is None or fact.level is not level or fact.is_list:
                place = next(node for node in nodes if node is not None)
                place.fail("R054", name=name, suggestion=near_miss(name, program.facts))
                known = False
            elif name in layout.own or not _superseded(pack, name, layout.tables, inputs):
                fixed[name] = fixed_from_nodes(fact, nodes)
    return Batch(part, program, parameters, as_of, fixed=fixed) if known else None


def _superseded(pack: Pack, name: str, tables: set[str], inputs: frozenset[str]) -> bool:
    """Whether what the case gives replaces a fact of the base: its rows, or facts below it."""
    declared = pack.program.facts[name].declared
    if declared is None:
        return False
    if isinstance(declared, SourceField):
        return declared.table in tables
    return pack.program.rests_on(name, inputs | frozenset(tables))


def _roster(layout: _Layout) -> str | None:
    node = layout.household.get(keys.ROSTER)
    return node.value if isinstance(node, Scalar) else None
