"""Reading a county month: every file staged by lic, over python-calamine merely reading the same cells.

Staging is measured as it is used (a pool of child processes) and with one worker; reading is one
process. The month is made once by ``lic sample-data`` under ``.lic/benchmarks`` in the checkout.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from benchmarks.county import prepare
from benchmarks.process import Cost, run_python, show, typical
from benchmarks.read_only import read


def stage(workspace: Path, workers: int) -> Cost:
    """Stage the whole month with an empty cache."""
    shutil.rmtree(workspace / ".lic", ignore_errors=True)
    return run_python("-m", "benchmarks.stage_only", str(workspace / "2026-10"), str(workers))


def measure(*, persons: int, runs: int) -> None:
    """Print the medians and their ratios."""
    workspace = prepare(persons)
    month = workspace / "2026-10"
    workers = os.cpu_count() or 1
    print(f"{read(month):,} cells, {workers} processors, {runs} runs")
    reading, one, pool = [], [], []
    for _ in range(runs):
        reading.append(run_python("-m", "benchmarks.read_only", str(month)))
        pool.append(stage(workspace, workers))
        one.append(stage(workspace, 1))
    base = typical(reading)
    show(
        [
            ("python-calamine merely reading", base, None),
            (f"staging, {workers} children", typical(pool), base),
            ("staging, 1 child", typical(one), base),
        ]
    )
