"""The county fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.linkage.county import County


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)
