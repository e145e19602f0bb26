"""Expressions as sentences: a syntax tree in plain Chinese, for people who sign and ask.

Knows how operators and functions are said. What a name stands for is told by :class:`Wording`;
nothing is evaluated here and nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lic.policy import keys, syntax
from lic.policy.declared import Condition, Formula
from lic.policy.grammar import parse
from lic.policy.program import Program
from lic.policy.syntax import Node
from lic.policy.terms import Kind, column_type

# How tightly a phrase holds together; a looser one inside a tighter one stands in brackets.
_CHOICE, _OR, _AND, _NOT, _COMPARED, _SUM, _PRODUCT, _WORD = range(8)
_NUMBERS = {"<": "低于", "<=": "不超过", ">": "超过", ">=": "不低于", "=": "等于", "<>": "不等于"}
_DATES = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于", "=": "是", "<>": "不是"}
_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_FLAGS = (keys.NO, keys.UNKNOWN, keys.YES)  # beside a comparison
_ALWAYS = ("总不成立", "算作不明", "总是成立")  # as a condition of its own


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sentence must know of names: their kinds, and whose rows aggregates run over.

    ``table``: a field's 取 looks at the rows of this table; None: aggregates run over members.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    table: str | None = None


PLAIN_WORDING = Wording()


def wording(program: Program, table: str | None = None, parts: Sequence[str] = ()) -> Wording:
    """The wording of a pack's expressions; ``table``: of those over (these parts of) its rows."""
    kinds = {name: fact.type.kind for name, fact in program.facts.items()}
    kinds |= {name: parameter.kind for name, parameter in program.parameters.items()}
    schema = program.schemas.get(table or "")
    for name, column in schema.columns.items() if schema is not None else ():
        kinds[name] = column_type(column).kind
    part = f"（{keys.SHOW_LIST.join(parts)}）" if parts else ""
    return Wording(kinds, None if table is None else table + part)


def sentence(node: Node, how: Wording = PLAIN_WORDING) -> str:
    """An expression as one Chinese phrase without a full stop."""
    return _Speaker(how).say(node, _CHOICE).replace(" （", "（").replace("） ", "）")


def formula_sentence(formula: Formula, how: Wording = PLAIN_WORDING) -> str:
    """The sentence of a formula of a checked pack."""
    return sentence(parse(formula.text), how)


def condition_sentence(condition: Condition, how: Wording = PLAIN_WORDING) -> str:
    """A condition as one phrase: its formula, or all (any) of its formulas."""
    nodes = tuple(parse(item.text) for item in condition.formulas)
    if len(nodes) == 1:
        return sentence(nodes[0], how)
    return sentence(syntax.Logic(0, condition.both, nodes), how)


def number_text(value: Fraction) -> str:
    """A literal number as people write it."""
    for places in range(10):
        scaled = value * 10**places
        if scaled.denominator == 1:
            text = str(abs(scaled.numerator)).rjust(places + 1, "0")
            text = text if places == 0 else f"{text[:-places]}.{text[-places:]}"
            return f"-{text}" if value < 0 else text
    return f"{value.numerator}/{value.denominator}"


