"""What ``check --receipts`` writes: the quality workbook and a receipt for each department."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from lic.errors import RunFolderError
from lic.model.profile import QualityDetail
from lic.reports import labels
from lic.reports.book import ReportInput
from lic.reports.quality import data_quality
from lic.reports.receipt import receipt_file
from lic.reports.workbook import MARK, write_workbook
from lic.workflows.blocked import undecided
from lic.workflows.decide import manifest_of
from lic.workflows.examine import Examined
from lic.workflows.load_rules import Rules
from lic.workflows.problems import problem_places
from lic.workflows.receipts import receipts_of, write_receipts
from lic.workflows.workspace import Month

_PROPERTIES = "docProps/custom.xml"


def check_receipts_folder(folder: Path, month: Month, rules: Rules) -> None:
    """Refuse the month's own folder, and a folder with anything but an earlier check's receipts."""
    resolved = folder.resolve()
    if resolved == month.folder or month.folder in resolved.parents:
        raise RunFolderError("W004", folder=folder)
    departments = {source.department for source in rules.sources.sources}
    names = {labels.QUALITY_FILE, *(receipt_file(name) for name in departments)}
    if folder.exists() and (
        not folder.is_dir() or not all(path.name in names and _is_ours(path) for path in folder.iterdir())
    ):
        raise RunFolderError("W007", folder=folder)


def _is_ours(path: Path) -> bool:
    """Whether a workbook carries lic's mark; a folder or any other file does not."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MARK.encode() in archive.read(_PROPERTIES)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def hand_back(month: Month, rules: Rules, examined: Examined, folder: Path) -> tuple[str, ...]:
    """Write the workbooks into ``folder``; what an earlier check left there goes. Returns the names."""
    delivered = examined.delivered
    result = undecided(delivered)
    quality = QualityDetail(examined.profile, problem_places(delivered.folder.findings))
    manifest = manifest_of(month, rules.pack, delivered, result, question="", rules_sha256="", ended="")
    receipts = receipts_of(month, delivered, delivered.folder.findings)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for path in folder.iterdir():
            path.unlink()
        with tempfile.TemporaryDirectory(prefix=".lic-", dir=folder) as name:
            scratch = Path(name)
            book = data_quality(ReportInput(manifest, result, quality=quality))
            write_workbook(book, folder / book.file)
            names = (labels.QUALITY_FILE, *write_receipts(receipts, folder, scratch))
        for written in names:
            (folder / written).chmod(0o600)
    except OSError as error:
        raise RunFolderError("W003", folder=folder, reason=error.strerror or type(error).__name__) from error
    return names
