"""``lic sources accept``: a changed heading or word becomes an addition in the workspace's ``sources/``.

Never touches the shipped pack. What is added is shown first; the additions are read back with the
whole pack before they stay, so that a wrong one is said and not kept.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from lic.errors import InputError, ProblemLog, RunFolderError, UsageError
from lic.messages.sources_own import OWN_FILE_LINES
from lic.model.period import Period
from lic.model.staging import SeenSheet, StagedFolder
from lic.model.table import ColumnType
from lic.runs.folder import draft_in
from lic.sources.accept import Additions, Unsettled, headings_of_sheet, propose, to_yaml
from lic.sources.folder import Passwords, stage_folder
from lic.sources.overlay import read_additions
from lic.sources.spec import SourceSet, SourceSpec
from lic.workflows.load_rules import layered_sources
from lic.workflows.password_file import known_passwords
from lic.workflows.source_forms import words_list
from lic.workflows.workspace import SOURCES, find_workspace, pack_folder, read_workspace

_WORDS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class AcceptOptions:
    """What the command line may choose. ``aliases``: heading=column; ``words``: column:text=word."""

    sheet: str | None = None
    table: str | None = None
    aliases: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    ignore_rest: bool = False
    words: tuple[str, ...] = ()
    rules: Path | None = None
    passwords: Passwords = field(default_factory=Passwords, repr=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be added, to which file, and what is left open. ``content``: the file as it would be."""

    table: str
    sheet: str
    lines: tuple[str, ...]
    target: Path
    content: str
    unsettled: Unsettled
    pack: Path = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to add."""
        return not self.lines


def propose_additions(file: Path, options: AcceptOptions, *, progress: Callable[[str], None]) -> Proposal:
    """What the unknown headings and words of ``file`` would become. Nothing is written."""
    if not file.is_file():
        raise UsageError("W111", file=file)
    log = ProblemLog()
    root = find_workspace(file.resolve().parent)
    workspace, config = read_workspace(root, log)
    pack = pack_folder(options.rules, workspace)
    sources = layered_sources(pack, root / SOURCES, workspace, config, log)
    log.raise_if_any()
    with draft_in(workspace.cache) as draft:
        progress(file.name)
        folder = draft.path / "file"
        folder.mkdir(mode=0o700)
        shutil.copyfile(file, folder / file.name)
        period = Period.parse(file.resolve().parent.name) or Period(0)
        staged = stage_folder(
            folder,
            workspace=draft.path,
            sources=sources,
            period=period.index,
            last_day=period.last_day,
            towns=workspace.towns,
            cache=draft.path / "cache",
            passwords=known_passwords(options.passwords, workspace),
        )
        seen, source = _chosen(staged, sources, options, file)
        texts = _unknown_words(staged, seen, source)
    additions, unsettled = propose(headings_of_sheet(seen, source), texts, source)
    additions, unsettled = _as_told(additions, unsettled, source, options)
    return _proposal(root, pack, source, seen, additions, unsettled)


def _chosen(
    staged: StagedFolder, sources: SourceSet, options: AcceptOptions, file: Path
) -> tuple[SeenSheet, SourceSpec]:
    """The sheet that is meant and the table it is taken for."""
    known = {source.name: source for source in sources.sources}
    if options.table is not None and options.table not in known:
        raise UsageError("W110", table=options.table, known=words_list(sorted(known)))
    sheets = [item for item in staged.seen if options.sheet is None or item.sheet == options.sheet]
    if not sheets:
        if options.sheet is not None and staged.seen:
            names = words_list([item.sheet for item in staged.seen])
            raise UsageError("W112", sheet=options.sheet, known=names)
        raise InputError("W113", file=file.name)
    if options.table is not None:
        source = known[options.table]
        ranked = sorted(sheets, key=lambda item: item.table == source.name, reverse=True)
        return ranked[0], source
    taken = [item for item in sheets if item.table is not None]
    if not taken or taken[0].table is None:
        raise UsageError("W114", file=file.name)
    return taken[0], known[taken[0].table]


def _unknown_words(staged: StagedFolder, seen: SeenSheet, source: SourceSpec) -> list[tuple[str, str]]:
    """Texts of word columns that were refused."""
    found: set[tuple[str, str]] = set()
    kinds = {column.name for column in source.columns if column.type is ColumnType.WORD}
    for sheet in staged.sheets:
        if (sheet.source, sheet.sheet) != (source.name, seen.sheet):
            continue
        rows = pq.read_table(sheet.parquet)
        for row in rows.filter(pc.is_valid(rows["_raw"])).to_pylist():
            raw: Mapping[str, str] = json.loads(row["_raw"])
            found |= {(name, text) for name, text in raw.items() if name in kinds and row[name] is None}
    return sorted(found)[:_WORDS_SHOWN]


def _as_told(
    additions: Additions, unsettled: Unsettled, source: SourceSpec, options: AcceptOptions
) -> tuple[Additions, Unsettled]:
    """The proposal with what the command line says instead of it."""
    names = {column.name for column in source.columns}
    aliases: dict[str, tuple[str, ...]] = {}
    for text in options.aliases:
        heading, name = _pair(text, "--alias")
        if name not in names:
            raise UsageError("W116", column=name, table=source.name, known=words_list(sorted(names)))
        aliases[name] = (*aliases.get(name, ()), heading)
    told = {heading for texts in aliases.values() for heading in texts} | set(options.ignored)
    guessed = {
        name: kept
        for name, texts in additions.aliases.items()
        if name not in aliases and (kept := tuple(text for text in texts if text not in told))
    }
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for text in options.words:
        place, word = _pair(text, "--word")
        name, _, spelling = place.partition(":")
        if name not in names:
            raise UsageError("W116", column=name, table=source.name, known=words_list(sorted(names)))
        own = words.setdefault(name, {})
        own[word] = (*own.get(word, ()), spelling)
    spoken = {(name, text) for name, own in words.items() for texts in own.values() for text in texts}
    near = _without(additions.words, spoken)
    rest = tuple(text for text in unsettled.headings if text not in told)
    ignored = (*options.ignored, *(rest if options.ignore_rest else ()))
    merged = Additions(source.name, guessed, near).merged(Additions(source.name, aliases, words, ignored))
    left = Unsettled(
        () if options.ignore_rest else rest,
        tuple(name for name in unsettled.lacking if name not in aliases),
        tuple(item for item in unsettled.words if item not in spoken),
    )
    return merged, left


def _without(
    words: Mapping[str, Mapping[str, tuple[str, ...]]], spoken: set[tuple[str, str]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The proposed words but those that the command line settles."""
    result: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, own in words.items():
        for word, texts in own.items():
            if kept := tuple(text for text in texts if (name, text) not in spoken):
                result.setdefault(name, {})[word] = kept
    return result


