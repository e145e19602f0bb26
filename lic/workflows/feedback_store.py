"""The verdicts that came back from the field: an append-only table in the workspace.

Each ``lic feedback`` adds one CSV file under ``runs/``, in the canonical headings of the table
of verified values, so that the next month reads it as one more delivery of that table and lists
it among its inputs. Files are never rewritten.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lic.errors import RunFolderError
from lic.model.roster import CorrectionTable

_TRIES = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a visit said about one finding; ``id_number`` None: about the household."""

    household_no: str
    id_number: str | None
    code: str
    value: str
    verdict: str
    day: date
    by: str
    reference: str = ""

    @property
    def subject(self) -> tuple[str, str | None, str, date]:
        """Whom, what and when: two different verdicts of one subject contradict each other."""
        return self.household_no, self.id_number, self.code, self.day


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict of an earlier ``lic feedback`` and the period of the run that it is about."""

    period: str
    verdict: Verdict


def feedback_folder(runs: Path, spec: CorrectionTable) -> Path:
    """Where the workspace keeps them."""
    return runs / spec.table


def read_kept(folder: Path, spec: CorrectionTable) -> Iterator[Kept]:
    """Everything kept so far, in the order of the files; rows that make no sense are passed over."""
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                verdict = _verdict(row, spec)
                if verdict is not None:
                    yield Kept(path.name[: len("YYYY-MM")], verdict)


def _verdict(row: dict[str, str], spec: CorrectionTable) -> Verdict | None:
    try:
        day = date.fromisoformat(row[spec.date_column])
        return Verdict(
            household_no=row[spec.household_column],
            id_number=row[spec.number_column] or None,
            code=row[spec.item_column],
            value=row[spec.value_column],
            verdict=row[spec.verdict_column],
            day=day,
            by=row.get(spec.by_column or "") or "",
            reference=row.get(spec.reference_column or "") or "",
        )
    except (KeyError, ValueError, TypeError):
        return None


def keep(folder: Path, spec: CorrectionTable, period: str, verdicts: Sequence[Verdict]) -> Path:
    """Add one file with ``verdicts``; the folder and the file are for their owner only."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(1, _TRIES):
            path = folder / f"{period}-{number:03d}.csv"
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(_rows(spec, verdicts))
            return path
    except OSError as error:
        raise RunFolderError("W003", folder=folder, reason=error.strerror or type(error).__name__) from error
    raise RunFolderError("W003", folder=folder, reason="NNN")


def _rows(spec: CorrectionTable, verdicts: Iterable[Verdict]) -> Iterator[list[str]]:
    optional = [name for name in (spec.by_column, spec.reference_column) if name is not None]
    yield [
        spec.household_column,
        spec.number_column,
        spec.item_column,
        spec.value_column,
        spec.verdict_column,
        spec.date_column,
        *optional,
    ]
    for item in verdicts:
        more = {spec.by_column: item.by, spec.reference_column: item.reference}
        yield [
            item.household_no,
            item.id_number or "",
            item.code,
            item.value,
            item.verdict,
            item.day.isoformat(),
            *(more[name] for name in optional),
        ]
