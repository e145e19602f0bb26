"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snapshots import Snapshot


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write snapshots instead of comparing")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return Snapshot(Path(request.path), update=request.config.getoption("--snapshot-update"))
