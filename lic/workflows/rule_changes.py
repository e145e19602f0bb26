"""Two packs as documents, compared: what came, went, changed or moved, in policy words.

Pure functions over :class:`lic.model.rulebook.Rulebook`. How files are written, ordered and
commented is no part of a document, so it is no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from lic.model.rulebook import ColumnCard, Item, ItemKind, Line, RowCard, Rulebook, ValueCard, Weight
from lic.model.rulechange import Change, ChangeKind
from lic.policy import keys
from lic.sources.keys import ALIASES, MUST_NOT_HAVE

_KINDS = list(ItemKind)


def compare(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """Every difference, by kind of item, in the order of the documents."""
    changes: list[Change] = []
    old, new = _without_echoes(old, new), _without_echoes(new, old)
    if old.categories != new.categories:
        texts = [keys.SHOW_LIST.join(book.categories) for book in (old, new)]
        changes.append(
            Change(ChangeKind.CHANGED, Weight.RULE, ItemKind.DECISION, keys.CATEGORIES, "", *texts)
        )
    for kind in _KINDS:
        changes += _of_kind(kind, list(old.of(kind)), list(new.of(kind)))
    return tuple(changes)


def _without_echoes(book: Rulebook, other: Rulebook) -> Rulebook:
    """A table forbids every heading of the columns that it names: a heading that another table
    gained is said there, not again in every table that forbids it."""
    shared = {word for item in other.of(ItemKind.TABLE) for cell in item.cells for word in cell.headings}
    own = {word for item in book.of(ItemKind.TABLE) for cell in item.cells for word in cell.headings}
    fresh = own - shared
    if not fresh:
        return book
    items = tuple(
        replace(item, lines=tuple(_lessened(line, fresh) for line in item.lines)) for item in book.items
    )
    return replace(book, items=items)


def _lessened(line: Line, fresh: set[str]) -> Line:
    if line.label != MUST_NOT_HAVE or not fresh & set(line.words):
        return line
    words = tuple(word for word in line.words if word not in fresh)
    return Line(line.label, keys.SHOW_LIST.join(words), line.weight, words=words)


def _of_kind(kind: ItemKind, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Change]:
    before = {item.name: item for item in old}
    after = {item.name: item for item in new}
    gone = [item for item in old if item.name not in after]
    came = [item for item in new if item.name not in before]
    renamed = list(_renamed(gone, came))
    for one, other in renamed:
        gone.remove(one)
        came.remove(other)
        yield Change(ChangeKind.RENAMED, Weight.WORDING, kind, other.title, "", one.name, other.name)
        yield from _items(one, other)
    for item in gone:
        yield Change(ChangeKind.REMOVED, Weight.RULE, kind, item.title, old=_summary(item))
    for item in came:
        yield Change(ChangeKind.ADDED, Weight.RULE, kind, item.title, new=_summary(item))
    for name, item in before.items():
        if name in after:
            yield from _items(item, after[name])


def _renamed(gone: Sequence[Item], came: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Items that kept their code or, without one, everything but their name."""
    free = list(came)
    for item in gone:
        for other in free:
            same_code = bool(item.code) and item.code == other.code
            if same_code or (not item.code and _content(item) == _content(other)):
                free.remove(other)
                yield item, other
                break


def _content(item: Item) -> object:
    lines = tuple((line.label, line.meaning) for line in item.lines)
    return item.level, lines, item.columns, item.rows, item.values, item.cells


def _summary(item: Item) -> str:
    """What a whole item says, in one line."""
    if item.values:
        return keys.SHOW_CLAUSE.join(_value(value) for value in item.values)
    rules = [line.text for line in item.lines if line.weight is Weight.RULE]
    if item.kind is ItemKind.CHECK:
        rules = [item.line(keys.CONDITIONS)] if item.line(keys.CONDITIONS) else [item.off]
    if item.kind is ItemKind.TABLE:
        rules = rules[:1]
    return keys.SHOW_CLAUSE.join(rules[:3])


