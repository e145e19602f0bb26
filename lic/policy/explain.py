"""Why a household came out as it did: a second evaluation of it alone, taken apart.

Knows how one household is cut out of what linkage handed over, and what a decision is made of.
Everything it says comes from the compiled pack over that slice; it reads no result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lic.model.explanation import HouseholdExplanation, Member, Missing, Source
from lic.model.linked import Linked
from lic.policy import keys
from lic.policy.batch import Batch
from lic.policy.evaluate import MissingLists, decisions, waiting_lists
from lic.policy.explain_facts import FactBook
from lic.policy.explain_rows import Outcome, unknown_conditions, verdict
from lic.policy.known import kleene
from lic.policy.pack import Pack
from lic.policy.parts import Slices
from lic.policy.phrases import Phrases
from lic.policy.results import household_table, person_table
from lic.policy.terms import Level
from lic.policy.trace import Trace
from lic.policy.values import as_truth


@dataclass(frozen=True, slots=True)
class Recomputed:
    """An explanation and the result rows that its evaluation came to."""

    explanation: HouseholdExplanation
    household: pa.Table
    persons: pa.Table


class Explainer:
    """Explains the households of one linked month; made once, asked many times."""

    def __init__(self, pack: Pack, linked: Linked, as_of: date) -> None:
        """``linked``: everybody, as the decision saw them."""
        self.pack = pack
        self.linked = linked
        self.as_of = as_of
        self._slices = Slices(linked)
        self._numbers = linked.households.column("household_no").combine_chunks()
        self._parameters = pack.resolved(as_of)
        self._phrases = Phrases(pack.program)

    def household_numbers(self) -> list[str]:
        """All households, in order."""
        return [str(number) for number in self._numbers.to_pylist()]

    def recompute(self, household_no: str) -> Recomputed:
        """Decide one household again and say why. Raises KeyError for a number that is not there."""
        at = int(pc.index(self._numbers, household_no).as_py())
        if at < 0:
            raise KeyError(household_no)
        trace = Trace(self.pack.program.inputs)
        part = self._slices.part(at, at + 1)
        batch = Batch(part, self.pack.program, self._parameters, self.as_of, trace=trace)
        return recompute_batch(batch, self._phrases)

    def explain(self, household_no: str) -> HouseholdExplanation:
        """The explanation of one household."""
        return self.recompute(household_no).explanation


def explain_household(pack: Pack, linked: Linked, household_no: str, as_of: date) -> HouseholdExplanation:
    """The explanation of one household of a linked month."""
    return Explainer(pack, linked, as_of).explain(household_no)


def explain_case(pack: Pack, batch: Batch) -> HouseholdExplanation:
    """The explanation of a test case's batch; what the case gives is not taken apart."""
    trace = Trace({*pack.program.inputs, *batch.fixed})
    again = Batch(batch.part, batch.program, batch.parameters, batch.as_of, fixed=batch.fixed, trace=trace)
    return recompute_batch(again, Phrases(pack.program)).explanation


def recompute_batch(batch: Batch, phrases: Phrases) -> Recomputed:
    """The explanation of a batch that holds one household and traces its inputs."""
    book = FactBook(batch, phrases)
    missing = _missing_lists(batch)
    household = household_table(batch.program, batch, missing.households)
    persons = person_table(batch.program, batch, missing.persons)
    outputs = batch.program.declarations.outputs
    row = household.to_pylist()[0]
    members = tuple(
        _member(book, number, person, outputs[Level.PERSON].decision.value)
        for number, person in enumerate(persons.to_pylist())
    )
    own = verdict(book, outputs[Level.HOUSEHOLD].decision.value, 0, _outcome(row))
    base = batch.part.households.select(["roster", "part"]).to_pylist()[0]
    explanation = HouseholdExplanation(
        household_no=row["household_no"],
        as_of=batch.as_of,
        roster=base["roster"],
        part=base["part"],
        head_id=row["head_id"],
        head_name=row["head_name"],
        town=row["town"],
        village=row["village"],
        verdict=own,
        tags=tuple(row["tags"]),
        registered_category=row["registered_category"],
        action=row["action"],
        members=members,
        facts=_with_outputs(book),
    )
    return Recomputed(_with_missing(batch, explanation), household, persons)


