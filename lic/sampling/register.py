"""抽查登记: every freeze and every draw, each entry sealed with the hash of the one before.

Knows the chain, not the file. An entry carries no time: what is proven is the order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lic.model.audit import EntryKind

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: what it says, the hash before it and its own."""

    content: Mapping[str, Any]
    previous: str
    sha256: str

    @property
    def kind(self) -> str:
        """Freeze or draw."""
        return str(self.content.get("kind"))


def canonical(value: Mapping[str, Any]) -> str:
    """One spelling on one line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 of the previous hash, a newline and the entry."""
    return hashlib.sha256(f"{previous}\n{canonical(content)}".encode()).hexdigest()


def appended(entries: Sequence[Entry], content: Mapping[str, Any]) -> Entry:
    """The entry that follows ``entries``."""
    previous = entries[-1].sha256 if entries else START
    return Entry(content, previous, seal(content, previous))


def first_break(entries: Iterable[Entry]) -> int | None:
    """The number (from 1) of the first entry that does not fit the chain; None when all do."""
    previous = START
    for number, entry in enumerate(entries, start=1):
        if entry.previous != previous or entry.sha256 != seal(entry.content, previous):
            return number
        previous = entry.sha256
    return None


def as_line(entry: Entry) -> str:
    """The entry as one line of the register's file."""
    return canonical({"content": entry.content, "previous": entry.previous, "sha256": entry.sha256})


def from_line(line: str) -> Entry:
    """The entry in one line. Raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(line)
    return Entry(dict(data["content"]), str(data["previous"]), str(data["sha256"]))


def draws_of_period(entries: Iterable[Entry], period: str, kind: str) -> list[Entry]:
    """Draws of one period and kind of frame, oldest first, whatever the frame held then."""
    return [entry for entry in entries if entry.kind == EntryKind.DRAW and _about(entry, period, kind)]


def freezes_of_period(entries: Iterable[Entry], period: str, kind: str) -> list[Entry]:
    """Freezes of one period and kind of frame, oldest first."""
    return [entry for entry in entries if entry.kind == EntryKind.FREEZE and _about(entry, period, kind)]


def _about(entry: Entry, period: str, kind: str) -> bool:
    plan = entry.content.get("plan")
    return entry.content.get("period") == period and isinstance(plan, Mapping) and plan.get("frame") == kind
