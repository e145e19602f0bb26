"""A child process that dies or hangs costs one file and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from lic.sources.file import Job
from lic.sources.unsafe import Limits
from tests.errors.inputs import PENSION, ROW, book
from tests.unit.sources.shipped import stage


def month(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "2026-10"
    folder.mkdir()
    for index, name in enumerate(names):
        book(folder / name, {f"页{index}": [PENSION, ROW]})
    return folder


def test_files_are_read_by_children(tmp_path: Path) -> None:
    folder = stage(month(tmp_path, "养老一.xlsx", "养老二.xlsx"))
    assert [item.accepted for item in folder.sheets] == [1, 1]
    assert not list((tmp_path / ".lic" / "staging").glob(".new-*"))


def test_a_child_that_takes_too_long_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lic.sources.spec.SourceSet.limits_for", lambda *_: Limits(seconds=0))
    folder = stage(month(tmp_path, "养老待遇.xlsx"))
    assert [item.code for item in folder.findings] == ["S117"]
    assert [item.source for item in folder.refused] == ["养老待遇"]
    assert not list((tmp_path / ".lic" / "staging").glob(".new-*"))


def test_a_child_that_dies_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lic.sources import pool

    folder = month(tmp_path, "养老待遇.xlsx", "养老金.xlsx")
    whole = pool._Child.ask

    def dying(self: pool._Child, job: Job, seconds: float) -> pool.Failure | None:
        if job.shown.endswith("养老金.xlsx"):
            self.process.kill()
        return whole(self, job, seconds)

    monkeypatch.setattr(pool._Child, "ask", dying)
    staged = stage(folder)
    assert [(item.code, item.place.file) for item in staged.findings if item.code == "S108"] == [
        ("S108", "2026-10/养老金.xlsx")
    ]
    assert [item.file for item in staged.sheets] == ["2026-10/养老待遇.xlsx"]


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = month(tmp_path, "养老待遇.xlsx")
    first = stage(folder)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("lic.sources.folder.read_files", never)
    assert stage(folder) == first
    assert stage(folder, only=frozenset({"养老待遇"})) == first
    assert stage(folder, only=frozenset({"学籍"})).sheets == ()


def test_nothing_of_interest_is_remembered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = month(tmp_path, "养老待遇.xlsx")
    assert stage(folder, only=frozenset({"学籍"})).sheets == ()
    monkeypatch.setattr("lic.sources.folder.read_files", None)
    assert stage(folder, only=frozenset({"学籍"})).sheets == ()
