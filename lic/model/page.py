"""A text for people before it is a screen or a page: lines, tables and trees, in order.

Knows nothing of what they say. Cells are plain text; who shows them masks them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of a tree."""

    depth: int
    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part: a table, or a tree, or a note."""

    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    tree: tuple[Branch, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole text. ``lead``: what must be read first, as label and text."""

    title: str
    subtitle: str
    lead: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = field(default=())
    alarm: str = ""
