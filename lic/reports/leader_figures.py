"""The figures of the leader's page: counts of the result, each with what may be shown of it.

Knows sums and who may see them (:mod:`lic.reports.disclosure`). Refuses to know how a figure
looks on the page. Hands out no number of a count that is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lic.model.finding import Direction
from lic.model.result import Status
from lic.reports import labels
from lic.reports.book import ReportInput, town_order
from lic.reports.disclosure import LEAST, Count, Name, Shown, protect
from lic.reports.roll_summary import group_of

ALL = "*"
END = "."


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as the page may show it; ``value`` None: hidden."""

    value: int | None
    state: Shown = Shown.OPEN
    countable: bool = False  # it counts households (or rows), not persons


NOTHING = Figure(0)


@dataclass(frozen=True, slots=True)
class Crossed:
    """Persons (or households) by group, town and action, and their sums."""

    figures: Mapping[Name, Figure]

    def total(self) -> Figure:
        """Everybody."""
        return self.figures.get(("all",), NOTHING)

    def group(self, group: str) -> Figure:
        """A category or status."""
        return self.figures.get(("group", group), NOTHING)

    def action(self, group: str, action: str) -> Figure:
        """A group by what is to be done."""
        return self.figures.get(("act", group, action), NOTHING)

    def of_action(self, action: str) -> Figure:
        """What is to be done, over all groups."""
        return self.figures.get(("action", action), NOTHING)

    def town(self, town: str | None) -> Figure:
        """Everybody in a town."""
        return self.figures.get(("town", town), NOTHING)

    def recognised(self, town: str | None) -> Figure:
        """Whoever is recognised in a town."""
        return self.figures.get(("recognised", town), NOTHING)

    def cell(self, town: str | None, group: str) -> Figure:
        """A group in a town."""
        return self.figures.get(("cell", town, group), NOTHING)

    @property
    def hides_groups(self) -> bool:
        """Whether the sum of some group is not shown."""
        return any(item.value is None for name, item in self.figures.items() if name[0] == "group")


def groups_of(report: ReportInput) -> list[str]:
    """The categories in their order, then doubt, then the rest."""
    return [*report.manifest.categories, Status.UNDECIDED.value, Status.NOT_MET.value]


def towns_of(report: ReportInput) -> list[str | None]:
    """The county's towns in its order; None last, where somebody has no town."""
    persons, households = report.result.persons.column("town"), report.result.households.column("town")
    towns: list[str | None] = [*town_order(report.manifest, persons, households)]
    return [*towns, None] if persons.null_count or households.null_count else towns


def crossed_persons(report: ReportInput) -> Crossed:
    """Persons by town and group, and by group and action: one net of sums."""
    persons = report.result.persons
    keys = pa.table(
        {
            "town": persons.column("town"),
            "group": group_of(persons),
            "action": persons.column("action"),
            "home": persons.column("household_no"),
        }
    )
    categories = frozenset(report.manifest.categories)
    counts = [Count(("all",), END, ALL, persons.num_rows, _homes(keys), total=True)]
    for (town,), number, homes in _grouped(keys, ["town"]):
        counts.append(Count(("town", town), ALL, ("t", town), number, homes, total=True))
    recognised = keys.filter(pc.is_in(keys.column("group"), value_set=pa.array(sorted(categories))))
    for (town,), number, homes in _grouped(recognised, ["town"]):
        counts.append(Count(("recognised", town), ("t", town), ("r", town), number, homes, total=True))
    cells = {(town, group): rest for (town, group), *rest in _grouped(keys, ["town", "group"])}
    for place in towns_of(report):
        for kind in groups_of(report):
            tail = ("r", place) if kind in categories else ("t", place)
            number, homes = cells.get((place, kind), (0, 0))
            counts.append(Count(("cell", place, kind), tail, ("g", kind), number, homes))
    for (group,), number, homes in _grouped(keys, ["group"]):
        counts.append(Count(("group", group), ("g", group), ("h", group), number, homes, total=True))
    for (group, action), number, homes in _grouped(keys, ["group", "action"]):
        counts.append(Count(("act", group, action), ("h", group), ("a", action), number, homes))
    for (action,), number, homes in _grouped(keys, ["action"]):
        counts.append(Count(("action", action), ("a", action), END, number, homes, total=True))
    return Crossed(figures(counts, _columns_for_sums(counts)))


def _columns_for_sums(counts: Sequence[Count]) -> frozenset[Name]:
    """Where the sum of a group would have to be hidden for its towns' sake, its towns are hidden instead."""
    blank: set[Name] = set()
    for kind in ("cell", "act"):
        shown = protect(counts, blank)
        lost = {name[1] for name, state in shown.items() if name[0] == "group" and state is Shown.WITHHELD}
        blank |= {name for name, _ in shown.items() if name[0] == kind and lost & {name[1], name[-1]}}
    return frozenset(blank)


