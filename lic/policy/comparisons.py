"""Comparisons: literals are understood from the other side, kinds and units must fit.

Knows that a bare word beside a text is a word of its vocabulary.
"""

from __future__ import annotations

from lic.declare import near_miss
from lic.policy import keys, leaves, syntax
from lic.policy.compiler import Compiler, Scope
from lic.policy.syntax import Node
from lic.policy.terms import TRUTH, Kind, Term
from lic.policy.units import fits


def compare(compiler: Compiler, node: syntax.Compare, scope: Scope) -> Term:
    """``< <= > >= = <>``; a bare word beside a text is a literal."""
    left, right = sides(compiler, node, scope)
    kinds = {left.type.kind, right.type.kind}
    if Kind.ANY in kinds:
        return leaves.guessed(node, TRUTH, (left, right))
    if len(kinds) > 1:
        return compiler.fail(node, "R015", expected=left.type.kind.value, found=right.type.kind.value)
    kind = left.type.kind
    if kind is Kind.NUMBER and not fits(left.type.unit, right.type.unit):
        return compiler.mismatch(node, left, right)
    if kind in (Kind.TEXT, Kind.TRUTH) and node.op not in ("=", "<>"):
        return compiler.fail(node, "R015", expected=Kind.NUMBER.value, found=kind.value)
    return leaves.comparison(node, left, right)


def sides(compiler: Compiler, node: syntax.Compare, scope: Scope) -> tuple[Term, Term]:
    """Both operands, with literals understood from the other side."""
    if (
        isinstance(node.left, syntax.Name)
        and is_word(compiler, node.left, scope)
        and (isinstance(node.right, syntax.Name) and is_word(compiler, node.right, scope))
    ):  # two unknown words: the first was to be a name, and what the second is nobody can tell
        return compiler.term(node.left, scope), leaves.nothing(node.right)
    if is_word(compiler, node.left, scope):
        right = compiler.term(node.right, scope)
        return literal(compiler, node.left, right, scope), right
    left = compiler.term(node.left, scope)
    return left, literal(compiler, node.right, left, scope)


def is_word(compiler: Compiler, node: Node, scope: Scope) -> bool:
    """Whether an operand can only be a literal word."""
    if isinstance(node, syntax.Name):
        return not compiler.resolves(node.text, scope)
    return isinstance(node, syntax.Quoted | syntax.Flag)


def literal(compiler: Compiler, node: Node, other: Term, scope: Scope) -> Term:
    """A word beside a text; anything else as usual. Beside what is not understood nothing is."""
    if other.type.kind is Kind.ANY and isinstance(node, syntax.Name):
        return leaves.nothing(node)
    if other.type.kind is not Kind.TEXT:
        return compiler.term(node, scope)
    match node:
        case syntax.Name():
            word = node.text
        case syntax.Quoted():
            word = node.value
        case syntax.Flag():
            word = {0: keys.NO, 1: keys.UNKNOWN, 2: keys.YES}[node.value]
        case _:
            return compiler.term(node, scope)
    words = other.type.words
    # A name that means something is that, unless it is a word of the other side's vocabulary.
    if word not in words and isinstance(node, syntax.Name) and compiler.resolves(word, scope):
        return compiler.term(node, scope)
    if words and word not in words:
        return unknown_word(compiler, node, word, words)
    return leaves.quoted(syntax.Quoted(node.at, word), words)


def unknown_word(compiler: Compiler, node: Node, word: str, words: tuple[str, ...]) -> Term:
    """Report a word outside a vocabulary."""
    return compiler.fail(node, "R017", word=word, known="、".join(words), suggestion=near_miss(word, words))


def member(compiler: Compiler, node: syntax.Member, scope: Scope) -> Term:
    """属于, 不属于."""
    item = compiler.term(node.item, scope)
    if not compiler.expect(item, Kind.TEXT) or item.type.kind is Kind.ANY:
        return leaves.guessed(node, TRUTH, (item,))
    words = tuple(word.value for word in node.words)
    for word in node.words:
        if item.type.words and word.value not in item.type.words:
            unknown_word(compiler, word, word.value, item.type.words)
    return leaves.among(node, item, words)
