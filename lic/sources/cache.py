"""What is kept about one file that was read: the account beside its tables, as JSON.

Knows the format of one staging folder. Where the folders are kept, and for how long, is
:mod:`lic.sources.store`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.staging import FaultyRows, RefusedSheet, SeenSheet, StagedSheet
from lic.sources.faulty import read_faulty
from lic.sources.grid import Box, Grid
from lic.sources.header import LOOKED_AT, Header
from lic.sources.seen import read_seen
from lic.sources.sheet import Account
from lic.values.read import cell_text

META = "meta.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Unread:
    """A file (or member of an archive) of which no sheet could be recognised, and what its name promises."""

    file: str
    guess: str | None
    part: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """The rows that decided whose a sheet is, and the decision."""

    rows: list[list[str]]
    merged: list[Box]
    decision: list[Any] | None


@dataclass(slots=True)
class Staging:
    """What the child tells about one file."""

    target: Path
    staged: list[Account] = field(default_factory=list)
    refused: list[Account] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: list[Recognised] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # table -> hash of its declaration

    def remember(self, grid: Grid, header: Header | None) -> None:
        """Keep what is needed to recognise a sheet again without opening the file."""
        rows = [[cell_text(cell) for cell in row] for row in grid.rows[:LOOKED_AT]]
        merged = [box for box in grid.merged if box.top < LOOKED_AT]
        self.sheets.append(Recognised(rows, merged, decision_of(header)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about one file."""

    sheets: tuple[StagedSheet, ...]
    refused: tuple[RefusedSheet, ...]
    findings: tuple[Finding, ...]
    faulty: tuple[FaultyRows, ...] = ()
    seen: tuple[SeenSheet, ...] = ()


def decision_of(header: Header | None) -> list[Any] | None:
    """What finding a heading decided, in a form that can be kept and compared."""
    if header is None:
        return None
    return [header.source.source.name, header.row, header.top, header.fits, list(header.rivals)]


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write(folder: Path, staging: Staging, *, declared: str, hints: str) -> None:
    """Write the account of a file beside its tables, with the hashes of what it was read by."""
    content = {
        "staged": [{**_account(account), "parquet": account.parquet} for account in staging.staged],
        "refused": [_account(account) for account in staging.refused],
        "unread": [[item.file, item.guess, item.part, item.sha256] for item in staging.unread],
        "findings": [_finding(item) for item in staging.findings],
        "sheets": [[item.rows, item.merged, item.decision] for item in staging.sheets],
        "sources": staging.sources,
        "declared": declared,
        "hints": hints,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    with (folder / META).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_meta(folder: Path) -> Mapping[str, Any] | None:
    """The account in a staging folder, or None when there is none that can be read."""
    try:
        content = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def recognised(content: Mapping[str, Any]) -> list[Recognised]:
    """The sheets whose recognition was kept."""
    return [
        Recognised(rows, [Box(*box) for box in merged], decision)
        for rows, merged, decision in content["sheets"]
    ]


def answer_of(
    content: Mapping[str, Any], folder: Path, *, period: int, only: frozenset[str] | None
) -> Answer:
    """The answer that a staging folder holds, as far as ``only`` asks for it."""
    sheets = tuple(
        _staged(item, folder, period) for item in content["staged"] if only is None or item["source"] in only
    )
    refused = [
        RefusedSheet(
            item["file"],
            item["sheet"],
            item["source"],
            item["part"],
            item["sha256"],
            **{name: item[name] for name in ("rows_read", "header_row", "rejected", "blank", "footer")},
        )
        for item in content["refused"]
        if only is None or item["source"] in only
    ]
    refused += [
        RefusedSheet(file, "", guess, part, digest)
        for file, guess, part, digest in content["unread"]
        if only is None or guess in only
    ]
    tables = {item.source for item in sheets} | {item.source for item in refused}
    files = {item.file for item in sheets} | {item.file for item in refused}
    findings = tuple(
        finding
        for item in content["findings"]
        if (finding := _read_finding(item))
        and (only is None or finding.place.source in tables)
        and (only is None or finding.place.file in files)
    )
    return Answer(sheets, tuple(refused), findings, read_faulty(folder), read_seen(folder))


def _account(account: Account) -> dict[str, Any]:
    return {
        "source": account.source,
        "file": account.file,
        "sheet": account.sheet,
        "part": account.part,
        "header_row": account.header_row,
        "rows_read": account.rows_read,
        "accepted": account.accepted,
        "rejected": account.rejected,
        "blank": account.blank,
        "footer": account.footer,
        "present": account.present,
        "headings": account.headings,
        "data_date": account.data_date.isoformat() if account.data_date else None,
        "sha256": account.sha256,
    }


def _staged(item: Mapping[str, Any], folder: Path, period: int) -> StagedSheet:
    kept = {name: value for name, value in item.items() if name not in ("data_date", "parquet", "present")}
    day = item["data_date"]
    return StagedSheet(
        **kept,
        present=frozenset(item["present"]),
        period=period,
        data_date=date.fromisoformat(day) if day else None,
        parquet=folder / item["parquet"],
    )


def _finding(item: Finding) -> dict[str, Any]:
    place = item.place
    return {
        "code": item.code,
        "severity": item.severity.value,
        "scope": item.scope.value,
        "place": [place.file, place.sheet, place.row, place.column, place.cell, place.source],
        "params": dict(item.params),
        "count": item.count,
        "last_row": item.last_row,
        "actual": item.actual,
        "spans": [list(span) for span in item.spans],
    }


def _read_finding(item: dict[str, Any]) -> Finding:
    return Finding(
        code=item["code"],
        severity=Severity(item["severity"]),
        scope=Scope(item["scope"]),
        place=Place(*item["place"]),
        params=item["params"],
        count=item["count"],
        last_row=item["last_row"],
        actual=item["actual"],
        spans=tuple((first, last) for first, last in item["spans"]),
    )
