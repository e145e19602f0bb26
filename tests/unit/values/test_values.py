"""Single values, by the tables of domain.md §6.2 and bad-input.md §6."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic.values.dates import read_date, read_month, read_school_year
from lic.values.idnumber import check_digits_fit, plain_ids, read_id
from lic.values.money import plain_money, read_money
from lic.values.text import comparable, fold_name
from lic.values.words import read_code, read_count, read_flag, read_list

LAST = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("11010519491231002X", "11010519491231002X", None),
        ("440524188001010014", "440524188001010014", None),
        ("110105491231002", "11010519491231002X", "S207"),
        ("610999350203998", "610999183502039984", "S207"),
        ("G610999201506010018", "610999201506010018", "S208"),
        ("61099919550506021841", "610999195505060218", "S208"),
        ("61099919550506021841B1", "610999195505060218", "S208"),
        (
            " " + "".join(chr(ord(char) + 0xFEE0) for char in "610999197001011235"),
            "610999197001011235",
            "S209",
        ),
        ("'610999197001011235", "610999197001011235", "S209"),
        ('="610999197001011235"', "610999197001011235", "S209"),
        ("11010519491231002x", "11010519491231002X", "S209"),
        ("810000199408230021", "810000199408230021", None),
        ("CAN110081080310", None, "S202"),
        ("J610999201506010018", None, "S206"),
        ("6.1099919350203E+17", None, "S203"),
        (6.1099919350203e17, None, "S203"),
        (610999350203001.0, None, "S203"),
        (0.0, None, "S201"),
        ("111111111111111111", None, "S201"),
        ("610999197002301235", None, "S204"),
        ("610999202611011238", None, "S205"),
        ("#N/A", None, "S241"),
        ("", None, None),
        ("\u3000", None, None),
    ],
)
def test_id_numbers(cell: Any, value: str | None, code: str | None) -> None:
    assert tuple(read_id(cell, LAST)) == (value, code)


def test_check_digits() -> None:
    numbers = pa.array(["skipped", "610999197001011235", None, "610999197001011000"]).slice(1)
    assert check_digits_fit(numbers).tolist() == [True, False, False]
    assert check_digits_fit(numbers.slice(1, 1)).tolist() == [False]


@given(st.lists(st.one_of(st.from_regex(r"\d{6}(19|20)\d{9}[\dX]", fullmatch=True), st.text(max_size=19))))
def test_the_fast_path_takes_only_what_the_exact_path_takes_as_it_stands(cells: list[str]) -> None:
    plain = plain_ids(pa.array(cells, pa.string()), LAST)
    for cell, taken in zip(cells, plain.tolist(), strict=True):
        assert taken == (tuple(read_id(cell, LAST)) == (cell, None)) or cell == ""


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (1200.5, 120050, None),
        (0.29, 29, None),
        ("1,200.50元", 120050, "S209"),
        ("￥300", 30000, "S209"),
        ("1.2万", 1200000, "S214"),
        ("(500.00)", -50000, "S209"),
        ("\u2212500", -50000, "S209"),
        ("1200", 120000, None),
        ("1,20", None, "S211"),
        ("约500", None, "S211"),
        ("三百", None, "S211"),
        (1.005, 101, "S213"),
        (float("nan"), None, "S211"),
        (1e300, None, "S215"),
        ("", None, None),
    ],
)
def test_money(cell: Any, value: int | None, code: str | None) -> None:
    assert tuple(read_money(cell)) == (value, code)


@given(st.lists(st.floats(allow_nan=True)))
def test_fast_money_agrees(cells: list[float]) -> None:
    fen, exact = plain_money(cells)
    for cell, amount, taken in zip(cells, fen.tolist(), exact.tolist(), strict=True):
        if taken:
            assert tuple(read_money(cell)) == (amount, None)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("2024.1.5", date(2024, 1, 5), None),
        ("2024年1月5日", date(2024, 1, 5), None),
        ("20240105", date(2024, 1, 5), None),
        (20240105.0, date(2024, 1, 5), None),
        ("2026/3/15 0:00:00", date(2026, 3, 15), None),
        (datetime(2024, 1, 5, 3, 4), date(2024, 1, 5), None),  # noqa: DTZ001
        (45296.0, date(2024, 1, 5), "S226"),
        ("45296", None, "S221"),
        ("2024年1月", None, "S221"),
        ("24.1.5", None, "S223"),
        ("2026-02-30", None, "S222"),
        ("2026-11-01", None, "S224"),
        ("-", None, "S216"),
    ],
)
def test_dates(cell: Any, value: date | None, code: str | None) -> None:
    assert tuple(read_date(cell, latest=LAST, dashes=frozenset("-"))) == (value, code)


@pytest.mark.parametrize(
    "cell", ["2026-03", "202603", "2026年3月", "2026.3", 202603.0, "2026-03-15", date(2026, 3, 9)]
)
def test_months(cell: Any) -> None:
    assert read_month(cell).value == date(2026, 3, 1)


@pytest.mark.parametrize("cell", ["2026", 2026.0, "2026-2027", "2026-2027学年"])
def test_school_years(cell: Any) -> None:
    assert read_school_year(cell).value == date(2026, 9, 1)


def test_a_school_year_is_one_year() -> None:
    assert read_school_year("2026-2028").code == "S228"


def test_names_are_folded() -> None:
    assert fold_name("买买提•艾 力（户主）(亡)") == "买买提·艾力"
    assert comparable(fold_name("张三"))
    assert not comparable(fold_name("张\ue123"))
    assert not comparable("")


def test_words() -> None:
    assert read_flag("√").value is True
    assert read_flag("×").value is False
    assert read_flag("也许").code == "S232"
    assert read_count("3人").value == 3
    assert read_count(2.5).code == "S233"
    assert read_code(1001.0).value == "1001"
    assert read_code("0012").value == "0012"
    assert read_code(1234567890123456789).code == "S243"
    assert read_list("特困,低保").value == ["特困", "低保"]
