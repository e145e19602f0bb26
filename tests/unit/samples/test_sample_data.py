"""What every sample promises: the same bytes, valid made-up numbers, every table, every case."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from lic.errors import UsageError
from lic.samples.generate import planted_cases, write_sample_data
from lic.samples.identity import AREA, Registrar, check_digit, old_form
from lic.samples.layout import Layout, read_layouts
from lic.samples.world import read_world

LAYOUTS = Path(__file__).parents[3] / "rules" / "samples"
# the catalogue; the others occur by chance (K017, K019, K048 ...) or need no household of their own
_BY_CHANCE = {17, 19, 48, 54, 55, 59, 61}
CASES = [f"K{number:03d}" for number in (*range(1, 76), 85, 86, 87) if number not in _BY_CHANCE]
_NUMBER = re.compile(r"(?<![0-9])610999[0-9]{11}[0-9X](?![0-9])")


def make(out: Path, *, households: int = 130, seed: int = 7, months: int = 2) -> Path:
    write_sample_data(
        out,
        households=households,
        seed=seed,
        period="2026-10",
        months=months,
        layouts=LAYOUTS,
        progress=lambda text: None,
    )
    return out


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def layouts() -> tuple[Layout, ...]:
    return read_layouts(LAYOUTS, read_world(LAYOUTS).words)


def rows_of(path: Path) -> list[list[object]]:
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
        return [list(row) for row in csv.reader(text.splitlines())]
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def numbers_of(folder: Path) -> set[str]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".xlsx", ".csv"))
    cells = (str(cell) for path in files for row in rows_of(path) for cell in row)
    return {found for cell in cells for found in _NUMBER.findall(cell)}


def test_the_same_question_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    assert digests(make(tmp_path / "again")) == digests(sample)


def test_another_seed_gives_another_county_but_the_same_scripted_numbers(
    sample: Path, tmp_path: Path
) -> None:
    other = numbers_of(make(tmp_path / "other", seed=8, months=1))
    here = numbers_of(sample)
    assert other != here
    assert len(other & here) > 100


def test_every_number_is_of_nobody_and_nearly_all_are_valid(sample: Path) -> None:
    numbers = numbers_of(sample)
    wrong = [number for number in numbers if check_digit(number[:17]) != number[17]]
    assert len(numbers) > 250
    assert len(wrong) == 1  # planted
    assert all(number.startswith(AREA) for number in numbers)


def test_every_table_is_in_every_month(sample: Path, layouts: tuple[Layout, ...]) -> None:
    for month in ("2026-09", "2026-10"):
        assert len(list((sample / month).iterdir())) == len(layouts)


def test_every_file_has_its_headings_and_no_heading_is_empty(
    sample: Path, layouts: tuple[Layout, ...]
) -> None:
    found = {tuple(map(str, row)) for path in (sample / "2026-10").iterdir() for row in rows_of(path)[:4]}
    for layout in layouts:
        headings = tuple(column.heading for column in layout.columns)
        assert all(headings)
        assert headings in found, layout.name


def test_every_file_of_the_last_month_has_rows(sample: Path, layouts: tuple[Layout, ...]) -> None:
    above = {tuple(column.heading for column in layout.columns): len(layout.footer) for layout in layouts}
    for path in (sample / "2026-10").iterdir():
        rows = [tuple(map(str, row)) for row in rows_of(path)]
        place = next(number for number, row in enumerate(rows) if row in above)
        assert len(rows) - place - 1 > above[rows[place]], path.name


def test_the_national_export_has_its_heading_in_the_third_row(layouts: tuple[Layout, ...]) -> None:
    assert [len(layout.title) for layout in layouts if layout.rows == "monitorings.members"] == [2, 2]


def test_settlements_cover_the_earlier_months_once(sample: Path) -> None:
    first, second = (
        {
            str(cell)[:7]
            for path in (sample / month).glob(
                "*20250*-*.xlsx" if month == "2026-09" else "*202609-202609.xlsx"
            )
            for row in rows_of(path)
            for cell in row
            if re.fullmatch(r"20\d\d-\d\d-\d\d", str(cell))
        }
        for month in ("2026-09", "2026-10")
    )
    assert min(first) == "2025-08"
    assert max(first) == "2026-08"
    assert second == {"2026-09"}


def test_every_check_has_a_planted_household() -> None:
    cases = planted_cases(LAYOUTS)
    assert sorted(set(CASES) - set(cases)) == []
    assert all(re.fullmatch(r"610999\d{8}", number) for numbers in cases.values() for number in numbers)


def test_planted_households_are_in_the_files(sample: Path) -> None:
    texts = {str(cell) for path in (sample / "2026-10").iterdir() for row in rows_of(path) for cell in row}
    towns = {text[-6:] for text in texts if re.fullmatch(r"6109\d{10}|6109\d{12}|20\d{10}", text)}
    for code, numbers in planted_cases(LAYOUTS).items():
        assert all(number[-6:] in towns for number in numbers), code


def test_few_households_have_no_scripted_ones(tmp_path: Path) -> None:
    numbers = numbers_of(make(tmp_path / "few", households=20, months=1))
    assert 20 <= len(numbers) <= 120


def test_a_folder_in_use_is_refused(sample: Path) -> None:
    with pytest.raises(UsageError) as caught:
        make(sample)
    assert caught.value.code == "W092"


def test_a_month_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_sample_data(
            tmp_path, households=1, seed=1, period="2026-13", months=1, layouts=LAYOUTS, progress=print
        )
    assert caught.value.code == "W104"


def test_check_digits_as_the_standard_has_them() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("61099919700101123") == "5"
    assert old_form("610999197001011235") == "610999700101123"


def test_numbers_are_given_once_even_when_a_day_is_full() -> None:
    from datetime import date

    registrar = Registrar()
    given = [registrar.number(date(1980, 5, 5), "f") for _ in range(1200)]
    assert len({number for number, _ in given}) == 1200
    assert {day for _, day in given} == {date(1980, 5, 5), date(1980, 5, 4), date(1980, 5, 3)}
    assert all(int(number[16]) % 2 == 0 for number, _ in given)
