"""How expressions are said."""

from fractions import Fraction
from pathlib import Path

import pytest

from lic.errors import ProblemLog
from lic.policy import syntax
from lic.policy.declared import Condition, Derived, Formula, SourceField
from lic.policy.grammar import parse
from lic.policy.pack import Pack, load_pack
from lic.policy.sentence import Wording, condition_sentence, number_text, sentence, wording
from lic.policy.terms import Kind
from lic.sources.declare import load_sources

ROOT = Path(__file__).parents[3]
NAMES = Wording({"停发": Kind.DATE, "收入": Kind.NUMBER, "线": Kind.NUMBER, "镇": Kind.TEXT})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收入 < 线 * 人数", "收入 低于 线 × 人数"),
        ("收入 >= 60%", "收入 不低于 0.6"),
        ("停发 <= 2026-10-31", "停发 不晚于 2026-10-31"),
        ("镇 = 甲", "镇 是 甲"),
        ("镇 <> 甲", "镇 不是 甲"),
        ("收入 = 线", "收入 等于 线"),
        ("镇 属于 (甲, 乙)", "镇 是 甲、乙 之一"),
        ("镇 不属于 (甲, 乙)", "镇 不是 甲、乙 中的任何一个"),
        ("镇 属于 (甲)", "镇 是 甲"),
        ("停发 为空", "停发 没有填写"),
        ("a 且 (b 或 c)", "a 且（b 或 c）"),
        ("a 或 b 且 c", "a 或（b 且 c）"),
        ("非 (a 且 b)", "并非（a 且 b）"),
        ("非 留空(镇)", "镇 没有留空"),
        ("(a + b) * c - (d - e)", "（a ＋ b）× c －（d － e）"),
        ("a 且 未知", "a 且 算作不明"),
        ("a = 未知", "a 是 未知"),
        ("合计(收入, 当 在)", "各成员 收入 之和（只算 在 的成员）"),
        ("计数(在)", "成员人数（只算 在 的成员）"),
        ("有人(在) 且 每人(非 在)", "有成员满足 在 且 每个成员都满足（并非 在）"),
        ("取大(0, 收入 - 线)", "0、收入 － 线 中较大的"),
        ("若 a 则 收入 否则 0", "如果 a，则 收入；否则 0"),
        ("月后(停发, 12) > 停发", "停发 加 12 个月 晚于 停发"),
        ("线[乙] * 月数(停发, －)", "线（乙）×（停发 以来的月数）"),
        ("年化(收入) <= 月均(线)", "收入 折合全年 不超过 线 折合每月"),
    ],
)
def test_said(text: str, said: str) -> None:
    assert sentence(parse(text), NAMES) == said


def test_rows_are_said_with_their_table() -> None:
    how = Wording({}, "养老待遇")
    assert sentence(parse("有(当 状态 = 正常)"), how) == "在 养老待遇 中有记录（只算 状态 是 正常 的行）"
    assert sentence(parse("合计(a * 12)"), how) == "养老待遇各行 a × 12 之和"
    assert sentence(parse("计数(当 b)"), how) == "行数（只算 b 的行）"


def test_a_fraction_without_an_end_stays_a_fraction() -> None:
    assert number_text(parse_number("1.5")) == "1.5"
    assert number_text(parse_number("0.05")) == "0.05"
    assert number_text(parse_number("1") / 3) == "1/3"


def parse_number(text: str) -> Fraction:
    node = parse(text)
    assert isinstance(node, syntax.Number)
    return node.value


@pytest.fixture(scope="module")
def shipped() -> Pack:
    log = ProblemLog()
    sources = load_sources(ROOT / "rules" / "sources", None, log)
    pack = load_pack(ROOT / "rules", schemas=sources.schemas, local=None, log=log)
    assert pack is not None
    return pack


def names(node: object) -> set[str]:
    """Every bare word of a tree."""
    if isinstance(node, syntax.Name):
        return {node.text}
    if isinstance(node, tuple):
        return {name for item in node for name in names(item)}
    if not isinstance(node, syntax.Node):
        return set()
    fields = (getattr(node, name) for name in type(node).__dataclass_fields__)
    return {name for item in fields for name in names(item)}


def test_every_word_of_the_shipped_pack_is_said(shipped: Pack) -> None:
    program = shipped.program
    said: dict[str, set[str]] = {}
    for fact in program.declarations.facts.values():
        formulas: tuple[Formula, ...] = ()
        how = wording(program)
        match fact:
            case Condition():
                formulas = fact.formulas
            case Derived() if fact.formula is not None:
                formulas = (fact.formula,)
            case SourceField() if fact.take is not None:
                formulas, how = (fact.take,), wording(program, fact.table, fact.view.parts)
        for formula in formulas:
            node = parse(formula.text)
            text = sentence(node, how)
            assert all(name in text for name in names(node)), text
            said.setdefault(text, set()).add(formula.text)
    assert len(said) > 100
    one_line = {text: {" ".join(formula.split()) for formula in formulas} for text, formulas in said.items()}
    assert {text: formulas for text, formulas in one_line.items() if len(formulas) > 1} == {}


def test_a_list_of_conditions_is_one_sentence(shipped: Pack) -> None:
    fact = shipped.program.declarations.facts["符合低保"]
    assert isinstance(fact, Condition)
    said = condition_sentence(fact, wording(shipped.program))
    assert said == "申请或在册 且 收入低于低保标准 且 低保财产符合规定"
