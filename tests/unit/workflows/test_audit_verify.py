"""Any changed byte of a bundle is found, and any household that was not drawn is named."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lic.errors import RunFolderError
from lic.model.audit import FORMS_FILE, FRAME_FILE, MANIFEST_FILE, SAMPLE_FILE, FrameKind
from tests.unit.workflows.audited import codes, reseal, sample, verify


@pytest.fixture
def run(audited_run: Path) -> Path:
    return audited_run


@pytest.fixture
def bundle(audited_bundle: Path) -> Path:
    return audited_bundle


def copied(bundle: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy"
    shutil.copytree(bundle, target)
    return target


@pytest.mark.parametrize("name", [FRAME_FILE, SAMPLE_FILE, MANIFEST_FILE, FORMS_FILE])
def test_any_changed_byte_is_found(bundle: Path, tmp_path: Path, name: str) -> None:
    mine = copied(bundle, tmp_path)
    whole = (mine / name).read_bytes()
    for step in range(50):
        at = step * (len(whole) - 1) // 49
        changed = bytes([whole[at] ^ (1 << step % 8)])
        (mine / name).write_bytes(whole[:at] + changed + whole[at + 1 :])
        assert verify(mine).problems, (name, at)
    for other in (whole + b"\n", whole[:-1], b"", whole + whole):
        (mine / name).write_bytes(other)
        assert verify(mine).problems, name
    (mine / name).write_bytes(whole)
    assert not verify(mine).problems


def swap(bundle: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    """Change the sample and make every hash fit again."""
    path = bundle / SAMPLE_FILE
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(",".join(row) + "\n" for row in change(rows)), encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    reseal(bundle, lambda manifest: manifest["files"].update({SAMPLE_FILE: digest}))


def test_a_forged_sample_is_found_by_name(bundle: Path, tmp_path: Path) -> None:
    mine = copied(bundle, tmp_path)
    rows = [line.split(",") for line in (mine / SAMPLE_FILE).read_text(encoding="utf-8").splitlines()]
    gone, stays = rows[1], rows[2]
    swap(mine, lambda rows: [rows[0], *rows[2:]])
    assert "W625" in codes(verify(mine))
    assert any(gone[1][-4:] in item.message for item in verify(mine).problems if item.code == "W625")
    shutil.rmtree(mine)
    mine = copied(bundle, tmp_path)
    swap(mine, lambda rows: [rows[0], [gone[0], "SQ-forged", *gone[2:]], *rows[2:]])
    assert {"W624", "W625"} <= codes(verify(mine))
    shutil.rmtree(mine)
    mine = copied(bundle, tmp_path)
    swap(mine, lambda rows: [*rows[:2], [*stays[:8], "99", *stays[9:]], *rows[3:]])
    assert codes(verify(mine)) == {"W626"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m["chance"].update(seed="20261106"), "W629"),
        (lambda m: m["sample"].update(households=1), "W627"),
        (lambda m: m["plan"].update(rate="1/2"), "W629"),
        (lambda m: m["frame"].update(persons=1), "W627"),
        (lambda m: m.update(floor="1/100", extra=1), "W627"),
        (lambda m: m["register"].pop(), "W629"),
        (lambda m: m["register"][0].update(previous="1" * 64), "W628"),
        (lambda m: m["chance"].update(freeze="0" * 64), "W630"),
        (lambda m: m["plan"].update(rate="2"), "W639"),
        (lambda m: m.update(plan=[]), "W639"),
        (lambda m: m["files"].pop(FORMS_FILE), "W627"),
        (lambda m: m.update(format=2), "W622"),
    ],
)
def test_a_forged_manifest_is_found(
    bundle: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    mine = copied(bundle, tmp_path)
    reseal(mine, change)
    assert code in codes(verify(mine))


def test_missing_files_and_other_folders(bundle: Path, tmp_path: Path) -> None:
    mine = copied(bundle, tmp_path)
    (mine / FORMS_FILE).unlink()
    assert codes(verify(mine)) == {"W637"}
    (mine / FRAME_FILE).unlink()
    assert {"W637", "W639"} <= codes(verify(mine))
    with pytest.raises(RunFolderError) as caught:
        verify(tmp_path)
    assert caught.value.code == "W620"


def test_the_run_tells_a_frame_that_is_not_its_own(run: Path, bundle: Path) -> None:
    stranger = verify(bundle, run)
    assert codes(stranger) == {"W644"}  # the frame fits; this workspace never drew it
    found = sample(run, kind=FrameKind.CONFIRMED)
    reseal(found.bundle, lambda manifest: manifest["plan"].update(frame="建议"))
    assert "W635" in codes(verify(found.bundle, run))


def test_a_workbook_with_other_households_is_found(bundle: Path, tmp_path: Path) -> None:
    mine = copied(bundle, tmp_path)
    book = openpyxl.load_workbook(mine / FORMS_FILE)
    sheet = book["结果登记"]
    gone = sheet.cell(5, 2).value
    sheet.cell(5, 2).value = "SQ-forged"
    book.save(mine / FORMS_FILE)
    digest = hashlib.sha256((mine / FORMS_FILE).read_bytes()).hexdigest()
    reseal(mine, lambda manifest: manifest["files"].update({FORMS_FILE: digest}))
    found = verify(mine)
    assert codes(found) == {"W632", "W633"}
    assert gone in found.households
    (mine / FORMS_FILE).write_bytes(b"no workbook")
    digest = hashlib.sha256(b"no workbook").hexdigest()
    reseal(mine, lambda manifest: manifest["files"].update({FORMS_FILE: digest}))
    assert codes(verify(mine)) == {"W631"}
