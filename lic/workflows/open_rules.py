"""Finding the rules that a command is about: a pack, a workspace's, or those kept in a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lic.declare import Map
from lic.errors import Problem, ProblemLog, UsageError
from lic.model.manifest import Manifest
from lic.model.period import Period
from lic.model.workspace import WORKSPACE_FILE, Workspace
from lic.policy.layers import is_upper
from lic.runs.evidence import LOCAL, RULES, kept_superior, rule_files, rules_sha256
from lic.runs.folder import runs_of
from lic.runs.manifest import read_manifest
from lic.workflows.load_rules import Rules, load_declared, load_kept
from lic.workflows.workspace import SOURCES, pack_folder, read_workspace, shipped_pack


@dataclass(frozen=True, slots=True)
class Opened:
    """Checked rules and where they come from.

    ``workspace`` None: a pack alone, with no local value set. ``account`` of the run whose
    deliveries are known, with its name; None when nothing was run yet. ``values``: the folder
    with the ``lic.yaml`` that filled the local parameters. ``notes``: what is worth knowing of the files.
    """

    rules: Rules
    pack: Path
    workspace: Workspace | None
    digest: str
    run: str
    account: Manifest | None
    values: Path | None = None
    notes: tuple[Problem, ...] = ()

    @property
    def county(self) -> str:
        """The county that the workspace names."""
        return "" if self.workspace is None else self.workspace.county

    def delivered(self) -> Mapping[str, bool]:
        """Which tables came in the newest run; all of them when nothing was run."""
        names = self.rules.sources.schemas
        if self.account is None:
            return dict.fromkeys(names, True)
        absent = {item.table for item in self.account.not_delivered if item.part is None}
        absent |= {item.table for item in self.account.not_compared}
        return {name: name not in absent for name in names}

    def day(self, asked: str | None) -> date:
        """The as-of date: as asked, the newest run's or month's, else that of the newest parameter value."""
        if asked is not None:
            try:
                return date.fromisoformat(asked)
            except ValueError:
                raise UsageError("W103", value=asked) from None
        known = [] if self.account is None else [date.fromisoformat(self.account.as_of)]
        if self.workspace is not None:
            known += [period.last_day for period in _months(self.workspace.root)]
        values = self.rules.pack.program.parameters.values()
        known = known or [entry.since for item in values for entry in item.entries]
        return max(known, default=date.min)


def open_rules(target: Path | None, *, around: bool = True) -> Opened:
    """Open a pack, workspace or run folder; None: the workspace around here, else the shipped pack.

    A pack folder is opened with the values of the workspace around the current folder, unless
    ``around`` is off. Raises UsageError for what is none of these and RulesError with every problem.
    """
    if target is None:
        root = _around(Path.cwd())
        return _alone(shipped_pack(), None) if root is None else _workspace(root)
    if not target.is_dir():
        raise UsageError("W107", folder=target)
    folder = target.resolve()
    if is_upper(folder):
        return _workspace(_below(folder))
    if read_manifest(folder) is not None:
        return _of_run(folder)
    if (folder / SOURCES).is_dir() and not _is_workspace(folder):
        return _alone(folder, _around(Path.cwd()) if around else None)
    if _is_workspace(folder):
        return _workspace(folder)
    raise UsageError("W140", folder=target)


def with_values(opened: Opened, values: Path) -> Opened:
    """A pack that was opened alone, with the local values and sources in the folder ``values``.

    Higher rules are not lent: they are rules, and what they change is what shall be seen.
    """
    return _alone(opened.pack, values, with_superior=False)


def _is_workspace(folder: Path) -> bool:
    return (folder / WORKSPACE_FILE).is_file() and not (folder / LOCAL).is_dir() and not _is_kept(folder)


def _is_kept(folder: Path) -> bool:
    """Whether this is the ``rules`` folder of a run: a pack with ``lic.yaml`` in it."""
    return (folder / SOURCES).is_dir() and (folder / WORKSPACE_FILE).is_file() and folder.name == RULES


def _below(upper: Path) -> Path:
    """The workspace around here that names ``upper`` among its higher rules; UsageError for none."""
    root = _around(Path.cwd())
    if root is not None:
        workspace, _ = read_workspace(root, ProblemLog())
        if upper in [folder.resolve() for folder in workspace.superior]:
            return root
    raise UsageError("W191", folder=upper)


def _around(start: Path) -> Path | None:
    found = [folder for folder in (start, *start.parents) if (folder / WORKSPACE_FILE).is_file()]
    return next((folder for folder in found if not _is_kept(folder)), None)


def _of_run(folder: Path) -> Opened:
    account = read_manifest(folder)
    log = ProblemLog()
    kept = folder / RULES
    workspace, config = read_workspace(kept, log)
    rules = load_kept(kept, config, log)
    digest = "" if account is None else account.rules_sha256
    return Opened(rules, kept, workspace, digest, _name(folder), account, kept)


def _workspace(root: Path) -> Opened:
    log = ProblemLog()
    workspace, config = read_workspace(root, log)
    return _loaded(pack_folder(None, workspace), workspace, config, log)


def _alone(pack: Path, root: Path | None, *, with_superior: bool = True) -> Opened:
    log = ProblemLog()
    kept = _is_kept(pack)
    if kept or root is None:
        workspace, config = read_workspace(pack, log) if kept else (None, None)
        rules = load_kept(pack, config, log)
        files = {path.relative_to(pack).as_posix(): path for path in sorted(pack.rglob("*.yaml"))}
        values, notes = pack if kept else None, tuple(log.notes)
        return Opened(rules, pack, workspace, rules_sha256(files), "", None, values, notes)
    workspace, config = read_workspace(root, log)
    if _is_kept(root):
        superior = kept_superior(root) if with_superior else ()
        rules = load_declared(pack, root / LOCAL / SOURCES, config, log, superior=superior)
        return Opened(rules, pack, workspace, "", "", None, root)
    return _loaded(pack, workspace if with_superior else replace(workspace, superior=()), config, log)


def _loaded(pack: Path, workspace: Workspace, config: Map | None, log: ProblemLog) -> Opened:
    rules = load_declared(pack, workspace.root / SOURCES, config, log, superior=workspace.superior)
    digest = rules_sha256(rule_files(pack, workspace))
    run, account = _newest(workspace)
    return Opened(rules, pack, workspace, digest, run, account, workspace.root, tuple(log.notes))


def _newest(workspace: Workspace) -> tuple[str, Manifest | None]:
    periods = sorted(workspace.runs.iterdir()) if workspace.runs.is_dir() else []
    for period in reversed(periods):
        for run in reversed(runs_of(period)):
            account = read_manifest(run)
            if account is not None:
                return _name(run), account
    return "", None


def _name(run: Path) -> str:
    return os.path.join(run.parent.name, run.name).replace(os.sep, "/")  # noqa: PTH118  # a name, not a place


def _months(root: Path) -> list[Period]:
    found = (Period.parse(item.name) for item in sorted(root.iterdir()) if item.is_dir())
    return [period for period in found if period is not None]
