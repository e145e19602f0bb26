"""Errors that an audit found, into the workspace's table of verified values, each once.

Knows the store of ``lic feedback``. The next month reads what is kept here; nothing of the bundle
or of the run is changed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from lic.errors import UsageError
from lic.model.audit import AUDIT_ITEM, ERROR_KINDS, Visit, VisitResult
from lic.model.roster import CorrectionTable
from lic.reports import labels_audit as said
from lic.runs.read import Run
from lic.sampling.verify import Recomputed
from lic.workflows.audit_results import Returned
from lic.workflows.feedback_store import Verdict, feedback_folder, keep, read_kept
from lic.workflows.load_rules import Rules
from lic.workflows.workspace import find_workspace


def keep_errors(
    found: Recomputed, returned: Returned, run: Run | None, rules: Rules | None
) -> tuple[Path | None, int, int]:
    """Add every error that is not kept yet: the file, how many, and how many were known."""
    spec = None if rules is None else rules.pack.roster.correction
    if run is None or rules is None or spec is None:
        return None, 0, 0
    try:
        store = feedback_folder(find_workspace(run.folder) / "runs", spec)
    except UsageError:
        return None, 0, 0
    persons = run.result.persons.select(["household_no", "id_number"]).to_pylist()
    members = {(row["household_no"], row["id_number"]) for row in persons if row["id_number"]}
    columns = _columns(rules)
    reference = said.REFERENCE.format(period=found.origin.period, entry=len(found.register))
    errors = [
        visit
        for number, visit in returned.visits.items()
        if visit.result in ERROR_KINDS and number not in returned.incomplete
    ]
    verdicts = [
        _verdict(visit, spec, members, columns, reference)
        for visit in sorted(errors, key=lambda visit: visit.household_no)
    ]
    known = {(item.verdict.subject, item.verdict.value) for item in read_kept(store, spec)}
    new = [item for item in verdicts if (item.subject, item.value) not in known]
    path = keep(store, spec, found.origin.period, new) if new else None
    return path, len(new), len(verdicts) - len(new)


def _columns(rules: Rules) -> tuple[frozenset[str], frozenset[str]]:
    """Columns of persons and of households that a verified value may replace."""
    roster, schemas = rules.pack.roster, rules.sources.schemas
    entries = [entry for entry in roster.entries if entry.household_table is not None]
    persons = {name for entry in entries for name in schemas[entry.person_table].columns}
    households = {name for entry in entries for name in schemas[entry.household_table or ""].columns}
    return frozenset(persons), frozenset(households)


def _verdict(
    visit: Visit,
    spec: CorrectionTable,
    members: Collection[tuple[str, str | None]],
    columns: tuple[frozenset[str], frozenset[str]],
    reference: str,
) -> Verdict:
    """An error as a row of verified values.

    A wrong value of a column that is declared replaces it from the next month on; everything else
    is put on record under an item of its own, which replaces nothing.
    """
    persons, households = columns
    member = visit.person if (visit.household_no, visit.person) in members else None
    item, value = f"{AUDIT_ITEM}{visit.result.value}", visit.category or ""
    if visit.result is VisitResult.WRONG_DATA:
        named, value = visit.item or "", visit.value or ""
        if named in (households if member is None else persons):
            item = named
        else:
            value = said.ITEM_VALUE.format(name=named, value=value)
    return Verdict(
        household_no=visit.household_no,
        id_number=member,
        code=item,
        value=value,
        verdict=spec.accepted[0],
        day=visit.day or date.min,
        by=visit.visitor or "",
        reference=reference,
    )
