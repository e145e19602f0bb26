"""测试: the cases that the policy office writes beside the rules, run one by one.

Knows how a case is laid out: facts fixed at their level, the rest from a 基准家庭, rows of
source tables, and what must come out. What lies below a fixed fact is not computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lic.declare import Map, Node, Scalar, near_miss, read_date, read_flag, read_map, read_seq
from lic.errors import ProblemLog
from lic.model.shape import judge
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.case_rows import case_part
from lic.policy.compare import Difference, differences
from lic.policy.declared import OwnColumn, SourceField
from lic.policy.given import fixed_from_nodes
from lic.policy.pack import Pack
from lic.policy.parameters import Parameter, Resolved, filled_locally, overridden
from lic.policy.shapes_frame import BASE, CASE
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
class Layout:
    """A case with its base filled in."""

    household: Facts = field(default_factory=dict)
    members: list[Facts] = field(default_factory=list)
    rows: list[Mapping[str, Node]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)  # facts that the case itself gives
    tables: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case that was laid out and evaluated: what came of it, and the batch to ask for more."""

    result: CaseResult
    batch: Batch


def run_cases(pack: Pack, log: ProblemLog) -> list[CaseResult]:
    """Run every case of the pack; mistakes in the cases themselves are logged."""
    return [run.result for run in each_case(pack, log)]


def each_case(pack: Pack, log: ProblemLog) -> Iterator[CaseRun]:
    """Run the cases one by one, in their order; broken ones are logged and left out."""
    declarations = pack.program.declarations
    base_parameters = dict(pack.program.parameters)
    if declarations.case_parameters is not None:
        base_parameters = filled_locally(base_parameters, declarations.case_parameters, bound=False)
    for body in declarations.bases.values():
        judge(BASE, body)
    bases = {name: _plain(body) for name, body in declarations.bases.items()}
    for name, layout in bases.items():
        body = declarations.bases[name]
        before = len(body.source.log.problems)
        _check_base(pack, body, name, layout)
        if body.source.log is not log:
            log.problems.extend(body.source.log.problems[before:])
    if declarations.cases and not bases:
        declarations.cases[0].fail("R003", key=keys.BASES)
    for case in declarations.cases:
        said = case.source.log
        before = len(said.problems)
        judge(CASE, case)
        run = _run(pack, case, bases, base_parameters)
        if len(said.problems) > before:
            if said is not log:
                log.problems.extend(said.problems[before:])
        elif run is not None:
            yield run


def _check_base(pack: Pack, body: Map, name: str, layout: Layout) -> None:
    """A 基准家庭 gives every fact that is read and not computed, so that none is silently unknown."""
    given = set(layout.household)
    for member in layout.members:
        given |= set(member)
    for fact, declared in pack.program.declarations.facts.items():
        if isinstance(declared, OwnColumn | SourceField) and fact not in given:
            body.fail("R073", name=name, fact=fact)


def _plain(body: Map) -> Layout:
    layout = Layout(household=_facts(body.take(keys.HOUSEHOLD)))
    each = _facts(body.take(keys.EACH))
    layout.members = [{**each, **_facts(item)} for item in read_seq(body.take(keys.MEMBERS))] or [each]
    layout.members.append(each)  # any further member
    body.finish()
    return layout


def _facts(node: Node | None) -> Facts:
    body = read_map(node)
    return {} if body is None else {key.value: item for key, item in body.pairs()}


def _run(
    pack: Pack, case: Map, bases: Mapping[str, Layout], parameters: Mapping[str, Parameter]
) -> CaseRun | None:
    name = case.text(keys.NAME, required=True) or ""
    as_of = read_date(case.require(keys.DATE))
    base = _base(case, bases)
    if as_of is None or base is None:
        return None
    layout = _laid_out(case, base)
    absent = [name for name, node in _facts(case.take(keys.DELIVERIES)).items() if read_flag(node) is False]
    batch = prepared(pack, layout, _parameters(case, parameters, as_of), as_of, absent=absent)
    found = () if batch is None else differences(pack, batch, case)
    case.finish()
    if batch is None:
        return None
    return CaseRun(CaseResult(name, case.source.file, case.line, tuple(found)), batch)


def _base(case: Map, bases: Mapping[str, Layout]) -> Layout | None:
    name = case.text(keys.BASE)
    if name is None:
        return next(iter(bases.values()), Layout(members=[{}]))
    if name not in bases:
        case.entries[keys.BASE].fail("R054", name=name, suggestion=near_miss(name, bases))
        return None
    return bases[name]


def _laid_out(case: Map, base: Layout) -> Layout:
    own = _facts(case.take(keys.HOUSEHOLD))
    layout = Layout(household={**base.household, **own}, own=set(own))
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


def base_layout(pack: Pack) -> Layout | None:
    """The first 基准家庭 as it is; None when the pack has none."""
    first = next(iter(pack.program.declarations.bases.values()), None)
    if first is None:
        return None
    base = _plain(first)
    return Layout(base.household, base.members[:-1], [{} for _ in base.members[:-1]])


def case_parameters(pack: Pack, as_of: date) -> Mapping[str, Resolved]:
    """The pack's parameters with the cases' own values."""
    declared = dict(pack.program.parameters)
    if pack.program.declarations.case_parameters is not None:
        declared = filled_locally(declared, pack.program.declarations.case_parameters, bound=False)
    return {name: item.on(as_of) for name, item in declared.items()}


def prepared(
    pack: Pack,
    layout: Layout,
    parameters: Mapping[str, Resolved],
    as_of: date,
    *,
    absent: Sequence[str] = (),
) -> Batch | None:
    """A batch of the one household of a case; None when the case names what does not exist."""
    program = pack.program
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


def _roster(layout: Layout) -> str | None:
    node = layout.household.get(keys.ROSTER)
    return node.value if isinstance(node, Scalar) else None
