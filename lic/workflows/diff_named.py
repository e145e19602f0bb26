"""A group that is behind a change, said in words: which value, from which file, from what to what.

Knows what a group of :mod:`lic.workflows.diff_exchange` is called to people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lic.diffing.match import Matching
from lic.messages import diff as words
from lic.model.adjustment import Cause, CauseKind, Change, Detail, PersonState
from lic.model.rulechange import Change as RuleChange
from lic.policy.swap import FactChange
from lic.workflows.diff_absent import Elsewhen, missing_detail, missing_list, moved_day
from lic.workflows.diff_exchange import AS_OF, PARAMETER, ROSTER, RULES, TABLE, Exchange, Month
from lic.workflows.diff_places import Places, fresh, place_text
from lic.workflows.parameter_text import parameters_used

_SHOWN = 6  # values behind one cause


@dataclass(frozen=True, slots=True)
class Asked:
    """Two months, who is who in them, and what the rules say differently."""

    old: Month
    new: Month
    matching: Matching
    rules: tuple[RuleChange, ...]  # beside the values of parameters
    versions: tuple[str, str]


class Namer:
    """Says causes of the changes between two months."""

    def __init__(self, asked: Asked, exchange: Exchange) -> None:
        self._asked = asked
        self._exchange = exchange
        self.places = tuple(Places(month.linked, month.pack) for month in (asked.old, asked.new))

    def unexplained(self, change: Change) -> Cause:
        """The recorded decision does not come back: another version, or nothing that is known."""
        old, new = self._asked.versions
        if old != new:
            return Cause(CauseKind.VERSION, words.PROGRAM, details=(Detail(words.PROGRAM, old=old, new=new),))
        return Cause(CauseKind.UNKNOWN, change.state.reason or "")

    def named(
        self, name: str, pair: int, leaves: list[FactChange], change: Change, *, alone: bool
    ) -> Iterator[Cause]:
        """The causes that a group stands for."""
        if name.startswith(TABLE):
            yield self._table(name.removeprefix(TABLE), leaves, alone=alone)
        elif name.startswith(PARAMETER):
            yield self._parameter(name.removeprefix(PARAMETER), alone=alone)
        elif name == ROSTER:
            yield from self._register(pair, leaves, change, alone=alone)
        elif name == RULES:
            yield self._rules(leaves, alone=alone)
        elif name == AS_OF:
            yield self._date(leaves, alone=alone)

    def _table(self, table: str, leaves: list[FactChange], *, alone: bool) -> Cause:
        department = self.places[1].department(table)
        came = [self._delivered(month, table) for month in (self._asked.old, self._asked.new)]
        if came[0] is not came[1]:
            detail = missing_detail(table, gone=came[0])
            return Cause(CauseKind.MISSING, table, department, (detail,), alone)
        own = [leaf for leaf in leaves if leaf.table == table]
        details = tuple(self._fact(leaf, table) for leaf in own[:_SHOWN])
        return Cause(CauseKind.INPUT, table, department, details, alone)

    def _delivered(self, month: Month, table: str) -> bool:
        linked = month.linked.tables.get(table)
        return linked is not None and linked.delivered

    def _fact(self, leaf: FactChange, table: str | None) -> Detail:
        if leaf.member is None:
            return Detail(leaf.name, None, leaf.old, leaf.new, self._household_place(leaf, table))
        _, one, other = self._exchange.people[leaf.member]
        own = self.places[1].own(other)
        place = place_text(own, leaf.column) if table is None else self._place(table, one, other)
        return Detail(leaf.name, own["name"], leaf.old, leaf.new, place)

    def _household_place(self, leaf: FactChange, table: str | None) -> str | None:
        if table is None:
            return place_text(self._exchange.household_row(leaf.household), leaf.column)
        mine = (item for item in self._exchange.people if item[0] == leaf.household)
        return next(
            (place for _, one, other in mine if (place := self._place(table, one, other, new=True))), None
        )

    def _place(self, table: str, one: int, other: int, *, new: bool = False) -> str | None:
        """Where the row is that came; else the one that went, or (not ``new``) any that is there."""
        before, after = self.places[0].rows(table, one), self.places[1].rows(table, other)
        row = fresh(after, before) or fresh(before, after)
        return place_text(row if row is not None or new else next(iter(after), None))

    def _parameter(self, name: str, *, alone: bool) -> Cause:
        old, new = (
            {
                used.key: used
                for item in month.pack.parameters_on(month.as_of)
                if item.name == name
                for used in parameters_used(item)
            }
            for month in (self._asked.old, self._asked.new)
        )
        details = []
        for key in sorted({*old, *new}, key=lambda key: key or ""):
            before, after = old.get(key), new.get(key)
            values = [None if used is None else used.value for used in (before, after)]
            if values[0] != values[1]:
                reference = None if after is None else after.reference
                since = None if after is None else after.since
                said = words.SINCE.format(reference=reference or words.BLANK, since=since or words.BLANK)
                details.append(Detail(key or name, None, values[0], values[1], reference=said))
        return Cause(CauseKind.PARAMETER, name, details=tuple(details), alone=alone)

    def _register(
        self, pair: int, leaves: list[FactChange], change: Change, *, alone: bool
    ) -> Iterator[Cause]:
        old, new = self.places
        number = self._number(pair, change)
        if number is None:
            yield Cause(CauseKind.LISTED, words.REGISTER, alone=alone)
            return
        _, one, other = self._exchange.people[number]
        before, after = old.own(one), new.own(other)
        entries = old.entry(before), new.entry(after)
        missing = self.list_missing([before, after])
        if missing is not None:
            yield replace(missing, alone=alone)
            return
        table = entries[1].person_table if entries[1] is not None else words.REGISTER
        own = [leaf for leaf in leaves if leaf.table is None or leaf.table == table]
        if before["roster"] != after["roster"]:  # what only one of two lists says is no change of it
            own = [leaf for leaf in own if words.UNKNOWN not in (leaf.old, leaf.new)]
        details = [self._fact(leaf, None) for leaf in own[:_SHOWN]]
        if before["roster"] != after["roster"]:
            moved = Detail(
                words.LIST, after["name"],
                _list_name(entries[0], before), _list_name(entries[1], after), place_text(after),
            )  # fmt: skip
            details = [moved, *details]
        kind = CauseKind.LISTED if before["roster"] != after["roster"] else CauseKind.INPUT
        yield Cause(kind, table, new.department(table), tuple(details), alone)

    def _number(self, pair: int, change: Change) -> int | None:
        if isinstance(change.old, PersonState) and change.new is not None:
            own = self._exchange.number(change.old, change.new)
            if own is not None:
                return own
        return next((at for at, item in enumerate(self._exchange.people) if item[0] == pair), None)

    def _rules(self, leaves: list[FactChange], *, alone: bool) -> Cause:
        named = [
            Detail(f"{item.item.value} {item.name}", None, item.old or None, item.new or None)
            for item in self._asked.rules
            if item.name in self._exchange.facts
        ]
        details = named or [Detail(leaf.name, None, leaf.old, leaf.new) for leaf in leaves]
        return Cause(CauseKind.RULES, words.RULES, details=tuple(details[:_SHOWN]), alone=alone)

    def _date(self, leaves: list[FactChange], *, alone: bool) -> Cause:
        moved = moved_day(self._asked.old.as_of, self._asked.new.as_of, gone=True)
        details = (moved, *(self._fact(leaf, leaf.table) for leaf in leaves[:_SHOWN]))
        return Cause(CauseKind.DATE, words.AS_OF, details=details, alone=alone)

    def list_missing(self, own: Sequence[Mapping[str, Any] | None]) -> Cause | None:
        """Somebody is on another list because his own did not come in one of the months."""
        if own[0] is None or own[1] is None or own[0]["roster"] == own[1]["roster"]:
            return None
        for side, gone in ((0, True), (1, False)):
            row, other = own[side], 1 - side
            entry = None if row is None else self.places[side].entry(row)
            month = (self._asked.old, self._asked.new)[other]
            if entry is not None and row is not None:
                elsewhen = Elsewhen(month.linked, self.places[other], month.as_of)
                found = missing_list(entry, row, elsewhen, gone=gone)
                if found is not None:
                    return found
        return None


def _list_name(entry: object, row: Mapping[str, object]) -> str:
    table = getattr(entry, "person_table", None) or str(row["roster"])
    part = row.get("_part")
    return words.PART.format(table=table, part=part) if part else table
