"""What differs between two packs, in policy words, and whom it moves, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lic.model.rulebook import ItemKind, Weight


class ChangeKind(StrEnum):
    """What happened to a part of the pack."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "改变"
    MOVED = "移动"
    RENAMED = "改名"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``what``: which part of the item; empty when the item as a whole came or went."""

    kind: ChangeKind
    weight: Weight
    item: ItemKind
    name: str
    what: str = ""
    old: str = ""
    new: str = ""

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": self.kind.value,
            "weight": self.weight.value,
            "item": self.item.value,
            "name": self.name,
            "what": self.what or None,
            "old": self.old or None,
            "new": self.new or None,
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """One person or household whose decision differs; ``id_number`` None for a household."""

    household_no: str
    id_number: str | None
    name: str | None
    town: str | None
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckMoved:
    """How many findings of a check there are under each pack."""

    code: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Replay:
    """A run's evidence decided under both packs. ``not_kept``: what the run did not keep."""

    run: str
    as_of: str
    persons: int
    households: int
    moved_persons: tuple[Moved, ...]
    moved_households: tuple[Moved, ...]
    checks: tuple[CheckMoved, ...]
    not_kept: tuple[str, ...]
    reading_changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """The comparison of two packs. ``values_of``: whose ``lic.yaml`` a pack without one was read with."""

    old: str
    new: str
    changes: tuple[Change, ...]
    replay: Replay | None = None
    values_of: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything but writing, order and comments differs."""
        return bool(self.changes)
