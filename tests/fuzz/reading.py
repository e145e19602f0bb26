"""Reads many files as a run does, in child processes, and says what does not hold."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lic.sources import cache
from lic.sources.child import Setup
from lic.sources.column import Context
from lic.sources.file import Job
from lic.sources.pool import read_files
from lic.sources.unsafe import Limits
from tests.errors.bad_input.cells import CELLS
from tests.errors.bad_input.files import FILES
from tests.errors.bad_input.sheets import SHEETS
from tests.fuzz.damage import Dice, damaged
from tests.fuzz.invariants import PERIOD, account, broken
from tests.unit.sources.shipped import shipped_sources

MONTH = Path(__file__).parents[2] / "sample_data" / "2026-10"
LARGEST = 100_000  # bytes of a file that is damaged: small ones cost less
_BOMBS = {"B13", "B14"}  # big on purpose
_AGAIN = 4  # one file in so many is read twice
LIMITS = Limits(seconds=120, memory_mb=3072)


@dataclass
class Tally:
    """How many files were tried, what was said of them, and what does not hold."""

    files: int = 0
    said: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str, bytes]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.files += other.files
        self.said += other.said
        self.broken += other.broken


def setup() -> Setup:
    sources = shipped_sources()
    return Setup(sources, Context(sources.reading, date(2026, 10, 31)))


def originals() -> list[tuple[str, bytes]]:
    """The sample month, and the built cases of bad input."""
    found = [(path.name, path.read_bytes()) for path in sorted(MONTH.iterdir()) if path.is_file()]
    cases = {**FILES, **SHEETS, **CELLS}
    for name in sorted(set(cases) - _BOMBS):
        with tempfile.TemporaryDirectory() as folder:
            cases[name](Path(folder))
            found += [
                (f"{name}-{path.name}", path.read_bytes())
                for path in sorted(Path(folder).iterdir())
                if path.is_file()
            ]
    return [(name, data) for name, data in found if 0 < len(data) <= LARGEST]


def damages(seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged files without end."""
    real = originals()
    count = 0
    while True:
        dice = Dice(f"{seed}-{count}")
        name, data = dice.of(real)
        yield f"{seed}-{count}-{name.rpartition('-')[2]}", damaged(data, dice)
        count += 1


def try_files(files: list[tuple[str, bytes]], *, workers: int) -> Tally:
    """Read each, some twice, and look at what was written about it."""
    tally = Tally(len(files))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs: dict[Job, tuple[str, bytes]] = {}
        twice: dict[Path, Path] = {}
        for index, (file, data) in enumerate(files):
            path = folder / "month" / str(index) / file.partition("-")[2].partition("-")[2]
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
            targets = [folder / f"{index}-{time}" for time in range(1 if index % _AGAIN else 2)]
            for target in targets:
                target.mkdir()
                jobs[Job(path, path.name, target, PERIOD, limits=LIMITS)] = (file, data)
            if len(targets) > 1:
                twice[targets[1]] = targets[0]
        failed = set()
        for job, failure in read_files(setup(), list(jobs), workers):
            if failure is not None:
                failed.add(job.target)
                tally.said[failure.code] += 1
                if failure.code != "S145":
                    tally.broken.append((f"{failure.code} {dict(failure.params)}", *jobs[job]))
        for job, kept in jobs.items():
            if job.target not in failed:
                tally.broken += [(text, *kept) for text in broken(job.target)]
                tally.said.update({item["code"] for item in (cache.read_meta(job.target) or {})["findings"]})
            first = twice.get(job.target)
            if first is None or not failed.isdisjoint({first, job.target}):
                continue
            if account(first) != account(job.target):
                tally.broken.append(("two readings differ", *kept))
        shutil.rmtree(folder / "month")
    return tally
