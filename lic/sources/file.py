"""One file: open it by its content, recognise each sheet, write what is accepted.

Runs in a child process. Whatever a file does, the answer is findings about that file. The files
in an archive are files of their own, named after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from lic.model.staging import FaultyRows
from lic.sources import cache, keys
from lic.sources.column import Context
from lic.sources.container import is_workbook, members
from lic.sources.delimited import read_delimited
from lic.sources.faulty import write_faulty
from lic.sources.grid import Grid
from lic.sources.header import Header, HeaderFinder
from lic.sources.headings import HeadingMap
from lic.sources.page import read_mail, read_page
from lic.sources.part import hinted_source, hinted_sources, part_of
from lic.sources.paths import extended
from lic.sources.report import SEPARATOR, Report
from lic.sources.seen import write_seen
from lic.sources.sheet import Account, SheetReader
from lic.sources.sniff import Kind, other_name, packed_as, sniff
from lic.sources.spec import SourceSet, SourceSpec
from lic.sources.title import title_text
from lic.sources.unsafe import Limits, Unsafe
from lic.sources.workbook import Opening, read_workbook
from lic.sources.xml_book import read_xml
from lic.values.read import cell_text
from lic.values.text import squeeze

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".xlsb", ".xltx")
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab")
_BINARY = ".xlsb"
_DEEPEST = 2  # an archive in an archive
# A sheet without a heading is no news when another sheet of the file was read.
_ASIDE = frozenset({"S114", "S132", "S133", "S142", "S150", "S154"})


@dataclass(frozen=True, slots=True)
class Job:
    """One file to stage: where it is, how it is shown, and where its answer goes.

    ``passwords`` are tried on encrypted workbooks; they stay in memory.
    """

    path: Path
    shown: str
    target: Path
    period: int
    only: frozenset[str] | None = None
    limits: Limits = field(default_factory=Limits)
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class _One:
    """A file while it is read: a loose one, or a member of an archive."""

    job: Job
    shown: str
    data: bytes
    report: Report
    accounts: list[Account] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its own name."""
        return PurePosixPath(self.shown).name