def crossed_households(report: ReportInput) -> Crossed:
    """Households by town, and by group: two sums of the same whole."""
    households = report.result.households
    keys = pa.table(
        {
            "town": households.column("town"),
            "group": group_of(households),
            "home": households.column("household_no"),
        }
    )
    whole = households.num_rows
    counts = [Count(("all",), END, ALL, whole, whole, total=True, countable=True)]
    for (town,), number, _ in _grouped(keys, ["town"]):
        counts.append(Count(("town", town), ALL, "middle", number, number, countable=True))
    for (group,), number, _ in _grouped(keys, ["group"]):
        counts.append(Count(("group", group), "middle", END, number, number, countable=True))
    return Crossed(figures(counts))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the top list."""

    code: str
    name: str
    direction: str
    severity: str
    count: Figure


@dataclass(frozen=True, slots=True)
class Doubts:
    """The checks that found most, the rest in one line, and the sum."""

    total: Figure
    lines: tuple[CheckLine, ...]
    rest: Figure
    rest_checks: int


def doubts(report: ReportInput, most: int = 12) -> Doubts:
    """Findings of the pack's checks, most first.

    Checks whose number is not shown stand behind the others, by their codes: their place among
    the sorted numbers would say what the number is.
    """
    findings = report.result.findings
    checks = findings.filter(pc.not_equal(findings.column("direction"), Direction.DATA.value))
    keys = pa.table({"code": checks.column("code"), "home": checks.column("household_no")})
    grouped = sorted(_grouped(keys, ["code"]), key=lambda item: (item[2] < LEAST, -item[1], str(item[0])))
    counts = [Count(("all",), END, ALL, checks.num_rows, _homes(keys), total=True)]
    for (code,), number, homes in grouped[:most]:
        counts.append(Count((code,), ALL, END, number, homes))
    others = [str(code) for (code,), _, _ in grouped[most:]]
    rest = keys.filter(pc.is_in(keys.column("code"), value_set=pa.array(others, pa.string())))
    counts.append(Count(("rest", ""), ALL, END, rest.num_rows, _homes(rest)))
    shown = figures(counts)
    names: dict[str, list[str]] = {}
    for item in report.manifest.checks:
        names.setdefault(item.code, []).append(item.name)
    first = {
        row["code"]: row for row in reversed(checks.select(["code", "direction", "severity"]).to_pylist())
    }
    lines = [
        CheckLine(
            str(code),
            labels.LIST_SEPARATOR.join(names.get(str(code), [])),
            first[code]["direction"] or "",
            first[code]["severity"] or "",
            shown[code,],
        )
        for (code,), _, _ in grouped[:most]
    ]
    hidden = sorted((line for line in lines if line.count.value is None), key=lambda line: line.code)
    open_ones = (line for line in lines if line.count.value is not None)
    return Doubts(shown["all",], (*open_ones, *hidden), shown["rest", ""], len(others))


@dataclass(frozen=True, slots=True)
class TableLine:
    """What came of one table."""

    table: str
    department: str
    required: bool
    results: tuple[str, ...]
    files: int
    accepted: Figure
    linked: Figure
    first_date: str | None
    last_date: str | None


def table_lines(report: ReportInput) -> tuple[TableLine, ...]:
    """Every table of the run in its order; few rows are hidden like few households."""
    tables: dict[str, list[dict[str, object]]] = {}
    for row in report.result.inputs.to_pylist():
        tables.setdefault(str(row["table"]), []).append(row)
    accepted = _one_sum({name: _sum(rows, "accepted") for name, rows in tables.items()})
    linked = _one_sum({name: _sum(rows, "linked") for name, rows in tables.items()})
    lines = []
    for name, rows in tables.items():
        days = sorted(str(row["data_date"]) for row in rows if row["data_date"] is not None)
        lines.append(
            TableLine(
                name,
                str(rows[0]["department"] or ""),
                bool(rows[0]["required"]),
                tuple(dict.fromkeys(str(row["result"]) for row in rows)),
                len({row["file"] for row in rows if row["file"] is not None}),
                accepted[name,],
                linked[name,],
                days[0] if days else None,
                days[-1] if days else None,
            )
        )
    return tuple(lines)


def figures(counts: Sequence[Count], blank: Collection[Name] = ()) -> dict[Name, Figure]:
    """Each count with what may be shown of it; the ``blank`` ones are not shown."""
    shown = protect(counts, blank)
    return {
        item.name: Figure(
            item.value if shown[item.name] is Shown.OPEN else None, shown[item.name], item.countable
        )
        for item in counts
    }


def of_homes(number: int) -> Figure:
    """A number of households that adds up to nothing else on the page."""
    small = 0 < number < LEAST
    return Figure(None if small else number, Shown.SMALL if small else Shown.OPEN, countable=True)


def _one_sum(values: Mapping[str, int]) -> dict[Name, Figure]:
    counts = [Count((name,), ALL, END, number, number, countable=True) for name, number in values.items()]
    whole = sum(values.values())
    return figures([*counts, Count(("all", ""), END, ALL, whole, whole, total=True, countable=True)])


def _sum(rows: Sequence[Mapping[str, object]], name: str) -> int:
    return sum(value for row in rows if isinstance(value := row[name], int))


def _homes(keys: pa.Table) -> int:
    found: int = pc.count_distinct(keys.column("home")).as_py()
    return found


def _grouped(keys: pa.Table, names: list[str]) -> list[tuple[tuple[str | None, ...], int, int]]:
    found = keys.group_by(names).aggregate([([], "count_all"), ("home", "count_distinct")])
    rows = [
        (tuple(row[name] for name in names), row["count_all"], row["home_count_distinct"])
        for row in found.to_pylist()
    ]
    return sorted(rows, key=lambda row: tuple(part or "" for part in row[0]))
