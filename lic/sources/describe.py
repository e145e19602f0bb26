"""Declared sources as items of a document: whose table, under which headings, how cells are read.

Knows declarations after they were checked. Who uses a column is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lic.model.period import OPEN_END, OPEN_START
from lic.model.rulebook import ColumnCard, Item, ItemKind, Line, Ref, Weight
from lic.model.table import ColumnType
from lic.sources import keys
from lic.sources.spec import ColumnSpec, Default, Negative, SourceSet, SourceSpec

_NEGATIVE = {
    Negative.REFUSED: "",
    Negative.ZERO: keys.NEGATIVE_ZERO,
    Negative.ALLOWED: keys.NEGATIVE_ALLOWED,
}
_LIST = "\u3001"
_BETWEEN = "\uff1b"


def table_items(sources: SourceSet) -> tuple[Item, ...]:
    """Every declared table, by department and name."""
    in_order = sorted(sources.sources, key=lambda source: (not source.required, source.code, source.name))
    return tuple(_item(source) for source in in_order)


def _item(source: SourceSpec) -> Item:
    groups = _BETWEEN.join("/".join(group) for group in source.must)
    lines = (
        Line(keys.DEPARTMENT, source.department),
        Line(keys.REQUIRED, keys.YES if source.required else keys.NO),
        *_line(keys.FILE_HINTS, source.file_hints),
        *_line(keys.MUST_HAVE, [groups]),
        *_line(keys.MUST_NOT_HAVE, source.must_not, Weight.RULE),
        *_line(keys.PARTS, [part.name for part in source.parts]),
        *_line(keys.SEVERAL_ROWS, [keys.YES] if source.many_rows else []),
        *_line(keys.MONTHLY, [source.month_column] if source.month_column else []),
        *_line(keys.INDISPENSABLE, source.indispensable),
        *_line(keys.ONE_OF, source.one_of),
        *_line(keys.SPLIT, source.split),
        *_line(keys.IGNORED, sorted(source.ignored)),
    )
    return Item(
        ItemKind.TABLE,
        source.name,
        source.file,
        code=source.code,
        lines=lines,
        cells=tuple(_column(column) for column in source.columns),
        uses=tuple(Ref(f"{source.name}.{column.name}", table=True) for column in source.columns),
    )


def _line(label: str, words: Sequence[str], weight: Weight = Weight.RULE) -> tuple[Line, ...]:
    text = _LIST.join(word for word in words if word)
    return (Line(label, text, weight),) if text else ()


def _column(column: ColumnSpec) -> ColumnCard:
    vocabulary = column.vocabulary
    spellings = (
        []
        if vocabulary is None
        else sorted(f"{spelling}={word}" for spelling, word in vocabulary.exact.items() if spelling != word)
    )
    patterns = [] if vocabulary is None else [f"{pattern}={word}" for pattern, word in vocabulary.patterns]
    lines = (
        Line(keys.TYPE, column.type.value),
        *_line(keys.UNIT, [column.unit or ""]),
        *_line(keys.NEEDED, [keys.YES] if column.needed else []),
        *_line(keys.WORDS, column.words),
        *_line(keys.SPELLINGS, [*spellings, *patterns]),
        *_line(keys.NEGATIVE, [_NEGATIVE[column.negative]]),
        *_line(keys.BLANK, [_default(column.blank, column.type)]),
        *_line(keys.ABSENT, [_default(column.absent, column.type)]),
        *_line(keys.NOT_AFTER_PERIOD, [keys.YES] if column.not_after_period else []),
    )
    return ColumnCard(column.name, column.headings, lines)


def _default(value: Default | None, kind: ColumnType) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return keys.YES if value else keys.NO
    if value == OPEN_END:
        return keys.OPEN_END
    if value == OPEN_START:
        return keys.OPEN_START
    if isinstance(value, int) and kind is ColumnType.MONEY:
        return str(Decimal(value) / 100)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) or '""'
