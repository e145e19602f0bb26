"""What the sources stage hands on: staged tables and the account of every sheet.

A staged sheet is a Parquet file with the source's canonical columns, typed, and these:

========== ======== ====================================================================
column     type     meaning
========== ======== ====================================================================
_file      string   path relative to the workspace (a member of an archive: a.zip/b.xlsx)
_sheet     string   sheet name; "" for CSV
_row       int64    row as Excel shows it (CSV: physical line)
_part      string   the part (分册) of the source that the row belongs to, or null
_raw       string   JSON object {column: raw text} of repaired and refused values, or null
========== ======== ====================================================================

Types by declared column type: 身份证号 string(18) or null when there is no usable number;
文本 编号 string; 词 string (canonical word; "" = known blank where the source says that a blank
means something); 是否 bool; 金额 int64 fen; 整数 int64; 小数 decimal128(18, 4); 日期 date32;
年月 学年 date32, the first day of the (first) month; 列表 list<string>.  null always means
*unknown*; open dates are OPEN_START and OPEN_END of :mod:`lic.model.period`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from lic.model.finding import Finding


class Delivery(StrEnum):
    """What became of a table."""

    DELIVERED = "已报送"
    ABSENT = "未报送"
    REFUSED = "拒收"


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """One accepted sheet of one source.

    Invariant: ``rows_read == accepted + rejected + blank + footer``.  ``parquet`` holds the
    accepted rows (a row with several owners in one cell becomes several lines of it).
    ``present`` are the canonical columns that the sheet has, ``headings`` what the sheet calls those
    of them that it calls otherwise.
    """

    source: str
    file: str
    sheet: str
    period: int  # month index of the folder it was found in
    part: str | None  # 分册, when the whole sheet belongs to one
    header_row: int
    rows_read: int
    accepted: int
    rejected: int
    blank: int
    footer: int
    present: frozenset[str]
    data_date: date | None
    sha256: str
    parquet: Path
    headings: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class RefusedSheet:
    """A file or sheet that was recognised (or hinted) but could not be used.

    Of a sheet whose rows were counted, ``rows_read == rejected + blank + footer``.
    """

    file: str
    sheet: str
    source: str | None
    part: str | None
    sha256: str
    rows_read: int = 0
    header_row: int = 0
    rejected: int = 0
    blank: int = 0
    footer: int = 0


@dataclass(frozen=True, slots=True)
class FaultyRows:
    """The rows of one sheet that a problem is about, as they stood in the export.

    ``parquet``: row int64 (as Excel shows it), cells list<string> in the order of ``headings``.
    """

    source: str
    file: str
    sheet: str
    headings: tuple[str, ...] = ()
    parquet: Path = Path()


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """Any sheet that was looked at: the table it was taken for (None: for none) and the rows that
    may be its heading."""

    file: str
    sheet: str
    table: str | None
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StagedFolder:
    """Everything that one month's folder gave."""

    period: int
    sheets: tuple[StagedSheet, ...]
    refused: tuple[RefusedSheet, ...]
    skipped: tuple[str, ...]  # files passed over on purpose (~$x.xlsx, Thumbs.db, subfolders)
    findings: tuple[Finding, ...]
    faulty: tuple[FaultyRows, ...] = ()
    seen: tuple[SeenSheet, ...] = ()
