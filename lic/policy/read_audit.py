"""The section 抽查 of a pack: where newly confirmed households are found, who is visited anyway,
and what a visitor is told.

Knows how it is written; hands sampling its words as a value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lic.declare import Map, near_miss
from lic.model.audit import AuditRules, VisitForm
from lic.model.finding import Severity
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.declared import Declarations
from lic.policy.parameters import Parameter
from lic.policy.terms import Level


@dataclass(frozen=True, slots=True)
class _Names:
    """Reads names under keys and reports those that are not known."""

    body: Map

    def one(self, key: str, known: Collection[str] | None, code: str = "R012") -> str:
        name = self.body.text(key, required=True) or ""
        self._check(key, (name,) if name else (), known, code)
        return name

    def several(
        self, key: str, known: Collection[str] | None, code: str = "R012", *, required: bool = False
    ) -> tuple[str, ...]:
        names = self.body.texts(key, required=required)
        self._check(key, names, known, code)
        return names

    def _check(self, key: str, names: Collection[str], known: Collection[str] | None, code: str) -> None:
        for name in names:
            if known is not None and name not in known:
                self.body.entries[key].fail(code, name=name, suggestion=near_miss(name, known))


def read_audit(
    body: Map, out: Declarations, schemas: Mapping[str, TableSchema], parameters: Mapping[str, Parameter]
) -> AuditRules:
    """The section, with every name in it checked."""
    names = _Names(body)
    entries = {} if out.roster is None else {entry.name for entry in out.roster.entries}
    ledger = names.one(keys.LEDGER, schemas, "R043")
    schema = schemas.get(ledger)
    columns = None if schema is None else schema.columns
    words = None if schema is None else _words(schema, body)
    must = body.map(keys.MUST_VISIT)
    form = body.map(keys.VISIT_FORM)
    rules = AuditRules(
        rate=names.one(keys.RATE, parameters, "R045"),
        ledger=ledger,
        key=names.one(keys.KEY, columns),
        number=names.one(keys.NUMBER, columns),
        entry=names.one(keys.LEDGER_ENTRY, entries),
        result=names.one(keys.LEDGER_RESULT, columns),
        confirmed=names.several(keys.CONFIRMED, words, required=True),
        day=names.one(keys.DATE, columns),
        category=names.one(keys.CATEGORY, columns),
        register=names.one(keys.ON_REGISTER, entries),
        severities=() if must is None else _Names(must).several(keys.SEVERITY, [*Severity]),
        tables=() if must is None else _Names(must).several(keys.TABLE, schemas, "R043"),
        form=VisitForm() if form is None else _form(form, out, schemas),
    )
    if must is not None:
        must.finish()
    body.finish()
    return rules


def _words(schema: TableSchema, body: Map) -> Collection[str] | None:
    """The words that the ledger's result may be."""
    node = body.entries.get(keys.LEDGER_RESULT)
    column = schema.columns.get(getattr(node, "value", ""))
    return None if column is None else column.words or None


def _form(body: Map, out: Declarations, schemas: Mapping[str, TableSchema]) -> VisitForm:
    names = _Names(body)
    entries = () if out.roster is None else out.roster.entries
    tables = [name for entry in entries for name in (entry.household_table, entry.person_table) if name]
    declared = {name for table in tables if table in schemas for name in schemas[table].columns}
    found = {
        level: None if level not in out.outputs else [item.value for item in out.outputs[level].columns]
        for level in (Level.HOUSEHOLD, Level.PERSON)
    }
    form = VisitForm(
        declared_household=names.several(keys.DECLARED_HOUSEHOLD, declared),
        declared_person=names.several(keys.DECLARED_PERSON, declared),
        found_household=names.several(keys.FOUND_HOUSEHOLD, found[Level.HOUSEHOLD]),
        found_person=names.several(keys.FOUND_PERSON, found[Level.PERSON]),
        to_see=names.several(keys.TO_SEE, None),
    )
    body.finish()
    return form
