"""汇总.html: one page for the leader, with counts only; opens offline, on a phone, prints on A4.

Knows the order in which a leader reads. Every number comes from
:mod:`lic.reports.leader_figures`, which says what may be shown.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape

from lic.model.result import Action, Status
from lic.reports import labels, leader_sections
from lic.reports import labels_leader as said
from lic.reports.book import ReportInput, period_text
from lic.reports.document import Page
from lic.reports.frame import where
from lic.reports.leader_charts import Bar, bar_chart, share_bar, tile_map
from lic.reports.leader_figures import (
    Crossed,
    Figure,
    crossed_households,
    crossed_persons,
    doubts,
    groups_of,
    of_homes,
    towns_of,
)
from lic.reports.leader_html import Cell, Head, card, figure, pair, paragraph, section, shown, table
from lic.reports.leader_moves import Moves, moves
from lic.reports.leader_style import STYLE
from lic.reports.roll_undecided import owners_of, waiting_for
from lic.reports.workbook import MARK

_HASH = 12


def leader_page(report: ReportInput) -> Page:
    """The page."""
    manifest = report.manifest
    persons, households = crossed_persons(report), crossed_households(report)
    title = said.TITLE.format(county=manifest.county)
    subtitle = said.SUBTITLE.format(period=period_text(manifest.period), as_of=manifest.as_of)
    parts = [
        _key_figures(report, persons, households),
        _doubt(report),
        _categories(report, persons, households),
        _towns(report, persons, households),
        _moves(report, persons),
        leader_sections.top(report),
        leader_sections.owed(report),
        leader_sections.coverage(report),
        leader_sections.parameters(report),
    ]
    foot = said.FOOT.format(
        version=manifest.lic, rules=manifest.rules_sha256[:_HASH], question=manifest.question[:_HASH]
    )
    html = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="generator" content="{MARK}">'
        f"<title>{escape(title)} {escape(manifest.period)}</title>"
        f"<style>{STYLE}</style></head><body>"
        f'<a class="skip" href="#main">{said.SKIP}</a>'
        f"<header><h1>{escape(title)}</h1>{paragraph(subtitle)}"
        f"{paragraph(said.NOT_A_VERDICT + said.COUNTS_ONLY, 'soft')}</header>"
        f'<main id="main">{_delivery(report)}{"".join(parts)}</main>'
        f"<footer>{paragraph(said.SMALL_HOW)}{paragraph(said.MORE)}{paragraph(foot)}</footer></body></html>\n"
    )
    return Page(said.FILE, html)


def _delivery(report: ReportInput) -> str:
    """First of all: what did not come."""
    missing = report.manifest.not_delivered
    if not missing:
        return f'<div class="fine"><p><strong>{said.ALL_CAME}</strong></p></div>'
    by_department: dict[str, list[str]] = defaultdict(list)
    for item in missing:
        name = item.table
        if item.part:
            name = labels.COUNTED_ITEM.format(table=item.table, part=item.part)
        by_department[item.department].append(name)
    lines = "".join(
        paragraph(f"{department}\uff1a{labels.LIST_SEPARATOR.join(tables)}")
        for department, tables in by_department.items()
    )
    head = said.MISSING.format(count=len(missing))
    return (
        f'<div class="alert"><p><strong>{head}</strong></p>{lines}{paragraph(said.MISSING_HOW, "soft")}</div>'
    )


def _key_figures(report: ReportInput, persons: Crossed, households: Crossed) -> str:
    funnel = report.manifest.funnel
    found = doubts(report)
    undecided, not_met = Status.UNDECIDED.value, Status.NOT_MET.value
    recognised = _rest(persons, undecided, not_met)
    homes = _rest(households, undecided, not_met)
    cards = [
        card(
            said.READ,
            f"{funnel.rows_read:,}",
            said.ROWS_UNIT,
            said.READ_NOTE.format(files=funnel.files, sheets=funnel.sheets),
        ),
        card(
            said.ROSTER,
            shown(persons.total()),
            said.PERSONS_UNIT,
            said.ROSTER_NOTE.format(households=shown(households.total())),
        ),
        card(
            said.RECOGNISED,
            shown(recognised),
            said.PERSONS_UNIT,
            said.RECOGNISED_NOTE.format(households=shown(homes)),
        ),
        card(undecided, shown(persons.group(undecided)), said.PERSONS_UNIT, said.IN_DOUBT_NOTE, "doubt"),
        card(not_met, shown(persons.group(not_met)), said.PERSONS_UNIT, said.NOT_MET_NOTE),
        card(said.DOUBTS, shown(found.total), said.ITEMS_UNIT, said.DOUBTS_NOTE, "doubt"),
    ]
    states = [
        (said.RECOGNISED, recognised),
        (undecided, persons.group(undecided)),
        (not_met, persons.group(not_met)),
    ]
    bars = [Bar(name, shown(item), item.value) for name, item in states]
    parts = said.PLUS.join(said.PART.format(group=name, count=shown(item)) for name, item in states)
    rows = said.FUNNEL_ROWS.format(
        read=f"{funnel.rows_read:,}",
        accepted=f"{funnel.accepted:,}",
        rejected=f"{funnel.rejected:,}",
        blank=f"{funnel.blank:,}",
        footer=f"{funnel.footer:,}",
    )
    people = said.FUNNEL_PEOPLE.format(persons=shown(persons.total()), parts=parts)
    chart = figure(said.STATUS_TITLE, "", share_bar("status", said.STATUS_TITLE, bars))
    return section(
        "key",
        said.KEY_FIGURES,
        f'<ul class="cards">{"".join(cards)}</ul>',
        pair(chart, paragraph(rows) + paragraph(people)),
    )


def _rest(crossed: Crossed, *groups: str) -> Figure:
    """Everybody but ``groups``; hidden where one of these is."""
    whole = crossed.total().value
    others = [crossed.group(group) for group in groups]
    if whole is None or any(item.value is None for item in others):
        hidden = next((item for item in others if item.value is None), crossed.total())
        return Figure(None, hidden.state)
    return Figure(whole - sum(item.value or 0 for item in others))


def _doubt(report: ReportInput) -> str:
    persons = where(report.result.persons, "status", Status.UNDECIDED.value)
    waiting = waiting_for(persons, owners_of(report.result.inputs))
    order = sorted(waiting, key=lambda name: (-len(waiting[name].households), name))
    if not order:
        return section("doubt", said.WHY, paragraph(said.WHY_NONE))
    figures = {name: of_homes(len(waiting[name].households)) for name in order}
    rows: list[list[Cell]] = []
    for name in order:
        most = sorted(waiting[name].items.items(), key=lambda pair: (-pair[1], pair[0]))
        items = labels.LIST_SEPARATOR.join(item for item, _ in most[: said.WAITING_ITEMS])
        rows.append([name, figures[name], items])
    bars = [Bar(name, shown(figures[name]), figures[name].value) for name in order[:10]]
    heads = [Head(said.OWNER), Head(said.WAITING_HOMES, number=True), Head(said.WAITING_FOR)]
    return section(
        "doubt",
        said.WHY,
        paragraph(said.WHY_HOW, "soft"),
        pair(
            figure(said.WHY_CHART, "", bar_chart("waiting", said.WHY_CHART, bars)),
            table(said.WHY, heads, rows),
        ),
    )


def _categories(report: ReportInput, persons: Crossed, households: Crossed) -> str:
    last = moves(report, persons)
    actions = [action.value for action in Action]
    groups = groups_of(report)
    heads = [
        Head(said.CATEGORY),
        Head(said.HOMES, number=True),
        Head(said.PERSONS, number=True),
        *(Head(said.PERSONS_OF.format(action=action), number=True) for action in actions),
    ]
    if last is not None:
        heads.append(Head(said.CHANGE, number=True))
    rows: list[list[Cell]] = []
    for group in groups:
        row: list[Cell] = [group, households.group(group), persons.group(group)]
        row += [persons.action(group, action) for action in actions]
        if last is not None:
            row.append(_change(persons.group(group), last.before.get(group, Figure(0))))
        rows.append(row)
    whole: list[Cell] = [said.TOTAL, households.total(), persons.total()]
    whole += [persons.of_action(action) for action in actions]
    if last is not None:
        whole.append("")
    rows.append(whole)
    bars = [
        Bar(group, shown(persons.group(group)), persons.group(group).value)
        for group in report.manifest.categories
    ]
    chart = figure(said.CATEGORY_CHART, "", bar_chart("category", said.CATEGORY_CHART, bars))
    return section(
        "categories",
        said.CATEGORIES,
        paragraph(said.HOW_COUNTED, "soft"),
        chart if last is None else pair(chart, _change_chart(report, persons, last)),
        table(said.CATEGORIES, heads, rows, sums=frozenset({len(rows) - 1})),
    )


def _change_chart(report: ReportInput, persons: Crossed, last: Moves) -> str:
    bars = []
    for group in report.manifest.categories:
        text = _change(persons.group(group), last.before.get(group, Figure(0)))
        bars.append(Bar(group, text, None if text == said.WITHHELD else int(text.replace(",", ""))))
    return figure(said.CHANGE_CHART, "", bar_chart("change", said.CHANGE_CHART, bars))


def _change(now: Figure, before: Figure) -> str:
    if now.value is None or before.value is None:
        return said.WITHHELD
    return signed(now.value - before.value)


def signed(number: int) -> str:
    """A change with its sign."""
    return f"{number:+,}" if number else "0"


def _towns(report: ReportInput, persons: Crossed, households: Crossed) -> str:
    groups, towns = groups_of(report), towns_of(report)
    names = [said.NO_TOWN if town is None else town for town in towns]
    tiles = []
    for town, name in zip(towns, names, strict=True):
        item = persons.recognised(town)
        text = said.EMPTY_TILE if item.value == 0 else said.TILE_PERSONS.format(count=shown(item))
        tiles.append(Bar(name, text if item.value is not None else shown(item), item.value))
    heads = [
        Head(said.TOWN),
        *(Head(group, number=True) for group in groups),
        Head(said.TOWN_PERSONS, number=True),
        Head(said.TOWN_HOMES, number=True),
    ]
    rows: list[list[Cell]] = [
        [
            name,
            *(persons.cell(town, group) for group in groups),
            persons.town(town),
            households.town(town),
        ]
        for town, name in zip(towns, names, strict=True)
    ]
    rows.append(
        [said.TOTAL, *(persons.group(group) for group in groups), persons.total(), households.total()]
    )
    return section(
        "towns",
        said.TOWNS,
        figure(said.TOWN_CHART, said.TOWN_CHART_HOW, tile_map("towns-map", said.TOWN_CHART, tiles), "map"),
        table(said.TOWNS, heads, rows, sums=frozenset({len(rows) - 1})),
    )


def _moves(report: ReportInput, persons: Crossed) -> str:
    found = moves(report, persons)
    if found is None:
        return section("moves", said.MOVES, paragraph(said.NO_LAST_MONTH))
    groups = groups_of(report)
    if found.cells is None:
        text = said.COMPARED_WITH.format(period=found.period)
        return section("moves", said.MOVES, paragraph(text, "soft"), paragraph(said.MOVES_HIDDEN))
    olds = [
        *groups,
        *sorted(group for group in found.before if group is not None and group not in groups),
        None,
    ]
    news: list[str | None] = [*groups, None]
    heads = [Head(said.BEFORE)]
    heads += [Head(said.NOT_THERE_NOW if new is None else new, number=True) for new in news]
    rows: list[list[Cell]] = []
    framed = set()
    for line, old in enumerate(olds):
        name = said.NOT_THERE_BEFORE if old is None else old
        rows.append([name, *(found.cells.get((old, new), Figure(0)) for new in news)])
        if old in groups:
            framed.add((line, 1 + groups.index(old)))
    if None not in found.before:
        rows.pop()
    return section(
        "moves",
        said.MOVES,
        paragraph(said.COMPARED.format(period=found.period), "soft"),
        table(said.MOVES, heads, rows, framed=frozenset(framed)),
    )
