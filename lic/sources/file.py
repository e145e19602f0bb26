"""One file: open it by its content, recognise each sheet, write what is accepted.

Runs in a child process. Whatever a file does, the answer is findings about that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from lic.model.staging import FaultyRows
from lic.sources import cache
from lic.sources.archive import Unsafe
from lic.sources.column import Context
from lic.sources.delimited import read_delimited
from lic.sources.faulty import write_faulty
from lic.sources.grid import Grid
from lic.sources.header import Header, HeaderFinder
from lic.sources.headings import HeadingMap
from lic.sources.part import hinted_source, part_of
from lic.sources.report import SEPARATOR, Report
from lic.sources.seen import write_seen
from lic.sources.sheet import Account, SheetReader
from lic.sources.sniff import Kind, sniff
from lic.sources.spec import SourceSet
from lic.sources.title import title_text
from lic.sources.workbook import read_workbook
from lic.values.read import cell_text

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb")
_TEXT_NAMES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to stage: where it is, how it is shown, and where its answer goes."""

    path: Path
    shown: str
    target: Path
    period: int
    only: frozenset[str] | None = None


class FileReader:
    """Stages files against one set of sources."""

    def __init__(self, sources: SourceSet, context: Context) -> None:
        self.sources = sources
        self.context = context
        self.finder = HeaderFinder([HeadingMap(source) for source in sources.sources])

    def stage(self, job: Job) -> None:
        """Reads one file and writes its staging folder."""
        report = Report(job.shown)
        accounts: list[Account] = []
        try:
            for grid in self._grids(job, report):
                self._sheet(grid, job, report, accounts)
        except Unsafe as error:
            report.said(error.code, error.params)
        except OSError as error:
            report.add("S111", reason=error.strerror or type(error).__name__)
        if not accounts and all(item.code in ("S114", "S133") for item in report.findings):
            report.add("S113" if report.findings else "S101")
        self._write(job, accounts, report)

    def _grids(self, job: Job, report: Report) -> Iterator[Grid]:
        data = job.path.read_bytes()
        kind = sniff(data)
        suffix = job.path.suffix.lower()
        if kind is Kind.EMPTY:
            raise Unsafe("S101")
        if kind is Kind.OTHER:
            raise Unsafe("S102")
        if kind is Kind.PAGE:
            raise Unsafe("S105")
        if kind is Kind.TEXT:
            if (
                suffix in _WORKBOOK_NAMES
                and b"\x00" in data[:4096]
                and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
            ):
                raise Unsafe("S103")
            grid = read_delimited(data, self.finder.known, self.sources.reading.mojibake)
            if suffix in _WORKBOOK_NAMES:
                report.add("S133", found="CSV")
            yield grid
            return
        if suffix in _TEXT_NAMES:
            report.add("S133", found="Excel")
        yield from read_workbook(data, self.sources.reading.own_marks)

    def _sheet(self, grid: Grid, job: Job, report: Report, accounts: list[Account]) -> None:
        if not any(any(row) for row in grid.rows) or grid.name in self.sources.reading.note_sheets:
            return
        header = self.finder.find(grid.rows)
        write_seen(job.target, job.shown, grid, header)
        inner = report.within(
            grid.name, header.source.source.name if header else None, addressed=grid.addressed
        )
        if self._is_own_output(grid, header):
            raise Unsafe("S112")
        if header is None:
            heads = next((row for row in grid.rows if any(row)), [])
            texts = [text for cell in heads if (text := cell_text(cell).strip())]
            inner.add("S114", headings=SEPARATOR.join(texts[:8]))
            return
        if job.only is not None and header.source.source.name not in job.only:
            accounts.append(Account("", grid.name))
            return
        if grid.note is not None:
            inner.add("S132", how=grid.note)
        if grid.hidden:
            inner.add("S115")
        reader = SheetReader(job.shown, job.path.name, job.period, self.context)
        accounts.append(reader.stage(grid, header, inner))
        about = FaultyRows(header.source.source.name, job.shown, grid.name)
        write_faulty(job.target, len(accounts), grid, header.row, about, inner.findings)

    def _is_own_output(self, grid: Grid, header: Header | None) -> bool:
        if header is not None and header.fits and header.row == 0:
            return False
        title = title_text(grid.rows[:1])
        return any(word in title for word in self.sources.reading.own_output)

    def _write(self, job: Job, accounts: list[Account], report: Report) -> None:
        staged, refused = [], []
        for number, account in enumerate(accounts):
            if not account.source:
                continue
            if account.table is None:
                refused.append(account)
                continue
            name = f"{number}.parquet"
            _write_table(account.table, job.target / name)
            staged.append((account, name))
        whole = not accounts
        guess = hinted_source(self.sources.sources, PurePosixPath(job.shown).name) if whole else None
        part = part_of(guess, job.path.name) if guess is not None else None
        cache.write(
            job.target,
            cache.Staging(
                staged=staged,
                refused=refused,
                unread=whole,
                guess=guess.name if guess else None,
                guess_part=part.name if part else None,
                findings=report.findings,
            ),
        )


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="lz4", write_statistics=False)
