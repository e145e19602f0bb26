"""A loaded pack: read, checked and compiled; the door to this stage.

Knows the order of loading and what the pack tells other stages. All problems of all files are
logged together; a pack with problems is never evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.declare import Map, Node, near_miss, read_map
from lic.errors import ProblemLog, problem
from lic.model.adjustment import AdjustmentRules
from lic.model.audit import AuditRules
from lic.model.layering import Layering, entries_of
from lic.model.linked import LinkedTable
from lic.model.papers import PaperRules
from lic.model.roster import Roster, RosterEntry, Together
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.build import build_program
from lic.policy.checks import unmet
from lic.policy.declared import Check, Declarations, RosterColumn
from lic.policy.empty import empty_linked
from lic.policy.layers import UpperLayer, base_layer, lay_over, lay_parameters, new_parameters
from lic.policy.lines import keys_asked
from lic.policy.parameter_values import check_keys
from lic.policy.parameters import (
    SINGLE,
    Parameter,
    Resolved,
    Scalars,
    filled_locally,
    read_parameter,
)
from lic.policy.parts import Part, TablePart
from lic.policy.program import Program
from lic.policy.read import Reader, named, read_files
from lic.policy.read_adjustment import read_adjustment
from lic.policy.read_audit import read_audit
from lic.policy.read_pack import read_frame
from lic.policy.read_papers import read_papers
from lic.policy.terms import Level
from lic.policy.values import TRUE, as_truth


@dataclass(frozen=True, slots=True)
class ResolvedParameter:
    """A parameter as the manifest shows it; ``values`` by key ("" without 分), empty when unset."""

    name: str
    unit: str
    values: Mapping[str, Scalars]
    since: date | None
    reference: str | None
    origin: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack without problems; ``layering``: the pack's own layer, and what stands above it."""

    program: Program
    layering: Layering

    @property
    def roster(self) -> Roster:
        """What linkage reads."""
        return self.program.roster

    @property
    def checks(self) -> tuple[Check, ...]:
        """The discrepancy rules, by code and name."""
        found = self.program.declarations.checks.values()
        return tuple(sorted(found, key=lambda check: (check.code, check.name)))

    @property
    def papers(self) -> PaperRules:
        """What is printed on the county's own papers."""
        return self.program.declarations.papers

    @property
    def roster_columns(self) -> tuple[RosterColumn, ...]:
        """Ratios for the recognition list."""
        return self.program.declarations.roster_columns

    @property
    def audit(self) -> AuditRules | None:
        """What the pack says about the audit sample."""
        return self.program.declarations.audit

    @property
    def adjustment(self) -> AdjustmentRules | None:
        """What the pack says about monthly adjustments."""
        return self.program.declarations.adjustment

    def resolved(self, as_of: date) -> dict[str, Resolved]:
        """Parameters as evaluation needs them."""
        return {name: item.on(as_of) for name, item in self.program.parameters.items()}

    def parameters_on(self, as_of: date) -> tuple[ResolvedParameter, ...]:
        """Parameters as the manifest shows them, by name."""
        result = []
        for name, item in sorted(self.resolved(as_of).items()):
            entry, declared = item.entry, item.parameter
            if not item.values and declared.purpose in (keys.CHECKS, keys.ADJUSTMENT):
                continue  # the check that needs it says so itself
            since = entry.since if entry is not None else None
            reference = entry.reference if entry is not None else None
            result.append(
                ResolvedParameter(
                    name, declared.unit_text, item.values, since, reference, item.origin, declared.note
                )
            )
        return tuple(result)

    def unset(self, as_of: date) -> frozenset[str]:
        """Parameters without a value on a day."""
        return frozenset(name for name, item in self.resolved(as_of).items() if not item.values)

    def disabled(self, delivered: Mapping[str, bool], as_of: date) -> list[tuple[str, str, str]]:
        """Checks that do not run: code, name, reason; sorted."""
        unset = self.unset(as_of)
        listed = [(item.code, item.name, item.reason) for item in self.program.declarations.disabled]
        for check in self.checks:
            reason = unmet(check, delivered, unset)
            if reason is not None:
                listed.append((check.code, check.name, reason))
        return sorted(listed)

    def row_mask(self, entry: RosterEntry, table: pa.Table, as_of: date) -> npt.NDArray[np.bool_]:
        """The rows of an entry's person table for which its 当 holds."""
        term = self.program.masks.get(entry.name)
        size = table.num_rows
        if term is None:
            return np.ones(size, np.bool_)
        name = entry.person_table
        linked = empty_linked(self.program)
        nobody = np.zeros(size, np.int64)
        rows = TablePart(
            LinkedTable(name, delivered=True, rows=table), table, nobody, nobody, np.zeros(size, np.int8)
        )
        part = Part(linked, linked.households, linked.persons, np.zeros(0, np.int64), {name: rows})
        batch = Batch(part, self.program, self.resolved(as_of), as_of)
        return np.broadcast_to(as_truth(term.run(batch)).value == TRUE, size)


