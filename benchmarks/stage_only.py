"""``python -m benchmarks.stage_only FOLDER WORKERS``: stage every file of a month, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from lic.errors import ProblemLog
from lic.model.period import Period
from lic.sources.declare import load_sources
from lic.sources.folder import stage_folder

SOURCES = Path(__file__).resolve().parents[1] / "rules" / "sources"


def stage(folder: Path, workers: int) -> int:
    """The number of rows accepted."""
    log = ProblemLog()
    sources = load_sources(SOURCES, None, log)
    log.raise_if_any()
    period = Period.parse(folder.name)
    if period is None:
        raise SystemExit(f"{folder.name} is no month")
    staged = stage_folder(
        folder,
        workspace=folder.parent,
        sources=sources,
        period=period.index,
        last_day=period.last_day,
        towns=(),
        cache=folder.parent / ".lic",
        workers=workers,
    )
    return sum(sheet.accepted for sheet in staged.sheets)


if __name__ == "__main__":
    print(stage(Path(sys.argv[1]), int(sys.argv[2])))
