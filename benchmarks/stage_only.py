"""``python -m benchmarks.stage_only FOLDER WORKERS``: stage every file of a month, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from lic.sources import stage_folder
from lic.workflows.load_rules import load_rules
from lic.workflows.workspace import open_month


def stage(folder: Path, workers: int) -> int:
    """The number of rows accepted."""
    month = open_month(folder, period=None, as_of=None, rules=None)
    rules = load_rules(month)
    staged = stage_folder(
        folder,
        workspace=month.workspace.root,
        sources=rules.sources,
        period=month.period.index,
        last_day=month.period.last_day,
        towns=month.workspace.towns,
        cache=month.workspace.cache,
        workers=workers,
    )
    return sum(sheet.accepted for sheet in staged.sheets)


if __name__ == "__main__":
    print(stage(Path(sys.argv[1]), int(sys.argv[2])))
