"""The month before, in figures: from its newest run, else from its folder.

Runs keep their figures in ``evidence/profile.json``, so that a decided month is compared with
what was decided then. A folder is asked only where there is no such run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lic.model.profile import MonthProfile
from lic.runs.quality import read_profile
from lic.sources.folder import Passwords
from lic.workflows.load_rules import Rules
from lic.workflows.measure import measure_folder, profile_of
from lic.workflows.stage_month import stage_one
from lic.workflows.verdicts import EarlierRun
from lic.workflows.workspace import Month, earlier_months


def profile_before(runs: Sequence[EarlierRun], month: Month) -> MonthProfile | None:
    """The figures that the newest run of an earlier month kept."""
    for run in runs:
        found = read_profile(run.path)
        if found is not None and found.period < str(month.period):
            return found
    return None


def folder_before(
    month: Month,
    rules: Rules,
    *,
    cache: Path,
    progress: Callable[[str], None],
    passwords: Passwords | None = None,
) -> MonthProfile | None:
    """The figures of the newest earlier folder of the workspace."""
    months = earlier_months(month)
    if not months:
        return None
    period, path = months[-1]
    folder = stage_one(month, rules, path, period, cache=cache, progress=progress, passwords=passwords)
    return profile_of(folder, measure_folder(folder, rules.sources, rules.pack.roster))