class _Speaker:
    """Says one expression."""

    def __init__(self, how: Wording) -> None:
        self.how = how

    def say(self, node: Node, level: int) -> str:
        """The phrase of a node, in brackets where it is looser than ``level``."""
        own, text = self._phrase(node)
        return f"（{text}）" if own < level else text

    def _phrase(self, node: Node) -> tuple[int, str]:
        match node:
            case syntax.Number():
                return _WORD, number_text(node.value)
            case syntax.Day():
                return _WORD, node.value.isoformat()
            case syntax.Quoted():
                return _WORD, f"“{node.value}”"
            case syntax.Flag():
                said = _ALWAYS[node.value]
                return _WORD, said if node.column is None else f"凭{node.column}{said}"
            case syntax.Name():
                return _WORD, node.text
            case syntax.Index():
                return _WORD, f"{node.name}（{node.key}）"
            case syntax.Call():
                return self._call(node)
            case syntax.Dash():
                return _WORD, ""
            case _:
                return self._operator(node)

    def _operator(self, node: Node) -> tuple[int, str]:
        match node:
            case syntax.Arithmetic():
                level = _SUM if node.op in "+-" else _PRODUCT
                right = level if node.op in "+*" else level + 1
                text = f"{self.say(node.left, level)} {_SIGNS[node.op]} {self.say(node.right, right)}"
                return level, text
            case syntax.Minus():
                return _SUM, f"负 {self.say(node.item, _WORD)}"
            case syntax.Compare():
                words = self._comparison(node)
                return _COMPARED, f"{self._side(node.left)} {words} {self._side(node.right)}"
            case syntax.Member():
                return _COMPARED, self._member(node)
            case syntax.Blank():
                words = "已填写" if node.negated else "没有填写"
                return _COMPARED, f"{self.say(node.item, _SUM)} {words}"
            case syntax.Logic():
                level, word = (_AND, keys.WORD_AND) if node.both else (_OR, keys.WORD_OR)
                return level, f" {word} ".join(self.say(item, _NOT) for item in node.items)
            case syntax.Negate():
                return _NOT, self._negated(node.item)
            case syntax.Choose():
                then, other = (self.say(item, _NOT) for item in (node.then, node.other))
                return _CHOICE, f"如果 {self.say(node.test, _OR)}，则 {then}；否则 {other}"
        raise TypeError(type(node).__name__)

    def _side(self, node: Node) -> str:
        return _FLAGS[node.value] if isinstance(node, syntax.Flag) else self.say(node, _SUM)

    def _negated(self, item: Node) -> str:
        known = _NEGATED.get(item.name) if isinstance(item, syntax.Call) else None
        if known is not None and isinstance(item, syntax.Call):
            return known.format(*(self.say(part, _SUM) for part in item.args))
        return f"并非 {self.say(item, _COMPARED)}"

    def _comparison(self, node: syntax.Compare) -> str:
        kinds = {self._kind(node.left), self._kind(node.right)}
        if kinds & {Kind.DATE, Kind.MONTH}:
            return _DATES[node.op]
        if kinds & {Kind.TEXT, Kind.TRUTH} or isinstance(node.right, syntax.Quoted | syntax.Flag):
            return _DATES[node.op]
        known_number = Kind.NUMBER in kinds or node.op not in ("=", "<>")
        return _NUMBERS[node.op] if known_number else _DATES[node.op]

    def _kind(self, node: Node) -> Kind:
        match node:
            case syntax.Name():
                return self.how.kinds.get(node.text, Kind.ANY)
            case syntax.Index():
                return self.how.kinds.get(node.name, Kind.ANY)
            case syntax.Number() | syntax.Arithmetic() | syntax.Minus():
                return Kind.NUMBER
            case syntax.Day():
                return Kind.DATE
            case syntax.Call():
                known = _KINDS.get(node.name)
                return self._kind(node.args[0]) if known is None and node.args else known or Kind.ANY
            case syntax.Choose():
                return self._kind(node.then)
            case _:
                return Kind.ANY

    def _member(self, node: syntax.Member) -> str:
        words = keys.SHOW_LIST.join(word.value for word in node.words)
        several = len(node.words) > 1
        tail = " 中的任何一个" if node.negated and several else " 之一" if several else ""
        return f"{self.say(node.item, _SUM)} {'不是' if node.negated else '是'} {words}{tail}"

    def _call(self, node: syntax.Call) -> tuple[int, str]:
        aggregate = _AGGREGATES.get(node.name)
        if aggregate is not None:
            return aggregate[0], self._aggregate(node, aggregate[1])
        known = _PHRASES.get(node.name)
        if known is None:
            inside = keys.SHOW_LIST.join(self.say(item, _CHOICE) for item in node.args)
            return _WORD, f"{node.name}（{inside}）"
        level, phrase = known
        return level, phrase(self, node)

    def several(self, node: syntax.Call) -> str:
        """The operands as a list."""
        return keys.SHOW_LIST.join(self.say(item, _SUM) for item in node.args)

    def _aggregate(self, node: syntax.Call, phrase: str) -> str:
        args, test = list(node.args), node.when
        if test is None and node.name in (keys.F_COUNT, *_ASKING) and args:
            test = args.pop()
        of_rows = self.how.table is not None
        item = self.say(args[0], _PRODUCT) if args else ""
        inside = "" if test is None else self.say(test, _CHOICE)
        if node.name in (keys.F_ANY_MEMBER, keys.F_ALL_MEMBERS):
            bare = isinstance(test, syntax.Name)
            return phrase.format(test=f" {inside}" if bare else f"（{inside}）")
        each, heads = (f"{self.how.table}各行", "行数") if of_rows else ("各成员", "成员人数")
        text = phrase.format(item=item, each=each, heads=heads, table=self.how.table or "")
        only = f"（只算 {inside} 的{'行' if of_rows else '成员'}）"
        return text + (only if test is not None else "")


Phrase = Callable[[_Speaker, syntax.Call], str]


def _with(template: str, level: int = _SUM) -> Phrase:
    """A phrase around the first operand; ``{1}`` and so on are the others."""

    def phrase(speaker: _Speaker, node: syntax.Call) -> str:
        return template.format(*(speaker.say(item, level) for item in node.args))

    return phrase


def _extreme(two: str, more: str) -> Phrase:
    def phrase(speaker: _Speaker, node: syntax.Call) -> str:
        return f"{speaker.several(node)} 中{two if len(node.args) == 2 else more}的"

    return phrase


