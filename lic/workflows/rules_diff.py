"""Two packs compared, and a run's evidence decided under both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from lic.errors import UsageError
from lic.messages.base import mask
from lic.model.linked import Linked, LinkedTable
from lic.model.rulebook import ItemKind, Weight
from lic.model.rulechange import Change, CheckMoved, Moved, Replay, RuleDiff
from lic.model.table import ARROW_TYPES, Column, TableSchema
from lic.policy.empty import row_schema
from lic.policy.evaluate import Decided, evaluate
from lic.policy.pack import Pack
from lic.policy.program import Program
from lic.policy.terms import Level
from lic.runs.evidence import RULES
from lic.runs.read import open_run, read_evidence
from lic.workflows.load_rules import rules_of_run
from lic.workflows.open_rules import Opened, open_rules, with_values
from lic.workflows.rule_changes import compare
from lic.workflows.rulebook import rulebook_of


def diff_rules(
    old: Path, new: Path, *, run: Path | None, as_of: str | None, progress: Callable[[str], None]
) -> RuleDiff:
    """Compare two packs (pack, workspace or run folders); with ``run`` also whom the change moves."""
    progress("rules")
    one, other, lent = _with_lent_values(open_rules(old, around=False), open_rules(new, around=False), run)
    day = as_of or max(one.day(None), other.day(None)).isoformat()
    changes = compare(rulebook_of(one, day), rulebook_of(other, day))
    replay = None if run is None else _replayed(run, one, other, changes, progress=progress)
    return RuleDiff(str(old), str(new), changes, replay, lent)


def _with_lent_values(one: Opened, other: Opened, run: Path | None) -> tuple[Opened, Opened, str]:
    """A pack without ``lic.yaml`` is read with the other side's values, or those of the run.

    Otherwise every local parameter would seem to have been taken away.
    """
    kept = None if run is None else run / RULES
    values = one.values or other.values or kept
    if values is None or (one.values is not None and other.values is not None):
        return one, other, ""
    if one.values is None:
        one = with_values(one, values)
    if other.values is None:
        other = with_values(other, values)
    return one, other, str(values)


def _replayed(
    folder: Path, old: Opened, new: Opened, changes: Sequence[Change], *, progress: Callable[[str], None]
) -> Replay:
    progress("evidence")
    run = open_run(folder)
    linked = read_evidence(run)
    own = rules_of_run(run).pack
    as_of = date.fromisoformat(run.manifest.as_of)
    decided, not_kept = [], set()
    for opened in (old, new):
        pack = opened.rules.pack
        if _entries(pack) != _entries(own):
            raise UsageError("W145", rules=opened.pack, run=folder)
        fitted, lacking = fit(linked, pack, own.program.schemas)
        not_kept |= lacking
        progress("policy")
        decided.append(evaluate(pack, fitted, as_of))
    read_otherwise = {
        f"{change.name} {change.what}".strip()
        for change in changes
        if change.item in (ItemKind.TABLE, ItemKind.READING) and change.weight is Weight.RULE
    }
    return Replay(
        run=str(folder),
        as_of=run.manifest.as_of,
        persons=linked.persons.num_rows,
        households=linked.households.num_rows,
        moved_persons=_moved(decided[0].persons, decided[1].persons),
        moved_households=_moved(decided[0].households, decided[1].households),
        checks=_checks(*decided),
        not_kept=tuple(sorted(not_kept)),
        reading_changed=tuple(sorted(read_otherwise)),
    )


def _entries(pack: Pack) -> list[object]:
    """What decides who is on the roster and under which number."""
    return [replace(entry, fill={}) for entry in pack.roster.entries]


def fit(linked: Linked, pack: Pack, kept_by: Mapping[str, TableSchema]) -> tuple[Linked, set[str]]:
    """A run's evidence as ``pack`` expects it, and which inputs the pack uses that the run did not keep.

    A table that the run did not keep counts as not delivered, a column as absent from its
    sheets. ``kept_by``: the tables as the run declared them; what it knew, it kept where it is
    needed, be it here or with the roster.
    """
    program = pack.program
    used = _inputs_used(program)
    lacking: set[str] = set()
    tables: dict[str, LinkedTable] = {}
    for name, schema in program.schemas.items():
        kept = linked.tables.get(name)
        if kept is None:
            empty = row_schema(schema).append(pa.field("_raw", pa.string())).empty_table()
            tables[name] = LinkedTable(name, delivered=False, rows=empty)
            lacking |= {name} & used
            continue
        known = kept_by[name].columns if name in kept_by else {}
        rows, absent = _with_columns(kept.rows, schema.columns, known)
        lacking |= {f"{name}.{column}" for column in absent} & used
        tables[name] = replace(kept, rows=rows, present=tuple(seen - absent for seen in kept.present))
    persons, no_person = _own(linked.persons, program, Level.PERSON)
    households, no_household = _own(linked.households, program, Level.HOUSEHOLD)
    own = {*program.fact_of_column}
    lacking |= {column for column in no_person if (Level.PERSON, column) in own}
    lacking |= {column for column in no_household if (Level.HOUSEHOLD, column) in own}
    fitted = replace(
        linked,
        persons=persons,
        households=households,
        tables=tables,
        person_present=tuple(seen - no_person for seen in linked.person_present),
        household_present=tuple(seen - no_household for seen in linked.household_present),
    )
    return fitted, lacking


def _inputs_used(program: Program) -> set[str]:
    """Tables and ``table.column`` that some fact or check looks at."""
    tables = {table for fact in program.facts.values() for table in fact.tables}
    tables |= {table for item in program.checks for table in item.tables}
    tables |= {item.check.table.value for item in program.checks if item.check.table is not None}
    return tables | program.inputs


def _with_columns(
    rows: pa.Table, columns: Mapping[str, Column], known: Mapping[str, Column]
) -> tuple[pa.Table, frozenset[str]]:
    """``rows`` with every one of ``columns``; what had to be made up, empty, is named."""
    absent = set()
    for name, column in columns.items():
        wanted = ARROW_TYPES[column.type]
        same = name in known and ARROW_TYPES[known[name].type] == wanted
        at = rows.schema.get_field_index(name)
        if same or (at >= 0 and rows.schema.field(at).type == wanted):
            continue
        absent.add(name)
        rows = rows.drop_columns([name]) if at >= 0 else rows
        rows = rows.append_column(name, pa.nulls(rows.num_rows, wanted))
    return rows, frozenset(absent)


def _own(rows: pa.Table, program: Program, level: Level) -> tuple[pa.Table, frozenset[str]]:
    """The roster's rows with every column that its tables declare."""
    names = program.own_column_names(level)
    if level is Level.PERSON:
        names -= _LINKED
    columns = {name: column for name in sorted(names) if (column := program.own_column(level, name))}
    return _with_columns(rows, columns, {})


