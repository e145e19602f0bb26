"""Broken inputs are read in this process; the pool has tests of its own."""

from __future__ import annotations

import pytest

from tests.unit.sources.shipped import read_here


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.folder.read_files", read_here)
