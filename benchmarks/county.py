"""A month of a county: cold classify, the same month with staging cached, and merely reading.

The month is made once by ``lic sample-data`` under ``.lic/benchmarks`` in the checkout.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from benchmarks.process import Cost, run_python, show, typical
from benchmarks.read_only import read
from benchmarks.steps import steps_of, typical_steps

HERE = Path(__file__).resolve().parents[1]
PERSONS_PER_HOUSEHOLD = 2.9  # a little less than are made, so that never fewer persons than asked for


def prepare(persons: int) -> Path:
    """The workspace of a synthetic county of about ``persons`` persons."""
    workspace = HERE / ".lic" / "benchmarks" / f"county-{persons}"
    if not (workspace / "lic.yaml").is_file():
        shutil.rmtree(workspace, ignore_errors=True)
        households = str(round(persons / PERSONS_PER_HOUSEHOLD))
        print(f"making {households} households ...")
        options = ["--households", households, "--seed", "1", "--period", "2026-10", "--months", "1"]
        run_python("-m", "lic", "sample-data", str(workspace), *options)
    return workspace


def clear(workspace: Path, *, cache: bool) -> None:
    """Forget earlier runs and, for a cold run, the staging cache."""
    shutil.rmtree(workspace / "runs", ignore_errors=True)
    if cache:
        shutil.rmtree(workspace / ".lic", ignore_errors=True)


def classify(workspace: Path, *, cold: bool) -> Cost:
    """One whole ``lic classify`` process."""
    clear(workspace, cache=cold)
    return run_python("-m", "lic", "classify", str(workspace / "2026-10"), "--json")


def counted(workspace: Path) -> tuple[int, int]:
    """Persons and households of the run that was written, and so really there."""
    manifest = workspace / "runs" / "2026-10" / "01" / "manifest.json"
    funnel = json.loads(manifest.read_text(encoding="utf-8"))["funnel"]
    return funnel["persons"], funnel["households"]


def measure(*, persons: int, runs: int) -> None:
    """Print the three medians, their ratios, and where the time of the cached run goes."""
    workspace = prepare(persons)
    month = workspace / "2026-10"
    log = workspace / "runs" / "2026-10" / "01" / "run.log"
    print(f"{read(month):,} cells, {os.cpu_count()} processors, {runs} runs")
    reading, cold, cached, steps = [], [], [], []
    for _ in range(runs):
        reading.append(run_python("-m", "benchmarks.read_only", str(month)))
        cold.append(classify(workspace, cold=True))
        cached.append(classify(workspace, cold=False))
        steps.append(steps_of(log, cached[-1].seconds))
    people, households = counted(workspace)
    print(f"{people:,} persons in {households:,} households")
    base, first, again = typical(reading), typical(cold), typical(cached)
    show(
        [
            ("python-calamine merely reading", base, None),
            ("classify, cold; over reading", first, base),
            ("classify, cached; over cold", again, first),
        ]
    )
    for name, seconds in typical_steps(steps).items():
        print(f"  {name:<42}{seconds:>10.2f}")
