"""Declarations as trees whose every node knows its line and column.

Knows closed key sets, scalar readers and near misses. Refuses to know what a key means, and
how YAML is written (:mod:`lic.declare.document`). Scalars stay text until a typed reader takes
them; unread keys are reported by :meth:`Map.finish`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lic.errors import ProblemLog, problem
from lic.messages import words

_NUMBER = re.compile(r"^-?\d{1,15}(\.\d{1,9})?$")
_ALIKE = 0.75
_SHOWN = 30  # letters of what was written
_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


def near_miss(word: str, known: Collection[str]) -> str | None:
    """The known word most like ``word``, if any is close enough to be offered as a suggestion."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return found[0] if found else None


def alike(word: str, other: str) -> bool:
    """Whether two words differ in a character or so."""
    return difflib.SequenceMatcher(None, word, other).ratio() >= _ALIKE


@dataclass(slots=True)
class Source:
    """The file that nodes come from and the log that their problems go to.

    ``layer``: which layer over the pack the file belongs to; empty: the pack itself.
    """

    file: str
    log: ProblemLog
    layer: str = ""


@dataclass(slots=True)
class Node:
    """One YAML node with its place (1-based)."""

    source: Source
    line: int
    column: int

    def fail(self, code: str, /, *, suggestion: str | None = None, **params: object) -> None:
        """Log a problem at this node."""
        self.source.log.add(
            problem(self.source.file, self.line, self.column, code, suggestion=suggestion, **params)
        )

    def note(self, code: str) -> None:
        """Log something worth knowing at this node that stops nobody."""
        self.source.log.notes.append(problem(self.source.file, self.line, self.column, code))


@dataclass(slots=True)
class Scalar(Node):
    """A scalar as its text; ``quoted`` when it was written with quotes or as a block.

    ``rows``: of a text over several lines, where in it each line begins, and that line's place.
    """

    value: str = ""
    quoted: bool = False
    rows: tuple[tuple[int, int, int], ...] = ()

    def at(self, offset: int) -> Node:
        """The place of a character of the text."""
        if self.rows:
            begin, line, column = max(row for row in self.rows if row[0] <= max(offset, 0))
            return Node(self.source, line, column + offset - begin)
        shift = offset + 1 if self.quoted else offset
        return Node(self.source, self.line, self.column if "\n" in self.value else self.column + shift)

    @property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return not self.quoted and self.value in ("", "~")