def _pair(text: str, option: str) -> tuple[str, str]:
    left, mark, right = text.partition("=")
    if not mark or not left.strip() or not right.strip():
        raise UsageError("W115", option=option, value=text)
    return left.strip(), right.strip()


def _proposal(
    root: Path,
    pack: Path,
    source: SourceSpec,
    seen: SeenSheet,
    additions: Additions,
    unsettled: Unsettled,
) -> Proposal:
    target, before = _target(root, source)
    lines = to_yaml(additions) if additions else []
    content = "".join(f"{line}\n" for line in (*OWN_FILE_LINES, *to_yaml(before.merged(additions))))
    return Proposal(source.name, seen.sheet, tuple(lines), target, content, unsettled, pack)


def _target(root: Path, source: SourceSpec) -> tuple[Path, Additions]:
    """The file of the workspace that takes the additions, and what lic wrote there before.

    A file that a person wrote is left as it is; the additions go beside it.
    """
    stem = Path(source.file).stem
    for number in range(1, 100):
        name = f"{stem}.yaml" if number == 1 else f"{stem}-{number:02d}.yaml"
        path = root / SOURCES / name
        if not path.exists():
            return path, Additions(source.name)
        text = path.read_text(encoding="utf-8", errors="replace")
        if text.startswith(OWN_FILE_LINES[0]):
            return path, read_additions(path)
    raise UsageError("W109", folder=root / SOURCES)


def write_additions(proposal: Proposal) -> None:
    """Write the file and read the sources back; a file that does not load is taken away again."""
    target = proposal.target
    before = target.read_bytes() if target.exists() else None
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_text(proposal.content, encoding="utf-8", newline="\n")
        target.chmod(0o600)
    except OSError as error:
        raise RunFolderError("W003", folder=target, reason=error.strerror or type(error).__name__) from error
    log = ProblemLog()
    workspace, config = read_workspace(target.parent.parent, log)
    layered_sources(proposal.pack, target.parent, workspace, config, log)
    if log.problems:
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)
    log.raise_if_any()
