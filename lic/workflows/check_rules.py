"""Whether the rules can be used: every problem at once, else what there is and what is unset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lic.model.rulebook import ItemKind
from lic.workflows.open_rules import open_rules
from lic.workflows.rulebook import rulebook_of


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """Rules without problems: how many of each kind, and what is still to be filled in.

    ``unset``: parameters without a value on the day; ``uncited``: with a value but no document.
    """

    pack: str
    as_of: str
    counts: tuple[tuple[str, int], ...]
    unset: tuple[str, ...]
    uncited: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "pack": self.pack,
            "as_of": self.as_of,
            "counts": dict(self.counts),
            "unset": list(self.unset),
            "uncited": list(self.uncited),
        }


def check_rules(target: Path | None, as_of: str | None) -> CheckedRules:
    """Read, check and compile the rules that ``target`` stands for; RulesError holds every problem."""
    opened = open_rules(target)
    book = rulebook_of(opened, as_of)
    counts = tuple((kind.value, sum(1 for _ in book.of(kind))) for kind in ItemKind)
    uncited = (
        item.name for item in book.of(ItemKind.PARAMETER) if any(not value.reference for value in item.values)
    )
    return CheckedRules(str(opened.pack), book.as_of, counts, book.unset, tuple(uncited))
