"""Additions to a source: what a sheet's unknown headings and words may mean, and their YAML.

Proposes, never decides: a heading near to a column that the sheet lacks, a word near to a word
of the vocabulary. Knows the shape of the workspace's own ``sources/`` files.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lic.model.staging import SeenSheet
from lic.sources import keys
from lic.sources.headings import HeadingMap, clean_heading, money_stem
from lic.sources.spec import ColumnSpec, SourceSpec

_NEAR = 0.6  # of a heading: what is also said as a near miss when the sheet is read
_NEAR_WORD = 0.75  # of a word: two characters of which one fits say nothing
_PLAIN = re.compile(r"^[\w\u3400-\u9fff()（）·/.%-]+$")


@dataclass(frozen=True, slots=True)
class Additions:
    """What is added to one table: headings and words by column, headings that are ignored."""

    table: str
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.aliases or self.words or self.ignored)

    def merged(self, other: Additions) -> Additions:
        """Both."""
        aliases = {
            name: _joined(self.aliases, other.aliases, name) for name in {**self.aliases, **other.aliases}
        }
        words = {
            name: {
                word: _joined(self.words.get(name, {}), other.words.get(name, {}), word)
                for word in {**self.words.get(name, {}), **other.words.get(name, {})}
            }
            for name in {**self.words, **other.words}
        }
        return Additions(self.table, aliases, words, tuple(dict.fromkeys((*self.ignored, *other.ignored))))


def _joined(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]], key: str
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ()))))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is still unknown after the proposals: headings, the columns that are missing, words."""

    headings: tuple[str, ...]
    lacking: tuple[str, ...]
    words: tuple[tuple[str, str], ...]  # column, word


def headings_of_sheet(seen: SeenSheet, source: SourceSpec) -> tuple[str, ...]:
    """The row of the sheet that ``source`` knows best."""
    known = HeadingMap(source)
    return max(seen.rows, key=lambda row: known.known([clean_heading(text) for text in row]), default=())


def propose(
    headings: Sequence[str], words: Sequence[tuple[str, str]], source: SourceSpec
) -> tuple[Additions, Unsettled]:
    """What the unknown headings and ``words`` (column, text) probably mean, and what nobody can guess."""
    known = HeadingMap(source)
    meanings = {text: known.find(clean_heading(text)) for text in headings if text}
    strange = [text for text, meaning in meanings.items() if meaning is None]
    present = {item.column.name for item in meanings.values() if item is not None and item.column is not None}
    lacking = [column for column in source.columns if column.name not in present]
    aliases: dict[str, tuple[str, ...]] = {}
    for text in strange:
        column = _nearest(text, [item for item in lacking if item.name not in aliases])
        if column is not None:
            aliases[column.name] = (text,)
    taken = {text for texts in aliases.values() for text in texts}
    near, unknown = _near_words(words, source)
    needed = {column.name for column in source.columns if column.needed}
    needed |= {name for group in source.must if len(group) == 1 for name in group}
    return Additions(source.name, aliases, near), Unsettled(
        tuple(text for text in strange if text not in taken),
        tuple(item.name for item in lacking if item.name in needed and item.name not in aliases),
        tuple(unknown),
    )


def _nearest(heading: str, columns: Sequence[ColumnSpec]) -> ColumnSpec | None:
    spelled = {text: column for column in columns for text in column.headings}
    plain = money_stem(clean_heading(heading))[0]
    near = difflib.get_close_matches(plain, sorted(spelled), n=1, cutoff=_NEAR)
    if near:
        return spelled[near[0]]
    inside = [
        column for text, column in spelled.items() if len(text) > 1 and (text in plain or plain in text)
    ]
    return inside[0] if len({column.name for column in inside}) == 1 else None


def _near_words(
    texts: Sequence[tuple[str, str]], source: SourceSpec
) -> tuple[dict[str, dict[str, tuple[str, ...]]], list[tuple[str, str]]]:
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    unknown: list[tuple[str, str]] = []
    for name, text in texts:
        vocabulary = source.column(name).vocabulary
        spelled = {} if vocabulary is None else vocabulary.exact
        near = difflib.get_close_matches(text.upper(), sorted(spelled), n=1, cutoff=_NEAR_WORD)
        if near:
            own = words.setdefault(name, {})
            own[spelled[near[0]]] = (*own.get(spelled[near[0]], ()), text)
        else:
            unknown.append((name, text))
    return words, unknown


def to_yaml(additions: Additions) -> list[str]:
    """The lines of an overlay file."""
    lines = [f"{keys.TABLE}: {_quoted(additions.table)}"]
    names = sorted({*additions.aliases, *additions.words})
    if names:
        lines.append(f"{keys.COLUMNS}:")
    for name in names:
        parts = []
        if name in additions.aliases:
            parts.append(f"{keys.ALIASES}: {_list(additions.aliases[name])}")
        if name in additions.words:
            words = ", ".join(
                f"{_quoted(word)}: {_list(texts)}" for word, texts in additions.words[name].items()
            )
            parts.append(f"{keys.WORDS}: {{{words}}}")
        lines.append(f"  {_quoted(name)}: {{{', '.join(parts)}}}")
    if additions.ignored:
        lines.append(f"{keys.IGNORED}: {_list(additions.ignored)}")
    return lines


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _quoted(text: str) -> str:
    """A YAML scalar; anything that is not plainly a word is quoted."""
    plain = _PLAIN.fullmatch(text) and not text[0].isdigit() and text[0] not in "-.%/"
    return text if plain else json.dumps(text, ensure_ascii=False)
