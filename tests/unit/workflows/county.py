"""Small workspaces for the tests of workflows and commands: made-up months, freely mutilated."""

from __future__ import annotations

import shutil
from pathlib import Path

from lic.workflows.classify import ClassifyOptions, classify_month
from lic.workflows.sample_data import make_sample_data

PERIOD = "2026-10"
HOUSEHOLDS = 40


def silent(_text: str) -> None:
    """Progress nobody sees."""


def make_county(root: Path, *, months: int = 1) -> Path:
    """A workspace with one or more months, already staged once; the folder of the last."""
    make_sample_data(
        root / "county", households=HOUSEHOLDS, seed=7, period=PERIOD, months=months, progress=silent
    )
    month = root / "county" / PERIOD
    classify_month(month, ClassifyOptions(), progress=silent)
    return month


def copy_county(county: Path, root: Path) -> Path:
    """A copy of the county's workspace that a test may damage; the folder of its month."""
    target = root / "workspace"
    shutil.copytree(county.parent, target, ignore=shutil.ignore_patterns("runs"))
    return target / county.name


def remove(month: Path, *patterns: str) -> None:
    """Take files out of a month's folder; every pattern must have met one."""
    for pattern in patterns:
        found = list(month.glob(pattern))
        assert found, pattern
        for path in found:
            path.unlink()
