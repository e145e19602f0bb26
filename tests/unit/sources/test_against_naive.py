"""Every cell of generated dirty workspaces is read as the naive reference reads it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lic.model.period import OPEN_END, OPEN_START, Period
from lic.model.staging import StagedFolder, StagedSheet
from lic.sources.folder import stage_folder
from tests.naive.county import random_county
from tests.naive.headings import find_column
from tests.naive.model import County, Sheet
from tests.naive.tables import _owners, _read_row
from tests.naive.values import Gap, Month, Value
from tests.naive.write import write_county
from tests.unit.sources.shipped import shipped_sources

OPEN = (OPEN_START, OPEN_END)


def plain(value: Value) -> Any:
    """A naive value in the terms of staging; a gap is None."""
    if isinstance(value, Gap):
        return None
    if isinstance(value, Month):
        return date(value.year, value.month, 1)
    return value


def fits(given: Value, staged: Any, schema: Any) -> bool:
    """Whether a staged value is the naive one, or what the source says that a blank means."""
    expected = plain(given)
    if expected is None:
        if schema.type.value in ("姓名", "文本"):
            return True
        declared_blank = given is Gap.BLANK and (staged in (0, True, False, "", *OPEN) or schema.words)
        return staged is None or declared_blank
    if isinstance(expected, Fraction) and schema.type.value == "金额":
        return bool(expected * 100 == staged) or (staged == 0 and expected < 0)
    if schema.type.value == "学年":
        return bool(staged == date(int(expected), 9, 1))
    if schema.type.value == "列表":
        return isinstance(staged, list)
    return bool(staged == expected) or (schema.name in WORDED and staged is not None)


# Columns that the reference keeps as text where the source has a vocabulary, or other words for the same.
WORDED = {"数据来源", "参保身份", "学段", "学籍状态", "险种类型", "残疾等级", "有效标志", "镇", "参保状态"}


def compare(sheet: Sheet, staged: StagedSheet, county: County) -> list[str]:
    """What differs between the two readings of one sheet."""
    table: dict[int, list[dict[str, Any]]] = {}
    for row in pq.read_table(staged.parquet).to_pylist():
        table.setdefault(row["_row"], []).append(row)
    schema = shipped_sources().schemas[staged.source]
    wrong = []
    found = [find_column(sheet.table, heading) for heading in sheet.headings]
    for offset, raw in enumerate(sheet.rows):
        cells = {column.name: cell for column, cell in zip(found, raw, strict=True) if column is not None}
        owners = _owners(cells) if sheet.table == "不动产" else [cells]
        expected = [_read_row(sheet, one, county.last_day) for one in owners]
        got = table.get(staged.header_row + 1 + offset, [])
        if len(got) != len(expected):
            wrong.append(f"row {offset}: {len(got)} for {len(expected)}: {raw}")
            continue
        for one, other in zip(expected, got, strict=True):
            if sheet.table == "不动产":  # the reference keeps the two list columns as text
                one.values |= {"权利人": Gap.BLANK, "证件号码": one.number}
            wrong += [
                f"{sheet.table} {name} {raw!r}: {value!r} -> {other[name]!r}"
                for name, value in one.values.items()
                if name in schema.columns and not fits(value, other[name], schema.columns[name])
            ]
    return wrong


def stage(county: County, month: Path, period: str, cache: Path) -> StagedFolder:
    index = Period.parse(period)
    assert index is not None
    return stage_folder(
        month,
        workspace=month.parent,
        sources=shipped_sources(),
        period=index.index,
        last_day=county.last_day,
        towns=tuple(county.settings["镇"]),
        cache=cache,
    )


@pytest.mark.parametrize("seed", range(4))
def test_cells_are_read_as_the_reference_reads_them(seed: int, tmp_path: Path) -> None:
    county = random_county(seed, 30, dirt=0.3)
    write_county(county, tmp_path, rules=None, seed=seed)
    wrong: list[str] = []
    for period, sheets in county.folders.items():
        folder = stage(county, tmp_path / period, period, tmp_path / "cache")
        staged = {(item.file.split("/")[-1], item.sheet): item for item in folder.sheets}
        for sheet in sheets:
            name = "" if sheet.file_name.endswith(".csv") else sheet.sheet_name
            item = staged.get((sheet.file_name, name))
            if item is None:
                wrong.append(f"{sheet.table}: not staged ({sheet.file_name} {sheet.headings})")
                continue
            assert item.source == sheet.table
            assert not sheet.part or item.part == sheet.part
            assert item.rows_read == item.accepted + item.rejected + item.blank + item.footer
            wrong += compare(sheet, item, county)
    assert wrong == []
