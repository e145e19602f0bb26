"""The register of draws: a chain that shows every change."""

from __future__ import annotations

import pytest

from lic.model.audit import EntryKind
from lic.sampling.register import START, Entry, appended, as_line, draws_of, first_break, freeze_of, from_line


def chain() -> list[Entry]:
    entries: list[Entry] = []
    for kind, frame in [(EntryKind.FREEZE, "f1"), (EntryKind.DRAW, "f1"), (EntryKind.DRAW, "f2")]:
        entries.append(appended(entries, {"kind": kind.value, "frame_sha256": frame}))
    return entries


def test_each_entry_holds_the_hash_before_it() -> None:
    entries = chain()
    assert [item.previous for item in entries] == [START, entries[0].sha256, entries[1].sha256]
    assert first_break(entries) is None
    assert [from_line(as_line(item)) for item in entries] == entries


def test_any_change_is_found_where_it_was_made() -> None:
    entries = chain()
    changed = Entry({**entries[1].content, "frame_sha256": "f9"}, entries[1].previous, entries[1].sha256)
    assert first_break([entries[0], changed, entries[2]]) == 2
    assert first_break(entries[1:]) == 1
    assert first_break([entries[0], entries[2]]) == 2
    assert first_break([entries[1], entries[0]]) == 1


@pytest.mark.parametrize("line", ["", "{}", "[]", "1", '{"content": 1, "previous": "", "sha256": ""}'])
def test_what_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_line(line)


def test_draws_and_freezes_are_found_by_frame() -> None:
    entries = chain()
    assert draws_of(entries, "f1") == [entries[1]]
    assert freeze_of(entries, "f1") == entries[0]
    assert freeze_of(entries, "f2") is None
