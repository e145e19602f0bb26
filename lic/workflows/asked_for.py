"""Whom a clerk asks about: a household number or an ID number as typed, found in a run.

Knows near misses and where somebody who is in no household was seen. Refuses to explain.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow.compute as pc

from lic.declare import near_miss
from lic.errors import UsageError
from lic.model.event import LinkEvent
from lic.model.linked import Linked
from lic.model.workspace import Workspace
from lic.reports import labels_explain as labels
from lic.runs.read import Run
from lic.sources.sightings import sightings
from lic.values.idnumber import read_id
from lic.values.text import clean
from lic.workflows.workspace import find_workspace

_NEAR = 5  # household numbers that are offered


def find_asked(run: Run, linked: Linked, asked: str) -> tuple[str, str | None]:
    """The household number, and the person's number when a person was asked for.

    Raises UsageError: W150 no such household, W151 a person who is in none, W156 a household
    whose members are all counted elsewhere.
    """
    text = clean(asked).strip()
    households = run.result.households.column("household_no").to_pylist()
    folded = {number.upper(): number for number in households}
    if text.upper() in folded:
        return folded[text.upper()], None
    number = read_id(text, date.max).value
    persons = run.result.persons
    if number is not None:
        found = persons.filter(pc.equal(persons.column("id_number"), number)).column("household_no")
        if len(found):
            return str(found[0].as_py()), number
    where = [f"{row['name']} → {row['household_no']}" for row in counted_elsewhere(linked, text)]
    if where:
        raise UsageError("W156", asked=text, where="、".join(where))
    if number is not None:
        raise _nowhere(run, number)
    raise UsageError("W150", asked=text, near=_near(text, households))


def _nowhere(run: Run, number: str) -> UsageError:
    """Nobody of the roster; where he was seen all the same is said beside it."""
    error = UsageError("W151", asked=number)
    findings = run.result.findings
    for row in findings.filter(pc.equal(findings.column("id_number"), number)).to_pylist():
        place = labels.ROW_OF.format(file=row["file"], row=row["row"]) if row["file"] else row["source"]
        error.add_note(f"{labels.SEEN} {place}：{row['code']} {row['message']}")
    for place in _seen(run, number):
        error.add_note(f"{labels.SEEN} {place}")
    return error


def _seen(run: Run, number: str) -> list[str]:
    """Rows of this run's sheets that bear the number, from what the workspace still keeps of them."""
    try:
        root = find_workspace(run.folder)
    except UsageError:
        return []
    files = {
        (item.table, item.sheet, item.rows_read, item.accepted): item.file for item in run.manifest.sheets
    }
    found = set()
    for item in sightings(Workspace(root, run.manifest.county).cache, number):
        file = files.get((item.table, item.sheet, item.rows_read, item.accepted))
        if file is not None:
            found.add(labels.SEEN_ROW.format(table=item.table, file=file, row=item.row))
    return sorted(found)


def _near(text: str, households: list[str]) -> str:
    """Household numbers that end like what was typed, or are spelled almost like it."""
    tail = [number for number in households if text and number.upper().endswith(text.upper())]
    head = [number for number in households if number.startswith(text[:-1]) and len(text) > _NEAR]
    guess = near_miss(text, households[:5000])
    offered = list(dict.fromkeys([*tail, *([guess] if guess else []), *head]))[:_NEAR]
    return "、".join(offered) or labels.EMPTY


def counted_elsewhere(linked: Linked, household_no: str) -> list[dict[str, Any]]:
    """The members of a household who are counted in another one."""
    if not linked.events.num_rows:
        return []
    rows = linked.events.filter(pc.equal(linked.events.column("kind"), LinkEvent.TWO_HOUSEHOLDS.value))
    return [row for row in rows.to_pylist() if str(row["actual"]).split(" (")[0] == household_no]
