"""Declared sources as items of a document: whose table, under which headings, how cells are read.

Knows declarations after they were checked. Who uses a column is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lic.model.expectation import Expectations
from lic.model.period import OPEN_END, OPEN_START
from lic.model.rulebook import ColumnCard, Item, ItemKind, Line, Ref, Weight
from lic.model.table import ColumnType
from lic.sources import keys
from lic.sources.declare_table import HIDDEN_WORDS
from lic.sources.spec import ColumnSpec, Default, Hidden, Negative, PartSpec, Reading, SourceSet, SourceSpec
from lic.sources.unsafe import Limits

_NEGATIVE = {
    Negative.REFUSED: "",
    Negative.ZERO: keys.NEGATIVE_ZERO,
    Negative.ALLOWED: keys.NEGATIVE_ALLOWED,
}
_LIST = "\u3001"
_BETWEEN = "\uff1b"


def table_items(sources: SourceSet) -> tuple[Item, ...]:
    """Every declared table, required ones first, then the words that all tables share."""
    in_order = sorted(sources.sources, key=lambda source: (not source.required, source.code, source.name))
    return (*(_item(source) for source in in_order), _reading(sources.reading))


def _reading(reading: Reading) -> Item:
    words = (
        (keys.SKIPPED_FILES, reading.skipped_files),
        (keys.OWN_OUTPUT, reading.own_output),
        (keys.OWN_MARKS, reading.own_marks),
        (keys.TOTAL_WORDS, reading.totals),
        (keys.FOOTER_WORDS, reading.footers),
        (keys.PLACEHOLDERS, sorted(reading.placeholders)),
        (keys.DASHES, sorted(reading.dashes)),
        (keys.DATA_DATE_COLUMNS, sorted(reading.data_date_columns)),
        (keys.MOJIBAKE, reading.mojibake),
    )
    lines = tuple(line for label, found in words for line in _line(label, found))
    return Item(ItemKind.READING, ItemKind.READING.value, "", lines=lines)


def _item(source: SourceSpec) -> Item:
    groups = _BETWEEN.join("/".join(group) for group in source.must)
    lines = (
        Line(keys.DEPARTMENT, source.department),
        Line(keys.REQUIRED, keys.YES if source.required else keys.NO),
        *_line(keys.FILE_HINTS, source.file_hints),
        *_line(keys.MUST_HAVE, [groups]),
        *_line(keys.MUST_NOT_HAVE, source.must_not),
        *_line(keys.NUMBER, [source.number or ""]),
        *_line(keys.NAME, [source.name_column or ""]),
        *_line(keys.PARTS, [_part(part) for part in source.parts]),
        *_line(keys.SEVERAL_ROWS, [keys.YES] if source.many_rows else []),
        *_line(keys.SEVERAL_FILES, [keys.YES] if source.several_files else []),
        *_line(keys.SHEETS, source.sheets),
        *_line(keys.HIDDEN_ROWS, [] if source.hidden is Hidden.READ else [HIDDEN_WORDS[source.hidden]]),
        *_line(keys.LIMITS, _raised(source.limits)),
        *_line(keys.NOT_OFFERED, source.not_offered),
        *_line(keys.MAY_BE_EMPTY, [keys.YES] if source.may_be_empty else []),
        *_line(keys.MONTHLY, [source.month_column or ""]),
        *_line(keys.MONTHLY_LAG, [str(source.month_lag)] if source.month_column else []),
        *_line(keys.INDISPENSABLE, source.indispensable),
        *_line(keys.ONE_OF, source.one_of),
        *_line(keys.SPLIT, source.split),
        *_line(keys.IGNORED, sorted(source.ignored)),
        *_line(keys.EXPECTED, _expected(source.expected)),
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


def _expected(wanted: Expectations) -> list[str]:
    limits = [
        (f"{keys.ROW_COUNT}{keys.LEAST}", wanted.least_rows),
        (f"{keys.ROW_COUNT}{keys.MOST}", wanted.most_rows),
        *((f"{keys.FILL_RATES} {name}", limit) for name, limit in wanted.fills),
        (keys.MATCH_RATE, wanted.match),
        (keys.CHANGE, wanted.change),
        (keys.FILL_DROP, wanted.fill_drop),
    ]
    said = [f"{name} {limit.value}({limit.level.value})" for name, limit in limits if limit is not None]
    if wanted.towns is not None:
        said.append(f"{keys.TOWNS_DUE} {'/'.join(wanted.towns.names)}({wanted.towns.level.value})")
    return said


def _raised(limits: Limits) -> list[str]:
    """The limits that the source raises."""
    usual = Limits()
    return [
        f"{key} {getattr(limits, name)}"
        for name, key in keys.LIMIT_NAMES.items()
        if getattr(limits, name) != getattr(usual, name)
    ]


def _part(part: PartSpec) -> str:
    fill = "".join(f" {name}={value}" for name, value in part.fill)
    return f"{part.name}({'/'.join(part.hints)}{fill})"


def _line(label: str, words: Sequence[str]) -> tuple[Line, ...]:
    found = tuple(word for word in words if word)
    return (Line(label, _LIST.join(found), words=found if len(found) > 1 else ()),) if found else ()


def _column(column: ColumnSpec) -> ColumnCard:
    vocabulary = column.vocabulary
    spellings = (
        []
        if vocabulary is None
        else sorted(f"{spelling}={word}" for spelling, word in vocabulary.exact.items() if spelling != word)
    )
    patterns = [] if vocabulary is None else [f"{pattern}={word}" for pattern, word in vocabulary.patterns]
    letters = () if vocabulary is None else vocabulary.letters
    lines = (
        Line(keys.TYPE, column.type.value),
        *_line(keys.UNIT, [column.unit or ""]),
        *_line(keys.NEEDED, [keys.YES] if column.needed else []),
        *_line(keys.WORDS, column.words),
        *_line(keys.SPELLINGS, spellings),
        *_line(keys.PATTERNS, [_LIST.join(patterns)]),
        *_line(keys.NEGATIVE, [_NEGATIVE[column.negative]]),
        *_line(keys.BLANK, [_default(column.blank, column.type)]),
        *_line(keys.ABSENT, [_default(column.absent, column.type)]),
        *_reason(keys.BLANK, column.blank_reason),
        *_reason(keys.ABSENT, column.absent_reason),
        *_line(keys.NOT_AFTER_PERIOD, [keys.YES] if column.not_after_period else []),
        *_line(keys.LETTERS, [f"{letter}={word}" for letter, word in letters]),
        *_line(keys.TOWN, [keys.YES] if column.town else []),
        *_line(keys.REPEATABLE, [keys.YES] if column.repeatable else []),
    )
    return ColumnCard(column.name, column.headings, lines)


def _reason(label: str, text: str | None) -> tuple[Line, ...]:
    return () if not text else (Line(f"{label}{keys.REASON}", text, Weight.WORDING),)


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
