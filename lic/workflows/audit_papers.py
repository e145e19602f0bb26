"""What a run knows about the households of a sample, as texts for the visit book.

Knows the run's tables, its evidence and the pack's list of what to print. Decides nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.audit import AuditRules, Draw, DrawnHousehold, VisitForm
from lic.model.finding import Scope
from lic.model.linked import Linked
from lic.model.table import ColumnType, TableSchema
from lic.policy.keys import LOWER, UPPER
from lic.policy.pack import Pack
from lic.reports import labels
from lic.reports import labels_audit as said
from lic.reports.visit_paper import Compared, Member, VisitPaper
from lic.runs.read import Run, read_evidence, read_ledger

_FEN = 100


def papers_of(
    run: Run, pack: Pack, rules: AuditRules, schemas: Mapping[str, TableSchema], draw: Draw
) -> tuple[VisitPaper, ...]:
    """One paper per household, in the order of the sample."""
    known = _Known(run, pack, rules, schemas, [item.household.household_no for item in _all(draw)])
    return tuple(known.paper(item) for item in _all(draw))


def _all(draw: Draw) -> tuple[DrawnHousehold, ...]:
    return (*draw.random, *draw.on_top)


class _Known:
    """Everything about the wanted households, read once."""

    def __init__(
        self,
        run: Run,
        pack: Pack,
        rules: AuditRules,
        schemas: Mapping[str, TableSchema],
        wanted: Sequence[str],
    ) -> None:
        names = pa.array(wanted, pa.string())
        result, linked = run.result, read_evidence(run)
        self.form = rules.form
        self.types = _types(pack, schemas)
        self.households = {row["household_no"]: row for row in _rows(result.households, names)}
        self.persons = _grouped(_rows(result.persons, names))
        checks = {item.code for item in run.manifest.checks}
        self.findings = _grouped(row for row in _rows(result.findings, names) if row["code"] in checks)
        self.declared, self.declared_persons = _declared(linked, names, rules.form)
        self.heads = _ledger_heads(run, pack, rules)

    def paper(self, item: DrawnHousehold) -> VisitPaper:
        mine = item.household
        number = mine.household_no
        row = self.households.get(number)
        head, head_id = (
            self.heads.get(number, ("", "")) if row is None else (row["head_name"], row["head_id"])
        )
        return VisitPaper(
            household_no=number,
            head=head or "",
            head_id=head_id or "",
            town=mine.town,
            village=mine.village,
            category=mine.category,
            persons=mine.persons,
            part=said.PARTS[item.part.value],
            certainty=item.certainty or "",
            reason="" if row is None else row["reason"] or "",
            known=row is not None,
            members=tuple(self._member(person) for person in self.persons[number]),
            facts=() if row is None else self._facts(number, row),
            findings=_findings(self.findings[number]),
        )

    def _member(self, person: Mapping[str, Any]) -> Member:
        declared = self.declared_persons.get(_key(person), {})
        return Member(
            person["name"] or "",
            person["relation"] or "",
            person["id_number"] or "",
            self._items(self.form.declared_person, lambda name: self._declared(declared, name)),
            self._items(self.form.found_person, lambda name: _found(person, name)),
        )

    def _items(self, names: Iterable[str], text: Any) -> str:
        pairs = ((name, text(name)) for name in names)
        written = [said.ITEM_VALUE.format(name=name, value=value) for name, value in pairs if value]
        return said.ITEMS.join(written) or said.NOT_KNOWN

    def _facts(self, number: str, row: Mapping[str, Any]) -> tuple[Compared, ...]:
        declared = self.declared.get(number, {})
        names = dict.fromkeys([*self.form.declared_household, *self.form.found_household])
        pairs = (
            (
                name,
                self._declared(declared, name) if name in self.form.declared_household else "",
                _found(row, name) if name in self.form.found_household else "",
            )
            for name in names
        )
        return tuple(
            Compared(name, was or said.NOT_KNOWN, now or said.NOT_KNOWN)
            for name, was, now in pairs
            if was or now
        )

    def _declared(self, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name)
        if value is None:
            return ""
        if self.types.get(name) is ColumnType.MONEY:
            return _money(Decimal(value) / _FEN)
        return _text(value)


def _rows(table: pa.Table, wanted: pa.Array) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table.column("household_no"), wanted)).to_pylist()
    return rows


def _grouped(rows: Iterable[dict[str, Any]]) -> defaultdict[str, list[dict[str, Any]]]:
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["household_no"]].append(row)
    return groups


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Compared, ...]:
    """Findings, each once: those that say the same of several persons name them all."""
    names: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        key = (row["message"] or "", row["expected"] or "", row["actual"] or "")
        who = row["name"] if row["scope"] != Scope.HOUSEHOLD.value else None
        names.setdefault(key, []).extend([who] if who else [])
    return tuple(
        Compared(
            said.ABOUT.format(names=labels.LIST_SEPARATOR.join(dict.fromkeys(who)), message=message)
            if who
            else message,
            expected or said.NOT_KNOWN,
            actual or said.NOT_KNOWN,
        )
        for (message, expected, actual), who in names.items()
    )


def _types(pack: Pack, schemas: Mapping[str, TableSchema]) -> dict[str, ColumnType]:
    """The type of each column that a household or person may declare."""
    found: dict[str, ColumnType] = {}
    for entry in pack.roster.entries:
        for table in (entry.household_table, entry.person_table):
            schema = None if table is None else schemas.get(table)
            for name, column in () if schema is None else schema.columns.items():
                found.setdefault(name, column.type)
    return found


def _key(person: Mapping[str, Any]) -> tuple[str, str]:
    return person["household_no"], person["id_number"] or person["name"] or ""


def _declared(
    linked: Linked, wanted: pa.Array, form: VisitForm
) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], dict[str, Any]]]:
    """What the households and their members declared, as it was linked."""
    numbers = linked.households.column("household_no")
    columns = [name for name in form.declared_household if name in linked.households.column_names]
    table = linked.households.select(["household_no", *columns])
    households = {row["household_no"]: row for row in _rows(table, wanted)}
    columns = [name for name in form.declared_person if name in linked.persons.column_names]
    persons = linked.persons.select(["id_number", "name", *columns])
    persons = persons.append_column("household_no", numbers.take(linked.persons.column("hid")))
    return households, {_key(row): row for row in _rows(persons, wanted)}


def _ledger_heads(run: Run, pack: Pack, rules: AuditRules) -> dict[str, tuple[str, str]]:
    """Name and number of the head as the ledger has them, for households that the run does not decide."""
    ledger = read_ledger(run)
    if ledger is None:
        return {}
    prefix = next(entry.prefix for entry in pack.roster.entries if entry.name == rules.entry)
    names = (rules.key, pack.roster.head_name_column, rules.number)
    rows = ledger.select([name for name in names if name in ledger.column_names]).to_pylist()
    return {
        prefix + row[rules.key]: (row.get(pack.roster.head_name_column) or "", row[rules.number] or "")
        for row in rows
        if row[rules.key] is not None
    }


def _found(row: Mapping[str, Any], name: str) -> str:
    """A fact of the result: its value, what bounds it, or that it is not known."""
    if name not in row:
        return ""
    if row[name] is not None:
        return _text(row[name])
    low, high = row.get(name + LOWER), row.get(name + UPPER)
    if low is None and high is None:
        return said.UNKNOWN
    if high is None:
        return said.AT_LEAST.format(low=_text(low))
    return said.BETWEEN.format(low=_text(low or 0), high=_text(high))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return labels.YES if value else labels.NO
    if isinstance(value, Decimal):
        return _money(value)
    if isinstance(value, list):
        return labels.LIST_SEPARATOR.join(str(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _money(amount: Decimal) -> str:
    return said.MONEY.format(amount=f"{amount:,.2f}")
