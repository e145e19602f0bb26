"""Rows that say the same twice, table by table: found before anybody is linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lic.linkage.engine import Engine
from lic.linkage.gather import gather
from lic.model.finding import Finding
from lic.model.staging import StagedFolder
from lic.model.table import TableSchema


def repeated_rows(staged: Sequence[StagedFolder], schemas: Mapping[str, TableSchema]) -> tuple[Finding, ...]:
    """What linking would say about identical rows, without linking."""
    findings: list[Finding] = []
    delivered = {sheet.source for folder in staged for sheet in folder.sheets}
    with Engine() as engine:
        for name in sorted(delivered & set(schemas)):
            gather(engine, schemas[name], staged, findings)
    return tuple(findings)
