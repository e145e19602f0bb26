"""Which differences a change is due to, over decisions that are written down as functions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import pytest

from lic.diffing.attribute import Attribution, Target, Values, attribute

GROUPS = ("a", "b", "c")
TARGET: Target = (0, "outcome")
Truths = Mapping[str, bool]  # of each group: whether it is new


def attributed(rule: Callable[[Truths], object]) -> Attribution | None:
    """``rule``: the outcome, given which groups are new."""

    def decide(old: frozenset[str], pairs: Sequence[int]) -> Values:
        assert list(pairs) == [0]
        return {TARGET: str(rule({name: name not in old for name in GROUPS}))}

    ends = str(rule(dict.fromkeys(GROUPS, False))), str(rule(dict.fromkeys(GROUPS, True)))
    assert ends[0] != ends[1]
    return attribute({TARGET: ends}, {0: GROUPS}, decide).get(TARGET)


@pytest.mark.parametrize(
    ("rule", "groups", "alone"),
    [
        (lambda new: new["b"], ("b",), True),
        (lambda new: new["a"] and new["c"], ("a", "c"), True),  # each undoes it
        (lambda new: new["a"] or new["c"], ("a", "c"), True),  # each would have done
        (lambda new: sum(new.values()) >= 2, ("a", "b"), False),  # two of three, none alone
        (lambda new: not new["a"], ("a",), True),
    ],
)
def test_the_groups_behind_a_change(
    rule: Callable[[Truths], object], groups: tuple[str, ...], alone: bool
) -> None:
    found = attributed(rule)
    assert found is not None
    if alone:
        assert found == Attribution(groups, alone=True)
    else:
        assert not found.alone
        assert len(found.groups) == len(groups)


def test_what_does_not_come_back_has_no_cause() -> None:
    def decide(old: frozenset[str], pairs: Sequence[int]) -> Values:
        return {TARGET: "new"}

    assert attribute({TARGET: ("old", "new")}, {0: GROUPS}, decide) == {}


def test_several_pairs_have_their_own_groups() -> None:
    def decide(old: frozenset[str], pairs: Sequence[int]) -> Values:
        own = {0: "a", 1: "b"}
        return {(pair, "outcome"): "old" if own[pair] in old else "new" for pair in pairs}

    targets: dict[Target, tuple[Hashable, Hashable]] = {(pair, "outcome"): ("old", "new") for pair in (0, 1)}
    found = attribute(targets, {0: ("a", "c"), 1: ("b", "c")}, decide)
    assert {target[0]: item.groups for target, item in found.items()} == {0: ("a",), 1: ("b",)}
