"""Every seeded mistake is named by its code on its line, with few messages; many at once are all named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from lic.cli.console import problem_line
from lic.errors import Problem, RulesError
from lic.messages import remedy
from lic.policy import compiler
from lic.policy.grammar import parse
from lic.workflows.check_rules import check_rules
from tests.rules.seeded import CONFIG, MISTAKES
from tests.snapshots import Snapshot

ROOT = Path(__file__).parents[2]
# One mistake of each code, whose message is kept as it is read.
SHOWN = {mistake.code: name for name, mistake in reversed(MISTAKES.items())}
NOTES = ("R211", "R212", "R218")  # they stop nobody and are told when nothing else is wrong


def groups() -> Iterator[list[str]]:
    """Mistakes that can be made together: one in each file, notes on their own."""
    rest = list(MISTAKES)
    while rest:
        files: set[str] = set()
        group: list[str] = []
        for name in rest:
            mistake = MISTAKES[name]
            alone = mistake.alone or mistake.code in NOTES
            if mistake.file in files or (alone and group) or "\0" in files:
                continue
            files |= {mistake.file, "\0"} if alone else {mistake.file}
            group.append(name)
        rest = [name for name in rest if name not in group]
        yield group


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack is read some twenty times: unchanged files and formulas are parsed once."""
    monkeypatch.setattr(yaml, "compose", _compose)
    monkeypatch.setattr(compiler, "parse", _parse)


_compose = lru_cache(maxsize=None)(yaml.compose)
_parse = lru_cache(maxsize=None)(parse)


def said(root: Path) -> tuple[Problem, ...]:
    try:
        return check_rules(root, "2026-10-31").notes
    except RulesError as error:
        return error.problems


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    config = (ROOT / "sample_data" / CONFIG).read_text(encoding="utf-8")
    (tmp_path / CONFIG).write_text(config.replace("../rules", "rules"), encoding="utf-8", newline="\n")
    return tmp_path


def test_there_are_many_of_many_kinds() -> None:
    assert len(MISTAKES) >= 100
    assert len({mistake.code for mistake in MISTAKES.values()}) >= 50


@pytest.mark.parametrize("names", list(groups()), ids=lambda names: f"{len(names)} with {names[0]}")
def test_each_of_several_mistakes_is_named_with_its_line(
    names: list[str], root: Path, snapshot: Snapshot
) -> None:
    expected = {}
    for name in names:
        mistake = MISTAKES[name]
        line = mistake.apply(root)
        expected[name] = mistake.place or f"{mistake.file.replace('rules/sources', 'sources')}:{line}"
    problems = said(root)
    places = [(item.code, f"{item.file}:{item.line}") for item in problems]
    missed = [
        (name, MISTAKES[name].code, place)
        for name, place in expected.items()
        if not any(code == MISTAKES[name].code and at.startswith(place) for code, at in places)
    ]
    assert missed == [], places
    assert len(problems) <= sum(MISTAKES[name].most for name in names), places
    for name in names:
        if SHOWN[MISTAKES[name].code] == name:
            snapshot.matches(
                f"{MISTAKES[name].code}.txt", shown(problems, MISTAKES[name].code, expected[name])
            )


def shown(problems: tuple[Problem, ...], code: str, place: str) -> str:
    """The messages of a code at a place as a person reads them; lines move as the pack grows."""
    lines = [
        f"{problem_line(item)}\n    处理  {remedy(code, dict(item.params))}\n"
        for item in problems
        if item.code == code and f"{item.file}:{item.line}".startswith(place)
    ]
    return re.sub(r"(?<=\.yaml:)\d+", "…", "".join(lines[:1]))
