"""The entry sheets of other systems that a pack declares, checked against the pack itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lic.declare import Map, near_miss
from lic.errors import ProblemLog
from lic.model.export import ExportTemplate
from lic.model.result import HOUSEHOLD_SCHEMA, PERSON_SCHEMA
from lic.model.table import TableSchema
from lic.model.workspace import FORMS
from lic.policy.declared import TagList
from lic.policy.pack import Pack
from lic.policy.terms import Level
from lic.reports.export_declared import Nameable, read_exports

_FIXED = frozenset((*PERSON_SCHEMA.names, *HOUSEHOLD_SCHEMA.names))


def exports_of(
    folder: Path, pack: Pack, schemas: Mapping[str, TableSchema], config: Map | None, log: ProblemLog
) -> tuple[ExportTemplate, ...]:
    """Every declared entry sheet; problems, also those of 平台模板 in ``lic.yaml``, are logged."""
    found = read_exports(folder, nameable_of(pack, schemas), log)
    _check_forms(config, {template.file for template in found})
    return found


def nameable_of(pack: Pack, schemas: Mapping[str, TableSchema]) -> Nameable:
    """What an entry sheet may name: tables, categories, tags and facts of the result."""
    outputs = pack.program.declarations.outputs
    facts = {node.value for level in Level if level in outputs for node in outputs[level].columns}
    tags = {tag for item in outputs.values() if item.tags is not None for tag in _tags(pack, item.tags.value)}
    return Nameable(schemas, pack.roster.categories, tuple(sorted(tags)), frozenset(facts) - _FIXED)


def _tags(pack: Pack, name: str) -> tuple[str, ...]:
    fact = pack.program.facts.get(name)
    declared = None if fact is None else fact.declared
    return tuple(word for word, _ in declared.items) if isinstance(declared, TagList) else ()


def _check_forms(config: Map | None, known: set[str]) -> None:
    """A form belongs to a declared sheet; whether it is there was asked with the workspace."""
    forms = None if config is None else config.map(FORMS)
    for key, _ in forms.pairs() if forms is not None else ():
        if key.value not in known:
            words = ", ".join(sorted(known))
            key.fail("R052", value=key.value, key=FORMS, known=words, suggestion=near_miss(key.value, known))
