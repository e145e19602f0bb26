"""The whole tree of an explanation: rows, conditions, numbers, parameters, cells.

Knows how a step is said on one line. A fact is taken apart where it is met first and referred
to afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from lic.model.explanation import Fact, HouseholdExplanation, Ref, Source, Step, StepKind, Verdict
from lic.model.page import Branch, Section
from lic.reports import labels_explain as labels


def fact_tree(explanation: HouseholdExplanation) -> list[Section]:
    """One tree for the household and one for each member."""
    tree = _Tree(explanation)
    sections = [
        Section(f"{labels.TREE}：{labels.OF_HOUSEHOLD}", tree=tuple(tree.verdict(explanation.verdict)))
    ]
    sections += [
        Section(f"{labels.TREE}：{member.name}", tree=tuple(tree.verdict(member.verdict)))
        for member in explanation.members
    ]
    rest = [ref for ref in explanation.facts if ref not in tree.seen and ref.name not in tree.tables]
    if rest:
        branches = [branch for ref in rest for branch in tree.fact(ref, 0)]
        sections.append(Section(labels.INCOME, tree=tuple(branches)))
    return sections


class _Tree:
    """Lines in order; remembers which facts were taken apart."""

    def __init__(self, explanation: HouseholdExplanation) -> None:
        self.explanation = explanation
        self.seen: set[Ref] = set()
        self.tables = {
            item.table for item in (explanation.verdict, *(m.verdict for m in explanation.members))
        }

    def verdict(self, verdict: Verdict) -> Iterator[Branch]:
        """The rows of a decision table."""
        for row in verdict.rows:
            if row.category is None:
                continue
            text = f"{row.number}. {row.category}：{row.truth.value}"
            yield Branch(0, text + (f"  {labels.DECIDES}" if row.decides else ""),
                         labels.RULE_AT.format(place=row.place))  # fmt: skip
            for cell in row.cells:
                yield from self.step(cell.step, 1)

    def fact(self, ref: Ref, depth: int) -> Iterator[Branch]:
        """A fact with what it is made of, once."""
        fact = self.explanation.facts[ref]
        whom = self._whom(ref.member)
        head = f"{whom}{ref.name} ＝ {_value(fact)}"
        if ref in self.seen:
            if fact.steps or fact.sources:
                head += labels.ABOVE
            yield Branch(depth, head)
            return
        self.seen.add(ref)
        small = "  ".join(filter(None, (fact.sentence, _reference(fact), self._notes(fact))))
        yield Branch(depth, head, small)
        for source in fact.sources:
            yield Branch(depth + 1, cell_text(source))
        for step in fact.steps:
            yield from self.inside(step, depth + 1)
        for source in fact.doubts:
            yield Branch(depth + 1, labels.DOUBT.format(place=_place(source), why=source.why))

    def inside(self, step: Step, depth: int) -> Iterator[Branch]:
        """The top step of a fact says what the fact said: only its parts are new."""
        if step.kind in (StepKind.FACT, StepKind.PARAMETER, StepKind.DECISION, StepKind.COMPARISON):
            yield from self.step(step, depth)
            return
        for part in step.steps:
            yield from self.step(part, depth)

    def step(self, step: Step, depth: int) -> Iterator[Branch]:
        """One step and what is below it."""
        if step.kind is StepKind.LITERAL:
            return
        if step.ref is not None:
            yield from self.fact(step.ref, depth)
            return
        yield Branch(depth, self._head(step), _parameter(step))
        for part in step.steps:
            yield from self.step(part, depth + 1)

    def _head(self, step: Step) -> str:
        match step.kind:
            case StepKind.CELL if step.source is not None:
                return cell_text(step.source)
            case StepKind.ROW if step.source is not None:
                counts = "" if step.counts is None else f"：{labels.COUNTS[step.counts]}"
                value = f"，{_known(step)}" if step.value.truth is None else ""
                return f"{_row(step.source)}{counts}{value}"
            case StepKind.MEMBER:
                counts = "" if step.counts is None else f"：{labels.COUNTS[step.counts]}"
                return f"{step.sentence}{counts}" + ("" if step.value.truth else f"，{_known(step)}")
            case StepKind.DECISION:
                return f"{step.sentence}：{step.value.shown}"
            case _:
                gap = "" if step.gap is None else f"，{step.gap.shown}"
                return f"{step.sentence} ＝ {_known(step)}{gap}"

    def _whom(self, member: int | None) -> str:
        if member is None or len(self.explanation.members) < 2:
            return ""
        return f"{self.explanation.members[member].name} "

    def _notes(self, fact: Fact) -> str:
        if fact.given:
            return labels.GIVEN
        if fact.table is not None and fact.delivered is False:
            return labels.TABLE_ABSENT.format(table=fact.table)
        return fact.note or ""


def _value(fact: Fact) -> str:
    truth = fact.value.truth
    unit = "" if fact.value.unit is None else f" {fact.value.unit}"
    return truth.value if truth is not None else f"{fact.value.shown}{unit}"


def _known(step: Step) -> str:
    if step.value.truth is not None:
        return step.value.truth.value
    return step.value.shown + ("" if step.value.unit is None else f" {step.value.unit}")


def _reference(fact: Fact) -> str:
    said = "" if fact.reference is None else labels.REFERENCE.format(reference=fact.reference)
    return said + ("" if fact.place is None else f" {fact.place}")


def _parameter(step: Step) -> str:
    use = step.parameter
    if use is None:
        return ""
    since = labels.EMPTY if use.since is None else use.since.isoformat()
    key = "" if use.key is None else f"（{use.key}）"
    said = labels.PARAMETER_OF.format(reference=use.reference or labels.EMPTY, since=since, layer=use.layer)
    return f"{key}{said}"


def _place(source: Source) -> str:
    if source.file is None:
        return f"{source.table} {source.column}"
    return labels.PLACE.format(file=source.file, row=source.row, column=source.heading or source.column)


def _row(source: Source) -> str:
    return labels.ROW_OF.format(file=source.file or source.table, row=source.row)


def cell_text(source: Source) -> str:
    """A cell with its value, what was written there, and where it stands."""
    notes = [_place(source)]
    if source.sheet:
        notes.insert(1, source.sheet)
    if source.raw:
        notes.append(labels.RAW.format(raw=source.raw))
    if source.why:
        notes.append(source.why)
    if source.assumed and source.verified is None:
        notes = [labels.ASSUMED.format(file=source.file or source.table, column=source.column)]
    if source.fixed:
        notes = [labels.FIXED]
    if source.verified is not None:
        seen = source.verified
        notes.append(
            labels.VERIFIED.format(file=seen.file, row=seen.row, declared=seen.declared or labels.BLANK)
        )
    return f"{source.column} ＝ {source.shown}  [{'，'.join(notes)}]"