@dataclass(slots=True)
class Seq(Node):
    """A sequence."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Map(Node):
    """A mapping. Keys that are taken are remembered; :meth:`finish` reports the rest.

    ``declared``: its keys and whether they must be there, where its shape was judged before it is
    read (:mod:`lic.model.shape`); then asking for another key is a mistake in lic, not in the file.
    """

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    declared: Mapping[str, bool] | None = None

    def take(self, key: str) -> Node | None:
        """The value of ``key`` or None; marks the key as known."""
        if self.declared is not None and key not in self.declared:
            raise KeyError(key)
        self.asked.add(key)
        node = self.entries.get(key)
        if node is not None:
            self.taken.add(key)
        return node

    def require(self, key: str) -> Node | None:
        """The value of ``key``; its absence is a problem (R003)."""
        node = self.take(key)
        if node is None and not (self.declared is not None and self.declared[key]):
            self.fail("R003", key=key)
        return node

    def text(self, key: str, *, required: bool = False) -> str | None:
        """The text under ``key``."""
        return read_text(self.require(key) if required else self.take(key))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Yes or no (in Chinese) under ``key``."""
        value = read_flag(self.take(key))
        return default if value is None else value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts (a single text counts as a list of one) under ``key``."""
        return read_texts(self.require(key) if required else self.take(key))

    def map(self, key: str, *, required: bool = False) -> Map | None:
        """The mapping under ``key``."""
        return read_map(self.require(key) if required else self.take(key))

    def maps(self, key: str, *, required: bool = False) -> Iterator[Map]:
        """The mappings in the list under ``key``."""
        for item in read_seq(self.require(key) if required else self.take(key)):
            found = read_map(item)
            if found is not None:
                yield found

    def pairs(self) -> Iterator[tuple[Scalar, Node]]:
        """Every key with its value, in file order; all keys count as taken."""
        self.taken.update(self.entries)
        for name, node in self.entries.items():
            yield self.keys[name], node

    def finish(self, also: Collection[str] = ()) -> None:
        """Report every key that nobody took (R004), with the nearest known key.

        Where that is a required key, the typo explains why it is missing: said once.
        """
        if self.declared is not None:
            return
        known = self.asked | set(also)
        for name in self.entries:
            if name in self.taken:
                continue
            meant = near_miss(name, known - set(self.entries)) or near_miss(name, known)
            self.keys[name].fail("R004", suggestion=meant, key=name, known="\u3001".join(sorted(known)))
            missing = problem(self.source.file, self.line, self.column, "R003", key=meant)
            self.source.log.problems[:] = [item for item in self.source.log.problems if item != missing]


def scalars(node: Node | None) -> Iterator[Scalar]:
    """The texts under a key as they stand: one, or a list of them; what else is there is not judged."""
    items = node.items if isinstance(node, Seq) else [node]
    yield from (item for item in items if isinstance(item, Scalar))


def wrong_kind(node: Node, expected: str) -> None:
    """R005: what should stand here and what does."""
    match node:
        case Scalar() if node.blank:
            written = words.WRITTEN_NOTHING
        case Scalar():
            text = node.value if len(node.value) <= _SHOWN else node.value[:_SHOWN] + words.AND_MORE
            written = words.WRITTEN_TEXT.format(text=text)
        case Seq():
            written = words.WRITTEN_LIST
        case _:
            written = words.WRITTEN_MAP
    node.fail("R005", expected=expected, written=written)


def read_text(node: Node | None) -> str | None:
    """The text of a scalar; None when absent; R005 for anything else."""
    if node is None:
        return None
    if not isinstance(node, Scalar) or node.blank:
        wrong_kind(node, words.EXPECTED_TEXT)
        return None
    return node.value


def read_flag(node: Node | None) -> bool | None:
    """True or False; anything else is R005."""
    if node is None:
        return None
    if isinstance(node, Scalar) and node.value in (words.YES, words.NO):
        return node.value == words.YES
    wrong_kind(node, words.EXPECTED_FLAG)
    return None


def read_seq(node: Node | None) -> list[Node]:
    """The items of a sequence; R005 for anything else."""
    if node is None:
        return []
    if isinstance(node, Seq):
        return node.items
    wrong_kind(node, words.EXPECTED_LIST)
    return []


def read_texts(node: Node | None) -> tuple[str, ...]:
    """A list of texts; one text counts as a list of one."""
    if isinstance(node, Scalar):
        text = read_text(node)
        return () if text is None else (text,)
    return tuple(text for item in read_seq(node) if (text := read_text(item)) is not None)


def read_map(node: Node | None) -> Map | None:
    """A mapping; R005 for anything else."""
    if node is None or isinstance(node, Map):
        return node
    wrong_kind(node, words.EXPECTED_MAP)
    return None


def read_number(node: Node | None) -> Fraction | None:
    """An exact number: ``12``, ``-3.5``, ``60%``; R005 for anything else."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        text = node.value.replace(",", "").replace("\uff05", "%")
        percent = text.endswith("%")
        if _NUMBER.match(text.removesuffix("%")):
            return Fraction(text.removesuffix("%")) / (100 if percent else 1)
    wrong_kind(node, words.EXPECTED_NUMBER)
    return None


def read_date(node: Node | None) -> date | None:
    """A calendar day ``YYYY-MM-DD``; R005 for anything else, February 30 included."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        found = _DATE.match(node.value)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                pass
    wrong_kind(node, words.EXPECTED_DATE)
    return None
