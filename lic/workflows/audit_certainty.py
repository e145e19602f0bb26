"""Who is visited whatever the draw says: named in a file, found by the pack's rule, or in doubt.

Knows lists of household or ID numbers and the run's findings and rows. A case says nothing about
the rest and never counts toward the rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lic.errors import InputError
from lic.messages import CATALOGUE
from lic.model.audit import AuditRules, Certainty, Frame, FrameHousehold
from lic.policy.pack import Pack
from lic.reports import labels
from lic.reports import labels_audit as said
from lic.runs.read import Run, read_evidence
from lic.sources.delimited import read_delimited
from lic.sources.forms import UnreadableForm, read_form
from lic.sources.grid import Grid
from lic.sources.unsafe import Unsafe
from lic.values.read import cell_text
from lic.values.text import squeeze
from lic.workflows.audit_frame import household_rows

AUTO = "auto"
_TEXT_FILES = (".csv", ".txt")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Cases:
    """Certainty cases, by household number; those outside the frame with what the draw must know."""

    certainty: tuple[Certainty, ...]
    others: Mapping[str, FrameHousehold]


def certainty_of(run: Run, pack: Pack, rules: AuditRules, frame: Frame, risk: str | None) -> Cases:
    """Doubtful rows always; then what ``risk`` names: ``auto`` or the path of a list."""
    known = household_rows(run)
    reasons: dict[str, list[str]] = {}
    for number in frame.doubtful:
        reasons.setdefault(number, []).append(said.DOUBTFUL)
    if risk == AUTO:
        mine = {item.household_no for item in frame.households}
        for number, reason in _by_rule(run, rules):
            if number in mine:
                reasons.setdefault(number, []).append(reason)
    elif risk is not None:
        heads = {no: row["household_no"] for no, row in _members(run).items()}
        frame_numbers = {item.household_no for item in frame.households}
        listed = _from_file(Path(risk), {*known, *frame_numbers}, heads, pack.roster.number_column)
        for number, reason in listed:
            reasons.setdefault(number, []).append(reason)
    inside = {item.household_no for item in frame.households}
    others = {}
    for number in sorted(set(reasons) - inside):
        row = known.get(number)
        others[number] = FrameHousehold(
            number,
            "" if row is None else row["town"] or "",
            "" if row is None else row["village"] or "",
            "" if row is None else row["category"] or "",
            1 if row is None else row["members"],
        )
    separator = labels.FETCH_SEPARATOR
    return Cases(
        tuple(
            Certainty(number, separator.join(dict.fromkeys(found)))
            for number, found in sorted(reasons.items())
        ),
        others,
    )


def _members(run: Run) -> dict[str, dict[str, str]]:
    rows = run.result.persons.select(["id_number", "household_no"]).to_pylist()
    return {row["id_number"]: row for row in rows if row["id_number"] is not None}


def _by_rule(run: Run, rules: AuditRules) -> Iterable[tuple[str, str]]:
    """Households with a finding of the pack's severities, or with a member in one of its tables."""
    names = {item.code: item.name for item in run.manifest.checks}
    rows = run.result.findings.select(["code", "severity", "household_no"]).to_pylist()
    found = {
        (row["household_no"], said.HAS_FINDING.format(code=row["code"], name=names[row["code"]]))
        for row in rows
        if row["severity"] in rules.severities and row["household_no"] and row["code"] in names
    }
    linked = read_evidence(run)
    numbers = linked.households.column("household_no").to_pylist()
    for table in rules.tables:
        part = linked.tables.get(table)
        hids = [] if part is None else part.rows.column("hid").to_pylist()
        found |= {(numbers[hid], said.IN_TABLE.format(table=table)) for hid in hids if hid is not None}
    return sorted(found)


def _from_file(
    path: Path, known: Iterable[str], heads: Mapping[str, str], id_column: str
) -> list[tuple[str, str]]:
    """Number and reason of every line. Raises InputError W640 to W642 for what cannot be used."""
    households = set(known)
    found: list[tuple[str, str]] = []
    strangers: list[str] = []
    lists = 0
    for grid in _grids(path):
        header = _header(grid, id_column)
        if header is None:
            continue
        lists += 1
        line, columns = header
        for index, row in list(enumerate(grid.rows))[line + 1 :]:
            cells = {
                name: squeeze(cell_text(row[at])) if at < len(row) else "" for name, at in columns.items()
            }
            number, identity = cells.get(labels.HOUSEHOLD_NO, ""), cells.get(id_column, "").upper()
            if not number and not identity:
                continue
            number = number if number in households else heads.get(identity, "")
            if number:
                found.append((number, cells.get(labels.WHY, "") or said.NAMED_IN_FILE))
            else:
                strangers.append(said.LINE.format(sheet=grid.name, row=grid.number(index)).strip())
    if not lists:
        raise InputError("W641", file=path.name, id=id_column)
    if strangers:
        shown = labels.LIST_SEPARATOR.join(strangers[:_MOST_NAMED])
        raise InputError("W642", file=path.name, count=len(strangers), places=shown)
    return found


def _grids(path: Path) -> Sequence[Grid]:
    try:
        if path.suffix.lower() in _TEXT_FILES:
            return [read_delimited(path.read_bytes(), (labels.HOUSEHOLD_NO,), ())]
        return read_form(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("W640", file=path.name, reason=reason) from error
    except Unsafe as error:
        raise InputError("W640", file=path.name, reason=CATALOGUE[error.code].title) from error
    except UnreadableForm as error:
        raise InputError("W640", file=path.name, reason=CATALOGUE[error.code].title) from error


def _header(grid: Grid, id_column: str) -> tuple[int, dict[str, int]] | None:
    wanted = (labels.HOUSEHOLD_NO, id_column, labels.WHY)
    for number, row in enumerate(grid.rows):
        columns = {squeeze(cell_text(cell)): index for index, cell in reversed(list(enumerate(row)))}
        if labels.HOUSEHOLD_NO in columns or id_column in columns:
            return number, {name: columns[name] for name in wanted if name in columns}
    return None