def _value(value: ValueCard) -> str:
    return " ".join(part for part in (value.key, value.text, f"{keys.FROM} {value.since}") if part)


def _items(old: Item, new: Item) -> Iterator[Change]:
    """Everything that differs in one item."""
    if old.level != new.level:
        yield _changed(new, Weight.RULE, keys.LEVEL, old.level, new.level)
    if bool(old.lines) != bool(new.lines) and new.kind is ItemKind.CHECK:
        texts = [item.line(keys.CONDITIONS) or f"{keys.DISABLED}：{item.off}" for item in (old, new)]
        yield _changed(new, Weight.RULE, keys.WHEN, *texts)
        return
    yield from _lines(new, "", old.lines, new.lines, (old.written, new.written))
    yield from _columns(old, new)
    yield from _rows(old, new)
    yield from _values(old, new)
    yield from _cells(old, new)


def _changed(item: Item, weight: Weight, what: str, old: str, new: str) -> Change:
    if not old:
        return Change(ChangeKind.ADDED, weight, item.kind, item.title, what, "", new)
    if not new:
        return Change(ChangeKind.REMOVED, weight, item.kind, item.title, what, old, "")
    return Change(ChangeKind.CHANGED, weight, item.kind, item.title, what, old, new)


def _lines(
    item: Item, prefix: str, old: Sequence[Line], new: Sequence[Line], written: tuple[str, str] = ("", "")
) -> Iterator[Change]:
    before, after = ({line.label: line for line in lines} for lines in (old, new))
    for label in dict.fromkeys((*before, *after)):
        one, other = before.get(label), after.get(label)
        if one is not None and other is not None and one.meaning == other.meaning:
            continue
        if one is not None and other is not None and (one.words or other.words):
            yield from _words(item, f"{prefix}{label}", one, other)
            continue
        weight = max((line.weight for line in (one, other) if line is not None), key=_heavier)
        texts = tuple("" if line is None else line.text for line in (one, other))
        if texts[0] == texts[1]:
            texts = written
        yield _changed(item, weight, f"{prefix}{label}", *texts)


def _words(item: Item, what: str, old: Line, new: Line) -> Iterator[Change]:
    before, after = (line.words or (line.text,) for line in (old, new))
    gone = [word for word in before if word not in after]
    came = [word for word in after if word not in before]
    if gone:
        yield _changed(item, old.weight, what, keys.SHOW_LIST.join(gone), "")
    if came:
        yield _changed(item, new.weight, what, "", keys.SHOW_LIST.join(came))


def _heavier(weight: Weight) -> int:
    return -list(Weight).index(weight)


def _columns(old: Item, new: Item) -> Iterator[Change]:
    if new.kind is ItemKind.DECISION and old.columns != new.columns:
        texts = (keys.SHOW_LIST.join(item.columns) for item in (old, new))
        yield _changed(new, Weight.RULE, keys.COLUMN, *texts)


def _row_name(item: Item, row: RowCard) -> str:
    asked = keys.SHOW_LIST.join(
        f"{name} {cell}"
        for name, cell in zip(item.columns, row.cells, strict=False)
        if cell != keys.NO_MATTER[0]
    )
    said = row.condition or asked
    return f"{row.number} {row.category or row.reason}" + (f"（{said}）" if said else "")


def _rows(old: Item, new: Item) -> Iterator[Change]:
    for part in dict.fromkeys(row.part for row in (*old.rows, *new.rows)):
        before = [row for row in old.rows if row.part == part]
        after = [row for row in new.rows if row.part == part]
        yield from _block(old, new, part, before, after)


