"""The declarations of a run: sources, pack and ``lic.yaml``; all their problems at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lic.declare import Map, Scalar, near_miss, read_seq
from lic.errors import ProblemLog, RulesError
from lic.model.workspace import EXPECTED, NO_REGISTER
from lic.policy.pack import Pack, load_pack
from lic.runs.evidence import LOCAL
from lic.runs.read import Run
from lic.sources import SourceSet, load_sources
from lic.sources.expect import with_county
from lic.workflows.rule_echoes import drop_echoes
from lic.workflows.workspace import SOURCES, Month, local_parameters, read_workspace


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that was declared, without problems."""

    sources: SourceSet
    pack: Pack


def load_rules(month: Month) -> Rules:
    """Read the declarations that a month is decided by; RulesError holds every problem."""
    return load_declared(month.pack, month.workspace.root / SOURCES, month.config, month.log)


def rules_of_run(run: Run) -> Rules:
    """The declarations as they were when ``run`` was decided."""
    log = ProblemLog()
    _, config = read_workspace(run.rules, log)
    return load_declared(run.rules, run.rules / LOCAL / SOURCES, config, log)


def load_declared(pack_folder: Path, overlay: Path, config: Map | None, log: ProblemLog) -> Rules:
    """Sources with the workspace's ``overlay``, pack, local parameters; RulesError holds every problem."""
    sources = load_sources(pack_folder / SOURCES, overlay if overlay.is_dir() else None, log)
    local = local_parameters(config)
    pack = load_pack(pack_folder, schemas=sources.schemas, local=local, log=log)
    _check_registers(config, sources)
    sources = with_county(sources, None if config is None else config.map(EXPECTED))
    drop_echoes(log, pack_folder)
    log.raise_if_any()
    if pack is None:
        raise RulesError(())
    return Rules(sources, pack)


def _check_registers(config: Map | None, sources: SourceSet) -> None:
    """A register that is not kept must be one that the sources know."""
    known = sorted({part for schema in sources.schemas.values() for part in schema.parts})
    node = None if config is None else config.take(NO_REGISTER)
    for item in read_seq(node):
        if isinstance(item, Scalar) and item.value not in known:
            item.fail("G004", name=item.value, suggestion=near_miss(item.value, known))
