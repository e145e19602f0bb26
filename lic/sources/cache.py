"""The staging cache: one folder per file content, declaration and setting.

A folder is written under a temporary name and renamed, so that two runs at once are safe and
a folder that exists is whole. It holds personal data: it is private and lies in the workspace.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lic.messages import CATALOGUE
from lic.model.finding import Finding, Place, Scope, Severity
from lic.model.staging import FaultyRows, RefusedSheet, SeenSheet, StagedSheet
from lic.sources.faulty import read_faulty
from lic.sources.seen import read_seen
from lic.sources.sheet import Account

FORMAT = 4
META = "meta.json"
_CHUNK = 1 << 20


@dataclass(slots=True)
class Staging:
    """What the child tells about one file. ``unread``: no sheet of it could be recognised."""

    staged: Sequence[tuple[Account, str]]
    refused: Sequence[Account]
    unread: bool
    guess: str | None
    guess_part: str | None
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about one file."""

    sheets: tuple[StagedSheet, ...]
    refused: tuple[RefusedSheet, ...]
    findings: tuple[Finding, ...]
    faulty: tuple[FaultyRows, ...] = ()
    seen: tuple[SeenSheet, ...] = ()


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _wording() -> str:
    """A hash of what messages say: a kept finding must fit the sentence that will say it."""
    texts = sorted((code, message.text, message.remedy) for code, message in CATALOGUE.items())
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def key(*parts: object) -> str:
    """The name of a staging folder."""
    return hashlib.sha256(repr((FORMAT, _wording(), *parts)).encode()).hexdigest()[:40]


def make_private(folder: Path) -> None:
    """Create a folder that only its owner can look into."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)


def publish(temporary: Path, final: Path) -> None:
    """Give a finished folder its name; another run may have been faster with the same content."""
    try:
        temporary.replace(final)
    except OSError:
        if not (final / META).is_file():
            raise
        shutil.rmtree(temporary, ignore_errors=True)


def write(folder: Path, staging: Staging) -> None:
    """Write the account of a file beside its tables."""
    content = {
        "staged": [{**_account(account), "parquet": name} for account, name in staging.staged],
        "refused": [_account(account) for account in staging.refused],
        "unread": staging.unread,
        "guess": staging.guess,
        "guess_part": staging.guess_part,
        "findings": [_finding(item) for item in staging.findings],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    with (folder / META).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path, *, shown: str, period: int, digest: str, only: frozenset[str] | None) -> Answer | None:
    """The answer in a staging folder, or None when there is none that can be read."""
    try:
        content = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    sheets = tuple(
        _staged(item, folder, shown, period, digest)
        for item in content["staged"]
        if only is None or item["source"] in only
    )
    refused = [
        RefusedSheet(
            shown,
            item["sheet"],
            item["source"],
            item["part"],
            digest,
            **{name: item[name] for name in ("rows_read", "header_row", "rejected", "blank", "footer")},
        )
        for item in content["refused"]
        if only is None or item["source"] in only
    ]
    if content["unread"] and (only is None or content["guess"] in only):
        refused.append(RefusedSheet(shown, "", content["guess"], content["guess_part"], digest))
    tables = {item.source for item in sheets} | {item.source for item in refused}
    findings = tuple(
        finding
        for item in content["findings"]
        if (finding := _read_finding(item)) and (only is None or finding.place.source in tables)
    )
    return Answer(
        sheets, tuple(refused), findings, read_faulty(folder) if findings else (), read_seen(folder)
    )


def _account(account: Account) -> dict[str, Any]:
    return {
        "source": account.source,
        "sheet": account.sheet,
        "part": account.part,
        "header_row": account.header_row,
        "rows_read": account.rows_read,
        "accepted": account.accepted,
        "rejected": account.rejected,
        "blank": account.blank,
        "footer": account.footer,
        "present": account.present,
        "data_date": account.data_date.isoformat() if account.data_date else None,
    }


def _staged(item: dict[str, Any], folder: Path, shown: str, period: int, digest: str) -> StagedSheet:
    day = item.pop("data_date")
    name = item.pop("parquet")
    return StagedSheet(
        **{**item, "present": frozenset(item["present"])},
        file=shown,
        period=period,
        data_date=date.fromisoformat(day) if day else None,
        sha256=digest,
        parquet=folder / name,
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
