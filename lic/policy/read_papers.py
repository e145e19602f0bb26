"""家庭核对报告 and 会议表: which columns and facts are printed on the county's own papers.

Knows how they are written, and that every name in them must be one of the sources or of the result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lic.declare import Map, Node, near_miss, read_map, read_texts
from lic.model.papers import Authorisation, EconomyRules, PaperRules
from lic.model.table import TableSchema
from lic.policy import keys
from lic.policy.declared import Declarations
from lic.policy.read import Reader
from lic.policy.terms import Level


def read_papers(reader: Reader, schemas: Mapping[str, TableSchema]) -> PaperRules:
    """Both sections, each name checked."""
    body = read_map(_single(reader, keys.ECONOMY))
    meeting = _single(reader, keys.MEETING)
    names = () if meeting is None else read_texts(meeting)
    _known(names, _facts(reader.out, Level.HOUSEHOLD), meeting)
    return PaperRules(None if body is None else _economy(body, reader.out, schemas), names)


def _single(reader: Reader, section: str) -> Node | None:
    nodes = reader.sections.get(section, [])
    return nodes[0] if nodes else None


def _economy(body: Map, out: Declarations, schemas: Mapping[str, TableSchema]) -> EconomyRules:
    declared = _declared(out, schemas)

    def names(key: str, known: Collection[str] | None) -> tuple[str, ...]:
        found = body.texts(key)
        _known(found, known, body.entries.get(key))
        return found

    consent = body.map(keys.CONSENT)
    tables = body.map(keys.COMPARED, required=True)
    rules = EconomyRules(
        authorisation=None if consent is None else _authorisation(consent, schemas),
        declared_household=names(keys.DECLARED_HOUSEHOLD, declared),
        declared_person=names(keys.DECLARED_PERSON, declared),
        found_household=names(keys.FOUND_HOUSEHOLD, _facts(out, Level.HOUSEHOLD)),
        found_person=names(keys.FOUND_PERSON, _facts(out, Level.PERSON)),
        tables={} if tables is None else _tables(tables, schemas),
    )
    body.finish()
    return rules


def _authorisation(body: Map, schemas: Mapping[str, TableSchema]) -> Authorisation:
    table = body.text(keys.TABLE, required=True) or ""
    schema = schemas.get(table)
    if schema is None and table:
        body.entries[keys.TABLE].fail("R043", name=table, suggestion=near_miss(table, schemas))
    day, until = body.text(keys.DATE, required=True) or "", body.text(keys.CONSENT_UNTIL)
    for key, name in ((keys.DATE, day), (keys.CONSENT_UNTIL, until)):
        if schema is not None and name:
            _known((name,), schema.columns, body.entries.get(key))
    body.finish()
    return Authorisation(table, day, until)


def _tables(body: Map, schemas: Mapping[str, TableSchema]) -> dict[str, tuple[str, ...]]:
    found = {}
    for key, node in body.pairs():
        schema = schemas.get(key.value)
        if schema is None:
            key.fail("R043", name=key.value, suggestion=near_miss(key.value, schemas))
            continue
        columns = read_texts(node)
        _known(columns, schema.columns, node)
        found[key.value] = columns
    return found


def _declared(out: Declarations, schemas: Mapping[str, TableSchema]) -> Collection[str]:
    """The columns of the roster's own tables."""
    entries = () if out.roster is None else out.roster.entries
    tables = [name for entry in entries for name in (entry.household_table, entry.person_table) if name]
    return {name for table in tables if table in schemas for name in schemas[table].columns}


def _facts(out: Declarations, level: Level) -> Collection[str] | None:
    """The facts that the result shows; None when the pack has no result to check against."""
    output = out.outputs.get(level)
    return None if output is None else [item.value for item in output.columns]


def _known(names: Collection[str], known: Collection[str] | None, place: Node | None) -> None:
    for name in names:
        if known is not None and place is not None and name not in known:
            place.fail("R012", name=name, suggestion=near_miss(name, known))
