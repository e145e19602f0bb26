"""The shipped sources, read once for all tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from lic.errors import ProblemLog
from lic.model.period import Period
from lic.model.staging import StagedFolder
from lic.sources.child import Setup
from lic.sources.declare import load_sources
from lic.sources.file import FileReader, Job
from lic.sources.folder import stage_folder
from lic.sources.pool import Failure
from lic.sources.spec import SourceSet

RULES = Path(__file__).parents[3] / "rules" / "sources"


def read_here(setup: Setup, jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, Failure | None]]:
    """In place of the pool of child processes: the same reader in this process, for quick tests."""
    reader = FileReader(setup.sources, setup.context)
    for job in jobs:
        reader.stage(job)
        yield job, None


@cache
def shipped_sources() -> SourceSet:
    log = ProblemLog()
    sources = load_sources(RULES, None, log)
    log.raise_if_any()
    return sources


def stage(
    month: Path, *, cache_folder: Path | None = None, only: frozenset[str] | None = None
) -> StagedFolder:
    """Stage a folder named YYYY-MM as a run of that month would."""
    period = Period.parse(month.name)
    assert period is not None
    return stage_folder(
        month,
        workspace=month.parent,
        sources=shipped_sources(),
        period=period.index,
        last_day=period.last_day,
        towns=("示例城关镇", "示例饶峰镇"),
        cache=cache_folder or month.parent / ".lic",
        only=only,
    )
