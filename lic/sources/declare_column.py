"""Reads the declaration of one column: headings, type, unit, vocabulary, meaning of a blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lic.declare import Map, Scalar, near_miss, read_map, read_texts, scalars
from lic.model.period import OPEN_END, OPEN_START
from lic.model.table import ColumnType
from lic.sources import keys
from lic.sources.headings import clean_heading
from lic.sources.spec import ColumnSpec, Default, Negative
from lic.values.text import squeeze
from lic.values.words import Vocabulary

_NEGATIVE = {
    keys.NEGATIVE_REFUSED: Negative.REFUSED,
    keys.NEGATIVE_ZERO: Negative.ZERO,
    keys.NEGATIVE_ALLOWED: Negative.ALLOWED,
}
_OPEN = {keys.OPEN_END: OPEN_END, keys.OPEN_START: OPEN_START}
_DAYS = (ColumnType.DATE, ColumnType.MONTH, ColumnType.SCHOOL_YEAR)


@dataclass(frozen=True, slots=True)
class Common:
    """Columns and ignored headings that every source may use."""

    columns: Mapping[str, Map]
    ignored: tuple[str, ...]


@dataclass(slots=True)
class ColumnReader:
    """Reads columns against the common ones and the shared word lists."""

    common: Common
    word_lists: Mapping[str, Map]
    _cache: dict[tuple[str, bool], tuple[tuple[str, ...], Vocabulary]] = field(default_factory=dict)

    def unused(self) -> list[str]:
        """The word lists that no column has asked for so far."""
        return sorted(set(self.word_lists) - {name for name, _ in self._cache})

    def check_common(self) -> None:
        """Report what is wrong with the common columns themselves."""
        for name, node in self.common.columns.items():
            self.read(name, Map(node.source, node.line, node.column), [])

    def read(self, name: str, node: Map, extra: list[Map]) -> ColumnSpec | None:
        """One column; ``extra`` are additions of an overlay."""
        twin = node.text(keys.SAME_AS)
        base = self.common.columns.get(twin or name)
        if twin is not None and base is None:
            node.fail("R023", suggestion=near_miss(twin, self.common.columns), word=twin)
        layers = [item for item in (node, base) if item is not None]
        said = self._type(layers, node)
        kind = said or ColumnType.TEXT
        headings = [name, *((twin,) if twin else ())]
        for layer in (*layers, *extra):
            headings += layer.texts(keys.ALIASES)
            _aliases_once(name, layer)
        words, vocabulary = self._words(layers, node, kind)
        vocabulary = _with_more_words(words, vocabulary, extra)
        blank, blank_reason = self._meaning(node, keys.BLANK, kind, words)
        absent, absent_reason = self._meaning(node, keys.ABSENT, kind, words)
        unit = self._unit(layers)
        no_unit = unit is None and any(keys.UNIT in layer.entries for layer in layers)
        spec = ColumnSpec(
            name=name,
            type=kind,
            headings=tuple(dict.fromkeys(clean_heading(text) for text in headings)),
            unit=unit,
            needed=node.flag(keys.NEEDED),
            words=(*words, "") if blank == "" and kind is ColumnType.WORD else words,
            vocabulary=vocabulary,
            negative=self._negative(node),
            blank=blank,
            absent=absent,
            blank_reason=blank_reason,
            absent_reason=absent_reason,
            not_after_period=any(layer.flag(keys.NOT_AFTER_PERIOD) for layer in layers),
            town=any(layer.flag(keys.TOWN) for layer in layers),
            repeatable=node.flag(keys.REPEATABLE),
            unsure=said is None or no_unit or (kind is ColumnType.WORD and vocabulary is None),
        )
        for layer in (*layers, *extra):
            layer.finish()
        return spec

    def _type(self, layers: list[Map], node: Map) -> ColumnType | None:
        for layer in layers:
            text = layer.text(keys.TYPE)
            if text is None:
                continue
            if text in set(ColumnType):
                return ColumnType(text)
            layer.entries[keys.TYPE].fail("R022", suggestion=near_miss(text, list(ColumnType)), word=text)
            return None
        node.fail("R003", key=keys.TYPE)
        return None

    def _unit(self, layers: list[Map]) -> str | None:
        for layer in layers:
            text = layer.text(keys.UNIT)
            if text is not None and text not in keys.UNITS:
                layer.entries[keys.UNIT].fail("R024", suggestion=near_miss(text, keys.UNITS), word=text)
            elif text is not None:
                return text
        return None

    def _negative(self, node: Map) -> Negative:
        text = node.text(keys.NEGATIVE)
        if text is not None and text not in _NEGATIVE:
            node.entries[keys.NEGATIVE].fail("R025", suggestion=near_miss(text, _NEGATIVE), word=text)
        return _NEGATIVE.get(text or keys.NEGATIVE_REFUSED, Negative.REFUSED)

    def _words(
        self, layers: list[Map], node: Map, kind: ColumnType
    ) -> tuple[tuple[str, ...], Vocabulary | None]:
        found = next((item for layer in layers if (item := layer.take(keys.WORDS)) is not None), None)
        letters = node.flag(keys.LETTERS)
        if kind is not ColumnType.WORD:
            return (), None
        if found is None:
            node.fail("R003", key=keys.WORDS)
            return (), None
        if isinstance(found, Scalar):
            shared = self.word_lists.get(found.value)
            if shared is None:
                found.fail("R026", suggestion=near_miss(found.value, self.word_lists), word=found.value)
                return (), None
            key = found.value, letters
            if key not in self._cache:
                self._cache[key] = _vocabulary(shared, letters=letters)
            return self._cache[key]
        declared = read_map(found)
        return ((), None) if declared is None else _vocabulary(declared, letters=letters)

    def _meaning(
        self, node: Map, key: str, kind: ColumnType, words: tuple[str, ...]
    ) -> tuple[Default | None, str]:
        declared = node.map(key)
        if declared is None:
            return None, ""
        text = declared.require(keys.MEANS)
        reason = declared.text(keys.REASON, required=True)
        declared.finish()
        return None if not isinstance(text, Scalar) else _default(text, kind, words), reason or ""


def _aliases_once(column: str, layer: Map) -> None:
    """A heading that stands twice in one list was meant to be another."""
    seen: set[str] = set()
    for item in scalars(layer.entries.get(keys.ALIASES)):
        if clean_heading(item.value) in seen:
            item.fail("R213", column=column, word=item.value)
        seen.add(clean_heading(item.value))


def _with_more_words(
    words: tuple[str, ...], vocabulary: Vocabulary | None, extra: list[Map]
) -> Vocabulary | None:
    """The vocabulary with other spellings of its own words that an overlay adds."""
    for layer in extra:
        declared = layer.map(keys.WORDS)
        for key, node in declared.pairs() if declared is not None else ():
            if vocabulary is None or key.value not in words:
                key.fail("R037", suggestion=near_miss(key.value, words), word=key.value)
                continue
            exact, patterns = dict(vocabulary.exact), list(vocabulary.patterns)
            for text in read_texts(node):
                plain = squeeze(text).upper()
                if exact.get(plain, key.value) != key.value:
                    key.fail("R028", word=text, one=exact[plain], other=key.value)
                elif "*" in plain:
                    patterns.append((plain, key.value))
                else:
                    exact[plain] = key.value
            vocabulary = Vocabulary(exact, tuple(patterns), vocabulary.letters)
    return vocabulary


def _default(node: Scalar, kind: ColumnType, words: tuple[str, ...]) -> Default | None:
    text = node.value
    result: Default | None = None
    if kind in _DAYS:
        result = _OPEN.get(text)
    elif kind is ColumnType.FLAG:
        result = {keys.YES: True, keys.NO: False}.get(text)
    elif kind is ColumnType.WORD:
        result = text if text in words or text == "" or not words else None
    elif kind in (ColumnType.MONEY, ColumnType.INTEGER, ColumnType.DECIMAL):
        result = _number(text, kind)
    elif kind in (ColumnType.TEXT, ColumnType.CODE):
        result = text
    if result is None:
        node.fail("R027", word=text, kind=kind.value)
    return result


def _number(text: str, kind: ColumnType) -> int | Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if kind is ColumnType.DECIMAL:
        return number
    number *= 100 if kind is ColumnType.MONEY else 1
    return int(number) if number == int(number) else None


def _vocabulary(declared: Map, *, letters: bool) -> tuple[tuple[str, ...], Vocabulary]:
    exact: dict[str, str] = {}
    patterns: list[tuple[str, str]] = []
    codes: list[tuple[str, str]] = []
    words = []
    for key, node in declared.pairs():
        words.append(key.value)
        for text in (key.value, *read_texts(node)):
            plain = squeeze(text).upper()
            if exact.get(plain, key.value) != key.value:
                key.fail("R028", word=text, one=exact[plain], other=key.value)
            if "*" in plain:
                patterns.append((plain, key.value))
            else:
                exact[plain] = key.value
            if letters and len(plain) == 1 and plain.isascii():
                codes.append((plain, key.value))
    return tuple(words), Vocabulary(exact, tuple(patterns), tuple(codes))
