"""The declared sources as forms: what each department must send, in words.

Reads the sources of a pack with the workspace's own additions and expectations, so that a form
says what the next check will ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from lic.declare import Map
from lic.errors import ProblemLog, UsageError
from lic.messages import forms as words
from lic.model.expectation import Expectations
from lic.model.form import FormColumn, FormPart, FormWord, TableForm
from lic.model.period import OPEN_END, OPEN_START
from lic.model.table import ColumnType
from lic.model.workspace import EXPECTED, WORKSPACE_FILE, Workspace
from lic.sources.expect import with_county
from lic.sources.spec import ColumnSpec, Default, PartSpec, SourceSet, SourceSpec
from lic.workflows.examine import percent
from lic.workflows.load_rules import layered_sources
from lic.workflows.workspace import SOURCES, pack_folder, read_workspace, shipped_pack

_FEN = 100


@dataclass(frozen=True, slots=True)
class Declared:
    """The sources that hold in a folder, and the workspace they belong to, if there is one."""

    sources: SourceSet
    workspace: Workspace | None


def declared_sources(start: Path, rules: Path | None) -> Declared:
    """The sources that hold for ``start``: of its workspace, or of the shipped pack outside one."""
    log = ProblemLog()
    workspace: Workspace | None = None
    config: Map | None = None
    resolved = start.resolve()
    for root in (resolved, *resolved.parents):
        if (root / WORKSPACE_FILE).is_file():
            workspace, config = read_workspace(root, log)
            break
    if workspace is not None:
        pack = pack_folder(rules, workspace)
    else:
        pack = shipped_pack() if rules is None else _pack(rules)
    overlay = None if workspace is None else workspace.root / SOURCES
    sources = layered_sources(pack, overlay, workspace, config, log)
    sources = with_county(sources, None if config is None else config.map(EXPECTED))
    log.raise_if_any()
    return Declared(sources, workspace)


def _pack(rules: Path) -> Path:
    if not (rules / SOURCES).is_dir():
        raise UsageError("W107", folder=rules)
    return rules


def forms_of(sources: SourceSet, *tables: str) -> tuple[TableForm, ...]:
    """The forms of the named tables (none named: all), by department, required tables first."""
    known = {source.name: source for source in sources.sources}
    for name in tables:
        if name not in known:
            raise UsageError("W110", table=name, known=words_list(sorted(known)))
    chosen = [known[name] for name in tables] if tables else list(known.values())
    forms = [_form(source) for source in chosen]
    return tuple(sorted(forms, key=lambda form: (form.department, not form.required, form.code, form.table)))


def words_list(items: list[str]) -> str:
    """Several names in one text."""
    return "\u3001".join(items)


def _form(source: SourceSpec) -> TableForm:
    return TableForm(
        table=source.name,
        code=source.code,
        department=source.department,
        required=source.required,
        several_rows=source.many_rows,
        may_be_empty=source.may_be_empty,
        monthly=source.month_column is not None,
        file_hints=source.file_hints,
        one_of=tuple(group for group in source.must if len(group) > 1),
        keys=source.one_of,
        parts=tuple(_part(part) for part in source.parts),
        columns=(*(_column(column, source) for column in source.columns), *_telling(source)),
        ignored=source.ignored,
        expected=tuple(_expected(source.expected)),
        declared_in=source.file,
    )


def _part(part: PartSpec) -> FormPart:
    hint = part.hints[0].strip("*") if part.hints else part.name
    return FormPart(part.name, hint, part.fill)


def _telling(source: SourceSpec) -> list[FormColumn]:
    """Headings by which a table is known though nothing in their columns is used."""
    names = {column.name for column in source.columns}
    return [
        FormColumn(
            name=group[0],
            aliases=group[1:],
            kind=ColumnType.TEXT,
            kind_text=words.KINDS[ColumnType.TEXT.value],
            unit=None,
            needed=True,
            words=(),
            blank_text=words.TELLING,
            absent_text="",
            negative_allowed=False,
            offered=True,
        )
        for group in source.must
        if not names.intersection(group)
    ]


def _column(column: ColumnSpec, source: SourceSpec) -> FormColumn:
    needed = column.needed or (column.name,) in source.must
    return FormColumn(
        name=column.name,
        aliases=tuple(text for text in column.headings if text != column.name),
        kind=column.type,
        kind_text=words.KINDS[column.type.value],
        unit=column.unit,
        needed=needed,
        words=_words(column),
        blank_text=_blank(column, needed=needed),
        absent_text=_absent(column),
        negative_allowed=column.schema.negative_allowed,
        offered=column.name not in source.not_offered,
    )


def _words(column: ColumnSpec) -> tuple[FormWord, ...]:
    vocabulary = column.vocabulary
    if vocabulary is None:
        return ()
    spelled = [*vocabulary.exact.items(), *vocabulary.patterns]
    return tuple(
        FormWord(word, tuple(text for text, meaning in spelled if meaning == word and text != word))
        for word in column.words
        if word
    )


def _blank(column: ColumnSpec, *, needed: bool) -> str:
    if column.blank is None:
        return words.NEEDED if needed else words.UNKNOWN
    return words.MEANS.format(value=_value(column.blank, column), reason=column.blank_reason)


def _absent(column: ColumnSpec) -> str:
    if column.absent is None:
        return ""
    return words.ABSENT.format(value=_value(column.absent, column), reason=column.absent_reason)


def _value(value: Default, column: ColumnSpec) -> str:
    if value is True or value is False:
        return words.YES if value else words.NO
    if isinstance(value, date):
        return {OPEN_END: words.OPEN_END, OPEN_START: words.OPEN_START}.get(value, value.isoformat())
    if isinstance(value, int) and column.type is ColumnType.MONEY:
        return str(value // _FEN) if value % _FEN == 0 else f"{value // _FEN}.{value % _FEN:02d}"
    return str(value) or words.NOTHING


def _expected(expected: Expectations) -> list[str]:
    """What is asked of the department: rows, cells and towns; how it is compared is our own affair."""
    said = []
    if expected.least_rows is not None:
        said.append(words.EXPECT_LEAST.format(value=_whole(expected.least_rows.value)))
    if expected.most_rows is not None:
        said.append(words.EXPECT_MOST.format(value=_whole(expected.most_rows.value)))
    for column, limit in expected.fills:
        said.append(words.EXPECT_FILL.format(column=column, value=percent(limit.value)))
    if expected.towns is not None:
        towns = words_list(list(expected.towns.names)) or words.ALL_TOWNS
        said.append(words.EXPECT_TOWNS.format(towns=towns))
    return said


def _whole(value: Fraction) -> str:
    return str(int(value))
