"""A sample of small mistakes, each of which some case must notice; ``mutation.py`` tries all of them."""

from __future__ import annotations

from functools import cache

import pytest

from lic.policy.pack import Pack
from tests.rules.mutants import Mutant, equivalent, mutants, noticed, shipped

EVERY = 29


@cache
def everything() -> tuple[Pack, list[Mutant]]:
    pack = shipped()
    return pack, [mutant for mutant in mutants(pack) if equivalent(mutant) is None]


def sample() -> list[Mutant]:
    return everything()[1][::EVERY]


@pytest.mark.parametrize("mutant", sample(), ids=lambda mutant: f"{mutant.place} {mutant.change}"[:80])
def test_a_small_mistake_breaks_a_case(mutant: Mutant) -> None:
    assert noticed(everything()[0], mutant) is not None


def test_there_are_many() -> None:
    groups = {mutant.group for mutant in everything()[1]}
    assert groups == {"字段", "推算", "条件", "列表", "认定", "参数"}
    assert len(everything()[1]) > 380
