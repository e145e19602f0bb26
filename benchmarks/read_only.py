"""``python -m benchmarks.read_only FOLDER``: merely read every cell into lists, nothing else."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def read(folder: Path) -> int:
    """The number of cells in all workbooks and CSV files of ``folder``."""
    cells = 0
    for path in sorted(folder.iterdir()):
        if path.suffix in (".xlsx", ".xls"):
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                cells += sum(len(row) for row in rows)
        elif path.suffix == ".csv":
            data = path.read_bytes()
            text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030", "replace")
            cells += sum(len(row) for row in csv.reader(text.splitlines()))
    return cells


if __name__ == "__main__":
    print(read(Path(sys.argv[1])))
