"""How expressions are written."""

import pytest

from lic.policy import syntax
from lic.policy.grammar import ExpressionError, parse


def test_word_operators_need_spaces_and_names_may_hold_them() -> None:
    node = parse("年老体弱且生活遇困 且 非 是否保障对象")
    assert isinstance(node, syntax.Logic)
    assert node.both
    assert node.items[0] == syntax.Name(0, "年老体弱且生活遇困")
    assert isinstance(node.items[1], syntax.Negate)


def test_full_width_operators_mean_the_same() -> None:
    node = parse("（a ＋ b）≥ 60％")
    assert isinstance(node, syntax.Compare)
    assert node.op == ">="
    assert isinstance(node.left, syntax.Arithmetic)
    assert isinstance(node.right, syntax.Number)
    assert node.right.value * 5 == 3


def test_and_binds_tighter_than_or() -> None:
    node = parse("a 或 b 且 c")
    assert isinstance(node, syntax.Logic)
    assert not node.both
    assert isinstance(node.items[1], syntax.Logic)


def test_when_is_the_last_operand_of_a_call() -> None:
    node = parse("合计(月额 * 月数(起, －), 当 种 = 一)")
    assert isinstance(node, syntax.Call)
    assert isinstance(node.when, syntax.Compare)
    assert len(node.args) == 1


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a 且", 3),
        ("a ＋＋ b", 3),
        ("2026-02-30 < x", 0),
        ("f(当 a, b)", 0),
        ("a ! b", 2),
        ("", 0),
        ("(a", 2),
    ],
)
def test_a_mistake_is_shown_where_it_is(text: str, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.at == at
