"""Parameters as they are written: exactly, never through a binary float."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from lic.workflows.parameter_text import value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7200), "7200"),
        (Fraction(3, 2), "1.5"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(60, 100), "0.6"),
        (True, "是"),
        (False, "否"),
        (date(2026, 12, 31), "2026-12-31"),
    ],
)
def test_values(value: Fraction | bool | date, text: str) -> None:
    assert value_text(value) == text
