"""A staged month held against what is expected of it and against last month.

Knows figures, limits and levels. Refuses to decide anybody: it only says which sheets are not
used because the roster does not know their numbers, and which expectations stop the lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lic.model.expectation import Level, Limit
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.profile import MonthProfile, TableProfile
from lic.model.staging import RefusedSheet, StagedFolder
from lic.sources.spec import SourceSpec
from lic.workflows.inputs import Delivered
from lic.workflows.load_rules import Rules
from lic.workflows.measure import Match, SheetMeasure, measure_folder, profile_of

# A rate says nothing about a handful of rows (bad-input §9); a list of which nobody is known
# is suspicious a little earlier.
_ENOUGH = 50
_ENOUGH_FOR_NONE = 20
_NOTICED = 20  # rows more or less that are worth a word
_TOWN_ROWS = 5  # a town with fewer rows may vanish by chance


@dataclass(frozen=True, slots=True)
class Examined:
    """The month after its examination: what is used, figures, and what stops the lists."""

    delivered: Delivered
    measures: tuple[SheetMeasure, ...]
    profile: MonthProfile
    before: MonthProfile | None
    blocking: tuple[Finding, ...]


def examine(
    delivered: Delivered, rules: Rules, before: MonthProfile | None, towns: Sequence[str]
) -> Examined:
    """Measure the month's folder and add what is found to its findings."""
    measures = measure_folder(delivered.folder, rules.sources, rules.pack.roster)
    sources = {source.name: source for source in rules.sources.sources}
    found = [item for measure in measures for item in _matched(measure, sources[measure.sheet.source])]
    used = tuple(item for item in measures if not _is_refused(item, found))
    delivered = _without(delivered, measures, used, [item for item, _ in found])
    profile = profile_of(delivered.folder, used)
    for table in profile.tables:
        place = _place(table, used)
        found += _expected(table, place, sources[table.table], towns, before)
    if before is not None:
        found += [(item, Level.WARN) for item in _same_files(delivered, before)]
    findings = tuple(item for item, _ in found)
    folder = replace(delivered.folder, findings=(*_with_tables(delivered.folder), *findings))
    blocking = tuple(item for item, level in found if level is Level.BLOCK)
    return Examined(replace(delivered, folder=folder), used, profile, before, blocking)


def _with_tables(folder: StagedFolder) -> tuple[Finding, ...]:
    """The findings; one about a file that could not be read names the table its name promises."""
    promised = {item.file: item.source for item in folder.refused if item.source is not None}
    return tuple(
        item
        if item.place.source is not None or item.place.file not in promised
        else replace(item, place=replace(item.place, source=promised[item.place.file]))
        for item in folder.findings
    )


_Found = list[tuple[Finding, Level]]


def _say(code: str, level: Level, place: Place, **params: object) -> tuple[Finding, Level]:
    severity = Severity.WARNING if level is Level.WARN else Severity.ERROR
    scope = Scope.FILE if place.sheet is None else Scope.SHEET
    texts = {key: value if isinstance(value, int) else str(value) for key, value in params.items()}
    return Finding(code, severity, scope, place, texts), level


def percent(rate: Fraction) -> str:
    """A share as people read it, rounded half up to a tenth."""
    tenths = (rate.numerator * 2000 + rate.denominator) // (rate.denominator * 2)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def _matched(measure: SheetMeasure, source: SourceSpec) -> _Found:
    match, limit = measure.match, source.expected.match
    if match is None or limit is None or not _too_few(match, limit):
        return []
    sheet = measure.sheet
    place = Place(sheet.file, sheet.sheet, source=sheet.source)
    code = "S405" if limit.level is Level.WARN else "S404"
    share = Fraction(match.known, match.of)
    said = {"known": match.known, "of": match.of, "rate": percent(share), "limit": percent(limit.value)}
    return [_say(code, limit.level, place, table=source.name, **said)]


def _too_few(match: Match, limit: Limit) -> bool:
    """Nobody known at all is always too few, unless the source expects just that."""
    if limit.value == 0:
        return False
    if match.known == 0:
        return match.of >= _ENOUGH_FOR_NONE
    return match.of >= _ENOUGH and Fraction(match.known, match.of) < limit.value


def _is_refused(measure: SheetMeasure, found: _Found) -> bool:
    sheet = measure.sheet
    return any(
        item.code == "S404" and (item.place.file, item.place.sheet) == (sheet.file, sheet.sheet)
        for item, _ in found
    )


def _without(
    delivered: Delivered,
    measures: Sequence[SheetMeasure],
    used: Sequence[SheetMeasure],
    found: Sequence[Finding],
) -> Delivered:
    """The month without the sheets that the roster does not know."""
    if not found or len(used) == len(measures):
        return delivered
    kept = tuple(item.sheet for item in used)
    refused = tuple(
        RefusedSheet(
            item.sheet.file,
            item.sheet.sheet,
            item.sheet.source,
            item.sheet.part,
            item.sheet.sha256,
            item.sheet.rows_read,
            item.sheet.header_row,
            item.sheet.accepted + item.sheet.rejected,
            item.sheet.blank,
            item.sheet.footer,
        )
        for item in measures
        if item not in used
    )
    folder = replace(
        delivered.folder,
        sheets=kept,
        refused=tuple(
            sorted((*delivered.folder.refused, *refused), key=lambda item: (item.file, item.sheet))
        ),
    )
    return replace(delivered, folder=folder)


