"""Files are read in this process, except where the pool itself is tested."""

from __future__ import annotations

import pytest

from tests.unit.sources.shipped import read_here


@pytest.fixture(autouse=True)
def _no_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.module.__name__.rsplit(".", 1)[-1] != "test_pool":
        monkeypatch.setattr("lic.sources.folder.read_files", read_here)
