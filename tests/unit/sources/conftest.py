"""Files are read in this process, except where child processes are what is tested."""

from __future__ import annotations

import pytest

from tests.unit.sources.shipped import read_here

_WITH_CHILDREN = {"test_pool", "test_limits", "test_store"}


@pytest.fixture(autouse=True)
def _no_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.module.__name__.rsplit(".", 1)[-1] not in _WITH_CHILDREN:
        monkeypatch.setattr("lic.sources.folder.read_files", read_here)
