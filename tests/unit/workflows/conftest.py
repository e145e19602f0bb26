"""One made-up county for all tests of a folder; tests that change something take a copy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lic.workflows.audit_sample import audit_sample
from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.sample_data import make_sample_data
from tests.unit.workflows.audited import PROPOSED
from tests.unit.workflows.county import PERIOD, copy_county, make_county, silent


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_county(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of 150 households with three decided months; its moves are in ``planned.yaml``."""
    root = tmp_path_factory.mktemp("three") / "county"
    make_sample_data(root, households=150, seed=5, period=PERIOD, months=3, progress=silent)
    for month in ("2026-08", "2026-09", PERIOD):
        classify_month(root / month, ClassifyOptions(), progress=silent)
    return root


@pytest.fixture
def month(county: Path, tmp_path: Path) -> Path:
    return copy_county(county, tmp_path)


@pytest.fixture(scope="session")
def drawn(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one run, not to be changed; the run's folder."""
    root = tmp_path_factory.mktemp("audit") / "workspace"
    shutil.copytree(county.parent, root)
    return root / "runs" / county.name / "01"


@pytest.fixture
def audited_run(drawn: Path, tmp_path: Path) -> Path:
    """The run in a workspace of its own."""
    root = tmp_path / "workspace"
    shutil.copytree(drawn.parents[2] / "runs", root / "runs")
    shutil.copy(drawn.parents[2] / "lic.yaml", root)
    return root / "runs" / drawn.parent.name / drawn.name


@pytest.fixture(scope="session")
def audited_bundle(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle, not to be changed."""
    root = tmp_path_factory.mktemp("bundle")
    shutil.copytree(drawn, root / "run")
    options = replace(PROPOSED, stratify="镇", risk="auto", out=root / "01")
    return audit_sample(root / "run", options, progress=silent).bundle
