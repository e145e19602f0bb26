"""The section 抽查 of a pack: where newly confirmed households are found, and who is visited anyway.

Knows how it is written; hands sampling its words as a value.
"""

from __future__ import annotations

from collections.abc import Mapping

from lic.declare import Map, near_miss
from lic.model.audit import AuditRules
from lic.model.roster import Roster
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.parameters import Parameter


def read_audit(
    body: Map, roster: Roster, schemas: Mapping[str, TableSchema], parameters: Mapping[str, Parameter]
) -> AuditRules:
    """The section, with every name in it checked."""

    def word(key: str, known: Mapping[str, object] | None = None, code: str = "R043") -> str:
        name = body.text(key, required=True) or ""
        if known is not None and name and name not in known:
            body.entries[key].fail(code, name=name, suggestion=near_miss(name, known))
        return name

    entries = {entry.name: entry for entry in roster.entries}
    ledger = word(keys.LEDGER, schemas)
    columns = schemas[ledger].columns if ledger in schemas else None
    must = body.map(keys.MUST_VISIT)
    rules = AuditRules(
        rate=word(keys.RATE, parameters, "R045"),
        ledger=ledger,
        key=word(keys.KEY, columns, "R012"),
        number=word(keys.NUMBER, columns, "R012"),
        entry=word(keys.LEDGER_ENTRY, entries, "R012"),
        result=word(keys.LEDGER_RESULT, columns, "R012"),
        confirmed=body.texts(keys.CONFIRMED, required=True),
        day=word(keys.DATE, columns, "R012"),
        category=word(keys.CATEGORY, columns, "R012"),
        register=word(keys.ON_REGISTER, entries, "R012"),
        severities=() if must is None else must.texts(keys.SEVERITY),
        checks=() if must is None else must.texts(keys.CHECKS),
    )
    if must is not None:
        must.finish()
    body.finish()
    return rules
