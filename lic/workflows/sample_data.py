"""Made-up exports of a made-up county, to try lic and to test it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lic.errors import UsageError
from lic.model.period import Period
from lic.samples.generate import write_sample_data
from lic.workflows.workspace import shipped_pack

_LAYOUTS = "samples"


@dataclass(frozen=True, slots=True)
class SampleData:
    """What was written."""

    folder: Path
    files: int


def make_sample_data(
    out: Path, *, households: int, seed: int, period: str, months: int, progress: Callable[[str], None]
) -> SampleData:
    """Write ``months`` consecutive month folders and ``lic.yaml`` into a new or empty folder."""
    if Period.parse(period) is None:
        raise UsageError("W104", value=period)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError("W109", folder=out)
    write_sample_data(
        out,
        households=households,
        seed=seed,
        period=period,
        months=months,
        layouts=shipped_pack() / _LAYOUTS,
        progress=progress,
    )
    return SampleData(out, sum(1 for path in out.rglob("*") if path.is_file()))
