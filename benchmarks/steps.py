"""Where the time of one classify goes, from the run's own log: seconds at which each step began."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

_LINE = re.compile(r"^\s*(\d+\.\d+)s (.+)$")
# The first line of the log that begins with a word opens the step; the next step closes it.
_OPENS = (
    ("link", "linkage"),
    ("decide", "policy"),
    ("tables, evidence, workbooks", "runs: tables"),
    ("hash and rename", "runs: done"),
)
FIRST = "start, rules, staging"


def steps_of(log: Path, whole: float) -> dict[str, float]:
    """Seconds of each step of one run that took ``whole`` seconds as a process."""
    begun = [(0.0, FIRST)]
    waiting = list(_OPENS)
    for line in log.read_text(encoding="utf-8").splitlines():
        found = _LINE.match(line)
        if found and waiting and found[2].startswith(waiting[0][1]):
            begun.append((float(found[1]), waiting.pop(0)[0]))
    ends = [at for at, _ in begun[1:]] + [whole]
    return {name: end - at for (at, name), end in zip(begun, ends, strict=True)}


def typical_steps(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each step."""
    return {name: median(run[name] for run in runs) for name in runs[0]}
