"""The economic reports of a run as documents: a page for each town, in volumes where a town is long.

A view of the run: what is printed comes from its evidence, its result and its own rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lic.reports import labels, labels_economy
from lic.reports.book import ReportInput
from lic.reports.document import OwnFile
from lic.reports.economy import EconomyReports, EconomySource, economy_towns
from lic.reports.economy_page import economy_pages
from lic.reports.file_names import town_stem
from lic.reports.household_rows import Positions
from lic.runs.read import Run, read_evidence
from lic.workflows.load_rules import Rules

VOLUME = 1000  # households in one file: a browser prints that many pages without trouble


@dataclass(frozen=True, slots=True)
class _Volume:
    """Writes the reports of some households of one town."""

    builder: EconomyReports
    positions: Positions
    title: str
    issuer: str

    def __call__(self, path: Path, scratch: Path) -> None:  # noqa: ARG002 - a page needs no scratch
        pages = economy_pages(self.title, self.issuer, self.builder.reports(self.positions))
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pages)


def economy_documents(run: Run, rules: Rules, report: ReportInput) -> Iterator[OwnFile]:
    """A page for every town that has households to report on; none when the pack has no such paper."""
    printed = rules.pack.papers.economy
    if printed is None:
        return
    made = EconomySource(
        manifest=report.manifest,
        result=report.result,
        linked=read_evidence(run),
        schemas=rules.sources.schemas,
        rules=printed,
        entries=frozenset(
            entry.name for entry in rules.pack.roster.entries if entry.household_table is not None
        ),
        declared_dates=_declared_dates(report),
    )
    builder = EconomyReports(made)
    issuer = labels_economy.ISSUER.format(county=report.manifest.county)
    taken: set[str] = set()
    for town, positions in economy_towns(made).items():
        stem = town_stem(town, taken)
        name = labels.NO_TOWN_FILE if town is None else town
        title = labels_economy.TOWN_TITLE.format(town=name, title=labels_economy.TITLE)
        several = len(positions) > VOLUME
        for number, start in enumerate(range(0, len(positions), VOLUME), start=1):
            form = labels_economy.VOLUME_FILE if several else labels_economy.FILE
            volume = _Volume(builder, positions[start : start + VOLUME], title, issuer)
            yield OwnFile(form.format(town=stem, volume=number), volume)


def _declared_dates(report: ReportInput) -> dict[str, date | None]:
    dates = report.declared_dates
    if dates is None:
        return {}
    columns = [dates.column(name).to_pylist() for name in ("household_no", "data_date")]
    return dict(zip(*columns, strict=True))
