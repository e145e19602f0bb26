"""上月 － 退出 + 新增 + 重新纳入 ± 转类 ± 合分户 = 本月, per town and category, households and persons.

The two ends are counted over the whole results, the movements over the changes: the two meet
only if every movement was found and found once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from lic.diffing.changes import group_of
from lic.model.adjustment import Change, Column, Kind, LedgerRow, State, Whose
from lic.model.result import Result, Status

Cell = tuple[Whose, str | None, str]

_COLUMNS: Mapping[Kind, Column] = {
    Kind.ENTER: Column.ENTER,
    Kind.RETURN: Column.RETURN,
    Kind.LEAVE: Column.LEAVE,
    Kind.CATEGORY: Column.CATEGORY,
    Kind.DOUBT: Column.DOUBT,
    Kind.SETTLED: Column.DOUBT,
    Kind.MERGE: Column.HOUSEHOLDS,
    Kind.SPLIT: Column.HOUSEHOLDS,
    Kind.PLACE: Column.PLACE,
    Kind.MISSING: Column.MISSING,
}


def ledger(
    old: Result, new: Result, changes: Iterable[Change], *, towns: Sequence[str], categories: Sequence[str]
) -> tuple[LedgerRow, ...]:
    """The rows, towns and categories in the order of the county, households before persons."""
    before, after = _counted(old), _counted(new)
    came: Counter[tuple[Cell, Column]] = Counter()
    went: Counter[tuple[Cell, Column]] = Counter()
    for change, column in _movements(changes):
        out, into = _cell(change.whose, change.old), _cell(change.whose, change.new)
        if out is not None:
            went[out, column] += 1
        if into is not None:
            came[into, column] += 1
    groups = [*categories, Status.UNDECIDED.value]
    order = {name: number for number, name in enumerate(towns)}
    cells = {*before, *after, *(cell for cell, _ in (*came, *went))}

    def place(cell: Cell) -> tuple[object, ...]:
        whose, town, group = cell
        known = groups.index(group) if group in groups else len(groups)
        return (
            whose is Whose.PERSON,
            order.get(town or "", len(order)),
            town is None,
            town or "",
            known,
            group,
        )

    return tuple(
        LedgerRow(
            *cell,
            before=before[cell],
            came={column: came[cell, column] for column in Column if came[cell, column]},
            went={column: went[cell, column] for column in Column if went[cell, column]},
            after=after[cell],
        )
        for cell in sorted(cells, key=place)
    )


def _cell(whose: Whose, state: State | None) -> Cell | None:
    group = group_of(state)
    return None if state is None or group is None else (whose, state.town, group)


def _movements(changes: Iterable[Change]) -> Iterable[tuple[Change, Column]]:
    """Each entity that changed its cell, once, under the first kind that moves it."""
    counted: dict[tuple[Whose, State | None, State | None], Kind] = {}
    for change in changes:
        key = (change.whose, change.old, change.new)
        if change.kind not in _COLUMNS or counted.get(key, change.kind) is not change.kind or _stays(change):
            continue
        if change.kind in (Kind.MERGE, Kind.SPLIT) and change.old is not None and change.new is not None:
            continue  # the household that goes on, or a person in it: his own outcome says where he is
        counted[key] = change.kind
        yield change, _COLUMNS[change.kind]


def _stays(change: Change) -> bool:
    return _cell(change.whose, change.old) == _cell(change.whose, change.new)


def _counted(result: Result) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for whose, table in ((Whose.HOUSEHOLD, result.households), (Whose.PERSON, result.persons)):
        counts = pa.table({name: table.column(name) for name in ("town", "category", "status")})
        grouped = counts.group_by(["town", "category", "status"]).aggregate([([], "count_all")])
        for row in grouped.to_pylist():
            undecided = row["status"] == Status.UNDECIDED
            group = Status.UNDECIDED.value if undecided else row["category"]
            if group is not None and row["status"] != Status.NOT_MET:
                found[whose, row["town"], group] += row["count_all"]
    return found
