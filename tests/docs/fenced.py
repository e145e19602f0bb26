"""Fenced blocks of a Markdown page, and what they stand for.

``yaml FILE``: the block is that file. ``diff FILE``: lines with ``-`` are replaced by those with
``+``. Behind the file ``错 CODE`` says that the check then refuses it with this code (and the
change is taken back). ``sh``: every line is run.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from lic.cli.main import main

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the file that it is about, the expected code, its text."""

    kind: str
    file: str
    code: str | None
    text: str


def blocks(page: Path) -> list[Block]:
    """All blocks of a page, in order."""
    found = []
    for kind, info, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        file, _, code = info.partition(" 错 ")
        found.append(Block(kind, file.strip(), code.strip() or None, text))
    return found


def run(
    block: Block, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Do what a block says, in ``folder``."""
    monkeypatch.chdir(folder)
    match block.kind:
        case "sh":
            for line in block.text.splitlines():
                words = shlex.split(line, comments=True)
                assert words[0] == "lic", line
                assert main(words[1:]) == 0, (line, capsys.readouterr().err)
        case "yaml" | "diff":
            before = _written(block, folder)
            code = main(["rules", "check"])
            said = capsys.readouterr().err
            if block.code is None:
                assert code == 0, (block, said)
            else:
                assert code == 4, block
                assert f" {block.code} " in said, (block, said)
                _put(folder / block.file, before)


def _written(block: Block, folder: Path) -> str | None:
    """Write the block; what was there before."""
    path = folder / block.file
    before = path.read_text(encoding="utf-8") if path.is_file() else None
    if block.kind == "yaml":
        _put(path, block.text)
        return before
    lines = block.text.splitlines()
    old = "\n".join(line[1:] for line in lines if line.startswith("-"))
    new = "\n".join(line[1:] for line in lines if line.startswith("+"))
    assert before is not None, path
    assert before.count(old) >= 1, (block.file, old)
    _put(path, before.replace(old, new, 1))
    return before


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
