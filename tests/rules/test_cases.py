"""The shipped pack loads without a problem, and every case beside it comes out as written."""

from functools import cache
from pathlib import Path

import pytest

from lic.errors import ProblemLog
from lic.messages import say
from lic.policy.cases import CaseResult, run_cases
from lic.policy.pack import Pack, load_pack
from lic.sources.declare import load_sources

RULES = Path(__file__).parents[2] / "rules"


def shown(log: ProblemLog) -> list[str]:
    return [f"{p.file}:{p.line}:{p.column} {p.code} {say(p.code, dict(p.params))}" for p in log.problems]


@cache
def shipped() -> Pack:
    log = ProblemLog()
    sources = load_sources(RULES / "sources", None, log)
    pack = load_pack(RULES, schemas=sources.schemas, local=None, log=log)
    assert shown(log) == []
    assert pack is not None
    return pack


@cache
def results() -> list[CaseResult]:
    log = ProblemLog()
    found = run_cases(shipped(), log)
    assert shown(log) == []
    return found


def test_there_are_cases() -> None:
    assert len(results()) == len(shipped().program.declarations.cases) > 100


def names() -> list[str]:
    return [result.name for result in results()]


@pytest.mark.parametrize("index", range(len(results())), ids=names())
def test_case(index: int) -> None:
    result = results()[index]
    assert result.differences == (), f"{result.file}:{result.line} {result.name}"


def test_case_names_differ() -> None:
    assert len(set(names())) == len(names())