def _months(speaker: _Speaker, node: syntax.Call) -> str:
    start, end = (speaker.say(item, _WORD) for item in node.args)
    if start and end:
        return f"{start} 至 {end} 的月数"
    return f"{start} 以来的月数" if start else f"{end} 以前的月数"


def _months_after(speaker: _Speaker, node: syntax.Call) -> str:
    count = node.args[1]
    text = speaker.say(count, _PRODUCT)
    months = f"{text} 个月" if isinstance(count, syntax.Number) else f"{text}（月）"
    return f"{speaker.say(node.args[0], _WORD)} 加 {months}"


def _newest(speaker: _Speaker, node: syntax.Call) -> str:
    first, *groups = (speaker.say(item, _WORD) for item in node.args)
    within = f"同一 {keys.SHOW_LIST.join(groups)} 中" if groups else "其中"
    return f"{first} 是{within}最新的"


_ASKING = (keys.F_ANY_ROW, keys.F_ANY_MEMBER, keys.F_ALL_MEMBERS)
_AGGREGATES = {
    keys.F_SUM: (_COMPARED, "{each} {item} 之和"),
    keys.F_COUNT: (_PRODUCT, "{heads}"),
    keys.F_DISTINCT: (_PRODUCT, "不同的 {item} 的个数"),
    keys.F_ANY_ROW: (_COMPARED, "在 {table} 中有记录"),
    keys.F_MAX: (_COMPARED, "{each} {item} 的最大值"),
    keys.F_MIN: (_COMPARED, "{each} {item} 的最小值"),
    keys.F_ANY_MEMBER: (_COMPARED, "有成员满足{test}"),
    keys.F_ALL_MEMBERS: (_COMPARED, "每个成员都满足{test}"),
}
_NEGATED = {
    keys.F_HAS_COLUMN: "表中没有 {0} 这一栏",
    keys.F_LEFT_BLANK: "{0} 没有留空",
    keys.F_DELIVERED: "{0} 没有报送",
    keys.F_KNOWN: "{0} 不清楚",
}
_PHRASES: dict[str, tuple[int, Phrase]] = {
    keys.F_LARGER: (_COMPARED, _extreme("较大", "最大")),
    keys.F_SMALLER: (_COMPARED, _extreme("较小", "最小")),
    keys.F_AGE: (_PRODUCT, _with("按 {0} 算到基准日的周岁")),
    keys.F_MONTHS: (_SUM, _months),
    keys.F_MONTHS_AFTER: (_SUM, _months_after),
    keys.F_DAYS_AFTER: (_SUM, _with("{0} 后 {1} 天")),
    keys.F_MONTH_BEFORE: (_PRODUCT, _with("{0} 的上一个月")),
    keys.F_MONTH_START: (_PRODUCT, _with("{0} 所在月的第一天")),
    keys.F_YEARLY: (_PRODUCT, _with("{0} 折合全年", _PRODUCT)),
    keys.F_MONTHLY: (_PRODUCT, _with("{0} 折合每月", _PRODUCT)),
    keys.F_ONCE: (_PRODUCT, _with("{0}（一次性，计一次）", _PRODUCT)),
    keys.F_WITHIN: (_SUM, _with("{0}（十二个月内）", _COMPARED)),
    keys.F_IN_MONTHS: (_COMPARED, _with("{0} 在十二个月内")),
    keys.F_DELIVERED: (_COMPARED, _with("{0} 已报送")),
    keys.F_HAS_COLUMN: (_COMPARED, _with("表中有 {0} 这一栏")),
    keys.F_LEFT_BLANK: (_COMPARED, _with("{0} 留空")),
    keys.F_KNOWN: (_COMPARED, _with("{0} 已清楚")),
    keys.F_SURELY: (_COMPARED, _with("确定 {0}", _COMPARED)),
    keys.F_MAYBE: (_COMPARED, _with("可能 {0}", _COMPARED)),
    keys.F_NEWEST: (_COMPARED, _newest),
    keys.F_AGE_IN_TABLE: (_SUM, _with("{0} 距全表最新一月的月数")),
    keys.F_SLICE: (_PRODUCT, _with("{0} 从第 {1} 位起的 {2} 位")),
}
_DATE_CALLS = (keys.F_MONTHS_AFTER, keys.F_DAYS_AFTER, keys.F_MONTH_BEFORE, keys.F_MONTH_START)
_TEXT_CALLS = (keys.F_SLICE,)
_NUMBER_CALLS = (keys.F_AGE, keys.F_MONTHS, keys.F_COUNT, keys.F_DISTINCT, keys.F_AGE_IN_TABLE)
_KINDS = {
    **dict.fromkeys(_DATE_CALLS, Kind.DATE),
    **dict.fromkeys(_TEXT_CALLS, Kind.TEXT),
    **dict.fromkeys(_NUMBER_CALLS, Kind.NUMBER),
}