class FileReader:
    """Stages files against one set of sources."""

    def __init__(self, sources: SourceSet, context: Context) -> None:
        self.sources = sources
        self.context = context
        self.finder = HeaderFinder([HeadingMap(source) for source in sources.sources])
        self._declared, self._hints = sources.digest, sources.hints_digest
        self._digests = {source.name: source.digest for source in sources.sources}

    def stage(self, job: Job) -> None:
        """Reads one file and writes its staging folder."""
        staging = cache.Staging(job.target)
        report = Report(job.shown, job.shown)
        try:
            data = extended(job.path).read_bytes()
        except OSError as error:
            report.add("S111", reason=error.strerror or type(error).__name__)
            self._unread(_One(job, job.shown, b"", report), staging)
        else:
            self._open(_One(job, job.shown, data, report), staging, 0)
        cache.write(job.target, staging, declared=self._declared, hints=self._hints)

    def _open(self, file: _One, staging: cache.Staging, depth: int) -> None:
        try:
            if sniff(file.data) is Kind.ARCHIVE and not is_workbook(file.data):
                self._open_archive(file, staging, depth)
                return
        except Unsafe as error:
            file.report.said(error.code, error.params)
            self._unread(file, staging)
            return
        self._read(file, staging)

    def _open_archive(self, file: _One, staging: cache.Staging, depth: int) -> None:
        if depth >= _DEEPEST:
            raise Unsafe("S106", reason=f"zip > {_DEEPEST}")
        found = False
        for member in members(file.data, file.job.limits, file.job.passwords):
            name = PurePosixPath(member.name).name
            if self.sources.reading.skips(name) or member.name.startswith("__MACOSX/"):
                continue
            found = True
            shown = f"{file.shown}/{member.name}"
            one = _One(file.job, shown, member.data, Report(shown, file.job.shown))
            if member.problem is not None:
                one.report.said(member.problem.code, member.problem.params)
                self._unread(one, staging)
            else:
                self._open(one, staging, depth + 1)
        if not found:
            raise Unsafe("S101")

    def _read(self, file: _One, staging: cache.Staging) -> None:
        try:
            for grid in self._grids(file):
                self._sheet(grid, file, staging)
        except Unsafe as error:
            file.report.said(error.code, error.params)
        findings = file.report.findings
        if not file.accounts and all(item.code in _ASIDE for item in findings):
            file.report.add("S113" if findings else "S101")
        if file.accounts:
            staging.findings += findings
        else:
            self._unread(file, staging)

    def _unread(self, file: _One, staging: cache.Staging) -> None:
        guess = hinted_source(self.sources.sources, file.name)
        part = part_of(guess, file.name) if guess is not None else None
        digest = hashlib.sha256(file.data).hexdigest()
        staging.unread.append(
            cache.Unread(file.shown, guess.name if guess else None, part.name if part else None, digest)
        )
        staging.findings += file.report.findings

    def _grids(self, file: _One) -> Iterator[Grid]:
        data, report, limits = file.data, file.report, file.job.limits
        suffix = PurePosixPath(file.shown).suffix.lower()
        match sniff(data):
            case Kind.EMPTY:
                raise Unsafe("S101")
            case Kind.PACKED:
                raise Unsafe("S149", what=packed_as(data) or "")
            case Kind.OTHER:
                raise Unsafe("S102", what=other_name(data) or "")
            case Kind.PAGE | Kind.MAIL | Kind.XML as kind:
                read = {Kind.PAGE: read_page, Kind.MAIL: read_mail, Kind.XML: read_xml}[kind]
                grids = list(read(data, limits))
                if kind is not Kind.XML or not grids[0].addressed:
                    report.add("S150")
                yield from _named(grids)
            case Kind.TEXT:
                if suffix in _WORKBOOK_NAMES and _is_binary(data):
                    raise Unsafe("S103")
                yield self._text(data, suffix, report)
            case _:
                if suffix in _TEXT_NAMES:
                    report.add("S133", found="Excel")
                if suffix == _BINARY:
                    report.add("S154")
                opening = Opening(limits, self.sources.reading.own_marks, file.job.passwords)
                yield from read_workbook(data, opening)

    def _text(self, data: bytes, suffix: str, report: Report) -> Grid:
        grid = read_delimited(data, self.finder.known, self.sources.reading.mojibake)
        if suffix in _WORKBOOK_NAMES:
            report.add("S133", found="CSV")
        if grid.odd_mark is not None:
            report.add("S142", mark=grid.odd_mark)
        return grid

    def _sheet(self, grid: Grid, file: _One, staging: cache.Staging) -> None:
        if not any(any(row) for row in grid.rows) or grid.name in self.sources.reading.note_sheets:
            return
        header = self.finder.find(grid.rows, grid.merged)
        staging.remember(grid, header)
        write_seen(file.job.target, file.shown, grid, header)
        table = header.source.source.name if header else None
        inner = file.report.within(grid.name, table, addressed=grid.addressed)
        if self._is_own_output(grid, header):
            raise Unsafe("S112")
        if header is None:
            heads = next((row for row in grid.rows if any(row)), [])
            texts = [text for cell in heads if (text := cell_text(cell).strip())]
            inner.add("S114", headings=SEPARATOR.join(text[:20] for text in texts[:8]))
            return
        source = header.source.source
        staging.sources[source.name] = self._digests[source.name]
        if file.job.only is not None and source.name not in file.job.only:
            file.accounts.append(Account("", grid.name))
            return
        self._recognised(grid, header, source, file, staging, inner)

    def _recognised(
        self,
        grid: Grid,
        header: Header,
        source: SourceSpec,
        file: _One,
        staging: cache.Staging,
        inner: Report,
    ) -> None:
        others = self._belongs_to_others(source, file.name) if header.fits else None
        if others is not None:
            inner.add("S143", table=source.name, department=source.department, others=others)
            file.accounts.append(Account(source.name, grid.name, rows_read=0, file=file.shown))
            staging.refused.append(file.accounts[-1])
            return
        if source.sheets and grid.name and not any(fnmatchcase(grid.name, text) for text in source.sheets):
            inner.add("S152")
            file.accounts.append(Account("", grid.name))
            return
        if grid.note is not None:
            inner.add("S132", how=grid.note)
        if grid.hidden:
            inner.add("S115")
        reader = SheetReader(file.shown, file.name, file.job.period, self.context)
        account = reader.stage(grid, header, inner)
        account.file = file.shown
        account.sha256 = hashlib.sha256(file.data).hexdigest()
        if account.table is None:
            staging.refused.append(account)
        else:
            account.parquet = f"{len(staging.staged)}.parquet"
            _write_table(account.table, file.job.target / account.parquet)
            account.table = None  # written, so that memory holds one sheet at a time
            staging.staged.append(account)
        file.accounts.append(account)
        about = FaultyRows(source.name, file.shown, grid.name)
        write_faulty(file.job.target, grid, header.shown, about, inner.findings, repeats=account.repeats)

    def _belongs_to_others(self, source: SourceSpec, name: str) -> str | None:
        """The tables of other departments that the file's name promises, when it promises no other."""
        hinted = hinted_sources(self.sources.sources, name)
        if not hinted or any(item.department == source.department for item in hinted):
            return None
        return SEPARATOR.join(item.name for item in hinted)

    def _is_own_output(self, grid: Grid, header: Header | None) -> bool:
        if header is not None and header.fits and header.top == 0:
            return False
        title = title_text(grid.rows[:1])
        return any(word in squeeze(title) for word in self.sources.reading.own_output)


def _named(grids: list[Grid]) -> Iterator[Grid]:
    """Tables of a page under names of their own, where there are several."""
    filled = [grid for grid in grids if any(any(row) for row in grid.rows)]
    for number, grid in enumerate(filled, 1):
        if len(filled) > 1 and not grid.name:
            grid.name = keys.TABLE_NAME.format(number=number)
        yield grid


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read here."""
    head = data[:4096]
    return b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="lz4", write_statistics=False)
