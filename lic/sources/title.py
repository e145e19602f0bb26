"""What titles and file names say about a sheet: unit, month, data date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lic.model.period import month_index, month_name
from lic.sources import keys
from lic.sources.header import headings_of
from lic.sources.spec import Reading
from lic.values import Cell
from lic.values.dates import read_date
from lic.values.read import cell_text

_UNIT = re.compile(keys.TITLE_UNIT)
_TITLE_MONTH = re.compile(keys.TITLE_MONTH)
_FILE_MONTH = re.compile(keys.FILE_MONTH)
_FILE_DAY = re.compile(keys.FILE_DAY)
_DATA_DATE = re.compile(keys.TITLE_DATA_DATE)


def title_text(rows: Sequence[Sequence[Cell]]) -> str:
    """All text above the heading row."""
    return "\n".join(cell_text(cell) for row in rows for cell in row if cell not in ("", None))


def in_ten_thousands(title: str) -> bool:
    """Whether a title says that amounts are in ten thousands of yuan."""
    found = _UNIT.search(title)
    return found is not None and found[1] == keys.TEN_THOUSAND


def data_date(
    title: str, file: str, rows: Sequence[Sequence[Cell]], header: int, reading: Reading
) -> date | None:
    """The data date that the title says, else the newest in a data date column, else a full date
    in the file's name: the day of the export."""
    if found := _DATA_DATE.search(title):
        return read_date(f"{found[1]}-{found[2]}-{found[3]}").value
    for index, heading in enumerate(headings_of(rows[header])):
        if heading in reading.data_date_columns:
            days = (read_date(row[index]).value for row in rows[header + 1 :] if index < len(row))
            newest = max((day for day in days if day is not None), default=None)
            if newest is not None:
                return newest
    exported = (read_date("-".join(parts)).value for parts in _FILE_DAY.findall(file))
    return max((day for day in exported if day is not None), default=None)


def other_month(title: str, file: str, period: int) -> str | None:
    """A month that a title or file name says and that is not the period's.

    A full date in a file name is the day of the export and may lie in the month after.
    """
    said = {int(year) * 12 + int(month) - 1 for year, month in _TITLE_MONTH.findall(title)}
    allowed = {period}
    if not said:
        exported = {_day_month(*parts) for parts in _FILE_DAY.findall(file)} - {None}
        said = {index for index in exported if index is not None}
        allowed = {period, period + 1}
    if not said:
        said = {int(year) * 12 + int(month) - 1 for year, month in _FILE_MONTH.findall(file)}
    if not said or said & allowed:
        return None
    return month_name(min(said, key=lambda index: abs(index - period)))


def _day_month(year: str, month: str, day: str) -> int | None:
    read = read_date(f"{year}-{month}-{day}").value
    return None if read is None else month_index(read)
