"""The staging cache: private, bounded, and the same for two runs at once."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from lic.model.staging import StagedFolder
from lic.sources import store
from lic.sources.store import Store
from tests.errors.inputs import PENSION, ROW, book, changed
from tests.unit.sources.shipped import shipped_sources, stage

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows protects the profile by its ACL")


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-10"
    folder.mkdir()
    book(folder / "养老待遇.xlsx", {"养老待遇": [PENSION, ROW, changed(ROW, 1, "0")]})
    return folder


@posix
def test_only_the_owner_can_look_into_it(month: Path) -> None:
    stage(month)
    kept = [month.parent / ".lic" / "staging", *(month.parent / ".lic" / "staging").rglob("*")]
    assert len(kept) > 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept if path.is_file()} == {0o600}


def test_two_runs_at_once_tell_the_same_and_leave_nothing(month: Path) -> None:
    for number in range(4):
        book(month / f"养老{number}.xlsx", {"养老待遇": [PENSION, changed(ROW, 5, number)]})
    answers: list[StagedFolder] = []
    runs = [threading.Thread(target=lambda: answers.append(stage(month))) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(answers) == 3
    assert answers[0] == answers[1] == answers[2] == stage(month)
    folders = list((month.parent / ".lic" / "staging").iterdir())
    assert len(folders) == 5
    assert not [path for path in folders if path.name.startswith(".new-")]


def entry(folder: Path, name: str, *, age: float, size: int = 100) -> Path:
    path = folder / name
    path.mkdir(parents=True)
    (path / "0.parquet").write_bytes(b"x" * size)
    meta = path / "meta.json"
    meta.write_text("{}")
    os.utime(meta, (1e9 - age, 1e9 - age))
    return path


def test_the_oldest_go_when_it_is_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 250)
    folder = tmp_path / "staging"
    names = ["oldest", "older", "in use", "newest"]
    entries = [entry(folder, name, age=age) for name, age in zip(names, (9000, 8000, 60, 0), strict=True)]
    Store(folder, shipped_sources()).sweep()
    assert [path.exists() for path in entries] == [False, False, True, True]


def test_what_nobody_asked_for_in_a_year_goes(tmp_path: Path) -> None:
    folder = tmp_path / "staging"
    old = entry(folder, "old", age=store.MAX_AGE + 1)
    kept = entry(folder, "kept", age=store.MAX_AGE - 1)
    entry(folder, "new", age=0)
    killed = folder / ".new-1-1"
    killed.mkdir()
    os.utime(killed, (1e9 - 90_000, 1e9 - 90_000))
    Store(folder, shipped_sources()).sweep()
    assert [old.exists(), kept.exists(), killed.exists()] == [False, True, False]


def test_a_damaged_entry_is_read_anew(month: Path) -> None:
    first = stage(month)
    (meta,) = (month.parent / ".lic" / "staging").rglob("meta.json")
    meta.write_text("{")
    again = stage(month)
    assert [sheet.accepted for sheet in again.sheets] == [sheet.accepted for sheet in first.sheets]
    assert again.findings == first.findings
