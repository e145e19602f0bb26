"""Who went where since last month, as far as the leader's page may show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from lic.reports.book import ReportInput
from lic.reports.disclosure import Count, Name, Shown, protect
from lic.reports.leader_figures import ALL, END, Crossed, Figure, figures


@dataclass(frozen=True, slots=True)
class Moves:
    """Persons by last month's and this month's group; None as a group: not on that roster."""

    period: str
    before: Mapping[str | None, Figure]
    cells: Mapping[Name, Figure] | None  # None: would give something away


def moves(report: ReportInput, now: Crossed) -> Moves | None:
    """Who went where since last month; None when there is nothing to compare with.

    The sum of a month's group is taken to have as many households as its largest cell: at least
    so many, never more than there are.
    """
    last = report.last_month
    if last is None:
        return None
    counts = _move_counts(last.moves)
    blank: frozenset[Name] = frozenset()
    lost = {
        name[1] for name, state in protect(counts).items() if name[0] in _SUMS and state is Shown.WITHHELD
    }
    if lost:  # rather the rows and columns of a group than its sum
        blank = frozenset(
            item.name for item in counts if item.name[0] == "move" and lost & set(item.name[1:])
        )
    shown = figures(counts, blank)
    sums = {name: item for name, item in shown.items() if name[0] in _SUMS}
    lost_now = [name for name, item in sums.items() if name[0] == _SUMS[1] and name[1] and item.value is None]
    hidden = now.hides_groups or bool(lost_now)
    cells = {name[1:]: item for name, item in shown.items() if name[0] == "move"}
    before = {name[1]: item for name, item in sums.items() if name[0] == "before"}
    return Moves(last.period, before, None if hidden else cells)


_SUMS = ("before", "after")


def _move_counts(table: pa.Table) -> list[Count]:
    """Every pair of groups, empty ones too, and the sums of both months."""
    found = {(row["before"], row["after"]): row for row in table.to_pylist()}
    olds = sorted({old for old, _ in found}, key=str)
    news = sorted({new for _, new in found}, key=str)
    counts = []
    for old in olds:
        for new in news:
            row = found.get((old, new), {"persons": 0, "households": 0})
            name = ("move", old, new)
            counts.append(Count(name, ("b", old), ("n", new), row["persons"], row["households"]))
    for kind, groups, place in ((_SUMS[0], olds, 1), (_SUMS[1], news, 2)):
        for group in groups:
            mine = [item for item in counts if item.name[0] == "move" and item.name[place] == group]
            number, least = sum(item.value for item in mine), max(item.homes for item in mine)
            tail, head = (ALL, ("b", group)) if place == 1 else (("n", group), END)
            counts.append(Count((kind, group), tail, head, number, least, total=True))
    whole = sum(item.value for item in counts if item.name[0] == "move")
    homes = sum(item.homes for item in counts if item.name[0] == "move")
    return [*counts, Count(("all",), END, ALL, whole, homes, total=True)]
