"""Sentences of one pack's expressions and facts, each made once however often it is shown.

Knows which declaration is said how; the words are :mod:`lic.policy.sentence`'s.
"""

from __future__ import annotations

from lic.policy import keys
from lic.policy.declared import Condition, DecisionTable, Derived, Fact, OwnColumn, SourceField, TagList
from lic.policy.program import Program
from lic.policy.sentence import Wording, condition_sentence, formula_sentence, sentence, wording
from lic.policy.syntax import Node
from lic.policy.terms import Level

_OWN = {Level.HOUSEHOLD: "本户", Level.PERSON: "本人"}


class Phrases:
    """The sentences of a compiled pack."""

    def __init__(self, program: Program) -> None:
        """``program`` must outlive this: nodes are told apart by identity."""
        self._program = program
        self._wordings: dict[tuple[str | None, tuple[str, ...]], Wording] = {}
        self._nodes: dict[tuple[int, str | None], str] = {}
        self._facts: dict[str, str] = {}

    def of_node(self, node: Node, source: SourceField | None) -> str:
        """A part of an expression; ``source``: the field whose rows it looks at."""
        key = (id(node), None if source is None else source.table)
        if key not in self._nodes:
            self._nodes[key] = sentence(node, self._wording(source))
        return self._nodes[key]

    def of_fact(self, declared: Fact) -> str:
        """What a declared fact is."""
        if declared.name not in self._facts:
            self._facts[declared.name] = self._said(declared)
        return self._facts[declared.name]

    def _wording(self, source: SourceField | None) -> Wording:
        key = (None, ()) if source is None else (source.table, source.view.parts)
        if key not in self._wordings:
            self._wordings[key] = wording(self._program, *key)
        return self._wordings[key]

    def _said(self, declared: Fact) -> str:
        plain = self._wording(None)
        match declared:
            case OwnColumn():
                return f"{_OWN[declared.level]}名册里的“{declared.column}”"
            case SourceField():
                if declared.take is None:
                    return ""
                return formula_sentence(declared.take, self._wording(declared))
            case Derived():
                return "" if declared.formula is None else formula_sentence(declared.formula, plain)
            case Condition():
                return condition_sentence(declared, plain)
            case TagList():
                return keys.SHOW_LIST.join(word for word, _ in declared.items)
            case DecisionTable():
                return "依次看各行，取先成立的一行"
