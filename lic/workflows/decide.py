"""Delivered tables to a decided month: link, evaluate, gather what the run must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

import lic
from lic.linkage import link
from lic.messages.run import FINISHED
from lic.model.finding import Finding
from lic.model.linked import Linked
from lic.model.manifest import CheckInfo, DisabledCheck, Manifest, ParameterUsed
from lic.model.result import HOUSEHOLD_SCHEMA, PERSON_SCHEMA, Result, with_leading
from lic.model.staging import Delivery
from lic.policy.evaluate import evaluate
from lic.policy.overrides import overrides_on
from lic.policy.pack import Pack
from lic.workflows.account import check_counts, counts_of, funnel_of, problem_counts, sheet_accounts
from lic.workflows.findings import finding_table
from lic.workflows.inputs import Delivered, input_rows, not_compared, not_delivered, whole_table
from lic.workflows.load_rules import Rules
from lic.workflows.parameter_text import parameters_used
from lic.workflows.reading import reading_of
from lic.workflows.strangers import strangers_in_lists
from lic.workflows.verdicts import EarlierRun, read_verdicts, silence
from lic.workflows.workspace import Month

_PERSON_ORDER = ("household_no", "id_number", "name")


@dataclass(frozen=True, slots=True)
class DecidedMonth:
    """A month after its decision, before anything is written."""

    month: Month
    pack: Pack
    delivered: Delivered
    linked: Linked
    result: Result
    silenced: pa.Table
    strangers: Mapping[str, pa.Table]
    problems: tuple[Finding, ...] = ()  # about the data, as they were found

    @property
    def ledger(self) -> pa.Table | None:
        """Every row of the pack's ledger as delivered this month, in a fixed order."""
        return None if self.pack.audit is None else whole_table(self.delivered, self.pack.audit.ledger)

    def manifest(self, *, question: str, rules_sha256: str) -> Manifest:
        """The account of the run, before its files have hashes."""
        return manifest_of(
            self.month,
            self.pack,
            self.delivered,
            self.result,
            question=question,
            rules_sha256=rules_sha256,
            ended=FINISHED,
            silenced=self.silenced.num_rows,
            corrections=self.linked.corrections,
        )


def manifest_of(
    month: Month,
    pack: Pack,
    delivered: Delivered,
    result: Result,
    *,
    question: str,
    rules_sha256: str,
    ended: str,
    silenced: int = 0,
    corrections: int = 0,
) -> Manifest:
    """The account of a run that ended as ``ended`` says, before its files have hashes."""
    categories = pack.roster.categories
    return Manifest(
        lic=lic.__version__,
        county=month.workspace.county,
        period=str(month.period),
        as_of=month.as_of.isoformat(),
        question=question,
        rules_sha256=rules_sha256,
        result=ended,
        sheets=sheet_accounts(result.inputs),
        not_delivered=not_delivered(delivered),
        not_compared=not_compared(delivered),
        checks_disabled=_disabled(pack, delivered, month.as_of),
        checks=_checks(pack),
        parameters=_parameters(pack, month.as_of),
        overrides=overrides_on(pack, month.as_of),
        categories=categories,
        towns=month.workspace.towns,
        funnel=funnel_of(result),
        counts=counts_of(result, categories),
        problems=problem_counts(result.findings),
        findings=check_counts(result.findings),
        silenced=silenced,
        corrections=corrections,
    )


def decide_month(
    month: Month,
    rules: Rules,
    delivered: Delivered,
    *,
    runs: Sequence[EarlierRun],
    progress: Callable[[str], None],
) -> DecidedMonth:
    """Link what was delivered and decide everybody on the as-of date."""
    pack, schemas = rules.pack, rules.sources.schemas
    linked, problems, counts = link(
        delivered.folders(),
        schemas=schemas,
        roster=pack.roster,
        masks=lambda entry, table: pack.row_mask(entry, table, month.as_of),
        reading=reading_of(rules.sources, month.period.last_day),
        as_of=month.as_of,
        unkept=month.workspace.absent_registers,
        progress=lambda table: progress(f"linkage: {table}"),
    )
    progress("policy")
    decided = evaluate(pack, linked, month.as_of)
    inputs = input_rows(delivered, counts.linked)
    households = _sorted(with_leading(decided.households, HOUSEHOLD_SCHEMA), ("household_no",))
    found = (*delivered.problems(counts.linked), *problems)
    findings = finding_table(
        decided.findings,
        found,
        households=households,
        data_dates=data_dates(inputs),
        declaring=linked.households,
    )
    kept, silenced = silence(findings, read_verdicts(linked.false_alarms), runs)
    result = Result(
        persons=_sorted(with_leading(decided.persons, PERSON_SCHEMA), _PERSON_ORDER),
        households=households,
        findings=kept,
        inputs=inputs,
    )
    strangers = strangers_in_lists(delivered, rules.exports, result.persons)
    return DecidedMonth(month, pack, delivered, linked, result, silenced, strangers, found)


def _sorted(table: pa.Table, names: Sequence[str]) -> pa.Table:
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names])
    return table.take(order)


def data_dates(inputs: pa.Table) -> Mapping[tuple[str, str], date]:
    """The data date of every delivered sheet that says one."""
    return {
        (row["file"], row["sheet"] or ""): row["data_date"]
        for row in inputs.to_pylist()
        if row["file"] is not None and row["data_date"] is not None
    }


def _checks(pack: Pack) -> tuple[CheckInfo, ...]:
    return tuple(CheckInfo(item.code, item.name, item.direction.value) for item in pack.checks)


def _disabled(pack: Pack, delivered: Delivered, as_of: date) -> tuple[DisabledCheck, ...]:
    came = {name: delivered.delivery(name) is Delivery.DELIVERED for name in delivered.schemas}
    return tuple(DisabledCheck(code, name, reason) for code, name, reason in pack.disabled(came, as_of))


def _parameters(pack: Pack, as_of: date) -> tuple[ParameterUsed, ...]:
    return tuple(item for used in pack.parameters_on(as_of) for item in parameters_used(used))
