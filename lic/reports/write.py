"""Documents to files, in the format that was asked for; ``classify`` and ``report`` write alike."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath

from lic.reports.document import Document, OwnFile, Page
from lic.reports.file_names import file_stem
from lic.reports.flat import write_csv, write_parquet
from lic.reports.table import ReportBook
from lic.reports.workbook import write_workbook


class Format(StrEnum):
    """What a list may be written as. Pages and official forms have their own format only."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


def write_document(document: Document, folder: Path, *, scratch: Path) -> Path:
    """Write one document below ``folder`` in its own format; returns the file."""
    path = folder / document.file
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    match document:
        case ReportBook():
            write_workbook(document, path)
        case Page():
            path.write_text(document.html, encoding="utf-8", newline="\n")
        case OwnFile():
            document.write(path, scratch)
    return path


def write_lists(book: ReportBook, folder: Path, form: Format) -> tuple[Path, ...]:
    """Write every sheet of ``book`` as a file of its own into ``folder``; returns the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken: set[str] = set()
    written = []
    for sheet in book.sheets:
        path = folder / f"{file_stem(sheet.name, taken)}.{form.value}"
        if form is Format.CSV:
            write_csv(sheet, path)
        else:
            write_parquet(sheet, path)
        written.append(path)
    return tuple(written)


def stem(file: str) -> str:
    """A document's name without its suffix, its folders kept."""
    return PurePosixPath(file).with_suffix("").as_posix()
