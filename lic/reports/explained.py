"""An explanation as a text for people: the answer first, then lines, members, what is missing.

Knows what a reader asks and in which order. Judges nothing: all truth and every distance was
computed; nothing here compares two numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lic.model.explanation import Ground, HouseholdExplanation, Kleene, Member, Missing, Row, Source, Verdict
from lic.model.finding import Scope
from lic.model.layer import Override
from lic.model.page import Paper, Section
from lic.reports import labels_explain as labels
from lic.reports.explained_tree import fact_tree

_FEW = 3  # reasons of one row on the first screen


def explained(explanation: HouseholdExplanation, *, whom: int | None, full: bool, subtitle: str,
              checked: str, alarm: str, elsewhere: Iterable[tuple[str, ...]] = ()) -> Paper:  # fmt: skip
    """The text about a household, or about its member number ``whom``."""
    person = None if whom is None else explanation.members[whom]
    verdict = explanation.verdict if person is None else person.verdict
    others = tuple(elsewhere)
    sections = [
        _rows(explanation, verdict, person),
        _lines(explanation, person),
        _members(explanation),
    ]
    if others:
        sections.append(Section(labels.ELSEWHERE, labels.ELSEWHERE_HEADINGS, others))
    sections.append(_missing(explanation))
    sections.append(_findings(explanation, person))
    sections.append(_overrides(explanation))
    if full:
        sections.append(_parameters(explanation))
        sections += fact_tree(explanation)
    return Paper(
        title=f"{labels.TITLE}  {explanation.household_no}",
        subtitle=subtitle,
        lead=_lead(explanation, verdict, person),
        sections=tuple(section for section in sections if section.rows or section.tree or section.note),
        closing=(checked, labels.CAUTION) if checked else (labels.CAUTION,),
        alarm=alarm,
    )


def _lead(
    explanation: HouseholdExplanation, verdict: Verdict, person: Member | None
) -> tuple[tuple[str, str], ...]:
    counted = [member for member in explanation.members if member.counted is Kleene.TRUE]
    unsure = any(member.counted is Kleene.UNKNOWN for member in explanation.members)
    people = (labels.PEOPLE if unsure else labels.PEOPLE_COUNTED).format(
        members=len(explanation.members), counted=len(counted)
    )
    kind = " ".join(filter(None, (explanation.roster, explanation.part)))
    where = " ".join(filter(None, (explanation.town, explanation.village))) or labels.NO_TOWN
    head = labels.HEAD.format(
        name=explanation.head_name or labels.EMPTY, number=explanation.head_id or labels.NO_NUMBER
    )
    lead = [(labels.OF_HOUSEHOLD, f"{explanation.household_no}  {head}  {where}  {people}  {kind}")]
    if person is not None:
        number = person.id_number or labels.NO_NUMBER
        said = labels.MEMBER.format(name=person.name, number=number)
        lead.append((labels.OF_PERSON, f"{said}  {person.relation or ''}".rstrip()))
    about = person or explanation
    result = [verdict.category or verdict.status]
    if verdict.possible:
        result.append(labels.POSSIBLE.format(names="、".join(verdict.possible)))
    if verdict.category:
        result.insert(0, verdict.status)
    before = about.registered_category
    result.append(
        labels.NOT_REGISTERED.format(action=about.action)
        if before is None
        else labels.REGISTERED.format(category=before, action=about.action)
    )
    if about.tags:
        result.append(labels.TAGS.format(names="、".join(about.tags)))
    lead.append((labels.RESULT, "  ".join(result)))
    lead.append((labels.REASON, verdict.reason or labels.EMPTY))
    return tuple(lead)


def _rows(explanation: HouseholdExplanation, verdict: Verdict, person: Member | None) -> Section:
    rows = []
    decided = False
    for row in verdict.rows:
        if row.category is None or (row.afterwards and row.truth is not Kleene.TRUE):
            continue
        rows.append((row.category, labels.SIGNS[row.truth], _why(explanation, row, decided=decided)))
        decided = decided or row.decides
    whom = labels.OF_HOUSEHOLD if person is None else person.name
    return Section(labels.ROWS.format(whom=whom), labels.ROWS_HEADINGS, tuple(rows))


def _why(explanation: HouseholdExplanation, row: Row, *, decided: bool) -> str:
    if row.decides:
        return labels.DECIDES
    if row.truth is Kleene.TRUE:
        return labels.ALSO if decided else ""
    said = [ground_text(explanation, ground) for ground in row.because]
    text = "；".join(said[:_FEW])
    return text + (labels.AND_MORE.format(count=len(said)) if len(said) > _FEW else "")


def ground_text(explanation: HouseholdExplanation, ground: Ground) -> str:
    """One condition with its numbers: 收入低于低保标准 不成立：家庭年收入 …，低保线 …，高出 ….."""
    whom = ""
    if ground.member is not None and len(explanation.members) > 1:
        whom = labels.OF_WHOM.format(name=explanation.members[ground.member].name)
    name = ground.name or ground.sentence
    waits = labels.WAITS.format(names="、".join(ground.waits_for)) if ground.waits_for else ""
    if ground.gap is None or ground.left is None or ground.right is None:
        said = labels.PLAIN_GROUND.format(condition=name, truth=ground.truth.value)
        extra = "" if ground.sentence == name else labels.SAID.format(sentence=ground.sentence)
        return whom + said + extra + waits
    said = labels.GAP.format(
        condition=name, truth=ground.truth.value,
        left_name=ground.left_name, left=_with_unit(ground.left.shown, ground.left.unit),
        right_name=ground.right_name, right=_with_unit(ground.right.shown, ground.right.unit),
        gap=ground.gap.shown,
    )  # fmt: skip
    return whom + said + waits


def _with_unit(shown: str, unit: str | None) -> str:
    return shown if unit is None else f"{shown} {unit}"


def _lines(explanation: HouseholdExplanation, person: Member | None) -> Section:
    """Every comparison of numbers, once: of the household, and of the person when one is asked."""
    verdicts = [explanation.verdict] + ([] if person is None else [person.verdict])
    seen: dict[tuple[str | None, str, int | None], tuple[str, ...]] = {}
    for verdict in verdicts:
        for ground in (ground for row in verdict.rows for ground in row.grounds):
            if ground.gap is None or ground.left is None or ground.right is None:
                continue
            left = f"{ground.left_name} {_with_unit(ground.left.shown, ground.left.unit)}"
            right = f"{ground.right_name} {_with_unit(ground.right.shown, ground.right.unit)}"
            name = ground.name or ground.sentence
            cells = (name, left, right, ground.gap.shown, labels.SIGNS[ground.truth])
            seen.setdefault((ground.name, ground.sentence, ground.member), cells)
    return Section(labels.LINES, labels.LINES_HEADINGS, tuple(seen.values()))


def _members(explanation: HouseholdExplanation) -> Section:
    rows = []
    for member in explanation.members:
        verdict = member.verdict
        result = verdict.category or verdict.status
        if verdict.possible:
            result += f"（{'、'.join(verdict.possible)}）"
        counted = labels.COUNTS.get(member.counted or Kleene.UNKNOWN, "")
        rows.append(
            (
                member.name,
                member.relation or labels.EMPTY,
                member.id_number or labels.NO_NUMBER,
                counted,
                result,
                verdict.reason or labels.EMPTY,
            )
        )
    return Section(labels.MEMBERS, labels.MEMBERS_HEADINGS, tuple(rows))


def missing_cells(explanation: HouseholdExplanation, item: Missing) -> tuple[str, ...]:
    """One missing input: department, data, whom, where, what it blocks."""
    if item.parameter is not None:
        return (labels.COUNTY, item.parameter, labels.EMPTY, labels.PARAMETER_UNSET, "、".join(item.blocks))
    names = [explanation.members[number].name for number in item.members]
    data = labels.WHOLE_TABLE.format(table=item.table) if item.column is None else item.name
    if not item.delivered:
        where = labels.NOT_DELIVERED
    else:
        where = "；".join(dict.fromkeys(source_text(source) for source in item.sources)) or labels.SEE_TABLE
    return (
        item.department or labels.EMPTY,
        data,
        "、".join(names) or labels.EMPTY,
        where,
        "、".join(item.blocks) or labels.EMPTY,
    )


def source_text(source: Source) -> str:
    """Where a cell stands, what was written there, and why it may not be used."""
    if source.file is None:
        place = source.table
    elif source.assumed:
        place = labels.ASSUMED.format(file=source.file, column=source.column)
    else:
        place = labels.PLACE.format(file=source.file, row=source.row, column=source.heading or source.column)
    said = "，".join(filter(None, (source.why, labels.RAW.format(raw=source.raw) if source.raw else None)))
    return labels.PLACE_WHY.format(place=place, why=said) if said else place


def _missing(explanation: HouseholdExplanation) -> Section:
    rows = tuple(missing_cells(explanation, item) for item in explanation.missing)
    return Section(labels.MISSING, labels.MISSING_HEADINGS, rows)


def _findings(explanation: HouseholdExplanation, person: Member | None) -> Section:
    rows = [
        tuple(
            str(finding.get(name) or labels.EMPTY)
            for name in ("code", "severity", "name", "message", "suggestion")
        )
        for finding in explanation.findings
        if person is None or _concerns(finding, person)
    ]
    return Section(labels.FINDINGS, labels.FINDINGS_HEADINGS, tuple(rows))


def _concerns(finding: Mapping[str, object], person: Member) -> bool:
    return finding.get("id_number") in (None, person.id_number) or finding.get("scope") == Scope.HOUSEHOLD


def _parameters(explanation: HouseholdExplanation) -> Section:
    rows = tuple(
        (
            use.name if use.key is None else f"{use.name}（{use.key}）",
            _with_unit(use.value.shown, use.value.unit),
            labels.EMPTY if use.since is None else use.since.isoformat(),
            use.reference or labels.EMPTY,
            use.layer,
        )
        for use in explanation.parameters()
    )
    return Section(labels.PARAMETERS, labels.PARAMETERS_HEADINGS, rows)


def _overrides(explanation: HouseholdExplanation) -> Section:
    """What higher rules replaced among the things that this decision rests on."""
    rows = tuple(override_cells(item) for item in explanation.overrides)
    return Section(labels.OVERRIDES, labels.OVERRIDES_HEADINGS, rows)


def override_cells(item: Override) -> tuple[str, ...]:
    """One replacement: the item, from what, to what, by whom, on what grounds."""
    name = " ".join(filter(None, (item.kind, item.name, item.what)))
    old = labels.REPLACED.format(old=item.old, layer=item.replaced) if item.replaced else labels.EMPTY
    since = labels.FROM_DAY.format(day=item.since) if item.since else ""
    return name, old, " ".join(filter(None, (item.text, since))), item.layer, item.reference or labels.EMPTY