def _block(
    old: Item, new: Item, part: str, before: Sequence[RowCard], after: Sequence[RowCard]
) -> Iterator[Change]:
    """Rows that stay in order are the same; of the rest, equal ones moved, alike ones changed."""
    matcher = SequenceMatcher(
        None, [row.identity for row in before], [row.identity for row in after], autojunk=False
    )
    kept = [
        (before[block.a + i], after[block.b + i])
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]
    gone = [row for row in before if row not in [one for one, _ in kept]]
    came = [row for row in after if row not in [other for _, other in kept]]
    for kind, alike in ((ChangeKind.MOVED, _same), (ChangeKind.CHANGED, _alike)):
        for row in list(gone):
            twin = next((other for other in came if alike(row, other)), None)
            if twin is not None:
                kept.append((row, twin))
                gone.remove(row)
                came.remove(twin)
                names = _row_name(old, row), _row_name(new, twin)
                yield Change(kind, Weight.RULE, new.kind, new.title, part, *names)
    for row in gone:
        yield Change(ChangeKind.REMOVED, Weight.RULE, new.kind, new.title, part, _row_name(old, row))
    for row in came:
        yield Change(ChangeKind.ADDED, Weight.RULE, new.kind, new.title, part, "", _row_name(new, row))
    for one, other in kept:
        if one.reason != other.reason:
            what = f"{part} {other.number} {keys.REASON}"
            yield _changed(new, Weight.WORDING, what, one.reason, other.reason)


def _same(one: RowCard, other: RowCard) -> bool:
    return one.identity == other.identity


def _alike(one: RowCard, other: RowCard) -> bool:
    """Whether a row is another one changed: the same category and basis, or the same reason."""
    if one.category or other.category:
        return (one.category, one.basis) == (other.category, other.basis)
    return one.reason == other.reason


def _values(old: Item, new: Item) -> Iterator[Change]:
    before, after = ({(value.since, value.key): value for value in item.values} for item in (old, new))
    for since, key in sorted({*before, *after}):
        one, other = before.get((since, key)), after.get((since, key))
        what = f"{key} {keys.FROM} {since}".strip()
        if one is None and other is not None:
            earlier = _in_force(old, since, key)
            text = f"{other.text}（{other.reference}）" if other.reference else other.text
            kind = ChangeKind.CHANGED if earlier else ChangeKind.ADDED
            yield Change(kind, Weight.RULE, new.kind, new.title, what, earlier, text)
        elif one is not None and other is None:
            text = f"{one.text}（{one.reference}）" if one.reference else one.text
            yield Change(ChangeKind.REMOVED, Weight.RULE, new.kind, new.title, what, text)
        elif one is not None and other is not None:
            if one.text != other.text:
                yield _changed(new, Weight.RULE, what, one.text, other.text)
            if one.reference != other.reference:
                yield _changed(
                    new, Weight.REFERENCE, f"{what} {keys.REFERENCE}", one.reference, other.reference
                )


def _in_force(item: Item, since: str, key: str) -> str:
    """What held for ``key`` on a day."""
    found = [value for value in item.values if value.key == key and value.since <= since]
    return max(found, key=lambda value: value.since).text if found else ""


def _cells(old: Item, new: Item) -> Iterator[Change]:
    before, after = ({cell.name: cell for cell in item.cells} for item in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        what = f"{keys.COLUMN} {name}"
        if one is None and other is not None:
            yield _changed(new, Weight.RULE, what, "", _cell(other))
        elif one is not None and other is None:
            yield _changed(new, Weight.RULE, what, _cell(one), "")
        elif one is not None and other is not None:
            yield from _headings(new, what, one, other)
            yield from _lines(new, f"{what} ", one.lines, other.lines)


def _cell(cell: ColumnCard) -> str:
    return " ".join(line.text for line in cell.lines[:2])


def _headings(item: Item, what: str, old: ColumnCard, new: ColumnCard) -> Iterator[Change]:
    came = [word for word in new.headings if word not in old.headings]
    gone = [word for word in old.headings if word not in new.headings]
    if gone:
        yield _changed(item, Weight.RULE, f"{what} {ALIASES}", keys.SHOW_LIST.join(gone), "")
    if came:
        yield _changed(item, Weight.RULE, f"{what} {ALIASES}", "", keys.SHOW_LIST.join(came))
