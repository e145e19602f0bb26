"""Reads the declaration of one table and checks that its names fit together."""

from __future__ import annotations

from lic.declare import Map, near_miss, read_map, read_seq, read_texts, scalars
from lic.model.expectation import Expectations
from lic.sources import keys
from lic.sources.declare_column import ColumnReader
from lic.sources.expect import read_expectations
from lic.sources.headings import clean_heading
from lic.sources.spec import ColumnSpec, Hidden, PartSpec, SourceSpec
from lic.sources.unsafe import Limits

HIDDEN_WORDS = {
    Hidden.READ: keys.HIDDEN_READ,
    Hidden.SKIPPED: keys.HIDDEN_SKIPPED,
    Hidden.REFUSED: keys.HIDDEN_REFUSED,
}
_HIDDEN = {word: hidden for hidden, word in HIDDEN_WORDS.items()}


def read_source(
    document: Map, reader: ColumnReader, extra: list[Map], usual: Expectations
) -> SourceSpec | None:
    """One source, or None when it has no name or no columns."""
    table = document.text(keys.TABLE, required=True)
    declared = document.map(keys.COLUMNS, required=True)
    if table is None or declared is None:
        return None
    columns = _columns(declared, reader, extra)
    ignored = _ignored(document, reader, extra, columns)
    names = {column.name for column in columns}
    known = names | set(ignored)
    must, must_not = _fingerprint(document, known, names)
    monthly = document.map(keys.MONTHLY)
    source = SourceSpec(
        name=table,
        code=document.text(keys.CODE, required=True) or "",
        department=document.text(keys.DEPARTMENT, required=True) or "",
        file=document.source.file,
        required=document.flag(keys.REQUIRED),
        columns=columns,
        ignored=ignored,
        must=must,
        must_not=must_not,
        file_hints=tuple(hint for part in (document, *extra) for hint in part.texts(keys.FILE_HINTS)),
        many_rows=document.flag(keys.SEVERAL_ROWS),
        may_be_empty=document.flag(keys.MAY_BE_EMPTY),
        number=_one(document, keys.NUMBER, names),
        name_column=_one(document, keys.NAME, names),
        month_column=_one(monthly, keys.MONTHLY_DATE, names) if monthly else None,
        month_lag=int((monthly.text(keys.MONTHLY_LAG) if monthly else None) or 0),
        indispensable=_several(document, keys.INDISPENSABLE, names),
        one_of=_several(document, keys.ONE_OF, names),
        split=_several(document, keys.SPLIT, names),
        parts=_parts(document, names),
        several_files=document.flag(keys.SEVERAL_FILES),
        not_offered=_several(document, keys.NOT_OFFERED, names),
        expected=read_expectations(
            document.map(keys.EXPECTED), usual, names, towns=any(column.town for column in columns)
        ),
        hidden=_hidden([*extra, document]),
        sheets=tuple(text for part in (document, *extra) for text in part.texts(keys.SHEETS)),
        limits=_limits([document, *extra]),
    )
    for part in (document, monthly, *extra):
        if part is not None:
            part.finish()
    return source


def _columns(declared: Map, reader: ColumnReader, extra: list[Map]) -> tuple[ColumnSpec, ...]:
    additions: dict[str, list[Map]] = {}
    for document in extra:
        document.text(keys.TABLE)
        more = document.map(keys.COLUMNS)
        for key, node in more.pairs() if more is not None else ():
            found = read_map(node)
            if found is not None and key.value not in declared.entries:
                key.fail("R023", suggestion=near_miss(key.value, declared.entries), word=key.value)
            elif found is not None:
                additions.setdefault(key.value, []).append(found)
    columns: list[ColumnSpec] = []
    owner: dict[str, str] = {}
    for key, node in declared.pairs():
        found = read_map(node)
        column = reader.read(key.value, found, additions.get(key.value, [])) if found is not None else None
        if column is None:
            continue
        for heading in column.headings:
            if heading in owner:
                key.fail("R030", word=heading, one=owner[heading], other=column.name)
            owner[heading] = column.name
        columns.append(column)
    return tuple(columns)


def _ignored(
    document: Map, reader: ColumnReader, extra: list[Map], columns: tuple[ColumnSpec, ...]
) -> tuple[str, ...]:
    taken = {heading for column in columns for heading in column.headings}
    texts = list(document.texts(keys.IGNORED))
    for more in extra:
        texts += more.texts(keys.IGNORED)
    for item in scalars(document.entries.get(keys.IGNORED)):
        if clean_heading(item.value) in taken:
            item.fail("R031", word=item.value)
    cleaned = [*(clean_heading(text) for text in texts), *reader.common.ignored]
    return tuple(dict.fromkeys(text for text in cleaned if text not in taken))


def _fingerprint(
    document: Map, known: set[str], names: set[str]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    declared = document.map(keys.FINGERPRINT, required=True)
    if declared is None:
        return (), ()
    groups = []
    for node in read_seq(declared.require(keys.MUST_HAVE)):
        group = read_texts(node)
        for text in group:
            if text not in known and clean_heading(text) not in known:
                node.fail("R023", suggestion=near_miss(text, known), word=text)
        groups.append(tuple(text if text in names else clean_heading(text) for text in group))
    must_not = declared.texts(keys.MUST_NOT_HAVE)
    declared.finish()
    return tuple(groups), tuple(clean_heading(text) for text in must_not)


def _one(document: Map, key: str, names: set[str]) -> str | None:
    text = document.text(key)
    if text is not None and text not in names:
        document.entries[key].fail("R023", suggestion=near_miss(text, names), word=text)
        return None
    return text


def _several(document: Map, key: str, names: set[str]) -> tuple[str, ...]:
    texts = document.texts(key)
    for item in scalars(document.entries.get(key)):
        if item.value not in names:
            item.fail("R023", suggestion=near_miss(item.value, names), word=item.value)
    return tuple(text for text in texts if text in names)


def _hidden(documents: list[Map]) -> Hidden:
    """What becomes of hidden rows, as the first document that says it."""
    for document in documents:
        text = document.text(keys.HIDDEN_ROWS)
        if text is None:
            continue
        if text not in _HIDDEN:
            document.fail("R038", suggestion=near_miss(text, _HIDDEN), word=text)
        return _HIDDEN.get(text, Hidden.READ)
    return Hidden.READ


def _limits(documents: list[Map]) -> Limits:
    """Limits that are raised for this table; none can be lowered."""
    given: dict[str, int] = {}
    for document in documents:
        declared = document.map(keys.LIMITS)
        for name, key in keys.LIMIT_NAMES.items() if declared is not None else ():
            text = declared.text(key) if declared is not None else None
            if text is not None and not (text.isascii() and text.isdigit() and int(text)):
                document.fail("R039", key=key, word=text)
            elif text is not None:
                given[name] = int(text)
        if declared is not None:
            declared.finish()
    return Limits(**given).at_least(Limits())


def _parts(document: Map, names: set[str]) -> tuple[PartSpec, ...]:
    declared = document.map(keys.PARTS)
    parts = []
    for key, node in declared.pairs() if declared is not None else ():
        part = read_map(node)
        if part is None:
            continue
        fill = part.map(keys.FILL)
        pairs = [(name, read_texts(value)) for name, value in fill.pairs()] if fill is not None else []
        for name, _ in pairs:
            if name.value not in names:
                name.fail("R023", suggestion=near_miss(name.value, names), word=name.value)
        filled = tuple((name.value, texts[0]) for name, texts in pairs if texts)
        parts.append(PartSpec(key.value, part.texts(keys.HINTS, required=True), filled))
        part.finish()
    return tuple(parts)
