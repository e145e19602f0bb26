"""Times a child process as a whole: wall seconds and, where the system tells it, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Median wall seconds and the largest peak of one process in MiB (None: not told)."""

    seconds: float
    peak_mib: float | None


def run_python(*arguments: str) -> Cost:
    """Run ``python ARGUMENTS`` once; stops the benchmark if it fails."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    else:
        child.wait()
    seconds = time.perf_counter() - started
    if child.returncode != 0:
        raise SystemExit(f"failed with {child.returncode}: {' '.join(arguments)}")
    return Cost(seconds, peak)


def typical(costs: list[Cost]) -> Cost:
    """The median time and the largest peak of several runs."""
    peaks = [cost.peak_mib for cost in costs if cost.peak_mib is not None]
    return Cost(median(cost.seconds for cost in costs), max(peaks) if peaks else None)


def show(rows: list[tuple[str, Cost, float | None]]) -> None:
    """Print what was measured: name, seconds, peak, ratio to the first row."""
    print(f"{'what':<44}{'seconds':>10}{'peak MiB':>10}{'ratio':>8}")
    for name, cost, ratio in rows:
        peak = "-" if cost.peak_mib is None else f"{cost.peak_mib:.0f}"
        print(f"{name:<44}{cost.seconds:>10.2f}{peak:>10}{'' if ratio is None else f'{ratio:.2f}':>8}")
