"""A county on disk: lic.yaml and month folders of workbooks and CSV files, as a bureau would have them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import xlsxwriter
import yaml

from tests.naive.model import Cell, County, Sheet
from tests.naive.people import Dice


class _PlainDumper(yaml.SafeDumper):
    """lic refuses anchors (DESIGN §4), so the same day twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_county(county: County, folder: Path, *, rules: Path | None, seed: int) -> Path:
    """Writes the workspace and returns the period's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = dict(county.settings)
    if rules is not None:
        settings["规则"] = str(rules)
    text = yaml.dump(settings, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False)
    (folder / "lic.yaml").write_text(text, encoding="utf-8", newline="\n")
    dice = Dice(seed)
    for period, sheets in sorted(county.folders.items()):
        month = folder / period
        month.mkdir(exist_ok=True)
        by_file: dict[str, list[Sheet]] = {}
        for sheet in sheets:
            by_file.setdefault(sheet.file_name, []).append(sheet)
        for name, together in by_file.items():
            if name.endswith(".csv"):
                write_csv(together[0], month / name, dice)
            else:
                write_workbook(together, month / name, title=_titles(dice, period))
    return folder / county.period


def _titles(dice: Dice, period: str) -> list[str]:
    """None, one or two lines above the heading (bad-input B25)."""
    year, month = period.split("-")
    return [f"示例县{year}年{int(month)}月名单", "填报单位：示例局"][: dice.choice((0, 0, 0, 1, 2))]


def write_workbook(sheets: Iterable[Sheet], path: Path, *, title: list[str]) -> None:
    """Text as text, numbers as numbers, days as Excel's days."""
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.sheet_name)
        for row, text in enumerate(title):
            page.write_string(row, 0, text)
        lines: list[list[Cell]] = [list(sheet.headings), *sheet.rows]
        for row, cells in enumerate(lines, start=len(title)):
            for column, cell in enumerate(cells):
                match cell:
                    case None:
                        pass
                    case bool():
                        page.write_boolean(row, column, cell)
                    case int() | float():
                        page.write_number(row, column, cell)
                    case date():
                        page.write_datetime(row, column, cell, day_format)
                    case _:
                        page.write_string(row, column, str(cell))
    book.close()


def write_csv(sheet: Sheet, path: Path, dice: Dice) -> None:
    """UTF-8 with a mark, or the GB18030 of Chinese Excel."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_csv_text(cell) for cell in row] for row in sheet.rows)
    text = buffer.getvalue()
    plain = not any("\ue000" <= char <= "\uf8ff" for char in text)
    path.write_bytes(text.encode("gb18030" if plain and dice.chance(0.5) else "utf-8-sig"))


def _csv_text(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
