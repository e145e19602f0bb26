"""Run folders: complete or not there at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from lic.errors import RunFolderError
from lic.model.manifest import Manifest
from lic.runs.folder import (
    LATEST,
    answers,
    check_destination,
    commit_at,
    commit_numbered,
    draft_in,
    find_answer,
    runs_of,
)
from lic.runs.manifest import canonical_json, hashed_files, question_sha256, read_manifest, write_manifest
from lic.runs.views import commit_beside
from tests.unit.reports.made import made_manifest


def manifest(question: str = "q") -> Manifest:
    data = made_manifest().to_dict() | {"question": question, "outputs": {"persons.parquet": "x"}}
    return Manifest.from_dict(data)


def write_run(parent: Path, question: str = "q") -> Path:
    with draft_in(parent) as draft:
        (draft.path / "persons.parquet").write_bytes(b"rows")
        (draft.scratch / "rubbish").write_bytes(b"x")
        write_manifest(draft.path, manifest(question))
        return commit_numbered(draft, parent)


def test_numbers_count_from_one_and_latest_names_the_newest(tmp_path: Path) -> None:
    period = tmp_path / "runs" / "2026-10"
    assert [write_run(period).name for _ in range(3)] == ["01", "02", "03"]
    assert (period / LATEST).read_text() == "03\n"
    assert sorted(path.name for path in period.iterdir()) == ["01", "02", "03", LATEST]
    assert sorted(path.name for path in (period / "01").iterdir()) == ["manifest.json", "persons.parquet"]
    assert [run.name for run in runs_of(period)] == ["01", "02", "03"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in the profile's ACL")
def test_files_are_private(tmp_path: Path) -> None:
    run = write_run(tmp_path / "runs")
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in run.iterdir()} == {0o600}


def test_the_same_question_finds_its_answer(tmp_path: Path) -> None:
    write_run(tmp_path, "one")
    second = write_run(tmp_path, "two")
    assert find_answer(tmp_path, "two") == second
    assert find_answer(tmp_path, "three") is None
    (second / "persons.parquet").unlink()
    assert not answers(second, "two")


def test_a_failed_draft_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with draft_in(tmp_path) as draft:
            (draft.path / "half").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="uses SIGKILL")
def test_a_killed_draft_is_no_run_and_is_cleared_by_the_next(tmp_path: Path) -> None:
    code = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from lic.runs.folder import draft_in
        with draft_in(Path({str(tmp_path)!r})) as draft:
            (draft.path / "manifest.json").write_text("half")
            print("ready", flush=True)
            time.sleep(60)
        """
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        alive = write_run(tmp_path)  # a draft that is being written is left alone
        assert [path.name for path in tmp_path.iterdir() if path.is_dir() and path.name.startswith(".")] != []
        process.kill()
        process.wait()
    assert runs_of(tmp_path) == [alive]
    time.sleep(0.05)
    write_run(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01", "02", LATEST]


def test_destination_must_be_new_empty_or_with_force_a_run(tmp_path: Path) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    new, empty, other = tmp_path / "new", tmp_path / "empty", tmp_path / "other"
    empty.mkdir()
    other.mkdir()
    (other / "file").write_text("x")
    run = write_run(tmp_path / "runs")
    for folder in (new, empty):
        check_destination(folder, force=False, month=month)
    check_destination(run, force=True, month=month)
    for folder, force, code in [
        (other, True, "W001"),
        (other / "file", True, "W001"),
        (run, False, "W002"),
        (month / "out", False, "W004"),
        (month, True, "W004"),
    ]:
        with pytest.raises(RunFolderError) as caught:
            check_destination(folder, force=force, month=month)
        assert caught.value.code == code


def test_commit_replaces_a_run_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in ("first", "second"):
        with draft_in(tmp_path) as draft:
            (draft.path / text).write_text(text)
            commit_at(draft, out)
    assert [path.name for path in out.iterdir()] == ["second"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_unwritable_place_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunFolderError) as caught, draft_in(tmp_path / "file" / "runs"):
        pass
    assert caught.value.code == "W003"


def test_manifest_survives_and_refuses_strangers(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest())
    assert read_manifest(tmp_path) == manifest()
    assert hashed_files(tmp_path) == []
    for text in ("", "[]", "{}", '{"format": 1}', '{"format": 99}'):
        (tmp_path / "manifest.json").write_text(text)
        assert read_manifest(tmp_path) is None


def test_question_does_not_depend_on_the_order_of_keys() -> None:
    assert question_sha256({"a": 1, "b": 2}) == question_sha256({"b": 2, "a": 1})
    assert question_sha256({"a": 1}) != question_sha256({"a": 2})
    assert canonical_json({"b": "字", "a": 1}) == '{\n "a": 1,\n "b": "字"\n}\n'


def test_a_folder_that_cannot_be_moved_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to move a folder while a file in it is open."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.txt").write_text("old", encoding="utf-8")
    move = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self == out:
            raise PermissionError(13, "in use")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with draft_in(tmp_path) as draft:
        (draft.path / "new.txt").write_text("new", encoding="utf-8")
        with pytest.raises(PermissionError):
            commit_at(draft, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "old.txt").read_text(encoding="utf-8") == "old"


def test_a_run_goes_beside_one_that_is_held_open(tmp_path: Path) -> None:
    out = tmp_path / "结果"
    out.mkdir()
    (out / "认定名册.xlsx").write_text("旧", encoding="utf-8")

    def windows(source: Path, target: Path) -> None:
        if source == out:
            raise PermissionError(13, "另一个程序正在使用此文件")
        source.rename(target)

    with draft_in(tmp_path) as draft:
        (draft.path / "认定名册.xlsx").write_text("新", encoding="utf-8")
        placed = commit_beside(draft, out, rename=windows)
    assert placed == tmp_path / "结果 (2)"
    assert (placed / "认定名册.xlsx").read_text(encoding="utf-8") == "新"
    assert (out / "认定名册.xlsx").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["结果", "结果 (2)"]
