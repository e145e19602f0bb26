"""``lic help``: every code, families, near misses."""

from __future__ import annotations

from pathlib import Path

import pytest

from lic.cli.main import main
from lic.messages import CATALOGUE
from lic.workflows.explain_code import code_help, families
from lic.workflows.rulebook import rulebook

ROOT = Path(__file__).parents[3]
Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(["help", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_without_a_code_the_families(capsys: Capture) -> None:
    code, out, _ = said(capsys)
    assert code == 0
    for letter in {code[0] for code in CATALOGUE} | {"K"}:
        assert f"  {letter}  " in out
    assert sum(family.count for family in families()) > len(CATALOGUE)


@pytest.mark.parametrize("asked", ["S203", "s203", " \uff53203 "])
def test_a_code_however_it_is_written(asked: str, capsys: Capture) -> None:
    code, out, _ = said(capsys, asked)
    assert code == 0
    assert CATALOGUE["S203"].title in out
    assert "怎么办" in out
    assert "{" not in out


def test_every_code_of_lic_and_of_the_pack_is_explained() -> None:
    for code in CATALOGUE:
        assert [item.code for item in code_help(code)] == [code]
    checks = {item.code for item in rulebook(ROOT / "rules", None).items if item.code.startswith("K")}
    assert {item.code for item in code_help("K")} == checks
    assert {item.code for item in code_help(min(checks))} == {min(checks)}


def test_checks_with_one_code_and_those_that_are_off(capsys: Capture) -> None:
    assert len(code_help("K073")) == 2
    off = next(item for item in rulebook(ROOT / "rules", None).items if item.off and not item.lines)
    assert f"未启用  {off.off}" in said(capsys, off.code)[1]


def test_beginnings_and_words_are_found(capsys: Capture) -> None:
    assert all(item.code.startswith("S2") for item in code_help("S2"))
    assert "S203" in said(capsys, "证件号码")[1]


def test_near_misses(capsys: Capture) -> None:
    code, out, err = said(capsys, "S2033")
    assert (code, out) == (2, "")
    assert "是不是“S2" in err
    assert said(capsys, "zzzz")[0] == 2
