"""Whether the rules can be used: every problem at once, else what there is and what is unset."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.declare import Node, Source
from lic.errors import Problem, ProblemLog
from lic.model.export import KIND
from lic.model.rulebook import ItemKind
from lic.model.workspace import PARAMETERS, WORKSPACE_FILE, Workspace
from lic.policy.unset import unset_notes
from lic.workflows.open_rules import open_rules
from lic.workflows.rulebook import rulebook_of
from lic.workflows.workspace import read_workspace


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """Rules without problems: how many of each kind, and what is still to be filled in.

    ``notes`` stop nobody: with a workspace one for each parameter without a value on the day, saying
    what is unknown for want of it. ``unset``: their names, also where there is no workspace. ``layers``:
    how much each higher layer replaces on the day.
    """

    pack: str
    as_of: str
    counts: tuple[tuple[str, int], ...]
    unset: tuple[str, ...]
    notes: tuple[Problem, ...]
    layers: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "pack": self.pack,
            "as_of": self.as_of,
            "counts": dict(self.counts),
            "unset": list(self.unset),
            "layers": [{"layer": name, "overrides": count} for name, count in self.layers],
        }


def check_rules(target: Path | None, as_of: str | None) -> CheckedRules:
    """Read, check and compile the rules that ``target`` stands for; RulesError holds every problem."""
    opened = open_rules(target)
    book = rulebook_of(opened, as_of)
    counts = (
        *((kind.value, sum(1 for _ in book.of(kind))) for kind in ItemKind),
        (KIND, len(opened.rules.exports)),
    )
    notes = opened.notes
    if opened.workspace is not None:
        notes += tuple(unset_notes(opened.rules.pack, opened.day(as_of), _local(opened.workspace)))
    overrides = Counter(item.layer for item in opened.rules.overrides(opened.day(as_of)))
    layers = tuple(sorted(overrides.items()))
    return CheckedRules(str(opened.pack), book.as_of, counts, book.unset, tuple(sorted(set(notes))), layers)


def _local(workspace: Workspace) -> Node:
    """Where ``lic.yaml`` lists the county's own values, or would."""
    _, config = read_workspace(workspace.root, ProblemLog())
    if config is None:
        return Node(Source(WORKSPACE_FILE, ProblemLog()), 1, 1)
    return config.keys.get(PARAMETERS, config)
