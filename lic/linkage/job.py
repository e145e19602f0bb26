"""What every step of linkage is given, and how steps that do not need each other run side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lic.linkage.engine import Engine
from lic.linkage.gather import Gathered, gather
from lic.linkage.reading import Reading
from lic.model.finding import Finding
from lic.model.roster import Roster, RosterEntry
from lic.model.staging import StagedFolder
from lic.model.table import TableSchema

Masks: TypeAlias = Callable[[RosterEntry, pa.Table], npt.NDArray[np.bool_]]
_T = TypeVar("_T")
_SIDE_BY_SIDE = 2  # tables that are in memory beside the result


@dataclass(frozen=True, slots=True)
class Job:
    """What every step is given."""

    engine: Engine
    staged: Sequence[StagedFolder]
    schemas: Mapping[str, TableSchema]
    roster: Roster
    masks: Masks
    reading: Reading
    as_of: date
    unkept: frozenset[str]
    progress: Callable[[str], None]
    findings: list[Finding]

    def gather(self, names: Sequence[str]) -> dict[str, Gathered]:
        """The rows of each table."""
        gathered = {}
        for name, (table, findings) in self.side_by_side(self.gather_one, names):
            self.progress(name)
            self.findings.extend(findings)
            gathered[name] = table
        return gathered

    def gather_one(self, name: str) -> tuple[Gathered, list[Finding]]:
        """The rows of one table and what is to be said of them; changes nothing here."""
        findings: list[Finding] = []
        return gather(self.engine, self.schemas[name], self.staged, findings), findings

    def side_by_side(self, work: Callable[[str], _T], names: Sequence[str]) -> Iterator[tuple[str, _T]]:
        """``work`` on each name, answered in their order: Arrow and DuckDB leave other threads free."""
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            yield from zip(names, pool.map(work, names), strict=True)
