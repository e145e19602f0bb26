"""Reads back an overlay file that lic wrote: only additions, no judgement."""

from __future__ import annotations

from pathlib import Path

from lic.declare import read_document, read_map, read_texts
from lic.errors import ProblemLog
from lic.sources import keys
from lic.sources.accept import Additions


def read_additions(path: Path) -> Additions:
    """The additions in ``path``. Raises RulesError when it is not what lic writes."""
    log = ProblemLog()
    document = read_document(path, log, name=f"{path.parent.name}/{path.name}")
    log.raise_if_any()
    if document is None:
        return Additions("")
    aliases: dict[str, tuple[str, ...]] = {}
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    table = document.text(keys.TABLE, required=True) or ""
    columns = document.map(keys.COLUMNS)
    for name, node in columns.pairs() if columns is not None else ():
        column = read_map(node)
        if column is None:
            continue
        if found := column.texts(keys.ALIASES):
            aliases[name.value] = found
        own = column.map(keys.WORDS)
        if own is not None:
            words[name.value] = {word.value: read_texts(texts) for word, texts in own.pairs()}
        column.finish()
    additions = Additions(table, aliases, words, document.texts(keys.IGNORED))
    document.finish()
    log.raise_if_any()
    return additions