_LINKED = frozenset({"hid", "id_number", "name", "relation", "town", "village"})


def _moved(old: pa.Table, new: pa.Table) -> tuple[Moved, ...]:
    """Whose category or status differs; both tables are in the order of the same roster."""
    names = [
        name
        for name in ("household_no", "id_number", "name", "head_name", "town", "category", "status", "reason")
        if name in new.column_names
    ]
    pairs = zip(old.select(names).to_pylist(), new.select(names).to_pylist(), strict=True)
    return tuple(
        Moved(
            household_no=after["household_no"],
            id_number=None if "id_number" not in after else mask(after["id_number"] or ""),
            name=after.get("name", after.get("head_name")),
            town=after["town"],
            old=outcome(before),
            new=outcome(after),
            reason=after["reason"] or "",
        )
        for before, after in pairs
        if outcome(before) != outcome(after)
    )


def outcome(row: dict[str, Any]) -> str:
    """The category, else the status."""
    return str(row["category"] or row["status"])


def _checks(old: Decided, new: Decided) -> tuple[CheckMoved, ...]:
    counts = [Counter(item.findings.column("code").to_pylist()) for item in (old, new)]
    return tuple(
        CheckMoved(code, counts[0][code], counts[1][code])
        for code in sorted({*counts[0], *counts[1]})
        if counts[0][code] != counts[1][code]
    )


def moves(found: Sequence[Moved]) -> tuple[tuple[str, str, int], ...]:
    """From which outcome to which, and how many."""
    counted = Counter((item.old, item.new) for item in found)
    return tuple((old, new, count) for (old, new), count in sorted(counted.items()))


def diff_json(diff: RuleDiff) -> dict[str, Any]:
    """The comparison for programs."""
    replay = diff.replay
    return {
        "old": diff.old,
        "new": diff.new,
        "differs": diff.differs,
        "values_of": diff.values_of or None,
        "changes": [change.to_json() for change in diff.changes],
        "replay": None
        if replay is None
        else {
            "run": replay.run,
            "as_of": replay.as_of,
            "persons": replay.persons,
            "households": replay.households,
            "not_kept": list(replay.not_kept),
            "reading_changed": list(replay.reading_changed),
            "moves": {
                "persons": [_move_json(item) for item in moves(replay.moved_persons)],
                "households": [_move_json(item) for item in moves(replay.moved_households)],
            },
            "moved_persons": [_moved_json(item) for item in replay.moved_persons],
            "moved_households": [_moved_json(item) for item in replay.moved_households],
            "checks": [{"code": item.code, "old": item.old, "new": item.new} for item in replay.checks],
        },
    }


def _move_json(move: tuple[str, str, int]) -> dict[str, Any]:
    return {"old": move[0], "new": move[1], "count": move[2]}


def _moved_json(item: Moved) -> dict[str, Any]:
    return {
        "household_no": item.household_no,
        "id_number": item.id_number,
        "name": item.name,
        "town": item.town,
        "old": item.old,
        "new": item.new,
        "reason": item.reason,
    }
