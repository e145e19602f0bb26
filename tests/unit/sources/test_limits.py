"""A file that needs too much memory, or makes its reader die, costs one file; the pool carries on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lic.sources.spec import SourceSet
from lic.sources.unsafe import Limits
from tests.errors.inputs import PENSION, ROW, book
from tests.unit.sources.shipped import stage

needs_limit = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no limit of a process's memory")


@needs_limit
def test_a_file_that_needs_too_much_memory_is_one_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = SourceSet.limits_for

    def tight(self: SourceSet, file: str) -> Limits:
        return Limits(memory_mb=64) if file == "养老金.xlsx" else whole(self, file)

    monkeypatch.setattr(SourceSet, "limits_for", tight)
    folder = tmp_path / "2026-10"
    folder.mkdir()
    big = [[f"{name}{number}" for name in ROW] for number in range(20_000)]
    book(folder / "养老金.xlsx", {"养老待遇": [PENSION, *big]})
    book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, ROW]})
    staged = stage(folder)
    assert [(item.code, item.place.file) for item in staged.findings if item.severity.value == "错误"] == [
        ("S145", "2026-10/养老金.xlsx")
    ]
    assert [item.file for item in staged.sheets] == ["2026-10/养老待遇.xlsx"]
    assert not list((tmp_path / ".lic" / "staging").glob(".new-*"))
