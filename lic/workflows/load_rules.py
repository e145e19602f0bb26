"""The declarations of a run: sources, pack and ``lic.yaml``; all their problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lic.declare import Map, Scalar, Seq, near_miss, read_seq
from lic.errors import ProblemLog, RulesError
from lic.model.export import ExportTemplate
from lic.model.layer import Override
from lic.model.layering import Layering
from lic.model.workspace import EXPECTED, NO_REGISTER, SUPERIOR, Workspace
from lic.policy.layers import UpperLayer, pack_layer, read_layers
from lic.policy.overrides import overrides_on
from lic.policy.pack import Pack, load_pack
from lic.runs.evidence import LOCAL, kept_superior
from lic.runs.read import Run
from lic.sources.declare import load_sources
from lic.sources.expect import with_county
from lic.sources.spec import SourceSet
from lic.workflows.exports import exports_of
from lic.workflows.rule_echoes import drop_echoes
from lic.workflows.workspace import SOURCES, Month, local_parameters, read_workspace


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that was declared, without problems."""

    sources: SourceSet
    pack: Pack
    exports: tuple[ExportTemplate, ...] = ()

    def overrides(self, as_of: date) -> tuple[Override, ...]:
        """What higher rules replace on a day."""
        return overrides_on(self.pack, as_of)


def load_rules(month: Month) -> Rules:
    """Read the declarations that a month is decided by; RulesError holds every problem."""
    workspace = month.workspace
    return load_declared(
        month.pack, workspace.root / SOURCES, month.config, month.log, superior=workspace.superior
    )


def rules_of_run(run: Run) -> Rules:
    """The declarations as they were when ``run`` was decided."""
    log = ProblemLog()
    _, config = read_workspace(run.rules, log)
    return load_kept(run.rules, config, log)


def load_kept(folder: Path, config: Map | None, log: ProblemLog) -> Rules:
    """The declarations in the ``rules`` folder of a run, every layer from there."""
    superior = kept_superior(folder)
    return load_declared(folder, folder / LOCAL / SOURCES, config, log, superior=superior, strict=False)


def load_declared(
    pack_folder: Path,
    overlay: Path,
    config: Map | None,
    log: ProblemLog,
    *,
    superior: Sequence[Path] = (),
    strict: bool = True,
) -> Rules:
    """Sources with the workspace's ``overlay``, pack, higher rules, local parameters.

    RulesError holds every problem; ``strict``: see :func:`lic.policy.pack.load_pack`.
    """
    layers = read_layers(_there(superior, config), log)
    layering = Layering(pack_layer(pack_folder))
    sources = _sources(pack_folder, overlay, layers, layering, log, strict=strict)
    local = local_parameters(config)
    pack = load_pack(
        pack_folder,
        schemas=sources.schemas,
        local=local,
        log=log,
        layers=layers,
        layering=layering,
        strict=strict,
    )
    _check_registers(config, sources)
    sources = with_county(sources, None if config is None else config.map(EXPECTED))
    exports = () if pack is None else exports_of(pack_folder, pack, sources.schemas, config, log)
    drop_echoes(log, pack_folder)
    log.raise_if_any()
    if pack is None:
        raise RulesError(())
    return Rules(sources, pack, exports)


def layered_sources(
    pack_folder: Path, overlay: Path | None, workspace: Workspace | None, config: Map | None, log: ProblemLog
) -> SourceSet:
    """The sources alone, with the higher rules of the workspace and its ``overlay``."""
    superior = () if workspace is None else workspace.superior
    layers = read_layers(_there(superior, config), log)
    return _sources(pack_folder, overlay, layers, Layering(pack_layer(pack_folder)), log)


def _sources(
    pack_folder: Path,
    overlay: Path | None,
    layers: Sequence[UpperLayer],
    layering: Layering,
    log: ProblemLog,
    *,
    strict: bool = False,
) -> SourceSet:
    return load_sources(
        pack_folder / SOURCES,
        overlay if overlay is not None and overlay.is_dir() else None,
        log,
        layers=[(item.layer, item.folder / SOURCES) for item in layers],
        layering=layering,
        strict=strict,
    )


def _there(superior: Sequence[Path], config: Map | None) -> list[Path]:
    """The folders of higher rules that exist; ``lic.yaml`` is told of the others."""
    node = None if config is None else config.entries.get(SUPERIOR)
    items = node.items if isinstance(node, Seq) else [node] * len(superior)
    for folder, item in zip(superior, items, strict=False):
        if item is not None and not folder.is_dir():
            item.fail("R129", folder=folder)
    return [folder for folder in superior if folder.is_dir()]


def _check_registers(config: Map | None, sources: SourceSet) -> None:
    """A register that is not kept must be one that the sources know."""
    known = sorted({part for schema in sources.schemas.values() for part in schema.parts})
    node = None if config is None else config.take(NO_REGISTER)
    for item in read_seq(node):
        if isinstance(item, Scalar) and item.value not in known:
            item.fail("G004", name=item.value, suggestion=near_miss(item.value, known))
