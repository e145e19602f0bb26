"""No ID number in the repository can be a real person's."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx])(?![0-9A-Za-z])")
# The standard's own examples and the published permit examples (GB 11643-1999).
PUBLISHED = {"11010519491231002X", "11010519491231002x", "440524188001010014",
             "810000199408230021", "830000199201300022",
             "911124198108030024"}  # fmt: skip


def birth_like(number: str) -> bool:
    """Whether digits 7 to 14 could be a birth date."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    return 1850 <= year <= 2030 and 1 <= month <= 12 and 1 <= day <= 31


def test_sample_numbers_use_the_unassigned_area_code() -> None:
    names = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    strays = []
    for name in names:
        path = ROOT / name
        if not name or not path.is_file() or path.suffix in (".xlsx", ".parquet", ".xls"):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        strays += [
            f"{name}: {number[:6]}…"
            for number in NUMBER.findall(text)
            if number not in PUBLISHED and not number.startswith("610999") and birth_like(number)
        ]
    assert strays == []
