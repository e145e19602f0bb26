"""A county survives being written to disk, and the comparison finds what differs and nothing else."""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isinf
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from tests.naive.compare import compare_run
from tests.naive.county import random_county
from tests.naive.decide import decide
from tests.naive.headings import clean_heading
from tests.naive.interval import End
from tests.naive.model import County, HouseholdResult, PersonResult, Result, Sheet
from tests.naive.write import write_county


def read_back(sheet: Sheet, folder: Path) -> Sheet:
    path = folder / sheet.file_name
    lines: list[Any]
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
        lines = list(csv.reader(io.StringIO(text)))
    else:
        read: Any = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet.sheet_name).to_python()
        lines = read
    wanted = [clean_heading(one) for one in sheet.headings]
    start = next(
        place for place, line in enumerate(lines) if [clean_heading(str(one)) for one in line] == wanted
    )
    return Sheet(
        sheet.file_name, sheet.sheet_name, sheet.table, sheet.part, sheet.headings, lines[start + 1 :]
    )


@pytest.mark.parametrize("seed", [3, 9])
def test_reading_the_files_gives_the_same_decisions(seed: int, tmp_path: Path) -> None:
    given = random_county(seed, 40, dirt=0.2)
    write_county(given, tmp_path, rules=None, seed=seed)
    folders = {
        period: [read_back(sheet, tmp_path / period) for sheet in sheets]
        for period, sheets in given.folders.items()
    }
    assert decide(County(given.period, given.as_of, given.settings, folders)) == decide(given)


def test_the_same_seed_gives_the_same_county() -> None:
    assert random_county(5, 30, dirt=0.2) == random_county(5, 30, dirt=0.2)


def yuan(value: End) -> Decimal | None:
    if isinf(value):
        return None
    exact = Fraction(value)
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return whole.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def columns(one: PersonResult | HouseholdResult, number: str) -> dict[str, Any]:
    record = {name: value for name, value in vars(one).items() if name not in ("facts", "members")}
    record |= {"household_no": number, "missing": ["救助人员.工资性收入"] if one.status == "待核实" else []}
    for name, fact in one.facts.items():
        record[name] = yuan(fact.lo) if fact.known else None
        record[f"{name}_下限"] = None if fact.known else yuan(fact.lo)
        record[f"{name}_上限"] = None if fact.known else yuan(fact.hi)
    return record


def write_run(result: Result, run: Path) -> None:
    homes, people = [], []
    for place, one in enumerate(result.households):
        number = one.household_no or f"X{place}"
        homes.append({**columns(one, number), "members": len(one.members)})
        people += [columns(person, number) for person in one.members]
    run.mkdir()
    pq.write_table(pa.Table.from_pylist(homes), run / "households.parquet")
    pq.write_table(pa.Table.from_pylist(people), run / "persons.parquet")


def test_only_real_differences_are_reported(tmp_path: Path) -> None:
    given = random_county(11, 40, dirt=0.2)
    write_run(decide(given), tmp_path / "run")
    ours = decide(given)
    assert compare_run(ours, tmp_path / "run") == []
    changed = next(one for one in ours.households if one.household_no is not None)
    changed.members[0].basis = "别的"
    lost = next(one for one in ours.households if one.household_no not in (None, changed.household_no))
    ours.households.remove(lost)
    found = compare_run(ours, tmp_path / "run")
    assert [(one.household, one.column) for one in found] == sorted(
        [(changed.household_no or "", "basis"), (lost.household_no or "", "household")]
    )
    assert not any(person.id_number and person.id_number in str(found) for person in decide(given).persons)
