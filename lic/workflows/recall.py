"""What became of the problems of the last check: solved, still there, new.

The last check of a month is kept in ``<workspace>/.lic/checks`` as keyed hashes: a problem is
known again by its code, table, column and by whose row it is about, not by the row's number, for
rows move when an export is made again. No ID number and no name is in the file, and without the
key beside it nobody can try numbers against it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from lic.model.finding import Finding, Scope, Severity
from lic.model.staging import Delivery, FaultyRows
from lic.sources.headings import HeadingMap, clean_heading
from lic.sources.spec import SourceSet, SourceSpec
from lic.workflows.inputs import Delivered, not_delivered
from lic.workflows.workspace import Month

_FOLDER, _KEY = "checks", "checks.key"
_FORMAT = 1
_DIGITS = 16
_ABSENT = ""  # the code of a table that did not come
_ROW_SCOPES = (Scope.ROW, Scope.CELL)

Group = tuple[str, str, str]  # code, table, column


@dataclass(frozen=True, slots=True)
class Change:
    """How many problems of one kind became what. ``code`` empty: the table had not come."""

    code: str
    table: str
    column: str
    count: int

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "code": self.code or None,
            "table": self.table or None,
            "column": self.column or None,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Since:
    """Against the last check or run of this month."""

    solved: tuple[Change, ...]
    remaining: tuple[Change, ...]
    new: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            name: [item.to_json() for item in getattr(self, name)] for name in ("solved", "remaining", "new")
        }


@dataclass(frozen=True, slots=True)
class _Known:
    """One problem as it is known again: by the person, or else by the rest of the row."""

    group: Group
    person: str
    rest: str


def compare_and_remember(month: Month, delivered: Delivered, sources: SourceSet) -> Since | None:
    """What changed since the last check of this month, which this one then replaces.

    Asked again about the same files, it says the same again. None: there was no check before.
    """
    folder = month.workspace.cache / _FOLDER
    path = folder / f"{month.period}.json"
    key = _key(month.workspace.cache)
    now = list(_problems(delivered, sources, key))
    stamp = _stamp(delivered, now)
    kept = _read(path)
    if kept is not None and kept["stamp"] == stamp:
        before = kept["before"]
    else:
        before = None if kept is None else kept["now"]
        content = {"format": _FORMAT, "stamp": stamp, "now": _packed(now), "before": before}
        _write(path, json.dumps(content, ensure_ascii=False, sort_keys=True))
    return None if before is None else _compared(_unpacked(before), now)


def _key(private: Path) -> bytes:
    """The workspace's own key; made when there is none."""
    path = private / _KEY
    with suppress(OSError, ValueError):
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    key = secrets.token_bytes(32)
    _write(path, key.hex())
    return key


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(name).chmod(0o600)
    Path(name).replace(path)


def _read(path: Path) -> Any:
    """What was kept, or None when there is nothing that this lic understands."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content if content["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stamp(delivered: Delivered, problems: Sequence[_Known]) -> str:
    parts = [delivered.fingerprints(), sorted((item.group, item.person, item.rest) for item in problems)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _packed(problems: Iterable[_Known]) -> list[list[Any]]:
    groups: dict[Group, list[list[str]]] = defaultdict(list)
    for item in problems:
        groups[item.group].append([item.person, item.rest])
    return [[*group, sorted(digests)] for group, digests in sorted(groups.items())]


def _unpacked(packed: Iterable[Sequence[Any]]) -> list[_Known]:
    return [
        _Known((code, table, column), person, rest)
        for code, table, column, digests in packed
        for person, rest in digests
    ]


def _compared(before: Sequence[_Known], now: Sequence[_Known]) -> Since:
    """Matched by the person first; what is left by the rest of the row, then nothing is left to guess."""
    then, today = _grouped(before), _grouped(now)
    counts: dict[str, list[Change]] = {"solved": [], "remaining": [], "new": []}
    for group in sorted({*then, *today}):
        kept, old, new = _matched(then.get(group, []), today.get(group, []), "person")
        again, old, new = _matched(old, new, "rest")
        for name, count in (("solved", len(old)), ("remaining", kept + again), ("new", len(new))):
            if count:
                counts[name].append(Change(*group, count))
    return Since(tuple(counts["solved"]), tuple(counts["remaining"]), tuple(counts["new"]))


def _grouped(problems: Iterable[_Known]) -> dict[Group, list[_Known]]:
    groups: dict[Group, list[_Known]] = {}
    for item in problems:
        groups.setdefault(item.group, []).append(item)
    return groups


def _matched(old: Sequence[_Known], new: Sequence[_Known], by: str) -> tuple[int, list[_Known], list[_Known]]:
    there = Counter(getattr(item, by) for item in old)
    left, count = [], 0
    for item in new:
        if there[getattr(item, by)] > 0:
            there[getattr(item, by)] -= 1
            count += 1
        else:
            left.append(item)
    gone = []
    for item in old:
        if there[getattr(item, by)] > 0:
            there[getattr(item, by)] -= 1
            gone.append(item)
    return count, gone, left


def _problems(delivered: Delivered, sources: SourceSet, key: bytes) -> Iterable[_Known]:
    by_name = {source.name: source for source in sources.sources}
    faulty = {(item.file, item.sheet): item for item in delivered.folder.faulty}
    rows: dict[tuple[str, str], dict[int, list[str]]] = {}
    for item in delivered.folder.findings:
        if item.severity is Severity.NOTE:
            continue
        place = item.place
        where = (place.file or "", place.sheet or "")
        about, source = faulty.get(where), by_name.get(place.source or "")
        if item.scope in _ROW_SCOPES and about is not None and source is not None:
            if where not in rows:
                rows[where] = _cells(about)
            yield from _of_rows(item, about, source, rows[where], key)
        else:
            group = (item.code, place.source or place.file or "", place.column or "")
            digest = _digest(key, [*group, place.sheet or ""])
            for _ in range(item.count):
                yield _Known(group, digest, digest)
    for absent in not_delivered(delivered):
        if absent.result == Delivery.ABSENT:
            group = (_ABSENT, absent.table, absent.part or "")
            digest = _digest(key, group)
            yield _Known(group, digest, digest)


def _cells(about: FaultyRows) -> dict[int, list[str]]:
    table = pq.read_table(about.parquet)
    return dict(zip(table["row"].to_pylist(), table["cells"].to_pylist(), strict=True))


def _of_rows(
    item: Finding, about: FaultyRows, source: SourceSpec, rows: Mapping[int, list[str]], key: bytes
) -> Iterable[_Known]:
    headings = HeadingMap(source)
    meanings = [headings.find(clean_heading(text)) for text in about.headings]
    names = [None if found is None or found.column is None else found.column.name for found in meanings]
    column = next(
        (
            name or text
            for name, text in zip(names, about.headings, strict=True)
            if text.strip() == item.place.column
        ),
        item.place.column or "",
    )
    group = (item.code, source.name, column)
    tells = {source.name_column, source.number, *source.one_of} - {column}
    for row in item.rows():
        cells = rows.get(row, [])
        told = list(zip(names, (text.strip() for text in cells), strict=False))
        own = {name: text for name, text in told if name is not None}
        person = [own.get(name, "") for name in sorted(name for name in tells if name)]
        # Without the headings: they too may have been corrected.
        rest = [text for name, text in told if text and name not in (column, source.number)]
        whose = person if any(person) else rest
        yield _Known(group, _digest(key, [*group, *whose]), _digest(key, [*group, *rest]))


def _digest(key: bytes, parts: Sequence[str]) -> str:
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:_DIGITS]
