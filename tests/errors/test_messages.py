"""Every S code: the smallest broken input that shows it, and what the clerk then reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from lic.messages import remedy, say
from lic.messages.sources import SOURCES
from lic.model.finding import Finding
from lic.model.staging import StagedFolder
from tests.errors.inputs import BROKEN
from tests.snapshots import Snapshot
from tests.unit.sources.shipped import stage

# Shown by other tests: a child that dies, a locked file, an empty table that may not be empty,
# and codes of columns that no shipped source has at present.
ELSEWHERE = {"S108", "S111", "S126", "S129", "S234"}


def line(finding: Finding) -> str:
    place = finding.place
    where = " ".join(str(part) for part in (place.file, place.sheet, place.cell or place.row) if part)
    count = f" ×{finding.count}" if finding.count > 1 else ""
    text = say(finding.code, finding.params)
    todo = remedy(finding.code, finding.params)
    return f"{finding.severity.value} {finding.code} {where}{count}\n  {text}\n  {todo}\n"


def account(folder: StagedFolder) -> str:
    lines = [line(finding) for finding in folder.findings]
    lines += [f"used {item.source} {item.accepted} of {item.rows_read}\n" for item in folder.sheets]
    lines += [f"refused {item.source}\n" for item in folder.refused]
    return "".join(lines)


def test_every_code_has_a_broken_input() -> None:
    assert sorted(set(SOURCES) - set(BROKEN)) == sorted(ELSEWHERE)


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_the_message(code: str, tmp_path: Path, snapshot: Snapshot) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    BROKEN[code](month)
    folder = stage(month)
    assert code in {finding.code for finding in folder.findings}
    for sheet in folder.sheets:
        assert sheet.rows_read == sheet.accepted + sheet.rejected + sheet.blank + sheet.footer
    text = account(folder)
    assert "610999197001011235" not in text
    snapshot.matches(f"{code}.txt", text)
