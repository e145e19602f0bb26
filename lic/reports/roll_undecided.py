"""待核实: who waits for what, and which department's data unblocks the most people.

Knows how a missing input names its table; whose table it is stands in the run's inputs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from lic.reports import labels, labels_roll
from lic.reports.book import BookHead, ReportInput, delivery_notes
from lic.reports.frame import joined, mapped, numbered
from lic.reports.table import Column, Kind, ReportTable, Values

_SHOWN_ITEMS = 6


@dataclass(slots=True)
class Waiting:
    """How many wait for one department."""

    persons: int = 0
    alone: int = 0
    households: set[str] = field(default_factory=set)
    items: Counter[str] = field(default_factory=Counter)


def undecided_sheet(
    head: BookHead, report: ReportInput, table: pa.Table, *, closing: Sequence[str]
) -> ReportTable:
    """Persons in doubt under the department that unblocks most; its counts stand on top."""
    owners = owners_of(report.result.inputs)
    waiting = waiting_for(table, owners)
    order = sorted(waiting, key=lambda name: (-waiting[name].persons, name))
    missing = table.column("missing").to_pylist()
    last = len(order)
    first = [min((order.index(owner(item, owners)) for item in items), default=last) for items in missing]
    position = pa.table({"first": first, "position": range(table.num_rows)})
    by_first = pc.sort_indices(position, sort_keys=[("first", "ascending"), ("position", "ascending")])
    table = table.take(by_first)
    asked = pa.array([order[at] if at < len(order) else None for at in first], pa.string()).take(by_first)
    wanted = joined(table.column("missing"))
    columns: list[tuple[Column, Values]] = [
        numbered(table),
        (Column(labels_roll.FIRST, Kind.LONG), asked),
        (Column(labels.HOUSEHOLD_NO), table.column("household_no")),
        (Column(labels.NAME), table.column("name")),
        (Column(labels.ID_NUMBER), table.column("id_number")),
        (Column(labels.TOWN, Kind.LONG), table.column("town")),
        (Column(labels.VILLAGE, Kind.LONG), table.column("village")),
        (Column(labels.POSSIBLE, Kind.LONG), joined(table.column("possible"))),
        (Column(labels.MISSING, Kind.LONG), wanted),
        (Column(labels.FETCH, Kind.LONG), mapped(wanted, _fetcher(owners))),
        (Column(labels.REGISTERED, Kind.LONG), table.column("registered_category")),
        (Column(labels.REASON, Kind.LONG), table.column("reason")),
    ]
    notes = [
        *(_counted(rank, name, waiting[name]) for rank, name in enumerate(order, start=1)),
        labels_roll.FIRST_HOW,
        labels.MISSING_HOW,
        *delivery_notes(report.manifest),
    ]
    return head.sheet(labels.UNDECIDED, columns, notes=notes, closing=closing)


def owner(item: str, owners: Mapping[str, str]) -> str:
    """The department that can supply a missing input; a parameter is the bureau's own to set."""
    if item.startswith(labels.PARAMETER_PREFIX):
        return labels_roll.PARAMETERS_OWNER
    return owners.get(item.partition(".")[0], labels_roll.NOBODY)


def owners_of(inputs: pa.Table) -> Mapping[str, str]:
    """The department of each table."""
    tables, departments = inputs.column("table").to_pylist(), inputs.column("department").to_pylist()
    return dict(zip(tables, departments, strict=True))


def waiting_for(table: pa.Table, owners: Mapping[str, str]) -> Mapping[str, Waiting]:
    """For each department how many of the persons of ``table`` wait for it, and for what."""
    found: dict[str, Waiting] = defaultdict(Waiting)
    rows = zip(table.column("household_no").to_pylist(), table.column("missing").to_pylist(), strict=True)
    for household, missing in rows:
        names = {owner(item, owners) for item in missing}
        for name in names:
            of_name = found[name]
            of_name.persons += 1
            of_name.alone += len(names) == 1
            of_name.households.add(household)
        for item in missing:
            found[owner(item, owners)].items[item.removeprefix(labels.PARAMETER_PREFIX)] += 1
    return found


def _counted(rank: int, name: str, waiting: Waiting) -> str:
    most = sorted(waiting.items.items(), key=lambda pair: (-pair[1], pair[0]))
    said = [labels_roll.WAITING_ITEM.format(item=item, count=count) for item, count in most[:_SHOWN_ITEMS]]
    text = labels.LIST_SEPARATOR.join(said)
    if len(most) > _SHOWN_ITEMS:
        text += labels_roll.MORE_ITEMS.format(count=len(most))
    return labels_roll.WAITING.format(
        rank=rank,
        department=name,
        persons=waiting.persons,
        households=len(waiting.households),
        alone=waiting.alone,
        items=text,
    )


def _fetcher(owners: Mapping[str, str]) -> Callable[[str], str]:
    """What to ask for, from whom, for a joined list of missing inputs; each thing is said once."""

    def one(item: str) -> str:
        if item.startswith(labels.PARAMETER_PREFIX):
            return labels.FETCH_PARAMETER.format(name=item.removeprefix(labels.PARAMETER_PREFIX))
        table, _, column = item.partition(".")
        department = owners.get(table)
        if department is None:
            return item
        if column:
            return labels.FETCH_COLUMN.format(department=department, table=table, column=column)
        return labels.FETCH_TABLE.format(department=department, table=table)

    def every(items: str) -> str:
        asked = [one(item) for item in items.split(labels.LIST_SEPARATOR) if item]
        return labels.FETCH_SEPARATOR.join(dict.fromkeys(asked))

    return every
