"""Commands and README name the same things; the screen that the README shows is real."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from lic.cli.main import app

ROOT = Path(__file__).parents[2]
SPAN = re.compile(r"`lic ([a-z][^`]*)`")
OPTION = re.compile(r"(?<![\w-])(--[a-z-]+|-[a-z])(?![\w-])")
GLOBAL = {"--debug", "--version", "--help", "-h"}


def commands() -> dict[str, Any]:
    """Every command by its full name."""
    found: dict[str, Any] = {}
    top: Any = typer.main.get_command(app)
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = command
        else:
            found.update({f"{name} {own}": one for own, one in inner.items()})
    return found


def named(text: str) -> list[tuple[str, str]]:
    """Commands that a page names, with the span that names them; alternatives are taken apart."""
    found = []
    groups = {name.split(" ")[0] for name in commands() if " " in name}
    for span in SPAN.findall(text):
        words = span.replace("\\|", "|").split()
        if words[0] in groups and len(words) > 1:
            found += [(f"{words[0]} {one}", span) for one in words[1].split("|") if one.isalpha()]
        elif words[0] not in groups:
            found += [(one, span) for one in words[0].split("|")]
    return found


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/rules.md", "docs/规则手册.md"])
def test_commands_and_options_of_a_page_exist(page: str) -> None:
    known = commands()
    for name, span in named((ROOT / page).read_text(encoding="utf-8")):
        assert name in known, f"{page}: lic {span}"
        options = {option for parameter in known[name].params for option in parameter.opts}
        wrong = set(OPTION.findall(span)) - options - GLOBAL
        assert wrong == set(), f"{page}: lic {span}"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_stands_in_the_readme(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert sorted(set(commands()) - {name for name, _ in named(text)}) == []


def test_every_command_and_option_has_chinese_help() -> None:
    for name, command in commands().items():
        assert re.search("[\u4e00-\u9fff]", command.help or ""), name
        for parameter in command.params:
            if parameter.name != "help":
                assert re.search("[\u4e00-\u9fff]", getattr(parameter, "help", "") or ""), (
                    name,
                    parameter.name,
                )


def test_the_screen_in_the_readme_is_what_the_demo_prints(tmp_path: Path) -> None:
    """The first block of the page, but for the command, is the real output."""
    workspace = tmp_path / "sample_data"
    shutil.copytree(ROOT / "sample_data", workspace, ignore=shutil.ignore_patterns("runs", ".lic"))
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    command = [sys.executable, "-m", "lic", "classify", "sample_data/2026-10"]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```text\n", 1)[1].split("```", 1)[0]
    lines = [line.rstrip() for line in done.stdout.decode().splitlines()]
    assert shown.splitlines()[1:] == lines
