"""Resident numbers of people who do not exist.

Knows GB 11643-1999 and that area code 610999 is assigned to nobody, so that no number made
here can be a real person's. Refuses to know names.
"""

from __future__ import annotations

from datetime import date, timedelta

from lic.errors import UsageError

AREA = "610999"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PER_DAY = 500  # sequence numbers of one sex
_STEP = 263  # shares no factor with _PER_DAY: every number of a day comes up once
_FURTHEST = 400


def check_digit(head: str) -> str:
    """The last character that belongs to the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def old_form(id_number: str) -> str:
    """The 15 digits that the number had before 1999."""
    return id_number[:6] + id_number[8:17]


class Registrar:
    """Gives out numbers, each once. The order of asking decides, so it must be fixed."""

    def __init__(self) -> None:
        """No number has been given yet."""
        self._given: dict[tuple[date, str], int] = {}

    def number(self, birth: date, sex: str, *, bad_check: bool = False) -> tuple[str, date]:
        """A free number and its birthday: ``birth``, or a day near it when that day is full.

        Raises:
            UsageError: no number is left near this day; the sample is too large.
        """
        for step in range(_FURTHEST):
            day = birth - timedelta(days=step)
            given = self._given.get((day, sex), 0)
            if given < _PER_DAY:
                self._given[day, sex] = given + 1
                return self._compose(day, sex, given, bad_check=bad_check), day
        raise UsageError("W090")

    @staticmethod
    def _compose(day: date, sex: str, given: int, *, bad_check: bool) -> str:
        slot = (given * _STEP + day.toordinal() * 7) % _PER_DAY
        sequence = slot * 2 + (1 if sex == "m" else 0)
        head = f"{AREA}{day:%Y%m%d}{sequence:03d}"
        right = check_digit(head)
        if bad_check:
            return head + ("0" if right != "0" else "1")
        return head + right
