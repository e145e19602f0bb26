"""Pack files as declarations: sections of all files merged, duplicates refused.

Knows the YAML keys of facts, tables and checks. Understands no expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from lic.declare import (
    Map,
    Node,
    Scalar,
    Seq,
    Source,
    near_miss,
    read_document,
    read_map,
    read_seq,
    read_text,
    wrong_kind,
)
from lic.errors import ProblemLog
from lic.messages import words
from lic.model.event import LinkEvent
from lic.model.finding import Direction, Severity
from lic.model.shape import Shape, judge
from lic.model.workspace import WORKSPACE_FILE
from lic.policy import keys
from lic.policy.declared import (
    Check,
    Condition,
    DecisionRow,
    DecisionTable,
    Declarations,
    Derived,
    Disabled,
    Fact,
    Formula,
    OwnColumn,
    SourceField,
    TagList,
)
from lic.policy.shapes_frame import WITHOUT_CASES
from lic.policy.terms import LEVELS, Level, View

_SUFFIX, _ALMOST = ".yaml", (".yml", ".yaml")
_OTHERS = ("sources", "samples", "exports")  # read by others
_KEPT = ("local",)  # what a run keeps of its workspace
FOLDERS = ("parameters", "facts", "decisions", "checks", "cases")
_ONCE = (
    keys.ROSTER, keys.COLUMN_NAMES, keys.CATEGORIES, keys.CORRECTION, keys.WINDOW, keys.NO_NUMBER,
    keys.RESULT, keys.AUDIT, keys.ADJUSTMENT, keys.LAYER, keys.CALENDAR, keys.NOTICE, keys.ECONOMY,
    keys.MEETING,
)  # fmt: skip
_FACT_LEVELS: dict[str, Level | None] = {k: v for k, v in LEVELS.items() if v is not Level.ROW}
T = TypeVar("T")


def pack_files(folder: Path) -> list[tuple[str, Path]]:
    """The YAML files of a pack by their name within it, sorted; a run keeps its ``lic.yaml`` beside them."""
    found = [path for path in folder.glob("*.yaml") if path.name != WORKSPACE_FILE]
    for name in FOLDERS:
        found.extend((folder / name).glob("*.yaml"))
    return sorted((path.relative_to(folder).as_posix(), path) for path in found)


def read_files(folder: Path, log: ProblemLog, shape: Shape = WITHOUT_CASES) -> dict[str, list[Node]]:
    """The sections of all files: each with the nodes that stand under it."""
    sections: dict[str, list[Node]] = {}
    _unread(folder, log)
    for name, path in pack_files(folder):
        document = read_document(path, log, name=f"{folder.name}/{name}")
        if document is None:
            continue
        judge(shape, document)
        for section in keys.SECTIONS:
            node = document.take(section)
            if node is None:
                continue
            if section in _ONCE and section in sections:
                place = sections[section][0]
                document.keys[section].fail("R231", key=section, place=f"{place.source.file}:{place.line}")
            sections.setdefault(section, []).append(node)
        document.finish()
    return sections


def _unread(folder: Path, log: ProblemLog) -> None:
    """Files that look like rules and stand where nobody reads them."""
    known = (*FOLDERS, *_OTHERS)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith(".") for part in inside):
            continue
        place = Node(Source(f"{folder.name}/{'/'.join(inside)}", log), 1, 1)
        if len(inside) == 1 or inside[0] in known:
            if path.suffix.lower() in _ALMOST and path.suffix != _SUFFIX:
                place.fail("R219", file=path.name, reason=words.UNREAD_SUFFIX.format(suffix=path.suffix))
        elif path.suffix.lower() in (_SUFFIX, *_ALMOST) and len(inside) == 2 and inside[0] not in _KEPT:
            meant = near_miss(inside[0], known)
            reason = words.UNREAD_FOLDER.format(folder=inside[0], known=keys.SHOW_LIST.join(sorted(known)))
            place.fail("R219", file="/".join(inside), reason=reason, suggestion=meant)


def named(nodes: list[Node]) -> Iterator[tuple[Scalar, Map]]:
    """The named bodies of a section, over all files."""
    for node in nodes:
        body = read_map(node)
        for key, item in body.pairs() if body is not None else ():
            inner = read_map(item)
            if inner is not None:
                yield key, inner


def formula(node: Node | None) -> Formula | None:
    """An expression; 是 and 否 and numbers are expressions too."""
    text = read_text(node)
    return None if text is None or node is None else Formula(text, node)


def scalar(body: Map, key: str, *, required: bool = False) -> Scalar | None:
    """A scalar under ``key`` with its place."""
    node = body.require(key) if required else body.take(key)
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node
    wrong_kind(node, words.EXPECTED_TEXT)
    return None


def choice(body: Map, key: str, known: dict[str, T], default: T, *, required: bool = True) -> T:
    """One of several words under ``key``."""
    node = scalar(body, key, required=required)
    if node is None:
        return default
    if node.value not in known:
        node.fail(
            "R052", value=node.value, key=key, known="、".join(known), suggestion=near_miss(node.value, known)
        )
        return default
    return known[node.value]


class Reader:
    """Reads every section into :class:`Declarations`."""

    def __init__(self, sections: dict[str, list[Node]]) -> None:
        """``sections`` as :func:`read_files` found them."""
        self.sections = sections
        self.out = Declarations()

    def read_facts(self) -> None:
        """字段, 推算, 条件, 列表, 认定."""
        readers: list[tuple[str, Callable[[str, Level, Scalar, Map], Fact]]] = [
            (keys.FIELDS, _field),
            (keys.DERIVED, _derived),
            (keys.CONDITIONS, _condition),
            (keys.LISTS, _tags),
            (keys.DECISIONS, _decision),
        ]
        for section, reader in readers:
            for key, body in named(self.sections.get(section, [])):
                level = choice(body, keys.LEVEL, _FACT_LEVELS, None)
                declared = reader(key.value, level or Level.PERSON, key, body)
                body.finish()
                if level is None:
                    self.out.broken.add(key.value)
                declared = replace(declared, body=body)
                if key.value in self.out.facts:
                    key.fail("R011", name=key.value)
                else:
                    self.out.facts[key.value] = declared

    def read_checks(self) -> None:
        """核对, 未启用."""
        for key, body in named(self.sections.get(keys.CHECKS, [])):
            check = _check(key, body)
            self.out.codes |= {
                node.value for node in (body.entries.get(keys.KEY),) if isinstance(node, Scalar)
            }
            body.finish()
            if key.value in self.out.checks:
                key.fail("R011", name=key.value)
            elif check is not None:
                self.out.checks[key.value] = check
        for node in self.sections.get(keys.DISABLED, []):
            for item in read_seq(node):
                entry = read_map(item)
                if entry is None:
                    continue
                code, name = entry.text(keys.KEY, required=True), entry.text(keys.NAME, required=True)
                reason = entry.text(keys.WHY, required=True)
                entry.finish()
                self.out.disabled.append(Disabled(code or "", name or "", reason or "", entry))


def _field(name: str, level: Level, key: Scalar, body: Map) -> Fact:
    source = scalar(body, keys.SOURCE, required=True)
    reference, note = body.text(keys.REFERENCE), body.text(keys.NOTE)
    if source is not None and source.value == keys.ROSTER:
        column = scalar(body, keys.COLUMN)
        return OwnColumn(
            name, level, key, reference, note,
            column=column.value if column is not None else name,
            column_place=column or key,
            without_column=scalar(body, keys.WITHOUT_COLUMN),
        )  # fmt: skip
    modes = {word: word for word in (keys.ONLY_MORE, keys.ANYTHING, keys.FROM_ZERO)}
    return SourceField(
        name, level, key, reference, note,
        table=source.value if source is not None else "",
        table_place=source,
        take=formula(body.require(keys.TAKE)),
        member=formula(body.take(keys.MEMBERS)),
        doubtful=choice(body, keys.DOUBTFUL, modes, keys.ONLY_MORE, required=False),
        zero_column=body.text(keys.FROM_ZERO_COLUMN),
        not_delivered=scalar(body, keys.NOT_DELIVERED),
        view=View(body.flag(keys.OWN_ROW), body.texts(keys.PART)),
    )  # fmt: skip


def _derived(name: str, level: Level, key: Scalar, body: Map) -> Fact:
    reference, note = body.text(keys.REFERENCE), body.text(keys.NOTE)
    return Derived(
        name,
        level,
        key,
        reference,
        note,
        formula=formula(body.require(keys.FORMULA)),
        unit=scalar(body, keys.UNIT),
    )


def _condition(name: str, level: Level, key: Scalar, body: Map) -> Fact:
    reference, note = body.text(keys.REFERENCE), body.text(keys.NOTE)
    every, some = body.take(keys.ALL), body.take(keys.ANY)
    single = body.take(keys.FORMULA)
    if [every, some, single].count(None) != 2:
        body.fail("R064", keys=f"{keys.FORMULA}、{keys.ALL}、{keys.ANY}")
    items = [single] if single is not None else read_seq(every if every is not None else some)
    formulas = tuple(item for node in items if (item := formula(node)) is not None)
    return Condition(name, level, key, reference, note, formulas=formulas, both=some is None)


def _tags(name: str, level: Level, key: Scalar, body: Map) -> Fact:
    reference, note = body.text(keys.REFERENCE), body.text(keys.NOTE)
    items = body.map(keys.ITEMS, required=True)
    pairs = [(word.value, formula(node)) for word, node in items.pairs()] if items is not None else []
    found = tuple((word, item) for word, item in pairs if item is not None)
    return TagList(name, level, key, reference, note, items=found)


def _decision(name: str, level: Level, key: Scalar, body: Map) -> Fact:
    reference, note = body.text(keys.REFERENCE), body.text(keys.NOTE)
    choice(body, keys.HIT, {keys.HIT_FIRST: keys.HIT_FIRST}, keys.HIT_FIRST)
    columns = tuple(item for node in read_seq(body.take(keys.COLUMN)) if (item := formula(node)) is not None)
    return DecisionTable(
        name, level, key, reference, note,
        columns=columns,
        rows=tuple(_decision_row(item, category=True) for item in body.maps(keys.ROW, required=True)),
        members=scalar(body, keys.MEMBERS),
        afterwards=tuple(_decision_row(item, category=True) for item in body.maps(keys.AFTERWARDS)),
        otherwise=tuple(_decision_row(item, category=False) for item in body.maps(keys.OTHERWISE)),
    )  # fmt: skip


def _decision_row(body: Map, *, category: bool) -> DecisionRow:
    name = body.text(keys.CATEGORY, required=True) if category else None
    basis = body.text(keys.BASIS) if category else None
    if basis is not None and basis not in keys.BASES_OF_DECISION:
        body.entries[keys.BASIS].fail(
            "R052", value=basis, key=keys.BASIS, known="、".join(keys.BASES_OF_DECISION)
        )
    when = body.take(keys.WHEN)
    cells: tuple[str, ...] = ()
    condition = None
    if isinstance(when, Seq):
        cells = tuple(item.value if isinstance(item, Scalar) else "?" for item in when.items)
    elif when is not None:
        condition = formula(when)
    elif category:
        body.fail("R003", key=keys.WHEN)
    row = DecisionRow(body, name or "", basis, cells, condition, formula(body.take(keys.REASON)))
    body.finish()
    return row


def _check(key: Scalar, body: Map) -> Check | None:
    event_names = {event.value: event.value for event in LinkEvent}
    event = choice(body, keys.EVENT, {**event_names, "": ""}, "", required=False) or None
    levels: dict[str, Level | None] = dict(LEVELS)
    level = choice(body, keys.LEVEL, levels, None if event is None else Level.PERSON, required=event is None)
    directions = {item.value: item for item in Direction}
    severities = {item.value: item for item in (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.CLUE)}
    message = formula(body.require(keys.NOTE))
    condition = formula(body.require(keys.WHEN) if event is None else body.take(keys.WHEN))
    check = Check(
        name=key.value,
        code=body.text(keys.KEY, required=True) or "",
        place=key,
        level=level or Level.PERSON,
        direction=choice(body, keys.DIRECTION, directions, Direction.INCONSISTENT),
        severity=choice(body, keys.SEVERITY, severities, Severity.LOW),
        message=message or Formula("", key),
        condition=condition,
        event=event,
        table=scalar(body, keys.SOURCE, required=level is Level.ROW and event is None),
        declared=formula(body.take(keys.DECLARED)),
        found=formula(body.take(keys.FOUND)),
        evidence=scalar(body, keys.EVIDENCE),
        column=body.text(keys.COLUMN),
        needs=body.texts(keys.NEEDS),
        needs_place=body.entries.get(keys.NEEDS),
        reference=body.text(keys.REFERENCE),
        suggestion=body.text(keys.SUGGESTION),
        same_item=scalar(body, keys.SAME_ITEM),
        body=body,
    )
    whole = message is not None and level is not None and (event is not None or condition is not None)
    return check if whole else None
