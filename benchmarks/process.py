"""Times a child process as a whole: wall seconds and, where the system tells it, processor time and
peak memory. On a machine that others use too, processor time is what can be compared."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Median wall and processor seconds (with its children), and the largest peak of one process in
    MiB; None: not told."""

    seconds: float
    cpu: float | None
    peak_mib: float | None


def run_python(*arguments: str) -> Cost:
    """Run ``python ARGUMENTS`` once; stops the benchmark if it fails."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = cpu = None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    else:
        child.wait()
    seconds = time.perf_counter() - started
    if child.returncode != 0:
        raise SystemExit(f"failed with {child.returncode}: {' '.join(arguments)}")
    return Cost(seconds, cpu, peak)


def typical(costs: list[Cost]) -> Cost:
    """The median times and the largest peak of several runs."""
    cpus = [cost.cpu for cost in costs if cost.cpu is not None]
    peaks = [cost.peak_mib for cost in costs if cost.peak_mib is not None]
    return Cost(
        median(cost.seconds for cost in costs),
        median(cpus) if cpus else None,
        max(peaks) if peaks else None,
    )


def show(rows: list[tuple[str, Cost, Cost | None]]) -> None:
    """Print what was measured: name, seconds, peak, and both times over those of another row."""
    print(f"{'what':<32}{'seconds':>10}{'cpu':>10}{'peak MiB':>10}{'ratio':>8}{'cpu':>8}")
    for name, cost, base in rows:
        line = f"{name:<32}{cost.seconds:>10.2f}{_told(cost.cpu, 2):>10}{_told(cost.peak_mib, 0):>10}"
        if base is not None:
            cpu = cost.cpu / base.cpu if cost.cpu is not None and base.cpu is not None else None
            line += f"{cost.seconds / base.seconds:>8.2f}{_told(cpu, 2):>8}"
        print(line)


def _told(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
