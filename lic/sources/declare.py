"""Reads ``rules/sources/*.yaml`` (and a workspace's overlay) into a :class:`SourceSet`.

Knows the shape of the declarations. Every problem goes into the log with its line and column;
a source with a problem is still built as far as it can be, so that all problems are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lic.declare import Map, read_document, read_map, read_texts
from lic.errors import ProblemLog
from lic.model.expectation import Expectations
from lic.model.layer import Layer
from lic.model.layering import Layering
from lic.model.shape import judge
from lic.sources import keys
from lic.sources.confusion import confusable
from lic.sources.declare_column import ColumnReader, Common
from lic.sources.declare_table import read_source
from lic.sources.expect import read_expectations
from lic.sources.headings import clean_heading
from lic.sources.layers import lay_sources
from lic.sources.shapes import ADDITIONS, SHARED, TABLE
from lic.sources.spec import Reading, SourceSet, SourceSpec

_COMMON, _WORDS, _READING = "_common.yaml", "_words.yaml", "_reading.yaml"


def load_sources(
    folder: Path,
    overlay: Path | None,
    log: ProblemLog,
    *,
    layers: Sequence[tuple[Layer, Path]] = (),
    layering: Layering | None = None,
    strict: bool = False,
) -> SourceSet:
    """Every source of ``folder``, with the aliases and sources that ``overlay`` adds.

    ``layers``: the sources of higher rules, the lowest rank first, laid over by ``layering``.
    ``strict``: also what can be read but cannot be meant.
    """
    documents = _documents(folder, log)
    for name, document in documents.items():
        judge(SHARED.get(name, TABLE), document)
    for layer, place in layers if layering is not None else ():
        lay_sources(documents, _documents(place, log, owner=True, layer=layer.label), layer, layering)
    shared = {name: documents.pop(name, None) for name in (_COMMON, _WORDS, _READING)}
    reader = ColumnReader(_common(shared[_COMMON]), _word_lists(shared[_WORDS]))
    reader.check_common()
    additions = _documents(overlay, log, owner=True) if overlay is not None and overlay.is_dir() else {}
    extra, more = _split(additions, documents)
    usual = _usual(shared[_READING])
    sources: dict[str, SourceSpec] = {}
    written: dict[str, Map] = {}
    for _, document in sorted({**documents, **more}.items()):
        source = read_source(document, reader, extra.get(document.text(keys.TABLE) or "", []), usual)
        if source is None:
            continue
        if source.name in sources:
            document.entries[keys.TABLE].fail("R021", table=source.name, file=sources[source.name].file)
            continue
        sources[source.name], written[source.name] = source, document
    if strict:
        meant = {item.suggestion for item in log.problems}  # a misspelt name may be the list's
        _say_unused([name for name in reader.unused() if name not in meant], shared[_WORDS])
    ordered = _widen(tuple(sources[name] for name in sorted(sources)))
    _check_confusion(ordered, written)
    return SourceSet(ordered, _reading(shared[_READING]))


def _documents(folder: Path, log: ProblemLog, *, owner: bool = False, layer: str = "") -> dict[str, Map]:
    """Every file of a folder; ``owner``: named with the workspace, for the pack has a folder of that name."""
    shown = f"{folder.parent.name}/{folder.name}" if owner else folder.name
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        document = read_document(path, log, name=f"{shown}/{path.name}")
        if document is not None:
            document.source.layer = layer
            found[path.name] = document
    return found


def _split(
    additions: dict[str, Map], documents: dict[str, Map]
) -> tuple[dict[str, list[Map]], dict[str, Map]]:
    """Overlay files that add to a known table, and those that declare a new one."""
    known = {document.text(keys.TABLE) for document in documents.values()}
    extra: dict[str, list[Map]] = {}
    new: dict[str, Map] = {}
    for name, document in additions.items():
        table = document.text(keys.TABLE, required=True)
        if table in known and table is not None:
            judge(ADDITIONS, document)
            extra.setdefault(table, []).append(document)
        elif table is not None:
            judge(TABLE, document)
            new[f"+{name}"] = document
    return extra, new


def _common(document: Map | None) -> Common:
    columns: dict[str, Map] = {}
    ignored: tuple[str, ...] = ()
    if document is not None:
        declared = document.map(keys.COLUMNS, required=True)
        for key, node in declared.pairs() if declared is not None else ():
            found = read_map(node)
            if found is not None:
                columns[key.value] = found
        ignored = tuple(clean_heading(text) for text in document.texts(keys.IGNORED))
        document.finish()
    return Common(columns, ignored)


def _word_lists(document: Map | None) -> dict[str, Map]:
    lists: dict[str, Map] = {}
    declared = document.map(keys.WORD_LISTS, required=True) if document is not None else None
    for key, node in declared.pairs() if declared is not None else ():
        found = read_map(node)
        if found is not None:
            lists[key.value] = found
    if document is not None:
        document.finish()
    return lists


def _say_unused(names: Sequence[str], document: Map | None) -> None:
    lists = None if document is None else read_map(document.entries.get(keys.WORD_LISTS))
    if lists is not None:
        for name in names:
            lists.keys[name].fail("R051", name=name)


def _reading(document: Map | None) -> Reading:
    if document is None:
        return Reading()

    def upper(key: str) -> frozenset[str]:
        return frozenset(clean_heading(text) or text for text in _quoted(document, key))

    reading = Reading(
        skipped_files=document.texts(keys.SKIPPED_FILES),
        own_output=document.texts(keys.OWN_OUTPUT),
        totals=document.texts(keys.TOTAL_WORDS),
        footers=document.texts(keys.FOOTER_WORDS),
        placeholders=upper(keys.PLACEHOLDERS),
        dashes=upper(keys.DASHES),
        data_date_columns=upper(keys.DATA_DATE_COLUMNS),
        mojibake=document.texts(keys.MOJIBAKE),
        own_marks=document.texts(keys.OWN_MARKS),
        note_sheets=document.texts(keys.NOTE_SHEETS),
        owner_files=document.texts(keys.OWNER_FILES),
    )
    document.finish()
    return reading


def _usual(document: Map | None) -> Expectations:
    """What is expected of every table that says nothing else."""
    return read_expectations(
        None if document is None else document.map(keys.EXPECTED), Expectations(), columns=None
    )


def _quoted(document: Map, key: str) -> tuple[str, ...]:
    return read_texts(document.require(key))


def _widen(sources: tuple[SourceSpec, ...]) -> tuple[SourceSpec, ...]:
    """Let 不得有 forbid every heading of the column it names, whichever source knows it."""
    headings: dict[str, set[str]] = {}
    for source in sources:
        for column in source.columns:
            headings.setdefault(column.name, {clean_heading(column.name)}).update(column.headings)
    widened = []
    for source in sources:
        own = {heading for column in source.columns for heading in column.headings}
        forbidden = {heading for name in source.must_not for heading in headings.get(name, {name})}
        widened.append(replace(source, must_not=tuple(sorted(forbidden - own | set(source.must_not)))))
    return tuple(widened)


def _check_confusion(sources: tuple[SourceSpec, ...], written: dict[str, Map]) -> None:
    """Said once for each pair, where the first of the two says how it is recognised."""
    said: set[frozenset[str]] = set()
    for mine, other in confusable(sources):
        pair = frozenset((mine.name, other.name))
        if pair not in said:
            document = written[mine.name]
            place = document.keys.get(keys.FINGERPRINT, document)
            place.fail("R029", table=mine.name, other=other.name, file=other.file)
        said.add(pair)
