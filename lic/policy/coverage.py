"""Which truths the cases have shown of every condition and decision row.

Knows that a condition which a case fixes is not shown by it. Judges no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from lic.model.explanation import Kleene
from lic.policy import keys, syntax
from lic.policy.batch import Batch
from lic.policy.declared import Condition
from lic.policy.pack import Pack
from lic.policy.syntax import Node
from lic.policy.values import FALSE, TRUE, UNKNOWN, Truths, as_truth

_TRUTHS = ((TRUE, Kleene.TRUE), (FALSE, Kleene.FALSE), (UNKNOWN, Kleene.UNKNOWN))


_ALL = frozenset(truth for _, truth in _TRUTHS)
_BOTH = _ALL - {Kleene.UNKNOWN}
_TWO_VALUED = (
    keys.F_HAS_COLUMN, keys.F_LEFT_BLANK, keys.F_DELIVERED, keys.F_KNOWN, keys.F_SURELY, keys.F_MAYBE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One condition, or one row of a decision table (``row`` from 1), and what was seen of it."""

    name: str
    row: int | None
    category: str | None
    file: str
    line: int
    seen: frozenset[Kleene]
    possible: frozenset[Kleene]

    @property
    def lacking(self) -> tuple[Kleene, ...]:
        """The truths that it can have and no case shows."""
        return tuple(truth for _, truth in _TRUTHS if truth in self.possible - self.seen)


def coverage(pack: Pack, batches: Iterable[Batch]) -> tuple[Shown, ...]:
    """Every condition and decision row with the truths that the cases' batches show."""
    seen: dict[tuple[str, int | None], set[int]] = {key: set() for key, *_ in _items(pack)}
    for batch in batches:
        for name, row in seen:
            values = _of_condition(batch, name) if row is None else _of_row(batch, name, row)
            seen[name, row] |= set(np.unique(values).tolist())
    return tuple(
        Shown(
            key[0], key[1], category, file, line,
            frozenset(truth for code, truth in _TRUTHS if code in seen[key]),
            _BOTH if key[1] is None and _never_unknown(pack, key[0]) else _ALL,
        )
        for key, category, file, line in _items(pack)
    )  # fmt: skip


def _never_unknown(pack: Pack, name: str) -> bool:
    """A condition that only asks what is written or known is always true or false."""
    return all(_certain(term.node) for term in pack.program.facts[name].terms)


def _certain(node: Node) -> bool:
    match node:
        case syntax.Logic():
            return all(_certain(item) for item in node.items)
        case syntax.Negate():
            return _certain(node.item)
        case syntax.Call():
            return node.name in _TWO_VALUED
        case _:
            return False


def _items(pack: Pack) -> Iterator[tuple[tuple[str, int | None], str | None, str, int]]:
    program = pack.program
    for name, declared in program.declarations.facts.items():
        if isinstance(declared, Condition):
            yield (name, None), None, declared.place.source.file, declared.place.line
    for name, table in program.tables.items():
        rows = (*table.declared.rows, *table.declared.afterwards)
        for number, row in enumerate(rows, start=1):
            yield (name, number), row.category, row.place.source.file, row.place.line


def _of_condition(batch: Batch, name: str) -> Truths:
    fixed = batch.fixed.get(name)
    value = as_truth(batch.fact(name)).value
    if fixed is None:
        return value
    if fixed.given is None:
        return value[:0]
    return value[~np.broadcast_to(fixed.given, value.shape)]


def _of_row(batch: Batch, name: str, number: int) -> Truths:
    table = batch.program.tables[name]
    return table.all_rows[number - 1].truth(batch).value
