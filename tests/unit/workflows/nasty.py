"""A month whose names and towns are as awkward as spreadsheets allow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

RARE = "\U00020bb7"
NAMES = (
    "=1+1",
    "+86",
    "-甲",
    "@SUM(A1)",
    "<b>&\"'",
    f"{RARE}\U000241fe\u9fb5",
    "阿" * 39 + "买",
    "买买提·艾力江",
    "_x0041_",
)
LONG_TOWN = "示例" + "很" * 28 + "镇"  # 31 letters, as long as a sheet's name may be
EMPTY_TOWN = "示例空无一人镇"


def make_nasty(month: Path) -> Mapping[str, str]:
    """Rename people and a town in every export of ``month``, and add a town where nobody lives.

    Returns the old names of the people by their new ones.
    """
    config = month.parent / "lic.yaml"
    text = config.read_text(encoding="utf-8")
    town = next(line for line in text.splitlines() if line.startswith("镇:")).split("[")[1].split(",")[0]
    config.write_text(
        text.replace(f"[{town}", f"[{EMPTY_TOWN}, {LONG_TOWN}", 1), encoding="utf-8", newline="\n"
    )
    changed = dict(zip(_names(month), NAMES, strict=False)) | {town: LONG_TOWN}
    for path in sorted(month.iterdir()):
        if path.suffix == ".xlsx":
            _rename(path, changed)
        elif path.suffix == ".csv":
            _rename_text(path, changed)
    return {new: old for old, new in changed.items() if new in NAMES}


def _names(month: Path) -> list[str]:
    """Names of the first register, different ones, in order."""
    path = next(item for item in sorted(month.iterdir()) if "低保人员" in item.name)
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = next(index for index, row in enumerate(rows) if any("姓名" in cell for cell in row))
    at = next(index for index, cell in enumerate(rows[head]) if cell.endswith("姓名") and "户主" not in cell)
    return list(dict.fromkeys(row[at] for row in rows[head + 1 :] if row[at]))


def _rename(path: Path, changed: Mapping[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in changed:
                    cell.value = changed[cell.value]
                    cell.data_type = "s"  # as text, never as a formula
    book.save(path)


def _rename_text(path: Path, changed: Mapping[str, str]) -> None:
    data = path.read_bytes()
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "utf-8", data.decode("utf-8")
    for old, new in changed.items():
        quoted = '"' + new.replace('"', '""') + '"' if set(new) & set('",') else new
        text = text.replace(f",{old},", f",{quoted},")
    path.write_bytes(text.encode(encoding))
