"""The part of a run that only the quality workbook and the next month ask for.

``evidence/profile.json``: the month in figures. ``evidence/problems.parquet``: where each data
problem was seen, with the cell's address and how often.
"""

from __future__ import annotations

import json
from pathlib import Path

from lic.model.profile import MonthProfile, QualityDetail
from lic.runs.canonical import read_table, write_table
from lic.runs.evidence import EVIDENCE
from lic.runs.manifest import canonical_json

PROFILE = f"{EVIDENCE}/profile.json"
PLACES = f"{EVIDENCE}/problems.parquet"


def write_quality(folder: Path, detail: QualityDetail) -> None:
    """Write both files into a run that is being made."""
    (folder / EVIDENCE).mkdir(exist_ok=True)
    text = canonical_json(detail.profile.to_dict())
    (folder / PROFILE).write_text(text, encoding="utf-8", newline="\n")
    write_table(detail.places, folder / PLACES)


def read_profile(folder: Path) -> MonthProfile | None:
    """The figures of a run; None for a run that kept none."""
    try:
        return MonthProfile.from_dict(json.loads((folder / PROFILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_quality(folder: Path) -> QualityDetail | None:
    """Both files; None for a run that kept none."""
    profile = read_profile(folder)
    if profile is None or not (folder / PLACES).is_file():
        return None
    return QualityDetail(profile, read_table(folder / PLACES))
