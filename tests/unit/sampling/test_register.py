"""The register of draws: a chain that shows every change."""

from __future__ import annotations

import pytest

from lic.model.audit import EntryKind
from lic.sampling.register import (
    START,
    Entry,
    appended,
    as_line,
    draws_of_period,
    first_break,
    freezes_of_period,
    from_line,
)


def chain() -> list[Entry]:
    entries: list[Entry] = []
    for kind, frame in [(EntryKind.FREEZE, "a"), (EntryKind.DRAW, "a"), (EntryKind.DRAW, "b")]:
        content = {"kind": kind.value, "period": "2026-10", "plan": {"frame": frame}}
        entries.append(appended(entries, content))
    return entries


def test_each_entry_holds_the_hash_before_it() -> None:
    entries = chain()
    assert [item.previous for item in entries] == [START, entries[0].sha256, entries[1].sha256]
    assert first_break(entries) is None
    assert [from_line(as_line(item)) for item in entries] == entries


def test_any_change_is_found_where_it_was_made() -> None:
    entries = chain()
    changed = Entry({**entries[1].content, "period": "2026-11"}, entries[1].previous, entries[1].sha256)
    assert first_break([entries[0], changed, entries[2]]) == 2
    assert first_break(entries[1:]) == 1
    assert first_break([entries[0], entries[2]]) == 2
    assert first_break([entries[1], entries[0]]) == 1


@pytest.mark.parametrize("line", ["", "{}", "[]", "1", '{"content": 1, "previous": "", "sha256": ""}'])
def test_what_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_line(line)


def test_draws_and_freezes_are_found_by_period_and_kind() -> None:
    entries = chain()
    assert draws_of_period(entries, "2026-10", "a") == [entries[1]]
    assert freezes_of_period(entries, "2026-10", "a") == [entries[0]]
    assert freezes_of_period(entries, "2026-10", "b") == []
    assert draws_of_period(entries, "2026-09", "a") == []
