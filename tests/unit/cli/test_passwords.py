"""Encrypted workbooks: the password comes from a file or from the terminal, and goes nowhere."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from lic.cli.main import main
from lic.messages.base import mask
from lic.sources.folder import Passwords, stage_folder
from tests.errors.inputs import encrypted, rezipped
from tests.unit.sources.shipped import shipped_sources

Capture = pytest.CaptureFixture[str]
SECRET = "秘 密Q7"


@pytest.fixture
def locked(month: Path) -> Path:
    """The made-up month with one more file that is encrypted."""
    for path in month.glob("养老保险*"):
        path.unlink()
    (month / "养老待遇.xlsx").write_bytes(encrypted(SECRET))
    return month


def said(capsys: Capture, *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = main([str(item) for item in arguments])
    captured = capsys.readouterr()
    text = captured.out + captured.err
    assert mask(text) == text
    assert SECRET not in text
    return code, text


def problems(capsys: Capture, *arguments: object) -> list[str]:
    code, text = said(capsys, *arguments, "--json", "-q")
    assert code == 0
    found = json.loads(text)["problems"]
    return [item["code"] for item in found if item["code"] in ("S104", "S116")]


def test_a_password_file_opens_it_and_is_kept_nowhere(locked: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "密码.txt"
    assert problems(capsys, "check", locked) == ["S104"]
    file.write_text("另一个\n\n", encoding="utf-8")
    assert problems(capsys, "check", locked, "--password-file", file) == ["S116"]
    file.write_bytes(f"另一个\r\n{SECRET}\r\n".encode("gb18030"))
    assert problems(capsys, "check", locked, "--password-file", file) == []
    workspace = locked.parent
    for path in workspace.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("content", [None, b"PK\x03\x04\x00\x00\xff\xfe\x00", b"x" * (1 << 20) + b"y"])
def test_what_is_no_password_file_is_said(
    month: Path, tmp_path: Path, capsys: Capture, content: bytes | None
) -> None:
    file = tmp_path / "密码.txt"
    if content is not None:
        file.write_bytes(content)
    code, text = said(capsys, "check", month, "--password-file", file)
    assert code == 2
    assert ("W118" if content is None else "W119") in text


def test_who_is_asked_may_err_and_may_give_up(tmp_path: Path) -> None:
    month = tmp_path / "2026-10"
    month.mkdir()
    (month / "养老待遇.xlsx").write_bytes(encrypted(SECRET))
    asked: list[str] = []

    def codes(answers: list[str | None]) -> list[str]:
        waiting = iter(answers)

        def ask(name: str) -> str | None:
            asked.append(name)
            return next(waiting)

        folder = stage_folder(
            month,
            workspace=tmp_path,
            sources=shipped_sources(),
            period=2026 * 12 + 9,
            last_day=date(2026, 10, 31),
            towns=(),
            cache=tmp_path / ".lic",
            passwords=Passwords(ask=ask),
        )
        return [item.code for item in folder.findings if item.code in ("S104", "S116")]

    assert codes([None]) == ["S104"]
    assert codes(["错的", None]) == ["S116"]
    assert codes(["错的", SECRET]) == []
    assert asked == ["养老待遇.xlsx"] * 5


def test_lic_yaml_may_name_the_file_and_a_lost_one_is_said(
    locked: Path, tmp_path: Path, capsys: Capture
) -> None:
    config = locked.parent / "lic.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "密码文件: ..\\密码.txt\n", encoding="utf-8")
    file = locked.parent.parent / "密码.txt"
    code, text = said(capsys, "check", locked)
    assert (code, "W118" in text) == (2, True)
    file.write_text(SECRET, encoding="utf-8")
    assert problems(capsys, "check", locked) == []
    other = tmp_path / "另一个.txt"
    other.write_text("不对", encoding="utf-8")
    assert problems(capsys, "check", locked, "--password-file", other, "--no-cache") == []


def test_a_renamed_heading_of_an_encrypted_workbook_is_accepted(
    month: Path, tmp_path: Path, capsys: Capture
) -> None:
    book = openpyxl.load_workbook(BytesIO(rezipped(lambda _, data: data)))
    heading = next(cell for cell in next(book.worksheets[0].rows) if "金额" in str(cell.value))
    heading.value = "本月实发养老金额"
    renamed, sealed = BytesIO(), BytesIO()
    book.save(renamed)
    OOXMLFile(renamed).encrypt(SECRET, sealed)
    sheet = month / "养老待遇.xlsx"
    sheet.write_bytes(sealed.getvalue())
    file = tmp_path / "密码.txt"
    file.write_text(SECRET, encoding="utf-8")
    wanted = ("sources", "accept", sheet, "--password-file", file, "--yes")
    code, text = said(capsys, *wanted)
    assert code == 0, text
    assert "本月实发养老金额" in text
