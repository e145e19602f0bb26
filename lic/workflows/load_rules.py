"""The declarations of a run: sources, pack and ``lic.yaml``; all their problems at once."""

from __future__ import annotations

from dataclasses import dataclass

from lic.declare import Scalar, near_miss, read_seq
from lic.errors import RulesError
from lic.model.workspace import NO_REGISTER, PARAMETERS
from lic.policy.pack import Pack, load_pack
from lic.sources import SourceSet, load_sources
from lic.workflows.workspace import SOURCES, Month


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that was declared, without problems."""

    sources: SourceSet
    pack: Pack


def load_rules(month: Month) -> Rules:
    """Read the declarations that a month is decided by; RulesError holds every problem."""
    log = month.log
    overlay = month.workspace.root / SOURCES
    sources = load_sources(month.pack / SOURCES, overlay if overlay.is_dir() else None, log)
    local = None if month.config is None else month.config.map(PARAMETERS)
    pack = load_pack(month.pack, schemas=sources.schemas, local=local, log=log)
    _check_registers(month, sources)
    log.raise_if_any()
    if pack is None:
        raise RulesError(())
    return Rules(sources, pack)


def _check_registers(month: Month, sources: SourceSet) -> None:
    """A register that is not kept must be one that the sources know."""
    known = sorted({part for schema in sources.schemas.values() for part in schema.parts})
    node = None if month.config is None else month.config.take(NO_REGISTER)
    for item in read_seq(node):
        if isinstance(item, Scalar) and item.value not in known:
            item.fail("G004", name=item.value, suggestion=near_miss(item.value, known))
