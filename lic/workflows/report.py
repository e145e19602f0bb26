"""``lic report``: the lists of a run once more, from what the run keeps.

Knows which views were asked for, in which format, and where they go: into the run's folder of
views, which is no part of the hashed run. A view is complete before it takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lic.errors import RunFolderError, UsageError
from lic.model.workspace import VIEWS
from lic.reports import labels
from lic.reports.document import Document
from lic.reports.table import ReportBook
from lic.reports.write import Format, stem, write_document, write_lists
from lic.runs.folder import draft_in, move
from lic.runs.views import Rename, put_file, put_folder
from lic.workflows.beside import Beside
from lic.workflows.views import VIEWS_OF_RUN, View, ViewSource, open_source

_SHEET = "/"  # VIEW/SHEET names one list of a view


@dataclass(frozen=True, slots=True)
class Written:
    """One view: its name and its files."""

    view: str
    files: tuple[Path, ...]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What ``lic report`` wrote into a run's folder of views."""

    run: Path
    views: tuple[Written, ...]

    def to_json(self) -> dict[str, Any]:
        """One JSON object for programs."""
        return {
            "run": str(self.run),
            "views": [
                {
                    "view": item.view,
                    "files": [path.relative_to(self.run).as_posix() for path in item.files],
                    "beside": [
                        {"code": "W201", "wanted": note.wanted, "written": note.written}
                        for note in item.beside
                    ],
                }
                for item in self.views
            ],
        }


@dataclass(frozen=True, slots=True)
class _Asked:
    view: View
    sheet: str | None = None


def report_run(
    folder: Path,
    only: Sequence[str] = (),
    *,
    form: str = Format.XLSX,
    progress: Callable[[str], None],
    rename: Rename = move,
) -> ReportResult:
    """Write the views that were asked for (all of them when none is named) into the run's views.

    ``only``: names of views, or ``VIEW/SHEET``.  Raises UsageError for a name or format that does
    not exist, RunFolderError for what is no run or cannot be written.
    """
    chosen = _format(form)
    asked = [_find(name) for name in only] or [_Asked(view) for view in VIEWS_OF_RUN if not view.on_request]
    progress("runs: reading")
    source = open_source(folder)
    written = tuple(
        write_view(item.view, source, form=chosen, sheet=item.sheet, progress=progress, rename=rename)
        for item in asked
    )
    if only and chosen is not Format.XLSX:
        for item in written:
            if not item.files:
                raise UsageError("W202", asked=item.view, format=chosen.value)
    return ReportResult(source.run.folder, tuple(item for item in written if item.files))


def write_view(
    view: View,
    source: ViewSource,
    *,
    form: Format = Format.XLSX,
    sheet: str | None = None,
    progress: Callable[[str], None],
    rename: Rename = move,
) -> Written:
    """Write one view beside its place, then put it there; a stopped command leaves the old one."""
    views = source.run.folder / VIEWS
    try:
        with draft_in(views) as draft:
            made = draft.path / "made"
            made.mkdir(mode=0o700)
            documents = _documents(view, source, sheet)
            if form is Format.XLSX:
                files = _own_format(documents, made, draft.scratch, progress)
                target = views if view.folder is None else views / view.folder
                whole = view.folder is not None and sheet is None
            else:
                files = _flat(documents, made, form, progress)
                target, whole = views / form.value / view.name, sheet is None
            if not files:
                return Written(view.name, ())
            draft.seal()
            return _put(view.name, made, files, target, whole=whole, rename=rename)
    except OSError as error:
        raise RunFolderError("W003", folder=views, reason=error.strerror or type(error).__name__) from error


def find_view(name: str) -> View:
    """The view of that name. Raises UsageError with the names that there are."""
    for view in VIEWS_OF_RUN:
        if view.name == name:
            return view
    known = labels.LIST_SEPARATOR.join(view.name for view in VIEWS_OF_RUN)
    raise UsageError("W200", asked=name, known=known)


def _find(name: str) -> _Asked:
    view, _, sheet = name.partition(_SHEET)
    return _Asked(find_view(view.strip()), sheet.strip() or None)


def _format(name: str) -> Format:
    try:
        return Format(name.lower())
    except ValueError:
        known = labels.LIST_SEPARATOR.join(item.value for item in Format)
        raise UsageError("W203", asked=name, known=known) from None


def _documents(view: View, source: ViewSource, sheet: str | None) -> Iterator[Document]:
    """The view's documents; with ``sheet`` the workbooks that have it, cut to it."""
    known: list[str] = []
    found = False
    for document in view.build(source):
        if sheet is None:
            yield document
        elif isinstance(document, ReportBook):
            known += [item.name for item in document.sheets]
            chosen = tuple(item for item in document.sheets if item.name == sheet)
            if chosen:
                found = True
                yield replace(document, file=f"{stem(document.file)}-{sheet}.xlsx", sheets=chosen)
    if sheet is not None and not found:
        names = labels.LIST_SEPARATOR.join(f"{view.name}{_SHEET}{name}" for name in dict.fromkeys(known))
        raise UsageError("W200", asked=f"{view.name}{_SHEET}{sheet}", known=names)


def _own_format(
    documents: Iterator[Document], made: Path, scratch: Path, progress: Callable[[str], None]
) -> list[Path]:
    files = []
    for document in documents:
        progress(f"reports: {document.file}")
        files.append(write_document(document, made, scratch=scratch))
    return files


def _flat(
    documents: Iterator[Document], made: Path, form: Format, progress: Callable[[str], None]
) -> list[Path]:
    """The sheets of every workbook; several workbooks have a folder each. Pages are no lists."""
    books = [document for document in documents if isinstance(document, ReportBook)]
    files: list[Path] = []
    for book in books:
        progress(f"reports: {stem(book.file)}.{form.value}")
        files += write_lists(book, made / stem(book.file) if len(books) > 1 else made, form)
    return files


def _put(
    name: str, made: Path, files: Sequence[Path], target: Path, *, whole: bool, rename: Rename
) -> Written:
    """Give what was made its place: a folder as a whole, or each file on its own."""
    relative = [path.relative_to(made) for path in files]
    if whole:
        placed = put_folder(made, target, rename=rename)
        beside = () if placed == target else (Beside(target.name, placed.name),)
        return Written(name, tuple(placed / path for path in relative), beside)
    notes, found = [], []
    for path in relative:
        placed = put_file(made / path, target / path, rename=rename)
        found.append(placed)
        if placed != target / path:
            notes.append(Beside(path.name, placed.name))
    return Written(name, tuple(found), tuple(notes))
