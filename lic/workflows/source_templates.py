"""Empty forms for departments, written into a folder: one folder per department."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lic.errors import RunFolderError, UsageError
from lic.model.form import FormPart, TableForm
from lic.reports import labels_form
from lic.reports.form import write_form
from lic.reports.requirements import requirements
from lic.reports.workbook import write_workbook
from lic.workflows.source_forms import declared_sources, forms_of


@dataclass(frozen=True, slots=True)
class Templates:
    """What was written."""

    folder: Path
    files: tuple[str, ...]


def write_templates(folder: Path, tables: Sequence[str], *, start: Path, rules: Path | None) -> Templates:
    """Write the forms of ``tables`` (none: all) and the list of requirements into a new folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("W109", folder=folder)
    declared = declared_sources(start, rules)
    forms = forms_of(declared.sources, *tables)
    absent = declared.workspace.absent_registers if declared.workspace is not None else frozenset[str]()
    county = declared.workspace.county if declared.workspace is not None else ""
    written: list[str] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for form in forms:
            own = folder / form.department
            own.mkdir(mode=0o700, exist_ok=True)
            for part in _parts(form, absent):
                path = own / f"{_name(form, part)}.xlsx"
                write_form(form, part, path)
                path.chmod(0o600)
                written.append(path.relative_to(folder).as_posix())
        book = requirements(forms, county)
        write_workbook(book, folder / book.file)
        (folder / book.file).chmod(0o600)
    except OSError as error:
        raise RunFolderError("W003", folder=folder, reason=error.strerror or type(error).__name__) from error
    return Templates(folder, (book.file, *written))


def _parts(form: TableForm, absent: frozenset[str]) -> list[FormPart | None]:
    """The parts that are sent as files of their own, without those that the county does not keep."""
    kept: list[FormPart | None] = [part for part in form.parts if part.name not in absent]
    return kept if form.parts else [None]


def _name(form: TableForm, part: FormPart | None) -> str:
    if part is None:
        return form.table
    return labels_form.PART_TABLE.format(part=part.file_hint, table=form.table)