def _missing_lists(batch: Batch) -> MissingLists:
    if batch.trace is None:
        raise TypeError("trace")
    persons, households = decisions(batch)
    trace = batch.trace
    return MissingLists(
        *(waiting_lists(made, trace, np.ones(len(made.status), np.bool_)) for made in (persons, households))
    )


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(
        row["status"], row["category"], row.get("basis"),
        tuple(row["possible"]), tuple(row["missing"]), row["reason"],
    )  # fmt: skip


def _member(book: FactBook, number: int, row: dict[str, Any], table: str) -> Member:
    batch = book.batch
    own = batch.part.persons.select(["roster", "_file", "_sheet", "_row"]).slice(number, 1).to_pylist()[0]
    entries = [entry.name for entry in book.program.roster.entries]
    source = book.program.own_table(entries.index(own["roster"]), Level.PERSON)
    counted = book.program.declarations.outputs[Level.PERSON].counted
    truth = None
    if counted is not None:
        truth = kleene(as_truth(batch.at(counted.value, Level.PERSON)), number)
        book.need(counted.value, number)
    return Member(
        number=number,
        id_number=row["id_number"],
        name=row["name"] or "",
        relation=row["relation"],
        counted=truth,
        verdict=verdict(book, table, number, _outcome(row)),
        tags=tuple(row["tags"]),
        registered_category=row["registered_category"],
        action=row["action"],
        table=source,
        file=own["_file"],
        sheet=own["_sheet"],
        row=own["_row"],
    )


def _with_outputs(book: FactBook) -> dict[Any, Any]:
    """The facts of the decision, and those that the pack's 结果 shows beside it."""
    for output in book.program.declarations.outputs.values():
        for item in (output.registered, output.counted, output.tags, *output.columns):
            if item is None:
                continue
            level = book.program.facts[item.value].level
            people = range(len(book.member_names)) if level is Level.PERSON else [None]
            for member in people:
                book.need(item.value, member)
    return dict(book.facts)


def _with_missing(batch: Batch, explanation: HouseholdExplanation) -> HouseholdExplanation:
    return replace(explanation, missing=tuple(_missing(batch, explanation)))


def _missing(batch: Batch, explanation: HouseholdExplanation) -> Iterator[Missing]:
    verdicts = [explanation.verdict, *(member.verdict for member in explanation.members)]
    for name in sorted({name for item in verdicts for name in item.missing}):
        members = tuple(member.number for member in explanation.members if name in member.verdict.missing)
        blocks = tuple(
            dict.fromkeys(block for item in verdicts for block in unknown_conditions(item.rows, name))
        )
        if name.startswith(keys.PARAMETER_INPUT):
            parameter = name.removeprefix(keys.PARAMETER_INPUT)
            yield Missing(name, None, None, parameter, None, delivered=False,
                          members=members, blocks=blocks, sources=())  # fmt: skip
            continue
        table, _, column = name.partition(".")
        schema = batch.program.schemas.get(table)
        linked = batch.part.linked.tables.get(table)
        yield Missing(
            name,
            table,
            column or None,
            None,
            None if schema is None else schema.department,
            delivered=linked is None or linked.delivered,
            members=members,
            blocks=blocks,
            sources=tuple(_unknown_cells(explanation, table, column or None)),
        )


def _unknown_cells(explanation: HouseholdExplanation, table: str, column: str | None) -> Iterator[Source]:
    """The cells and rows that a missing input is about."""
    for source in explanation.inputs():
        if source.table == table and source.why is not None and column in (None, source.column):
            yield source