def _place(table: TableProfile, measures: Sequence[SheetMeasure]) -> Place:
    """The sheet of a table, its file when there are several sheets of it, else only the table."""
    sheets = [
        item.sheet for item in measures if (item.sheet.source, item.sheet.part) == (table.table, table.part)
    ]
    files = {sheet.file for sheet in sheets}
    file = sheets[0].file if len(files) == 1 else None
    return Place(file, sheets[0].sheet if len(sheets) == 1 else None, source=table.table)


def _expected(
    table: TableProfile,
    place: Place,
    source: SourceSpec,
    towns: Sequence[str],
    before: MonthProfile | None,
) -> _Found:
    name = table.table if table.part is None else f"{table.table} {table.part}"
    common = {"table": name, "department": source.department}
    found = [*_rows(table, place, source, common), *_filled(table, place, source, common)]
    duty = source.expected.towns
    if duty is not None:
        absent = [town for town in duty.names or towns if town not in table.towns]
        if absent:
            found.append(_say("S409", duty.level, place, **common, towns=_list(absent)))
    earlier = None if before is None else before.find(table.table, table.part)
    if before is not None and earlier is not None:
        found += _changed(table, earlier, before.period, place, source, common)
    return found


def _list(items: Sequence[str]) -> str:
    return "\u3001".join(items)


def _rows(table: TableProfile, place: Place, source: SourceSpec, common: dict[str, str]) -> _Found:
    least, most = source.expected.least_rows, source.expected.most_rows
    found: _Found = []
    if least is not None and table.rows < least.value:
        found.append(_say("S401", least.level, place, **common, rows=table.rows, limit=int(least.value)))
    if most is not None and table.rows > most.value:
        found.append(_say("S402", most.level, place, **common, rows=table.rows, limit=int(most.value)))
    return found


def _filled(table: TableProfile, place: Place, source: SourceSpec, common: dict[str, str]) -> _Found:
    found: _Found = []
    for column, limit in source.expected.fills:
        fill = table.fill(column)
        if fill is None or fill.total < _ENOUGH or fill.rate >= limit.value:
            continue
        said = {"rate": percent(fill.rate), "filled": fill.filled, "total": fill.total}
        where = replace(place, column=column)
        found.append(
            _say("S403", limit.level, where, **common, column=column, limit=percent(limit.value), **said)
        )
    return found


def _changed(
    table: TableProfile,
    earlier: TableProfile,
    month: str,
    place: Place,
    source: SourceSpec,
    common: dict[str, str],
) -> _Found:
    found: _Found = []
    change, drop = source.expected.change, source.expected.fill_drop
    # A table that goes by month comes in deliveries of any length; its rows say nothing.
    gap = abs(table.rows - earlier.rows)
    if (
        source.month_column is None
        and change is not None
        and gap >= _NOTICED
        and gap > change.value * earlier.rows
    ):
        sign = "+" if table.rows > earlier.rows else "-"
        rate = sign + percent(Fraction(gap, earlier.rows)) if earlier.rows else "+"
        said = {"rows": table.rows, "before": earlier.rows, "rate": rate, "limit": percent(change.value)}
        found.append(_say("S406", change.level, place, **common, month=month, **said))
    for fill in table.fills if drop is not None else ():
        old = earlier.fill(fill.column)
        if drop is None or old is None or min(fill.total, old.total) < _ENOUGH:
            continue
        if old.rate - fill.rate > drop.value:
            where = replace(place, column=fill.column)
            said = {"column": fill.column, "rate": percent(fill.rate), "before": percent(old.rate)}
            found.append(_say("S407", drop.level, where, **common, month=month, **said))
    gone = [town for town, rows in earlier.towns.items() if rows >= _TOWN_ROWS and town not in table.towns]
    if gone and table.towns:
        found.append(_say("S408", Level.WARN, place, **common, month=month, towns=_list(sorted(gone))))
    return found


def _same_files(delivered: Delivered, before: MonthProfile) -> list[Finding]:
    """Files of this month that are last month's, byte for byte."""
    files: dict[tuple[str, str], str | None] = {}
    for sheet in delivered.folder.sheets:
        files.setdefault((sheet.file, sheet.sha256), sheet.source)
    for refused in delivered.folder.refused:
        files.setdefault((refused.file, refused.sha256), refused.source)
    return [
        Finding(
            "S410",
            Severity.WARNING,
            Scope.FILE,
            Place(file, source=source),
            {"other": before.files[digest]},
        )
        for (file, digest), source in sorted(files.items(), key=lambda entry: entry[0])
        if digest in before.files
    ]