def load_pack(
    folder: Path,
    *,
    schemas: Mapping[str, TableSchema],
    local: Map | None,
    log: ProblemLog,
    layers: Sequence[UpperLayer] = (),
    layering: Layering | None = None,
    strict: bool = True,
) -> Pack | None:
    """Read, check and compile the pack in ``folder``; None when it has problems (they are logged).

    ``schemas``: the declared tables by name. ``local``: the 参数 of ``lic.yaml``. ``layers``:
    higher rules, the lowest rank first, laid over by ``layering``. ``strict``: also what can be read
    but cannot be meant; off for rules that have decided already, perhaps under an older lic.
    """
    before = len(log.problems)
    sections = read_files(folder, log)
    layering = layering or Layering(base_layer(sections))
    lay_over(sections, layers, layering)
    known = {key.value for _, key, _ in entries_of(sections.get(keys.PARAMETERS, []))}
    new_parameters(sections, layers, layering)
    reader = Reader(sections)
    read_frame(reader)
    reader.read_facts()
    reader.read_checks()
    out = reader.out
    parameters = _parameters(reader)
    fixed = {name: item for name, item in parameters.items() if name in known}
    parameters = filled_locally({**parameters, **lay_parameters(fixed, layers, layering)}, local)
    if out.roster is None:
        for section in (keys.ROSTER, keys.COLUMN_NAMES):
            if section not in reader.sections:
                log.add(problem(folder.name, 1, 1, "R003", key=section))
        return None
    _check_roster(out, schemas, reader)
    for node in reader.sections.get(keys.ADJUSTMENT, []):
        body = read_map(node)
        out.adjustment = None if body is None else read_adjustment(body, out.categories, schemas, parameters)
    for node in reader.sections.get(keys.AUDIT, []):
        body = read_map(node)
        out.audit = None if body is None else read_audit(body, out, schemas, parameters)
    _check_notice(out, reader)
    out.papers = read_papers(reader, schemas)
    program = Program(out, schemas, out.roster, parameters)
    build_program(program, reader, check_all=True, strict=strict)
    for parameter in parameters.values():
        words = () if parameter.by is None else _words(program, parameter)
        check_keys(parameter, words, _asked(program, parameter, words))
    return Pack(program, layering) if len(log.problems) == before else None


def _check_notice(out: Declarations, reader: Reader) -> None:
    """The age that a notice goes by must be in the result."""
    output = out.outputs.get(Level.PERSON)
    if out.notice is None or output is None:
        return
    columns = [item.value for item in output.columns]
    if out.notice.age_column not in columns:
        hint = near_miss(out.notice.age_column, columns)
        reader.sections[keys.NOTICE][0].fail("R116", name=out.notice.age_column, suggestion=hint)


def _asked(program: Program, parameter: Parameter, words: tuple[str, ...]) -> set[str]:
    """The keys without which some formula would not know its value."""
    if parameter.by is None:
        return {SINGLE}
    return set(words) if parameter.by in program.facts else keys_asked(program, parameter.name)


def _words(program: Program, parameter: Parameter) -> tuple[str, ...]:
    fact = program.facts.get(parameter.by or "")
    if fact is not None:
        return fact.type.words
    return program.declarations.categories if parameter.by == keys.CATEGORIES else ()


def _parameters(reader: Reader) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for key, body in named(reader.sections.get(keys.PARAMETERS, [])):
        if key.value in found or key.value in reader.out.facts:
            key.fail("R011", name=key.value)
        found[key.value] = read_parameter(key.value, key, body)
    return found


def _check_roster(out: Declarations, schemas: Mapping[str, TableSchema], reader: Reader) -> None:
    place = reader.sections[keys.ROSTER][0]
    for entry in out.roster.entries if out.roster is not None else ():
        for table in (entry.person_table, entry.household_table):
            if table is not None and table not in schemas:
                place.fail("R043", name=table, suggestion=near_miss(table, schemas))
    for spec in out.roster.together_elsewhere if out.roster is not None else ():
        _check_together(spec, schemas, reader.sections[keys.ELSEWHERE][0])


def _check_together(spec: Together, schemas: Mapping[str, TableSchema], place: Node) -> None:
    """The table of a 同户 entry and its columns are declared."""
    schema = schemas.get(spec.table)
    if schema is None:
        place.fail("R043", name=spec.table, suggestion=near_miss(spec.table, schemas))
        return
    for column in (spec.key_column, spec.relation_column, *spec.except_words):
        if column is not None and column not in schema.columns:
            place.fail("R044", name=column, table=spec.table, suggestion=near_miss(column, schema.columns))
