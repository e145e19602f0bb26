"""The made-up county: its towns, names, schools and words.

Knows which lists there are and how long they must be. Refuses to know what stands in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lic.declare import Map, read_document
from lic.errors import ProblemLog
from lic.samples.dice import Dice

FILE = "county.yaml"
_LISTS = (
    "towns", "villages", "surnames", "given", "given_m", "given_f",
    "schools", "illnesses", "hospitals", "staff",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Lists of texts by name, and vocabularies: token to printed word."""

    county: str
    lists: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]

    def text(self, name: str, index: int) -> str:
        """The entry of a list, counted from 0 and beginning again after the last."""
        entries = self.lists[name]
        return entries[index % len(entries)]

    def surname(self, dice: Dice) -> str:
        """A family name."""
        return dice.pick(self.lists["surnames"])

    def given(self, dice: Dice, sex: str) -> str:
        """A given name of one or two characters."""
        own = self.lists["given_m" if sex == "m" else "given_f"]
        first = dice.pick(own)
        return dice.pick(self.lists["given"]) + first if dice.chance(0.8) else first


def read_world(layouts: Path) -> World:
    """Read ``county.yaml``.

    Raises:
        RulesError: the file cannot be read or lacks a list.
    """
    log = ProblemLog()
    top = read_document(layouts / FILE, log)
    if top is None:
        log.raise_if_any()
        raise AssertionError  # an unreadable document is always a problem
    county = top.text("county", required=True)
    lists = {name: top.texts(name, required=True) for name in _LISTS}
    words = _words(top.map("words", required=True))
    notes = top.texts("settings", required=True)
    top.finish()
    log.raise_if_any()
    return World(county or "", lists, words, notes)


def _words(node: Map | None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    if node is not None:
        for name, value in node.pairs():
            found[name.value] = word_map(value) if isinstance(value, Map) else {}
    return found


def word_map(node: Map) -> dict[str, str]:
    """A vocabulary: every key's text."""
    return {key.value: node.text(key.value, required=True) or "" for key, _ in list(node.pairs())}
