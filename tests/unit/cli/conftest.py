"""One made-up county for all tests of a folder; tests that change something take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.workflows.county import copy_county, make_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_county(tmp_path_factory.mktemp("made"))


@pytest.fixture
def month(county: Path, tmp_path: Path) -> Path:
    return copy_county(county, tmp_path)
