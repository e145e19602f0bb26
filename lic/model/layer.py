"""Layers of rules: who speaks, with which rank, and what one layer replaced in another.

Knows ranks and how a replacement is told. Refuses to know what is replaced: that is read by the
stage that owns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """Who issued a rule, from the lowest to the highest."""

    COUNTY = "县"
    CITY = "市"
    PROVINCE = "省"
    STATE = "国家"

    @property
    def order(self) -> int:
        """A higher rank has a larger number."""
        return tuple(Rank).index(self)


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of rules: what it is called and its rank."""

    name: str
    rank: Rank

    @property
    def label(self) -> str:
        """How people read it."""
        return f"{self.name}（{self.rank.value}）"


@dataclass(frozen=True, slots=True)
class Override:
    """Something that a layer replaced or filled: who, what, from what to what, on what grounds.

    ``what``: the part of the item (a key, a row, a column). ``old`` is empty and ``replaced``
    too where there was nothing before. ``since``: the day from which a parameter's value holds.
    """

    layer: str
    kind: str
    name: str
    text: str
    reference: str
    what: str = ""
    old: str = ""
    since: str = ""
    replaced: str = ""

    def to_dict(self) -> dict[str, str | None]:
        """For programs; what is empty is null."""
        return {
            "layer": self.layer,
            "kind": self.kind,
            "name": self.name,
            "part": self.what or None,
            "replaced": self.replaced or None,
            "old": self.old or None,
            "text": self.text,
            "since": self.since or None,
            "reference": self.reference or None,
        }
